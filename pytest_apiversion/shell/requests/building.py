"""Builds a request: path, policy values, credentials, version."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

from pytest_apiversion.core.contracts.named_queries import pairs_of
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.credentials import DEFAULT
from pytest_apiversion.core.policy.version_texts import spell, unversioned
from pytest_apiversion.selection import select
from pytest_apiversion.shell.generation.body_values import anything, overlaid
from pytest_apiversion.shell.openapi.serialization import FORM, text_of
from pytest_apiversion.shell.requests.body_members import with_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_apiversion.core.checking.check import Ask
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.policy.carriers import Carrier
    from pytest_apiversion.core.policy.credentials import Credential
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.requests import OperationRule
    from pytest_apiversion.shell.generation.body_values import Holds


def fill(template: str, values: Mapping[str, str]) -> str:
    """A path template with its parameters replaced by percent-encoded values."""
    path = template
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def refilled(template: str, path: str, other: str) -> str | None:
    """Another path template with the parameters a filled one has: those of the same name, or as many in the same order.

    Args:
        template: The template that was filled.
        path: What it was filled to.
        other: The template to fill.

    Returns:
        The path, or None where the filled one does not say all it needs.
    """
    pairs = zip(template.split("/"), path.split("/"), strict=False)
    values = {name[1:-1]: text for name, text in pairs if name.startswith("{") and name.endswith("}")}
    wanted = [part.partition("}")[0] for part in other.split("{")[1:]]
    if len(wanted) == len(values) and not set(wanted) <= values.keys():
        values = dict(zip(wanted, values.values(), strict=True))
    return fill(other, values) if set(wanted) <= values.keys() else None


def build(
    policy: Policy,
    operation: Operation,
    case: DrawnCase,
    path: Mapping[str, str],
    *,
    overlay: bool,
    known: Mapping[str, str] | None = None,
    held: Holds = anything,
) -> Request:
    """A request without a version and without credentials.

    Args:
        policy: For the values it gives.
        operation: The operation.
        case: The drawn case.
        path: Percent-encoded path parameters.
        overlay: Whether the policy's values go over the drawn ones: for requests that should succeed.
        known: Values of existing data by name, put over required query parameters and the members of a body.
        held: Whether a body is valid; what `known` says is not put where it would make it invalid.
    """
    rule = policy.operations.get(operation.key)
    query, headers, body = list(case.query), list(case.headers), case.body
    if overlay:
        query = _over(query, _query_values(policy, operation, rule, known or {}))
        headers = _over(headers, rule.values.headers if rule else {})
        body = _body(case, rule, known or {}, held)
    if operation.query:
        pinned = pairs_of(operation.query)
        query = [*(pair for pair in query if pair[0] not in dict(pinned)), *pinned]
    if case.cookies:
        headers.append(("Cookie", "; ".join(f"{name}={value}" for name, value in case.cookies)))
    if body is not None and case.media_type and not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", case.media_type))
    where = "" if operation.bare else fill(operation.path, path)  # what is written before it is the whole
    request = Request(method=operation.method, path=where, query=tuple(query), headers=tuple(headers), body=body)
    # a contract may describe the version's own parameter: what was drawn for it is no version
    return request if operation.neutral else _cleaned(request, policy.carriers.values())


def _cleaned(request: Request, carriers: Iterable[Carrier]) -> Request:
    """Without what stands in these carriers; a path has no version yet."""
    for carrier in carriers:
        request = request if carrier.form.in_path else carrier.form.clean(request, carrier)
    return request


def _query_values(
    policy: Policy, operation: Operation, rule: OperationRule | None, known: Mapping[str, str]
) -> dict[str, str]:
    required = [
        parameter.name for parameter in operation.parameters if parameter.place == "query" and parameter.required
    ]
    given = {name: policy.values[name][0] for name in required if name in policy.values}
    return {**{name: known[name] for name in required if name in known}, **given, **(rule.values.query if rule else {})}


def _over(pairs: list[tuple[str, str]], values: Mapping[str, str]) -> list[tuple[str, str]]:
    names = {name.lower() for name in values}
    return [*(pair for pair in pairs if pair[0].lower() not in names), *values.items()]


def _body(case: DrawnCase, rule: OperationRule | None, known: Mapping[str, str], held: Holds) -> bytes | None:
    told: dict[str, Any] = dict(rule.values.body) if rule else {}
    if case.body is None or not (told or known):
        return case.body
    if isinstance(case.json, dict | list):
        made = overlaid(case.json, known, held)
        if isinstance(made, dict):
            made = {**made, **told}
        return case.body if made is case.json else json.dumps(made).encode()
    if (case.media_type or "").partition(";")[0].strip() == FORM:
        fields = parse_qsl(case.body.decode("ascii", "replace"), keep_blank_values=True)
        mine = {name: known[name] for name, _ in fields if name in known}
        return urlencode(
            _over(fields, {**mine, **{name: text_of(value) for name, value in told.items()}}), quote_via=quote
        ).encode()
    return case.body


def credentials_for(policy: Policy, version: str, operation: Operation | None) -> tuple[Credential, ...]:
    """The credentials an operation needs: those of the first security alternative that the policy has in full.

    An operation whose contract says nothing gets the credential named `default`, if there is one.
    """
    mine = [
        each for each in policy.credentials if not each.limited and (each.versions is None or version in each.versions)
    ]
    if operation is not None and operation.security is not None:
        for alternative in operation.security:
            chosen = [next((each for each in mine if each.scheme == scheme), None) for scheme in alternative]
            if all(chosen):
                return tuple(each for each in chosen if each is not None)
        if operation.security and {} not in operation.security:
            return tuple(each for each in mine if each.name == DEFAULT)
        return ()
    return tuple(each for each in mine if each.name == DEFAULT)


def with_credentials(request: Request, credentials: Iterable[Credential], ask: Ask | None = None) -> Request:
    """The request with credentials in it, and with what reports show in their place; the one that is asked wrongly with a wrong value."""
    for credential in credentials:
        wrong = ask.wrong if ask is not None and credential.name == ask.wrong_credential else None
        fields = credential.fields if wrong is None else wrong
        for each in fields:
            if each.kind == "header":
                request = request.with_header(each.name, each.value)
            elif each.kind == "query":
                pairs = tuple(pair for pair in request.query if pair[0] != each.name)
                request = replace(request, query=(*pairs, (each.name, each.value)))
            else:
                jar = request.header("cookie")
                request = request.with_header(
                    "Cookie", f"{jar}; {each.name}={each.value}" if jar else f"{each.name}={each.value}"
                )
        made_up = tuple((each.name, each.shown) for each in fields if each.shown != each.value)
        hidden = credential.shown if wrong is None else made_up
        request = replace(request, secrets=(*request.secrets, *hidden))
    return request


def without_credentials(request: Request, credentials: Iterable[Credential]) -> Request:
    """The request without anything in the headers and query parameters that credentials stand in."""
    for each in (part for credential in credentials for part in credential.fields):
        if each.kind == "header":
            request = request.without_header(each.name)
        elif each.kind == "query":
            request = replace(request, query=tuple(pair for pair in request.query if pair[0] != each.name))
    return request


def plainly(policy: Policy, subject: str, operation: Operation, request: Request) -> Request:
    """The request asked of a version (or alias) through its strongest carrier; through none where nothing reads it."""
    if operation.neutral:
        return request
    if unversioned(policy):
        return select(request, policy, ())
    if (alias := policy.aliases.get(subject)) is not None:
        return replace(request, path=alias.prefix + request.path)
    kind = next(iter(policy.carriers))
    return select(request, policy, [(kind, spell(policy, kind, subject))])


def placed(request: Request, target: str) -> Request:
    """The request at another place: a path, and the query that may stand behind it."""
    path, _, query = target.partition("?")
    return replace(
        request, path=path, query=tuple(parse_qsl(query, keep_blank_values=True)) if query else request.query
    )


def shaped(ask: Ask, request: Request) -> Request:
    """The request with the path, the method and the body an ask wants, before a version is written into it."""
    if ask.path is not None:
        request = placed(request, ask.path)
    if ask.method is not None and ask.method != request.method:
        keep = ask.method in {"POST", "PUT", "PATCH"}
        request = replace(request, method=ask.method, body=request.body if keep else None)
        if not keep:
            request = request.without_header("Content-Type")
    if ask.body is not None:
        request = replace(request, body=ask.body)
    if ask.members or ask.lacks:
        request = replace(request, body=with_members(request, ask.members, ask.lacks))
    if ask.padded is not None:
        request = replace(request, body=(request.body or b"").ljust(ask.padded))
    return request


def asked(policy: Policy, subject: str, ask: Ask, request: Request) -> Request:
    """The request with what an ask wants changed: path, method, and the texts written into carriers, or an alias' prefix."""
    request = shaped(ask, request)
    if ask.prefix is not None:
        return replace(request, path=ask.prefix + request.path)
    request = _cleaned(request, [policy.carriers[kind] for kind in dict(ask.selection)])
    request = select(request, policy, () if unversioned(policy) else ask.selection)
    if ask.whole and ask.path is not None:
        request = placed(request, ask.path)
    for name, value in ask.headers:
        request = request.with_header(name, value)
    for name in ask.without:
        request = replace(request.without_header(name), without=request.without | {name.lower()})
    if ask.query:
        request = replace(request, query=(*request.query, *ask.query))
    if (alias := policy.aliases.get(subject)) is not None:
        return replace(request, path=alias.prefix + request.path.removeprefix(policy.base_path))
    return request
