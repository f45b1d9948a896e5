"""A shop as FastAPI serves it, with a router for each version."""

from __future__ import annotations

from werkzeug.wrappers import Response

from tests.apps import kit
from tests.presets.kit import Shown
from tests.presets.routed import BUGS, Routed


class FastApi(Routed):
    """The shop."""

    wrong = 422

    def render(self, status: int, message: str, *, wrong_body: bool) -> Response:
        """A sentence, or the places of a body that are wrong."""
        said = "message" if self.bug("other-member") else "detail"
        places = [{"type": "missing", "loc": ["body", "name"], "msg": message, "input": {}}]
        return kit.reply({said: places if wrong_body else message}, status)


SHOWN = Shown(preset="fastapi", server=FastApi, bugs=BUGS)
