"""Finds out where the paths of a document are: behind its servers, or behind what the application is mounted at.

An application that is mounted below `/api` often publishes a document that knows nothing of it, and the outer one a copy whose paths are
nowhere. Whether a path answers shows which of the places is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.discovery.documented_versions import below, followed, operations, server_path
from pytest_apiversion.shell.discovery.refusals import plain_reads

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.shell.discovery.looking import Looking, Published

_READS = 4
"""Operations that are asked below each place, at most."""
_USUAL = "/api"
"""Where applications are mounted that publish a document outside."""
_ABSENT = frozenset({404, 405, 410, 501})


def mounted(looking: Looking, found: Sequence[Published], told: str = "") -> list[Published]:
    """Each document where its paths answer; without copies that answer nowhere, or of which another one knows itself where they answer.

    Args:
        looking: Asks.
        found: The documents.
        told: A path that the service was said to be below.
    """
    placed = [_placed(looking, each, told) for each in found]
    sure = [_whole(each) for each, answers in placed if answers != 0 and not each.mount]
    alive = [_bare(each) for each, answers in placed if answers != 0]
    return [
        each
        for each, answers in placed
        if not any(_whole(each) <= other for other in (sure if each.mount else ()))
        and (answers != 0 or not any(_bare(each) <= other for other in alive))
    ]


def mount_of(published: Iterable[Published]) -> str:
    """What all documents are mounted at; empty where they differ, or are not."""
    mounts = {each.mount for each in published}
    return next(iter(mounts)) if len(mounts) == 1 else ""


def _placed(looking: Looking, published: Published, told: str) -> tuple[Published, int | None]:
    """The document where most of its paths answer, and how many do; None where none could be asked."""
    own = published.document
    best, most, asked = published, 0, False
    for mount in dict.fromkeys(_mounts(published, told)):
        here = below(own, mount)
        reads = list(islice(plain_reads(here), _READS))
        if not reads:
            break
        asked = True
        answers = sum(_answers(looking, here, path) for path in reads)
        if answers > most:
            best, most = replace(published, document=here, original=own, mount=mount), answers
        if answers == len(reads):
            break
    return best, most if asked else None


def _mounts(published: Published, told: str) -> Iterator[str]:
    """Places that an application may be mounted at, the likeliest first."""
    before = server_path(published.document)
    yield from (told,) if told and not f"{before}/".startswith(f"{told}/") else ()
    yield ""
    folder = published.place.rpartition("/")[0] if published.place.startswith("/") else ""
    while folder:
        if not f"{before}/".startswith(f"{folder}/"):
            yield folder
        folder = folder.rpartition("/")[0]
    yield from () if f"{before}/".startswith(f"{_USUAL}/") else (_USUAL,)


def _bare(published: Published) -> set[tuple[str, str]]:
    """Method and path of each operation, without what the servers put before it."""
    before = server_path(published.document)
    return {(method, path.removeprefix(before)) for method, path in _whole(published)}


def _whole(published: Published) -> set[tuple[str, str]]:
    return {(method, path) for method, path, _, _ in operations(published.document)}


def _answers(looking: Looking, document: Mapping[str, Any], path: str) -> bool:
    """Whether something that may be the operation answers: neither "not here" nor another page, as applications in browsers give everywhere."""
    answer = looking.get(path)
    if answer is None or answer.status in _ABSENT or 300 <= answer.status < 400:  # noqa: PLR2004  RFC 9110 §15.4
        return False
    return answer.status >= 300 or _is_promised(document, path, answer)  # noqa: PLR2004  RFC 9110 §15.3


def _is_promised(document: Mapping[str, Any], path: str, answer: Response) -> bool:
    """Whether a success is of a media type that the document has, where it has any; a page is not, where it has none of it."""
    if answer.media_type != "text/html":
        return True
    operation = next(each for method, whole, each, _ in operations(document) if (method, whole) == ("GET", path))
    responses = operation.get("responses")
    told = [followed(document, each) for each in responses.values()] if isinstance(responses, Mapping) else []
    contents = [each.get("content") for each in told if isinstance(each, Mapping)]
    produced = operation.get("produces") or document.get("produces")
    holders = [
        *(each for each in contents if isinstance(each, Mapping)),
        produced if isinstance(produced, list) else (),
    ]
    names = [str(name) for each in holders for name in each]
    return not names or any("html" in name or "*/*" in name for name in names)
