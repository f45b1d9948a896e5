"""A shop as Stripe serves it: a dated codename in `Stripe-Version`, the account's version without it, and never an end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown


class Stripe(Shop):
    """The shop; the account of its clients is pinned to the second version."""

    lives: ClassVar[Mapping[str, Life]] = {
        "2024-06-20": Life(),
        "2025-03-31.basil": Life(),
        "2026-01-28.clover": Life(),
    }

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the header; two headers are one text, which is no version."""
        name = ",".join(request.headers.getlist("Stripe-Version"))
        if self.bug("first-of-two"):
            name = name.partition(",")[0]
        if self.bug("any-case"):
            name = name.lower()
        if not name or (self.bug("unknown-is-pinned") and name not in self.lives):
            return "2025-03-31.basil", request.path
        if name not in self.lives:
            code = "api_version_invalid" if self.bug("own-type") else "invalid_request_error"
            raise kit.ApiError(400, code, f"Invalid Stripe API version: {name}")
        return name, request.path

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """An error with a type and a message."""
        kind = error.code if error.code.islower() else "invalid_request_error"
        if self.bug("error-is-text"):
            return kit.reply({"error": error.message}, error.status)
        return kit.reply({"error": {"type": kind, "message": error.message}}, error.status)


SHOWN = Shown(
    preset="stripe",
    server=Stripe,
    bugs={
        "unknown-is-pinned": "AV203",
        "own-type": "AV203",
        "any-case": "AV204",
        "first-of-two": "AV209",
        "error-is-text": "AV401",
    },
)
