"""Schemas of every OpenAPI dialect as JSON Schema 2020-12, one copy for each document and direction.

The copy is a flat set of named schemas (`resource`), linear in the size of the document: a reference is followed once, whatever the
number of its uses, and recursion is no matter. What is no assertion (descriptions, examples) is left behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.json.ecma_patterns import python_pattern
from pytest_apiversion.shell.json_schema.formats import FORMATS, OTHER_NAMES, RANGES
from pytest_apiversion.shell.json_schema.keyword_values import ALLOWED, BOUNDS, COUNTS, is_count
from pytest_apiversion.shell.json_schema.subschemas import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE
from pytest_apiversion.shell.openapi.closed_objects import CLOSING, names_members
from pytest_apiversion.shell.openapi.grammar import resolve, unescape
from pytest_apiversion.shell.openapi.one_of_branches import CLOSED, NESTED, loosen
from pytest_apiversion.shell.openapi.schema_references import MAX_CHAIN, References
from pytest_apiversion.shell.texts.json_text import pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Schema = dict[str, Any] | bool

_DROPPED = frozenset(
    {
        "title",
        "description",
        "summary",
        "externalDocs",
        "xml",
        "$comment",
        "example",
        "examples",
        "discriminator",
        "nullable",
        "readOnly",
        "writeOnly",
        "collectionFormat",
        "$schema",
        "$id",
        "id",
        "$anchor",
        "$dynamicAnchor",
        "$vocabulary",
        "deprecated",
        "allowEmptyValue",
    }
)
_TOLD = ("writeOnly", "default")
_COMPOSED = ("allOf", "anyOf", "oneOf", "$ref", "not", "if", "const")


_CONDITIONS = frozenset({"not", "if", "contains"})
"""Keywords whose schema a value need not keep."""


class Normaliser:
    """Turns schemas of one document into JSON Schema 2020-12.

    Args:
        document: The whole document.
        dialect: `2.0`, `3.0`, `3.1` or `3.2`.
        response: Whether for answers (`writeOnly` members are not required) or for requests (`readOnly` ones are neither required nor
            known).
        additions: Whether an answer may have members its schema does not name, whatever `additionalProperties` says.
        closed: Whether an answer may have no members but those its schema names, where that says nothing of others.
        formats: Whether `format` is held.
        warn: Told of every oddity, once.

    Attributes:
        resource: The referenced schemas, at the places references name; complete after `finish`.
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        *,
        dialect: str,
        response: bool,
        additions: bool = False,
        closed: bool = False,
        formats: bool = True,
        warn: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.resource: dict[str, Any] = {}
        self._document = document
        self._old = dialect in {"2.0", "3.0"}
        self._nullable = "x-nullable" if dialect == "2.0" else "nullable"
        self._response = response
        self._hidden = "writeOnly" if response else "readOnly"
        self._additions = additions
        self._closed = closed and response
        self._conditions = 0
        self._formats = formats
        self._warn = warn
        self._references = References(document, old=self._old, warn=warn)

    def read(self, schema: Any, place: tuple[str | int, ...] = ()) -> Schema:
        """One schema, its references turned to places in `resource`."""
        return self._shut(schema, self._read(schema, place))

    def _read(self, schema: Any, place: tuple[str | int, ...]) -> Schema:
        return self._schema(schema, place, frozenset(), loose=self._response and self._additions)

    def _shut(self, schema: Any, made: Schema) -> Schema:
        """A whole value's schema, closed where that is wanted; a part of one, or a condition, is not."""
        if not self._closed or self._conditions or not isinstance(made, dict):
            return made
        return {**made, CLOSING: False} if names_members(schema, self._references.target) else made

    def hoist(self, schema: Schema) -> str:
        """Give a read schema a place in `resource` of its own; gives the reference to it."""
        name = f"s{len(self.resource.setdefault('x-schemas', {}))}"
        self.resource["x-schemas"][name] = schema
        return f"#/x-schemas/{name}"

    def finish(self) -> None:
        """Read everything that was referred to."""
        while self._references.waiting:
            parts, reference = self._references.waiting.pop()
            try:
                found = resolve(self._document, parts)
            except LookupError:
                self._warn(f"{reference}: nothing stands there; anything passes")
                found = True
            made = self._read(found, parts)
            *upper, name = unescape(reference)
            holder = self.resource
            for part in upper:
                holder = holder.setdefault(part, {})
            holder[name] = made
        if self._response and self._additions:
            loosen(self.resource)

    def _schema(self, schema: Any, place: tuple[str | int, ...], hidden: frozenset[str], *, loose: bool) -> Schema:  # noqa: C901, PLR0912  one branch a kind of keyword
        if isinstance(schema, bool):
            return schema
        if not isinstance(schema, dict):
            self._warn(f"{pointer(place)}: expected a schema, got something else; anything passes")
            return True
        reference = schema.get("$ref")
        if isinstance(reference, str):
            turned = self._references.turn(reference, place)
            if self._old:
                if schema.get(self._nullable) is True:
                    self._warn(
                        f"{pointer(place)}: `{self._nullable}` beside a `$ref` says nothing in this version of OpenAPI"
                    )
                return {"$ref": turned} if turned else True
        made: dict[str, Any] = {"$ref": turned} if isinstance(reference, str) and turned else {}
        hidden |= self._hidden_names(schema)
        for key, value in schema.items():
            if key in _DROPPED or key == "$ref" or key.startswith("x-"):
                continue
            if key in NESTED:
                self._nested(made, key, value, (*place, key), hidden, loose=loose)
            elif key == "required":
                names = (
                    [name for name in value if isinstance(name, str) and name not in hidden]
                    if isinstance(value, list)
                    else []
                )
                if names:
                    made[key] = names
                if not isinstance(value, list):
                    self._odd(place, key)
            elif key == "$dynamicRef":
                if isinstance(value, str) and (dynamic := self._references.turn(value, place)):
                    made.setdefault("allOf", []).append({"$ref": dynamic})
            else:
                self._keyword(made, key, value, place)
        self._adjust(made, schema)
        if self._response:  # no assertions, but what is expected of answers goes by them
            made |= {key: schema[key] for key in _TOLD if key in schema}
        return made

    def _nested(  # noqa: C901  one branch a kind of keyword
        self,
        made: dict[str, Any],
        key: str,
        value: Any,
        place: tuple[str | int, ...],
        hidden: frozenset[str],
        *,
        loose: bool,
    ) -> None:
        if key in {"additionalProperties", "unevaluatedProperties"} and value is False and loose:
            made[CLOSED] = True
            return
        if key in _CONDITIONS:
            loose = False
            self._conditions += 1
        none: frozenset[str] = frozenset()
        if key in SCHEMA_LIST and isinstance(value, list):
            passed = hidden if key in {"allOf", "anyOf", "oneOf"} else none
            parts = [self._schema(part, (*place, index), passed, loose=loose) for index, part in enumerate(value)]
            if key in {"prefixItems", "items"}:
                parts = [self._shut(part, each) for part, each in zip(value, parts, strict=True)]
            target = "prefixItems" if key == "items" else key
            if parts:
                made[target] = made.get(target, []) + parts
        elif key in SCHEMA_MAP and isinstance(value, dict):
            self._mapped(made, key, value, place, loose=loose)
        elif key in SCHEMA_ONE and isinstance(value, (dict, bool)):
            if key == "additionalItems":
                if isinstance(made.get("prefixItems"), list):
                    made["items"] = self._schema(value, place, none, loose=loose)
            else:
                inner = self._schema(value, place, hidden if key in {"then", "else"} else none, loose=loose)
                made[key] = self._shut(value, inner) if key in {"items", "additionalProperties"} else inner
        else:
            self._odd(place[:-1], key)
        if key in _CONDITIONS:
            self._conditions -= 1

    def _mapped(
        self, made: dict[str, Any], key: str, value: dict[str, Any], place: tuple[str | int, ...], *, loose: bool
    ) -> None:
        none: frozenset[str] = frozenset()
        if key == "dependencies":
            lists = {name: part for name, part in value.items() if isinstance(part, list)}
            if lists:
                made["dependentRequired"] = lists
            key, value = "dependentSchemas", {name: part for name, part in value.items() if not isinstance(part, list)}
        if key in {"$defs", "definitions"} or (key == "dependentSchemas" and not value):
            return
        if key == "patternProperties":
            for pattern in [name for name in value if python_pattern(name) is None]:
                self._warn(f"{pointer((*place, pattern))}: Python has no such pattern; not held")
                value = {name: part for name, part in value.items() if name != pattern}
        if key == "properties" and not self._response:
            value = {name: part for name, part in value.items() if not self._flagged(part)}
        read = {name: self._schema(part, (*place, name), none, loose=loose) for name, part in value.items()}
        whole = key in {"properties", "patternProperties"}
        made[key] = {name: self._shut(value[name], each) for name, each in read.items()} if whole else read

    def _keyword(self, made: dict[str, Any], key: str, value: Any, place: tuple[str | int, ...]) -> None:
        """Keep an assertion that holds no schemas, where its value is one JSON Schema allows."""
        if key == "format" and isinstance(value, str):
            if not self._response or (self._formats and (value in FORMATS or value in RANGES)):
                made[key] = value if self._response else OTHER_NAMES.get(value, value)
        elif key in {"contentMediaType", "contentEncoding"} and isinstance(value, str):
            if not self._response:  # no assertion, but how forms tell files from texts (OpenAPI 3.1 §4.8.14.4)
                made[key] = value
        elif key == "pattern" and isinstance(value, str) and python_pattern(value) is None:
            self._warn(f"{pointer((*place, key))}: Python has no such pattern; not held")
        elif key in BOUNDS and isinstance(value, bool) and key.startswith("exclusive"):
            return  # OpenAPI 3.0's way; `_adjust` reads it
        elif key in COUNTS and is_count(value):
            made[key] = int(value)
        elif key in ALLOWED and ALLOWED[key](value):
            made[key] = value
        elif key in ALLOWED and value not in ("file", ["file"]):
            self._odd(place, key)

    def _adjust(self, made: dict[str, Any], schema: dict[str, Any]) -> None:
        for exclusive, bound, harder in (("exclusiveMinimum", "minimum", max), ("exclusiveMaximum", "maximum", min)):
            if schema.get(exclusive) is True and bound in made:
                made[exclusive] = made.pop(bound)
            low_high = RANGES.get(str(made.get("format")))
            if low_high and made.get("type", "integer") != "string":
                limit = low_high[0 if bound == "minimum" else 1]
                made[bound] = harder(made.get(bound, limit), limit)
        if self._old and schema.get(self._nullable) is True:
            if "type" in made:
                made["type"] = [*([made["type"]] if isinstance(made["type"], str) else made["type"]), "null"]
                made["type"] = list(dict.fromkeys(made["type"]))
            if "enum" in made and None not in made["enum"]:
                made["enum"] = [*made["enum"], None]
            if any(key in made for key in _COMPOSED):
                rest = dict(made)
                made.clear()
                made["anyOf"] = [{"type": "null"}, rest]

    def _hidden_names(self, schema: dict[str, Any], depth: int = 0) -> frozenset[str]:
        """Members that the direction does not require, of a schema and the parts it is made of."""
        properties = schema.get("properties")
        names = (
            {name for name, part in properties.items() if self._flagged(part)}
            if isinstance(properties, dict)
            else set()
        )
        parts = schema.get("allOf")
        if isinstance(parts, list) and depth < MAX_CHAIN:
            for part in parts:
                target = self._references.target(part)
                if isinstance(target, dict) and target is not schema:
                    names |= self._hidden_names(target, depth + (10 if target is not part else 1))
        return frozenset(names)

    def _flagged(self, part: Any) -> bool:
        if isinstance(part, dict) and part.get(self._hidden) is True and not (self._old and "$ref" in part):
            return True
        target = self._references.target(part)
        return isinstance(target, dict) and target.get(self._hidden) is True

    def _odd(self, place: tuple[str | int, ...], key: str) -> None:
        self._warn(f"{pointer((*place, key))}: not what JSON Schema allows here; not held")
