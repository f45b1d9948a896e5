"""`apiversion freeze` and `freeze()`: what becomes a contract, what is refused, and that nothing is ever half written."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from pytest_apiversion import ContractBroken, PolicyError, freeze
from pytest_apiversion.cli import main
from pytest_apiversion.shell.comparison.freeze import State
from pytest_apiversion.shell.target.load import load_target
from tests.shell.freezing_shop import POLICY, document, files, run, shop


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy file whose contracts are not there yet, and whose variables nobody set."""
    return shop(tmp_path)


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


def test_a_freeze_moves_no_sunset(policy: Path) -> None:
    """What the lock says of sunsets is what it said before: only `apiversion lock` writes them anew."""
    lock = policy.with_name("apiversion.lock")
    policy.write_text(policy.read_text("utf-8").replace("[versions.v1]", "[versions.v1]\nsunset = 2027-06-01"), "utf-8")
    freeze(document(), policy=policy, version="v1")
    policy.write_text(policy.read_text("utf-8").replace("2027-06-01", "2027-01-01"), "utf-8")

    freeze(document(version="v2"), policy=policy, version="v2")

    assert json.loads(lock.read_text("utf-8"))["sunsets"] == {"v1": "2027-06-01T00:00:00Z"}


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
            json.dumps({**document(), "paths": {"/a": {"$ref": "other.yaml"}}}).encode(),
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
