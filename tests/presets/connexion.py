"""A shop as Connexion serves it, with a document for each version."""

from __future__ import annotations

from werkzeug.wrappers import Response

from tests.apps import kit
from tests.presets.kit import Shown
from tests.presets.routed import BUGS, Routed


class Connexion(Routed):
    """The shop."""

    def render(self, status: int, message: str, *, wrong_body: bool) -> Response:
        """Problem details, all four members of them."""
        said = "message" if self.bug("other-member") else "title"
        response = kit.reply({"type": "about:blank", said: "Wrong", "detail": message, "status": status}, status)
        response.content_type = "application/json" if self.bug("plain-json") else "application/problem+json"
        return response


SHOWN = Shown(preset="connexion", server=Connexion, bugs={**BUGS, "plain-json": "AV401"})
