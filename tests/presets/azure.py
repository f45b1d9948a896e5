"""A shop as the Azure guidelines have it: `?api-version=2025-01-01` always, and one shape of errors whose code is a header too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown


class Azure(Shop):
    """The shop."""

    lives: ClassVar[Mapping[str, Life]] = {
        "2023-05-01": Life(deprecated=dt.date(2025, 6, 1), sunset=dt.date(2026, 6, 1)),
        "2025-06-01": Life(deprecated=dt.date(2026, 9, 1), sunset=dt.date(2027, 9, 1)),
        "2026-09-01": Life(),
    }

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the query parameter."""
        name = request.args.get("api-version", "")
        if not name:
            if self.bug("missing-is-newest"):
                return "2026-09-01", request.path
            raise kit.ApiError(400, "MissingApiVersionParameter", "api-version is required")
        if name not in self.living:
            gone = name in self.lives
            status = 410 if gone and self.bug("gone-410") else 404 if not gone and self.bug("unknown-404") else 400
            supported = list(
                self.lives
                if self.bug("lists-the-retired")
                else self.living[:-1]
                if self.bug("lists-too-few")
                else self.living
            )
            raise kit.ApiError(status, "UnsupportedApiVersionValue", f"supported: {', '.join(supported)}")
        return name, request.path

    def mark(self, request: Request, response: Response, version: str) -> None:
        """A warning on the answers of a version that is about to break."""
        life = self.lives[version]
        if life.fading(self.day) and not self.bug("no-warning"):
            where = "" if self.bug("no-url") else " (https://azure.example.org/retirements)"
            response.headers["azure-deprecating"] = f"Version {version} will retire on {life.sunset}{where}"

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """An error object, and its code in a header."""
        code = "Error" if self.bug("header-says-else") else error.code
        headers = {} if self.bug("no-header") else {"x-ms-error-code": code}
        return kit.reply({"error": {"code": error.code, "message": error.message}}, error.status, headers)


SHOWN = Shown(
    preset="azure",
    server=Azure,
    bugs={
        "missing-is-newest": "AV201",
        "unknown-404": "AV203",
        "lists-the-retired": "AV218",
        "lists-too-few": "AV218",
        "no-warning": "AV501",
        "no-url": "AV503",
        "gone-410": "AV601",
        "no-header": "AV701",
        "header-says-else": "AV701",
    },
)
