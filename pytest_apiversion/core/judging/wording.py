"""Wording: responses, values, statuses and probes as findings tell them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.messages import NoAnswer

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange


_LINE = 160
"""Characters of a body that are shown."""
_READ = 400
"""Characters of a body that are read for what is shown of it."""
_LINE = 160
"""Characters of it that are shown, once white space is put together."""
_SHORT = 60
"""Characters of a value that are shown."""


def answer_text(exchange: Exchange) -> str:
    """What came back, in a line."""
    answer = exchange.answer
    if isinstance(answer, NoAnswer):
        return f"{answer.kind.value} ({answer.detail})"
    kind = answer.media_type or "no content type"
    text = " ".join(exchange.secrets.beginning(answer.text, _READ).split())
    body = f": {text[:_LINE]}{'…' if len(text) > _LINE else ''}" if text else ", empty body"
    return f"{answer.status} ({kind}){body}"


def value_text(value: object) -> str:
    """A JSON value in a few words."""
    text = " ".join(json.dumps(value, ensure_ascii=False).split())
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def statuses_text(statuses: Collection[int]) -> str:
    """Statuses in words: `400 or 404`, and whole ranges as `4xx`."""
    rest, words = set(statuses), []
    for hundred in range(1, 6):
        whole = set(range(hundred * 100, hundred * 100 + 100))
        if whole <= rest:
            words.append(f"{hundred}xx")
            rest -= whole
    return " or ".join(sorted([*words, *map(str, rest)]))


def probe_text(exchange: Exchange) -> str:
    """Where a probe put which text, in words."""
    place = exchange.via or "request"
    return f"no version in the {place}" if exchange.probe is None else f"{exchange.probe!r} in the {place}"
