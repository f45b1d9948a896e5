"""Django, configured once for the process: no database, no templates, one middleware that picks the routes of a server.

Django's settings are global and can be set once; the five servers therefore share them, and each request carries, in
its WSGI environment, which server it came in by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import django
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from django.http import HttpRequest, HttpResponse

URLCONF_KEY = "garden.urlconf"
"""WSGI environment key: the URL patterns of the server a request came in by."""

STORE_KEY = "garden.store"
"""WSGI environment key: the records of that server."""


def pick_urlconf(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Django middleware: route by the URL patterns found in the WSGI environment."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = request.META[URLCONF_KEY]
        return get_response(request)

    return middleware


if not settings.configured:
    settings.configure(
        DEBUG=False,
        SECRET_KEY="not-a-secret-nothing-here-is-signed",
        ALLOWED_HOSTS=["127.0.0.1", "localhost", ".garden.test"],
        ROOT_URLCONF="tests.frameworks.drf_settings",
        MIDDLEWARE=["tests.frameworks.drf_settings.pick_urlconf", "django.middleware.common.CommonMiddleware"],
        INSTALLED_APPS=["rest_framework"],
        USE_TZ=True,
        REST_FRAMEWORK={
            "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
            "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
            "DEFAULT_AUTHENTICATION_CLASSES": [],
            "DEFAULT_PERMISSION_CLASSES": [],
            "UNAUTHENTICATED_USER": None,
        },
    )
    django.setup()

urlpatterns: list[object] = []
"""Never used: every request brings its own patterns."""


def without_body_after_head(application: WSGIApplication) -> WSGIApplication:
    """Answer `HEAD` without a body (RFC 9110 §9.3.2): Django leaves that to its server, and waitress sends what it is given."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        made = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return made
        if hasattr(made, "close"):
            made.close()
        return []

    return answer
