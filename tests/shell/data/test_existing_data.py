"""Data that exists: identifiers read from answers, values kept and used up, bodies that name it, texts nobody used."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import Contract, Operation
from pytest_apiversion.core.contracts.path_values import bare
from pytest_apiversion.core.http.messages import Response
from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.requests import OperationRule, Values
from pytest_apiversion.core.policy.subjects import Version
from pytest_apiversion.core.versions.lifecycle import Lifecycle
from pytest_apiversion.selection import carriers
from pytest_apiversion.shell.data.existing_data import Data
from pytest_apiversion.shell.data.identifiers import identifiers, linked, noun, singular, spellings, unlikely
from pytest_apiversion.shell.generation.body_values import fits, holder, names_in, overlaid, varied
from pytest_apiversion.shell.openapi.contracts import read_contract
from pytest_apiversion.shell.openapi.serialization import encode
from tests.shell.servers.kit import document, operation, parameter, record


def answer(body: Any, status: int = 200, media_type: str = "application/json", **headers: str) -> Response:
    """An answer with a JSON value, or a text, in it."""
    text = body if isinstance(body, str) else json.dumps(body)
    return Response(status=status, headers=(("Content-Type", media_type), *headers.items()), body=text.encode())


FOUND: dict[str, tuple[Response, str, str, list[str]]] = {
    # name: answer, collection, parameter, the first identifiers
    "own-name": (answer({"member_id": "m1", "id": "x"}), "/members", "member_id", ["m1", "x"]),
    "camel": (answer({"memberId": 7}), "/members", "member_id", ["7"]),
    "of-the-noun": (answer({"data": {"debate_id": "d1"}}), "/debates", "key", ["d1"]),
    "plain-id": (answer({"request_id": "r", "data": {"id": "m1"}}), "/members", "member_id", ["m1"]),
    "list": (answer([{"id": 1}, {"id": 2}, {"id": 3}, {"id": 4}]), "/members", "pk", ["1", "2", "3"]),
    "list-of-texts": (answer(["a b", "c"]), "/members", "id", ["a%20b", "c"]),
    "listed-under-a-member": (answer({"total": 2, "names": ["a", "b"]}), "/names", "x", ["a", "b"]),
    "location-first": (
        answer({"id": "job1"}, 202, location="/v1/members/m9?x=1"),
        "/members",
        "member_id",
        ["m9", "job1"],
    ),
    "location-elsewhere": (answer({"build": "b1"}, 202, location="/v1/jobs/j1"), "/builds", "build", ["b1"]),
    "location-only": (answer("", 201, location="https://h.example/odd/place/77/"), "/members", "member_id", ["77"]),
    "location-is-no-uri": (answer("", 201, location="https://[x"), "/members", "member_id", []),
    "location-nested": (answer("", 201, location="/orgs/o1/members/m1"), "/orgs/{org}/members", "member", ["m1"]),
    "hypertext": (answer({"links": {"self": "https://h.example/api/members/m3"}}), "/members", "member_id", ["m3"]),
    "xml": (
        answer("<r><ns:memberId>m 1</ns:memberId></r>", media_type="application/xml"),
        "/members",
        "member_id",
        ["m%201"],
    ),
    "nothing": (answer({"ok": True, "count": None, "id": ""}), "/members", "member_id", []),
    "no-json": (answer("<html>"), "/members", "member_id", []),
}


@pytest.mark.parametrize(("response", "collection", "name", "expected"), FOUND.values(), ids=FOUND)
def test_identifiers_are_found_where_answers_have_them(
    response: Response, collection: str, name: str, expected: list[str]
) -> None:
    """The likeliest identifier comes first, percent-encoded; an answer without one gives none."""
    found = [each.text for each in identifiers(response, collection, name)]

    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$response.body#/data/id", "a%2Fb"),
        ("$response.header.Location", "h1"),
        ("$response.body#/none", None),
        ("$url", None),
        ("fixed", "fixed"),
    ],
)
def test_a_link_expression_takes_a_value(expression: str, expected: str | None) -> None:
    """Runtime expressions of OpenAPI links read bodies and headers; constants are themselves."""
    assert linked(answer({"data": {"id": "a/b"}}, location="h1"), expression) == expected
    assert linked(None, expression) is None


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("things", "thing"),
        ("companies", "company"),
        ("boxes", "box"),
        ("address", "address"),
        ("addresses", "address"),
        ("data", "data"),
        ("s", "s"),
    ],
)
def test_nouns_lose_their_plural(word: str, expected: str) -> None:
    """Collections and their things are matched by the singular."""
    assert singular(word) == expected


def test_names_and_templates_are_compared_as_people_read_them() -> None:
    """Names by their words, templates without the names of their parameters."""
    assert {"member_id", "memberId", "memberID", "member-id"} <= set(spellings("memberId"))
    assert bare("/a/{b}/c/{d}/") == "/a/{}/c/{}"
    assert noun("/orgs/{org_id}/price-lists") == "price-list"
    assert encode("a/b ..") == "a%2Fb%20.."
    assert encode("..") == "%2E%2E"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", False), ("99999", False), ("1234567", True), ("abcd", True), ("%00abc", False), ("a%20bcd", True)],
)
def test_drawn_identifiers_that_may_exist_by_chance_are_known(text: str, expected: bool) -> None:  # noqa: FBT001  a column of a table
    """`DELETE /things/1` is not sent because 1 was drawn."""
    assert unlikely(text) is expected


NAMED = record(name={"type": "string", "minLength": 1, "maxLength": 12})
ORG, KEY = parameter("org_id"), parameter("id")
CONTRACT = read_contract(
    document(
        {
            "/orgs": {"post": operation({201: None}, body=NAMED), "get": operation({200: None})},
            "/orgs/{org_id}/members": {"get": operation({200: None}, parameters=[ORG])},
            "/orgs/{org_id}/members/{id}": {
                "get": operation({200: None}, parameters=[ORG, KEY]),
                "delete": operation({204: None}, parameters=[ORG, KEY]),
            },
            "/customers": {"get": operation({200: None})},
            "/customers/{id}": {
                "get": operation({200: None}, parameters=[parameter("id", schema={"type": "integer"})])
            },
            "/orders": {
                "post": operation({201: None}, body=record(customer_id={"type": "integer"}, org_ids={"type": "array"}))
            },
            "/loops/{loop_id}": {"get": operation({200: None}, parameters=[parameter("loop_id")])},
            "/loops": {"get": operation({200: None}, parameters=[parameter("loop_id", "query")])},
        }
    ),
    source="c.json",
    version="v1",
    digest="",
    locate=lambda path: path,
)


def policy(
    values: Mapping[str, tuple[str, ...]] | None = None, rules: Mapping[str, OperationRule] | None = None
) -> Policy:
    """A policy with values."""
    return Policy(
        name="p",
        source="p.toml",
        base_url=None,
        scheme="vN",
        versions={"v1": Version(name="v1", contract="c.json", lifecycle=Lifecycle())},
        carriers={"path": Carrier(form=carriers()["path"], template="/{version}")},
        values=values or {},
        operations=rules or {},
    )


class Service:
    """Answers from a table, and remembers what it was asked."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.made = 0

    def __call__(self, subject: str, asked: Operation, path: Mapping[str, str]) -> Response | None:
        """A success for what the table has; creations count up."""
        key = asked.key
        for name, text in path.items():
            key = key.replace("{" + name + "}", text)
        self.asked.append(key)
        if key == "POST /orgs" and key in self.answers:
            self.made += 1
            return answer({"id": f"o{self.made}"}, 201)
        return answer(self.answers[key]) if key in self.answers else None


