"""Policies, contracts, scenes and exchanges as plain values: what a check looks at, built without a socket.

The API built here is a shop: `v1` is deprecated, `v2` is live, `v3` is planned; versions are named in the path, a header and `Accept`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jsonschema import Draft202012Validator

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask, Check
from pytest_apiversion.core.checking.exchange import Comparison, Exchange
from pytest_apiversion.core.checking.scene import Scene, primary
from pytest_apiversion.core.contracts.contract import (
    BodySpec,
    Contract,
    HeaderSpec,
    Operation,
    ResponseSpec,
    SchemaProblem,
)
from pytest_apiversion.core.http.messages import NoAnswer, Pairs, Request, Response
from pytest_apiversion.core.http.response_differences import steady_differences
from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.core.policy.credentials import Credential, CredentialField
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.responses import Deprecation, DeprecationHeader, DeprecationLink, Envelope, Sunset
from pytest_apiversion.core.policy.selection import Answer, AnswerKind, Echo
from pytest_apiversion.core.policy.subjects import Alias, Version
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from pytest_apiversion.dialects import dialects
from pytest_apiversion.selection import carriers

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
"""The instant scenes are read at, unless they say otherwise."""

V1 = Lifecycle(released=dt.date(2024, 1, 1), deprecated=dt.date(2026, 1, 1), sunset=dt.date(2027, 1, 1), successor="v2")
V2 = Lifecycle(released=dt.date(2026, 1, 1))
V3 = Lifecycle(released=dt.date(2028, 1, 1))

PATH = Carrier(form=carriers()["path"], template="/api/{version}")
HEADER = Carrier(form=carriers()["header"], name="X-API-Version", spelling="{number}")
QUERY = Carrier(form=carriers()["query"], name="version")
ACCEPT = Carrier(form=carriers()["accept"], name="version", media_type="application/json", spelling="{number}")

COOKIE = Carrier(form=replace(carriers()["header"], kind="cookie"), name="version")
"""A kind of carrier that the package does not have, as somebody might add one: a header by another name."""
JAR = replace(COOKIE, name="Cookie")
"""One in a header that no page can set, and every browser sends."""
VENDOR = Carrier(
    form=replace(carriers()["accept"], kind="vendor"),
    name="version",
    media_type="application/json",
    spelling="{number}",
)
MATRIX = Carrier(form=replace(carriers()["query"], kind="matrix"), name="version")
REALM = Carrier(form=replace(carriers()["path"], kind="realm"), template="/api/{version}")
SITE = Carrier(form=replace(carriers()["host"], kind="site"), template="{version}.shop.example")
"""The kinds of the package that way: no check knows them by name."""

ERROR_SCHEMA = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "object", "required": ["code"]}},
}
ENVELOPE = Envelope(name="error", media_types=("application/json",), schema=ERROR_SCHEMA, code="/error/code")
THING = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "note": {"type": "string"}}}


def instant(text: str) -> dt.datetime:
    """An instant from ISO 8601, UTC unless it says otherwise."""
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def rejects(
    *statuses: int, code: str | None = None, envelope: str | None = None, place: str = "versioning.wrong"
) -> Answer:
    """An answer that rejects."""
    codes = frozenset({code} if code else ())
    return Answer(kind=AnswerKind.REJECT, statuses=frozenset(statuses), codes=codes, envelope=envelope, place=place)


def defaults(version: str) -> Answer:
    """An answer that serves a default."""
    return Answer(kind=AnswerKind.DEFAULT, version=version, place="versioning.missing")


ACCEPTS = Answer(kind=AnswerKind.ACCEPT, place="versioning.wrong")
ANSWERS = {"unknown": rejects(404, code="NO_SUCH_VERSION"), "malformed": rejects(400, code="BAD_VERSION")}


def versions(**lives: Lifecycle) -> dict[str, Version]:
    """Versions by name, oldest first."""
    return {
        name: Version(name=name, contract=f"{name}.yaml", lifecycle=life, order=order)
        for order, (name, life) in enumerate(lives.items())
    }


def policy(*carriers: Carrier, **changes: Any) -> Policy:
    """The shop's policy, with other carriers and other settings."""
    settings: dict[str, Any] = {
        "name": "Shop",
        "source": "apiversion.toml",
        "base_url": None,
        "scheme": "vN",
        "versions": versions(v1=V1, v2=V2, v3=V3),
        "carriers": {carrier.kind: carrier for carrier in carriers or (PATH, HEADER, ACCEPT)},
        "base_path": "/api",
        "answers": ANSWERS,
        "envelopes": {"error": ENVELOPE},
        "envelope": "error",
    }
    return Policy(**settings | changes)


def living(life: Lifecycle, *carriers: Carrier, **changes: Any) -> Policy:
    """The shop's policy, with other dates of `v1`."""
    return policy(*carriers, versions=versions(v1=life, v2=V2, v3=V3), **changes)


