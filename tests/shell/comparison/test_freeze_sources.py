"""What can be frozen, and what the policy says of it: applications, commits, mappings; previews, waivers, releases, shared documents."""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import flask
import pytest
import yaml

from pytest_apiversion import ContractBroken, PolicyError, freeze
from pytest_apiversion.cli import main
from pytest_apiversion.shell.comparison.freeze import State
from tests.shell.freezing_shop import POLICY, document, files, run, shop


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy file whose contracts are not there yet, and whose variables nobody set."""
    return shop(tmp_path)


def test_a_root_lets_a_document_refer_above_itself(policy: Path, tmp_path: Path) -> None:
    """Files above the document are refused, and bundled where `--root` names a folder that holds them."""
    made = document()
    made["components"] = {"schemas": {"Thing": {"$ref": "../common/thing.json"}}}
    for name, content in {"api/v1.json": made, "common/thing.json": {"type": "integer"}}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(content), "utf-8")
    source = str(tmp_path / "api" / "v1.json")

    assert run(source, policy, "v1")[0] == 2
    assert run(source, policy, "v1", root=tmp_path / "api")[0] == 2
    assert run(source, policy, "v1", root=tmp_path)[0] == 0
    schemas = yaml.safe_load(files(policy)["v1.yaml"])["components"]["schemas"]
    assert {"type": "integer"} in schemas.values()


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


def test_a_document_that_nests_too_deeply(policy: Path) -> None:
    """A mapping of any depth is refused in one line, and not shown."""
    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"a": deep}

    with pytest.raises(PolicyError, match=r"nests too deeply|at most 200 levels of nesting") as caught:
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


def test_a_waiver_that_is_no_longer_needed_is_told(policy: Path) -> None:
    """What the policy has against a freeze, other than what it changes, is said in the report and stops it too."""
    freeze(document(), policy=policy, version="v1")
    waiver = "[[changes.waivers]]\nrule = 'operation-removed'\nversions = ['v1']\nreason = 'r'\nuntil = 2030-01-01\n"
    policy.write_text(POLICY + waiver, "utf-8")
    content = json.dumps(document(more=True)).encode()

    code, out, errors = run("-", policy, stdin=io.BytesIO(content), as_of=dt.date(2026, 1, 1))

    assert (code, errors) == (1, "v1.yaml is left as it is: see what the policy has against it\n")
    assert "matches no change: remove it" in out
    with pytest.raises(ContractBroken) as caught:
        freeze(document(more=True), policy=policy, version="v1", as_of=dt.date(2026, 1, 1))
    assert [each.code for each in caught.value.findings] == ["AV307"]


def test_a_release_may_carry_what_its_number_says(policy: Path) -> None:
    """Where releases count, a patch release of a version may change nothing, and is refused with the step it is."""
    policy.write_text(POLICY + "[changes]\nreleases = true\n", "utf-8")
    first, patch, minor = (document(more=more) for more in (False, True, True))
    for made, number in ((first, "1.0.0"), (patch, "1.0.1"), (minor, "1.1.0")):
        made["info"]["version"] = number
    freeze(first, policy=policy, version="v1")

    with pytest.raises(ContractBroken, match=r"1\.0\.1"):
        freeze(patch, policy=policy, version="v1")
    assert freeze(minor, policy=policy, version="v1").state is State.CHANGED
