"""The part of a document of several versions that is one version's."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.elements import Element, ElementKind, is_parameter
from pytest_apiversion.core.json.members import followed
from pytest_apiversion.diff.operation_matching import operations_of
from pytest_apiversion.shell.openapi.comparable_document import document_of
from pytest_apiversion.shell.target.version_media_types import own_media_types
from pytest_apiversion.shell.target.version_paths import locate_for

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pytest_apiversion.core.policy.parts import Part
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.diff.document import Document
    from pytest_apiversion.shell.openapi.broken_parts import Notes


def narrowed(
    raw: Mapping[str, Any], policy: Policy, version: str | None, source: str, notes: Notes | None = None
) -> Document:
    """A document with the operations of one version only, marked as the policy's `[[lifecycle]]` says; one document may cover several.

    Args:
        raw: The document, as it was read.
        policy: The policy.
        version: The version; None keeps every operation.
        source: What the document is called.
        notes: What was left out of it; see `comparable_document.document_of`.

    Raises:
        PolicyError: It is no OpenAPI document this package reads.
    """
    raw = own_media_types(raw, policy, version) if version is not None else raw
    whole = _whole(raw, source, notes)
    others = _of_others(whole, policy, (version,)) if version is not None else set()
    found = document_of({**whole.raw, "paths": _without(others, whole.raw)}, source, notes) if others else whole
    marks = _marks(found, policy, version) if version is not None else {}
    found = document_of({**found.raw, "paths": _marked(found.raw["paths"], marks)}, source, notes) if marks else found
    told = _parameter_marks(found, policy, version) if version is not None else {}
    return document_of({**found.raw, "paths": _marked(found.raw["paths"], told)}, source, notes) if told else found


def _parameter_marks(document: Document, policy: Policy, version: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What `[[lifecycle]]` makes of the parameters of a document: operations with them marked, by path and method."""
    rows = [each for each in policy.lifecycles if any(_is_parameter(element) for element in each.elements)]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    locate = locate_for(policy, version)
    for one in operations_of(document) if rows else ():
        located, tags = locate(one.prefix + one.template), one.node.raw.get("tags")
        if located is None:
            continue
        known = tags if isinstance(tags, list) else ()
        mine = [
            row
            for row in rows
            if not (row.operations or row.paths or row.tags) or row.names(version, f"{one.method} {located}", known)
        ]
        mine = [row for row in mine if row.versions is None or version in row.versions]
        parameters = {
            (each.get("in"), each.get("name")): each
            for holder in (one.item.raw, one.node.raw)
            for raw in holder.get("parameters", ())
            if isinstance(each := followed(document.raw, raw), dict)
        }
        marked = {place: _with_life(each, mine) for place, each in parameters.items()}
        if any(marked[place] is not each for place, each in parameters.items()):
            found[one.template, one.method.lower()] = {**one.node.raw, "parameters": list(marked.values())}
    return found


def _is_parameter(element: Element) -> bool:
    return element.kind is ElementKind.PARAMETER and not element.values


def _with_life(parameter: dict[str, Any], rows: list[Part]) -> dict[str, Any]:
    """A parameter as the rows mark it; itself where none does."""
    for row in rows:
        life = row.lifecycle
        named = any(_is_parameter(each) and is_parameter(parameter, each) for each in row.elements)
        if named and (life.deprecated is not None or life.undated or life.ends is not None):
            dated = {} if life.ends is None else {"x-sunset": life.ends.date().isoformat()}
            return {**parameter, "deprecated": True, **dated}
    return parameter


def _marks(document: Document, policy: Policy, version: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What `[[lifecycle]]` makes of the operations of a document, by path and method: `deprecated`, and the first day without as `x-sunset`."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    locate = locate_for(policy, version)
    whole_operations = [each for each in policy.lifecycles if not each.of_elements]
    for one in operations_of(document) if whole_operations else ():
        located, tags = locate(one.prefix + one.template), one.node.raw.get("tags")
        if located is None:
            continue
        key = f"{one.method} {located}"
        part = next(
            (each for each in whole_operations if each.names(version, key, tags if isinstance(tags, list) else ())),
            None,
        )
        if part is None or (
            part.lifecycle.deprecated is None and not part.lifecycle.undated and part.lifecycle.ends is None
        ):
            continue
        ends = part.lifecycle.ends
        dated = {} if ends is None else {"x-sunset": ends.date().isoformat()}
        found[one.template, one.method.lower()] = {**one.node.raw, "deprecated": True, **dated}
    return found


def _marked(paths: Mapping[str, Any], marks: Mapping[tuple[str, str], dict[str, Any]]) -> dict[str, Any]:
    return {
        template: {**item, **{method: operation for (path, method), operation in marks.items() if path == template}}
        if isinstance(item, dict)
        else item
        for template, item in paths.items()
    }


def kept(raw: dict[str, Any], policy: Policy, versions: Collection[str], source: str) -> dict[str, Any]:
    """A document as it was read, without the paths that belong to other versions than these; what has no version is kept.

    Args:
        raw: The document, as it was read; left as it is.
        policy: The policy.
        versions: The versions.
        source: What the document is called.

    Raises:
        PolicyError: It is no OpenAPI document this package reads.
    """
    others = _of_others(_whole(raw, source), policy, versions)
    return {**raw, "paths": _without(others, raw)} if others else raw


def _whole(raw: Mapping[str, Any], source: str, notes: Notes | None = None) -> Document:
    return document_of(
        copy.deepcopy(dict(raw)) if "swagger" in raw else dict(raw), source, notes
    )  # what is upgraded is changed in place


def _of_others(whole: Document, policy: Policy, versions: Collection[str]) -> set[str]:
    """The paths none of whose operations is of one of the versions, or of none at all."""
    located = [locate_for(policy, version) for version in versions]
    told = operations_of(whole)
    mine = {
        one.template
        for one in told
        if f"{one.method} {one.prefix}{one.template}" in policy.neutral
        or any(locate(one.prefix + one.template) is not None for locate in located)
    }
    return {one.template for one in told} - mine


def _without(templates: Collection[str], raw: Mapping[str, Any]) -> dict[str, Any]:
    return {template: item for template, item in raw["paths"].items() if template not in templates}
