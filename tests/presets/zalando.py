"""A shop as the Zalando guidelines have it: `version=2` on the media type both ways, problem details, two headers when it fades."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from werkzeug.http import parse_options_header
from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.github import http_date
from tests.presets.kit import Life, Shop, Shown

_TYPE = "application/x.shop+json"


class Zalando(Shop):
    """The shop."""

    lives: ClassVar[Mapping[str, Life]] = {
        "1": Life(deprecated=dt.date(2025, 8, 1), sunset=dt.date(2026, 6, 1)),
        "2": Life(deprecated=dt.date(2026, 8, 1), sunset=dt.date(2027, 8, 1)),
        "3": Life(),
    }

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the media type, and of the body's."""
        ranges = [parse_options_header(each.strip()) for each in request.headers.get("Accept", "").split(",")]
        ranges.sort(key=lambda each: -float(each[1].get("q", 1)))
        name = next(
            (
                options.get("version", "")
                for kind, options in ranges
                if kind.lower() == _TYPE and options.get("q") != "0"
            ),
            "",
        )
        if name not in self.living:
            if self.bug("unknown-is-newest") and name not in self.lives:
                return "3", request.path
            if self.bug("gone-served") and name in self.lives:
                return name, request.path
            raise kit.ApiError(406, "", "no such version")
        if request.data:
            kind, options = parse_options_header(request.headers.get("Content-Type", ""))
            if kind != _TYPE or options.get("version") != name:
                raise kit.ApiError(415, "", "send what you accept")
        return name, request.path

    def body(self, request: Request) -> Any:
        """The JSON object that was sent; its type was looked at."""
        return kit.read_body(request)

    def reply(self, request: Request, body: Any, status: int = 200) -> Response:
        """A success in its own media type."""
        version = request.environ["shop.version"]
        return Response(json.dumps(body), status, content_type=f"{_TYPE};version={version}")

    def mark(self, request: Request, response: Response, version: str) -> None:
        """Two headers when it fades."""
        life = self.lives[version]
        if life.deprecated and life.sunset and life.fading(self.day):
            seconds = int(dt.datetime.combine(life.deprecated, dt.time(), dt.UTC).timestamp())
            response.headers["Deprecation"] = "1" if self.bug("deprecation-is-one") else f"@{seconds}"
            if not self.bug("no-sunset"):
                response.headers["Sunset"] = http_date(life.sunset)

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """Problem details."""
        kind = "application/json" if self.bug("plain-json") else "application/problem+json"
        return Response(json.dumps({"title": error.message, "status": error.status}), error.status, content_type=kind)


SHOWN = Shown(
    preset="zalando",
    server=Zalando,
    more=f'versioning.accept.media_type = "{_TYPE}"',
    media_type=_TYPE,
    bugs={
        "unknown-is-newest": "AV203",
        "plain-json": "AV401",
        "no-sunset": "AV501",
        "deprecation-is-one": "AV503",
        "gone-served": "AV601",
    },
)
