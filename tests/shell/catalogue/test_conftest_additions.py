"""What conftest.py may add to the catalogue, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion import Check, Dialect
from pytest_apiversion.selection import carriers as built_in_carriers
from pytest_apiversion.shell.catalogue.conftest_additions import mistakes
from pytest_apiversion.shell.catalogue.entries import Additions, add, built_in, carriers, checks, dialects
from pytest_apiversion.shell.catalogue.policy_schema import policy_schema

OWN = Check(code="SHOP1", name="one-price", title="one price", promised=lambda _: None, inspect=lambda _: None)
COOKIE = replace(built_in_carriers()["header"], kind="cookie")
DAYS: Dialect = replace(dialects()["iso-date"], name="unix-days")


def test_what_is_added_is_there_until_it_is_taken_away() -> None:
    """Checks by code, carriers and dialects by name, and the policy file's schema knows the carrier; a run inside a run has its own."""
    before = (checks(), carriers(), dialects(), policy_schema())
    take_away = add(Additions(checks=(OWN,), carriers=(COOKIE,), dialects=(DAYS,)))
    try:
        assert [check.code for check in checks()] == [*(check.code for check in before[0]), "SHOP1"]
        assert carriers().keys() - before[1].keys() == {"cookie"}
        assert dialects().keys() - before[2].keys() == {"unix-days"}
        versioning = policy_schema()["properties"]["versioning"]["properties"]
        assert (
            versioning["carriers"]["items"]["enum"][-1],
            {"name", "other_forms"} <= versioning["cookie"]["properties"].keys(),
        ) == (
            "cookie",
            True,
        )
        add(Additions())()
        assert OWN in checks()
    finally:
        take_away()

    assert (checks(), carriers(), dialects(), policy_schema()) == before


FINE = {
    "nothing": Additions(),
    "each": Additions(checks=(OWN,), carriers=(COOKIE,), dialects=(DAYS,)),
    "long-code": Additions(checks=(replace(OWN, code="ACME1017"),)),
}


@pytest.mark.parametrize("name", FINE)
def test_what_can_be_used(name: str) -> None:
    """Codes, kinds and names of one's own."""
    assert list(mistakes(FINE[name])) == []


REFUSED = {
    "our-prefix": (Additions(checks=(replace(OWN, code="AV999"),)), "expected a code of your own, such as SHOP1"),
    "no-number": (Additions(checks=(replace(OWN, code="SHOP"),)), "got 'SHOP'"),
    "lower-case": (Additions(checks=(replace(OWN, code="shop1"),)), "got 'shop1'"),
    "name-with-spaces": (Additions(checks=(replace(OWN, name="one price"),)), "SHOP1: expected a name such as"),
    "never-speaks": (
        Additions(checks=(replace(OWN, inspect=None),)),
        "SHOP1: expected judge, conclude, across or inspect",
    ),
    "two-of-a-code": (
        Additions(checks=(OWN, replace(OWN, name="other"))),
        "pytest_apiversion_checks: two checks share the code SHOP1",
    ),
    "a-name-of-ours": (
        Additions(checks=(replace(OWN, name=built_in()[0].name),)),
        f"two checks share the name {built_in()[0].name}",
    ),
    "a-carrier-of-ours": (Additions(carriers=(built_in_carriers()["header"],)), "two carriers share the kind header"),
    "two-carriers": (Additions(carriers=(COOKIE, COOKIE)), "two carriers share the kind cookie"),
    "a-key-of-the-table": (Additions(carriers=(replace(COOKIE, kind="missing"),)), "no other key of [versioning]"),
    "carrier-in-capitals": (Additions(carriers=(replace(COOKIE, kind="Cookie"),)), "got 'Cookie'"),
    "a-dialect-of-ours": (Additions(dialects=(dialects()["sf-date"],)), "two dialects share the name sf-date"),
    "dialect-with-spaces": (Additions(dialects=(replace(DAYS, name="unix days"),)), "got 'unix days'"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    """One sentence, which names the hook and what was expected."""
    more, said = REFUSED[name]

    told = list(mistakes(more))

    assert len(told) == 1
    assert told[0].startswith("pytest_apiversion_")
    assert said in told[0]


WRONG = {
    "not-a-list": ("return 7", "pytest_apiversion_checks: expected a list of Check, got int"),
    "not-checks": ("return ['SHOP1']", "pytest_apiversion_checks: expected a Check, got str"),
    "our-code": (
        "import pytest_apiversion as p; return [p.Check(code='AV1', name='x', title='x', promised=str, judge=str)]",
        "*expected a code of your own*got 'AV1'",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_hook_ends_the_run_at_once(name: str, pytester: pytest.Pytester, warm: None) -> None:
    """Before anything is collected, as a usage error, without a traceback."""
    body, said = WRONG[name]
    pytester.makeconftest(f"def pytest_apiversion_checks(): {body}")

    result = pytester.runpytest_inprocess("--collect-only")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {said}"])
    assert "Traceback" not in result.stderr.str()
