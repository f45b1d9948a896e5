"""Holds JSON values to read schemas: a fast yes where `jsonschema_rs` is installed, and the reasons for a no from `jsonschema`."""

from __future__ import annotations

import contextlib
import json
import re
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contract import SchemaProblem
from pytest_apiversion.shell.formats import FORMATS, RANGES, python_pattern
from pytest_apiversion.shell.parsing import pointer
from pytest_apiversion.shell.shapes import references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_apiversion.core.contract import Validate

URI = "urn:pytest-apiversion:contract"
MAX_PROBLEMS = 20
MAX_NESTING = 200
"""Levels of a value that compiled validators are given."""

MAX_KEPT = 64
"""Compiled validators kept at a time: each may hold a good part of the document (a megabyte or so for the largest), and takes about
ten milliseconds to compile again."""

_WIDTH = 60
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


class Validators:
    """The validators of one resource of schemas; each is built when first used, and once.

    Args:
        resource: Schemas as `schemas.Normaliser` gives them; read when the first value is held, so it may be completed before.
    """

    def __init__(self, resource: dict[str, Any]) -> None:
        self._resource = resource
        self._fast: Any = None
        self._slow: Any = None
        self._made: dict[str, Validate] = {}
        self._kept: dict[str, Callable[[Any], bool] | None] = {}

    def of(self, reference: str) -> Validate:
        """What holds values to the schema at a reference (`#/…`) of the resource."""
        if reference not in self._made:
            self._made[reference] = self._build(reference)
        return self._made[reference]

    def schema(self, reference: str) -> Any:
        """The schema at a reference, its own references followed."""
        for _ in range(50):
            node: Any = self._resource
            for part in reference[2:].split("/"):
                node = node[part.replace("~1", "/").replace("~0", "~")]
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
                return node
            reference = node["$ref"]
        return True

    def _build(self, reference: str) -> Validate:
        def validate(value: Any) -> tuple[SchemaProblem, ...]:
            fast = self._fast_for(reference)
            if fast is not None and _shallow(value):
                with contextlib.suppress(ValueError, TypeError, OverflowError, RecursionError):
                    if fast(value):
                        return ()
            try:
                problems = dict.fromkeys(problem for error in self._slow_for(reference).iter_errors(value) for problem in _problems(error))
                return tuple(islice(problems, MAX_PROBLEMS))
            except RecursionError:
                return (SchemaProblem(where="", message="nested too deeply to be held to its schema", keyword="nesting"),)

        return validate

    def _fast_for(self, reference: str) -> Callable[[Any], bool] | None:
        if reference in self._kept:
            self._kept[reference] = self._kept.pop(reference)
            return self._kept[reference]
        if len(self._kept) >= MAX_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[reference] = self._compile(reference)
        return self._kept[reference]

    def _compile(self, reference: str) -> Callable[[Any], bool] | None:
        rust = _rust()
        if rust is None:
            return None
        try:
            if self._fast is None:
                self._fast = rust.Registry([(URI, self._resource)], draft=rust.Draft202012)
            held: Callable[[Any], bool] = rust.Draft202012Validator(
                {"$ref": URI + _quoted(reference)}, registry=self._fast, formats=FORMATS, validate_formats=True).is_valid
        except (ValueError, TypeError, OverflowError, RecursionError, rust.ReferencingError):
            return None
        return held

    def _slow_for(self, reference: str) -> Any:
        from referencing import Registry  # noqa: PLC0415  costs start-up; wanted by whoever has a wrong answer only
        from referencing.jsonschema import DRAFT202012  # noqa: PLC0415

        if self._slow is None:
            self._slow = Registry().with_resource(URI, DRAFT202012.create_resource(self._resource))
        kind, checker = _python()
        return kind({"$ref": URI + _quoted(reference)}, registry=self._slow, format_checker=checker)


