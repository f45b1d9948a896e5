"""A shop as Elasticsearch serves it: `compatible-with=8` in `Accept` and `Content-Type`, repeated in the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from werkzeug.http import parse_options_header
from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown

_TYPE = "application/vnd.elasticsearch+json"


class Elasticsearch(Shop):
    """The shop, in its ninth major version."""

    lives: ClassVar[Mapping[str, Life]] = {"7": Life(sunset=dt.date(2025, 4, 1)), "8": Life(), "9": Life()}

    def select(self, request: Request) -> tuple[str, str]:
        """The version both headers agree on, or the current one."""
        texts = [self._asked(request, name) for name in ("Accept", "Content-Type")]
        if texts[1] is None and texts[0] is not None and request.data:
            raise kit.ApiError(400, "media_type_header_exception", "a compatible version is required on both headers")
        asked = {text for text in texts if text is not None}
        if len(asked) > 1:
            raise kit.ApiError(400, "media_type_header_exception", "both headers must agree")
        name = asked.pop() if asked else "8" if self.bug("default-is-previous") else "9"
        request.environ["shop.asked"] = bool(texts[0])
        if texts == [None, None] and self.bug("default-refused"):
            raise kit.ApiError(406, "media_type_header_exception", "a compatible version is required")
        if name not in self.living:
            if self.bug("unknown-is-current") and name not in self.lives:
                return "9", request.path
            status = 406 if self.bug("gone-406") and name in self.lives else 400
            code = (
                "status_exception"
                if self.bug("malformed-code") and not name.isdigit()
                else "media_type_header_exception"
            )
            raise kit.ApiError(status, code, f"compatible version [{name}] is not supported")
        return name, request.path

    @staticmethod
    def _asked(request: Request, header: str) -> str | None:
        ranges = [parse_options_header(text.strip()) for text in request.headers.get(header, "").split(",")]
        return next((options.get("compatible-with", "") for kind, options in ranges if kind.lower() == _TYPE), None)

    def body(self, request: Request) -> Any:
        """The JSON object that was sent, whatever its type says."""
        return kit.read_body(request)

    def mark(self, request: Request, response: Response, version: str) -> None:
        """The content type that was asked for."""
        if request.environ["shop.asked"] and response.status_code < 400:
            said = "9" if self.bug("echo-is-current") else version
            response.headers["Content-Type"] = f"{_TYPE};compatible-with={said}"

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """An error with a type, a reason and the status."""
        status = 500 if self.bug("other-status") else error.status
        code = error.code.lower() or "error"
        return kit.reply({"error": {"type": code, "reason": error.message}, "status": status}, error.status)


SHOWN = Shown(
    preset="elasticsearch",
    server=Elasticsearch,
    media_type=_TYPE,
    bugs={
        "unknown-is-current": "AV203",
        "malformed-code": "AV204",
        "default-is-previous": "AV207",
        "default-refused": "AV207",
        "echo-is-current": "AV210",
        "other-status": "AV401",
        "gone-406": "AV601",
    },
)
