"""A shop as restify serves it: a release in `Accept-Version`, the newest for who names none, and 400 for what is not there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown


class Restify(Shop):
    """The shop."""

    lives: ClassVar[Mapping[str, Life]] = {"1.2.0": Life(sunset=dt.date(2026, 6, 1)), "2.0.0": Life(), "3.0.0": Life()}

    def select(self, request: Request) -> tuple[str, str]:
        """The release of the header, or the newest."""
        name = request.headers.get("Accept-Version") or ("2.0.0" if self.bug("default-older") else "3.0.0")
        if name not in self.living:
            gone = name in self.lives
            if self.bug("malformed-served") and "." not in name:
                return "3.0.0", request.path
            number = name.replace(".", "").isdecimal() and not gone
            status = 404 if self.bug("unknown-404") and number else 410 if self.bug("gone-410") and gone else 400
            raise kit.ApiError(status, "InvalidVersion", f"{name} is not supported")
        return name, request.path

    def mark(self, request: Request, response: Response, version: str) -> None:
        """The release that answered."""
        response.headers["api-version"] = "3.0.0" if self.bug("echo-newest") else version

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """A code and a sentence."""
        said = "error" if self.bug("other-member") else "message"
        return kit.reply({"code": error.code or "Error", said: error.message}, error.status)


SHOWN = Shown(
    preset="restify",
    server=Restify,
    bugs={
        "unknown-404": "AV203",
        "malformed-served": "AV204",
        "default-older": "AV207",
        "echo-newest": "AV210",
        "other-member": "AV401",
        "gone-410": "AV601",
    },
)
