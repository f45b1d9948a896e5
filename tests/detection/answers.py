"""Bugs planted in front of an honest server: single answers that say something else."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.detection.plants import Environ, Plant, Wsgi, copied


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One answer on its way out.

    Attributes:
        method: Of its request.
        path: Of its request, with the version.
        sent: The request's JSON body, or None.
        status: Its status line.
        headers: Its headers.
        body: Its JSON body, or None.
    """

    method: str
    path: str
    sent: Any
    status: str
    headers: tuple[tuple[str, str], ...]
    body: Any

    @property
    def code(self) -> int:
        """Its status."""
        return int(self.status[:3])


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def changing(change: Callable[[Answer], Answer]) -> Callable[[Wsgi], Wsgi]:
    """What changes the answers of an application that have a JSON object for a body."""

    def wrap(app: Wsgi) -> Wsgi:
        def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
            began: list[tuple[str, list[tuple[str, str]]]] = []
            sent = environ["wsgi.input"].read()
            environ["wsgi.input"] = _Again(sent)

            def note(line: str, pairs: list[tuple[str, str]], *rest: Any) -> Any:
                began.append((line, pairs))
                return None

            text = b"".join(app(environ, note))
            status, headers = began[-1]
            found = _json(text)
            if isinstance(found, dict):
                before = Answer(
                    method=environ["REQUEST_METHOD"],
                    path=environ["PATH_INFO"],
                    sent=_json(sent),
                    status=status,
                    headers=tuple(headers),
                    body=found,
                )
                after = change(before)
                text = json.dumps(after.body).encode()
                kept = [pair for pair in after.headers if pair[0].lower() != "content-length"]
                status, headers = after.status, [*kept, ("Content-Length", str(len(text)))]
            start_response(status, headers)
            return [text]

        return wrapped

    return wrap


