"""Negative requests whose one wrong value comes from a pool: what Hypothesis and schemathesis draw beside a schema, put into a case the contract accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, unquote_plus, urlencode

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.generation.pools.choosing import Choices
from pytest_apiversion.shell.generation.pools.inlined_schemas import inlined
from pytest_apiversion.shell.generation.pools.parameter_values import is_written, written
from pytest_apiversion.shell.generation.pools.pieces import Pieces, together
from pytest_apiversion.shell.generation.pools.pool import NothingDrawnError
from pytest_apiversion.shell.generation.pools.schema_nodes import leaves
from pytest_apiversion.shell.openapi.serialization import FORM, body_bytes, is_object, text_of

_FOLLOWED = 8
"""Elements, alternatives and references in one another that are looked into."""
_TRIES = 4
"""Cases that are made for each that is wanted, at most."""
_LONGEST = 2_000
"""Characters of a parameter, at most: a request line has limits of its own (RFC 9110 §4.1)."""
_SAID = frozenset(
    {
        *("type", "format", "pattern", "multipleOf"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    }
)
"""Keywords that say something of a value without saying it of its parts; sizes are not among them, `violations` crosses those limits."""

Make = Callable[[DrawnCase], DrawnCase | None]


class Negatives:
    """Makes negative cases of the one operation of a document.

    Args:
        document: As `drawing_document` gives it, with all that the contract allows.
        invalid: Whether a body is surely not what the contract says.
        unfit: Whether a text, alone in its place, is surely no value of a schema, however it is read.
        seed: Decides what is in the pools.

    Attributes:
        knows_body: Whether it can break the body, or there is none.
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        *,
        invalid: Callable[[Any], bool],
        unfit: Callable[[Any, str], bool],
        seed: int,
    ) -> None:
        ((_, item),) = document["paths"].items()
        (operation,) = item.values()
        content: Mapping[str, Any] = operation.get("requestBody", {}).get("content", {})
        media: Mapping[str, Any] = next(iter(content.values()), {})
        kinds = [name.partition(";")[0].strip().lower() for name in content]
        self.knows_body = all(kind == FORM or kind.endswith(("/json", "+json")) for kind in kinds)
        self._schema = media.get("schema")
        self._pieces = Pieces(document, seed, negative=True)
        self._parameters = [inlined(each, self._pieces.follow) for each in operation.get("parameters", ())]
        self._invalid = invalid
        self._unfit = unfit
        self._forms: dict[bytes, list[tuple[str, str, str]]] = {}

    def cases(self, bases: Sequence[DrawnCase], seed: int, count: int) -> Iterator[DrawnCase]:
        """Negative cases, each made from one of these; fewer than are wanted where little can be broken, and some may come twice."""
        choices = Choices(seed)
        choices.begin()
        makes = [_of(make, parameter) for parameter in self._parameters if (make := self._maker(parameter)) is not None]
        if self._schema is not None and any(base.json is not None or _is_form(base) for base in bases):
            makes += [self._body] * max(len(makes), 1)
        left = count
        for _ in range(_TRIES * count if makes and bases else 0):
            if left <= 0:
                break
            base = choices.dealt(self, bases)
            try:
                made = choices.dealt(makes, makes)(base, choices)
            except NothingDrawnError:
                continue
            if made is not None and made.data != base.data:
                left -= 1
                yield replace(made, aim=Aim.REFUSED, origin="negative")

    def _maker(self, parameter: Mapping[str, Any]) -> Callable[..., DrawnCase | None] | None:
        """What breaks a parameter; None where nothing can."""
        if is_written(parameter):
            return self._written if any(self._breaks(schema) for _, schema in _places(parameter)) else None
        schema = _schema(parameter)
        for _ in range(_FOLLOWED):
            if isinstance(schema, dict) and schema.keys() == {"$ref"}:
                schema = self._pieces.follow(schema["$ref"])
        if not is_object(schema) and self._breaks(schema):
            return self._pooled
        return _without if parameter["required"] and parameter["in"] in {"header", "cookie"} else None

    def _pooled(self, parameter: Mapping[str, Any], base: DrawnCase, choices: Choices) -> DrawnCase | None:
        """The case with a parameter as it was drawn; without it where that was drawn and it is required."""
        pool, name = self._pieces.parameters(parameter)
        piece: DrawnCase = choices.drawn(parameter, pool)
        piece = replace(
            piece,
            query=tuple(_mine(piece.query, name)),
            headers=tuple(_mine(piece.headers, name)),
            cookies=tuple(_mine(piece.cookies, name)),
        )
        texts = [text for _, text in (*piece.query, *piece.headers, *piece.cookies)]
        texts += map(unquote, piece.path_parameters.values())
        others = _without(parameter, base, choices)
        if not texts:
            return others if parameter["required"] and parameter["in"] != "path" else None
        schema = _schema(parameter)
        if any(len(text) > _LONGEST or not self._unfit(schema, text) for text in texts):
            return None
        return together(others, piece, parameter, name)

    def _written(self, parameter: Mapping[str, Any], base: DrawnCase, choices: Choices) -> DrawnCase | None:
        """The case with a text for a parameter that is surely none of its values."""
        name, schema = choices.dealt(parameter, [place for place in _places(parameter) if self._breaks(place[1])])
        text = self._text(schema, choices)
        if text is None:
            return None
        style = "form" if parameter["in"] == "query" else "simple"
        return written(_without(parameter, base, choices), {**parameter, "name": name, "style": style}, text)

    def _text(self, schema: Any, choices: Choices) -> str | None:
        """A text that is surely no value of a schema; None where what was drawn may be one."""
        told = _told(self._scalar(schema))
        value = choices.drawn(_KEY, self._pieces.refused(told)) if told else ""
        if isinstance(value, float) and "integer" in (told or {}).get("type", ()):
            return None  # who reads digits up to what is none has a whole number
        text = text_of(value)
        return text if len(text) <= _LONGEST and self._unfit(schema, text) else None

    def _body(self, base: DrawnCase, choices: Choices) -> DrawnCase | None:
        if _is_form(base):
            return self._form(base, choices)
        places = list(leaves(self._schema, base.json, self._pieces.follow))
        if not places:
            return None
        place, schema = places[choices.number(0, len(places) - 1)]
        told = _told(schema)
        if told is None:
            return None
        body = _put(base.json, place, choices.drawn(_KEY, self._pieces.refused(told)))
        raw = body_bytes(base.media_type or "", body) if self._invalid(body) else None
        return None if raw is None else replace(base, json=body, body=raw)

    def _form(self, base: DrawnCase, choices: Choices) -> DrawnCase | None:
        pairs = self._pairs(base.body or b"")
        known = {name: text for name, text, _ in pairs}
        places = [
            (place[0], schema)
            for place, schema in leaves(self._schema, known, self._pieces.follow)
            if len(place) == 1 and self._breaks(schema)
        ]
        if not places:
            return None
        name, schema = places[choices.number(0, len(places) - 1)]
        text = self._text(schema, choices)
        if text is None:
            return None
        others = [written for other, _, written in pairs if other != name]
        return replace(base, body="&".join([*others, urlencode([(name, text)])]).encode())

    def _pairs(self, body: bytes) -> list[tuple[str, str, str]]:
        """The pairs of a form: name, text, and how it is written. Few forms are what many cases are made from."""
        if body not in self._forms:
            pairs = [(part.partition("="), part) for part in body.decode().split("&") if part]
            self._forms[body] = [(unquote_plus(name), unquote_plus(text), part) for (name, _, text), part in pairs]
        return self._forms[body]

    def _breaks(self, schema: Any) -> bool:
        """Whether some text is none of a schema's values: every text is one where it says no more than that they are texts."""
        scalar = self._scalar(schema)
        told = _told(scalar)
        if told is None or "enum" in scalar or "const" in scalar:
            return told is not None
        return told.keys() != {"type"} or "string" not in told["type"]

    def _scalar(self, schema: Any) -> Mapping[str, Any]:
        """A schema, or what it says of one element, or the first alternative of several: what a single text is held to."""
        for _ in range(_FOLLOWED):
            if not isinstance(schema, dict):
                return {}
            parts = schema.get("anyOf") or schema.get("oneOf") or ("type" not in schema and schema.get("allOf"))
            if "$ref" in schema:
                schema = self._pieces.follow(schema["$ref"])
            elif isinstance(schema.get("items"), dict):
                schema = schema["items"]
            elif parts:
                schema = parts[0]
            else:
                return schema
        return {}


