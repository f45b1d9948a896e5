"""Wording: responses, values, statuses and probes as findings tell them."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from pytest_apiversion.core.finding import quoted_probe
from pytest_apiversion.core.http.messages import NoAnswer
from pytest_apiversion.core.http.statuses import NOT_MODIFIED
from pytest_apiversion.core.json.pointer import MISSING, lookup

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.secrets import Secrets

_REDIRECTION = 3

_READ = 400
"""Characters of a body that are read for what is shown of it."""
_SHORT = 60
"""Characters of a value that are shown."""
_LONG = 160
"""Characters of a body that are shown, or of what stands at a place of it."""


def _redirects(response: Response) -> bool:
    return response.status // 100 == _REDIRECTION and response.status != NOT_MODIFIED


def two_texts(first: str, strong: str, second: str, weak: str) -> str:
    """The probe of two carriers that say different things, the one that decides first."""
    return f"{first} in the {strong}, {second} in the {weak}"


def deciding_text(probe: str, strong: str) -> str:
    """What a carrier says that decides, of such a probe; any other probe as it is."""
    return probe.partition(f" in the {strong}, ")[0]


def answer_text(exchange: Exchange) -> str:
    """What came back, in a line."""
    answer = exchange.answer
    if isinstance(answer, NoAnswer):
        return f"{answer.kind.value} ({answer.detail})"
    text = " ".join(exchange.secrets.beginning(answer.text, _READ).split())
    body = f": {_cut(text, _LONG)}" if text else ", empty body"
    return f"{_first(answer)}{body}"


def place_text(exchange: Exchange, pointer: str) -> str:
    """What came back at a place of its body, in a line.

    Args:
        exchange: The exchange.
        pointer: JSON pointer, with the indices of lists; where nothing stands there, the whole answer is told.
    """
    response = exchange.response
    if response is None or response.parsed.problem is not None:
        return answer_text(exchange)
    found = lookup(response.json, pointer) if pointer else MISSING
    if found is MISSING:
        return answer_text(exchange)
    return f"{_first(response)} with {pointer} = {value_text(found, exchange.secrets, _LONG)}"


def members_text(exchange: Exchange, pointer: str) -> str:
    """What members came back in an object of a body, in a line: where one is missed, what is there tells more than the values.

    Args:
        exchange: The exchange.
        pointer: JSON pointer of the object, with the indices of lists; where none stands there, the whole answer is told.
    """
    response = exchange.response
    found = MISSING if response is None or response.parsed.problem is not None else lookup(response.json, pointer)
    if response is None or not isinstance(found, dict):
        return answer_text(exchange)
    where = f" in {pointer}" if pointer else ""
    return f"{_first(response)} with {exchange.secrets.beginning(', '.join(found) or 'no member', _LONG)}{where}"


def _first(response: Response) -> str:
    """Status and content type, and where a redirection leads."""
    leads = f", Location: {response.header('location')}" if _redirects(response) else ""
    return f"{response.status} ({response.media_type or 'no content type'}{leads})"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def value_text(value: object, secrets: Secrets, longest: int = _SHORT) -> str:
    """A JSON value in a few words, masked before it is cut."""
    return secrets.beginning(" ".join(json.dumps(value, ensure_ascii=False).split()), longest)


def statuses_text(statuses: Collection[int]) -> str:
    """Statuses in words: `400 or 404`, and whole ranges as `4xx`."""
    return _statuses_text(frozenset(statuses))


@lru_cache(maxsize=256)
def _statuses_text(statuses: frozenset[int]) -> str:
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
    return f"no version in the {place}" if exchange.probe is None else f"{quoted_probe(exchange.probe)} in the {place}"
