"""What policy files say of tiers, rightly and wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.credentials import Tier
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.target.load import load_target
from tests.shell.policies import ENVIRONMENT, WHOLE, write

TIERS = """
[credentials.pro]
scheme = "key"
header = "Authorization"
value = "${SHOP_PRO}"

[[tiers]]
credential = "pro"
members = ["insights", "/meta/quota"]
operations = ["GET /things/{id}"]
"""
SECRETS = {**ENVIRONMENT, "SHOP_PRO": "sk_pro"}


def test_a_tier_is_what_one_credential_sees(tmp_path: Path) -> None:
    """Members by name and by pointer, and the operations that show them."""
    policy = load_policy(write(tmp_path, WHOLE + TIERS), SECRETS)

    assert policy.tiers == (
        Tier(
            credential="pro",
            members=("insights", "/meta/quota"),
            operations=frozenset({"GET /things/{id}"}),
            place="tiers[0]",
        ),
    )


SLIPS = {
    "nobodys": (
        'credential = "pro"',
        'credential = "prof"',
        'tiers[0].credential: expected a credential, got "prof"; did you mean "pro"?',
    ),
    "everybodys": (
        'credential = "pro"',
        'credential = "key"',
        'tiers[0].credential: expected one that another of its scheme stands before, which requests go with, got "key"',
    ),
    "of-a-scheme-of-its-own": (
        'scheme = "key"\n',
        "",
        'tiers[0].credential: expected one that another of its scheme stands before, which requests go with, got "pro"',
    ),
    "sees-nothing": ('members = ["insights", "/meta/quota"]', "members = []", "tiers[0].members: expected "),
    "nowhere": (
        'operations = ["GET /things/{id}"]',
        'operations = ["GET /thing/{id}"]',
        'tiers[0].operations: expected an operation of any contract, got "GET /thing/{id}"; did you mean "GET /things/{id}"?',
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_one_mistake(name: str, tmp_path: Path) -> None:
    """One slip of the pen makes one message, which says where, what was expected, and what is there."""
    right, wrong, told = SLIPS[name]
    path = write(tmp_path, WHOLE + TIERS.replace(right, wrong))

    with pytest.raises(PolicyError) as caught:
        load_target(path, SECRETS)

    assert told in str(caught.value)
    assert "1 mistake" in str(caught.value)
