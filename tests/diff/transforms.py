"""Other spellings of a document, and single breaks planted in it; each works on a copy, and is a function of its `Random`."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from pytest_apiversion.shell.openapi.grammar import METHODS, resolve, unescape, walk
from pytest_apiversion.shell.texts.yaml_text import parse_yaml

Transform = Callable[[dict[str, Any], random.Random], dict[str, Any]]

_SETS = ("required", "enum", "type", "parameters", "oneOf", "anyOf", "tags")


def _shuffled(value: Any, rng: random.Random) -> Any:
    if isinstance(value, dict):
        items = list(value.items())
        rng.shuffle(items)
        made = {key: _shuffled(part, rng) for key, part in items}
        for key in _SETS:
            if isinstance(made.get(key), list):
                rng.shuffle(made[key])
        return made
    return [_shuffled(part, rng) for part in value] if isinstance(value, list) else value


def shuffle(document: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Members and sets in another order."""
    made: dict[str, Any] = _shuffled(document, rng)
    return made


def _schemas(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (node for _, kind, node in walk(document, "document") if kind == "schema")


def inline(document: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A good part of all references replaced by what they lead to."""
    made = copy.deepcopy(document)
    original = copy.deepcopy(document)
    for node in list(_schemas(made)):
        if set(node) == {"$ref"} and rng.random() < 0.7:
            target = copy.deepcopy(resolve(original, unescape(node["$ref"][1:])))
            node.clear()
            node.update(target)
    return made


def extract(document: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A good part of all inline schemas given a name."""
    made = copy.deepcopy(document)
    named = made.setdefault("components", {}).setdefault("schemas", {})
    own = {id(schema) for schema in named.values()}
    for number, node in enumerate(list(_schemas(made))):
        if "$ref" not in node and id(node) not in own and rng.random() < 0.3:
            named[f"Extracted{number}"] = dict(node)
            node.clear()
            node["$ref"] = f"#/components/schemas/Extracted{number}"
    return made


def wrap(document: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Schemas as an `allOf` of one, and objects as an `allOf` of their members."""
    made = copy.deepcopy(document)
    for node in list(_schemas(made)):
        if "discriminator" in node or "unevaluatedProperties" in node or rng.random() < 0.6:
            continue
        whole = dict(node)
        node.clear()
        names = list(whole.get("properties", {}))
        null = whole.get("nullable") or isinstance(whole.get("type"), list)
        if len(names) > 1 and "additionalProperties" not in whole and not null and rng.random() < 0.5:
            rest = {key: value for key, value in whole.items() if key != "properties"}
            parts = [{"type": "object", "properties": {name: whole["properties"][name]}} for name in names]
            node["allOf"] = [rest, *parts]
        else:
            node["allOf"] = [whole]
    return made


def spell_31(document: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """OpenAPI 3.0 in the words of 3.1; documents of 3.1 only say `const` as `enum`."""
    made = copy.deepcopy(document)
    for node in list(_schemas(made)):
        if document["openapi"].startswith("3.0") and node.pop("nullable", False) is True and "$ref" not in node:
            if "type" in node and rng.random() < 0.5:
                node["type"] = [node["type"], "null"]
                if "enum" in node and None not in node["enum"]:
                    node["enum"] = [*node["enum"], None]
            else:
                rest = dict(node)
                node.clear()
                node["anyOf"] = [rest, {"type": "null"}]
        for side, beyond in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            if isinstance(node.get(beyond), bool) and node.pop(beyond) and side in node:
                node[beyond] = node.pop(side)
        if "const" in node and rng.random() < 0.5:
            node["enum"] = [node.pop("const")]
    made["openapi"] = "3.1.0"
    return made


def lift(document: dict[str, Any], _: random.Random) -> dict[str, Any]:
    """Parameters of each operation said for its path where it is the only one, and those of the path said for each operation."""
    made = copy.deepcopy(document)
    for item in made["paths"].values():
        operations = [item[method] for method in METHODS if method in item]
        if item.get("parameters"):
            above = item.pop("parameters")
            for operation in operations:
                own = {(one.get("in"), one.get("name")) for one in operation.get("parameters", [])}
                kept = [one for one in above if (one.get("in"), one.get("name")) not in own]
                operation["parameters"] = kept + operation.get("parameters", [])
        elif len(operations) == 1 and operations[0].get("parameters"):
            item["parameters"] = operations[0].pop("parameters")
    return made


def rename(document: dict[str, Any], _: random.Random) -> dict[str, Any]:
    """Path parameters under other names."""
    made = copy.deepcopy(document)
    for node in [node for _, kind, node in walk(made, "document") if kind == "parameter"]:
        if node.get("in") == "path":
            node["name"] = f"the_{node['name']}"
    made["paths"] = {template.replace("{", "{the_"): item for template, item in made["paths"].items()}
    return made


def move(document: dict[str, Any], _: random.Random) -> dict[str, Any]:
    """Another host, and the server's path said in each path."""
    made = copy.deepcopy(document)
    servers = made.get("servers") or [{"url": "/"}]
    prefix = servers[0]["url"].partition("//")[2].partition("/")[2] if "//" in servers[0]["url"] else servers[0]["url"]
    prefix = "/" + prefix.strip("/") if prefix.strip("/") else ""
    made["servers"] = [{"url": "https://other.example/"}]
    made["paths"] = {prefix + template: item for template, item in made["paths"].items()}
    return made


def in_yaml(document: dict[str, Any], _: random.Random) -> dict[str, Any]:
    """The same written as YAML, and read again."""
    made: dict[str, Any] = parse_yaml(yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True))
    return made


SPELLINGS: dict[str, Transform] = {
    "shuffle": shuffle,
    "inline": inline,
    "extract": extract,
    "wrap": wrap,
    "3.1": spell_31,
    "lift": lift,
    "rename": rename,
    "move": move,
    "yaml": in_yaml,
}
"""Transforms that change no meaning."""


def _reached(document: dict[str, Any], *, request: bool) -> list[dict[str, Any]]:
    """Inline and named schemas that requests, or successful and failing responses, are made of."""
    found: dict[int, dict[str, Any]] = {}
    stack: list[dict[str, Any]] = []
    for item in document["paths"].values():
        for method in METHODS:
            operation = item.get(method, {})
            holders = [operation.get("requestBody", {})] if request else list(operation.get("responses", {}).values())
            for holder in holders:
                while "$ref" in holder:
                    holder = resolve(document, unescape(holder["$ref"][1:]))  # noqa: PLW2901  the holder it stands for
                content = holder.get("content", {}).items()
                stack.extend(media["schema"] for kind, media in content if "schema" in media and "json" in kind)
    while stack:
        node = stack.pop()
        for _, kind, inner in list(walk(node, "schema")):
            if kind == "schema" and id(inner) not in found:
                found[id(inner)] = inner
                if isinstance(inner.get("$ref"), str):
                    stack.append(resolve(document, unescape(inner["$ref"][1:])))
    hidden = "readOnly" if request else "writeOnly"
    return [node for node in found.values() if not node.get(hidden)]


def plant(document: dict[str, Any], rng: random.Random) -> tuple[dict[str, Any], str] | None:
    """One break in a random place; gives the document with it and what it is, or None where the chosen kind has no place."""
    made = copy.deepcopy(document)
    request = rng.random() < 0.5
    nodes = _reached(made, request=request)
    rng.shuffle(nodes)
    kinds = [_REQUEST, _RESPONSE][0 if request else 1]
    name = rng.choice(sorted(kinds))
    for node in nodes:
        if kinds[name](node):
            return made, f"{'request' if request else 'response'} {name}"
    return None


def _retype(node: dict[str, Any]) -> bool:
    if node.get("type") not in ("string", "integer", "boolean") or "enum" in node or "const" in node:
        return False
    node["type"] = "array" if node["type"] == "string" else "object"  # a text might be the alternative beside it
    return True


def _require(node: dict[str, Any]) -> bool:
    free = [
        name
        for name, part in node.get("properties", {}).items()
        if name not in node.get("required", []) and not part.get("readOnly") and "$ref" not in part
    ]
    if not free or "allOf" in node:
        return False
    node["required"] = [*node.get("required", []), free[0]]
    return True


def _bound(node: dict[str, Any]) -> list[str]:
    """The members that every answer must have, and whose schemas are here."""
    return [
        name
        for name in node.get("required", [])
        if name in node.get("properties", {})
        and not node["properties"][name].get("writeOnly")
        and "$ref" not in node["properties"][name]
    ]


def _unrequire(node: dict[str, Any]) -> bool:
    bound = _bound(node)
    if not bound or "allOf" in node:
        return False
    node["required"] = [name for name in node["required"] if name != bound[0]]
    return True


def _drop(node: dict[str, Any]) -> bool:
    bound = _bound(node)
    if not bound:
        return False
    node["required"] = [name for name in node["required"] if name != bound[0]]
    del node["properties"][bound[0]]
    return True


def _fewer_values(node: dict[str, Any]) -> bool:
    if len(node.get("enum", [])) < 2 or None in node["enum"]:
        return False
    node["enum"] = node["enum"][1:]
    return True


def _shorter(node: dict[str, Any]) -> bool:
    if node.get("type") != "string" or node.keys() & {"enum", "const", "pattern"}:  # these may keep the length anyway
        return False
    node["maxLength"] = max(0, node.get("maxLength", 10) - 1)
    return True


def _longer(node: dict[str, Any]) -> bool:
    if node.get("type") != "string" or "maxLength" not in node or "pattern" in node:
        return False
    node["maxLength"] += 1
    return True


def _more_null(node: dict[str, Any]) -> bool:
    if not isinstance(node.get("type"), str) or node.get("nullable") or "enum" in node or "const" in node:
        return False
    whole = dict(node)
    node.clear()
    node["oneOf"] = [
        whole,
        {"type": "object", "required": ["planted"]} if whole["type"] == "boolean" else {"type": "boolean"},
    ]
    return True


_REQUEST: dict[str, Callable[[dict[str, Any]], bool]] = {
    "another type": _retype,
    "one more required member": _require,
    "one value fewer": _fewer_values,
    "shorter": _shorter,
}
_RESPONSE: dict[str, Callable[[dict[str, Any]], bool]] = {
    "another type": _retype,
    "one required member fewer": _drop,
    "optional": _unrequire,
    "one more alternative": _more_null,
    "longer": _longer,
}
