"""A shop as the AIPs have it: `/v1beta1/things`, and errors with a number and a name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown

_NAMES = {400: "INVALID_ARGUMENT", 404: "NOT_FOUND", 405: "UNIMPLEMENTED", 415: "INVALID_ARGUMENT"}


class Google(Shop):
    """The shop."""

    lives: ClassVar[Mapping[str, Life]] = {
        "v1alpha1": Life(sunset=dt.date(2026, 6, 1)),
        "v1beta1": Life(),
        "v1": Life(),
    }

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the path."""
        match = re.match(r"/([^/]*)(?=/)", request.path)
        name = match[1] if match else ""
        if name == "v1beta2" and self.bug("next-beta"):
            return "v1beta1", request.path[len(f"/{name}") :]
        if name not in self.living and not (name in self.lives and self.bug("alpha-stays")):
            raise kit.ApiError(404, "", "no such version")
        return name, request.path[len(f"/{name}") :]

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """A number, a name and a message."""
        said: dict[str, object] = {"code": error.status, "message": error.message, "status": _NAMES[error.status]}
        if self.bug("grpc-code"):
            said["code"] = 5
        if self.bug("no-name"):
            del said["status"]
        return kit.reply({"error": said}, error.status)


SHOWN = Shown(
    preset="google",
    server=Google,
    bugs={"next-beta": "AV208", "grpc-code": "AV401", "no-name": "AV401", "alpha-stays": "AV601"},
)
