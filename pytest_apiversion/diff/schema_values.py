"""Types, values (`enum`, `const`, `default`) and formats of two schemas."""

from __future__ import annotations

import json
from typing import Any

from pytest_apiversion.core.contracts.change import ABSENT
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.diff.normalized_schema import ALL, View
from pytest_apiversion.diff.pair import AS_TEXT, MEMBER_OF_FORM, REPEATED, Pair
from pytest_apiversion.diff.schema_keywords import key, kind_of
from pytest_apiversion.diff.values.ranges import same_range

_SCALARS = frozenset({"boolean", "string", "integer", "fraction"})
_WIDER = {
    "int8": ("int16", "int32", "int64"),
    "int16": ("int32", "int64"),
    "uint8": ("int16", "int32", "int64"),
    "int32": ("int64",),
    "uint16": ("int32", "int64"),
    "uint32": ("int64",),
    "float": ("double",),
    "email": ("idn-email",),
    "hostname": ("idn-hostname",),
    "uri": ("uri-reference", "iri", "iri-reference"),
    "uri-reference": ("iri-reference",),
    "iri": ("iri-reference",),
}
_BYTES = {"byte": "base64", "base64url": "base64url", "binary": "binary"}
"""Formats of OpenAPI 3.0 that say how a text holds bytes, and how the keyword `contentEncoding` of 3.1 says it."""

_TEXTS = frozenset(
    {"json", "xml", "yaml", "x-yaml", "x-ndjson", "javascript", "x-www-form-urlencoded", "graphql", "sql"}
)
"""Media types, and suffixes of them, that are text though their family is another."""

OF_NUMBERS = frozenset(
    {
        *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "single-int", "double-int"),
        *("float", "double", "decimal", "decimal128", "unixtime"),
    }
)
"""Those of them that are about numbers; numbers that are written as texts have them, too."""

KNOWN_FORMATS = frozenset(
    {
        "date",
        "date-time",
        "time",
        "duration",
        "email",
        "idn-email",
        "hostname",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "uri",
        "uri-reference",
        "iri",
        "iri-reference",
        "uuid",
        "uri-template",
        "json-pointer",
        "relative-json-pointer",
        "regex",
        "byte",
        "binary",
        "base64url",
        "char",
        "http-date",
        *OF_NUMBERS,
    }
)
"""Formats that OpenAPI, JSON Schema or the OpenAPI format registry define, and that narrow a value."""


_PARAMETERS = frozenset({2, REPEATED})
"""The `text` of parameters."""


def types_of(view: View, text: int) -> frozenset[str]:
    """What a value may be; text can hold everything that is written as text."""
    types = ALL if view.types is None else view.types
    if text and "string" in types:
        types |= _SCALARS if text in _PARAMETERS else ALL - {"array"} if text == MEMBER_OF_FORM else ALL
    return types


def words(view: View) -> Any:
    """The types as the document would write them."""
    if view.types is None:
        return "any"
    names = sorted(view.types - {"fraction"} | ({"number"} if "fraction" in view.types else set()))
    if "number" in names and "integer" in names:
        names.remove("integer")
    return " | ".join(names) if names else "nothing"


def compare_types(pair: Pair, old: View, new: View) -> bool:
    """Compare types; gives whether the types have anything in common."""
    before, after = types_of(old, pair.text), types_of(new, pair.text)
    if pair.text and _both_truths(old, new):
        return True
    come = pair.direction is Direction.RESPONSE and not after <= before and not (old.const and new.const)
    apart = bool(before and after) and not before & after
    # a value more is less than one of another type
    listed = (
        _told_by_values(old) and _told_by_values(new) and not come and not (apart and not (old.const and new.const))
    )
    if before != after and not listed and not (_implied(old, new) or _implied(new, old)):
        was, now = words(old), words(new)
        at = {"place": new.at.get("type", pair.new.place), "old_place": old.at.get("type", pair.old.place)}
        if was == now:
            was, now = "any" if old.types is None else was, "any" if new.types is None else now
        word = "widened" if before < after else "narrowed" if after < before else "changed"
        pair.say(f"*-type-{word}", before=was, after=now, **at)
    return not apart


