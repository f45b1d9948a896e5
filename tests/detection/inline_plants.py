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


INLINE: Mapping[tuple[str, str], Plant] = {
    ("aragora", "default-in-line-not-kept"): Plant(wrap=created(_chosen_by_hand), folder=_contract_in_line),
}
"""By policy and name of the bug."""

HONEST_INLINE: Mapping[tuple[str, str], Plant] = {
    ("aragora", "schemas-in-line"): Plant(wrap=created(_pin_is_kept_to_itself), folder=_contract_in_line),
}
"""By policy and name of the form."""

DAYS: Mapping[tuple[str, str], tuple[str, ...]] = dict.fromkeys(HONEST_INLINE, ("2026-11-20",))
"""When each is held to its policy."""
