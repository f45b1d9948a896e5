"""Hand-written rules for the fields of a request body, used by the Augno and the Vellocity server.

Each rule mirrors one JSON Schema shape of the contracts: what the schema accepts the rule accepts, and nothing else.
A rule gives back the clean value or raises `ValueError` with what was expected.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.apps.kit import ApiError

Json = Any
Rule = Callable[[Json], Json]

_FULL_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_QUERY_INTEGER = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One property of a request body: its rule, whether it must be there, and its value when it is not."""

    rule: Rule
    required: bool = False
    default: Json = None


def text(low: int = 0, high: int = 1000) -> Rule:
    """`type: string` of `low` to `high` code points."""

    def rule(value: Json) -> Json:
        if not isinstance(value, str) or not low <= len(value) <= high:
            raise ValueError(f"expected a string of {low} to {high} characters")
        return value

    return rule


def integer(low: int, high: int) -> Rule:
    """`type: integer` from `low` to `high`; `3.0` is an integer and `true` is not, as in JSON Schema."""

    def rule(value: Json) -> Json:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"expected an integer from {low} to {high}")
        return value

    return rule


def number(low: float, high: float) -> Rule:
    """`type: number` from `low` to `high`."""

    def rule(value: Json) -> Json:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            raise ValueError(f"expected a number from {low} to {high}")
        return value

    return rule


def boolean(value: Json) -> Json:
    """`type: boolean`."""
    if not isinstance(value, bool):
        raise ValueError("expected true or false")  # noqa: TRY004 - every rule raises ValueError
    return value


def choice(*values: str) -> Rule:
    """`type: string` with an `enum`."""

    def rule(value: Json) -> Json:
        if not isinstance(value, str) or value not in values:
            raise ValueError(f"expected one of {', '.join(values)}")
        return value

    return rule


def email(value: Json) -> Json:
    """`format: email`, at most 254 characters; like most JSON Schema validators, it only looks for the `@`."""
    if not isinstance(value, str) or "@" not in value or len(value) > 254:
        raise ValueError("expected an e-mail address")
    return value


def full_date(value: Json) -> Json:
    """`format: date`."""
    if not isinstance(value, str) or not _FULL_DATE.fullmatch(value):
        raise ValueError("expected a date such as 2026-11-20")
    dt.date.fromisoformat(value)
    return value


def nullable(inner: Rule) -> Rule:
    """`inner`, or null."""

    def rule(value: Json) -> Json:
        return None if value is None else inner(value)

    return rule


def array(inner: Rule, *, low: int = 0, high: int = 20) -> Rule:
    """`type: array` of `low` to `high` items."""

    def rule(value: Json) -> Json:
        if not isinstance(value, list) or not low <= len(value) <= high:
            raise ValueError(f"expected {low} to {high} items")
        return [inner(item) for item in value]

    return rule


def mapping(inner: Rule, *, high: int = 20) -> Rule:
    """`type: object` with free keys (`additionalProperties`), at most `high` of them."""

    def rule(value: Json) -> Json:
        if not isinstance(value, dict) or len(value) > high:
            raise ValueError(f"expected an object of at most {high} members")
        return {key: inner(item) for key, item in value.items()}

    return rule


def anything(value: Json) -> Json:
    """`type: object`, nothing said about its members."""
    if not isinstance(value, dict):
        raise ValueError("expected an object")  # noqa: TRY004 - every rule raises ValueError
    return value


def record(fields: Mapping[str, Field], *, closed: bool = False) -> Rule:
    """`type: object` with these properties; members it does not know are ignored, or refused when `closed`."""

    def rule(value: Json) -> Json:
        if not isinstance(value, dict):
            raise ValueError("expected an object")  # noqa: TRY004 - every rule raises ValueError
        if closed and (unknown := sorted(set(value) - set(fields))):
            raise ValueError(f"unknown member {unknown[0][:40]!r}")
        return {name: _member(value, name, field) for name, field in fields.items()}

    return rule


def _member(value: Mapping[str, Json], name: str, field: Field) -> Json:
    """The clean value of one member, or its default."""
    if name not in value:
        if field.required:
            raise ValueError(f"{name}: required")
        return field.default
    try:
        return field.rule(value[name])
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


def read_fields(body: Json, fields: Mapping[str, Field], *, closed: bool = False, status: int = 422) -> dict[str, Json]:
    """Every field of `fields` with its clean value or default.

    Raises:
        ApiError: `status`, code `validation_failed`, naming the first wrong member.
    """
    try:
        clean: dict[str, Json] = record(fields, closed=closed)(body)
    except ValueError as error:
        raise ApiError(status, "validation_failed", str(error)) from error
    return clean


def read_changes(
    body: Json, fields: Mapping[str, Field], *, closed: bool = False, status: int = 422
) -> dict[str, Json]:
    """Only the fields that `body` carries, each with its clean value: the body of a PATCH.

    Raises:
        ApiError: as `read_fields`.
    """
    optional = {name: Field(rule=field.rule) for name, field in fields.items()}
    clean = read_fields(body, optional, closed=closed, status=status)
    return {name: value for name, value in clean.items() if name in body}


def query_integer(values: list[str], low: int, high: int, default: int) -> int:
    """A query parameter `type: integer`: ASCII digits, given once at most.

    Raises:
        ValueError: not an integer, out of range, or repeated.
    """
    if not values:
        return default
    if len(values) > 1 or not _QUERY_INTEGER.fullmatch(values[0]) or not low <= int(values[0]) <= high:
        raise ValueError(f"expected one integer from {low} to {high}")
    return int(values[0])


def query_choice(values: list[str], choices: tuple[str, ...]) -> str | None:
    """A query parameter with an `enum`, given once at most; None when absent.

    Raises:
        ValueError: not one of `choices`, or repeated.
    """
    if not values:
        return None
    if len(values) > 1 or values[0] not in choices:
        raise ValueError(f"expected one of {', '.join(choices)}")
    return values[0]
