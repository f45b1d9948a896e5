"""`apiversion freeze` with documents of several versions: a contract has what is its version's, and is held to that, as `diff --version` says."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from pytest_apiversion import PolicyError, freeze
from pytest_apiversion.cli import main
from pytest_apiversion.shell.comparison.compare import diff_command
from pytest_apiversion.shell.comparison.freeze import State
from tests.shell.freezing_shop import files, run

HEAD = """
[api]
name = "Shop"
base_url = "${SHOP_URL}"
[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/{version}" }
[operations]
neutral = ["GET /health"]
"""
APART = '[versions.v1]\ncontract = "v1.yaml"\n[versions.v2]\ncontract = "v2.yaml"\n'
SHARED = '[versions.v1]\ncontract = "both.yaml"\n[versions.v2]\ncontract = "both.yaml"\n[versions.v3]\ncontract = "v3.yaml"\n'


def paths(*templates: str, required: bool = False) -> dict[str, Any]:
    """Paths with one reading operation each."""
    limit = {"name": "limit", "in": "query", "required": required, "schema": {"type": "integer"}}
    return {each: {"get": {"parameters": [limit], "responses": {"200": {"description": "ok"}}}} for each in templates}


def document(*templates: str, **more: Any) -> dict[str, Any]:
    """A document with paths."""
    return {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {**paths(*templates), **more}}


WHOLE = document("/v1/a", "/v2/a", "/v2/b", "/health")
NEW = {
    "same": WHOLE,
    "without-v2-b": document("/v1/a", "/v2/a", "/health"),
    "without-v2": document("/v1/a", "/health"),
    "without-v1-a": document("/v2/a", "/v2/b", "/v1/c", "/health"),
    "without-neutral": document("/v1/a", "/v2/a", "/v2/b"),
    "v1-needs-more": document("/v2/a", "/v2/b", "/health", **paths("/v1/a", required=True)),
    "v2-needs-more": document("/v1/a", "/v2/b", "/health", **paths("/v2/a", required=True)),
    "more-of-v1": document("/v1/a", "/v1/b", "/v2/a", "/v2/b", "/health"),
    "more-of-v2": document("/v1/a", "/v2/a", "/v2/b", "/v2/c", "/health"),
    "of-a-version-nobody-declared": document("/v1/a", "/v2/a", "/v2/b", "/v3/a", "/health"),
}
"""New documents of the API."""


def shop(folder: Path, versions: str = APART) -> Path:
    """A policy file whose contracts are not there yet."""
    path = folder / "shop" / "apiversion.toml"
    path.parent.mkdir()
    path.write_text(HEAD + versions, "utf-8")
    return path


def frozen_paths(policy: Path, name: str) -> list[str]:
    """The paths of a written contract."""
    return list(yaml.safe_load(files(policy)[name])["paths"])


def diffed(policy: Path, version: str, new: dict[str, Any]) -> int:
    """What `apiversion diff --version` answers."""
    stdin = io.BytesIO(json.dumps(new).encode())
    return diff_command(
        None, "-", form="text", policy=policy, version=version, stdin=stdin, out=io.StringIO(), errors=io.StringIO()
    )


def test_a_contract_has_the_paths_of_its_version(tmp_path: Path) -> None:
    """Paths of other versions stay out, those of no version stay in; the lock has the digest of what was written."""
    policy = shop(tmp_path)

    freeze(WHOLE, policy=policy, version="v1")
    freeze(WHOLE, policy=policy, version="v2")

    assert frozen_paths(policy, "v1.yaml") == ["/health", "/v1/a"]
    assert frozen_paths(policy, "v2.yaml") == ["/health", "/v2/a", "/v2/b"]
    assert json.loads(files(policy)["apiversion.lock"])["contracts"] == {
        name: hashlib.sha256(files(policy)[name]).hexdigest() for name in ("v1.yaml", "v2.yaml")
    }
    assert main(["lock", "--check", str(policy)]) == 0
    assert (freeze(WHOLE, policy=policy, version="v1").state, diffed(policy, "v1", WHOLE)) == (State.SAME, 0)


@pytest.mark.parametrize("narrow", [True, False], ids=["narrow", "whole"])
@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize("name", NEW)
def test_freeze_and_diff_agree(name: str, version: str, tmp_path: Path, *, narrow: bool) -> None:
    """What the one refuses as a break of a version, the other does; also where the frozen contract has all versions' paths."""
    policy, content = shop(tmp_path), io.BytesIO(json.dumps(NEW[name]).encode())
    if narrow:
        freeze(WHOLE, policy=policy, version=version)
    else:
        policy.with_name(f"{version}.yaml").write_text(yaml.safe_dump(WHOLE), "utf-8")

    assert run("-", policy, version, stdin=content, check=True)[0] == diffed(policy, version, NEW[name])


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("without-v2-b", {"v2"}),
        ("v1-needs-more", {"v1"}),
        ("v2-needs-more", {"v2"}),
        ("without-v1-a", {"v1"}),
        ("without-neutral", {"v1", "v2"}),
        ("more-of-v2", set()),
    ],
)
def test_a_break_is_one_of_the_version_that_breaks(name: str, refused: set[str], tmp_path: Path) -> None:
    """A document that lacks what is another version's breaks no client of this one."""
    policy = shop(tmp_path)
    for version in ("v1", "v2"):
        freeze(WHOLE, policy=policy, version=version)
    stdin = json.dumps(NEW[name]).encode()
    codes = {version: run("-", policy, version, stdin=io.BytesIO(stdin), check=True)[0] for version in ("v1", "v2")}

    assert {version for version, code in codes.items() if code} == refused


