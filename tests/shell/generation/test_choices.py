"""What shrinking may make of a drawn case."""

from __future__ import annotations

import json
import re

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.shell.generation.choices import simplified


class Noughts:
    """Chooses the simplest of everything: each digit of a text is a nought."""

    def keep(self) -> bool:
        """Every part stays."""
        return True

    def text(self, original: str) -> str:
        """Noughts."""
        return re.sub("[0-9]", "0", original)

    def number(self, original: float) -> float:
        """It stays."""
        return original


@pytest.mark.parametrize(
    ("text", "simplest"),
    [
        ("2031-10-17", "2031-10-17"),
        ("2031-10-17T12:00:00Z", "2031-10-17T12:00:00Z"),
        ("0000-10-17", "0000-00-00"),
        ("2031-1", "0000-0"),
        ("a 7", "a 0"),
    ],
)
def test_a_day_does_not_come_to_be_in_the_year_0(text: str, simplest: str) -> None:
    """RFC 3339 has that year and few calendars do: a service that refuses it would be told for another reason than it was found."""
    body = {"day": text}
    case = DrawnCase(
        aim=Aim.UNKNOWN_DATA, origin="drawn", json=body, body=json.dumps(body).encode(), query=(("day", text),)
    )
    made = simplified(case, Noughts(), path=True)

    assert (made.json, made.query) == ({"day": simplest}, (("day", simplest),))