class _Again:
    """A request's body, to be read once more."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        size = len(self._body) if size < 0 else size
        part, self._body = self._body[:size], self._body[size:]
        return part

    def readline(self, _size: int = -1) -> bytes:
        """The rest."""
        return self.read()


def _code(answer: Answer) -> str | None:
    """The error code, in any of the five envelopes."""
    error = answer.body.get("error")
    found = error.get("code") if isinstance(error, dict) else answer.body.get("code")
    return found if answer.code >= 400 and isinstance(found, str) else None


def _restated(code: str, status: str, within: str = "/") -> Callable[[Answer], Answer]:
    """An error code with another status, below one path."""

    def change(answer: Answer) -> Answer:
        found = _code(answer) == code and answer.path.startswith(within)
        return replace(answer, status=status) if found else answer

    return change


def _renamed(old: str, new: str) -> Callable[[Answer], Answer]:
    """An error code by another name."""

    def change(answer: Answer) -> Answer:
        if _code(answer) != old:
            return answer
        text = json.dumps(answer.body).replace(json.dumps(old), json.dumps(new))
        return replace(answer, body=json.loads(text))

    return change


def _errors_say_success(answer: Answer) -> Answer:
    return replace(answer, body={**answer.body, "success": True}) if answer.code >= 400 else answer


def _v1_carries_meta(answer: Answer) -> Answer:
    """The members that v2 wraps around its data stand beside the data of v1."""
    v1 = answer.path.startswith("/api/") and "data" not in answer.body and answer.code < 300  # through whatever carrier
    return replace(answer, body={**answer.body, "meta": {"version": "v1"}}) if v1 else answer


def _v2_shows_topic(answer: Answer) -> Answer:
    """A debate of v2 has its text by the name of v1 too, for those who forgot to move."""
    data = answer.body.get("data")
    if (
        not answer.path.startswith(("/api/v2/debates", "/api/debates"))
        or not isinstance(data, dict)
        or "task" not in data
    ):
        return answer
    return replace(answer, body={**answer.body, "data": {**data, "topic": data["task"]}})


def _takes_topic(app: Wsgi) -> Wsgi:
    """v2 reads a new debate by the names of v1, where its own are not there."""

    def wrapped(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        text = environ["wsgi.input"].read()
        sent = _json(text)
        if isinstance(sent, dict) and "task" not in sent and "topic" in sent:
            names = {"topic": "task", "max_rounds": "rounds"}
            text = json.dumps({names.get(name, name): value for name, value in sent.items()}).encode()
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = _Again(text), str(len(text))
        return app(environ, start_response)

    return wrapped


def _through(method: str, name: str, value: Any) -> Callable[[Answer], Answer]:
    """A member of debates that is another through a weaker carrier than the path; None leaves it out."""

    def change(answer: Answer) -> Answer:
        data = answer.body.get("data")
        if answer.method != method or answer.path != "/api/debates" or not isinstance(data, dict) or answer.code >= 300:
            return answer
        rest = {key: each for key, each in data.items() if key != name}
        return replace(answer, body={**answer.body, "data": rest if value is None else {**rest, name: value}})

    return change


def _documented(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """A policy that promises documents and answers to agree on what is deprecated."""
    added = "[deprecation]\ndocumented = true\n"
    return copied(folder, "apiversion.toml", lambda text: text.replace("[deprecation]\n", added), locked=False)


def _deprecates(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """A contract deprecates an operation that announces nothing, where the policy says that contracts tell."""
    operation = "operationId: listPartners\n"
    return copied(
        folder,
        "v1.openapi.yaml",
        lambda text: text.replace(operation, f"deprecated: true\n      {operation}"),
        locked=True,
    )


def _hides_methods(answer: Answer) -> Answer:
    """A wrong method is taken for a wrong path, in the body too."""
    if _code(answer) != "method_not_allowed":
        return answer
    error = {**answer.body["error"], "code": "not_found", "status": 404}
    return replace(answer, status="404 Not Found", body={**answer.body, "error": error})


def _closed(folder: Path) -> contextlib.AbstractContextManager[Path]:
    """A policy whose error codes are all listed."""
    codes = "not_found unauthorized validation_failed invalid_json invalid_parameter unsupported_media_type"
    listed = ", ".join(f'{code} = "4xx"' for code in f"{codes} method_not_allowed payload_too_large".split())
    added = f"[errors]\nopen = false\ncodes = {{ {listed} }}\n"
    return copied(folder, "apiversion.toml", lambda text: text.replace("[errors]\n", added), locked=False)


ANSWERS: Mapping[tuple[str, str], Plant] = {
    ("girard", "validation-answers-400"): Plant(wrap=changing(_restated("VALIDATION_ERROR", "400 Bad Request"))),
    ("girard", "wrong-method-answers-400"): Plant(wrap=changing(_restated("METHOD_NOT_ALLOWED", "400 Bad Request"))),
    ("vellocity", "unlisted-code-for-validation"): Plant(
        folder=_closed, wrap=changing(_renamed("validation_failed", "unprocessable"))
    ),
    ("vellocity", "unlisted-code-for-wrong-method"): Plant(
        folder=_closed, wrap=changing(_renamed("method_not_allowed", "wrong_verb"))
    ),
    ("girard", "errors-say-success"): Plant(wrap=changing(_errors_say_success)),
    ("moonborn", "validation-answers-200"): Plant(wrap=changing(_restated("validation_failed", "200 OK"))),
    ("aragora", "not-found-answers-200"): Plant(
        wrap=changing(_restated("NOT_FOUND", "200 OK", within="/api/v2/debates/"))
    ),
    ("aragora", "v1-answers-carry-meta"): Plant(wrap=changing(_v1_carries_meta)),
    ("aragora", "v2-shows-topic-too"): Plant(wrap=changing(_v2_shows_topic)),
    ("aragora", "created-otherwise-through-the-header"): Plant(wrap=changing(_through("POST", "task", 5))),
    ("aragora", "list-without-items-through-a-carrier"): Plant(wrap=changing(_through("GET", "debates", None))),
    ("aragora", "v2-takes-v1-body"): Plant(wrap=_takes_topic),
    ("aragora", "announced-and-not-documented"): Plant(folder=_documented, offline=True),
    ("vellocity", "documented-and-not-announced"): Plant(folder=_deprecates),
    ("vellocity", "wrong-method-answers-404"): Plant(wrap=changing(_hides_methods)),
}
"""By policy and name of the bug."""
