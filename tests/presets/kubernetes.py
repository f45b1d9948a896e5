"""A shop as a Kubernetes API server serves a group: `/api/v1beta1/things`, `Status` objects, and a `Warning` when it fades."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import ClassVar

from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.presets.kit import Life, Shop, Shown


class Kubernetes(Shop):
    """The shop."""

    lives: ClassVar[Mapping[str, Life]] = {
        "v1beta1": Life(deprecated=dt.date(2025, 8, 1), sunset=dt.date(2026, 6, 1)),
        "v1beta2": Life(deprecated=dt.date(2026, 8, 1), sunset=dt.date(2027, 8, 1)),
        "v1": Life(),
    }

    def dispatch(self, request: Request) -> Response:
        """Answer one request; what stands before the version lists the versions."""
        if request.path == "/api":
            served = list(self.lives) if self.bug("discovers-the-dead") else self.living
            return kit.reply({"kind": "APIVersions", "versions": served})
        return super().dispatch(request)

    def select(self, request: Request) -> tuple[str, str]:
        """The version of the path."""
        match = re.match(r"/api/([^/]*)(?=/)", request.path)
        name = match[1] if match else ""
        if name not in self.living:
            if re.fullmatch("v[0-9]+", name) and self.bug("any-stable-version"):
                return "v1", request.path[len(f"/api/{name}") :]
            status = 410 if name in self.lives and self.bug("gone-410") else 404
            raise kit.ApiError(status, "plain", "404 page not found")
        return name, request.path[len(f"/api/{name}") :]

    def mark(self, request: Request, response: Response, version: str) -> None:
        """A warning on what a deprecated version answers."""
        if self.lives[version].fading(self.day) and not self.bug("no-warning"):
            said = "moved" if self.bug("says-something-else") else "deprecated"
            response.headers["Warning"] = f'299 - "shop/{version} Thing is {said} in v1.31+, unavailable in v1.34+"'

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """A `Status`, but for a path that is nobody's."""
        if error.code == "plain":
            return Response(error.message, error.status, content_type="text/plain")
        kind = "Error" if self.bug("no-status") else "Status"
        body = {"kind": kind, "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": error.message}
        return kit.reply(body | {"reason": error.code, "code": error.status}, error.status)


SHOWN = Shown(
    preset="kubernetes",
    server=Kubernetes,
    more="""
[[versioning.lists]]
path = "/api"
pointer = "/versions"
stages = ["live", "deprecated"]
required = true
""",
    bugs={
        "any-stable-version": "AV203",
        "no-status": "AV401",
        "no-warning": "AV501",
        "says-something-else": "AV503",
        "gone-410": "AV601",
        "discovers-the-dead": "AV222",
    },
)
