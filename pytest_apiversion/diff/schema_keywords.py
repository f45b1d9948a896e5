"""What each keyword of a schema adds to its view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytest_apiversion.diff.document import Node, escape
from pytest_apiversion.diff.normalized_schema import ALL, FIRST, FLAGS, View

NAMES_OF_TYPES = {name: frozenset({name}) for name in ALL} | {
    "number": frozenset({"integer", "fraction"}),
    "null": frozenset[str](),
    "file": frozenset({"string"}),
}
"""A type as a schema names it -> the words of `View.types`."""

_GREATEST = frozenset({"minLength", "minItems", "minProperties", "minContains"})
_LEAST = frozenset({"maxLength", "maxItems", "maxProperties", "maxContains"})
_SETS = frozenset({"pattern", "format", "multipleOf"})
_ONE_SCHEMA = frozenset({"items", "propertyNames", "contains", "contentSchema"})
PATTERNS_OF_ALL = frozenset({"", ".*", "^.*$", "^.*", ".*$", "^(.*)$", "^(?:.*)$", "^[\\s\\S]*$"})


def both(nulls: list[bool | None]) -> bool | None:
    """Whether null is allowed where several parts hold at once: none may forbid it, and one has to allow it."""
    return False if False in nulls else True if True in nulls else None


def narrow_types(view: View, types: frozenset[str]) -> None:
    """Hold a view to types."""
    view.types = types if view.types is None else view.types & types


def narrow_enum(view: View, values: list[Any]) -> None:
    """Hold a view to values."""
    kept = {key(value): value for value in values if value is not None}
    if view.enum is not None:
        have = {key(value) for value in view.enum}
        kept = {name: value for name, value in kept.items() if name in have}
    view.enum = list(kept.values())


def kind_of(value: Any) -> str:
    """What a value that is not null is, in the words of `View.types`."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "integer" if value == int(value) else "fraction"
    return "object" if isinstance(value, dict) else "array" if isinstance(value, list) else "string"


def key(value: Any) -> Any:
    """A value to look a JSON value up by: `1` is `1.0`, but not `true`."""
    if isinstance(value, dict):
        return ("object", frozenset((name, key(part)) for name, part in value.items()))
    if isinstance(value, list):
        return ("array", tuple(key(part) for part in value))
    return (type(value) is bool, value)


def _read_type(view: View, word: str, value: Any, node: Node) -> None:
    names = value if isinstance(value, list) else [value]
    known = [NAMES_OF_TYPES[name] for name in names if isinstance(name, str) and name in NAMES_OF_TYPES]
    if known:
        narrow_types(view, frozenset().union(*known))
        view.at.setdefault(word, f"{node.place}/type")


def _read_values(view: View, word: str, value: Any, node: Node) -> None:
    if word == "const":
        narrow_enum(view, [value])
        view.const = True
    elif isinstance(value, list):
        narrow_enum(view, value)
    view.at.setdefault("enum", f"{node.place}/{word}")


def _read_properties(view: View, word: str, value: Any, node: Node) -> None:
    if isinstance(value, dict):
        base, label = f"{node.place}/{word}/", node.label
        into = view.properties if word == "properties" else view.patterns
        for name, part in value.items():
            into.setdefault(name, []).append(Node(part, base + escape(name), f"{label}.{name}"))


def _read_required(view: View, word: str, value: Any, node: Node) -> None:
    if isinstance(value, list):
        for name in value:
            if isinstance(name, str) and name:
                view.required.setdefault(name, f"{node.place}/{word}")


def _read_others(view: View, word: str, value: Any, node: Node) -> None:
    place = f"{node.place}/{word}"
    if value is False:
        view.closed = view.closed or place
    elif value in ({}, True):
        view.all_members = True
    elif isinstance(value, dict):
        view.others.append(Node(value, place, f"{node.label}.*"))


def _read_schema(view: View, word: str, value: Any, node: Node) -> None:
    if isinstance(value, (dict, bool)) and (word == "items" or (word == "contains" and value in ({}, True))):
        view.all_items = True
    if word == "items" and isinstance(value, list):
        _read_list(view, word, value, node)
    elif word == "items" and value is False:
        before = node.raw.get("prefixItems")
        read_number(view, "maxItems", len(before) if isinstance(before, list) else 0, node, word)
    elif isinstance(value, (dict, bool)) and not (word == "items" and value in ({}, True)):
        if word == "contains":
            least, most = node.raw.get("minContains"), node.raw.get("maxContains")
            view.counts.append((least if is_number(least) else 1, most if is_number(most) else None))
        mark = "[]" if word in {"items", "contains"} else f"({word})"
        view.schemas.setdefault(word, []).append(Node(value, f"{node.place}/{word}", node.label + mark))


def _read_list(view: View, word: str, value: Any, node: Node) -> None:
    if isinstance(value, list):
        for index, part in enumerate(value):
            if index >= len(view.lists):
                view.lists.append([])
            view.lists[index].append(Node(part, f"{node.place}/{word}/{index}", f"{node.label}[{index}]"))


