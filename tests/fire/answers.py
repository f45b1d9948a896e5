"""Hostile answers: bytes that no framework sends, and answers that no client expects; each is judged, or said to be none."""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.core.http.messages import NoAnswer, Request
from pytest_apiversion.shell.execution.judging import judge
from pytest_apiversion.shell.reporting.masking import Cleaner
from pytest_apiversion.shell.target.load import load_target
from pytest_apiversion.shell.transport.curl import curl
from pytest_apiversion.shell.transport.sender import Transport
from tests.fire.result import Result
from tests.fire.wires import WIRES
from tests.plugin.small_api import SECRET, write_suite
from tests.shell.hostile import KINDS, Behaviour, answering, reply, serving

TODAY = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
_DEEP = 100_000
_UNFIT = frozenset(
    {
        "closes",
        "closes-at-once",
        "resets",
        "garbage",
        "other-protocol",
        "no-status",
        "truncated",
        "truncated-headers",
        "bad-chunks",
    }
)
"""Kinds of which nothing can be judged."""

BODIES: dict[str, bytes] = {
    "empty": b"", "space": b"  ", "nul": b"\0", "bom": b"\xef\xbb\xbf[]", "half a character": b'["\\ud800"]', "not utf-8": b'["\xff\xfe"]',
    "nan": b"[NaN]", "infinity": b"[1e999, -Infinity]", "huge integer": b"[" + b"9" * 5000 + b"]", "long": b'["' + b"x" * 90_000 + b'"]',
    "deep lists": b"[" * _DEEP + b"]" * _DEEP, "deep objects": b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "longer than a fraction": b'[{"id": 1' + b"0" * 400 + b"}]", "addresses that are none": b'{"next": "http://[x?page=2", "items": [{"url": "https://[x"}]}', "open": b'[{"id": "a"', "twice": b"[][]",
    "same member twice": b'{"error": 1, "error": 2}', "prototype": b'{"__proto__": {}, "constructor": 1}', "html": b"<html></html>",
    "colours": b'["\\u001b[2J\\u202e"]', "wide": b"[" + b"{}," * 20_000 + b"{}]", "scalar": b"1", "null": b"null", "text": b'"x"',
    "names": b'{"' + b"n" * 20_000 + b'": 1}', "many names": b"{" + b",".join(b'"%d":1' % n for n in range(5000)) + b"}",
}  # fmt: skip
HEADERS: dict[str, str] = {
    "no type": "X-A: b", "type without a name": "Content-Type: ;;;", "sunset that never was": "Sunset: Thu, 99 Xyz 9999 99:99:99 GMT",
    "sunset of the year 0": "Sunset: Sat, 01 Jan 0000 00:00:00 GMT", "link that never ends": "Link: <" + "a" * 8000,
    "link that is no address": 'Link: <http://[x?page=2>; rel="next", <https://[y>; rel="successor-version"', "location that is no address": "Location: http://[x",
    "many links": "Link: " + ", ".join(["<a>; rel=next"] * 500), "quotes": 'Link: <a>; rel="' + "\\" * 4000, "retry for ever": "Retry-After: 9" + "9" * 40,
    "vary": "Vary: " + "*," * 3000, "deprecation": "Deprecation: @" + "9" * 400,
}  # fmt: skip
STATUSES = ("200 OK", "404 Not Found", "500 Oh", "299 ?", "999 ?")


def modes(seed: int) -> Iterator[tuple[str, Behaviour]]:
    """Every mode, by name: kinds of servers, odd wires, then bodies, headers and statuses in pairs."""
    yield from KINDS.items()
    yield from ((name, wire.behaviour) for name, wire in WIRES.items())
    chance = random.Random(seed)  # noqa: S311  a seed
    for name, body in BODIES.items():
        for status in chance.sample(STATUSES, 4):
            yield f"{name}, {status}", answering(reply(body, status=status))
    for name, line in HEADERS.items():
        for status in STATUSES:
            yield f"{name}, {status}", answering(reply(b"[]", line, status=status))


def answers(seed: int, most: int) -> Result:
    """One request to a server of each mode, and every check's word on what came back."""
    result = Result(name="hostile answers")
    with tempfile.TemporaryDirectory() as name:
        target = load_target(write_suite(Path(name)), {"SMALL_URL": "http://127.0.0.1:9", "SMALL_TOKEN": SECRET})
        policy, operation = target.policy, target.contracts["v2"].operations["GET /things"]
        scene = Scene(
            policy=policy, contracts=target.contracts, as_of=TODAY, subject="v2", version="v2", operation=operation
        )
        request = Request(method="GET", path="/v2/things")
        for number, (mode, behaviour) in enumerate(modes(seed)):
            if number >= most:
                break
            with (
                result.case(mode, ServiceUnreachable),
                serving(behaviour) as server,
                Transport(
                    server.base_url, timeout=0.5, max_body=100_000, rate=None, concurrency=1, patience=1.0, away=()
                ) as sender,
            ):
                answer = sender.send(request)
                none = not WIRES[mode].answers if mode in WIRES else True if mode in _UNFIT else None
                if none is not None and none is not isinstance(answer, NoAnswer):
                    result.faults.append(("green", f"{mode}: {answer}"))
                exchange = Exchange(
                    aim=Aim.ACCEPTED, version="v2", via="path", operation=operation.key, request=request, answer=answer, as_of=TODAY,
                    stage=policy.stage("v2", TODAY), lifecycle=policy.lifecycle("v2"), secrets=policy.secrets,
                )  # fmt: skip
                findings, _ = judge([exchange], scene, partial(_line, server.base_url))
                if isinstance(answer, NoAnswer) and not findings:
                    result.faults.append(("green", f"{mode}: nothing said of no answer"))
                for each in map(Cleaner(policy).finding, findings):
                    str(each.to_dict()).encode()
    return result


def _line(base_url: str, request: Request) -> str:
    return curl(request, base_url)
