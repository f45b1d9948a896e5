"""A shop as ASP.NET API Versioning serves it: `?api-version=1.0`, and a problem with a code for every version that is refused."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown

_VERSION = re.compile(r"(?:([0-9]{4}-[0-9]{2}-[0-9]{2})[.-]?)?(?:([0-9]+)(?:\.([0-9]+))?)?(-[A-Za-z0-9]+)?", re.ASCII)
_ERRORS = "https://docs.api-versioning.org/problems#"
_TYPES = {
    "ApiVersionUnspecified": "unspecified",
    "UnsupportedApiVersion": "unsupported",
    "InvalidApiVersion": "invalid",
    "AmbiguousApiVersion": "ambiguous",
}


class AspNet(Shop):
    """The shop."""

    lives: ClassVar[Mapping[str, Life]] = {
        "1.0": Life(sunset=dt.date(2026, 6, 1)),
        "1.1": Life(deprecated=dt.date(2026, 9, 1)),
        "2.0": Life(),
    }

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the query parameter; `1` is `1.0`."""
        texts = {text for text in request.args.getlist("api-version") if text}
        if not texts:
            if self.bug("default"):
                return "2.0", request.path
            raise kit.ApiError(400, "ApiVersionUnspecified", "an API version is required")
        if len(texts) > 1:
            if self.bug("first-of-two"):
                return request.args["api-version"], request.path
            raise kit.ApiError(400, "AmbiguousApiVersion", "two API versions were asked for")
        name = self._read_version(texts.pop())
        if name is None:
            code = "UnsupportedApiVersion" if self.bug("invalid-is-unsupported") else "InvalidApiVersion"
            raise kit.ApiError(400, code, "this is no API version")
        if name not in self.living:
            known = name in self.lives
            status = 404 if self.bug("unsupported-404") and not known else 410 if self.bug("gone") and known else 400
            raise kit.ApiError(status, "UnsupportedApiVersion", "this API version is not supported")
        return name, request.path

    @staticmethod
    def _read_version(text: str) -> str | None:
        match = _VERSION.fullmatch(text)
        if match is None or not (match[1] or match[2]):
            return None
        date, major, minor, status = match.groups()
        try:
            dt.date.fromisoformat(date or "2026-01-01")
        except ValueError:
            return None
        numbers = f"{int(major)}.{int(minor or 0)}" if major else ""
        return ".".join(part for part in (date, numbers) if part) + (status or "")

    def mark(self, request: Request, response: Response, version: str) -> None:
        """The lists of `ReportApiVersions`."""
        listed = list(self.lives) if self.bug("lists-the-dead") else self.living
        fading = [name for name in listed if self.lives[name].deprecated]
        response.headers["api-supported-versions"] = ", ".join(name for name in listed if name not in fading)
        response.headers["api-deprecated-versions"] = ", ".join(fading)

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """Problem details; those about versions have a code."""
        body = {"title": error.message, "status": error.status}
        if error.code in _TYPES:
            body |= {"code": error.code} | ({} if self.bug("no-type") else {"type": _ERRORS + _TYPES[error.code]})
        return Response(json.dumps(body), error.status, content_type="application/problem+json")


SHOWN = Shown(
    preset="aspnet",
    server=AspNet,
    bugs={
        "default": "AV201",
        "unsupported-404": "AV203",
        "invalid-is-unsupported": "AV204",
        "first-of-two": "AV209",
        "lists-the-dead": "AV222",
        "no-type": "AV401",
        "gone": "AV601",
    },
)
