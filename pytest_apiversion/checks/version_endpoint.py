"""What a service says of its own release fits the version that was asked, and makes sense.

The release is a semantic version with the major number of the version it answers as, and it never goes back: not during a run, and, where
`changes.releases` says that `info.version` of a contract is its release, not behind the frozen contract either. Where the version has minor releases
(`[[versions.v1.releases]]`) it is the one that is in force on the day, or a later patch of it. The commit is the id of one, and the deployment an instant in UTC that is past, by the answer's own `Date` (RFC 9110 §6.6.1) or by the day of
the run, whichever is later: a service that is held to another day than today's may live on that day, and its HTTP server not. The shape of the answer is the contract's to say, and AV301's to hold: a body that breaks it is not looked at here.

Source: VER-01; MOO-20, MOO-21, MOO-22, MOO-23, MOO-24; semver.org 2.0.0, RFC 3339 §5.6. Silence: leave `[service.version]` or one of its
pointers out.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.scene import primary
from pytest_apiversion.core.http.dates import answered_at, precedes
from pytest_apiversion.core.http.response_differences import NOTHING
from pytest_apiversion.core.http.statuses import SUCCESS
from pytest_apiversion.core.json.pointer import MISSING, lookup
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.versions.lifecycle import day
from pytest_apiversion.core.versions.schemes import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.publishing import Release
    from pytest_apiversion.core.versions.schemes import VersionId

_COMMIT = re.compile(r"[0-9a-f]{7,64}", re.IGNORECASE | re.ASCII)
"""What git calls a commit, whole or short."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?[Zz]", re.ASCII)
_SKEW = dt.timedelta(minutes=1)
_LONGEST = 80
"""Characters of a value that are shown."""
"""What the clocks of the machine that deploys and of the one that serves may differ by."""


def _promised(scene: Scene) -> str | None:
    release = scene.policy.release
    if release is None or scene.is_alias or not scene.stage.answers:
        return None
    return "service.version" if scene.operation_named(scene.version, release.operation) is not None else None


def _plan(scene: Scene) -> Iterator[Ask]:
    """Once more than drawn: what comes once cannot go back."""
    release, operation = scene.policy.release, scene.operation
    if release is None or operation is None or operation.key != release.operation or _promised(scene) is None:
        return
    if operation.method == "GET":
        yield Ask(aim=Aim.ACCEPTED, selection=scene.selection, via=primary(scene))


def _told(exchange: Exchange, scene: Scene) -> Response | None:
    """The answer, where it is one that says which release answers."""
    reading = read(exchange, scene)
    release, response = scene.policy.release, exchange.response
    if release is None or response is None or exchange.operation != release.operation:
        return None
    if exchange.aim is not Aim.ACCEPTED or exchange.request.method == "HEAD" or response.status not in SUCCESS:
        return None
    return None if reading.displaced or reading.body_broken else response


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    release, response = scene.policy.release, _told(exchange, scene)
    if release is None or response is None:
        return None
    return [*_version(response, scene, release), *_commit(response, release), *_deployed(response, scene, release)]


def _version(response: Response, scene: Scene, release: Release) -> Iterator[Broken]:
    text, place = lookup(response.json, release.version), "service.version.version"
    found = parse("semver", text) if isinstance(text, str) else None
    received = f"{release.version}: {_shown(text)}"
    if found is None:
        yield _broken(
            "the release is no semantic version", f"a version such as 1.4.2 at {release.version}", received, place
        )
        return
    mine = parse(scene.policy.scheme, scene.version, scene.policy.codenames)
    major = (mine.fields.get("number") or mine.fields.get("major")) if mine else None
    if major is not None and found.fields["major"] != major:
        yield _broken(f"{scene.version} says it is release {text}", f"a release {major}.x.y", received, place)
        return
    if (wrong := _out_of_turn(scene, found)) is not None:
        expected, place = wrong
        yield _broken(f"{scene.version} says it is release {text}", expected, received, place)
        return
    frozen = _frozen(scene)
    if frozen is not None and found.key < frozen.key:
        yield _broken(
            f"release {text} is behind the frozen contract",
            f"{frozen.text}, which {scene.contracts[scene.version].source} was frozen at, or a later one",
            received,
            place,
        )