SF_DATE = DeprecationHeader(
    name="Deprecation", dialect=dialects()["sf-date"], date="deprecated", place="deprecation.headers[0]"
)
IMF_FIXDATE = DeprecationHeader(
    name="Sunset", dialect=dialects()["imf-fixdate"], date="sunset", place="deprecation.headers[1]"
)
SUCCESSOR = DeprecationLink(rel="successor-version", successor=True, place="deprecation.links[0]")
ANNOUNCES = Deprecation(headers=(SF_DATE, IMF_FIXDATE))
DEPRECATION: Pairs = (("Deprecation", "@1767225600"), ("Sunset", "Fri, 01 Jan 2027 00:00:00 GMT"))
"""What `v1` announces, to the letter."""

ECHO_BODY = Echo(pointer="/meta/version")
ECHO_HEADER = Echo(header="X-Served", spelling="{number}", statuses=("*",))
GONE = Sunset(statuses=frozenset({410}), codes=frozenset({"GONE"}), pointers=("/error/migrate",))


def holds(schema: Mapping[str, Any]) -> Callable[[Any], tuple[SchemaProblem, ...]]:
    """Holds a value to a JSON Schema."""

    def validate(value: Any) -> tuple[SchemaProblem, ...]:
        errors = Draft202012Validator(schema).iter_errors(value)
        return tuple(
            SchemaProblem(
                where="".join(f"/{part}" for part in error.absolute_path),
                message=error.message,
                keyword=str(error.validator),
                member=error.message.split("'")[1] if error.validator == "required" else "",
            )
            for error in errors
        )

    return validate


def answers(
    schema: Mapping[str, Any] | None = None,
    *examples: Any,
    status: str = "200",
    media_type: str = "application/json",
    headers: Iterable[HeaderSpec] = (),
) -> ResponseSpec:
    """A declared answer."""
    body = BodySpec(media_type=media_type, validate=holds(schema) if schema else None, schema=schema, examples=examples)
    return ResponseSpec(status=status, bodies={} if schema is None else {media_type: body}, headers=tuple(headers))


def operation(key: str, *responses: ResponseSpec, **changes: Any) -> Operation:
    """An operation of a contract; without declared answers it has a plain 200."""
    method, _, path = key.partition(" ")
    declared = responses or (answers(THING),)
    return Operation(
        method=method, path=path, responses={response.status: response for response in declared}, **changes
    )


OPERATIONS = (
    operation("GET /things"),
    operation("POST /things", answers(THING, status="201")),
    operation("GET /things/{id}"),
    operation("DELETE /things/{id}", ResponseSpec(status="204")),
    operation("GET /health", neutral=True),
)


def contract(version: str, *operations: Operation) -> Contract:
    """A frozen contract."""
    return Contract(
        source=f"{version}.yaml",
        version=version,
        operations={each.key: each for each in operations or OPERATIONS},
        digest="d" * 64,
        document={},
    )


def scene(
    rules: Policy | None = None,
    subject: str = "v2",
    key: str | None = "GET /things",
    *,
    as_of: dt.datetime = NOW,
    operations: Sequence[Operation] = OPERATIONS,
    contracts: Mapping[str, Contract] | None = None,
    **changes: Any,
) -> Scene:
    """What a check may look at: one operation (or, with None, the whole) of a version or alias."""
    rules = rules or policy()
    version = rules.aliases[subject].version if subject in rules.aliases else subject
    contracts = contracts or {name: contract(name, *operations) for name in rules.versions}
    found = contracts[version].operations[key] if key else None
    return Scene(
        policy=rules, contracts=contracts, as_of=as_of, subject=subject, version=version, operation=found, **changes
    )


def response(
    status: int = 200,
    value: Any = None,
    *,
    headers: Pairs = (),
    body: bytes | None = None,
    media_type: str = "application/json",
) -> Response:
    """An answer with a JSON value (or bytes) as its body; None is an empty body."""
    body = body if body is not None else b"" if value is None else json.dumps(value).encode()
    pairs = (("Content-Type", media_type), *headers) if body and media_type else headers
    return Response(status=status, headers=pairs, body=body)


def error(code: str = "NO_SUCH_VERSION", **members: Any) -> dict[str, Any]:
    """A body in the shop's envelope."""
    return {"error": {"code": code, **members}}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table: what came back in which scene, and what a check is to say of it.

    Attributes:
        expected: `held`, `unspoken` (the exchange cannot show the promise), `unpromised`; or what is said of each thing broken.
        scene: Where it came back.
        exchanges: What came back; the first is judged.
    """

    expected: str | tuple[str, ...]
    scene: Scene
    exchanges: tuple[Exchange, ...]


def exchange(where: Scene, answer: Response | NoAnswer, aim: Aim = Aim.ACCEPTED, /, **changes: Any) -> Exchange:
    """One exchange about the scene's operation, in its own method unless the changes say otherwise."""
    key = changes.pop("operation", where.operation.key if where.operation else "")
    found = where.contracts[where.version].operations.get(key)
    method = changes.pop("method", found.method if found else "GET")
    path = changes.pop("path", found.path if found else "/nowhere")
    request = Request(method=method, path=path, body=changes.pop("sent", None))
    life = where.policy.lifecycle(where.subject)
    plain = Exchange(
        aim=aim,
        version=where.subject,
        via=changes.pop("via", primary(where)),
        operation=key,
        request=request,
        answer=answer,
        as_of=where.as_of,
        stage=where.stage,
        lifecycle=life,
    )
    return replace(plain, **changes)


