"""Small documents for the tests of the comparison."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from pytest_apiversion.core.contracts.change import Change
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.compare import compare
from pytest_apiversion.diff.document import Document
from pytest_apiversion.diff.pairs import Setting

DAY = dt.date(2026, 11, 20)
"""The day the tests are read at."""

OK = {"200": {"description": "fine"}}


def document(paths: dict[str, Any], version: str = "3.1.0", **more: Any) -> dict[str, Any]:
    """An OpenAPI document."""
    return {"openapi": version, "info": {"title": "T", "version": "1"}, "paths": paths, **more}


def changes(old: dict[str, Any], new: dict[str, Any], **setting: Any) -> tuple[Change, ...]:
    """What the comparison finds; neither document is altered by it."""
    kept = copy.deepcopy((old, new))
    found = compare(
        Document(old, old["openapi"][:3]), Document(new, new["openapi"][:3]), Setting(**{"as_of": DAY, **setting})
    )

    assert (old, new) == kept
    return found


def rules(old: dict[str, Any], new: dict[str, Any], **setting: Any) -> list[str]:
    """The ids of what the comparison finds, sorted."""
    return sorted(change.rule.id for change in changes(old, new, **setting))


def breaks(old: dict[str, Any], new: dict[str, Any], **setting: Any) -> bool:
    """Whether the comparison finds a break."""
    return any(change.severity is Severity.ERROR for change in changes(old, new, **setting))


def sent(schema: Any, version: str = "3.1.0", **schemas: Any) -> dict[str, Any]:
    """A document whose one request has a body of a schema."""
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return document({"/a": {"post": {"requestBody": body, "responses": OK}}}, version, components={"schemas": schemas})


def answered(schema: Any, version: str = "3.1.0", **schemas: Any) -> dict[str, Any]:
    """A document whose one response has a body of a schema."""
    response = {"description": "fine", "content": {"application/json": {"schema": schema}}}
    return document({"/a": {"get": {"responses": {"200": response}}}}, version, components={"schemas": schemas})


def asked(*parameters: dict[str, Any], path: str = "/a", version: str = "3.1.0") -> dict[str, Any]:
    """A document whose one operation has parameters."""
    return document({path: {"get": {"parameters": list(parameters), "responses": OK}}}, version)


def operation(**fields: Any) -> dict[str, Any]:
    """A document with one operation."""
    return document({"/a": {"get": {"responses": OK, **fields}}})
