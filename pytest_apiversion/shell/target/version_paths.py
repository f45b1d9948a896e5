"""Where the operations of one version stand in a document: behind its prefix, outside every prefix, or in another version."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.path_values import path_values
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.carrier_positions import prefix_carrier
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.selection import served_path

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.policy import Policy

_PLACEHOLDER = re.compile(r"\{(?:v|ver|[^{}]*version[^{}]*)\}", re.IGNORECASE)
"""A path parameter that stands for the version, whatever a framework calls it: `{version}`, `{api-version}`, `{version:apiVersion}`."""


def locate_for(policy: Policy, version: str) -> Callable[[str], str | None]:
    """Where an operation of a version's document is, without its version; None where it belongs to another version."""
    carrier = prefix_carrier(policy)
    mine = spell(policy, carrier.kind, version) if carrier else None

    @cache
    def locate(full_path: str) -> str | None:
        if carrier is not None and (written := _parameter(policy, full_path)) is not None:
            ours = path_values(_PLACEHOLDER.sub("{version}", written), mine or "") is not None
            return carrier.form.clean(Request(method="GET", path=full_path), carrier).path if ours else None
        text, path = served_path(policy, full_path)
        return path if text in {None, mine} else None

    return locate


def names_version(policy: Policy) -> Callable[[str], bool]:
    """Whether a path of a document begins with the prefix of a version; never where versions are chosen in other ways first."""
    strongest = next(iter(policy.carriers.values()), None)

    @cache
    def names(full_path: str) -> bool:
        if strongest is None or not strongest.form.in_path:
            return False
        return served_path(policy, full_path)[0] is not None or _parameter(policy, full_path) is not None

    return names


def _parameter(policy: Policy, full_path: str) -> str | None:
    """The text where a version's name stands, if it is a parameter, or has one in it."""
    carrier = prefix_carrier(policy)
    texts = carrier.form.read(Request(method="GET", path=full_path), carrier) if carrier else ()
    return texts[0] if texts and _PLACEHOLDER.search(texts[0]) else None
