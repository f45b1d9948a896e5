"""Under a time limit every operation gets its first request before any gets the others."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from pytest_apiversion.shell.execution.first_looks import FirstLooks, Look
from pytest_apiversion.shell.execution.options import Run
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.execution.runner import Runner
from pytest_apiversion.shell.execution.time_limit import Allowance
from pytest_apiversion.shell.pytest_plugin.subject_items import subject_items
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.shell.running import TODAY
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    Api,
    by_path,
    document,
    error,
    folder,
    operation,
    record,
    reply,
)

_LIVES = 'contract = "v1.json"\nsunset = 2026-06-01T00:00:00Z\nsuccessor = "v2"'
POLICY = PATHS.replace('contract = "v1.json"', _LIVES) + ENVELOPE
WORD = {"type": "string"}
THING = record(id=WORD, name=WORD)
LISTED = {"type": "array", "items": THING}
PATH_ID = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^t[0-9]{1,4}$"}}]
ONE = {"get": operation({200: THING}), "delete": operation({204: None}), "parameters": PATH_ID}
DOCUMENT: dict[str, Any] = document(
    {
        "/things": {"get": operation({200: LISTED}), "post": operation({201: THING}, body=record(name=WORD))},
        "/things/{id}": ONE,
    }
)


def api() -> Api:
    """A service whose things can be listed, created, read and deleted; the first version is over and answers 404."""
    app = Api(select=by_path("v2"))
    things = {"t1": "one"}
    names = itertools.count(2)

    def create(request: Request, _version: str) -> Response:
        given = request.get_json(force=True, silent=True)
        if (
            request.mimetype != "application/json"
            or not isinstance(given, dict)
            or not isinstance(given.get("name"), str)
        ):
            raise error(400)
        name = f"t{next(names)}"
        things[name] = given["name"]
        return reply({"id": name, "name": things[name]}, 201)

    def read(_request: Request, _version: str, id: str) -> Response:  # noqa: A002  the parameter's name
        if id not in things:
            raise error(404)
        return reply({"id": id, "name": things[id]})

    def delete(_request: Request, _version: str, id: str) -> Response:  # noqa: A002
        if things.pop(id, None) is None:
            raise error(404)
        return reply(None, 204)

    app.on("GET", "/things")(lambda *_: reply([{"id": name, "name": text} for name, text in things.items()]))
    app.on("POST", "/things")(create)
    app.on("GET", "/things/{id}")(read)
    app.on("DELETE", "/things/{id}")(delete)
    return app


def looked(
    path: Path, seconds: float, *, then: bool = False, before: bool = True
) -> tuple[list[Outcome], list[tuple[str, str]]]:
    """What was found of each operation, and what the service was asked.

    Args:
        path: Where the policy goes.
        seconds: How often somebody may look at the clock.
        then: Whether the items of v2 are run after the looks at it, and what they found is given.
        before: Whether there are looks.
    """
    app = api()
    with serving(app) as url:
        target = load_target(folder(path, POLICY, {"v1": DOCUMENT, "v2": DOCUMENT}), {"ODD_URL": url})
        allowance = Allowance(seconds, clock=itertools.count().__next__)
        runner = Runner(target=target, run=Run(as_of=TODAY, seed=1), allowance=allowance)
        looks = FirstLooks(runner=runner)
        rows = [
            Look(subject, item.operation, item.name)
            for subject in ("v1", "v2")
            for item in subject_items(runner, subject)
            if item.operation is not None and not item.name.startswith("sequence")
        ]
        try:
            looks.look([rows[0 if not then else 4 :]] if before else [], 1)
            found = (
                [runner.operation_item(each.subject, each.operation) for each in rows[4:]] if then else looks.others()
            )
        finally:
            runner.close()
    return found, app.seen


def test_every_operation_of_every_version_is_asked_once(tmp_path: Path) -> None:
    """One that is over too; each outcome says what was asked and that the item was not reached."""
    found, seen = looked(tmp_path, 1000)

    assert [(each.subject, each.label) for each in found] == [
        *(
            ("v1", f"sunset[{key}]")
            for key in ("GET /things", "POST /things", "GET /things/{id}", "DELETE /things/{id}")
        ),
        *(("v2", key) for key in ("GET /things", "POST /things", "GET /things/{id}", "DELETE /things/{id}")),
    ]
    assert all(each.exchanges == 1 and not each.reached for each in found)
    assert len(seen) < 24
    assert {finding.code for each in found if each.subject == "v1" for finding in each.findings} == {"AV601"}


def test_nothing_is_asked_after_the_time(tmp_path: Path) -> None:
    """The looks end with the time, and what was asked by then is kept."""
    found, seen = looked(tmp_path, 6)

    assert 0 < len(found) < 8
    assert len(seen) <= 6


def test_what_was_asked_first_is_not_asked_again(tmp_path: Path) -> None:
    """When an item's turn comes it goes on from there: it finds the same, and lists, creates and deletes as often as without a look."""
    found, seen = looked(tmp_path, 100_000, then=True)
    alone, begun = looked(tmp_path, 100_000, then=True, before=False)

    assert [finding.summary for each in (*found, *alone) for finding in each.findings] == []
    assert all(each.reached and each.succeeded for each in (*found, *alone))
    for asked in (("GET", "/v2/things"), ("POST", "/v2/things")):
        assert seen.count(asked) == begun.count(asked)
    assert [method for method, _ in seen].count("DELETE") == [method for method, _ in begun].count("DELETE")
