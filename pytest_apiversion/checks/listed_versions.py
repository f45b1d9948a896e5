"""Headers and documents that list versions list those that are declared: each in its stage, and none that does not serve.

Clients that pick a version from the list are refused by one that is not served, and never find one that is missing. A version
is named as it is declared, or as a carrier writes it. One whose contract has not the operation may be left out of a header, or not, and so may one in the hours of a brownout anywhere. A
document is asked for once as each version that answers, and names all; one that is not `required` may be absent. With `order` they come
oldest or newest first, for clients that take the first one or the last. An alias may stand among them, in a stage of the list.

Source: SEL-17; ASP.NET API Versioning (`api-supported-versions`), GitHub (`GET /versions`), Kubernetes (`GET /api`). Silence: leave the
header or the document out of `versioning.lists`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.json.members import places
from pytest_apiversion.core.judging.answer_kinds import Kind
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.published_documents import published_path
from pytest_apiversion.core.policy.version_texts import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.selection import Listing


def _promised(scene: Scene) -> str | None:
    lists = scene.policy.lists if scene.stage.answers and not scene.is_alias else ()
    return lists[0].place if lists else None


def _plan(scene: Scene) -> Iterator[Ask]:
    if scene.operation is None and _promised(scene) is not None:
        for listing in scene.policy.lists:
            if listing.path:
                path = published_path(scene.policy, scene.version, listing.path)
                yield Ask(aim=Aim.LISTING, path=path, probe=listing.place)


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is Aim.LISTING:
        return _document(exchange, scene)
    response = read(exchange, scene).own_answer
    if response is None:
        return None
    found: list[Broken] | None = None
    for listing in scene.policy.lists:
        text = response.header(listing.header) if listing.header else None
        due = list(_due(listing, exchange, scene)) if listing.header else []
        if text is not None:
            listed = [part.strip() for part in text.split(",") if part.strip()]
            found = [*(found or ()), *_wrong(listing, listed, due, f"{listing.header}: {text}", scene)]
        elif listing.required and response.status in SUCCESS and due:
            found = [*(found or ()), _broken(listing, f"{listing.header} is missing", due, answer_text(exchange))]
    return found


def _document(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    listing = next((each for each in scene.policy.lists if each.place == exchange.probe), None)
    response = exchange.response
    if listing is None or response is None or read(exchange, scene).kind is Kind.FAILURE:
        return None
    due = _staged(listing, scene)
    listed = _named(response, listing.pointer) if response.status in SUCCESS else None
    if listed is None:
        summary = f"{listing.path} lists no versions"
        return [_broken(listing, summary, due, answer_text(exchange))] if listing.required else None
    return list(_wrong(listing, listed, due, ", ".join(listed), scene))


def _named(response: Response, pointer: str) -> list[str] | None:
    """The versions a document names; None where nothing stands at the pointer, or something else."""
    if response.parsed.problem is not None:
        return None
    found = [value for place, value in places(response.json) if place == pointer]
    named = [item for value in found for item in (value if isinstance(value, list) else [value])]
    if not found or not all(isinstance(item, str | int | float) and not isinstance(item, bool) for item in named):
        return None
    return [str(item) for item in named]


def _due(listing: Listing, exchange: Exchange, scene: Scene) -> Iterator[str]:
    """The versions that a header must list: those of its stages that have the operation."""
    for name in _staged(listing, scene):
        key = scene.policy.counterpart(exchange.operation, scene.version, name)
        if key is not None and scene.operation_named(name, key) is not None:
            yield name


def _staged(listing: Listing, scene: Scene) -> list[str]:
    return [name for name in scene.policy.versions if scene.policy.stage(name, scene.as_of).value in listing.stages]


def _returns(name: str, scene: Scene) -> bool:
    """Whether a version is away for the hours of a brownout only: a list may name it all the while, or not."""
    known = name in scene.policy.versions or name in scene.policy.aliases
    return known and scene.policy.lifecycle(name).brownout(scene.as_of) is not None


def _wrong(
    listing: Listing, listed: Sequence[str], due: Sequence[str], received: str, scene: Scene
) -> Iterator[Broken]:
    policy, where = scene.policy, listing.header or listing.path
    written = {spell(policy, kind, name): name for kind in policy.carriers for name in policy.versions}
    names = {text: text if text in policy.versions else written.get(text, text) for text in listed}
    for text, name in names.items():
        known = name in policy.versions or name in policy.aliases
        stage = policy.stage(name, scene.as_of).value if known else ""
        if stage not in listing.stages and not _returns(name, scene):
            stage = f"is {stage}" if known else "nobody declared"
            yield _broken(listing, f"{where} lists {text}, which {stage}", due, received)
    if left := [name for name in due if name not in names.values()]:
        yield _broken(listing, f"{where} leaves {' and '.join(left)} out", due, received)
    declared = [name for name in names.values() if name in policy.versions]
    sorted_ = sorted(declared, key=list(policy.versions).index, reverse=listing.order == "newest-first")
    if listing.order is not None and declared != sorted_:
        yield _broken(listing, f"{where} does not list versions {listing.order}", sorted_, received)


def _broken(listing: Listing, summary: str, due: Sequence[str], received: str) -> Broken:
    expected = f"{listing.header or listing.path}: {', '.join(due) or 'none'}"
    return Broken(summary=summary, expected=expected, received=received, place=listing.place)


CHECK = Check(
    code="AV222",
    name="listed-versions",
    title="lists of versions",
    promised=_promised,
    plan=_plan,
    judge=_judge,
)