def data(
    service: Service,
    *,
    unsafe: bool = True,
    values: Mapping[str, tuple[str, ...]] | None = None,
    rules: Mapping[str, OperationRule] | None = None,
) -> Data:
    """Data of the contract above."""
    return Data(policy(values, rules), {"v1": CONTRACT}, service, unsafe=unsafe)


MEMBER = CONTRACT.operations["GET /orgs/{org_id}/members/{id}"]
CUSTOMER = CONTRACT.operations["GET /customers/{id}"]


def test_identifiers_of_a_chain_belong_together() -> None:
    """A member is looked for in the organisation whose identifier is used; an organisation without members makes way for the next."""
    service = Service(
        {"POST /orgs": {}, "GET /orgs": [{"id": "o7"}, {"id": "o8"}], "GET /orgs/o8/members": [{"id": "m8"}]}
    )

    assert data(service).path_values("v1", "v1", MEMBER) == {"org_id": "o8", "id": "m8"}


def test_what_was_tried_is_not_given_again() -> None:
    """The next of several lists' values follows; then there is nothing, and that is said."""
    found = data(Service({"GET /customers": [{"id": 1}, {"id": 2}]}))

    assert found.path_values("v1", "v1", CUSTOMER) == {"id": "1"}
    assert found.path_values("v1", "v1", CUSTOMER, tried=[{"id": "1"}]) == {"id": "2"}
    assert found.path_values("v1", "v1", CUSTOMER, tried=[{"id": "1"}, {"id": "2"}]) is None


