"""Response headers that list versions list those that are declared: each in its stage, and none that does not serve.

Clients that pick a version from the list are refused by one that is not served, and never find one that is missing. A version
whose contract has not the operation may be left out of the list, or not.

Source: SEL-17; ASP.NET API Versioning (`api-supported-versions`). Silence: leave the header out of `versioning.lists`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.check import Check
from pytest_apiversion.core.finding import Broken
from pytest_apiversion.core.judging import told
from pytest_apiversion.core.own_answers import own_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.check import Scene
    from pytest_apiversion.core.exchange import Exchange
    from pytest_apiversion.core.selectors import Listing


def _promised(scene: Scene) -> str | None:
    lists = scene.policy.lists if scene.stage.answers and not scene.is_alias else ()
    return lists[0].place if lists else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    response = own_answer(exchange, scene)
    if response is None:
        return None
    found: list[Broken] | None = None
    for listing in scene.policy.lists:
        text = response.header(listing.header)
        if text is not None:
            found = [*(found or ()), *_wrong(listing, text, exchange, scene)]
        elif listing.required and response.status < 300 and any(_due(listing, exchange, scene)):  # noqa: PLR2004  RFC 9110 §15.3
            found = [*(found or ()), _broken(listing, f"{listing.header} is missing", told(exchange), exchange, scene)]
    return found


def _due(listing: Listing, exchange: Exchange, scene: Scene) -> Iterator[str]:
    """The versions that must be listed: those of its stages that have the operation."""
    for name in _staged(listing, scene):
        key = scene.policy.counterpart(exchange.operation, scene.version, name)
        if key is not None and scene.operation_named(name, key) is not None:
            yield name


def _staged(listing: Listing, scene: Scene) -> list[str]:
    return [name for name in scene.policy.versions if scene.policy.stage(name, scene.as_of).value in listing.stages]


def _wrong(listing: Listing, text: str, exchange: Exchange, scene: Scene) -> Iterator[Broken]:
    listed = [part.strip() for part in text.split(",") if part.strip()]
    received = f"{listing.header}: {text}"
    for name in listed:
        if name not in _staged(listing, scene):
            stage = (
                f"is {scene.policy.stage(name, scene.as_of).value}"
                if name in scene.policy.versions
                else "nobody declared"
            )
            yield _broken(listing, f"{listing.header} lists {name}, which {stage}", received, exchange, scene)
    if left := [name for name in _due(listing, exchange, scene) if name not in listed]:
        yield _broken(listing, f"{listing.header} leaves {' and '.join(left)} out", received, exchange, scene)


def _broken(listing: Listing, summary: str, received: str, exchange: Exchange, scene: Scene) -> Broken:
    expected = f"{listing.header}: {', '.join(_due(listing, exchange, scene)) or 'none'}"
    return Broken(summary=summary, expected=expected, received=received, place=listing.place)


CHECK = Check(code="AV222", name="listed-versions", title="lists of versions", promised=_promised, judge=_judge)