def _out_of_turn(scene: Scene, found: VersionId) -> tuple[str, str] | None:
    """What is expected instead of a release that is not in force on the day, and where the policy says so; None where it is, or no day is said."""
    version = scene.policy.versions[scene.version]
    current = version.current
    if current is not None and (due := parse("semver", current.release)) is not None:
        same = all(found.fields[name] == due.fields[name] for name in ("major", "minor"))
        if same and found.key >= due.key:
            return None
        line = f"{due.fields['major']}.{due.fields['minor']}.x"
        return f"{current.release} or a later {line}, since {day(current.begins)}", f"{current.place}.version"
    for row in version.releases[:1] if current is None else ():
        first = parse("semver", row.release)
        if first is not None and found.key >= first.key:
            return f"a release before {row.release}, which begins on {day(row.begins)}", f"{row.place}.from"
    return None


def _frozen(scene: Scene) -> VersionId | None:
    """The release a contract was frozen at; None where its `info.version` is not said to be one."""
    info = scene.contracts[scene.version].document.get("info", {})
    text = info.get("version") if isinstance(info, dict) else None
    return parse("semver", text) if scene.policy.changes.releases and isinstance(text, str) else None


def _commit(response: Response, release: Release) -> Iterator[Broken]:
    if release.commit is None:
        return
    text = lookup(response.json, release.commit)
    if not isinstance(text, str) or _COMMIT.fullmatch(text) is None:
        received = f"{release.commit}: {_shown(text)}"
        yield _broken("the build names no commit", "7 to 64 hexadecimal digits", received, "service.version.commit")


def _deployed(response: Response, scene: Scene, release: Release) -> Iterator[Broken]:
    if release.deployed is None:
        return
    text, place = lookup(response.json, release.deployed), "service.version.deployed"
    received = f"{release.deployed}: {_shown(text)}"
    found = _instant(text)
    now = max(answered_at(response) or scene.as_of, scene.as_of)
    if found is None:
        yield _broken("the deployment is no instant in UTC", "a time such as 2026-05-16T08:00:00Z", received, place)
    elif found > now + _SKEW:
        by = f"{scene.as_of:%Y-%m-%d}" if now == scene.as_of else f"the answer's Date, {now:%Y-%m-%dT%H:%M:%SZ}"
        yield _broken("the deployment lies in the future", f"an instant before {by}", received, place)


def _instant(text: object) -> dt.datetime | None:
    if not isinstance(text, str) or _INSTANT.fullmatch(text) is None:
        return None
    try:
        return dt.datetime.fromisoformat(text.upper())
    except ValueError:  # the 30th of February
        return None


def _shown(value: object) -> str:
    return NOTHING if value is MISSING else _cut(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _conclude(exchanges: Sequence[Exchange], scene: Scene) -> Iterable[Broken] | None:
    """The release does not go back from one answer to a later one."""
    release = scene.policy.release
    if release is None:
        return None
    found = [(exchange, response) for exchange in exchanges if (response := _told(exchange, scene)) is not None]
    releases = []
    for exchange, response in found:
        text = lookup(response.json, release.version)
        if isinstance(text, str) and (version := parse("semver", text)) is not None:
            releases.append((version, exchange, response))
    pairs = [
        (one, other, exchange)
        for one, _, response in releases
        for other, exchange, later in releases
        if precedes(response, later)
    ]
    if not pairs:
        return None
    for one, other, exchange in pairs:
        if other.key < one.key:
            return [
                Broken(
                    summary=f"the release went back from {one.text} to {other.text}",
                    expected=f"{one.text} or a later one",
                    received=f"{release.version}: {other.text}",
                    place="service.version.version",
                    exchange=exchange,
                )
            ]
    return ()


def _broken(summary: str, expected: str, received: str, place: str) -> Broken:
    return Broken(summary=summary, expected=expected, received=received, place=place)


CHECK = Check(
    code="AV702",
    name="version-endpoint",
    title="what the service says of its release",
    promised=_promised,
    plan=_plan,
    judge=_judge,
    conclude=_conclude,
)
