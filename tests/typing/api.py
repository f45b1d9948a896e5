"""What a type checker must accept of the public API, and the types it must see; checked, never run."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import assert_type

import pytest
import requests

import pytest_apiversion
from pytest_apiversion import (
    Aim,
    ApiClient,
    ApiVersionError,
    ApiVersionWarning,
    Ask,
    Broken,
    Carrier,
    CarrierKind,
    Check,
    ContractBroken,
    Dialect,
    Exchange,
    Finding,
    Frozen,
    Lifecycle,
    Policy,
    PolicyError,
    Problem,
    Reading,
    Request,
    Response,
    Scene,
    ServiceUnreachable,
    Severity,
    Stage,
    ToolError,
    Verdict,
    Version,
    freeze,
    load_policy,
)


def reads_a_policy(path: Path) -> Policy:
    """A policy file becomes a policy, or an error that holds every mistake."""
    try:
        policy = load_policy(path, os.environ, base_url="http://localhost:8000")
    except PolicyError as error:
        assert_type(error.mistakes, tuple[str, ...])
        raise
    assert_type(policy.versions, Mapping[str, Version])
    assert_type(policy.stage("v1", dt.datetime.now(dt.UTC)), Stage)  # noqa: TID251  what a caller may do
    assert_type(policy.lifecycle("v1"), Lifecycle)
    return policy


@pytest.mark.api_versions("v1", since="v1", until="v2", stages=["live"])
def uses_the_fixtures(
    api_policy: Policy, api_version: str, api_client: ApiClient, assert_api_contract: Callable[..., None]
) -> None:
    """The fixtures are annotated with public names."""
    response = api_client.get("/things")
    assert_type(response, requests.Response)
    assert_type(api_client.api_version, str)
    assert_api_contract(response, version=api_version)
    assert api_policy.name


def freezes(application: Callable[..., object], path: Path) -> Frozen:
    """An application, a document or a source becomes a contract."""
    freeze("https://api.example.com/openapi.json", policy="apiversion.toml", version="v1", check=True)
    freeze({"openapi": "3.1.0"}, policy=path, version="v1", as_of=dt.date(2026, 1, 1))
    frozen = freeze(application, policy=path, version="v1", path="/openapi.json")
    assert_type(frozen.path, Path)
    return frozen


def reads_findings(error: ContractBroken) -> tuple[Finding, ...]:
    """A broken contract holds findings."""
    for finding in error.findings:
        assert_type(finding.severity, Severity)
        assert_type(finding.code, str)
    return error.findings


def adds_to_the_catalogue(carrier: Callable[[Request, Carrier, str], Request]) -> None:
    """A suite's own check, carrier and dialect are written with public names only."""

    def plan(scene: Scene) -> Iterable[Ask]:
        yield Ask(aim=Aim.OWN, method="HEAD", selection=scene.selection)

    def judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
        assert_type(exchange.response, Response | None)
        return [Broken(summary="a", expected="b", received="c", place=scene.subject)]

    def read(text: str) -> Reading:
        return Reading(problems=(Problem(rule="syntax", message=text),))

    Check(code="SHOP1", name="a", title="a", promised=lambda scene: scene.version, plan=plan, judge=judge)
    CarrierKind(
        kind="cookie",
        write=carrier,
        read=lambda request, where: (request.path, where.name),
        clean=lambda request, _: request,
        can_carry=lambda text, carrier=None: bool(text and carrier),
    )
    CarrierKind(
        kind="matrix",
        write=carrier,
        read=lambda request, where: (request.path, where.name),
        clean=lambda request, _: request,
        can_carry=lambda text, carrier=None: bool(text and carrier),
        in_path=True,
        repeatable=True,
        separator=";",
        quotes=True,
        forms=lambda carrier, text, other: [(carrier.name, f"{text}{other or ''}")],
    )
    Dialect(name="days", source="us", write=lambda moment: moment.isoformat(), read=read)


WARNING: type[Warning] = ApiVersionWarning

ERRORS: tuple[type[ApiVersionError], ...] = (PolicyError, ContractBroken, ServiceUnreachable, ToolError)
HELD: Verdict = Verdict.HELD
NAMES: list[str] = pytest_apiversion.__all__
