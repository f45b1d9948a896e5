"""`apiversion freeze` and `freeze()`: what becomes a contract, what is refused, and that nothing is ever half written."""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask
import pytest
import yaml

from pytest_apiversion import ContractBroken, PolicyError, freeze
from pytest_apiversion.cli import main
from pytest_apiversion.shell.freezing import State, freeze_command
from pytest_apiversion.shell.target import load_target

POLICY = """
[api]
name = "Shop"
base_url = "${SHOP_URL}"
[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/api/{version}" }
[versions.v1]
contract = "v1.yaml"
[versions.v2]
contract = "contracts/v2.json"
preview = true
"""


def document(*, version: str = "v1", required: bool = False, more: bool = False) -> dict[str, Any]:
    """A document with one parameter, which may be required, and perhaps an operation more."""
    limit = {"name": "limit", "in": "query", "required": required, "schema": {"type": "integer"}}
    operation = {"parameters": [limit], "responses": {"200": {"description": "ok"}}}
    paths: dict[str, Any] = {f"/api/{version}/things": {"get": operation}}
    if more:
        paths[f"/api/{version}/others"] = {"get": operation}
    return {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": paths}


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy file whose contracts are not there yet, and whose variables nobody set."""
    path = tmp_path / "shop" / "apiversion.toml"
    path.parent.mkdir()
    path.write_text(POLICY, "utf-8")
    return path


def run(source: str, policy: Path, version: str = "v1", **more: Any) -> tuple[int, str, str]:
    """The command's answer, what it wrote, and what it complained of."""
    out, errors = io.StringIO(), io.StringIO()
    told = {"form": "text", "stdin": io.BytesIO(), **more}
    return freeze_command(source, policy, version, out=out, errors=errors, **told), out.getvalue(), errors.getvalue()


def files(policy: Path) -> dict[str, bytes]:
    """Every file beside the policy, by its path from there."""
    folder = policy.parent
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_first_freeze_writes_contract_and_lock(policy: Path, tmp_path: Path) -> None:
    """What was not frozen is written as the policy names it, in canonical form, and locked; the other versions may follow later."""
    (tmp_path / "served.json").write_text(json.dumps(document()), "utf-8")

    assert run(str(tmp_path / "served.json"), policy) == (0, "froze v1 in v1.yaml and apiversion.lock\n", "")

    assert yaml.safe_load(files(policy)["v1.yaml"]) == document()
    assert list(json.loads(files(policy)["apiversion.lock"])["contracts"]) == ["v1.yaml"]


def test_a_policy_with_all_contracts_frozen_can_be_run(policy: Path) -> None:
    """What is frozen is what a run reads, and the lock is right; a folder that is named and missing is made."""
    freeze(document(), policy=policy, version="v1")
    freeze(document(version="v2"), policy=policy, version="v2")

    target = load_target(policy, {"SHOP_URL": "http://127.0.0.1"})

    assert target.locked == {contract.source: contract.digest for contract in target.contracts.values()}
    assert main(["lock", "--check", str(policy)]) == 0


def test_twice_is_as_once(policy: Path) -> None:
    """The same document, in whatever order, is frozen byte for byte the same; the second time nothing is written."""
    freeze(document(), policy=policy, version="v1")
    first = files(policy)

    frozen = freeze(dict(reversed(document().items())), policy=policy, version="v1")

    assert (frozen.state, frozen.written) == (State.SAME, ())
    assert files(policy) == first


def test_comments_of_a_contract_that_says_the_same_are_kept(policy: Path) -> None:
    """A contract written by hand is left as it is where it says what is to be frozen, and is locked."""
    by_hand = "# by hand\n" + yaml.safe_dump(document())
    policy.with_name("v1.yaml").write_text(by_hand, "utf-8")

    frozen = freeze(document(), policy=policy, version="v1")

    assert (frozen.state, [path.name for path in frozen.written]) == (State.SAME, ["apiversion.lock"])
    assert files(policy)["v1.yaml"].decode() == by_hand


def test_an_addition_is_shown_and_written(policy: Path) -> None:
    """What breaks no client takes the frozen contract's place, contract and lock together."""
    freeze(document(), policy=policy, version="v1")

    code, out, errors = run("-", policy, stdin=io.BytesIO(json.dumps(document(more=True)).encode()))

    assert (code, errors) == (0, "")
    assert "[operation-added]" in out
    assert out.endswith("froze v1 in v1.yaml and apiversion.lock\n")
    assert yaml.safe_load(files(policy)["v1.yaml"]) == document(more=True)
    assert freeze(document(more=True), policy=policy, version="v1").state is State.SAME


@pytest.mark.parametrize("check", [False, True], ids=["freeze", "check"])
def test_a_break_is_shown_and_not_written(policy: Path, *, check: bool) -> None:
    """A frozen contract is never overwritten with one that breaks its clients: exit 1, and every file as it was."""
    freeze(document(), policy=policy, version="v1")
    before = files(policy)

    code, out, errors = run("-", policy, stdin=io.BytesIO(json.dumps(document(required=True)).encode()), check=check)

    assert (code, files(policy)) == (1, before)
    assert "error: `limit` must be there [request-parameter-became-required]" in out
    assert errors == "v1.yaml is left as it is: what is frozen as v1 may not break its clients\n"


def test_from_python_a_break_is_an_error(policy: Path) -> None:
    """`freeze()` raises what is broken, with the report as its text: a test may simply call it."""
    freeze(document(), policy=policy, version="v1")

    with pytest.raises(ContractBroken, match=r"`limit` must be there") as caught:
        freeze(document(required=True), policy=policy, version="v1", check=True)

    assert [(each.code, each.version, each.operation) for each in caught.value.findings] == [
        ("AV305", "v1", "GET /api/v1/things")
    ]


def test_a_preview_may_change_anything(policy: Path) -> None:
    """AUG-16: what breaks a preview's clients is shown and written."""
    freeze(document(version="v2"), policy=policy, version="v2")

    content = json.dumps(document(version="v2", required=True)).encode()
    code, out, errors = run("-", policy, "v2", stdin=io.BytesIO(content))

    assert (code, errors) == (0, "")
    assert out.endswith("froze v2 in v2.json and apiversion.lock (the policy allows it)\n")
    assert json.loads(files(policy)["contracts/v2.json"]) == document(version="v2", required=True)


def test_what_the_policy_waives_is_written(policy: Path) -> None:
    """A waived change, or one the policy takes for harmless, does not stand in the way of a freeze."""
    freeze(document(), policy=policy, version="v1")
    waiver = "[[changes.waivers]]\nrule = 'request-parameter-became-required'\nreason = 'nobody leaves it out'\nuntil = 2030-01-01\n"
    policy.write_text(POLICY + waiver, "utf-8")

    assert (
        freeze(document(required=True), policy=policy, version="v1", as_of=dt.date(2026, 1, 1)).state is State.CHANGED
    )
    assert yaml.safe_load(files(policy)["v1.yaml"]) == document(required=True)


def test_check_writes_nothing(policy: Path) -> None:
    """`--check` says what would come of a freeze."""
    before = files(policy)

    assert run("-", policy, stdin=io.BytesIO(json.dumps(document()).encode()), check=True)[:2] == (
        0,
        "would freeze v1 in v1.yaml and apiversion.lock\n",
    )
    assert files(policy) == before


def test_an_edit_by_hand_is_not_laundered(policy: Path) -> None:
    """A contract that is not as it was locked is not compared with, or what somebody edited into it would pass for promised."""
    freeze(document(), policy=policy, version="v1")
    policy.with_name("v1.yaml").write_text(yaml.safe_dump(document(required=True)), "utf-8")
    before = files(policy)

    with pytest.raises(PolicyError, match=r"v1\.yaml is not as it was locked: undo the edit"):
        freeze(document(required=True), policy=policy, version="v1")

    assert files(policy) == before


def test_the_rest_of_the_lock_is_left_alone(policy: Path) -> None:
    """Freezing one version accepts no edit of another."""
    freeze(document(), policy=policy, version="v1")
    freeze(document(version="v2"), policy=policy, version="v2")
    policy.with_name("v1.yaml").write_text(yaml.safe_dump(document(more=True)), "utf-8")

    freeze(document(version="v2", more=True), policy=policy, version="v2")

    assert main(["lock", "--check", str(policy)]) == 1


def test_json_is_one_object(policy: Path) -> None:
    """`--format json` keeps standard output for programs."""
    code, out, errors = run("-", policy, stdin=io.BytesIO(json.dumps(document()).encode()), form="json")

    assert (code, json.loads(out)["breaking"]) == (0, False)
    assert errors == "froze v1 in v1.yaml and apiversion.lock\n"


def _link_out(policy: Path) -> None:
    policy.with_name("v1.yaml").symlink_to(policy.parents[1] / "elsewhere.yaml")


def _link_folder_out(policy: Path) -> None:
    policy.with_name("contracts").symlink_to(policy.parents[1], target_is_directory=True)


def _name_outside(policy: Path) -> None:
    policy.write_text(POLICY.replace('"v1.yaml"', '"../elsewhere.yaml"'), "utf-8")


def _name_text(policy: Path) -> None:
    policy.write_text(POLICY.replace('"v1.yaml"', '"v1.txt"'), "utf-8")


def _break_lock(policy: Path) -> None:
    policy.with_name("apiversion.lock").write_text("{", "utf-8")


def _break_policy(policy: Path) -> None:
    policy.write_text(POLICY.replace("scheme", "sceme"), "utf-8")


def _nothing(_policy: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "version", "content", "said"),
    [
        pytest.param(_link_out, "v1", None, "expected a file inside shop/, got one outside", id="link-out"),
        pytest.param(_link_folder_out, "v2", None, "expected a file inside shop/, got one outside", id="folder-out"),
        pytest.param(_name_outside, "v1", None, "expected a file inside shop/, got one outside", id="name-outside"),
        pytest.param(_name_text, "v1", None, "expected a name that ends in .json, .yaml, .yml", id="suffix"),
        pytest.param(_break_lock, "v1", None, "not a lock", id="lock"),
        pytest.param(_break_policy, "v1", None, 'did you mean "scheme"?', id="policy"),
        pytest.param(_nothing, "v3", None, 'got "v3" (known: v1, v2)', id="version"),
        pytest.param(_nothing, "v1", b"{", "-: expected YAML", id="no-json"),
        pytest.param(_nothing, "v1", b"[]", "expected an OpenAPI document", id="no-object"),
        pytest.param(_nothing, "v1", b"{}", "/openapi: expected 3.0", id="no-openapi"),
        pytest.param(_nothing, "v1", b'{"a":' * 500 + b"1" + b"}" * 500, "levels of nesting", id="deep"),
        pytest.param(
            _nothing, "v1", json.dumps(document(version="v2")).encode(), "expected an operation of v1", id="other"
        ),
        pytest.param(
            _nothing,
            "v1",
            json.dumps({**document(), "components": {"schemas": {"A": {"$ref": "other.yaml"}}}}).encode(),
            "expected a reference to a file",
            id="alone",
        ),
    ],
)
def test_what_cannot_be_used(
    policy: Path, change: Callable[[Path], None], version: str, content: bytes | None, said: str
) -> None:
    """Whatever is wrong exits with 2 and is said; nothing is written, and nothing outside the policy's folder is touched."""
    change(policy)
    before = files(policy), sorted(policy.parents[1].iterdir())

    code, out, errors = run(
        "-", policy, version, stdin=io.BytesIO(content or json.dumps(document(version=version)).encode())
    )

    assert (code, out) == (2, "")
    assert said in errors
    assert (files(policy), sorted(policy.parents[1].iterdir())) == before


