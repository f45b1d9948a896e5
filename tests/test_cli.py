"""The `apiversion` command: what it writes, what it says, and what it exits with."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from pytest_apiversion.cli import main
from tests.plugin.small_api import POLICY, write_suite


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A policy file whose variables nobody set."""
    for name in ("SMALL_URL", "SMALL_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return write_suite(tmp_path / "suite")


def test_lock_writes_digests(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lock holds the SHA-256 of each contract by its name, sorted, and needs no secret."""
    assert main(["lock", str(policy)]) == 0

    lock = policy.with_name("apiversion.lock")
    assert capsys.readouterr().out == f"locked 2 contracts and 1 sunset in {lock}\n"
    written = json.loads(lock.read_text("utf-8"))
    assert list(written["contracts"]) == ["v1.json", "v2.json"]
    assert written["algorithm"] == "sha256"
    assert all(len(digest) == hashlib.sha256().digest_size * 2 for digest in written["contracts"].values())


def test_lock_takes_the_policy_of_the_folder(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file is named, the policy file is `apiversion.toml`, as it is for the other commands."""
    monkeypatch.chdir(policy.parent)

    assert main(["lock", "--check"]) == 1
    assert main(["lock"]) == main(["lock", "--check"]) == 0


def test_lock_is_the_same_every_time(policy: Path) -> None:
    """A lock is written byte for byte the same, so that a diff shows a change of a contract and nothing else."""
    lock = policy.with_name("apiversion.lock")
    main(["lock", str(policy)])
    first = lock.read_bytes()

    main(["lock", str(policy)])

    assert lock.read_bytes() == first


def test_check_is_silent_about_what_is_locked(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Contracts as locked exit with 0."""
    main(["lock", str(policy)])
    capsys.readouterr()

    assert main(["lock", "--check", str(policy)]) == 0
    assert capsys.readouterr() == ("2 contracts are as locked\n", "")


def _change(policy: Path) -> None:
    path = policy.with_name("v1.json")
    path.write_text(path.read_text("utf-8").replace("fine", "good"), "utf-8")


def _rename(policy: Path) -> None:
    policy.with_name("v2.json").rename(policy.with_name("v2b.json"))
    policy.write_text(policy.read_text("utf-8").replace("v2.json", "v2b.json"), "utf-8")


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        pytest.param(_change, ["v1.json: differs from what was locked"], id="changed"),
        pytest.param(_rename, ["v2.json: is locked and gone", "v2b.json: is not locked"], id="renamed"),
        pytest.param(
            lambda policy: policy.with_name("apiversion.lock").unlink(),
            ["there is no lock; write it with: apiversion lock"],
            id="no lock",
        ),
    ],
)
def test_check_names_what_is_not_as_locked(
    policy: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], None], lines: list[str]
) -> None:
    """A contract that is not as locked exits with 1, and each is named; nothing is written."""
    main(["lock", str(policy)])
    capsys.readouterr()
    change(policy)
    before = sorted(policy.parent.iterdir())

    assert main(["lock", "--check", str(policy)]) == 1

    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == len(lines)
    for line in lines:
        assert line in said.err
    assert sorted(policy.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            POLICY.replace("scheme", "sceme"), 'versioning.sceme: unknown key; did you mean "scheme"?', id="mistake"
        ),
        pytest.param(POLICY.replace("v1.json", "v3.json"), "versions.v1.contract", id="missing contract"),
        pytest.param(None, "expected a file", id="missing policy"),
    ],
)
def test_what_cannot_be_used(policy: Path, capsys: pytest.CaptureFixture[str], content: str | None, said: str) -> None:
    """A policy or contract that cannot be read exits with 2 and every mistake, and without a lock."""
    policy.unlink()
    if content is not None:
        policy.write_text(content, "utf-8")

    assert main(["lock", str(policy)]) == 2

    assert said in capsys.readouterr().err
    assert not policy.with_name("apiversion.lock").exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"contracts": []}', "{"], ids=repr)
def test_a_lock_that_is_none(policy: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    """A lock that is no lock exits with 2, and is not taken for a missing one."""
    policy.with_name("apiversion.lock").write_text(content, "utf-8")

    assert main(["lock", "--check", str(policy)]) == 2
    assert "not a lock" in capsys.readouterr().err


def _moved(text: str) -> Callable[[Path], None]:
    def change(policy: Path) -> None:
        before = policy.read_text("utf-8")
        policy.write_text(before.replace("sunset = 2026-12-01T00:00:00Z\n", text), "utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "line"),
    [
        pytest.param(_moved("sunset = 2026-11-30\n"), "sunset of v1 is 2026-11-30, and 2026-12-01 is", id="earlier"),
        pytest.param(_moved("sunset = 2027-12-01\n"), "sunset of v1 is 2027-12-01, and 2026-12-01 is", id="later"),
        pytest.param(_moved(""), "sunset of v1 is none, and 2026-12-01 is", id="never"),
    ],
)
def test_sunsets_are_locked(
    policy: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], None], line: str
) -> None:
    """The lock says when a version ends; what was moved since is named, and the file it is in."""
    main(["lock", str(policy)])
    assert json.loads(policy.with_name("apiversion.lock").read_text("utf-8"))["sunsets"] == {
        "v1": "2026-12-01T00:00:00Z"
    }
    change(policy)
    capsys.readouterr()

    assert main(["lock", "--check", str(policy)]) == 1
    assert capsys.readouterr() == ("", f"{policy}: the {line} locked\n")


def test_a_lock_without_sunsets_is_one(policy: Path) -> None:
    """A lock that was written before locks had them says nothing of sunsets, and is still a lock."""
    lock = policy.with_name("apiversion.lock")
    main(["lock", str(policy)])
    old = json.loads(lock.read_text("utf-8"))
    del old["sunsets"]
    lock.write_text(json.dumps(old), "utf-8")

    assert main(["lock", "--check", str(policy)]) == 0


@pytest.mark.parametrize("ends", ["[]", '{"v1": 7}', '{"v1": "soon"}', '{"v1": "0001-01-01T00:00:00+14:00"}'])
def test_sunsets_that_are_none(policy: Path, capsys: pytest.CaptureFixture[str], ends: str) -> None:
    """What is no instant in a lock exits with 2."""
    policy.with_name("apiversion.lock").write_text(f'{{"contracts": {{}}, "sunsets": {ends}}}', "utf-8")

    assert main(["lock", "--check", str(policy)]) == 2
    assert "not a lock: expected instants under 'sunsets'" in capsys.readouterr().err


def test_a_broken_lock_can_be_written_anew(policy: Path) -> None:
    """What mends a broken lock is the command that writes locks."""
    policy.with_name("apiversion.lock").write_text("{", "utf-8")

    assert main(["lock", str(policy)]) == 0
    assert main(["lock", "--check", str(policy)]) == 0


def test_a_lock_that_cannot_be_written(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A place that cannot be written is said in a line."""
    policy.with_name("apiversion.lock").mkdir()

    assert main(["lock", str(policy)]) == 2
    assert "apiversion.lock" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["lok"], ["freeze"], ["lock", "a", "b"], ["--nothing"]], ids=" ".join)
def test_usage_errors(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A command that is none says how it is used."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: apiversion")


def test_help_needs_nothing_heavy() -> None:
    """`apiversion --help` answers at once."""
    code = (
        "import sys, pytest_apiversion.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit as end: assert not end.code\n"
        "print(sorted({'jsonschema', 'requests', 'schemathesis', 'pytest'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("usage: apiversion")
    assert done.stdout.endswith("[]\n")


_MODULE = """
from dataclasses import replace
from pytest_apiversion.selection import carriers

def pytest_apiversion_carriers():
    return [replace(carriers()["query"], kind="{kind}")]
"""


@pytest.mark.parametrize(
    ("kind", "arguments", "status", "said"),
    [
        pytest.param("matrix", ["-p", "own"], 0, "locked 2 contracts", id="it-is-known"),
        pytest.param("matrix", [], 2, "expected one of path, header, query, accept, host", id="it-is-not"),
        pytest.param("query", ["-p", "own"], 2, "two carriers share the kind query", id="it-cannot-be-used"),
        pytest.param(
            "matrix", ["-p", "owm"], 2, "apiversion: -p owm: it cannot be imported", id="there-is-no-such-module"
        ),
    ],
)
def test_own_carriers_are_known_to_the_command(
    policy: Path, kind: str, arguments: list[str], status: int, said: str
) -> None:
    """A policy that names a carrier of one's own is read with the module that has it; what is wrong with that is a sentence."""
    (policy.parent / "own.py").write_text(_MODULE.format(kind=kind), "utf-8")
    own = POLICY.replace('["path"]', '["matrix"]').replace(
        'path = { template = "/{version}" }', 'matrix = { name = "v" }'
    )
    policy.write_text(own, "utf-8")

    command = "from pytest_apiversion.cli import main; raise SystemExit(main())"
    words = [sys.executable, "-c", command, *arguments, "lock", policy.name]
    done = subprocess.run(words, cwd=policy.parent, capture_output=True, text=True, check=False)

    assert done.returncode == status, done.stderr
    assert said in done.stdout + done.stderr


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`apiversion --version` says which release it is."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"pytest-apiversion {version('pytest-apiversion')}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["lock"],
        ["report"],
        ["report", "x.json", "--html"],
        ["replay"],
        ["baseline", "update"],
        ["diff", "a", "b", "--policy"],
    ],
    ids=" ".join,
)
def test_an_address_where_a_file_belongs_is_refused_unseen(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands that read and write files take no address, and what is said of it shows no password."""
    with pytest.raises(SystemExit, match="2"):
        main([*arguments, "https://me:s3cr3t@h/x"])

    said = capsys.readouterr().err
    assert "expected a file, got an address" in said
    assert "s3cr3t" not in said