def _told_by_values(view: View) -> bool:
    """Whether the listed values say what a value may be; not where they are none of the types, by a slip."""
    return view.enum is not None and view.types is not None and view.types.issuperset(map(kind_of, view.enum))


def _implied(untyped: View, typed: View) -> bool:
    """Whether a schema without a type says by its other keywords, or by its alternatives, what the other one says by its type."""
    if untyped.types is not None or typed.null:
        return False
    if untyped.among is not None and typed.types == untyped.among:
        return True
    kinds = {"object"} if untyped.properties or untyped.required or untyped.others or untyped.patterns else set()
    kinds |= {"array"} if "items" in untyped.schemas or untyped.lists else set()
    return len(kinds) == 1 and typed.types == frozenset(kinds)


def usable(value: Any, view: View) -> bool:
    """Whether a default is of a type its schema allows; another one can never stand for what was left out."""
    return view.types is None or value is None or kind_of(value) in view.types


def compare_values(pair: Pair, old: View, new: View) -> None:
    """Compare `enum` and `const`."""
    if (old.enum is None and new.enum is None) or (pair.text and _both_truths(old, new)):
        return
    at = {"place": new.at.get("enum", pair.new.place), "old_place": old.at.get("enum", pair.old.place)}
    if old.enum is None:
        one = new.const and new.enum is not None and len(new.enum) == 1
        pair.say("*-const-added" if one else "*-enum-added", after=new.enum[0] if one and new.enum else new.enum, **at)
        return
    if new.enum is None:
        one = old.const and len(old.enum) == 1
        pair.say("*-const-removed" if one else "*-enum-removed", before=old.enum[0] if one else old.enum, **at)
        return
    was, now = {key(value): value for value in old.enum}, {key(value): value for value in new.enum}
    if pair.text:
        was, now = (
            {_as_text(value): value for value in was.values()},
            {_as_text(value): value for value in now.values()},
        )
    gone, come = [was[name] for name in was if name not in now], [now[name] for name in now if name not in was]
    if old.const and new.const and len(gone) == len(come) == 1:
        pair.say("*-const-changed", before=gone[0], after=come[0], **at)
        return
    for value in gone:
        pair.say("*-enum-value-removed", before=value, **at)
    for value in come:
        pair.say("*-enum-value-added", after=value, **at)


def _as_text(value: Any) -> str:
    """A value as it is written where everything is text."""
    if isinstance(value, str):
        return value
    return json.dumps(int(value) if isinstance(value, float) and value == int(value) else value)


def _both_truths(old: View, new: View) -> bool:
    """Whether of two schemas of texts one is a boolean, and the other one lists what a boolean can be."""
    free, listed = (old, new) if old.enum is None else (new, old)
    truths = free.enum is None and free.types == frozenset({"boolean"})
    return truths and {_as_text(value) for value in listed.enum or ()} == {"true", "false"}


def compare_formats(pair: Pair, old: View, new: View) -> None:
    """Compare `format`."""
    was, now = old.values.get("format", ()), new.values.get("format", ())
    if set(was) == set(now) or _same_bytes(old, new) or same_range(old, new):
        return
    before, after = ", ".join(was) or ABSENT, ", ".join(now) or ABSENT
    at = {
        "place": new.at.get("format", pair.new.place),
        "old_place": old.at.get("format", pair.old.place),
        "before": before,
        "after": after,
    }
    known_was, known_now = ({name for name in names if name in KNOWN_FORMATS} for names in (was, now))
    if not (known_was and known_now):  # one that takes the place of another is meant, whatever it says of the type
        known_was, known_now = _of_type(old, known_was, pair.text), _of_type(new, known_now, pair.text)
    if known_was == known_now:
        pair.say("*-format-hint-changed", **at)
    elif _holds(known_now, known_was):
        pair.say("*-format-widened", **at)
    elif _holds(known_was, known_now):
        pair.say("*-format-narrowed", **at)
    else:
        pair.say("*-format-changed", **at)


