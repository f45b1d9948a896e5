"""What was sent and what came back as an HTTP Archive (HAR 1.2): secrets masked, each message and the whole bounded.

The format: http://www.softwareishard.com/blog/har-12-spec/.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.http.message_text import shown_headers, shown_query
from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
from pytest_apiversion.shell.transport.base_url import address
from pytest_apiversion.shell.transport.http11 import sent_headers

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.secrets import Secrets

MOST = 5_000
"""Exchanges of one process that are kept: the first."""
LARGEST = 32_000_000
"""Characters of messages of one process that are kept."""
LONGEST = 16_384
"""Characters of one body."""
_UNKNOWN = -1
"""What the format writes for a size that is not known."""


@dataclass(eq=False)
class Recording:
    """The exchanges of a run, from all its processes.

    Attributes:
        entries: As the format has them.
        left_out: How many exchanges there were besides.
    """

    entries: list[dict[str, Any]] = field(default_factory=list)
    left_out: int = 0
    _room: int = LARGEST
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, policy: Policy) -> Callable[[Request, Response | NoAnswer], None]:
        """What takes down the exchanges of a policy."""
        base_url, secrets = policy.base_url or "", policy.secrets

        def take(request: Request, answer: Response | NoAnswer) -> None:
            with self._lock:
                full = len(self.entries) >= MOST or self._room <= 0
                self.left_out += full
            if full:
                return
            entry = entry_of(request, answer, base_url=base_url, secrets=secrets, ended=time.time())
            with self._lock:
                self.entries.append(entry)
                self._room -= len(entry["request"].get("postData", {}).get("text", ""))
                self._room -= len(entry["response"]["content"].get("text", ""))

        return take

    def to_dict(self) -> dict[str, Any]:
        """Plain values, which cross processes."""
        return {"entries": self.entries, "left_out": self.left_out}

    def take_over(self, found: Mapping[str, Any]) -> None:
        """Take in what another process recorded."""
        self.entries += found["entries"]
        self.left_out += found["left_out"]


def har_text(recording: Recording) -> str:
    """The text of the file, the exchanges in the order in which they began."""
    log = {
        "version": "1.2",
        "creator": {"name": "pytest-apiversion", "version": version("pytest-apiversion")},
        "entries": sorted(recording.entries, key=lambda each: str(each["startedDateTime"])),
    }
    if recording.left_out:
        log["comment"] = f"{recording.left_out} more exchanges are left out"
    return json.dumps({"log": log}, indent=1, ensure_ascii=True) + "\n"


def entry_of(
    request: Request, answer: Response | NoAnswer, *, base_url: str, secrets: Secrets, ended: float
) -> dict[str, Any]:
    """One exchange as the format has it.

    Args:
        request: As it was sent.
        answer: What came back; without an answer the status is 0 and a comment says why.
        base_url: What it was sent to.
        secrets: What must not stand in it.
        ended: When the last byte came, in seconds since 1970 (UTC).
    """
    elapsed = answer.elapsed if isinstance(answer, Response) else 0.0
    began = dt.datetime.fromtimestamp(ended - elapsed, dt.UTC)
    entry: dict[str, Any] = {
        "startedDateTime": began.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "time": round(elapsed * 1000, 3),
        "request": _request(request, base_url, secrets),
        "response": _response(answer, secrets),
        "cache": {},
        "timings": {"send": 0, "wait": round(elapsed * 1000, 3), "receive": 0},
    }
    if request.operation:
        entry["comment"] = secrets.masked(request.operation)
    return entry


def _request(request: Request, base_url: str, secrets: Secrets) -> dict[str, Any]:
    place, shown = address(base_url), shown_query(request)
    text = request.body.decode("utf-8", "replace") if request.body else ""
    found: dict[str, Any] = {
        "method": request.method,
        "url": secrets.masked(place.origin + place.prefix + shown.target),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(shown_headers(sent_headers(request), request.secrets), secrets),
        "queryString": _pairs(shown.query, secrets),
        "headersSize": _UNKNOWN,
        "bodySize": len(request.body or b""),
    }
    if text:
        media_type = next((value for name, value in request.headers if name.lower() == "content-type"), "")
        found["postData"] = {
            "mimeType": secrets.masked(media_type),
            "params": [],
            "text": secrets.shown(secrets.beginning(text, LONGEST)),
        }
    return found


def _response(answer: Response | NoAnswer, secrets: Secrets) -> dict[str, Any]:
    if isinstance(answer, NoAnswer):
        why = secrets.masked(f"{answer.kind.value}: {answer.detail}" if answer.detail else answer.kind.value)
        return {**_ANSWER, "status": 0, "content": {"size": 0, "mimeType": "x-unknown"}, "comment": why}
    media_type = secrets.masked(answer.header("content-type") or "x-unknown")
    content: dict[str, Any] = {"size": len(answer.body), "mimeType": media_type}
    if answer.body:
        content["text"] = secrets.shown(secrets.beginning(answer.text, LONGEST))
    return {
        **_ANSWER,
        "status": answer.status,
        "statusText": _REASONS.get(answer.status, ""),
        "headers": _pairs(shown_headers(answer.headers), secrets),
        "content": content,
        "redirectURL": secrets.shown(answer.header("location") or ""),
        "bodySize": len(answer.body),
    }


_REASONS = {each.value: each.phrase for each in HTTPStatus}
_ANSWER: Mapping[str, Any] = {
    "statusText": "",
    "httpVersion": "HTTP/1.1",
    "cookies": [],
    "headers": [],
    "redirectURL": "",
    "headersSize": _UNKNOWN,
    "bodySize": _UNKNOWN,
}


def _pairs(pairs: Iterable[tuple[str, str]], secrets: Secrets) -> list[dict[str, str]]:
    return [{"name": name, "value": secrets.shown(value)} for name, value in pairs]
