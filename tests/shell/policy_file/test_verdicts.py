"""The five policies' own lists of what breaks and what only adds: small pairs of contracts, each with the row that says so."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.diff.compare import compare
from pytest_apiversion.diff.document import Document
from pytest_apiversion.shell.comparison.change_policy import weighing
from pytest_apiversion.shell.comparison.lock import AnyEnvironment
from pytest_apiversion.shell.policy_file.load import load_policy
from tests.diff.documents import OK, answered, asked, document, operation, sent
from tests.diff.operation_cases import KEY, OAUTH, ONE, PATHS, QUERY, STR, answers, header, hooked, secured

Pair = tuple[dict[str, Any], dict[str, Any]]

FOLDER = Path(__file__).parents[3] / "contracts"


def thing(required: tuple[str, ...] = ("id",), **fields: Any) -> dict[str, Any]:
    """A schema of a thing."""
    return {"type": "object", "required": list(required), "properties": {"id": STR, **fields}}


def one_of(*values: str) -> dict[str, Any]:
    """A schema of a word."""
    return {"type": "string", "enum": list(values)}


def released(version: str, contract: dict[str, Any]) -> dict[str, Any]:
    """A contract as a release."""
    return {**contract, "info": {"title": "T", "version": version}}


def level(name: str, *schemas: Any) -> Pair:
    """What an operation of a stability answers, before and after."""
    contracts = []
    for schema in schemas:
        contract = answered(schema)
        contract["paths"]["/a"]["get"]["x-stability-level"] = name
        contracts.append(contract)
    return contracts[0], contracts[1]


NOTE, BOTH = thing(note=STR), thing(("id", "note"), note=STR)
GONE = document({"/a": {"get": {"responses": OK, "deprecated": True}}, "/b": {"get": {"responses": OK}}})
PUT, PATCH = document({"/a": {"put": {"responses": OK}}}), document({"/a": {"patch": {"responses": OK}}})
READ, WRITE = secured(OAUTH, {"o": ["read"]}), secured(OAUTH, {"o": ["read", "write"]})
FAILS = answers(s200={}, s404={"content": {"application/json": {"schema": BOTH}}})
FAILS_OTHERWISE = answers(s200={}, s404={"content": {"application/json": {"schema": thing(("id",))}}})
HOOK: dict[str, Any] = {"content": {"application/json": {"schema": thing()}}}

FIELD_GONE: Pair = (answered(NOTE), answered(thing()))
FIELD_ADDED: Pair = (answered(thing()), answered(NOTE))
REQUIRED_FIELD_ADDED: Pair = (answered(thing()), answered(BOTH))
FIELD_RENAMED: Pair = (answered(NOTE), answered(thing(remark=STR)))
FIELD_RETYPED: Pair = (answered(NOTE), answered(thing(note={"type": "integer"})))
ENDPOINT_GONE: Pair = (PATHS, ONE)
ENDPOINT_ADDED: Pair = (ONE, PATHS)
PARAMETER_ADDED: Pair = (asked(), asked(QUERY))
OPTIONAL_SENT: Pair = (sent(thing()), sent(NOTE))
REQUIRED_SENT: Pair = (sent(thing()), sent(BOTH))
SCOPE_ADDED: Pair = (READ, WRITE)
OPEN: Pair = (secured(KEY, {"k": []}), {**operation(), "components": {"securitySchemes": KEY}})

Row = tuple[tuple[str, ...], Pair, str]

AUGNO: dict[str, Row] = {
    # row and what changes: what is compared, from what to what, what it comes to
    "AUG-06-field-added": (("1.0.forge", "2.0.forge"), FIELD_ADDED, "fine"),
    "AUG-06-endpoint-added": (("1.0.forge", "2.0.forge"), ENDPOINT_ADDED, "fine"),
    "AUG-06-optional-parameter-added": (("1.0.forge", "2.0.forge"), PARAMETER_ADDED, "fine"),
    "AUG-06-field-gone": (("1.0.forge", "2.0.forge"), FIELD_GONE, "breaking"),
    "AUG-08-other-codename": (("0.0.crucible", "1.0.forge"), FIELD_RETYPED, "fine"),
    "AUG-08-same-codename": (("1.0.forge", "2.0.forge"), FIELD_RETYPED, "breaking"),
    "AUG-09-field-gone": (("2.0.forge",), FIELD_GONE, "breaking"),
    "AUG-09-endpoint-gone": (("2.0.forge",), ENDPOINT_GONE, "breaking"),
    "AUG-09-deprecated-endpoint-gone": (("2.0.forge",), (GONE, document({"/b": GONE["paths"]["/b"]})), "breaking"),
    "AUG-10-type": (("2.0.forge",), FIELD_RETYPED, "breaking"),
    "AUG-10-format": (
        ("2.0.forge",),
        (answered(thing(at={**STR, "format": "date"})), answered(thing(at={**STR, "format": "date-time"}))),
        "breaking",
    ),
    "AUG-10-format-of-its-own": (
        ("2.0.forge",),
        (answered(thing(at={**STR, "format": "one"})), answered(thing(at={**STR, "format": "two"}))),
        "breaking",
    ),
    "AUG-11-scope": (("2.0.forge",), SCOPE_ADDED, "breaking"),
    "AUG-11-no-longer-asked": (("2.0.forge",), OPEN, "breaking"),
    "AUG-12-error-body": (("2.0.forge",), (FAILS, FAILS_OTHERWISE), "breaking"),
    "AUG-13-field-renamed": (("2.0.forge",), FIELD_RENAMED, "breaking"),
    "AUG-13-endpoint-renamed": (("2.0.forge",), (PUT, PATCH), "breaking"),
    "AUG-16-between-previews": (("1.3.forge-preview.1", "1.3.forge-preview.2"), FIELD_RETYPED, "fine"),
    "AUG-16-preview-again": (("1.3.forge-preview.2",), ENDPOINT_GONE, "fine"),
    "AUG-16-into-a-preview": (("1.1.forge", "1.3.forge-preview.1"), ENDPOINT_GONE, "fine"),
}

GIRARD: dict[str, Row] = {
    "GIR-03-major": (("v1", "v2"), FIELD_RETYPED, "fine"),
    "GIR-04-minor": (("v1",), (released("1.0.0", ONE), released("1.1.0", PATHS)), "fine"),
    "GIR-04-minor-breaks": (("v1",), (released("1.0.0", PATHS), released("1.1.0", ONE)), "breaking"),
    "GIR-05-patch": (("v1",), (released("1.0.0", ONE), released("1.0.1", PATHS)), "breaking"),
    "GIR-05-patch-same": (("v1",), (released("1.0.0", ONE), released("1.0.1", ONE)), "fine"),
    "GIR-06-alpha": (("v1",), level("alpha", NOTE, thing(("id",), note={"type": "integer"})), "fine"),
    "GIR-06-beta": (("v1",), level("beta", NOTE, thing(("id",), note={"type": "integer"})), "fine"),
    "GIR-06-stable": (("v1",), level("stable", NOTE, thing(("id",), note={"type": "integer"})), "breaking"),
    "GIR-06-marked-down": (("v1",), (operation(), operation(**{"x-stability-level": "beta"})), "breaking"),
    "GIR-07-method": (("v1",), (PUT, PATCH), "breaking"),
    "GIR-07-deprecated-endpoint": (("v1",), (GONE, document({"/b": GONE["paths"]["/b"]})), "breaking"),
    "GIR-08-parameter-required": (("v1",), (asked(QUERY), asked({**QUERY, "required": True})), "breaking"),
    "GIR-08-parameter-added-required": (("v1",), (asked(), asked({**QUERY, "required": True})), "breaking"),
    "GIR-08-parameter-type": (
        ("v1",),
        (
            asked({**QUERY, "required": True, "schema": {"type": "integer"}}),
            asked({**QUERY, "required": True, "schema": {"type": "boolean"}}),
        ),
        "breaking",
    ),
    "GIR-08-required-parameter-gone": (("v1",), (asked({**QUERY, "required": True}), asked()), "breaking"),
    "GIR-09-optional-field-gone": (("v1",), FIELD_GONE, "breaking"),
    "GIR-10-error-body": (("v1",), (FAILS, FAILS_OTHERWISE), "breaking"),
    "GIR-11-key-to-bearer": (
        ("v1",),
        (secured(KEY, {"k": []}), secured({"b": {"type": "http", "scheme": "bearer"}}, {"b": []})),
        "breaking",
    ),
    "GIR-12-header-gone": (("v1",), (header(), answers(s200={})), "breaking"),
    "GIR-12-header-type": (("v1",), (header(schema={"type": "integer"}), header()), "breaking"),
    "GIR-13-optional-parameter": (("v1",), PARAMETER_ADDED, "fine"),
    "GIR-13-field": (("v1",), FIELD_ADDED, "fine"),
    "GIR-13-required-field": (("v1",), REQUIRED_FIELD_ADDED, "fine"),
    "GIR-13-endpoint": (("v1",), ENDPOINT_ADDED, "fine"),
    "GIR-13-error-status": (("v1",), (answers(s200={}), answers(s200={}, s409={})), "fine"),
    "GIR-13-webhook": (("v1",), (hooked(a=HOOK), hooked(a=HOOK, b=HOOK)), "fine"),
    "trap-21-response-type": (("v1",), FIELD_RETYPED, "breaking"),
    "trap-21-optional-parameter-type": (
        ("v1",),
        (asked({**QUERY, "schema": {"type": "integer"}}), asked({**QUERY, "schema": {"type": "boolean"}})),
        "breaking",
    ),
}

MOONBORN: dict[str, Row] = {
    "MOO-03-renamed": (("v1",), FIELD_RENAMED, "breaking"),
    "MOO-03-removed": (("v1",), FIELD_GONE, "breaking"),
    "MOO-03-retyped": (("v1",), FIELD_RETYPED, "breaking"),
    "MOO-04-required-sent": (("v1",), REQUIRED_SENT, "breaking"),
    "MOO-05-endpoint": (("v1",), ENDPOINT_GONE, "breaking"),
    "MOO-06-scope": (("v1",), SCOPE_ADDED, "breaking"),
    "MOO-08-optional-sent": (("v1",), OPTIONAL_SENT, "fine"),
    "MOO-09-field": (("v1",), FIELD_ADDED, "fine"),
    "MOO-09-required-field": (("v1",), REQUIRED_FIELD_ADDED, "fine"),
    "MOO-09-endpoint": (("v1",), ENDPOINT_ADDED, "fine"),
    "MOO-10-request-enum": (("v1",), (sent(thing(k=one_of("a"))), sent(thing(k=one_of("a", "b")))), "fine"),
    "MOO-10-request-enum-gone": (("v1",), (sent(thing(k=one_of("a", "b"))), sent(thing(k=one_of("a")))), "breaking"),
    "MOO-11-error-status": (("v1",), (answers(s200={}), answers(s200={}, s409={})), "fine"),
    "MOO-12-webhook": (("v1",), (hooked(a=HOOK), hooked(a=HOOK, b=HOOK)), "fine"),
    "MOO-14-response-enum": (
        ("v1",),
        (answered(thing(k=one_of("a"))), answered(thing(k=one_of("a", "b")))),
        "warning",
    ),
    "MOO-24-goes-back": (("v1",), (released("1.4.2", ONE), released("1.4.1", ONE)), "objection"),
    "MOO-24-patch": (("v1",), (released("1.4.2", ONE), released("1.4.3", PATHS)), "breaking"),
    "MOO-30-minor-adds": (("v1",), (released("1.3.0", ONE), released("1.4.0", PATHS)), "fine"),
    "MOO-30-minor-breaks": (("v1",), (released("1.3.0", PATHS), released("1.4.0", ONE)), "breaking"),
    "trap-21-request-field-retyped": (("v1",), (sent(NOTE), sent(thing(note={"type": "integer"}))), "breaking"),
}

VELLOCITY: dict[str, Row] = {
    "VEL-02-method": (("v1",), (PUT, PATCH), "breaking"),
    "VEL-02-path": (("v1",), (ONE, document({"/c": ONE["paths"]["/a"]})), "breaking"),
    "VEL-02-deprecated-endpoint": (("v1",), (GONE, document({"/b": GONE["paths"]["/b"]})), "breaking"),
    "VEL-03-required-sent": (("v1",), REQUIRED_SENT, "breaking"),
    "VEL-04-field-gone": (("v1",), FIELD_GONE, "breaking"),
    "VEL-05-optional-field": (("v1",), FIELD_ADDED, "fine"),
    "VEL-05-required-field": (("v1",), REQUIRED_FIELD_ADDED, "breaking"),
    "VEL-06-retyped": (("v1",), FIELD_RETYPED, "breaking"),
    "trap-22-endpoint": (("v1",), ENDPOINT_ADDED, "fine"),
    "trap-22-response-enum": (
        ("v1",),
        (answered(thing(k=one_of("a"))), answered(thing(k=one_of("a", "b")))),
        "warning",
    ),
}

ARAGORA: dict[str, Row] = {
    "ARA-26-major-renames": (("v1", "v2"), (PUT, PATCH), "fine"),
    "trap-23-removed-within-a-major": (("v2",), ENDPOINT_GONE, "breaking"),
    "trap-23-minor-breaks": (("v2",), (released("2.1.0", PATHS), released("2.3.0", ONE)), "breaking"),
    "trap-23-minor-adds": (("v2",), (released("2.1.0", ONE), released("2.2.0", PATHS)), "fine"),
}

ROWS = {
    (policy, row): told
    for policy, table in {
        "augno": AUGNO,
        "girard": GIRARD,
        "moonborn": MOONBORN,
        "vellocity": VELLOCITY,
        "aragora": ARAGORA,
    }.items()
    for row, told in table.items()
}


@cache
def policy_of(name: str) -> Policy:
    """One of the five policies."""
    return load_policy(FOLDER / name / "apiversion.toml", AnyEnvironment(), base_url="http://unset.invalid")


@pytest.mark.parametrize(("policy", "row"), ROWS, ids=[f"{policy}-{row}" for policy, row in ROWS])
def test_a_policy_is_held_to_its_own_list(policy: str, row: str) -> None:
    """What a policy calls breaking fails, what it warns of warns, what it calls additive is fine."""
    versions, (old, new), expected = ROWS[policy, row]
    rules = weighing(policy_of(policy), *versions, as_of=dt.date(2026, 11, 20)).between(old, new)
    changes = compare(Document(old, "3.1"), Document(new, "3.1"), rules.setting)
    weighed = rules.weigh(changes)
    warned = any(change.severity is Severity.WARNING for change in changes)

    assert old != new
    assert expected == (
        "breaking" if weighed.beyond else "objection" if weighed.objections else "warning" if warned else "fine"
    )


PATCHES = ("1.0.forge", "1.1.forge")


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        pytest.param(FIELD_ADDED, True, id="field-added"),
        pytest.param(ENDPOINT_ADDED, True, id="endpoint-added"),
        pytest.param((operation(), operation(tags=["a"], summary="Else")), False, id="words"),
    ],
)
def test_a_patch_of_augno_changes_nothing(tmp_path: Path, pair: Pair, *, expected: bool) -> None:
    """AUG-07: a patch, whose second number differs, carries words and nothing else; AUG-17: nor does the release of a preview break it."""
    text = (FOLDER / "augno" / "apiversion.toml").read_text("utf-8")
    file = tmp_path / "apiversion.toml"
    file.write_text(
        f'{text}\n[versions."1.3.forge"]\ncontract = "1.3.forge.openapi.yaml"\nenvelope = "forge"\n', "utf-8"
    )
    for name in re.findall(r'^contract = "(.*)"', file.read_text("utf-8"), re.MULTILINE):
        (tmp_path / name).write_text("openapi: 3.1.0\n", "utf-8")
    policy = load_policy(file, AnyEnvironment(), base_url="http://unset.invalid")

    def beyond(*versions: str, of: Pair) -> bool:
        rules = weighing(policy, *versions, as_of=dt.date(2026, 11, 20))
        return bool(rules.weigh(compare(Document(of[0], "3.1"), Document(of[1], "3.1"), rules.setting)).beyond)

    assert beyond(*PATCHES, of=pair) is expected
    assert beyond("1.3.forge-preview.2", "1.3.forge", of=FIELD_GONE) is True
    assert beyond("1.3.forge-preview.2", "1.3.forge", of=FIELD_ADDED) is False
