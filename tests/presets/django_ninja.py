"""A shop as django-ninja serves it, with a `NinjaAPI` for each version."""

from __future__ import annotations

from werkzeug.wrappers import Response

from tests.apps import kit
from tests.presets.kit import Shown
from tests.presets.routed import BUGS, Routed


class DjangoNinja(Routed):
    """The shop."""

    wrong = 422

    def render(self, status: int, message: str, *, wrong_body: bool) -> Response:
        """Django's page where no route is, else a sentence, or the places of a body that are wrong."""
        if status in {404, 405}:
            return Response("<h1>Not Found</h1>", status, content_type="text/html; charset=utf-8")
        said = "message" if self.bug("other-member") else "detail"
        return kit.reply(
            {said: [{"type": "missing", "loc": ["body"], "msg": message}] if wrong_body else message}, status
        )


SHOWN = Shown(preset="django-ninja", server=DjangoNinja, bugs=BUGS)
