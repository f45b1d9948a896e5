"""A shop as `kinto.core` serves it: a path without a version is redirected below the newest one, and an end is announced in `Alert`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown


class Kinto(Shop):
    """The shop, with three versions, though a release of Kinto has one."""

    lives: ClassVar[Mapping[str, Life]] = {
        "1": Life(deprecated=dt.date(2026, 1, 1), sunset=dt.date(2026, 6, 1)),
        "2": Life(deprecated=dt.date(2026, 9, 1), sunset=dt.date(2027, 6, 1)),
        "3": Life(),
    }

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the path."""
        match = re.match(r"/v([0-9]+)(?=/)", request.path)
        if match is None:
            if self.bug("neutral"):
                return "3", request.path
            raise kit.ApiError(404 if self.bug("no-redirect") else 307, request.path, "moved")
        name = match[1].lstrip("0") if self.bug("any-zeros") else match[1]
        if name not in self.living:
            gone = name in self.lives and not self.bug("gone-404")
            raise kit.ApiError(
                410 if gone else 400 if self.bug("unknown-400") and name not in self.lives else 404, "", "no"
            )
        return name, request.path[match.end() :]

    def mark(self, request: Request, response: Response, version: str) -> None:
        """What is announced of a version that ends."""
        if self.lives[version].deprecated and not self.bug("no-alert"):
            response.headers["Alert"] = '{"code":"soft-eol","message":"gone","url":"https://shop.test/gone"}'

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """A number of Kinto's own beside the status; a redirect is a page."""
        if error.status == 307:
            return Response("moved", 307, {"Location": f"/v3{error.code}", "Content-Type": "text/html"})
        told = {"code": error.status, "error": "Wrong", "message": error.message}
        return kit.reply(told if self.bug("no-errno") else {**told, "errno": 111}, error.status)


SHOWN = Shown(
    preset="kinto",
    server=Kinto,
    bugs={
        "neutral": "AV201",
        "no-redirect": "AV201",
        "unknown-400": "AV203",
        "any-zeros": "AV204",
        "no-errno": "AV401",
        "no-alert": "AV501",
        "gone-404": "AV601",
    },
)
