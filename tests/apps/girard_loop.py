"""Two ways to try a reference server whole, shared by the Girard and the Moonborn tests.

`hold` draws requests from a frozen contract and lets every answer be judged by it. `transcript` sends a fixed list of
requests and writes down what came back, so that a planted bug shows as the lines that differ from the honest server.
"""

from __future__ import annotations

import collections
import copy
import datetime as dt
import http.client
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import hypothesis
import requests
import schemathesis
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as openapi_checks

from tests.apps.kit import App, serving

Contract = dict[str, Any]
Probe = tuple[str, str, dict[str, str], bytes | None]
"""Method, path with query, headers, body."""

CONFORMITY = [
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance,
]


def hold(
    contract: Contract,
    url: str,
    headers: Mapping[str, str],
    ids: Callable[[], Mapping[str, str]],
    *,
    mode: GenerationMode,
    examples: int,
) -> dict[str, int]:
    """Draw `examples` cases for each operation and let the contract judge the answers; cases sent, by operation.

    Credentials are those of `headers`, whatever was drawn; in positive mode `ids` gives path parameters that exist.
    """
    document = copy.deepcopy(contract)
    document.pop("security", None)
    schema = schemathesis.openapi.from_dict(document)
    sent: collections.Counter[str] = collections.Counter()
    with requests.Session() as session:
        session.headers.update(headers)

        def judge(case: schemathesis.Case[Any]) -> None:
            if mode is GenerationMode.POSITIVE:
                known = ids()
                case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}
            response = case.call(base_url=url, headers=dict(headers), session=session)
            expected = {2} if mode is GenerationMode.POSITIVE else {4} if spoiled(case) else {2, 4}
            assert response.status_code // 100 in expected, (
                case.as_curl_command(),
                response.status_code,
                response.text,
            )
            case.validate_response(response, checks=CONFORMITY)
            sent[case.operation.label] += 1

        for result in schema.get_all_operations():
            assert isinstance(result, Ok), result
            operation = result.ok()
            if mode is GenerationMode.NEGATIVE and not [*operation.iter_parameters(), *operation.body]:
                continue  # nothing in it can be wrong
            cases = operation.as_strategy(generation_mode=mode)
            settings = hypothesis.settings(
                max_examples=examples,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(hypothesis.HealthCheck),
            )
            settings(hypothesis.given(case=cases)(judge))()
    return dict(sent)


def spoiled(case: schemathesis.Case[Any]) -> bool:
    """Whether the body was drawn to be refused (an undeclared query parameter is drawn too, and rightly ignored)."""
    body = case.meta.components.get(ParameterLocation.BODY) if case.meta else None
    return body is not None and body.mode is GenerationMode.NEGATIVE


def send(url: str, probe: Probe) -> tuple[int, dict[str, str], bytes]:
    """Send one request as it is written, with nothing normalised, and give status, headers and body."""
    method, path, headers, body = probe
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def transcript(app: App, probes: Mapping[str, Probe], *, hidden: Iterable[str] = ()) -> dict[str, str]:
    """What `app` answers to each probe, in order, on one line; `hidden` names headers that change by themselves."""
    lines = {}
    unseen = {"date", "content-length", *hidden}
    with serving(app) as url:
        for name, probe in probes.items():
            status, headers, body = send(url, probe)
            shown = {key: value for key, value in sorted(headers.items()) if key not in unseen}
            text = re.sub(r'"requestId": "[^"]*"', '"requestId": "…"', body.decode())
            lines[name] = f"{status} {shown} {text}"
    return lines


def utc(text: str) -> dt.datetime:
    """An aware UTC moment from `2026-11-20` or `2026-11-20T12:00:00`."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def packed(value: object) -> bytes:
    """`value` as JSON bytes."""
    return json.dumps(value).encode()


def expand(symptom: str, honest: Mapping[str, str]) -> set[str]:
    """The probe names a symptom stands for; `honest` is the transcript without the bug.

    `@unknown` is every unknown or malformed version, `@v1` every probe of v1, `@v1-errors` and `@v1-answers` those the
    honest server refuses and serves, `@v1-bodies` those with a body in the answer.
    """
    names: set[str] = set()
    for word in symptom.split():
        version, _, kind = word.removeprefix("@").partition("-")
        if not word.startswith("@"):
            names.add(word)
        elif version == "unknown":
            names |= {name for name in honest if name.startswith(("unknown-", "malformed-"))}
        else:
            names |= {
                name
                for name, line in honest.items()
                if name.startswith(f"{version}-")
                and {"": True, "errors": line >= "4", "answers": line < "4", "bodies": not name.endswith("-head")}[kind]
            }
    return names