def test_a_change_of_another_version_writes_nothing(tmp_path: Path) -> None:
    """What only another version gained leaves contract and lock as they are; what its own gained is written."""
    policy = shop(tmp_path)
    freeze(WHOLE, policy=policy, version="v1")
    before = files(policy)

    assert freeze(NEW["more-of-v2"], policy=policy, version="v1").state is State.SAME
    assert files(policy) == before
    assert freeze(NEW["more-of-v1"], policy=policy, version="v1").state is State.CHANGED
    assert frozen_paths(policy, "v1.yaml") == ["/health", "/v1/a", "/v1/b"]


def test_a_contract_of_several_versions_keeps_them_all(tmp_path: Path) -> None:
    """Where versions share a file it has the paths of each, and a break of any of them is refused."""
    policy = shop(tmp_path, SHARED)
    freeze(document("/v1/a", "/v2/a", "/v2/b", "/v3/a", "/health"), policy=policy, version="v1")

    assert frozen_paths(policy, "both.yaml") == ["/health", "/v1/a", "/v2/a", "/v2/b"]
    stdin = io.BytesIO(json.dumps(NEW["without-v2-b"]).encode())
    assert run("-", policy, "v1", stdin=stdin, check=True)[0] == 1


def test_a_whole_contract_that_says_the_same_is_left(tmp_path: Path) -> None:
    """A contract that somebody wrote with all versions in it, comments and all, is not rewritten for that alone."""
    policy = shop(tmp_path)
    policy.with_name("v1.yaml").write_text("# by hand\n" + yaml.safe_dump(WHOLE), "utf-8")
    before = files(policy)["v1.yaml"]

    assert freeze(WHOLE, policy=policy, version="v1").state is State.SAME
    assert files(policy)["v1.yaml"] == before


def test_swagger_is_held_to_its_version_too(tmp_path: Path) -> None:
    """A Swagger 2.0 document stays one, with the paths of the version."""
    operation = {"responses": {"200": {"description": "ok"}}}
    old = {"swagger": "2.0", "info": {"title": "Shop", "version": "1"}, "basePath": "/"}
    policy = shop(tmp_path)

    freeze({**old, "paths": {f"/{each}/a": {"get": operation} for each in ("v1", "v2")}}, policy=policy, version="v1")

    assert yaml.safe_load(files(policy)["v1.yaml"]) == {**old, "paths": {"/v1/a": {"get": operation}}}


def test_nothing_of_the_version_is_a_mistake(tmp_path: Path) -> None:
    """A document without a path of the version is not frozen as an empty contract."""
    policy = shop(tmp_path)

    with pytest.raises(PolicyError, match="expected an operation of v1, got none"):
        freeze(document("/v2/a"), policy=policy, version="v1")

    assert list(files(policy)) == ["apiversion.toml"]
