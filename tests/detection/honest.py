"""When the honest servers are held to their policies: five instants in the life of what ends, and days around them."""

from __future__ import annotations

from collections.abc import Mapping

from tests.detection.around import DAYS
from tests.detection.table import Row
from tests.lives.catalogue import LIVES

INSTANTS = ("before the deprecation", "after it", "30 days before the sunset", "the day of the sunset", "after it all")
"""The moments every policy is held at."""

_DAYS: Mapping[str, tuple[tuple[str, str, str, str, str], tuple[str, ...]]] = {
    "girard": (
        ("2026-01-10", "2026-11-20", "2026-12-16", "2027-01-15", "2027-09-01"),
        ("2026-01-15", "2027-01-14", "2028-01-10", "2028-10-01"),
    ),
    "moonborn": (
        ("2026-11-15", "2026-11-20", "2027-04-16", "2027-05-16", "2028-02-29"),
        ("2026-01-10", "2026-11-16", "2027-05-15"),
    ),
    "augno": (
        ("2026-03-20", "2026-11-20", "2027-01-30", "2027-03-01", "2027-09-01"),
        ("2026-03-01", "2026-09-01", "2027-02-28"),
    ),
    "vellocity": (
        ("2025-11-30", "2025-12-01", "2026-06-01", "2026-07-01", "2026-11-20"),
        ("2026-06-15", "2026-06-30", "2027-03-01", "2027-07-01"),
    ),
    "aragora": (
        ("2024-12-31", "2025-01-01", "2026-05-02", "2026-06-01", "2026-11-20"),
        ("2026-04-01", "2026-05-31", "2027-03-01", "2027-07-01"),
    ),
}
"""The five instants of the version that ends (of Vellocity, the alias), and more days: of a release, of a deprecation, the last one, of operations that end while their version lives on."""

_FORMS = tuple(Row(policy=policy, bug="", day=day, form=form) for (policy, form), days in DAYS.items() for day in days)

HONEST: tuple[Row, ...] = (
    *(
        Row(policy=policy, bug="", day=day, instant=instant)
        for policy, (days, more) in _DAYS.items()
        for instant, day in (*zip(INSTANTS, days, strict=True), *(("", day) for day in more))
    ),
    *_FORMS,
    *(Row(policy=name, bug="", day=day) for name, life in LIVES.items() if life.whole for day in life.honest),
)
"""The honest servers, by policy and day, and their other honest ways."""