def _of_type(view: View, names: set[str], text: int) -> set[str]:
    """Those of some formats that narrow the values of a schema: one of texts says nothing of a number (JSON Schema Validation, 7.1)."""
    return names if text or view.types is None or "string" in view.types else names & OF_NUMBERS


def _holds(wide: set[str], narrow: set[str]) -> bool:
    return all(any(one == name or one in _WIDER.get(name, ()) for name in narrow) for one in wide)


def bytes_in(view: View) -> str:
    """How a text holds bytes, by `format` (OpenAPI 3.0) or by the content keywords (3.1): `base64`, `base64url`, `binary`; empty where not."""
    formats, encoding = set(view.values.get("format", ())), view.values.get("contentEncoding")
    if encoding is None:
        named = [_BYTES[name] for name in formats if name in _BYTES]
        return named[0] if named else "binary" if not formats and "contentMediaType" in view.values else ""
    return str(encoding) if encoding in _BYTES.values() and formats <= _BYTES.keys() else ""


def _same_bytes(old: View, new: View) -> bool:
    """Whether both schemas hold bytes in the same way, and say so in different spellings."""
    spelled = [_BYTES.keys().isdisjoint(view.values.get("format", ())) for view in (old, new)]
    held = bytes_in(old)
    if held == "binary" and any(_is_text(str(view.values.get("contentMediaType", ""))) for view in (old, new)):
        return False
    return spelled[0] != spelled[1] and held == bytes_in(new) != ""


def _is_text(media_type: str) -> bool:
    """Whether a media type is text (RFC 6838, 4.2.1; by its structured suffix, RFC 6839), so that a string holds it as it is."""
    family, _, kind = media_type.partition(";")[0].strip().lower().partition("/")
    return family in {"text", "message", "multipart"} or kind.rpartition("+")[2] in _TEXTS


def compare_words(pair: Pair, old: View, new: View) -> None:
    """Compare defaults, open lists, the encoding of texts, and how values are written in XML."""
    was, now = old.values.get("default", ABSENT), new.values.get("default", ABSENT)
    if (
        pair.text not in _PARAMETERS
        and not (was is ABSENT and now is ABSENT)
        and (ABSENT in (was, now) or key(was) != key(now))
    ):
        _say(
            pair,
            old,
            new,
            "default",
            "added" if was is ABSENT else "removed" if now is ABSENT else "changed",
            "default",
        )
    respelled = _same_bytes(old, new)
    for word, name in (
        ("contentEncoding", "content-encoding"),
        ("contentMediaType", "content-media-type"),
        ("xml", "xml"),
    ):
        if word == "xml" and pair.text != AS_TEXT:
            continue  # JSON and the like have none of it
        if old.values.get(word) != new.values.get(word) and not (respelled and word != "xml"):
            _say(pair, old, new, word, "changed", name)
    lists = [view.values.get("x-extensible-enum") for view in (old, new)]
    if lists[0] != lists[1] and all(isinstance(part, list) for part in lists):
        kept = [{key(value): value for value in part} for part in lists if part is not None]
        for name, value in kept[0].items():
            if name not in kept[1]:
                pair.say("*-extensible-enum-value-removed", before=value)
        for name, value in kept[1].items():
            if name not in kept[0]:
                pair.say("*-extensible-enum-value-added", after=value)


def _say(pair: Pair, old: View, new: View, word: str, action: str, name: str) -> None:
    pair.say(
        f"*-{name}-{action}",
        place=new.at.get(word, pair.new.place),
        old_place=old.at.get(word, pair.old.place),
        before=old.values.get(word, ABSENT),
        after=new.values.get(word, ABSENT),
    )
