"""Mistakes in what lies beside a policy file: contracts nobody can read, operations no contract has, a broken lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.target.load import LOCK_NAME, load_target
from tests.shell.policies import CONTRACT, ENVIRONMENT, WHOLE, write

BROKEN: dict[str, tuple[bytes, str]] = {
    # name: the bytes of v1's contract, and what is told of it
    "no-yaml": (b"openapi: [3.1.0\npaths: {}\n", "expected YAML, got a text that is none at line 2, column "),
    "tabs": (b"openapi: 3.1.0\n\tpaths: {}\n", "expected YAML, got a text that is none at line 2, column "),
    "no-utf-8": (b"openapi: '\xe9'\n", "v1.yaml: expected UTF-8, got a byte that is none at 10"),
    "empty": (b"", "v1.yaml: expected an OpenAPI document, got an empty file"),
    "a-list": (b"- openapi\n", "v1.yaml: expected an OpenAPI document (an object), got an array"),
    "no-openapi": (b"info: {}\npaths: {}\n", "v1.yaml /openapi: expected 3.0, 3.1, 3.2 (or `swagger` 2.0), got none"),
    "openapi-4": (
        b"openapi: 4.0.0\npaths: {}\n",
        "v1.yaml /openapi: expected 3.0, 3.1, 3.2 (or `swagger` 2.0), got 4.0.0",
    ),
    "swagger-1": (
        b"swagger: '1.2'\npaths: {}\n",
        "v1.yaml /swagger: expected 3.0, 3.1, 3.2 (or `swagger` 2.0), got 1.2",
    ),
    "paths-a-list": (b"openapi: 3.1.0\npaths: []\n", "v1.yaml /paths: expected an object, got "),
    "reference-outside": (
        CONTRACT.replace("{type: string}", "{$ref: ../secrets.yaml}").encode(),
        "expected a reference inside this folder, got ../secrets.yaml",
    ),
    "reference-elsewhere": (
        CONTRACT.replace("{type: string}", "{$ref: 'http://x.invalid/s'}").encode(),
        "expected a reference inside this folder, got http://x.invalid/s",
    ),
    "reference-to-nothing": (
        CONTRACT.replace("{type: string}", "{$ref: '#/components/schemas/None'}").encode(),
        "got #/components/schemas/None, which is not there",
    ),
    "no-operation": (b"openapi: 3.1.0\npaths: {}\n", "v1.yaml /paths: expected an operation of v1, got none"),
}


def mistakes_of(path: Path) -> tuple[str, ...]:
    """What is wrong with a policy and what lies beside it."""
    with pytest.raises(PolicyError) as caught:
        load_target(path, ENVIRONMENT)
    return caught.value.mistakes


def test_the_whole_folder_is_right(tmp_path: Path) -> None:
    """The policy the mistakes are made in has none itself."""
    target = load_target(write(tmp_path), ENVIRONMENT)

    assert {name: list(contract.operations) for name, contract in target.contracts.items()} == {
        "v1": ["GET /things/{id}", "POST /thing"],
        "v2": ["GET /things/{id}", "POST /things"],
    }
    assert target.locked is None


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_contract_is_one_mistake(name: str, tmp_path: Path) -> None:
    """A contract that cannot be read is told once, with its file, and breeds nothing about the operations it has not."""
    content, told = BROKEN[name]
    path = write(tmp_path)
    (tmp_path / "v1.yaml").write_bytes(content)

    mistakes = mistakes_of(path)

    assert len(mistakes) == 1, mistakes
    assert told in mistakes[0]
    assert mistakes[0].startswith("v1.yaml")


def test_every_broken_contract_is_told(tmp_path: Path) -> None:
    """Two broken contracts are two mistakes."""
    path = write(tmp_path)
    (tmp_path / "v1.yaml").write_bytes(BROKEN["openapi-4"][0])
    (tmp_path / "v2.yaml").write_bytes(BROKEN["empty"][0])

    assert [mistake.split()[0].rstrip(":") for mistake in mistakes_of(path)] == ["v1.yaml", "v2.yaml"]


OPERATIONS: dict[str, tuple[str, str, str]] = {
    # name: what the policy says, what it says instead, and what is told
    "rule": (
        'rules."GET /things/{id}"',
        'rules."GET /thing/{id}"',
        'operations.rules."GET /thing/{id}": expected an operation of any contract, got "GET /thing/{id}"; did you mean "GET /things/{id}"?',
    ),
    "rule-with-parameter-renamed": (
        'rules."GET /things/{id}"',
        'rules."GET /things/{thing}"',
        'did you mean "GET /things/{id}"?',
    ),
    "renamed-old": (
        'v1 = "POST /thing"',
        'v1 = "PUT /thing"',
        'operations.renamed[0].v1: expected an operation of v1.yaml as v1, got "PUT /thing"; did you mean "POST /thing"?',
    ),
    "renamed-new": (
        'v2 = "POST /things"',
        'v2 = "POST /thing"',
        'operations.renamed[0].v2: expected an operation of v2.yaml as v2, got "POST /thing"; did you mean "POST /things"?',
    ),
    "alias": (
        'prefix = "/api"\n',
        'prefix = "/api"\noperations = ["GET /things/{id}", "/thingy"]\n',
        'aliases.unversioned.operations: expected an operation of v1.yaml as v1, got "/thingy"; did you mean "/thing"?',
    ),
    "alias-absent": (
        'prefix = "/api"\n',
        'prefix = "/api"\nabsent = ["POST /things"]\n',
        'aliases.unversioned.absent: expected an operation of v1.yaml as v1, got "POST /things"; did you mean "POST /thing"?',
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_no_contract_has_is_told(name: str, tmp_path: Path) -> None:
    """An operation the policy names and the contract has not is one mistake, with its line and the nearest known name."""
    right, wrong, told = OPERATIONS[name]
    assert WHOLE.count(right) == 1
    text = WHOLE.replace(right, wrong)
    line = WHOLE[: WHOLE.index(right)].count("\n") + 1

    mistakes = mistakes_of(write(tmp_path, text))

    assert len(mistakes) == 1, mistakes
    assert told in mistakes[0]
    assert mistakes[0].startswith((f"line {line}: ", f"line {line + 1}: "))


def test_operations_in_several_places_are_all_told(tmp_path: Path) -> None:
    """Every operation no contract has is told, in the order of the file."""
    text = WHOLE
    for name in ("alias", "renamed-old", "renamed-new", "rule"):
        text = text.replace(*OPERATIONS[name][:2])

    mistakes = mistakes_of(write(tmp_path, text))

    assert len(mistakes) == 4, mistakes
    lines = [int(mistake.split(":")[0].removeprefix("line ")) for mistake in mistakes]
    assert lines == sorted(lines)


def test_a_contract_outside_the_folder_is_none(tmp_path: Path) -> None:
    """A contract must lie in the policy file's folder: only there it is frozen with it."""
    (tmp_path / "policy").mkdir()
    (tmp_path / "v3.yaml").write_text(CONTRACT, "utf-8")

    text = WHOLE.replace('contract = "v1.yaml"', 'contract = "../v3.yaml"')
    mistakes = mistakes_of(write(tmp_path / "policy", text))

    assert len(mistakes) == 1
    assert "expected a file inside policy, got one outside" in mistakes[0]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"contracts": []}', "not JSON"], ids=["empty", "list", "object", "no-digests", "text"]
)
def test_a_lock_that_is_none_is_told(content: str, tmp_path: Path) -> None:
    """A lock file that holds something else is a mistake, not an unlocked policy."""
    path = write(tmp_path)
    (tmp_path / LOCK_NAME).write_text(content, "utf-8")

    assert mistakes_of(path) == ("not a lock: expected a JSON object with the digests under 'contracts'",)
