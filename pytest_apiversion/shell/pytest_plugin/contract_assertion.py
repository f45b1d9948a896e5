"""`assert_api_contract`: reads a response of any client, matches it to an operation, holds it to the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlsplit

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.http.messages import Pairs, Request, Response
from pytest_apiversion.core.judging.element_use import life_in, used_parts
from pytest_apiversion.core.policy.version_texts import spelling
from pytest_apiversion.core.versions.lifecycle import Stage
from pytest_apiversion.selection import served_path
from pytest_apiversion.shell.execution.judging import judge
from pytest_apiversion.shell.requests.building import credentials_for
from pytest_apiversion.shell.texts.suggestions import nearest
from pytest_apiversion.shell.transport.reproduction import reproduction

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.finding import Finding
    from pytest_apiversion.core.policy.credentials import Credential
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.target.load import Target

_PATH = "/:@!$&'()*+,;=~-._%"
"""What stands in a path unescaped (RFC 3986 §3.3), and the escapes of a path that is escaped already."""


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
    request, answer = read_response(response, base_url=target.policy.base_url or "")
    policy = target.policy
    text, path = served_path(policy, request.path)
    asked = version or _asked(policy, request, text, as_of)
    if asked is None:
        said = f"{request.method} {request.path}"
        raise ToolError(f"{said} names no declared version; say assert_api_contract(response, version=…)")
    if asked not in policy.versions:
        raise ToolError(f"no version is named {asked!r}{nearest(asked, policy.versions)}")
    operation = _operation(target, asked, request, path, request.path)
    if operation is not None:
        policy = policy.seen_by(asked, operation.key)
    scene = Scene(
        policy=policy, contracts=target.contracts, as_of=as_of, subject=asked, version=asked, operation=operation
    )
    used = used_parts(scene, operation, request, answer)
    life = life_in(scene, used)
    stage = life.stage(as_of)
    aim = Aim.SUNSET if stage is Stage.SUNSET else Aim.UNKNOWN_DATA if operation else Aim.UNROUTED
    exchange = Exchange(
        aim=aim,
        version=asked,
        via=next(iter(policy.carriers)),
        operation=operation.key if operation else "",
        request=request,
        answer=answer,
        as_of=as_of,
        stage=stage,
        lifecycle=life,
        elements=used,
        secrets=policy.secrets,
    )

    def reproduce(each: Request) -> str:
        return reproduction(policy, _masked(policy, asked, operation, each), "http://localhost")

    return tuple(judge([exchange], scene, reproduce)[0])


def _operation(target: Target, version: str, request: Request, *paths: str) -> Operation | None:
    contract = target.contracts.get(version)
    found = (contract.match(request.method, path, request.query) for path in paths) if contract else ()
    return next((each for each in found if each is not None), None)


def _masked(policy: Policy, version: str, operation: Operation | None, request: Request) -> Request:
    """The request with what is shown in the place of its credentials."""
    shown = tuple(pair for each in credentials_for(policy, version, operation) for pair in each.shown)
    return replace(request, host=None, secrets=shown)


def _asked(policy: Policy, request: Request, text: str | None, as_of: dt.datetime) -> str | None:
    """The version a request names in its strongest carrier, else the default."""
    for kind, carrier in policy.carriers.items():
        in_path = (text,) if text else ()
        texts = in_path if carrier.form.in_path else carrier.form.read(request, carrier)
        if texts:
            return spelling(policy, kind).read(texts[0])
    pins = (each.pinned for each in policy.credentials if each.pinned is not None and _shows(request, each))
    missing = next(pins, None) or policy.answer("missing")
    return policy.serving(missing.version, as_of) if missing else None


def _shows(request: Request, credential: Credential) -> bool:
    """Whether a request goes with a credential."""
    pairs = {("query", name, value) for name, value in request.query}
    pairs |= {("header", name.lower(), value) for name, value in request.headers}
    pairs |= {
        ("cookie", name.strip(), value)
        for each in (request.header("cookie") or "").split(";")
        for name, _, value in [each.partition("=")]
    }
    named = [
        (each.kind, each.name.lower() if each.kind == "header" else each.name, each.value) for each in credential.fields
    ]
    return bool(named) and pairs.issuperset(named)


def read_response(response: Any, *, base_url: str = "") -> tuple[Request, Response]:
    """A client's response as plain values.

    Args:
        response: From requests, httpx, or a Django, Flask or Starlette test client.
        base_url: Its path is taken off the request's.

    Raises:
        ToolError: It has not the attributes of a known client's.
    """
    try:
        status = int(response.status_code)
        body = bytes(response.content if hasattr(response, "content") else response.get_data())
        headers = _pairs(response.headers)
        method, url, asked = _request(response)
    except (AttributeError, TypeError, ValueError, KeyError) as error:
        raise ToolError(f"cannot read a {type(response).__name__} as an HTTP response: {error}") from error
    parts = urlsplit(url)
    prefix = urlsplit(base_url).path.rstrip("/")
    path = parts.path or "/"
    request = Request(
        method=method.upper(),
        path=path.removeprefix(prefix) if path.startswith(f"{prefix}/") else path,
        query=tuple(parse_qsl(parts.query, keep_blank_values=True)),
        headers=asked,
    )
    return replace(request, host=_host(request) or parts.hostname), Response(status=status, headers=headers, body=body)


def _host(request: Request) -> str | None:
    """The host a request asks for in so many words, without its port."""
    return urlsplit(f"//{request.header('host') or ''}").hostname


def _request(response: Any) -> tuple[str, str, Pairs]:
    request = response.request
    if not isinstance(request, Mapping):
        return str(request.method), str(request.url), _pairs(request.headers)
    # Django's test client keeps what its WSGI environment was made of
    headers = tuple(
        (key[5:].replace("_", "-"), str(value)) for key, value in request.items() if key.startswith("HTTP_")
    )
    if request.get("CONTENT_TYPE"):
        headers = (*headers, ("Content-Type", str(request["CONTENT_TYPE"])))
    query = request.get("QUERY_STRING") or ""
    path = quote(str(request["PATH_INFO"]), safe=_PATH)
    return str(request["REQUEST_METHOD"]), f"{path}{'?' if query else ''}{query}", headers


def _pairs(headers: Any) -> Pairs:
    items = headers.multi_items() if hasattr(headers, "multi_items") else headers.items()
    return tuple((_text(name), _text(value)) for name, value in items)


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
