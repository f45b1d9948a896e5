"""What the presets' servers share: a shop with three versions of one resource, their contracts, and what a preset is shown by.

The versions differ as versions do: the second renames `name` to `title` and adds `tags`, the third adds `colour`. A server says
how a request names its version, what a wrong one gets, and what every answer carries; nothing here knows a convention.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.shell.running import Result, run_file

NOON = dt.time(12, tzinfo=dt.UTC)
KEPT = 200
"""Things a shop keeps; the oldest that was not there at first goes before a new one comes."""


@dataclass(frozen=True, kw_only=True)
class Life:
    """The dates of a version; None is never."""

    deprecated: dt.date | None = None
    sunset: dt.date | None = None

    def gone(self, day: dt.date) -> bool:
        """Whether a day is at or after the sunset."""
        return self.sunset is not None and day >= self.sunset

    def fading(self, day: dt.date) -> bool:
        """Whether a day lies between deprecation and sunset."""
        return self.deprecated is not None and day >= self.deprecated and not self.gone(day)


@dataclass(kw_only=True)
class Shop(kit.App):
    """A shop of things in three versions, on the day `today`.

    Subclasses say which versions there are (`lives`, oldest first) and override `select`, `render_error` and `mark`.
    """

    lives: ClassVar[Mapping[str, Life]] = {}
    things: dict[str, str] = field(default_factory=lambda: {"t1": "one", "t2": "two"})
    last: int = 2

    def __post_init__(self) -> None:
        self.route("GET", "/things", self._list)
        self.route("POST", "/things", self._create)
        self.route("GET", "/things/<key>", self._read)

    @property
    def day(self) -> dt.date:
        """The day it is."""
        return self.today.date()

    @property
    def living(self) -> list[str]:
        """The versions that serve, oldest first."""
        return [name for name, life in self.lives.items() if not life.gone(self.day)]

    def select(self, request: Request) -> tuple[str, str]:
        """The version that serves a request, and the path without it. Raises `ApiError` where the version is refused."""
        raise NotImplementedError

    def mark(self, request: Request, response: Response, version: str) -> None:
        """Put on an answer what every answer of a version carries."""

    def dispatch(self, request: Request) -> Response:
        """Answer one request as the version it selects."""
        version, path = self.select(request)
        request.environ["shop.version"] = version
        try:
            handler, arguments = self.match(request, path)
            response = handler(request, **arguments)
        except kit.ApiError as error:
            response = self.render_error(request, error)
        except HTTPException as error:
            response = self.render_error(request, kit.from_http(error))
        self.mark(request, response, version)
        return response

    def show(self, request: Request, key: str) -> dict[str, Any]:
        """A thing as the request's version shows it."""
        name, age = self.things[key], list(self.lives).index(request.environ["shop.version"])
        if self.bug("oldest-shape"):
            age = 0
        shown: dict[str, Any] = {"id": key, "name": name} if age == 0 else {"id": key, "title": name, "tags": []}
        return shown | ({"colour": "red"} if age > 1 else {})

    def reply(self, request: Request, body: Any, status: int = 200) -> Response:
        """A success."""
        return kit.reply(body, status)

    def body(self, request: Request) -> Any:
        """The JSON object that was sent."""
        return kit.read_json(request)

    def _list(self, request: Request) -> Response:
        return self.reply(request, [self.show(request, key) for key in list(self.things)[:20]])

    def _create(self, request: Request) -> Response:
        member = "name" if list(self.lives).index(request.environ["shop.version"]) == 0 else "title"
        name = self.body(request).get(member)
        if not isinstance(name, str) or not 1 <= len(name) <= 20:
            raise kit.ApiError(400, "INVALID", f"{member} is a text of 1 to 20 characters")
        self.last += 1
        if len(self.things) >= KEPT:
            del self.things[next(key for key in self.things if key not in {"t1", "t2"})]
        key = f"t{self.last}"
        self.things[key] = name
        return self.reply(request, self.show(request, key), 201)

    def _read(self, request: Request, key: str) -> Response:
        if key not in self.things:
            raise kit.ApiError(404, "NOT_FOUND", "no such thing")
        return self.reply(request, self.show(request, key))


