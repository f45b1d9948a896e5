"""A shop as GitHub serves its REST API: a date in `X-GitHub-Api-Version`, the oldest supported version by default, 410 at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from email.utils import format_datetime
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown


def http_date(day: dt.date) -> str:
    """The beginning of a day as an HTTP date (RFC 9110 §5.6.7)."""
    return format_datetime(dt.datetime.combine(day, dt.time(), dt.UTC), usegmt=True)


class GitHub(Shop):
    """The shop."""

    lives: ClassVar[Mapping[str, Life]] = {
        "2022-11-28": Life(deprecated=dt.date(2026, 3, 10), sunset=dt.date(2028, 3, 10)),
        "2026-03-10": Life(),
        "2026-09-01": Life(),
    }

    def dispatch(self, request: Request) -> Response:
        """Answer one request; the list of versions is of no version."""
        if request.path == "/versions":
            return kit.reply(self.living[: -1 if self.bug("newest-unlisted") else None])
        return super().dispatch(request)

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the header, or the oldest that is supported."""
        name = request.headers.get("X-GitHub-Api-Version", "").strip()
        if not name and self.bug("default-refused"):
            raise kit.ApiError(400, "", "an API version is required")
        if not name:
            return self.living[-1 if self.bug("default-newest") else 0], request.path
        if name not in self.lives:
            raise kit.ApiError(404 if self.bug("unknown-404") else 400, "", "this API version is not known")
        if name not in self.living:
            raise kit.ApiError(400 if self.bug("gone-400") else 410, "", "this API version is no longer supported")
        return name, request.path

    def mark(self, request: Request, response: Response, version: str) -> None:
        """Two dates on the answers of a version that nears its end."""
        life = self.lives[version]
        if life.deprecated and life.sunset and life.fading(self.day) and not self.bug("no-notice"):
            seconds = int(dt.datetime.combine(life.deprecated, dt.time(), dt.UTC).timestamp())
            day = life.sunset + dt.timedelta(days=1 if self.bug("sunset-day-late") else 0)
            response.headers["Deprecation"] = f"@{seconds}" if self.bug("rfc9745") else http_date(life.deprecated)
            response.headers["Sunset"] = http_date(day)

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """A message, and where to read about it."""
        said = "error" if self.bug("no-message") else "message"
        return kit.reply({said: error.message, "documentation_url": "https://docs.example.org/rest"}, error.status)


SHOWN = Shown(
    preset="github",
    server=GitHub,
    days=("2026-11-20", "2026-03-09", "2028-03-09", "2028-03-10"),
    bugs={
        "default-newest": "AV207",
        "default-refused": "AV207",
        "unknown-404": "AV203",
        "no-notice": "AV501",
        "rfc9745": "AV503",
        "sunset-day-late": "AV504",
        "no-message": "AV401",
        "gone-400": "AV601",
        "newest-unlisted": "AV222",
    },
    bug_days={"gone-400": "2028-03-10"},
)
