"""The parts of a form are sent as clients send them."""

from __future__ import annotations

import email
import email.policy
from email.message import Message
from typing import Any

import pytest

from tests.shell.generation.test_drawing import cases

BINARY = {"type": "string", "format": "binary"}


def parts(schema: dict[str, Any], encoding: dict[str, Any] | None = None) -> list[list[Message]]:
    """The parts of every body that is drawn for a form."""
    required = list(schema.get("properties", {"f": None}))
    media = {
        "schema": {"type": "object", "required": required, **schema},
        **({"encoding": encoding} if encoding else {}),
    }
    operation = {"responses": {}, "requestBody": {"required": True, "content": {"multipart/form-data": media}}}
    found = []
    for case in cases(operation, path="/f"):
        raw = f"Content-Type: {case.media_type}\r\n\r\n".encode() + (case.body or b"")
        found.append(
            [
                part
                for part in email.message_from_bytes(raw, policy=email.policy.HTTP).get_payload()
                if isinstance(part, Message)
            ]
        )
    return found


@pytest.mark.parametrize(
    ("schema", "encoding", "media_type", "ending"),
    [
        pytest.param(BINARY, None, "application/octet-stream", "", id="bytes"),
        pytest.param(
            BINARY,
            {"f": {"contentType": "image/png, image/jpeg"}},
            "image/png image/jpeg",
            ".png .jpg",
            id="one of two",
        ),
        pytest.param(BINARY, {"f": {"contentType": "image/*"}}, "image/png", ".png", id="one of a kind"),
        pytest.param(BINARY, {"f": {"contentType": "text/csv"}}, "text/csv", ".csv", id="a text file"),
        pytest.param(
            {"type": "array", "minItems": 1, "items": BINARY}, None, "application/octet-stream", "", id="several"
        ),
        pytest.param({"allOf": [BINARY]}, None, "application/octet-stream", "", id="composed"),
        pytest.param(
            {"type": "string", "contentMediaType": "application/pdf"},
            None,
            "application/pdf",
            ".pdf",
            id="as 3.1 says it",
        ),
    ],
)
def test_a_file_has_a_name_and_a_media_type(
    schema: dict[str, Any], encoding: dict[str, Any] | None, media_type: str, ending: str
) -> None:
    """A file part has a file name and a `Content-Type`: the encoding's, else `application/octet-stream` (RFC 7578 §4.2, §4.4)."""
    more = {"allOf": [{"properties": {"f": schema}}, {"properties": {"g": {"type": "string"}}}]}
    found = [
        part
        for body in parts(more, encoding)
        for part in body
        if part.get_param("name", header="content-disposition") == "f"
    ]

    assert found
    for part in found:
        assert part.get_content_type() in media_type.split()
        assert (part.get_filename() or "").endswith(tuple(ending.split() or [""]))
        assert part.get_filename()


def test_an_object_is_json_and_a_plain_value_is_no_file() -> None:
    """An object's part says `application/json`; a text has no file name, and only the media type that the encoding gives it."""
    schema = {
        "properties": {
            "o": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}},
            "t": {"type": "string"},
            "u": {"type": "string"},
        },
    }
    for body in parts(schema, {"u": {"contentType": "text/markdown"}}):
        told = {part.get_param("name", header="content-disposition"): part for part in body}
        assert told["o"]["Content-Type"] == "application/json"
        assert told["t"]["Content-Type"] is None
        assert told["u"]["Content-Type"] == "text/markdown"
        assert not any(part.get_filename() for part in told.values())
