"""A reference that can be none, or to what can be no file, is a mistake with a place, whatever it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.openapi.document_files import read_document


@pytest.mark.parametrize(
    ("name", "what"),
    [
        *(
            (name, r"a reference \(RFC 3986\)")
            for name in ("a\0.json", "\0", "a.json\0#/x", "#\0", "#/components/\x1b", "#/paths/\0")
        ),
        *((name, "a reference to a file") for name in ("b%00.json", "\ud800.json")),
    ],
    ids=ascii,
)
def test_a_reference_that_can_be_none(tmp_path: Path, name: str, what: str) -> None:
    """A NUL, written out or escaped, another control and half a character are told with the place of the reference, and shown harmlessly."""
    content = {"application/json": {"schema": {"$ref": name}}}
    paths: dict[str, object] = {
        "\0": {},
        "/a": {"get": {"responses": {"200": {"description": "x", "content": content}}}},
    }
    path = tmp_path / "v1.json"
    path.write_text(json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}), "utf-8")

    with pytest.raises(PolicyError, match=rf"v1.json /paths/~1a/get/.*/\$ref: expected {what}, got") as caught:
        read_document(path, tmp_path)
    assert str(caught.value).replace("\n", "").isprintable()
