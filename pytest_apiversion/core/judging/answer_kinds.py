"""Kinds of answers: what came back, and why it may not be what was due."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.statuses import CREDENTIAL, FIRST_FAILURE, NOWHERE, ok, succeeds

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response


class Kind(enum.Enum):
    """What an answer is. The first that fits counts."""

    NOTHING = "no answer"
    FAILURE = "a failure that the contract does not declare"
    VERSION_REFUSED = "the declared rejection of a wrong version"
    SUNSET = "the declared answer after a sunset"
    DISGUISED_ERROR = "an error with the status of a success"
    SUCCESS = "a success"
    REDIRECT = "a redirect"
    CREDENTIAL_REFUSED = "a refusal of who asks"
    NOT_FOUND = "no such route, method or thing"
    REQUEST_REFUSED = "a refusal of the request"
    UNABLE = "a declared or polite failure"


class Displacement(enum.Enum):
    """Why an answer is not the one that was due at all. One check reports each; what the answer lacks beside is no defect of its own."""

    EARLY_SUNSET = "AV604"
    DISGUISED_ERROR = "AV406"
    FAILURE = "AV402"
    VERSION_DEMANDED = "AV213"
    CARRIER_UNSERVED = "AV200"
    OTHER_VERSION = "AV210"


def by_status(response: Response) -> Kind:
    """What an answer is as far as its status tells."""
    if ok(response):
        return Kind.SUCCESS if succeeds(response) else Kind.REDIRECT
    if response.status in CREDENTIAL:
        return Kind.CREDENTIAL_REFUSED
    if response.status in NOWHERE:
        return Kind.NOT_FOUND
    return Kind.REQUEST_REFUSED if response.status < FIRST_FAILURE else Kind.UNABLE