def row(
    expected: str | tuple[str, ...],
    answer: Response | NoAnswer,
    where: Scene | None = None,
    aim: Aim = Aim.ACCEPTED,
    /,
    **changes: Any,
) -> Row:
    """A row with one exchange."""
    where = where or scene()
    return Row(expected=expected, scene=where, exchanges=(exchange(where, answer, aim, **changes),))


def said(check: Check, of: Row) -> str | tuple[str, ...]:
    """What a check's judge says of a row's first exchange, as the shell would hear it."""
    assert check.judge is not None
    if check.promised(of.scene) is None:
        return "unpromised"
    broken = check.judge(of.exchanges[0], of.scene)
    if broken is None:
        return "unspoken"
    found = tuple(each.summary for each in broken)
    if found and check.yields is not None and check.yields(of.exchanges[0], of.exchanges, of.scene):
        return "yielded"
    return found or "held"


def concluded(check: Check, of: Row) -> str | tuple[str, ...]:
    """What a check concludes from all of a row's exchanges."""
    assert check.conclude is not None
    if check.promised(of.scene) is None:
        return "unpromised"
    broken = check.conclude(of.exchanges, of.scene)
    return "unspoken" if broken is None else tuple(each.summary for each in broken) or "held"


def agrees(found: str | tuple[str, ...], expected: str | tuple[str, ...]) -> bool:
    """Whether what was said is what a row expects: the same verdict, or as many sentences, each with the words expected."""
    if isinstance(found, str) or isinstance(expected, str):
        return found == expected
    return len(found) == len(expected) and all(
        words in sentence for words, sentence in zip(expected, found, strict=True)
    )


def asked(check: Check, where: Scene) -> list[Ask]:
    """What a check plans to ask; nothing where it is not promised."""
    assert check.plan is not None
    return list(check.plan(where))


def held_against(
    check: Check,
    where: Scene,
    here: Response | Sequence[Response],
    there: Response | Sequence[Response],
    /,
    **changes: Any,
) -> str | tuple[str, ...]:
    """What a check says of one exchange that it wants to be asked elsewhere too, as the shell would hear it.

    Args:
        check: The check.
        where: The scene.
        here: What the exchange's request is answered, each time.
        there: What its twin is answered.
        changes: What the exchange is otherwise (`aim` among them).
    """
    assert check.twins is not None
    if check.promised(where) is None:
        return "unpromised"
    mine, other = ([each] if isinstance(each, Response) else list(each) for each in (here, there))
    asked_first = exchange(where, mine[0], changes.pop("aim", Aim.ACCEPTED), **changes)
    base = replace(asked_first.request, headers=())
    plain = replace(asked_first, base=base, request=replace(base, path=f"/api/{where.subject}{base.path}"))
    ways = [replace(plain, via=kind) for kind in where.policy.carriers if kind != plain.via]
    twin = next(iter(check.twins([plain, *ways], where)), None)
    if twin is None:
        return "unasked"
    plain = twin.of
    other_way = replace(base, path=f"/api{base.path}")
    differences = steady_differences(mine, other, twin.differ(plain.request, other_way), where.policy.volatile)
    version = twin.version or where.version
    found = Comparison(version=version, here=mine[-1], there=other[-1], differences=differences)
    about = replace(plain, aim=twin.aim, comparison=found, answer=mine[-1])
    about = about if twin.version else replace(about, via=twin.via, answer=other[-1])
    return said(check, Row(expected="", scene=where, exchanges=(about,)))


def alias(life: Lifecycle | None = None, **changes: Any) -> Alias:
    """Unversioned paths that answer as `v2`."""
    settings: dict[str, Any] = {
        "name": "plain",
        "version": "v2",
        "prefix": "/api",
        "lifecycle": life or Lifecycle(successor="v2"),
    }
    return Alias(**settings | changes)


def inspected(check: Check, where: Scene) -> str | tuple[str, ...]:
    """What a check says of the policy and its files in a scene of a whole version."""
    assert check.inspect is not None
    if check.promised(where) is None:
        return "unpromised"
    broken = check.inspect(where)
    return "unspoken" if broken is None else tuple(each.summary for each in broken) or "held"


def credential(
    name: str, *, scheme: str = "", kind: str = "header", field: str = "X-Key", versions: frozenset[str] | None = None
) -> Credential:
    """A credential in one place, whose value is its name."""
    part = CredentialField(kind=kind, name=field, value=f"secret-{name}", shown=f"${name.upper()}")
    return Credential(name=name, scheme=scheme or name, fields=(part,), versions=versions)
