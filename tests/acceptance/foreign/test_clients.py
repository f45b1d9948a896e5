# mypy: ignore-errors
"""`assert_api_contract` over responses of other clients than requests."""

from __future__ import annotations

import os

import httpx
import pytest
import requests
from pytest_apiversion import ContractBroken
from werkzeug.test import Client
from werkzeug.wrappers import Response

import shelf

HEADERS = {"Authorization": f"Bearer {os.environ['SHELF_KEY']}"}


def _flask(path):
    flask = pytest.importorskip("flask")
    app = flask.Flask(__name__)
    app.wsgi_app = shelf.app
    return app.test_client().get(path, headers=HEADERS)


def _django(path):
    django = pytest.importorskip("django")
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import re_path

    def view(request):
        status, body = shelf.answer(
            request.path.split("/")[1], "GET", request.path[3:], request.headers.get("Authorization")
        )
        extra = {"Sunset": "Tue, 01 Jan 2030 00:00:00 GMT"} if request.path.startswith("/v1") else {}
        return HttpResponse(shelf.json.dumps(body), status=status, content_type="application/json", headers=extra)

    if not settings.configured:
        settings.configure(
            ROOT_URLCONF=type("urls", (), {"urlpatterns": [re_path("", view)]}), ALLOWED_HOSTS=["*"], SECRET_KEY="x"
        )
        django.setup()
    return Client().get(path, HTTP_AUTHORIZATION=HEADERS["Authorization"])


def _starlette(path):
    pytest.importorskip("starlette")
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route
    from starlette.testclient import TestClient

    def view(request):
        status, body = shelf.answer(
            request.url.path.split("/")[1], "GET", request.url.path[3:], request.headers.get("authorization")
        )
        extra = {"Sunset": "Tue, 01 Jan 2030 00:00:00 GMT"} if request.url.path.startswith("/v1") else {}
        return JSONResponse(body, status, extra)

    return TestClient(Starlette(routes=[Route("/{rest:path}", view)])).get(path, headers=HEADERS)


CLIENTS = {
    "requests": lambda path: requests.get(f"{os.environ['SHELF_URL']}{path}", headers=HEADERS, timeout=10),
    "httpx": lambda path: httpx.get(f"{os.environ['SHELF_URL']}{path}", headers=HEADERS),
    "httpx-wsgi": lambda path: httpx.Client(transport=httpx.WSGITransport(shelf.app), base_url="http://shelf").get(
        path, headers=HEADERS
    ),
    "werkzeug": lambda path: Client(shelf.app, Response).get(path, headers=HEADERS),
    "flask": _flask,
    "django": _django,
    "starlette": _starlette,
}


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("path", ["/v1/books", "/v2/books/b1", "/v2/books/b%20?x=%C3%A9", "/v2/nowhere"])
def test_what_is_fine(assert_api_contract, client, path) -> None:
    assert_api_contract(CLIENTS[client](path))


@pytest.mark.parametrize("client", CLIENTS)
def test_what_is_broken(assert_api_contract, client, monkeypatch) -> None:
    monkeypatch.setitem(shelf.BOOKS, "b1", ("Dune", "nine"))
    response = CLIENTS[client]("/v2/books/b1")

    with pytest.raises(ContractBroken) as caught:
        assert_api_contract(response)

    (finding,) = caught.value.findings
    assert (finding.code, finding.version, finding.operation) == ("AV301", "v2", "GET /books/{id}")
    assert "curl " in finding.reproduce
    assert HEADERS["Authorization"] not in str(caught.value)
