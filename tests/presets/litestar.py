"""A shop as Litestar serves it, with a router for each version."""

from __future__ import annotations

from werkzeug.wrappers import Response

from tests.apps import kit
from tests.presets.kit import Shown
from tests.presets.routed import BUGS, Routed


class Litestar(Routed):
    """The shop."""

    def render(self, status: int, message: str, *, wrong_body: bool) -> Response:
        """The status again, a sentence, and where a body is wrong."""
        said = "status" if self.bug("other-member") else "status_code"
        extra = {"extra": [{"message": message, "key": "name", "source": "body"}]} if wrong_body else {}
        repeated = 400 if self.bug("other-status") else status
        return kit.reply({said: repeated, "detail": message, **extra}, status)


SHOWN = Shown(preset="litestar", server=Litestar, bugs={**BUGS, "other-status": "AV401"})
