"""Of a document that covers several versions, the part that is one version's."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from pytest_apiversion.diff.matching import operations_of
from pytest_apiversion.shell.comparison.compare import document_of
from pytest_apiversion.shell.target.load import locate_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.diff.document import Document


def narrowed(raw: Mapping[str, Any], policy: Policy, version: str | None, source: str) -> Document:
    """A document with the operations of one version only, for one document may cover several.

    Args:
        raw: The document, as it was read.
        policy: The policy.
        version: The version; None keeps every operation.
        source: What the document is called.

    Raises:
        PolicyError: It is no OpenAPI document this package reads.
    """
    plain = copy.deepcopy(dict(raw)) if "swagger" in raw else dict(raw)  # what is upgraded is changed in place
    whole = document_of(plain, source)
    if version is None:
        return whole
    locate = locate_for(policy, version)
    told = operations_of(whole)
    mine = {
        one.template
        for one in told
        if f"{one.method} {one.prefix}{one.template}" in policy.neutral or locate(one.prefix + one.template) is not None
    }
    others = {one.template for one in told} - mine
    if not others:
        return whole
    paths = {template: item for template, item in whole.raw["paths"].items() if template not in others}
    return document_of({**whole.raw, "paths": paths}, source)
