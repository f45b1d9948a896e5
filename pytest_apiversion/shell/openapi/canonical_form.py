"""The canonical form of an OpenAPI document: equal documents become equal values, and equal values equal bytes.

What has no order in OpenAPI gets one: the members of objects are sorted by name (at the top of the document they stand in the order of
the specification), and so are the names in a schema's `required` and `type`. All other arrays keep their order, for it means something
(`servers`, `security`, `tags`, `parameters`, `oneOf`), or may mean something to whoever reads them (`enum`). Values are not touched.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.openapi.grammar import walk

if TYPE_CHECKING:
    from pathlib import PurePath

SUFFIXES = (".json", ".yaml", ".yml")
"""Endings of the files a document can be written to."""

_TOP = (
    "openapi",
    "swagger",
    "$self",
    "jsonSchemaDialect",
    "info",
    "host",
    "basePath",
    "schemes",
    "servers",
    "consumes",
    "produces",
    "security",
    "tags",
    "externalDocs",
    "paths",
    "webhooks",
    "components",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
)
_SETS = ("required", "type")
_HALVES = re.compile("[\ud800-\udfff]")
_ODD_ENDS = re.compile("[\x85\u2028\u2029]")
_LONGEST_LINE = 10**6


def canonical(document: dict[str, Any]) -> dict[str, Any]:
    """An equal document in canonical form; the given one is left as it is."""
    schemas = {id(node) for _, kind, node in walk(document, "document") if kind == "schema"}
    order = {name: index for index, name in enumerate(_TOP)}
    return {
        key: _ordered(document[key], schemas)
        for key in sorted(document, key=lambda key: (order.get(key, len(order)), key))
    }


def _ordered(value: Any, schemas: set[int]) -> Any:
    if isinstance(value, list):
        return [_ordered(item, schemas) for item in value]
    if not isinstance(value, dict):
        return value
    made = {key: _ordered(value[key], schemas) for key in sorted(value)}
    for key in _SETS if id(value) in schemas else ():
        names = made.get(key)
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            made[key] = sorted(set(names))
    return made


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two documents are equal in canonical form; `1` and `true` are two values, and so are `1` and `1.0`."""
    return json.dumps(canonical(one)) == json.dumps(canonical(other))


def canonical_bytes(document: dict[str, Any], path: PurePath) -> bytes:
    """A document in canonical form as a file's content: UTF-8, line feeds, one at the end; JSON or YAML as the file's name ends.

    Raises:
        PolicyError: The name ends otherwise, or the document holds a text that the file cannot.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise PolicyError(str(path), [f"{path}: expected a name that ends in {', '.join(SUFFIXES)}"])
    made = canonical(document)
    plain = json.dumps(made, ensure_ascii=False, indent=2)
    if _HALVES.search(plain):
        raise PolicyError(str(path), [f"{path}: the document holds half of a surrogate pair, which UTF-8 cannot say"])
    return (f"{plain}\n" if suffix == ".json" else _yaml(made)).encode()


class _Dumper(yaml.SafeDumper):
    """Writes plain values so that YAML 1.1 and 1.2 read the same: long lines, no anchors, texts of several lines as they are."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  PyYAML's signature
        """No value is written as a reference to another place of the file."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  PyYAML's signature
        """Lists stand deeper than the name they belong to."""
        super().increase_indent(flow=flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    odd = _ODD_ENDS.search(text)  # PyYAML loses the first of them
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if odd else "|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
_Dumper.add_implicit_resolver(  # numbers of YAML 1.2 that YAML 1.1 takes for texts: `1e3`, `0o17`
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$|0o[0-7]+$"),
    list("-+0123456789."),
)


def _yaml(value: dict[str, Any]) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_LONGEST_LINE))
