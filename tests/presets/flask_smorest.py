"""A shop as flask-smorest serves it, with an `Api` for each version."""

from __future__ import annotations

from http import HTTPStatus

from werkzeug.wrappers import Response

from tests.apps import kit
from tests.presets.kit import Shown
from tests.presets.routed import BUGS, Routed


class FlaskSmorest(Routed):
    """The shop."""

    wrong = 422

    def render(self, status: int, message: str, *, wrong_body: bool) -> Response:
        """The status in numbers and in words, and where a body is wrong."""
        said = "error" if self.bug("other-member") else "code"
        errors = {"errors": {"json": {"name": [message]}}} if wrong_body else {}
        repeated = 400 if self.bug("other-status") else status
        return kit.reply({said: repeated, "status": HTTPStatus(status).phrase, **errors}, status)


SHOWN = Shown(preset="flask-smorest", server=FlaskSmorest, bugs={**BUGS, "other-status": "AV401"})