_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}
_KEY = object()
"""Where all values of bodies are chosen."""


def _places(parameter: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a single text can be written for: a parameter that is not always an object, and the members of a deep object.

    Of other objects a query has the members only, under their own names, and nothing has the name of the parameter.
    """
    schema = parameter["schema"]
    if not is_object(schema):
        yield parameter["name"], schema
    if parameter.get("style") != "deepObject" or not isinstance(schema, dict):
        return
    members: dict[str, list[Any]] = {}
    for part in (schema, *schema.get("anyOf", ()), *schema.get("oneOf", ())):
        for name, inner in (part.get("properties", {}) if isinstance(part, dict) else {}).items():
            members.setdefault(name, []).append(inner)
    for name, told in members.items():
        yield f"{parameter['name']}[{name}]", told[0] if len(told) == 1 else {"anyOf": told}


def _schema(parameter: Mapping[str, Any]) -> Any:
    """What is said of the value of a parameter, however it is written."""
    media: Mapping[str, Any] = next(iter(parameter.get("content", {}).values()), {})
    return parameter.get("schema", media.get("schema", True))


def _told(schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a schema says of a value itself: few schemas differ in it; None where that is nothing.

    Of values that are listed without a type, that they are of their types.
    """
    told = {key: part for key, part in schema.items() if key in _SAID}
    if "type" not in told and ("enum" in schema or "const" in schema):
        listed = schema["enum"] if "enum" in schema else [schema["const"]]
        told["type"] = sorted({_TYPES.get(type(value), "null") for value in listed})
    return told or None


def _is_form(case: DrawnCase) -> bool:
    return case.body is not None and (case.media_type or "").partition(";")[0].strip().lower() == FORM


def _without(parameter: Mapping[str, Any], base: DrawnCase, _choices: Choices) -> DrawnCase:
    """The case without a parameter."""
    place, name = parameter["in"], parameter["name"]
    if place == "path":
        return replace(base, path_parameters={key: text for key, text in base.path_parameters.items() if key != name})
    return replace(
        base,
        query=_others(base.query, name) if place == "query" else base.query,
        headers=_others(base.headers, name) if place == "header" else base.headers,
        cookies=_others(base.cookies, name) if place == "cookie" else base.cookies,
    )


def _others(pairs: Sequence[tuple[str, str]], name: str) -> tuple[tuple[str, str], ...]:
    mine = {*_mine(pairs, name)}
    return tuple(pair for pair in pairs if pair not in mine)


def _mine(pairs: Sequence[tuple[str, str]], name: str) -> Iterator[tuple[str, str]]:
    """The pairs of a parameter, as a whole or in parts, in whatever case its name is."""
    return (pair for pair in pairs if pair[0].lower() == name.lower() or pair[0].startswith(f"{name}["))


def _put(value: Any, place: tuple[Any, ...], other: Any) -> Any:
    """A value with another part at a place."""
    if not place:
        return other
    key, *rest = place
    if isinstance(value, dict):
        return {**value, key: _put(value[key], tuple(rest), other)}
    return [_put(part, tuple(rest), other) if index == key else part for index, part in enumerate(value)]


def _of(
    make: Callable[[Mapping[str, Any], DrawnCase, Choices], DrawnCase | None], parameter: Mapping[str, Any]
) -> Callable[[DrawnCase, Choices], DrawnCase | None]:
    return lambda base, choices: make(parameter, base, choices)
