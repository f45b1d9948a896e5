"""Negative requests whose one wrong value comes from a pool: what Hypothesis and schemathesis draw beside a schema, put into a case the contract accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.generation.pools.choosing import Choices
from pytest_apiversion.shell.generation.pools.parameter_values import is_beside, is_written, written
from pytest_apiversion.shell.generation.pools.pieces import Pieces, together
from pytest_apiversion.shell.generation.pools.pool import NothingDrawnError
from pytest_apiversion.shell.generation.pools.schema_nodes import leaves
from pytest_apiversion.shell.openapi.serialization import FORM, body_bytes, is_object, text_of

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
        unfit: Whether a text is surely no value of a schema, however it is read.
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
        self._parameters: Sequence[Mapping[str, Any]] = operation.get("parameters", ())
        content: Mapping[str, Any] = operation.get("requestBody", {}).get("content", {})
        media: Mapping[str, Any] = next(iter(content.values()), {})
        kinds = [name.partition(";")[0].strip().lower() for name in content]
        self.knows_body = all(kind == FORM or kind.endswith(("/json", "+json")) for kind in kinds)
        self._schema = media.get("schema")
        self._pieces = Pieces(document, seed, negative=True)
        self._invalid = invalid
        self._unfit = unfit

    def cases(self, bases: Sequence[DrawnCase], seed: int, count: int) -> Iterator[DrawnCase]:
        """Negative cases, each made from one of these; fewer than are wanted where little can be broken, and some may come twice."""
        choices = Choices(seed)
        choices.begin()
        makes: list[Callable[[DrawnCase, Choices], DrawnCase | None]] = [
            _of(self._parameter, each)
            for each in self._parameters
            if not is_written(each) or any(_breaks(schema) for _, schema in _places(each))
        ]
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

    def _parameter(self, parameter: Mapping[str, Any], base: DrawnCase, choices: Choices) -> DrawnCase | None:
        mine = parameter["name"]
        if is_written(parameter):
            return self._written(parameter, base, choices)
        pool, name = self._pieces.parameters(parameter)
        piece: DrawnCase = choices.drawn(parameter, pool)
        said = (*piece.query, *piece.headers, *piece.cookies, *piece.path_parameters)
        if (not said and not parameter["required"]) or len(str(said)) + len(str(piece.path_parameters)) > _LONGEST:
            return None
        kept = replace(
            base,
            query=_others(base.query, parameter, "query"),
            headers=_others(base.headers, parameter, "header"),
            cookies=_others(base.cookies, parameter, "cookie"),
        )
        made = together(kept, piece, parameter, name)
        return made if parameter["in"] != "path" or mine in made.path_parameters else None

    def _written(self, parameter: Mapping[str, Any], base: DrawnCase, choices: Choices) -> DrawnCase | None:
        """The case with a text for a parameter that is surely none of its values."""
        mine = parameter["name"]
        name, schema = choices.dealt(parameter, [place for place in _places(parameter) if _breaks(place[1])])
        told = _told(_scalar(schema))
        text = text_of(choices.drawn(_KEY, self._pieces.values(told))) if told else ""
        if not text or len(text) > _LONGEST or not is_beside(schema, text, self._unfit):
            return None
        others = replace(
            base,
            query=_others(base.query, parameter, "query"),
            path_parameters={key: each for key, each in base.path_parameters.items() if key != mine},
        )
        style = "form" if parameter["in"] == "query" else "simple"
        return written(others, {**parameter, "name": name, "style": style}, text)

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
        body = _put(base.json, place, choices.drawn(_KEY, self._pieces.values(told)))
        raw = body_bytes(base.media_type or "", body) if self._invalid(body) else None
        return None if raw is None else replace(base, json=body, body=raw)

    def _form(self, base: DrawnCase, choices: Choices) -> DrawnCase | None:
        pairs = parse_qsl((base.body or b"").decode(), keep_blank_values=True)
        known = dict(pairs)
        places = [
            (place[0], schema)
            for place, schema in leaves(self._schema, known, self._pieces.follow)
            if len(place) == 1 and _breaks(schema)
        ]
        if not places:
            return None
        name, schema = places[choices.number(0, len(places) - 1)]
        told = _told(schema)
        if told is None:
            return None
        text = text_of(choices.drawn(_KEY, self._pieces.values(told)))
        if not self._unfit(schema, text):
            return None
        body = urlencode([*(pair for pair in pairs if pair[0] != name), (name, text)]).encode()
        return replace(base, body=body)


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


def _scalar(schema: Any) -> Mapping[str, Any]:
    """A schema, or what it says of one element, or the first alternative of several: what a single text is held to."""
    for _ in range(_TRIES):
        if not isinstance(schema, dict):
            return {}
        inner = schema.get("items") or next(iter(schema.get("anyOf") or schema.get("oneOf") or ()), None)
        if inner is None:
            return schema
        schema = inner
    return {}


def _breaks(schema: Any) -> bool:
    """Whether some text is none of a schema's values: every text is one where it says no more than that they are texts."""
    scalar = _scalar(schema)
    return "enum" in scalar or "const" in scalar or _told(scalar) not in (None, {"type": "string"})


def _told(schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a schema says of a value itself: few schemas differ in it; None where that is nothing."""
    told = {key: part for key, part in schema.items() if key in _SAID}
    return told or None


def _is_form(case: DrawnCase) -> bool:
    return case.body is not None and (case.media_type or "").partition(";")[0].strip().lower() == FORM


def _others(pairs: Sequence[tuple[str, str]], parameter: Mapping[str, Any], place: str) -> tuple[tuple[str, str], ...]:
    """The pairs without those of a parameter."""
    name = parameter["name"]
    if parameter["in"] != place:
        return tuple(pairs)
    return tuple(
        pair
        for pair in pairs
        if pair[0] != name and not pair[0].startswith(f"{name}[") and pair[0].lower() != name.lower()
    )


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