def test_a_lock_that_cannot_be_written_leaves_the_contract(policy: Path) -> None:
    """Where the second of the two files fails, the first is as it was: contract and lock never disagree."""
    freeze(document(), policy=policy, version="v1")
    before = files(policy)["v1.yaml"]
    policy.with_name("apiversion.lock").unlink()
    policy.with_name("apiversion.lock").mkdir()

    with pytest.raises(PolicyError, match="nothing was frozen"):
        freeze(document(more=True), policy=policy, version="v1")

    assert files(policy) == {"apiversion.toml": policy.read_bytes(), "v1.yaml": before}


def test_a_link_inside_the_folder_stays_one(policy: Path) -> None:
    """A contract that is a link is written where the link leads."""
    policy.with_name("contracts").mkdir()
    policy.with_name("v1.yaml").symlink_to("contracts/real.yaml")

    freeze(document(), policy=policy, version="v1")

    assert policy.with_name("v1.yaml").is_symlink()
    assert yaml.safe_load(files(policy)["contracts/real.yaml"]) == document()


def test_rights_are_those_of_any_new_file(policy: Path) -> None:
    """A frozen contract can be read by those who can read what the user writes; an old one keeps its rights."""
    plain = policy.with_name("plain")
    plain.touch()

    freeze(document(), policy=policy, version="v1")
    assert policy.with_name("v1.yaml").stat().st_mode == plain.stat().st_mode
    policy.with_name("v1.yaml").chmod(0o640)
    freeze(document(more=True), policy=policy, version="v1")

    assert policy.with_name("v1.yaml").stat().st_mode & 0o777 == 0o640