def _shallow(value: Any) -> bool:
    """Whether a value nests no deeper than compiled code can follow: beyond some thousand levels it takes the process with it."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_NESTING):
        if not level:
            return True
        level = [child for node in level for child in (node.values() if isinstance(node, dict) else node)
                 if isinstance(child, (dict, list))]
    return False


def holds(resource: dict[str, Any], schema: Any, value: Any) -> bool:
    """Whether a value is what a read schema says; True where that cannot be told."""
    if schema is True:
        return True
    held = Validators({**(resource if references(schema) else {}), "x-schemas": {"s0": schema}}).of("#/x-schemas/s0")
    try:
        return not held(value)
    except Exception:  # noqa: BLE001  a schema no library can hold is no reason to stop
        return True


def reader(schema: Any, look: Callable[[str], Any]) -> Callable[[str], Any]:
    """What reads a header's text as the type its schema names; a text that is no such value stays a text.

    Args:
        schema: The header's read schema.
        look: Gives the schema at a reference.
    """
    types = _types(schema, look)
    items = look(schema["$ref"]) if isinstance(schema, dict) and "$ref" in schema else schema
    inner = items.get("items", True) if isinstance(items, dict) else True

    def read(text: str) -> Any:  # noqa: PLR0911  one way out a type
        text = text.strip()
        if "array" in types:
            one = reader(inner, look)
            return [one(part) for part in text.split(",")] if text else []
        if "integer" in types and re.fullmatch(r"-?[0-9]{1,4000}", text):
            return int(text)
        if {"number", "integer"} & types and re.fullmatch(r"-?[0-9]{1,300}(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?", text):
            return float(text) if set(".eE") & set(text) else int(text)
        if "boolean" in types and text in {"true", "false"}:
            return text == "true"
        if "null" in types and "string" not in types and text in {"", "null"}:
            return None
        if "object" in types and "string" not in types:
            parts = text.split(",")
            pairs = [part.partition("=") for part in parts] if "=" in text else []
            found = {key: value for key, _, value in pairs} if pairs else dict(zip(parts[::2], parts[1::2], strict=False))
            return found if text else {}
        return text

    return read


def _types(schema: Any, look: Callable[[str], Any], depth: int = 0) -> frozenset[str]:
    """The types a schema names, its parts and alternatives included."""
    if not isinstance(schema, dict) or depth > 5:  # noqa: PLR2004  headers are not that deep
        return frozenset()
    kinds = schema.get("type", [])
    types = frozenset([kinds] if isinstance(kinds, str) else kinds)
    if "$ref" in schema:
        types |= _types(look(schema["$ref"]), look, depth + 1)
    for key in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(key, ()):
            types |= _types(part, look, depth + 1)
    return types


@cache
def _rust() -> Any:
    try:
        import jsonschema_rs  # noqa: PLC0415
    except ImportError:
        return None
    return jsonschema_rs if hasattr(jsonschema_rs, "Registry") and hasattr(jsonschema_rs, "Draft202012") else None


@cache
def _python() -> tuple[Any, Any]:
    import jsonschema  # noqa: PLC0415

    checker = jsonschema.FormatChecker(formats=())
    for name, held in FORMATS.items():
        checker.checks(name)(lambda value, held=held: not isinstance(value, str) or held(value))
    extend: Any = jsonschema.validators.extend
    kind = extend(jsonschema.Draft202012Validator, {
        "pattern": _pattern, "patternProperties": _pattern_properties, "additionalProperties": _additional, "multipleOf": _multiple})
    return kind, checker


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[Any]:
    compiled = python_pattern(pattern)
    if isinstance(value, str) and compiled is not None and not compiled.search(value):
        yield _error(f"{short(value)} does not match {short(pattern)}")


def _pattern_properties(validator: Any, patterns: dict[str, Any], value: Any, __: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for pattern, schema in patterns.items():
            compiled = python_pattern(pattern)
            for name, part in value.items():
                if compiled is not None and compiled.search(name):
                    yield from validator.descend(part, schema, path=name, schema_path=pattern)


def _additional(validator: Any, schema: Any, value: Any, parent: dict[str, Any]) -> Iterator[Any]:
    if not isinstance(value, dict):
        return
    patterns = [compiled for name in parent.get("patternProperties", ()) if (compiled := python_pattern(name))]
    for name, part in value.items():
        if name in parent.get("properties", ()) or any(pattern.search(name) for pattern in patterns):
            continue
        if schema is False:
            yield _error(f"{short(name)} is not a member the contract names")
        else:
            yield from validator.descend(part, schema, path=name)


def _multiple(_: Any, factor: float, value: Any, __: Any) -> Iterator[Any]:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return
    try:
        whole = Decimal(repr(value)) % Decimal(repr(factor)) == 0
    except InvalidOperation:
        whole = True  # beyond the precision of the arithmetic: nobody can tell
    if not whole:
        yield _error(f"{short(value)} is not a multiple of {factor}")


def _error(message: str) -> Any:
    import jsonschema  # noqa: PLC0415

    return jsonschema.ValidationError(message)


def _problems(error: Any) -> Iterator[SchemaProblem]:
    """What an error says in one line each; of alternatives, what the likeliest one says."""
    keyword, value, wanted = error.validator, error.instance, error.validator_value
    if keyword in {"anyOf", "oneOf"} and error.context:
        branches: dict[int, list[Any]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        for inner in min(branches.values(), key=_distance):
            yield from _problems(inner)
        return
    schema = error.schema if isinstance(error.schema, dict) else {}
    ranged = keyword in {"minimum", "maximum"} and wanted in RANGES.get(str(schema.get("format")), ())
    yield SchemaProblem(where=pointer(tuple(error.absolute_path)), keyword="format" if ranged else str(keyword or "false"),
                        message=f"{short(value)} is not an {schema.get('format')}" if ranged else _message(error, keyword, value, wanted))


def _message(error: Any, keyword: str | None, value: Any, wanted: Any) -> str:  # noqa: C901, PLR0911, PLR0912  a table of sentences
    match keyword:
        case "type":
            names = [wanted] if isinstance(wanted, str) else wanted
            return f"expected {' or '.join(names)}, got {_kind(value)} {short(value)}" if value is not None else \
                f"expected {' or '.join(names)}, got null"
        case "required":
            missing = next((name for name in wanted if error.message.startswith(repr(name))), "")
            return f"{short(missing)} is missing"
        case "enum":
            return f"{short(value)} is not one of {short(wanted)}"
        case "const":
            return f"expected {short(wanted)}, got {short(value)}"
        case "format":
            return f"{short(value)} is not {'an' if wanted in {'email', 'ipv4', 'ipv6'} else 'a'} {wanted}"
        case "minimum" | "exclusiveMinimum":
            return f"{short(value)} is less than {wanted}" if keyword == "minimum" else f"{short(value)} is not more than {wanted}"
        case "maximum" | "exclusiveMaximum":
            return f"{short(value)} is more than {wanted}" if keyword == "maximum" else f"{short(value)} is not less than {wanted}"
        case "minLength" | "maxLength":
            return f"{short(value)} has {len(value)} characters, expected at {'least' if keyword == 'minLength' else 'most'} {wanted}"
        case "minItems" | "maxItems" | "minProperties" | "maxProperties":
            noun = "items" if keyword.endswith("Items") else "members"
            return f"has {len(value)} {noun}, expected at {'least' if keyword.startswith('min') else 'most'} {wanted}"
        case "uniqueItems":
            return "has an item twice"
        case "not":
            return f"{short(value)} is what the contract excludes"
        case "oneOf":
            return f"{short(value)} is several of the alternatives, expected one"
        case "anyOf":
            return f"{short(value)} is none of the alternatives"
        case "pattern" | "additionalProperties" | "multipleOf":
            return str(error.message)
        case _:
            return f"{short(value)} is not what `{keyword or 'false'}` asks for"


def _distance(errors: list[Any]) -> tuple[int, int, int]:
    """How far a branch is from its value: another kind of value is farthest, then another value of a telling member."""
    return (sum(1 for error in errors if error.validator == "type" and not error.relative_path),
            sum(1 for error in errors if error.validator in {"const", "enum"}), len(errors))


def short(value: Any) -> str:
    """A value as JSON, abbreviated to a line's worth."""
    text = ""
    try:
        for piece in _ENCODER.iterencode(value):
            text += piece
            if len(text) > _WIDTH:
                break
    except (ValueError, RecursionError):
        text = _kind(value)
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def _kind(value: object) -> str:
    kinds = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
    return kinds.get(type(value), type(value).__name__)


def _quoted(reference: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return "#" + quote(reference[1:], safe="/~!$&'()*+,;=:@-._")
