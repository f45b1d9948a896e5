"""Parameters as they stand on the wire: objects that are written as several of them, and texts that have a media type."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import asked
from tests.diff.verdict_parts import BREAKS, INT, SILENT, STR, TELLS, WARNS, members

Row = tuple[Any, Any, str]


def named(name: str, schema: Any = STR, **more: Any) -> dict[str, Any]:
    """A query parameter of a name; an object is written as one parameter for each member."""
    return {"name": name, "in": "query", "schema": schema, **more}


def typed(kind: str, schema: Any) -> dict[str, Any]:
    """A query parameter in a media type."""
    return {"name": "q", "in": "query", "content": {kind: {"schema": schema}}}


def _both_ways(name: str, old: Any, new: Any, there: str, back: str) -> dict[str, Row]:
    return {name: (old, new, there), f"{name}-back": (new, old, back)}


A, B, BOTH = members({"a": STR}), members({"b": STR}), members({"a": STR, "b": STR})
B_NEEDED = members({"a": STR, "b": STR}, required=["b"])
SHORT = {**STR, "maxLength": 3}

PARAMETERS: dict[str, Row] = {
    # Objects that are written as several parameters
    **_both_ways("members-in-an-object", asked(named("a"), named("b")), asked(named("f", BOTH)), SILENT, SILENT),
    **_both_ways("object-of-another-name", asked(named("f", BOTH)), asked(named("g", BOTH)), SILENT, SILENT),
    **_both_ways("object-in-two", asked(named("f", BOTH)), asked(named("f", A), named("g", B)), SILENT, SILENT),
    **_both_ways("parameter-in-an-object", asked(named("f", A), named("b")), asked(named("f", BOTH)), SILENT, SILENT),
    **_both_ways(
        "object-of-another-name-that-needs-a-member",
        asked(named("f", B_NEEDED)),
        asked(named("g", B_NEEDED)),
        SILENT,
        SILENT,
    ),
    **_both_ways(
        "deep-object-of-another-name",
        asked(named("f", BOTH, style="deepObject")),
        asked(named("g", BOTH, style="deepObject")),
        WARNS,
        WARNS,
    ),
    **_both_ways(
        "members-in-an-object-that-needs-one",
        asked(named("a"), named("b")),
        asked(named("f", B_NEEDED)),
        BREAKS,
        SILENT,
    ),
    **_both_ways(
        "member-alone-in-an-object-that-needs-another",
        asked(named("a")),
        asked(named("f", B_NEEDED)),
        BREAKS,
        WARNS,
    ),
    **_both_ways(
        "member-alone-in-an-object-that-needs-it",
        asked(named("b")),
        asked(named("f", members({"b": STR}, required=["b"]))),
        SILENT,
        SILENT,
    ),
    "object-as-members-of-which-one-is-needed": (
        asked(named("f", B_NEEDED)),
        asked(named("a"), named("b", required=True)),
        BREAKS,
    ),
    "needed-object-as-members-of-which-one-is-needed": (
        asked(named("f", B_NEEDED, required=True)),
        asked(named("a"), named("b", required=True)),
        SILENT,
    ),
    "object-of-another-name-and-a-narrower-member": (
        asked(named("f", BOTH)),
        asked(named("g", members({"a": SHORT, "b": STR}))),
        BREAKS,
    ),
    # A media type in the place of a style
    **_both_ways("text-with-a-media-type", asked(named("q")), asked(typed("text/plain", STR)), SILENT, SILENT),
    **_both_ways("shorter-text", asked(named("q")), asked(typed("text/plain", SHORT)), BREAKS, TELLS),
    **_both_ways("number-as-a-text", asked(named("q", INT)), asked(typed("text/plain", STR)), TELLS, BREAKS),
    **_both_ways("number-in-json", asked(named("q", INT)), asked(typed("application/json", INT)), SILENT, SILENT),
    **_both_ways("text-in-json", asked(named("q")), asked(typed("application/json", STR)), BREAKS, BREAKS),
    **_both_ways(
        "number-or-null-in-json",
        asked(named("q", {"type": ["integer", "null"]})),
        asked(typed("application/json", {"type": ["integer", "null"]})),
        BREAKS,
        BREAKS,
    ),
    **_both_ways("object-in-json", asked(named("q", A)), asked(typed("application/json", A)), BREAKS, BREAKS),
}
"""Id -> the old document, the new one, and what the change does."""
