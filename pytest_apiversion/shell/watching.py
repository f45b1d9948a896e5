"""Holding responses that somebody else's suite already makes: read from any client, matched to an operation, judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from pytest_apiversion.core.check import Scene
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.exchange import Aim, Exchange, Request, Response
from pytest_apiversion.core.policy import Stage
from pytest_apiversion.selection import carriers, served_path
from pytest_apiversion.shell.curl import curl
from pytest_apiversion.shell.judgement import judge

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.core.policy import Policy
    from pytest_apiversion.shell.target import Target

_EXPECTS_MORE = frozenset({"AV302"})
"""Checks that judge requests this tool drew itself: a suite may send what it likes."""


def findings_of(target: Target, response: object, version: str | None, *, as_of: dt.datetime) -> tuple[Finding, ...]:
    """What one foreign response breaks.

    Args:
        target: The policy and its contracts.
        response: From requests, httpx, or a Django, Flask or Starlette test client.
        version: The version asked for, or None to read it from the request.
        as_of: The instant the policy is read at.

    Raises:
        ToolError: The response has not the attributes of a known client's, or names no declared version.
    """
    request, answer = read_response(response)
    policy = target.policy
    text, path = served_path(policy, request.path)
    asked = version or _asked(policy, request, text)
    if asked is None or asked not in policy.versions:
        raise ToolError(f"{request.method} {request.target} names no declared version; say assert_api_contract(response, version=…)")
    operation = target.contracts[asked].match(request.method, path) or target.contracts[asked].match(request.method, request.path)
    life, stage = policy.lifecycle(asked), policy.stage(asked, as_of)
    aim = Aim.SUNSET if stage is Stage.SUNSET else Aim.UNKNOWN_DATA if operation else Aim.UNROUTED
    scene = Scene(policy=policy, contracts=target.contracts, as_of=as_of, subject=asked, version=asked, operation=operation)
    exchange = Exchange(
        aim=aim, version=asked, via=next(iter(policy.carriers)), operation=operation.key if operation else "", request=request,
        answer=answer, as_of=as_of, stage=stage, lifecycle=life,
    )  # fmt: skip
    found, _ = judge([exchange], scene, lambda each: curl(each, policy.base_url or "http://localhost"))
    return tuple(finding for finding in found if finding.code not in _EXPECTS_MORE)


def _asked(policy: Policy, request: Request, text: str | None) -> str | None:
    from pytest_apiversion.core.naming import spelling  # noqa: PLC0415  cycle-free, but only foreign responses need it

    for kind, carrier in policy.carriers.items():
        texts = (text,) if kind == "path" and text else carriers()[kind].read(request, carrier) if kind != "path" else ()
        if texts:
            return spelling(policy, kind).read(texts[0])
    missing = policy.answer("missing")
    return missing.version if missing else None


def read_response(response: Any) -> tuple[Request, Response]:  # noqa: ANN401  any client's response
    """A client's response as plain values.

    Raises:
        ToolError: It has not the attributes of a known client's.
    """
    try:
        status = int(response.status_code)
        body = response.content if hasattr(response, "content") else response.get_data()
        pairs = response.headers.items()
        method, url, headers = _request(response)
    except (AttributeError, TypeError, ValueError) as error:
        raise ToolError(f"cannot read a {type(response).__name__} as an HTTP response: {error}") from error
    parts = urlsplit(url)
    request = Request(
        method=method.upper(), path=parts.path or "/", query=tuple(parse_qsl(parts.query, keep_blank_values=True)),
        headers=tuple((str(name), str(value)) for name, value in headers),
    )  # fmt: skip
    return request, Response(status=status, headers=tuple((str(name), str(value)) for name, value in pairs), body=bytes(body))


def _request(response: Any) -> tuple[str, str, list[tuple[str, str]]]:  # noqa: ANN401  any client's response
    request = response.request
    if isinstance(request, dict):  # Django's test client keeps the WSGI environment
        headers = [(key[5:].replace("_", "-").title(), value) for key, value in request.items() if key.startswith("HTTP_")]
        query = request.get("QUERY_STRING") or ""
        return request["REQUEST_METHOD"], f"{request['PATH_INFO']}{'?' if query else ''}{query}", headers
    return request.method, str(request.url), list(request.headers.items())