def test_values_are_asked_for_once() -> None:
    """What was found is kept."""
    service = Service({"GET /customers": [{"id": 1}]})
    found = data(service)

    assert [found.path_values("v1", "v1", CUSTOMER) for _ in range(5)] == [{"id": "1"}] * 5
    assert service.asked == ["GET /customers"]


def test_what_was_used_up_is_forgotten_and_what_works_comes_first() -> None:
    """After a deletion its identifier names nothing; a value that worked is preferred."""
    found = data(Service({"GET /customers": [{"id": 1}, {"id": 2}, {"id": 3}]}))
    found.path_values("v1", "v1", CUSTOMER)
    found.forget(CUSTOMER, {"id": "1"})
    assert found.path_values("v1", "v1", CUSTOMER) == {"id": "2"}

    found.prefer("v1", CUSTOMER, {"id": "3"})
    assert found.path_values("v1", "v1", CUSTOMER) == {"id": "3"}


def test_values_that_the_parameter_does_not_take_are_passed_over() -> None:
    """An identifier of another type than the parameter's is none; the policy's own values are not judged."""
    service = Service({"GET /customers": [{"id": "abc"}, {"id": 5}]})

    assert data(service).path_values("v1", "v1", CUSTOMER) == {"id": "5"}
    assert data(service, values={"id": ("abc",)}).path_values("v1", "v1", CUSTOMER) == {"id": "abc"}


def test_the_policys_values_come_before_anything_that_is_asked() -> None:
    """`[operations.rules]` values win over `[values]`, and both over what the service tells."""
    service = Service({"GET /customers": [{"id": 5}]})
    rule = OperationRule(values=Values(path={"id": "8"}))

    assert data(service, values={"id": ("6",)}).path_values("v1", "v1", CUSTOMER) == {"id": "6"}
    assert data(service, values={"id": ("6",)}, rules={CUSTOMER.key: rule}).path_values("v1", "v1", CUSTOMER) == {
        "id": "8"
    }
    assert service.asked == []


def test_values_of_the_policy_are_not_used_up() -> None:
    """A request that uses its data up gets what was created or what the operation's own rule gives; no value for all operations."""
    gone = CONTRACT.operations["DELETE /orgs/{org_id}/members/{id}"]
    service = Service({})

    assert data(service, values={"org_id": ("o",), "id": ("1",)}).path_values("v1", "v1", gone, fresh=True) is None
    assert data(service, values={"org_id": ("o",), "id": ("1", "2")}).path_values("v1", "v1", gone, fresh=True) is None
    rule = {gone.key: OperationRule(values=Values(path={"id": "2"}))}
    assert data(service, values={"org_id": ("o",)}, rules=rule).path_values("v1", "v1", gone, fresh=True) == {
        "org_id": "o",
        "id": "2",
    }


@pytest.mark.parametrize(("answers", "times"), [({}, 1), ({"PUT /boxes/abcdef": {}}, 3)], ids=["nothing", "made"])
def test_a_place_where_nothing_can_be_put_is_tried_once(answers: Mapping[str, Any], times: int) -> None:
    """Requests that use something up have a PUT make it each time, but not where it made nothing before."""
    item = parameter("id")
    paths = {"/boxes/{id}": {method: operation({200: None}, parameters=[item]) for method in ("put", "delete")}}
    contract = read_contract(document(paths), source="c", version="v1", digest="", locate=lambda path: path)
    service = Service(answers)
    found = Data(policy(), {"v1": contract}, service, unsafe=True, drawn=lambda *_: [{"id": "abcdef"}])

    for _ in range(3):
        found.path_values("v1", "v1", contract.operations["DELETE /boxes/{id}"], fresh=True)

    assert service.asked == ["PUT /boxes/abcdef"] * times


class _Slow(Data):
    """Lets another thread go on before it forgets anything."""

    other = threading.Event()

    def forget(self, operation: Operation, values: Mapping[str, str]) -> None:
        """Forget, but not at once."""
        self.other.wait(0.1)
        super().forget(operation, values)


