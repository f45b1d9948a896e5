"""What a document may say and no library takes: whole numbers longer than a fraction holds, addresses that are none."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.cli import main
from tests.diff.documents import document
from tests.shell.comparison.test_connections_of_commands import POLICY
from tests.shell.hostile import answering, reply, serving


def _written(folder: Path, name: str, schema: Any, **more: Any) -> str:
    content = {"application/json": {"schema": schema}}
    paths = {
        "/v1/a": {
            "post": {
                "requestBody": {"content": content},
                "responses": {"200": {"description": "x", "content": content}},
            }
        }
    }
    (folder / name).write_text(json.dumps({**document(paths), **more}), "utf-8")
    return str(folder / name)


@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_whole_numbers_that_no_fraction_can_hold(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Libraries compare whole numbers with fractions: one of 400 digits is refused, as a fraction of that size is; one of 300 is none."""
    old = _written(tmp_path, "old.json", {"type": "object"})
    for digits, code in ((300, 1), (400, 2)):
        schema = {"oneOf": [{"type": "integer", "minimum": 10**digits, "multipleOf": 3}, {"type": "number"}]}
        assert main(["diff", old, _written(tmp_path, f"new.{ending}", schema), "--witness"]) == code
    assert re.search("expected (finite numbers|a number that can be held)", capsys.readouterr().err)


def test_servers_whose_address_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`init` says that a document names no address, and that an address is none."""
    file = _written(tmp_path, "a.json", {}, servers=[{"url": "http://[x"}])
    words = [f"--policy={tmp_path / 'apiversion.toml'}", "--yes", "--no-run"]
    assert main(["init", file, *words]) == 2
    assert "its servers name no address: give --base-url" in capsys.readouterr().err
    assert main(["init", file, "--base-url=http://[x", *words]) == 2
    assert main(["init", "http://me:s3cr3t@[x", *words]) == 2
    said = capsys.readouterr().err
    assert "the base URL 'http://…@[x' is not a URL" in said
    assert "s3cr3t" not in said


@pytest.mark.parametrize("command", ["diff", "freeze", "init"])
def test_a_redirect_that_repeats_the_password(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the address that a service redirects to, which may repeat what it was given, no more is shown than its host."""
    (tmp_path / "apiversion.toml").write_text(POLICY, "utf-8")
    policy = f"--policy={tmp_path / 'apiversion.toml'}"
    more = {"freeze": ["--version=v1", policy], "init": ["--yes", "--no-run", policy]}
    with serving(answering(reply(b"", "Location: http://other.invalid/s3cr3t-T0ken", status="302 Found"))) as server:
        address = f"{server.base_url.replace('//', '//me:s3cr3t-T0ken@')}/openapi.json?api_key=s3cr3t-T0ken"
        assert main([command, address, *more.get(command, [address])]) == 2
    said = capsys.readouterr()
    assert "s3cr3t" not in said.out + said.err
