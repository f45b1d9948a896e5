"""Where the references in a schema or a request lead."""

from __future__ import annotations

import json
from typing import Any

from pytest_apiversion.shell.json_schema.subschemas import objects


def references(value: Any) -> frozenset[str]:
    """The references in a read schema or request."""
    return frozenset(node["$ref"] for node in objects(value) if _refers(node))


_TEXTS: dict[int, tuple[Any, str | None]] = {}
"""Schemas by their identity, which they keep as long as they are here, with what `closed_text` gives of them."""
_MOST_TEXTS = 4096


def closed_text(schema: Any) -> str | None:
    """A schema that refers to nothing, written as JSON; None for others."""
    known = _TEXTS.get(id(schema))
    if known is None:
        if len(_TEXTS) >= _MOST_TEXTS:
            _TEXTS.clear()
        known = _TEXTS[id(schema)] = schema, None if references(schema) else json.dumps(schema)
    return known[1]


def absolute(schema: Any, uri: str) -> Any:
    """A schema whose references (`#/…`) lead into the resource at a URI from everywhere; data in it stays as it is."""
    made = json.loads(json.dumps(schema))  # where one object stands at two places, there are two now
    for node in objects(made):
        if _refers(node):
            node["$ref"] = uri + fragment(node["$ref"])
    return made


def _refers(node: dict[str, Any]) -> bool:
    return isinstance(node.get("$ref"), str) and node["$ref"].startswith("#/")


def fragment(reference: str) -> str:
    """A reference (`#/…`) as it stands in a URI."""
    from urllib.parse import quote  # noqa: PLC0415  costs start-up

    return "#" + quote(reference[1:], safe="/~!$&'()*+,;=:@-._")