def test_what_two_requests_use_up_at_once_is_not_the_same() -> None:
    """Where nothing new can be made, two requests that take a thing at one moment take two."""
    gone = CONTRACT.operations["DELETE /orgs/{org_id}/members/{id}"]
    service = Service({"GET /orgs": [{"id": "o"}], "GET /orgs/o/members": [{"id": 1}, {"id": 2}]})
    found = _Slow(policy(), {"v1": CONTRACT}, service, unsafe=False)

    with ThreadPoolExecutor(2) as threads:
        taken = list(threads.map(lambda _: found.take("v1", "v1", gone), range(2)))

    assert sorted((each or {})["id"] for each in taken) == ["1", "2"]


def test_nothing_is_created_where_that_is_not_allowed() -> None:
    """Without leave only lists are asked."""
    service = Service({"POST /orgs": {}, "GET /orgs": [{"id": "o7"}], "GET /orgs/o7/members": [{"id": "m"}]})

    assert data(service, unsafe=False).path_values("v1", "v1", MEMBER) == {"org_id": "o7", "id": "m"}
    assert all(key.startswith("GET ") for key in service.asked)


def test_members_of_bodies_name_what_exists() -> None:
    """`customer_id` names a customer, `org_ids` organisations; other names, and what needs itself, are left alone."""
    service = Service({"GET /customers": [{"id": 5}], "POST /orgs": {}})
    found = data(service, values={"colour": ("red",)})
    orders = CONTRACT.operations["POST /orders"]

    known = found.known(
        "v1", "v1", orders, ["customer_id", "org_ids", "note", "colour", "external_id", "loop_id", "id"]
    )

    assert known == {"customer_id": "5", "org_ids": "o1", "colour": "red"}


def holds_of(schema: Any) -> Any:
    """What holds a body to a schema."""
    made = document({"/x": {"post": operation({200: None}, body=schema)}})
    contract = read_contract(made, source="c", version="v1", digest="", locate=lambda path: path)
    return holder(contract, contract.operations["POST /x"])


def test_known_values_are_put_in_only_where_they_fit() -> None:
    """A value takes the type of the member, and is left out where the schema forbids it."""
    schema = record(
        a={"type": "string"},
        n={"type": "integer"},
        short={"type": "string", "maxLength": 2},
        kind={"enum": ["x"]},
        ids={"type": "array", "items": {"type": "string"}},
        deep={"type": "object"},
    )
    body = {"a": "", "n": 0, "short": "", "kind": "x", "ids": ["", ""], "deep": {"list": [{"a": "z"}]}}
    known = {"a": "12", "n": "12", "short": "123", "kind": "y", "ids": "7", "absent": "q"}

    made = overlaid(body, known, holds_of(schema))

    assert made == {"a": "12", "n": 12, "short": "", "kind": "x", "ids": ["7"], "deep": {"list": [{"a": "12"}]}}
    assert body["a"] == ""
    assert set(names_in(body)) == {"a", "n", "short", "kind", "ids", "deep", "list"}


def test_varied_bodies_are_unlike_and_still_valid() -> None:
    """Two tokens give two bodies; what the schema fixes stays as it is."""
    schema = record(
        name={"type": "string", "minLength": 1, "maxLength": 12},
        mail={"type": "string", "format": "email"},
        kind={"enum": ["x"]},
        ref={"type": "string", "format": "uuid"},
        day={"type": "string", "format": "date"},
        number={"type": "integer", "maximum": 99, "minimum": 0},
    )
    body = {
        "name": "0123456789ab",
        "mail": "a@example.org",
        "kind": "x",
        "ref": "6f9619ff-8b86-4011-b42d-00cf4fc964ff",
        "day": "2026-01-01",
        "number": 0,
    }
    held = holds_of(schema)

    one, two = (varied(body, token, held) for token in ("av111111111111", "av222222222222"))

    assert held(one)
    assert held(two)
    assert [name for name in body if one[name] == two[name]] == ["kind", "day"]


@pytest.mark.parametrize(
    ("schema", "text", "expected"),
    [
        ({"type": "integer"}, "12", True),
        ({"type": "integer"}, "x", False),
        ({"type": "integer"}, "012", False),
        ({"type": "string"}, "12", True),
        ({"type": "boolean"}, "true", True),
        ({"type": "number"}, "1.5", True),
        ({"format": "uuid", "type": "string"}, "1", False),
        (True, "x", True),
    ],
)
def test_a_path_text_fits_its_parameter(schema: Any, text: str, expected: bool) -> None:  # noqa: FBT001  a column of a table
    """A text is read as the type its parameter has."""
    contract = Contract(source="c", version="v1", operations={}, digest="", document={})
    assert fits(contract, schema, text) is expected
