"""A carrier that a suite adds, and that is as one of ours, is asked and judged as ours is."""

from __future__ import annotations

from collections import Counter

from tests.plugin.conftest import Start
from tests.plugin.small_api import POLICY, write_suite

CONFTEST = """
from dataclasses import replace
from pytest_apiversion.selection import carriers

def pytest_apiversion_carriers():
    return [replace(carriers()["path"], kind="realm")]
"""
OWN = POLICY.replace('["path"]', '["realm"]').replace("path = {", "realm = {")


def test_a_prefix_by_another_name_is_the_prefix(start: Start) -> None:
    """What a path is without its version, where a contract's operations are and what a finding names: nothing goes by the carrier's name."""
    ours = start()
    first = ours.run()
    own = start()
    write_suite(own.pytester.path, policy=OWN)
    own.pytester.makeconftest(CONFTEST)
    second = own.run()

    first.assert_outcomes(passed=9)
    assert [line for line in second.outlines if line.startswith("AV")] == [
        line for line in first.outlines if line.startswith("AV")
    ]
    assert Counter(own.api.requests) == Counter(ours.api.requests)