def test_lines_of_windows_are_no_change(policy: Path) -> None:
    """A checkout that git turned to CRLF is as locked."""
    freeze(document(), policy=policy, version="v1")
    freeze(document(version="v2"), policy=policy, version="v2")
    for name in ("v1.yaml", "contracts/v2.json", "apiversion.lock"):
        path = policy.parent / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert main(["lock", "--check", str(policy)]) == 0
    assert freeze(document(), policy=policy, version="v1").written == ()


def test_one_document_for_several_versions(policy: Path) -> None:
    """GIR-29: versions may share a document; a break of any of them is refused, and so is a document that lacks one."""
    policy.write_text(POLICY.replace("contracts/v2.json", "v1.yaml").replace("preview = true", ""), "utf-8")
    both = document()
    both["paths"] |= document(version="v2")["paths"]
    freeze(both, policy=policy, version="v2")

    broken = copy.deepcopy(both)
    broken["paths"]["/api/v1/things"]["get"]["parameters"][0]["required"] = True
    with pytest.raises(ContractBroken):
        freeze(broken, policy=policy, version="v2")
    with pytest.raises(PolicyError, match="expected an operation of v2, got none"):
        freeze(document(), policy=policy, version="v1")


def test_a_commit_is_a_source(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`git:REF:PATH` freezes what was committed."""
    monkeypatch.chdir(policy.parent)
    policy.with_name("spec.json").write_text(json.dumps(document()), "utf-8")
    for command in ("init -q", "add spec.json", "-c user.name=a -c user.email=a@b commit -qm a"):
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"}
        subprocess.run(["git", *command.split()], check=True, env=environment)  # noqa: S607  the git of the machine
    policy.with_name("spec.json").unlink()

    assert run("git:HEAD:spec.json", policy)[0] == 0
    assert yaml.safe_load(files(policy)["v1.yaml"]) == document()


def test_a_document_of_other_values_is_refused(policy: Path) -> None:
    """A mapping that JSON cannot say is no document."""
    with pytest.raises(PolicyError, match="expected plain JSON values"):
        freeze({"openapi": object()}, policy=policy, version="v1")


def test_words_are_no_change_for_clients(policy: Path) -> None:
    """A description that changed is written, and the command says that it means nothing to a client."""
    freeze(document(), policy=policy, version="v1")
    other = {**document(), "info": {"title": "The shop", "version": "2"}}

    assert run("-", policy, stdin=io.BytesIO(json.dumps(other).encode())) == (
        0,
        "froze v1 in v1.yaml and apiversion.lock: nothing changed that means anything to a client\n",
        "",
    )


def test_swagger_stays_swagger(policy: Path) -> None:
    """A Swagger 2.0 document is frozen as it is, and is the same the second time."""
    operation = {"responses": {"200": {"description": "ok"}}}
    old = {"swagger": "2.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/api/v1/things": {"get": operation}}}

    freeze(old, policy=policy, version="v1")

    assert yaml.safe_load(files(policy)["v1.yaml"]) == old
    assert freeze(old, policy=policy, version="v1").state is State.SAME


def test_a_lock_that_lacks_a_contract_is_mended(policy: Path) -> None:
    """What is frozen and not locked is locked by freezing it again; with `--check` it is only said."""
    freeze(document(), policy=policy, version="v1")
    policy.with_name("apiversion.lock").write_text('{"contracts": {}}', "utf-8")
    content = json.dumps(document()).encode()

    checked = run("-", policy, stdin=io.BytesIO(content), check=True)
    mended = run("-", policy, stdin=io.BytesIO(content))

    said = "v1 is frozen as this already: v1.yaml is left as it is; apiversion.lock {} mended\n"
    assert (checked[1], mended[1]) == (said.format("would be"), said.format("was"))
    assert list(json.loads(files(policy)["apiversion.lock"])["contracts"]) == ["v1.yaml"]


def test_a_first_freeze_that_fails_leaves_nothing(policy: Path) -> None:
    """Where the lock cannot be written there is no contract either."""
    policy.with_name("apiversion.lock").mkdir()

    with pytest.raises(PolicyError, match="nothing was frozen"):
        freeze(document(), policy=policy, version="v1")

    assert list(files(policy)) == ["apiversion.toml"]


def test_a_document_that_nests_too_deeply(policy: Path) -> None:
    """A mapping of any depth is refused in one line, and not shown."""
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"a": deep}

    with pytest.raises(PolicyError, match="the document: nests too deeply") as caught:
        freeze(deep, policy=policy, version="v1")

    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("name", ["app", "make"])
def test_an_application_is_a_source(policy: Path, name: str) -> None:
    """`freeze()` takes an application, or a factory of one, as it is."""
    app = flask.Flask("shop")
    app.add_url_rule("/spec", view_func=document)

    freeze(app if name == "app" else lambda: app, policy=policy, version="v1", path="/spec")

    assert yaml.safe_load(files(policy)["v1.yaml"]) == document()


def test_the_command_takes_an_application(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`apiversion freeze app:module:attribute` is the whole way, from the command's own arguments."""
    monkeypatch.chdir(policy.parent)
    monkeypatch.setattr("sys.path", [*sys.path])
    text = f"import flask\n\ndef make():\n    app = flask.Flask('x')\n    app.add_url_rule('/o', view_func=lambda: {document()!r})\n    return app\n"
    policy.with_name("shop_to_freeze.py").write_text(text, "utf-8")

    assert main(["freeze", "app:shop_to_freeze:make", "--path", "/o", "--version", "v1"]) == 0
    assert main(["freeze", "app:shop_to_freeze:make", "--path", "/o", "--version", "v1", "--check"]) == 0
    assert yaml.safe_load(files(policy)["v1.yaml"]) == document()
