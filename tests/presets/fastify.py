"""A shop as Fastify serves it: a release in `Accept-Version`, and 404 for whatever is not one of the routes'."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from http import HTTPStatus
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown


class Fastify(Shop):
    """The shop."""

    lives: ClassVar[Mapping[str, Life]] = {"1.2.0": Life(sunset=dt.date(2026, 6, 1)), "2.0.0": Life(), "3.0.0": Life()}

    def select(self, request: Request) -> tuple[str, str]:
        """The release of the header."""
        name = request.headers.get("Accept-Version")
        if name is None and self.bug("neutral"):
            name = "3.0.0"
        if self.bug("empty-served"):
            name = name or "3.0.0" if name is not None else None
        if name is not None and self.bug("any-zeros"):
            name = ".".join(part.lstrip("0") or "0" for part in name.split("."))
        if name not in self.living:
            number = (name or "").replace(".", "").isdecimal()
            status = 400 if self.bug("unknown-400") and number and name not in self.lives else 404
            raise kit.ApiError(410 if name in self.lives and self.bug("gone-410") else status, "", "Route not found")
        return name, request.path

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """What the default handlers make of it."""
        said = "status" if self.bug("other-member") else "statusCode"
        phrase = HTTPStatus(error.status).phrase
        return kit.reply({said: error.status, "error": phrase, "message": error.message}, error.status)


SHOWN = Shown(
    preset="fastify",
    server=Fastify,
    bugs={
        "neutral": "AV201",
        "empty-served": "AV202",
        "unknown-400": "AV203",
        "any-zeros": "AV204",
        "other-member": "AV401",
        "gone-410": "AV601",
    },
)
