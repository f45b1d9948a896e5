"""What a service answers to a missing, an unknown and a malformed version, and what its errors and notices look like."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pytest_apiversion.core.http.media_ranges import is_token
from pytest_apiversion.core.versions.malformed_versions import near_misses
from pytest_apiversion.shell.discovery.documented_versions import declaring, operations, ordered, scheme_of
from pytest_apiversion.shell.discovery.looking import spelled
from pytest_apiversion.shell.discovery.needed_credentials import Alternatives, Locks, alternatives

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.shell.discovery.documented_versions import Carrier
    from pytest_apiversion.shell.discovery.looking import Looking, Published

_ASKED = 3
"""Operations that are asked about each wrong version, at most."""
_MISSES = 40
"""Near misses that are asked for, at most."""
_DIGITS = 18
"""Digits of a number that is counted on from; Python reads no number of some thousand digits."""
_NEUTRAL = 12
"""Paths that are asked whether they have a version, at most."""
_FIRST_ERROR = 400
_NOT_FOUND = 404
_NOT_ALLOWED = 405
_KINDS = ("missing", "unknown", "malformed")


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What a wrong version got.

    Attributes:
        statuses: The statuses, each once.
        serves: The version that answered instead, where its answer tells; empty where none does.
        texts: What was asked for.
        taken: Those that got no error.
    """

    statuses: tuple[int, ...]
    serves: str = ""
    texts: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether every answer was an error of the client."""
        return bool(self.statuses) and all(_FIRST_ERROR <= each < 500 for each in self.statuses)  # noqa: PLR2004  RFC 9110 §15.5


@dataclass(kw_only=True)
class Seen:
    """What was seen of a service.

    Attributes:
        answers: Whether an operation of each version answered with a success.
        refusals: What a missing, an unknown and a malformed version got.
        errors: Answers that are errors.
        deprecated: The day each version says it is deprecated since; None where no day is said.
        drafted: What `Deprecation` says where that is not written as RFC 9745 has it, as drafts before it did; empty where it is.
        sunset: The instant each version says it ends at.
        waterfall: Whether a date after the newest version is served by it.
        locked: Whether everything asks for a credential.
        unasked: Security schemes that reads which ask for them answered without.
        neutral: Operations that have no version, `METHOD /path`.
    """

    answers: dict[str, bool] = field(default_factory=dict)
    refusals: dict[str, Refusal] = field(default_factory=dict)
    errors: list[Response] = field(default_factory=list)
    deprecated: dict[str, dt.date | None] = field(default_factory=dict)
    drafted: str = ""
    sunset: dict[str, dt.datetime] = field(default_factory=dict)
    waterfall: bool = False
    locked: bool = False
    unasked: frozenset[str] = frozenset()
    neutral: list[str] = field(default_factory=list)


def plain_reads(document: Mapping[str, Any], version: str = "") -> Iterator[str]:
    """The whole paths of operations that read and need nothing to be named, but for the query parameter of the version."""
    for method, path, _, parameters in operations(document):
        needs = any(each.get("required") and each["in"] == "query" and each["name"] != version for each in parameters)
        if method == "GET" and "{" not in path and not needs:
            yield path


def look(looking: Looking, published: Mapping[str, Published], carrier: Carrier, sent: Collection[str] = ()) -> Seen:
    """Ask as every version, then as none, one nobody has, and one that is none.

    Args:
        looking: Asks.
        published: The document of each version.
        carrier: Where the version stands.
        sent: The security schemes whose credential is sent.
    """
    locks = Locks(sent=frozenset(sent))
    seen, bodies = Seen(), dict[tuple[str, str], str]()
    versions = ordered(published)
    statuses: Counter[int] = Counter()
    places: dict[str, int] = {}
    for version in versions:
        for path, needs in _first_reads(published[version].document, carrier, version):
            answer = _ask(looking, carrier, path, version)
            if answer is None:
                continue
            locks.note(needs, answer.status)
            statuses[answer.status] += 1
            places[path] = min(answer.status, places.get(path, answer.status))
            seen.answers[version] = seen.answers.get(version, False) or answer.status < 300  # noqa: PLR2004  RFC 9110 §15.3
            bodies[version, path] = answer.text
            _notice(seen, version, answer)
            if answer.status >= _FIRST_ERROR:
                seen.errors.append(answer)
    seen.locked = bool(statuses) and set(statuses) <= {401, 403}
    seen.unasked = locks.unasked
    if seen.locked:  # and what a wrong version gets cannot be told from what a missing credential gets
        return seen
    if not carrier.guessed:
        seen.neutral = neutral(looking, published[versions[-1]].document, carrier, versions)
    apart = {published[versions[-1]].place, *(each.removeprefix("GET ") for each in seen.neutral)}
    told = [each for each in _telling(places) if each not in apart][:_ASKED]
    for kind in () if carrier.guessed else _KINDS:
        texts = {"missing": ("",), "unknown": (unknown_like(versions),), "malformed": malformed_like(versions)}[kind]
        texts = tuple(each for each in texts if _fits(carrier, each))
        asked = [(text, path) for text in texts for path in (told if text in texts[:2] else told[:1])]
        got = [(text, path, answer) for text, path in asked if (answer := _ask(looking, carrier, path, text))]
        if got:
            seen.refusals[kind] = Refusal(
                statuses=_with_methods(looking, carrier, got),
                serves=_serving([(path, answer) for _, path, answer in got], bodies, versions),
                texts=texts,
                taken=tuple(dict.fromkeys(text for text, _, answer in got if answer.status < _FIRST_ERROR)),
            )
            seen.errors += [answer for _, _, answer in got if answer.status >= _FIRST_ERROR]
    for above in [each for path in told[:1] for each in (path.rstrip("/"), path.rstrip("/").rpartition("/")[0])]:
        nowhere = _ask(looking, carrier, f"{above}/no-such-thing-0", versions[-1])
        seen.errors += [nowhere] if nowhere is not None and nowhere.status >= _FIRST_ERROR else []
    later = seen.refusals.get("unknown")
    seen.waterfall = bool(later and later.serves == versions[-1] and re.match(r"\d{4}-\d{2}-\d{2}", versions[-1]))
    return seen


def _with_methods(looking: Looking, carrier: Carrier, got: Sequence[tuple[str, str, Response]]) -> tuple[int, ...]:
    """The statuses of answers, and 405 where that is what another method gets where `GET` got 404.

    So answers a route for every path that takes `GET` alone, as applications in a browser have it.
    """
    statuses = {answer.status for _, _, answer in got}
    if carrier.kind == "path" and statuses == {_NOT_FOUND}:
        text, path, _ = got[0]
        other = _ask(looking, carrier, path, text, method="OPTIONS")
        statuses |= {_NOT_ALLOWED} if other is not None and other.status == _NOT_ALLOWED else set()
    return tuple(sorted(statuses))


def _telling(places: Mapping[str, int]) -> list[str]:
    """Paths that tell what a wrong version gets: where some want a credential, and others answer without, those others."""
    answered = [path for path, status in places.items() if status < 300]  # noqa: PLR2004  RFC 9110 §15.3
    return answered if answered and not {401, 403}.isdisjoint(places.values()) else list(places)


def _first_reads(document: Mapping[str, Any], carrier: Carrier, version: str) -> list[tuple[str, Alternatives]]:
    """The first paths to read, and the first of each security scheme that those do not ask for, each with what it asks for.

    Where all of them ask for one, the first that answers without is among them.
    """
    asked = {path: alternatives(document, each) for method, path, each, _ in operations(document) if method == "GET"}
    found, named, opened = list[tuple[str, Alternatives]](), set[str](), False
    for path in _own_reads(document, carrier, version):
        rows = asked.get(path.replace("{version}", version) if carrier.kind == "path" else path, ())
        names = {name for row in rows for name in row}
        free = not rows or () in rows
        new = not names <= named or (free and not opened)
        if len(found) < _ASKED or (new and len(found) < _ASKED * 2):
            found.append((path, rows))
            named, opened = named | names, opened or free
    return found


def _own_reads(document: Mapping[str, Any], carrier: Carrier, version: str) -> list[str]:
    """Paths to read: with `{version}` where the path has it, those that declare the carrier where any does (`/healthz` does not)."""
    if carrier.kind != "path":
        told = set(declaring(document, carrier.kind, carrier.name))
        reads = list(plain_reads(document, carrier.name if carrier.kind == "query" else ""))
        return [path for path in reads if ("GET", path) in told] or reads
    before = carrier.name.replace("{version}", version)
    found = [path for path in plain_reads(document) if path == before or path.startswith(f"{before}/")]
    return [carrier.name + path.removeprefix(before) for path in found]


def neutral(looking: Looking, document: Mapping[str, Any], carrier: Carrier, versions: Sequence[str]) -> list[str]:
    """The operations that have no version: those without the parameter that most have, or that take every version where others do not.

    Args:
        looking: Asks.
        document: The newest version's.
        carrier: Where the version stands; nothing beside a path is without a version here.
        versions: The oldest first.
    """
    if carrier.kind == "path":
        return []
    told = set(declaring(document, carrier.kind, carrier.name))
    every = [(method, path) for method, path, _, _ in operations(document)]
    reads = list(plain_reads(document))[:_NEUTRAL]
    wrong = (unknown_like(versions), malformed_like(versions)[0], "")
    answers = {
        path: [_ask(looking, carrier, path, text) for text in wrong] for path in reads if ("GET", path) not in told
    }
    alike = [
        path for path, got in answers.items() if all(each is not None and each.status < _FIRST_ERROR for each in got)
    ]
    if len(told) * 2 >= len(every):
        return [
            f"{method} {path}"
            for method, path in every
            if (method, path) not in told and (path in alike or path not in answers)
        ]
    return [f"GET {path}" for path in alike] if len(alike) < len(answers) else []


def _ask(looking: Looking, carrier: Carrier, path: str, version: str, *, method: str = "GET") -> Response | None:
    if carrier.kind == "path":
        named = path.replace("/{version}", f"/{quote(version, safe='')}" if version else "")
        return looking.get(named, method=method)
    query, headers = spelled(carrier, version) if version else ((), ())
    return looking.get(path, query=query, headers=headers, method=method)


def _fits(carrier: Carrier, text: str) -> bool:
    """Whether a text can stand where the version does: in the name of a media type only what is a token."""
    return carrier.kind != "accept" or not carrier.name.startswith("template:") or not text or is_token(text)


def _serving(
    got: Sequence[tuple[str, Response]], bodies: Mapping[tuple[str, str], str], versions: Sequence[str]
) -> str:
    """The one version whose own answers were the same on every path; empty where several, or none."""
    served = [(path, answer.text) for path, answer in got if answer.status < 300]  # noqa: PLR2004  RFC 9110 §15.3
    fitting = [each for each in versions if served and all(bodies.get((each, path)) == text for path, text in served)]
    return fitting[0] if len(fitting) == 1 or (len(versions) == 1 and fitting) else ""


def unknown_like(versions: Sequence[str]) -> str:
    """A well-formed version like the newest that nobody has: its last number, or its year, much higher."""
    newest = versions[-1]
    if re.match(r"\d{4}-\d{2}", newest):
        return f"{int(newest[:4]) + 60}{newest[4:]}"
    numbers = list(re.finditer(r"\d+", newest))
    if not numbers or len(numbers[0][0]) > _DIGITS:
        return f"{newest}0"
    return f"{newest[: numbers[0].start()]}{int(numbers[0][0]) + 70}{newest[numbers[0].end() :]}"


def malformed_like(versions: Sequence[str]) -> tuple[str, ...]:
    """Texts that are no version of the kind: two that nobody takes for one, then near misses, as the run will send them."""
    plain = ("2026-13-45", "yesterday") if re.match(r"\d{4}-\d{2}", versions[-1]) else ("banana", f"{versions[-1]}x!")
    scheme = scheme_of(versions)
    near = near_misses(scheme, versions) if scheme != "opaque" else ()
    return (
        *plain,
        *[each for each in near if each and each.isascii() and each.isprintable() and each.strip() == each][:_MISSES],
    )


def _notice(seen: Seen, version: str, answer: Response) -> None:
    """Take down what an answer says of its version's end."""
    said = answer.header("deprecation")
    if said:
        epoch = re.fullmatch(r"@(\d{1,11})", said.strip())
        when = dt.datetime.fromtimestamp(int(epoch[1]), dt.UTC) if epoch else _date(said)
        seen.deprecated[version] = when.date() if when else None
        seen.drafted = seen.drafted if epoch else said.strip()
    if (ends := answer.header("sunset")) and (when := _date(ends)):
        seen.sunset[version] = when


def _date(text: str) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


def all_deprecated(document: Mapping[str, Any]) -> bool:
    """Whether a document marks each of its operations as deprecated."""
    marks = [operation.get("deprecated") is True for _, _, operation, _ in operations(document)]
    return bool(marks) and all(marks)
