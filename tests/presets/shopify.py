"""A shop as Shopify serves it: a month in the path, and the oldest supported version for what is no longer supported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown


class Shopify(Shop):
    """The shop."""

    lives: ClassVar[Mapping[str, Life]] = {
        "2025-07": Life(sunset=dt.date(2026, 7, 1)),
        "2026-04": Life(sunset=dt.date(2027, 4, 1)),
        "2026-10": Life(),
    }

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the path, the oldest supported one for what is older, or named not at all."""
        match = re.match(r"/admin(?:/api/([0-9]{4}-[0-9]{2}))?(?=/)", request.path)
        if match is None or (match[1] or "") > self.living[-1]:
            raise kit.ApiError(404, "", "Not Found")
        asked = match[1] or ""
        if asked in self.lives and asked not in self.living and self.bug("gone-410"):
            raise kit.ApiError(410, "", "Gone")
        version = next((name for name in reversed(self.living) if name <= asked), self.living[0])
        if not asked and self.bug("default-refused"):
            raise kit.ApiError(404, "", "Not Found")
        if not asked and self.bug("default-newest"):
            version = self.living[-1]
        if asked in self.lives and asked not in self.living and self.bug("falls-to-newest"):
            version = self.living[-1]
        request.environ["shop.asked"] = asked or version
        return version, request.path[match.end() :]

    def mark(self, request: Request, response: Response, version: str) -> None:
        """Which version it was."""
        stale = request.environ["shop.asked"] not in self.living and self.bug("echo-is-what-was-asked")
        if not self.bug("no-echo"):
            response.headers["X-Shopify-API-Version"] = request.environ["shop.asked"] if stale else version

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """A sentence."""
        return kit.reply({"errors": error.message}, error.status)


SHOWN = Shown(
    preset="shopify",
    server=Shopify,
    days=("2026-11-20", "2026-06-30", "2027-04-01"),
    bugs={
        "default-newest": "AV207",
        "default-refused": "AV207",
        "no-echo": "AV210",
        "gone-410": "AV605",
        "falls-to-newest": "AV605",
        "echo-is-what-was-asked": "AV605",
    },
)