def contract(age: int, media_type: str = "application/json") -> dict[str, Any]:
    """The frozen contract of the shop's first (0), second (1) or third (2) version; its paths name no version."""
    texts: dict[str, Any] = {"id": {"type": "string"}, ("title" if age else "name"): {"type": "string"}}
    if age > 0:
        texts["tags"] = {"type": "array", "items": {"type": "string"}}
    if age > 1:
        texts["colour"] = {"type": "string"}
    thing = {"type": "object", "required": list(texts), "properties": texts}
    sent = {"type": "string", "minLength": 1, "maxLength": 20}
    given = {
        "type": "object",
        "required": ["title" if age else "name"],
        "properties": {"title" if age else "name": sent},
    }

    def answer(schema: Any, **more: Any) -> dict[str, Any]:
        return {"description": "fine", "content": {media_type: {"schema": schema, **more}}}

    wrong = {"4XX": {"description": "wrong"}}
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^t[0-9]+$"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": str(age)},
        "paths": {
            "/things": {
                "get": {"responses": {"200": answer({"type": "array", "items": thing}), **wrong}},
                "post": {
                    "requestBody": {"required": True, "content": {media_type: {"schema": given}}},
                    "responses": {"201": answer(thing), **wrong},
                },
            },
            "/things/{id}": {"get": {"parameters": [key], "responses": {"200": answer(thing), **wrong}}},
        },
    }


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a preset is shown by: an honest server, and promises of it that are broken one by one.

    Attributes:
        preset: Its name.
        server: The shop that keeps the convention.
        bugs: Name of a planted bug -> the one code that finds it.
        more: What a policy needs beside name, base URL and versions; most need nothing.
        media_type: The content type of the shop's bodies.
        days: The days it is run on, the first of them for the bugs.
        bug_days: The day of a bug that shows on another.
        silent: Promised checks nothing can exercise in this shop -> why.
    """

    preset: str
    server: type[Shop]
    bugs: Mapping[str, str]
    more: str = ""
    media_type: str = "application/json"
    days: tuple[str, ...] = ("2026-11-20",)
    bug_days: Mapping[str, str] = field(default_factory=dict)
    silent: Mapping[str, str] = field(default_factory=dict)

    def policy(self) -> str:
        """A policy file that extends the preset, and says little else."""
        lines = [f'extends = "{self.preset}"', self.more, '[api]\nname = "Shop"\nbase_url = "${SHOP_URL}"']
        names = list(self.server.lives)
        for age, (name, life) in enumerate(self.server.lives.items()):
            lines += [f'[versions."{name}"]', f'contract = "{age}.json"']
            lines += [f"deprecated = {life.deprecated}"] if life.deprecated else []
            lines += [f"sunset = {life.sunset}T00:00:00Z"] if life.sunset else []
            if life.deprecated and age + 1 < len(names):
                lines.append(f'successor = "{names[age + 1]}"')
        return "\n".join(lines) + "\n"

    def write(self, folder: Path) -> Path:
        """Write the policy file and its contracts."""
        for age in range(len(self.server.lives)):
            (folder / f"{age}.json").write_text(json.dumps(contract(age, self.media_type)), "utf-8")
        path = folder / "apiversion.toml"
        path.write_text(self.policy(), "utf-8")
        return path

    @contextlib.contextmanager
    def serving(self, day: str, bug: str = "") -> Iterator[str]:
        """The server on a day, honest or with one bug, on a real socket."""
        today = dt.datetime.combine(dt.date.fromisoformat(day), NOON)
        with kit.serving(self.server(today=today, bugs=frozenset({bug} if bug else ()))) as url:
            yield url

    def run(self, folder: Path, day: str, bug: str = "", **limits: Any) -> Result:
        """Hold the server to its policy."""
        with self.serving(day, bug) as url:
            as_of = dt.datetime.combine(dt.date.fromisoformat(day), NOON)
            return run_file(self.write(folder), {"SHOP_URL": url}, as_of=as_of, **limits)
