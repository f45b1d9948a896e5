"""The media types of one version: a document may have those of several, each with the version in its name."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.diff.compare import compare
from pytest_apiversion.diff.pairs import Setting
from pytest_apiversion.selection import carriers
from pytest_apiversion.shell.target.load import load_target
from pytest_apiversion.shell.target.version_documents import narrowed
from pytest_apiversion.shell.target.version_media_types import own_media_types
from tests.checks.builders import ACCEPT, HEADER, policy
from tests.shell.servers.kit import folder

VENDOR = Carrier(form=carriers()["accept"], template="application/vnd.shop.{version}+json")
ONE, TWO = ("application/vnd.shop.v1+json", "application/vnd.shop.v2+json")
NAMED = ("application/json; version=1", 'application/json;version="2"')
KINDS: dict[str, tuple[Carrier, tuple[str, ...], tuple[str, ...]]] = {
    # name: the carrier, what the document has, what of it is v1's
    "another's": (VENDOR, (ONE, TWO), (ONE,)),
    "in-capitals": (VENDOR, ("application/vnd.Shop.V1+json", TWO), ("application/vnd.Shop.V1+json",)),
    "nobody's-beside": (VENDOR, (ONE, TWO, "text/csv"), (ONE, "text/csv")),
    "nobody-knows-the-version": (VENDOR, (ONE, "application/vnd.shop.v9+json"), (ONE, "application/vnd.shop.v9+json")),
    "none-of-its-own": (VENDOR, (TWO, "text/csv"), (TWO, "text/csv")),
    "in-a-parameter": (ACCEPT, NAMED, NAMED[:1]),
    "no-carrier-stands-there": (HEADER, (ONE, TWO), (ONE, TWO)),
}


def _document(kinds: tuple[str, ...], **schemas: Any) -> dict[str, Any]:
    """A document with bodies of these media types, in place and as components."""
    content = {each: {"schema": schemas.get(f"v{index}", {"type": "object"})} for index, each in enumerate(kinds, 1)}
    answers = {"200": {"description": "ok", "content": content}, "404": {"$ref": "#/components/responses/No"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": {"/things": {"post": {"requestBody": {"content": content}, "responses": answers}}},
        "components": {"responses": {"No": {"description": "no", "content": content}}},
    }


@pytest.mark.parametrize("name", KINDS)
def test_media_types_of_other_versions_are_left_out(name: str) -> None:
    """Where one names the version, those that name another declared one are not this version's."""
    carrier, kinds, mine = KINDS[name]
    given = _document(kinds)

    assert own_media_types(given, policy(carrier), "v1") == _document(mine)
    assert given == _document(kinds)
    assert (own_media_types(given, policy(carrier), "v1") is given) is (kinds == mine)


def test_what_another_version_changes_is_no_change() -> None:
    """Of a new document that changes the body of `v2`, `v1` has nothing to say."""
    old, new = _document((ONE, TWO)), _document((ONE, TWO), v2={"type": "array"})
    setting = Setting(as_of=dt.date(2026, 1, 1))

    def changes(version: str) -> int:
        before, after = (narrowed(copy.deepcopy(each), policy(VENDOR), version, "x") for each in (old, new))
        return len(compare(before, after, setting))

    assert changes("v1") == 0
    assert changes("v2") > 0


def test_a_run_sends_and_takes_its_own(tmp_path: Path) -> None:
    """One document for two versions: each has the bodies of its own media type."""
    text = f"""
[api]
name = "Shop"
base_url = "http://127.0.0.1:9"
[versioning]
scheme = "vN"
carriers = ["accept"]
accept = {{ template = "{VENDOR.template}" }}
[versions.v1]
contract = "shop.json"
[versions.v2]
contract = "shop.json"
"""
    target = load_target(folder(tmp_path, text, {"shop": _document((ONE, TWO))}), {}, with_lock=False)
    found = {name: contract.operations["POST /things"] for name, contract in target.contracts.items()}

    assert {name: each.body_media_types for name, each in found.items()} == {"v1": (ONE,), "v2": (TWO,)}
    assert {name: list(each.responses["404"].bodies) for name, each in found.items()} == {"v1": [ONE], "v2": [TWO]}
