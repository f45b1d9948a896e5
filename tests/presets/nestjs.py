"""A shop as NestJS serves it: `/v1/things`, and 404 for every version there is not."""

from __future__ import annotations

from werkzeug.wrappers import Response

from tests.apps import kit
from tests.presets.kit import Shown
from tests.presets.routed import BUGS, Routed


class NestJs(Routed):
    """The shop."""

    def render(self, status: int, message: str, *, wrong_body: bool) -> Response:
        """What the built-in exception filter makes of it."""
        said = "status" if self.bug("other-member") else "statusCode"
        return kit.reply({said: status, "message": message, "error": "Error"}, status)


SHOWN = Shown(preset="nestjs", server=NestJs, bugs=BUGS)
