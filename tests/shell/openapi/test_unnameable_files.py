"""A reference to what can be no file is a mistake with a place, whatever it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.openapi.document_files import read_document


@pytest.mark.parametrize("name", ["a\0.json", "\0", "a.json\0#/x", "b%00.json", "\ud800.json"], ids=ascii)
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    """A NUL, written out or escaped, and half a character are told with the place of the reference."""
    content = {"application/json": {"schema": {"$ref": name}}}
    paths = {"/a": {"get": {"responses": {"200": {"description": "x", "content": content}}}}}
    path = tmp_path / "v1.json"
    path.write_text(json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}), "utf-8")

    with pytest.raises(PolicyError, match=r"v1.json /paths/~1a/get/.*/\$ref: expected a reference to a file, got"):
        read_document(path, tmp_path)
