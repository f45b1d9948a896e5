"""The rest of a broken text is read with work that grows as the text does."""

from __future__ import annotations

import json
from typing import Any

from pytest_apiversion.shell.texts.broken_text import rest_of


class Counted(str):
    """A text that counts the characters that are copied out of it."""

    __slots__ = ()
    copied = 0

    def __getitem__(self, key: Any) -> Counted:
        """A part of it, which counts as well."""
        part = str.__getitem__(self, key)
        Counted.copied += len(part)
        return Counted(part)


def test_a_text_that_ends_too_early_is_not_copied_at_every_bracket() -> None:
    """What was read of it stays, and no more is copied than its length a few times."""
    document: dict[str, Any] = {"paths": {f"/{index}": {"get": [{}, []]} for index in range(2_000)}}
    text = Counted(json.dumps(document)[:-1])
    Counted.copied = 0

    rest, left = rest_of(text, is_json=True, mark="gone")

    assert rest == {**document, "gone": True}
    assert len(left) == 1
    assert Counted.copied < 10 * len(text)


def test_what_is_open_is_closed_with_a_mark_each() -> None:
    """However deep it is."""
    rest, _ = rest_of('{"a": [1, {"b": {"c": 1, "d": [', is_json=True, mark="gone")

    assert rest == {
        "a": [1, {"b": {"c": 1, "d": [{"gone": True}], "gone": True}, "gone": True}, {"gone": True}],
        "gone": True,
    }
