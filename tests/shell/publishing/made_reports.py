"""Reports of runs that nobody made: findings as wanted, put together as a run puts them together."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from pytest_apiversion.core.finding import Finding, Setting
from pytest_apiversion.shell.execution.options import Options
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.reporting.json_report import report_of
from pytest_apiversion.shell.reporting.session import Facts, Session

AS_OF = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def found(number: int = 0, **other: Any) -> Finding:
    """A finding with an exchange; each number gives another defect."""
    values: dict[str, Any] = {
        "code": "AV401",
        "promise": "errors wear the envelope",
        "version": "v2",
        "operation": f"GET /things/{number}",
        "summary": "a 404 does not wear the envelope 'error'",
        "expected": "application/json with error, message",
        "received": '404 (text/plain): "no"',
        "place": "errors.envelope",
        "reproduce": f"curl -sS -i http://localhost/v2/things/{number}",
        "status": 404,
        "settings": (Setting(status="404", method="GET", asked="a request"),),
        "answers": (number,),
        "request": f"GET /v2/things/{number}\nAccept: */*",
        "answer": "404\nContent-Type: text/plain\n\nno",
    }
    return Finding(**{**values, **other})


def report(findings: Sequence[Finding], *, name: str = "Made", source: str = "apiversion.toml", **more: Any) -> Any:
    """What the JSON report of a run holds that found these and held AV301."""
    session = Session(options=Options(as_of=AS_OF, seed=7), strict=False)
    session.facts[source] = Facts(
        **{
            "name": name,
            "source": source,
            "subjects": {"v1": "deprecated", "v2": "live"},
            "milestones": [("2026-12-01T00:00:00+00:00", "v1", "sunset")],
            "requirements": [("R-1", "Every error has one shape.", ("AV401",))],
            "declared": [("R-2", "We answer mail.")],
            "expected": {"v1": 1, "v2": 1},
            "dates": [
                ("2025-01-01T00:00:00+00:00", "v1", "released"),
                ("2026-03-01T00:00:00+00:00", "v1", "deprecated"),
                ("2026-12-01T00:00:00+00:00", "v1", "sunset"),
                ("2026-01-01T00:00:00+00:00", "v2", "released"),
            ],
            **more,
        }
    )
    for subject in ("v1", "v2"):
        mine = tuple(each for each in findings if each.version == subject)
        session.outcomes[source].append(
            Outcome(
                policy=name,
                source=source,
                subject=subject,
                label="GET /things",
                findings=mine,
                tallies={"AV301": 5, **({"AV401": 3} if mine else {})},
                promised=("AV301", "AV401"),
                exchanges=9,
                succeeded=True,
            )
        )
    return json.loads(json.dumps(report_of(session)))
