"""Applications in this process: which are taken, and what is said of what is none."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any

import fastapi
import flask
import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.transport.applications import application_of, import_application, served_by_application

SCHEMATHESIS = tuple(int(part) for part in metadata.version("schemathesis").split(".")[:2])
MODULE = """
import contextlib
import fastapi, flask

@contextlib.asynccontextmanager
async def lifespan(app):
    app.add_api_route("/late", lambda: 1)
    yield

asgi = fastapi.FastAPI(title="asgi", lifespan=lifespan)
wsgi = flask.Flask("wsgi")
wsgi.add_url_rule("/openapi.json", view_func=lambda: {"openapi": "3.1.0", "info": {"title": "wsgi"}, "paths": {}})

def make():
    return wsgi

class Holder:
    app = asgi

def broken():
    raise ValueError("no settings")

number = 3
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module in the current folder, under a name nobody else has."""
    name = f"shop_{abs(hash(tmp_path))}"
    (tmp_path / f"{name}.py").write_text(MODULE, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [*__import__("sys").path])
    return name


@pytest.mark.parametrize(
    ("attribute", "title"), [("asgi", "asgi"), ("wsgi", "wsgi"), ("make", "wsgi"), ("Holder.app", "asgi")]
)
def test_an_application_gives_its_document(shop: str, attribute: str, title: str) -> None:
    """A WSGI or ASGI application is asked without a socket; a factory makes one; the path from the current folder is found."""
    source = f"app:{shop}:{attribute}"

    document = json.loads(served_by_application(import_application(source), "/openapi.json", source))

    assert document["info"]["title"] == title


@pytest.mark.skipif(SCHEMATHESIS < (4, 25), reason="schemathesis before 4.25 does not start applications")
def test_an_application_is_started_first(shop: str) -> None:
    """What an ASGI application adds while it starts is in its document."""
    source = f"app:{shop}:asgi"

    document = json.loads(served_by_application(import_application(source), "/openapi.json", source))

    assert list(document["paths"]) == ["/late"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("app:{}", "expected app:package.module:attribute", id="no-attribute"),
        pytest.param("app::app", "expected app:package.module:attribute", id="no-module"),
        pytest.param("app:{}_no:app", "could not be imported", id="no-such-module"),
        pytest.param("app:{}:asg", 'has no asg; did you mean "asgi"?', id="no-such-attribute"),
        pytest.param("app:{}:number", "expected a WSGI or ASGI application, or a factory of one, got int", id="number"),
        pytest.param("app:{}:broken", "the factory failed (ValueError: no settings)", id="broken-factory"),
    ],
)
def test_what_is_no_application(shop: str, text: str, said: str) -> None:
    """Whatever is wrong with the name or with what it names is said in one line."""
    with pytest.raises(PolicyError) as caught:
        import_application(text.format(shop))

    assert [said in line for line in caught.value.mistakes] == [True]


def _fails() -> Any:
    raise RuntimeError("out of order")


def test_an_application_without_a_document() -> None:
    """An application that answers with an error, with no document, or not at all is said in one line."""
    plain = flask.Flask("plain")
    plain.add_url_rule("/text", view_func=lambda: "no document")
    plain.add_url_rule("/fails", view_func=_fails)

    for path in ("/openapi.json", "/text", "/fails"):
        with pytest.raises(PolicyError, match=f"shop: no document at {path}"):
            served_by_application(application_of(plain, "shop"), path, "shop")
    with pytest.raises(PolicyError, match="no document at /nowhere"):
        served_by_application(application_of(fastapi.FastAPI(), "shop"), "/nowhere", "shop")
