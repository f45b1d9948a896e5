"""The files of `apiversion init`: what is somebody else's is left, and what cannot be written leaves all as it was."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.catalogue.policy_schema import policy_schema, schema_text
from pytest_apiversion.shell.comparison.freeze import freeze_source
from pytest_apiversion.shell.texts.atomic_files import replace_file
from tests.shell.discovery.test_init import Shop, init

SCHEMA = "apiversion.schema.json"
WRITER = "pytest_apiversion.shell.commands.init_files"


@pytest.mark.parametrize("theirs", ["{}", '{"$id": "https://example.org/policy"}', "[]", "not JSON"])
def test_a_schema_of_somebody_else_is_left(theirs: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is no policy schema of this package, which is said; the rest is written."""
    (tmp_path / SCHEMA).write_text(theirs, "utf-8")
    code, text = init(Shop(), tmp_path)
    told = " ".join(capsys.readouterr().out.split())

    assert (code, bool(text)) == (0, True)
    assert (tmp_path / SCHEMA).read_text("utf-8") == theirs
    assert f"{tmp_path / SCHEMA} is left as it is" in told
    assert f"wrote {tmp_path / SCHEMA}" not in told


def test_an_older_schema_of_ours_is_renewed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its `$id` it is known, and that it was written is said; one that is the same already is not written."""
    (tmp_path / SCHEMA).write_text(json.dumps({"$id": policy_schema()["$id"]}), "utf-8")
    assert init(Shop(), tmp_path)[0] == 0
    assert f"wrote {tmp_path / SCHEMA}" in " ".join(capsys.readouterr().out.split())
    assert (tmp_path / SCHEMA).read_text("utf-8") == schema_text()

    assert init(Shop(), tmp_path, "--yes")[0] == 0
    assert f"wrote {tmp_path / SCHEMA}" not in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("failing", [SCHEMA, "apiversion.toml"])
def test_what_cannot_be_written_leaves_nothing_half(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A disk that is full is a sentence and code 2, and no folder is left."""

    def full(path: Path, content: bytes) -> None:
        if path.name == failing:
            raise OSError(28, "No space left on device")
        replace_file(path, content)

    monkeypatch.setattr(f"{WRITER}.replace_file", full)
    code, text = init(Shop(), tmp_path / "new" / "below")

    assert (code, text) == (2, "")
    assert "nothing was written (No space left on device)" in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == []


def test_a_contract_that_cannot_be_frozen_takes_the_others_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the second contract fails, the first one, the lock, the policy and its schema are as they were."""
    (tmp_path / "apiversion.toml").write_text("# mine\n", "utf-8")

    def failing(source: object, policy: Path, version: str, **more: object) -> object:
        if version == "v2":
            raise PolicyError(str(policy), [f"{policy}: nothing was frozen"])
        return freeze_source(source, policy, version, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(f"{WRITER}.freeze_source", failing)

    assert init(Shop(), tmp_path, "--yes") == (2, "# mine\n")
    assert [path.name for path in tmp_path.iterdir()] == ["apiversion.toml"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
def test_whatever_stops_it_leaves_all_as_it_was(
    error: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while a contract is frozen takes back what is written, as does an error that nobody foresaw."""
    (tmp_path / "apiversion.toml").write_text("# mine\n", "utf-8")

    def stopped(*_: object, **__: object) -> object:
        raise error

    monkeypatch.setattr(f"{WRITER}.freeze_source", stopped)

    with contextlib.suppress(RuntimeError):
        assert init(Shop(), tmp_path, "--yes")[0] == 130
    assert (tmp_path / "apiversion.toml").read_text("utf-8") == "# mine\n"
    assert [path.name for path in tmp_path.iterdir()] == ["apiversion.toml"]
