"""Contracts that write every schema where it is used, as many people do: what they say there counts as it does behind a reference."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.detection.plants import Environ, Plant, Wsgi, copied
from tests.detection.rewriting import merged, rewriting

_SCHEMAS = "#/components/schemas/"


def _in_line(text: str) -> str:
    """The document without a reference to a schema, and with a member of a new debate that no answer shows."""
    document = yaml.safe_load(text)
    schemas = document["components"]["schemas"]
    for name in ("DebateCreate", "Debate"):
        schemas[name]["properties"]["pin"] = {"type": "string", "minLength": 4, "writeOnly": True}

    def resolved(node: Any) -> Any:
        if isinstance(node, dict) and str(node.get("$ref", "")).startswith(_SCHEMAS):
            return resolved(schemas[node["$ref"].removeprefix(_SCHEMAS)])
        if isinstance(node, dict):
            return {key: resolved(value) for key, value in node.items()}
        return [resolved(each) for each in node] if isinstance(node, list) else node

    document["paths"] = resolved(document["paths"])
    return yaml.safe_dump(document, sort_keys=False)


def _contract_in_line(folder: Path) -> contextlib.AbstractContextManager[Path]:
    return copied(folder, "v2.openapi.yaml", _in_line, locked=True)


def _or_null(text: str) -> str:
    """The document with what may be null written as some frameworks do: as two alternatives."""

    def rewritten(node: Any) -> Any:
        if isinstance(node, list):
            return [rewritten(each) for each in node]
        if not isinstance(node, dict):
            return node
        made = {key: rewritten(value) for key, value in node.items()}
        kinds = made.get("type")
        if isinstance(kinds, list) and len(kinds) == 2 and kinds[1] == "null":
            return {"anyOf": [{**made, "type": kinds[0]}, {"type": "null"}]}
        return made

    return yaml.safe_dump(rewritten(yaml.safe_load(text)), sort_keys=False)


def _contract_or_null(folder: Path) -> contextlib.AbstractContextManager[Path]:
    return copied(folder, "v2.openapi.yaml", _or_null, locked=True)


def created(change: Callable[[dict[str, Any], str], None]) -> Callable[[Wsgi], Wsgi]:
    """What is done to the body of a new debate of v2 before the service reads it."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            if environ["REQUEST_METHOD"] in {"POST", "PATCH", "PUT"} and "debates" in environ["PATH_INFO"]:
                text = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                with contextlib.suppress(ValueError):
                    body = json.loads(text)
                    if isinstance(body, dict):
                        change(body, environ["REQUEST_METHOD"])
                        text = json.dumps(body).encode()
                environ |= {"wsgi.input": io.BytesIO(text), "CONTENT_LENGTH": str(len(text))}
            return app(environ, start_response)

        return wrapped

    return wrap


def _pin_is_kept_to_itself(body: dict[str, Any], _: str) -> None:
    """The pin is taken, and no answer says it."""
    if isinstance(body.get("pin"), str) and len(body["pin"]) >= 4:
        del body["pin"]


def _chosen_by_hand(body: dict[str, Any], method: str) -> None:
    """Who says nothing of it has chosen the agents by hand."""
    _pin_is_kept_to_itself(body, method)
    if method == "POST":
        body.setdefault("auto_select", False)


def _context_forgotten(body: dict[str, Any], method: str) -> None:
    """What a debate is about is taken, and lost."""
    if method == "POST" and isinstance(body.get("context"), str):
        del body["context"]


_LOOK: dict[str, Any] = {"type": "object", "properties": {"depth": {"type": "integer", "minimum": 1, "maximum": 9}}}


def _with_a_look(text: str) -> str:
    """The document of debates that have an object with a default inside."""
    document = yaml.safe_load(text)
    schemas = document["components"]["schemas"]
    flag: dict[str, Any] = {"type": "boolean"}
    for name, public in (("DebateCreate", {**flag, "default": True}), ("Debate", flag)):
        schemas[name]["properties"]["look"] = _LOOK | {"properties": {**_LOOK["properties"], "public": public}}
    return yaml.safe_dump(document, sort_keys=False)


def _contract_with_a_look(folder: Path) -> contextlib.AbstractContextManager[Path]:
    return copied(folder, "v2.openapi.yaml", _with_a_look, locked=True)


def _is_look(value: Any) -> bool:
    """Whether a value is what the contract takes for a look."""
    if not isinstance(value, dict):
        return False
    depth, public = value.get("depth", 1), value.get("public", True)
    return type(depth) is int and 1 <= depth <= 9 and isinstance(public, bool)


def _looks(*, public: bool) -> Callable[[Wsgi], Wsgi]:
    """What shows the look of a debate to who made it with one; whether it is public where nothing is said."""

    def wrap(app: Wsgi) -> Wsgi:
        def outer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            taken: list[dict[str, Any]] = []

            def take(body: dict[str, Any], method: str) -> None:
                look = body.get("look")
                if method == "POST" and _is_look(look):
                    taken.append(body.pop("look"))
                elif method == "POST" and "look" in body:
                    body["task"] = None  # which no debate may have: what is no look is refused

            def shown(body: Any) -> Any:
                return merged({"data": {"look": {"public": public} | taken[0]}})(body) if taken else body

            inner = created(take)(app)
            return rewriting(r"/api/v2/debates", shown, method="POST", status=201)(inner)(environ, start_response)

        return outer

    return wrap


INLINE: Mapping[tuple[str, str], Plant] = {
    ("aragora", "default-in-line-not-kept"): Plant(wrap=created(_chosen_by_hand), folder=_contract_in_line),
    ("aragora", "default-in-an-object-not-kept"): Plant(wrap=_looks(public=False), folder=_contract_with_a_look),
    ("aragora", "what-may-be-null-is-lost"): Plant(wrap=created(_context_forgotten), folder=_contract_or_null),
}
"""By policy and name of the bug."""

HONEST_INLINE: Mapping[tuple[str, str], Plant] = {
    ("aragora", "schemas-in-line"): Plant(wrap=created(_pin_is_kept_to_itself), folder=_contract_in_line),
    ("aragora", "default-in-an-object"): Plant(wrap=_looks(public=True), folder=_contract_with_a_look),
    ("aragora", "null-as-an-alternative"): Plant(folder=_contract_or_null),
}
"""By policy and name of the form."""

DAYS: Mapping[tuple[str, str], tuple[str, ...]] = dict.fromkeys(HONEST_INLINE, ("2026-11-20",))
"""When each is held to its policy."""
