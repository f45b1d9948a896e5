"""Answers of a service whose accounts are pinned are held to the version that the account is pinned to, in any suite."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from pytest_apiversion.shell.pytest_plugin.contract_assertion import findings_of
from pytest_apiversion.shell.target.load import load_target
from tests.lives.kit import instant
from tests.lives.pinned import DAY, LIFE


@pytest.mark.parametrize(
    ("key", "bug", "told"),
    [
        ("account-of-old", "", []),
        ("account-of-new", "", []),
        ("account-of-new", "pinned-by-the-first", ["AV301"]),
        ("account-of-old", "newest-for-all", ["AV301"]),
    ],
)
def test_an_answer_is_the_pinned_versions(key: str, bug: str, told: list[str], tmp_path: Path) -> None:
    """A request that names no version is one for the version of its credential."""
    with LIFE.serving(DAY, bug) as url:
        target = load_target(LIFE.write(tmp_path), {"ODD_URL": url, **LIFE.environment}, as_of=instant(DAY))
        answer = requests.get(f"{url}/balance", headers={"X-Key": key}, timeout=10)

    assert sorted({each.code for each in findings_of(target, answer, None, as_of=instant(DAY))}) == told
