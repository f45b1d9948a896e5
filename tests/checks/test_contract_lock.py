"""AV304: the frozen contracts are the ones that were locked."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pytest_apiversion.checks.contract_lock import CHECK
from pytest_apiversion.core.checking.check import Scene
from tests.checks.builders import alias, instant, policy, scene


def locked(digests: Mapping[str, str] | None, subject: str = "v2", **changes: object) -> Scene:
    """A scene of a whole version beside a lock."""
    return scene(policy(aliases={"plain": alias()}), subject, None, locked=digests, **changes)  # type: ignore[arg-type]


def inspected(where: Scene) -> list[str] | None:
    """What the check says of the files; None where nothing is promised."""
    assert CHECK.inspect is not None
    if CHECK.promised(where) is None:
        return None
    return [broken.summary for broken in CHECK.inspect(where) or ()]


SAME = {"v1.yaml": "d" * 64, "v2.yaml": "d" * 64}

SILENT: dict[str, tuple[Scene, list[str] | None]] = {
    "as-locked": (locked(SAME), []),
    "locked-with-more": (locked({**SAME, "v0.yaml": "e" * 64}), []),
    "sunset-version-stays-locked": (locked(SAME, "v1", as_of=instant("2030-01-01")), []),
    "no-lock": (locked(None), None),
    "alias-has-no-contract": (locked({}, "plain"), None),
}

SPEAK = {
    "edited": (locked({**SAME, "v2.yaml": "e" * 64}), ["v2.yaml differs from what was locked"]),
    "one-byte": (locked({**SAME, "v2.yaml": "d" * 63 + "e"}), ["v2.yaml differs from what was locked"]),
    "not-locked": (locked({"v1.yaml": "d" * 64}), ["v2.yaml is not in apiversion.lock"]),
    "empty-lock": (locked({}), ["v2.yaml is not in apiversion.lock"]),
    "sunset-version-edited": (
        locked({"v1.yaml": "e" * 64}, "v1", as_of=instant("2030-01-01")),
        ["v1.yaml differs from what was locked"],
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What is as it was locked, or was never locked, makes no finding."""
    where, expected = SILENT[name]

    assert inspected(where) == expected


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What differs from the lock is said."""
    where, expected = SPEAK[name]

    assert inspected(where) == expected
