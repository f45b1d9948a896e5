"""How far the reading of documents goes: the folder of the files they refer to, their size, and what is wrong and does no harm."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.shell.comparison.test_compare import BROKEN, PET, document, run, write
from tests.shell.comparison.test_compare_under_policy import folder
from tests.shell.comparison.test_compare_under_policy import run as run_under
from tests.shell.freezing_shop import run as run_freeze
from tests.shell.freezing_shop import shop


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A contract in a folder of its own that refers to a file in the folder beside it, committed once."""
    for name in ("api", "schemas"):
        (tmp_path / name).mkdir()
    write(tmp_path / "api" / "v1.json", document({"$ref": "../schemas/pet.json#/Pet"}))
    write(tmp_path / "schemas" / "pet.json", {"Pet": PET})
    write(tmp_path / "plain.json", document())
    monkeypatch.chdir(tmp_path)
    user = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for arguments in (["init", "-q"], ["add", "."], [*user, "commit", "-qm", "x"]):
        subprocess.run(["git", *arguments], check=True, capture_output=True)  # noqa: S607  the git that is there
    return tmp_path


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("source", ["api/v1.json", "git:HEAD:api/v1.json"])
def test_a_root_lets_a_document_refer_above_itself(source: str) -> None:
    """Files above the document are refused, and read where `--root` names a folder that holds them; nothing outside it ever is."""
    assert run("plain.json", source)[0] == 2
    assert run("plain.json", source, root=Path()) == (0, "nothing changed that means anything to a client\n", "")
    assert run("plain.json", source, root=Path("api"))[0] == 2


def test_a_root_compares_what_stands_there(tree: Path) -> None:
    """What a file above the document says is compared as any other part."""
    write(tree / "schemas" / "pet.json", {"Pet": {**PET, "required": []}})

    assert run("git:HEAD:api/v1.json", "api/v1.json", root=Path())[0] == 1


def test_the_size_of_a_document_is_a_knob(tmp_path: Path) -> None:
    """A document beyond the limit is refused with the limit and its size, from a file and from standard input, and read where the limit is higher."""
    small = write(tmp_path / "small.json", document())
    large = write(tmp_path / "large.json", json.dumps(BROKEN) + " " * (1 << 20))
    code, _, errors = run(small, large, max_megabytes=1)

    assert (code, "expected at most 1048576 bytes, got" in errors) == (2, True)
    assert run(small, "-", stdin=large.read_bytes(), max_megabytes=1)[0] == 2
    assert run(small, large, max_megabytes=2)[0] == 1
    assert run(small, "-", stdin=large.read_bytes(), max_megabytes=2)[0] == 1


def test_the_size_holds_for_a_frozen_contract(tmp_path: Path) -> None:
    """Under a policy, too, the frozen side is refused beyond the limit, and read where the limit is higher."""
    policy = folder(tmp_path / "shop", {"1.0.0": document()})
    contract = policy.with_name("1.0.0.yaml")
    contract.write_text(contract.read_text("utf-8") + "#" * (1 << 20) + "\n", "utf-8")
    new = write(tmp_path / "new.json", document())
    code, _, errors = run_under(policy, new, version="1.0.0", max_megabytes=1)

    assert (code, "1.0.0.yaml: expected at most 1048576 bytes, got" in errors) == (2, True)
    assert run_under(policy, new, version="1.0.0", max_megabytes=2)[0] == 0


def dangling(value: dict[str, Any]) -> dict[str, Any]:
    """The document with a part that no operation uses and that refers to nothing."""
    return {**value, "components": {"schemas": {"Idle": {"$ref": "#/components/schemas/Gone"}}}}


def test_a_dangling_reference_is_told_under_a_policy(tmp_path: Path) -> None:
    """Under a policy, too, what refers to nothing and is used by nothing is a warning, of the frozen contract and of the new document."""
    policy = folder(tmp_path / "shop", {"1.0.0": dangling(document())})
    new = write(tmp_path / "new.json", dangling(document()))
    code, _, errors = run_under(policy, new, version="1.0.0")

    assert code == 0
    assert [line.partition(" ")[0] for line in errors.splitlines()] == ["warning:", "warning:"]
    assert errors.count("; no operation uses it\n") == 2


def test_a_dangling_reference_is_told_by_freeze(tmp_path: Path) -> None:
    """`freeze` tells it too, of a file and of standard input, and freezes the rest."""
    policy, content = shop(tmp_path), json.dumps(dangling(document())).encode()
    code, _, errors = run_freeze("-", policy, "v1", stdin=io.BytesIO(content))

    assert code == 0
    assert errors.startswith("warning: - /components/schemas/Idle/$ref: expected a reference to something")


def test_documents_that_share_lines_share_nothing_else(tmp_path: Path) -> None:
    """Two YAML documents that are alike but for the file they refer to are compared as what each of them refers to."""
    lines = "".join(f"                  m{number}: {{type: string, description: {'x' * 30}}}\n" for number in range(9))
    text = (
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /pets:\n    get:\n      responses:\n        '200':\n"
        "          description: x\n          content:\n            application/json:\n              schema:\n"
        f"                type: object\n                properties:\n                  pet: {{$ref: 'pet.json#/Pet'}}\n{lines}"
        "  /end:\n    get:\n      responses: {}\n"
    )
    for name, kind in (("one", "string"), ("two", "integer")):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "api.yaml", text)
        write(tmp_path / name / "pet.json", {"Pet": {"type": kind}})
    code, out, _ = run(tmp_path / "one" / "api.yaml", tmp_path / "two" / "api.yaml")

    assert code == 1
    assert out.startswith("error: `Pet` is `integer`, was `string` [response-type-changed]")
    assert run(tmp_path / "one" / "api.yaml", tmp_path / "one" / "api.yaml")[0] == 0