def _read_map(view: View, word: str, value: Any, node: Node) -> None:
    if not isinstance(value, dict):
        return
    for name, part in value.items():
        place = f"{node.place}/then" if word == "then" else f"{node.place}/{word}/{escape(name)}"
        if isinstance(part, dict) and part.keys() == {"required"}:
            part = part["required"]  # noqa: PLW2901  the same in other words
        if isinstance(part, list):
            names = view.maps.setdefault("dependentRequired", {}).setdefault(name, ([], place))[0]
            names.extend(one for one in part if isinstance(one, str) and one not in names)
        else:
            view.maps.setdefault("dependentSchemas", {}).setdefault(name, []).append(
                Node(part, place, f"{node.label}({name})")
            )


def surely(raw: dict[str, Any]) -> str:
    """Which of `then` and `else` holds whatever the value is; empty where that depends on it, and where neither says anything."""
    asked = raw.get("if")
    if all(raw.get(word, True) in (True, {}) for word in ("then", "else")):
        return "neither"
    return "then" if asked is True or asked == {} else "else" if asked is False else ""


def read_condition(view: View, raw: dict[str, Any], node: Node) -> None:
    """Take up an `if`; of one that asks whether a member is there, what holds then is said of that member, and what holds otherwise stays."""
    asked = raw["if"].get("required") if isinstance(raw["if"], dict) and raw["if"].keys() == {"required"} else None
    if not (isinstance(asked, list) and len(asked) == 1 and isinstance(asked[0], str)):
        view.conditions.append(node)
        return
    if raw.get("then", True) not in (True, {}):
        _read_map(view, "then", {asked[0]: raw["then"]}, node)
    if raw.get("else", True) not in (True, {}):
        view.conditions.append(Node({"if": raw["if"], "else": raw["else"]}, node.place, node.label))


def read_number(view: View, word: str, value: Any, node: Node, written: str = "") -> None:
    """Take up a least or greatest number, which may be `written` as another keyword."""
    if is_number(value):
        have = view.values.get(word)
        if have is None or (value > have if word in _GREATEST else value < have):
            view.values[word] = value
            view.at[word] = f"{node.place}/{written or word}"


def _read_counted(view: View, word: str, value: Any, node: Node) -> None:
    if "contains" in node.raw:  # without it they say nothing (JSON Schema Validation, 6.4.4)
        read_number(view, word, value, node)


def _read_set(view: View, word: str, value: Any, node: Node) -> None:
    wanted = is_number(value) if word == "multipleOf" else isinstance(value, str)
    if wanted and not (word == "pattern" and value in PATTERNS_OF_ALL):
        view.values[word] = tuple(dict.fromkeys((*view.values.get(word, ()), value)))
        view.at.setdefault(word, f"{node.place}/{word}")


def _read_first(view: View, word: str, value: Any, node: Node) -> None:
    if word not in view.values:
        view.values[word] = value
        view.at[word] = f"{node.place}/{word}"


def _read_flag(view: View, word: str, value: Any, node: Node) -> None:
    if value is True:
        view.values[word] = True
        view.at.setdefault(word, f"{node.place}/{word}")


def read_bounds(view: View, raw: dict[str, Any], node: Node) -> None:
    """Take up the least and the greatest value, in the spelling of OpenAPI 3.0 or 3.1."""
    for side, exclusive, sign in (("minimum", "exclusiveMinimum", 1), ("maximum", "exclusiveMaximum", -1)):
        value, beyond = raw.get(side), raw.get(exclusive)
        bounds: list[tuple[float, bool]] = []
        if is_number(value):
            bounds.append((value, beyond is True))  # type: ignore[arg-type]  # it is a number
        if is_number(beyond):
            bounds.append((beyond, True))  # type: ignore[arg-type]  # it is a number
        for bound in bounds:
            have = view.lower if sign > 0 else view.upper
            if have is None or (bound[0] * sign, bound[1]) > (have[0] * sign, have[1]):
                if sign > 0:
                    view.lower = bound
                else:
                    view.upper = bound
                view.at[side] = f"{node.place}/{side if side in raw else exclusive}"


def is_number(value: Any) -> bool:
    """Whether a JSON value is a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_Reader = Callable[[View, str, Any, Node], None]
READERS: dict[str, _Reader] = {
    "type": _read_type,
    "enum": _read_values,
    "const": _read_values,
    "properties": _read_properties,
    "patternProperties": _read_properties,
    "required": _read_required,
    "additionalProperties": _read_others,
    "prefixItems": _read_list,
    **dict.fromkeys(("dependentRequired", "dependentSchemas", "dependencies"), _read_map),
    **dict.fromkeys(_GREATEST | _LEAST, read_number),
    **dict.fromkeys(("minContains", "maxContains"), _read_counted),
    **dict.fromkeys(_SETS, _read_set),
    **dict.fromkeys(FIRST, _read_first),
    **dict.fromkeys(FLAGS, _read_flag),
    **dict.fromkeys(_ONE_SCHEMA, _read_schema),
}
