"""A shop as Spring Framework 7 serves it: `API-Version: 1.0`, read leniently, 400 for all that is not supported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.github import http_date
from tests.presets.kit import Life, Shop, Shown


class Spring(Shop):
    """The shop."""

    lives: ClassVar[Mapping[str, Life]] = {
        "1.0": Life(deprecated=dt.date(2025, 6, 1), sunset=dt.date(2026, 6, 1)),
        "1.1": Life(deprecated=dt.date(2026, 9, 1), sunset=dt.date(2027, 9, 1)),
        "2.0": Life(),
    }

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the header: what stands before the first digit is skipped, missing parts are 0."""
        text = request.headers.get("API-Version")
        if text is None:
            if self.bug("missing-is-newest"):
                return "2.0", request.path
            raise kit.ApiError(400, "", "API version is required.")
        match = re.fullmatch(r"\D*([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?", text, re.ASCII)
        if match is None and self.bug("unreadable-fails"):
            raise kit.ApiError(500, "", "Invalid API version format")
        numbers = [int(number or 0) for number in match.groups()] if match else []
        name = f"{numbers[0]}.{numbers[1]}" if numbers and not numbers[2] else ""
        if name not in self.living:
            if self.bug("falls-back") and numbers and name not in self.lives:
                return "2.0", request.path
            raise kit.ApiError(404 if name in self.lives and self.bug("gone-404") else 400, "", "Invalid API version")
        return name, request.path

    def mark(self, request: Request, response: Response, version: str) -> None:
        """What the standard handler adds to a deprecated version's answers: a day of one digit has one."""
        life = self.lives[version]
        if life.deprecated and life.sunset and life.fading(self.day):
            seconds = int(dt.datetime.combine(life.deprecated, dt.time(), dt.UTC).timestamp())
            response.headers["Deprecation"] = f"@{seconds}"
            text = http_date(life.sunset)
            response.headers["Sunset"] = (
                text.replace("GMT", "+0000") if self.bug("offset") else text.replace(", 0", ", ")
            )

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """What Spring Boot makes of it."""
        return kit.reply({"status": error.status, "error": error.message, "path": request.path}, error.status)


SHOWN = Shown(
    preset="spring",
    server=Spring,
    bugs={
        "missing-is-newest": "AV201",
        "falls-back": "AV203",
        "unreadable-fails": "AV204",
        "offset": "AV503",
        "gone-404": "AV601",
    },
)
