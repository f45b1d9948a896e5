"""A shop as frameworks serve it that have a route for each version: `/v1/things`, and what has no route is not found."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop

BUGS = {
    "neutral": "AV201",
    "unknown-400": "AV203",
    "any-zeros": "AV204",
    "other-member": "AV401",
    "gone-410": "AV601",
}
"""Bugs that each of these shops can have, and what finds them."""


class Routed(Shop):
    """The shop; a subclass says what an error looks like."""

    lives: ClassVar[Mapping[str, Life]] = {"1": Life(sunset=dt.date(2026, 6, 1)), "2": Life(), "3": Life()}
    wrong: ClassVar[int] = 400
    """The status of a body that is not as it should be."""

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the path."""
        match = re.match(r"/v([^/]*)(?=/)", request.path)
        if match is None and self.bug("neutral"):
            return "3", request.path
        name = match[1] if match else ""
        if self.bug("any-zeros"):
            name = name.lstrip("0")
        if name not in self.living:
            status = 400 if self.bug("unknown-400") and name.isdecimal() and name not in self.lives else 404
            raise kit.ApiError(410 if name in self.lives and self.bug("gone-410") else status, "", "Cannot find it")
        return name, request.path[match.end() if match else 0 :]

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """The error as the framework writes it."""
        status = self.wrong if error.code == "INVALID" else error.status
        return self.render(status, error.message, wrong_body=error.code == "INVALID")

    def render(self, status: int, message: str, *, wrong_body: bool) -> Response:
        """An error of this status."""
        raise NotImplementedError
