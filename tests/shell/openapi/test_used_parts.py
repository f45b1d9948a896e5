"""References to nothing: a mistake where an operation leads to them, and a note where none does."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.commands.diff import diff_command
from pytest_apiversion.shell.openapi.broken_parts import Notes
from pytest_apiversion.shell.openapi.document_files import read_document
from tests.diff.documents import answered

GONE = {"$ref": "#/components/schemas/Gone"}

USED: dict[str, Any] = {
    "by-a-body": answered({"$ref": "#/components/schemas/A"}, A={"type": "array", "items": GONE}),
    "at-once": answered(GONE),
    "by-a-discriminator": answered(
        {"type": "object", "discriminator": {"propertyName": "k", "mapping": {"a": "A"}}}, A={"items": GONE}
    ),
}


def written(folder: Path, document: Any) -> Path:
    """A file with a document."""
    path = folder / "a.json"
    path.write_text(json.dumps(document), "utf-8")
    return path


@pytest.mark.parametrize("document", USED.values(), ids=USED)
def test_what_an_operation_leads_to_has_to_be_there(tmp_path: Path, document: Any) -> None:
    """A reference to nothing that a request or an answer needs is a mistake."""
    with pytest.raises(PolicyError, match="which is not there"):
        read_document(written(tmp_path, document), tmp_path)


@pytest.mark.parametrize("target", ["pets.json#/Cat", "https://a.example/cat.json", "a/b"])
def test_a_mapping_to_another_file_uses_nothing_else(tmp_path: Path, target: str) -> None:
    """What a mapping names elsewhere leads to no part of the document, so that these may dangle still."""
    schema = {"type": "object", "discriminator": {"propertyName": "k", "mapping": {"a": target}}}
    notes = Notes()
    read_document(written(tmp_path, answered(schema, Unused={"items": GONE})), tmp_path, notes)

    assert len(notes.unused) == 1


def test_what_nobody_uses_may_dangle(tmp_path: Path) -> None:
    """A reference to nothing in a part that no operation uses is told, and harms nothing."""
    path = written(tmp_path, answered({"type": "object"}, Unused={"properties": {"a": GONE}}))
    notes = Notes()
    read_document(path, tmp_path, notes)
    out, errors = io.StringIO(), io.StringIO()
    code = diff_command(str(path), str(path), form="text", stdin=io.BytesIO(), out=out, errors=errors)

    place = "a.json /components/schemas/Unused/properties/a/$ref"

    assert notes.unused == [f"{place}: expected a reference to something, got {GONE['$ref']}, which is not there"]
    assert code == 0
    assert errors.getvalue() == f"warning: {notes.unused[0]}; no operation uses it\n"
