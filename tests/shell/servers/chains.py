"""Odd ways of naming data: chains of collections, things made by PUT, composite keys, `Location` and nothing else, unique names."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Request, Response

from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    document,
    error,
    json_object,
    operation,
    parameter,
    record,
    reply,
    text_member,
)
from tests.shell.servers.odd import Odd

NAMED = record(name=TEXT)
INT: dict[str, Any] = {"type": "integer", "minimum": 1}


def nested() -> Odd:  # noqa: C901  an API on one page
    """Members of organisations: a member is found only in its own organisation, and badges only on their member."""
    orgs: dict[str, dict[str, dict[str, str]]] = {"o1": {}}
    api = Api(select=by_path("v1", "v2"))
    count = iter(range(1000, 10**6))

    def org_of(org: str) -> dict[str, dict[str, str]]:
        if org not in orgs:
            raise error(404, "no_org")
        return orgs[org]

    def member_of(org: str, member: str) -> dict[str, str]:
        if member not in org_of(org):
            raise error(404, "no_member")
        return orgs[org][member]

    @api.on("GET", "/orgs")
    def list_orgs(_request: Request, _version: str) -> Response:
        return reply({"items": [{"id": key} for key in list(orgs)[:20]]})

    @api.on("POST", "/orgs")
    def create_org(request: Request, _version: str) -> Response:
        text_member(json_object(request), "name")
        key = f"o{next(count)}"
        orgs[key] = {}
        return reply({"id": key, "owner": {"id": "u1"}}, 201)

    @api.on("GET", "/orgs/{org_id}/members")
    def list_members(_request: Request, _version: str, org_id: str) -> Response:
        return reply({"items": [{"id": key} for key in org_of(org_id)]})

    @api.on("POST", "/orgs/{org_id}/members")
    def create_member(request: Request, _version: str, org_id: str) -> Response:
        there = org_of(org_id)
        text_member(json_object(request), "name")
        key = f"m{next(count)}"
        there[key] = {}
        return reply({"id": key}, 201)

    @api.on("GET", "/orgs/{org_id}/members/{member_id}")
    def read_member(_request: Request, _version: str, org_id: str, member_id: str) -> Response:
        member_of(org_id, member_id)
        return reply({"id": member_id})

    @api.on("DELETE", "/orgs/{org_id}/members/{member_id}")
    def delete_member(_request: Request, _version: str, org_id: str, member_id: str) -> Response:
        member_of(org_id, member_id)
        del orgs[org_id][member_id]
        return reply(status=204)

    @api.on("PUT", "/orgs/{org_id}/members/{member_id}/badges/{badge}")
    def put_badge(request: Request, _version: str, org_id: str, member_id: str, badge: str) -> Response:
        member_of(org_id, member_id)[badge] = text_member(json_object(request), "name")
        return reply({"badge": badge})

    @api.on("GET", "/orgs/{org_id}/members/{member_id}/badges/{badge}")
    def read_badge(_request: Request, _version: str, org_id: str, member_id: str, badge: str) -> Response:
        if badge not in member_of(org_id, member_id):
            raise error(404, "no_badge")
        return reply({"badge": badge})

    some = record(id={"type": "string"})
    listed = record(items={"type": "array", "items": some})
    org, member = parameter("org_id"), parameter("member_id")
    badge = parameter("badge", schema={"type": "string", "pattern": "^[a-z]{4,12}$"})
    contract = document(
        {
            "/orgs": {"get": operation({200: listed}), "post": operation({201: some}, body=NAMED)},
            "/orgs/{org_id}/members": {
                "get": operation({200: listed}, parameters=[org]),
                "post": operation({201: some}, body=NAMED, parameters=[org]),
            },
            "/orgs/{org_id}/members/{member_id}": {
                "delete": operation({204: None}, parameters=[org, member]),
                "get": operation({200: some}, parameters=[org, member]),
            },
            "/orgs/{org_id}/members/{member_id}/badges/{badge}": {
                "get": operation({200: record(badge={"type": "string"})}, parameters=[org, member, badge]),
                "put": operation({200: record(badge={"type": "string"})}, body=NAMED, parameters=[org, member, badge]),
            },
        }
    )
    return Odd(app=api, policy=PATHS + ENVELOPE, contracts={"v1": contract, "v2": contract})


def located() -> Odd:
    """Creation answers 201 with `Location` and no body; there is no list; identifiers are whole numbers; the base URL has a path."""
    things: set[int] = set()
    api = Api(select=by_path("v1", "v2", prefix="/gateway"))

    @api.on("POST", "/things")
    def create(request: Request, version: str) -> Response:
        text_member(json_object(request), "name")
        things.add(len(things) + 1)
        return reply(status=201, Location=f"/gateway/{version}/things/{len(things)}/")

    @api.on("GET", "/things/{thing}")
    def read(_request: Request, _version: str, thing: str) -> Response:
        if not thing.isdecimal() or not thing.isascii() or int(thing[:9]) not in things:
            raise error(404, "no_thing")
        return reply({"number": int(thing)})

    @api.on("POST", "/things/{thing}/retire")
    def retire(_request: Request, _version: str, thing: str) -> Response:
        if not thing.isdecimal() or not thing.isascii() or int(thing[:9]) not in things:
            raise error(404, "no_thing")
        things.discard(int(thing))
        things.add(-int(thing))
        return reply({"number": int(thing)}, 202)

    shown = record(number=INT)
    thing = parameter("thing", schema=INT)
    contract = document(
        {
            "/things": {"post": operation({201: None}, body=NAMED)},
            "/things/{thing}/retire": {"post": operation({202: shown}, parameters=[thing])},
            "/things/{thing}": {"get": operation({200: shown}, parameters=[thing])},
        }
    )
    return Odd(app=api, policy=PATHS + ENVELOPE, contracts={"v1": contract, "v2": contract}, prefix="/gateway")


def put_only() -> Odd:
    """Things exist once they were PUT where they are to be; nothing lists or creates them otherwise."""
    shelves: dict[str, str] = {}
    api = Api(select=by_path("v1", "v2"))

    @api.on("PUT", "/settings/{key}")
    def write(request: Request, _version: str, key: str) -> Response:
        shelves[key] = text_member(json_object(request), "name")
        return reply({"name": shelves[key]})

    @api.on("GET", "/settings/{key}")
    def read(_request: Request, _version: str, key: str) -> Response:
        if key not in shelves:
            raise error(404, "no_setting")
        return reply({"name": shelves[key]})

    @api.on("DELETE", "/settings/{key}")
    def delete(_request: Request, _version: str, key: str) -> Response:
        if key not in shelves:
            raise error(404, "no_setting")
        del shelves[key]
        return reply(status=204)

    key = parameter("key", schema={"type": "string", "pattern": "^[a-z]{6,20}$"})
    contract = document(
        {
            "/settings/{key}": {
                "delete": operation({204: None}, parameters=[key]),
                "get": operation({200: NAMED}, parameters=[key]),
                "put": operation({200: NAMED}, body=NAMED, parameters=[key]),
            },
        }
    )
    return Odd(app=api, policy=PATHS + ENVELOPE, contracts={"v1": contract, "v2": contract})


def composite() -> Odd:
    """A rate is found by two currencies together; a file by its name and its ending; a colour is one of an enumeration."""
    api = Api(select=by_path("v1", "v2"))
    rates = {("EUR", "USD"): 1.1, ("JPY", "CHF"): 0.006}

    @api.on("GET", "/rates")
    def list_rates(_request: Request, _version: str) -> Response:
        return reply([{"base": base, "quote": quote, "rate": rate} for (base, quote), rate in rates.items()])

    @api.on("GET", "/rates/{base}/{quote}")
    def read_rate(_request: Request, _version: str, base: str, quote: str) -> Response:
        if (base, quote) not in rates:
            raise error(404, "no_rate")
        return reply({"base": base, "quote": quote, "rate": rates[base, quote]})

    @api.on("GET", "/files/{name}.{ending}")
    def read_file(_request: Request, _version: str, name: str, ending: str) -> Response:
        if (name, ending) != ("report", "pdf"):
            raise error(404, "no_file")
        return reply({"name": name})

    @api.on("GET", "/colours/{colour}")
    def read_colour(_request: Request, _version: str, colour: str) -> Response:
        if colour not in {"red", "blue"}:
            raise error(404, "no_colour")
        return reply({"name": colour})

    currency = {"type": "string", "minLength": 3, "maxLength": 3}
    rate = record(base=currency, quote=currency, rate={"type": "number"})
    contract = document(
        {
            "/rates": {"get": operation({200: {"type": "array", "items": rate}})},
            "/rates/{base}/{quote}": {
                "get": operation(
                    {200: rate}, parameters=[parameter("base", schema=currency), parameter("quote", schema=currency)]
                )
            },
            "/files/{name}.{ending}": {
                "get": operation(
                    {200: NAMED}, parameters=[parameter("name", example="report"), parameter("ending", example="pdf")]
                ),
            },
            "/colours/{colour}": {
                "get": operation({200: NAMED}, parameters=[parameter("colour", schema={"enum": ["red", "blue"]})])
            },
        }
    )
    return Odd(app=api, policy=PATHS + ENVELOPE, contracts={"v1": contract, "v2": contract})


def unique() -> Odd:  # noqa: C901  an API on one page
    """A name can be taken once, in all versions; an order names a customer that must exist, and its lines products that must."""
    names: dict[str, str] = {}
    orders: dict[str, str] = {}
    api = Api(select=by_path("v1", "v2"))

    @api.on("POST", "/customers")
    def create(request: Request, _version: str) -> Response:
        body = json_object(request)
        name = text_member(body, "name")
        if name in names.values():
            raise error(409, "taken")
        key = f"cus_{len(names)}"
        names[key] = name
        return reply({"data": {"id": key, "name": name}, "request": {"id": "req_1"}}, 201)

    @api.on("GET", "/customers/{customer}")
    def read(_request: Request, _version: str, customer: str) -> Response:
        if customer not in names:
            raise error(404, "no_customer")
        return reply({"data": {"id": customer, "name": names[customer]}})

    @api.on("GET", "/products")
    def products(_request: Request, _version: str) -> Response:
        return reply(["p-7", "p-9"])

    @api.on("GET", "/products/{id}")
    def product(_request: Request, _version: str, id: str) -> Response:  # noqa: A002  the parameter's name
        if id not in {"p-7", "p-9"}:
            raise error(404, "no_product")
        return reply({"name": id})

    @api.on("POST", "/orders")
    def order(request: Request, _version: str) -> Response:
        body = json_object(request)
        lines = body.get("lines")
        if text_member(body, "customerId") not in names:
            raise error(404, "no_customer")
        if not isinstance(lines, list) or not lines or len(lines) > 3:
            raise error(422, "lines")
        for line in lines:
            if not isinstance(line, dict) or not isinstance(line.get("product_id"), str):
                raise error(422, "lines")
            if line["product_id"] not in {"p-7", "p-9"}:
                raise error(409, "no_product")
        orders[f"ord_{len(orders)}"] = "open"
        return reply({"id": list(orders)[-1]}, 201)

    @api.on("POST", "/orders/{orderId}/cancel")
    def cancel(_request: Request, _version: str, orderId: str) -> Response:  # noqa: N803  the parameter's name
        if orderId not in orders:
            raise error(404, "no_order")
        if orders[orderId] != "open":
            raise error(409, "not_open")
        orders[orderId] = "cancelled"
        return reply({"id": orderId})

    some = record(id={"type": "string"})
    line = record(product_id=TEXT)
    order_body = record(customerId=TEXT, lines={"type": "array", "items": line, "minItems": 1, "maxItems": 3})
    contract = document(
        {
            "/customers": {"post": operation({201: record(data={"type": "object"})}, body=NAMED)},
            "/customers/{customer}": {
                "get": operation({200: record(data={"type": "object"})}, parameters=[parameter("customer")])
            },
            "/products": {"get": operation({200: {"type": "array", "items": {"type": "string"}}})},
            "/products/{id}": {"get": operation({200: NAMED}, parameters=[parameter("id")])},
            "/orders": {"post": operation({201: some}, body=order_body)},
            "/orders/{orderId}/cancel": {"post": operation({200: some}, parameters=[parameter("orderId")])},
        }
    )
    return Odd(app=api, policy=PATHS + ENVELOPE, contracts={"v1": contract, "v2": contract})
