"""A run over a socket and one in this process find the same, request for request."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from pytest_apiversion.core.policy.requests import TURNS
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.detection.table import POLICIES
from tests.frameworks.fastapi_app import fastapi_app
from tests.frameworks.serving import serving_asgi
from tests.frameworks.test_fastapi_as_written import POLICY
from tests.shell.running import TODAY, Result, run_target
from tests.thorough import drawn, sample

CONTRACTS = Path(__file__).parents[2] / "contracts"

BUGS = {"girard": "sunset-header-other-day", "aragora": "old-name-still-in-v2"}
"""What is planted in an application; where there is no word of it, nothing is."""


def said(result: Result) -> list[tuple[object, ...]]:
    """All a run says, but for what differs between two runs over the same transport too."""
    return [
        (
            outcome.subject,
            outcome.label,
            sorted((finding.code, finding.operation, finding.summary) for finding in outcome.findings),
            dict(outcome.tallies),
            outcome.exchanges,
            outcome.succeeded,
            outcome.notes,
        )
        for outcome in result.outcomes
    ]


@pytest.mark.parametrize("name", sample(POLICIES, 5))
def test_wsgi(name: str) -> None:
    """The five reference applications: the same findings, counts, notes and requests, with a bug and without."""
    module = importlib.import_module(f"tests.apps.{name}")
    bugs = frozenset({BUGS[name]} if name in BUGS else ())
    path = CONTRACTS / name / "apiversion.toml"
    with serving(module.create_app(today=TODAY, bugs=bugs)) as url:
        target = load_target(path, {**module.ENVIRONMENT, f"{name.upper()}_URL": url})
        over = run_target(target, max_examples=drawn(2), probes=TURNS)
    target = load_target(path, {**module.ENVIRONMENT, f"{name.upper()}_URL": "http://localhost"})
    within = run_target(
        target, max_examples=drawn(2), probes=TURNS, application=module.create_app(today=TODAY, bugs=bugs)
    )

    assert said(within) == said(over)
    assert within.sent == over.sent


@pytest.mark.parametrize("whole_pages", [False, True], ids=["honest", "narrowed"])
def test_asgi(tmp_path: Path, whole_pages: bool) -> None:  # noqa: FBT001  a table
    """A FastAPI application likewise."""
    (tmp_path / "apiversion.toml").write_text(POLICY, "utf-8")
    (tmp_path / "v1.openapi.json").write_text(json.dumps(fastapi_app().openapi()), "utf-8")
    path = tmp_path / "apiversion.toml"
    with serving_asgi(fastapi_app(whole_pages=whole_pages)) as url:
        over = run_target(load_target(path, {"SHOP_URL": url}), max_examples=8)
    target = load_target(path, {"SHOP_URL": "http://localhost"})
    within = run_target(target, max_examples=8, application=fastapi_app(whole_pages=whole_pages))

    assert said(within) == said(over)
    assert bool(within.findings) is whole_pages
