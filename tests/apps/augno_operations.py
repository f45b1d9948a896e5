"""The operations of the Augno server, in the words of each version. Which version is asked for is decided in `augno`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.apps import augno_data as data
from tests.apps.augno_data import Version
from tests.apps.augno_fields import Field, query_choice, query_integer, read_changes, read_fields
from tests.apps.augno_fields import text as text_rule
from tests.apps.kit import ApiError, App, read_json, reply

Json = Any

CUSTOMERS = "/v1/core/customers"
ORDERS = "/v1/core/orders"
PRICES = "/v1/core/price-lists"


def _status(record: data.Customer | data.Order) -> str:
    """What the filter `status` is compared with."""
    return record.status


def _active(customer: data.Customer) -> str:
    """What crucible's filter `active` is compared with."""
    return "true" if customer.status == "active" else "false"


class Operations(App):
    """What the server does once version, date, route and credential are settled."""

    def __init__(self, *, today: dt.datetime, bugs: frozenset[str] = frozenset()) -> None:
        """Seed the store."""
        super().__init__(today=today, bugs=bugs)
        self.store = data.Store(today)

    # -- customers -----------------------------------------------------------------------------------------------------

    def page(
        self,
        version: Version,
        request: Request,
        records: Iterable[Any],
        write: Callable[[Version, Any], Json],
        **filters: tuple[tuple[str, ...], Callable[[Any], str]],
    ) -> Response:
        """One page of `records` (given oldest first), newest first unless `sort` says otherwise.

        `filters` gives, for each query parameter that filters, its values and what it is compared with.
        """
        top = 50 if self.bug("limit-tightened") else 100
        rows = list(records)
        try:
            limit = query_integer(request.args.getlist("limit"), 1, top, 20)
            number = 1 if version.crucible else query_integer(request.args.getlist("page"), 1, 1000, 1)
            sort = query_choice(request.args.getlist("sort"), ("newest", "oldest")) if version.tags else None
            for name, (values, read) in filters.items():
                wanted = query_choice(request.args.getlist(name), values)
                rows = [row for row in rows if wanted in {None, read(row)}]
        except ValueError as error:
            raise ApiError(422, "validation_failed", f"query: {error}") from error
        rows = rows if sort == "oldest" else rows[::-1]
        start = (number - 1) * limit
        shown = [write(version, row) for row in rows[start : start + limit]]
        if version.crucible:
            return reply({"items": shown, "total": len(rows)})
        return reply({"object": "list", "data": shown, "has_more": len(rows) > start + limit})

    def customer_json(self, version: Version, customer: data.Customer) -> Json:
        """A customer as this version writes it."""
        body = data.customer_json(customer, version)
        if self.bug("credit-limit-as-string") and not version.crucible:
            body["credit_limit_cents"] = str(body["credit_limit_cents"])
        if self.bug("customer-without-email") and not version.crucible:
            del body["email"]
        if self.bug("tags-vanished") and version is data.FORGE_2_0:
            del body["tags"]
        return body

    def customer_fields(self, version: Version, *, create: bool) -> dict[str, Field]:
        """What this version reads of a customer."""
        if version.crucible:
            return data.CRUCIBLE_CUSTOMER_FIELDS
        fields = dict(data.TAGGED_CUSTOMER_FIELDS if version.tags else data.CUSTOMER_FIELDS)
        if self.bug("customer-name-tightened"):
            fields["name"] = Field(rule=text_rule(1, 60), required=True)
        if self.bug("phone-now-required") and create:
            fields["phone"] = Field(rule=fields["phone"].rule, required=True)
        return fields

    def find(self, records: dict[str, Any], id_: str) -> Any:
        """The record with this id.

        Raises:
            ApiError: 404 `not_found`.
        """
        if id_ not in records:
            raise ApiError(404, "not_found", "no such record")
        return records[id_]

    def drop(self, records: dict[str, Any], id_: str) -> None:
        """Delete a record; a second time changes nothing.

        Raises:
            ApiError: 404 `not_found` when there never was such a record.
        """
        if not self.store.delete(records, id_):
            raise ApiError(404, "not_found", "no such record")

    def list_customers(self, version: Version, request: Request) -> Response:
        """`GET /v1/core/customers`."""
        records = self.store.customers.values()
        if version.crucible:
            return self.page(version, request, records, self.customer_json, active=(("true", "false"), _active))
        return self.page(version, request, records, self.customer_json, status=(data.CUSTOMER_STATUSES, _status))

    def create_customer(self, version: Version, request: Request) -> Response:
        """`POST /v1/core/customers`."""
        values = read_fields(read_json(request), self.customer_fields(version, create=True))
        customer = self.store.add_customer(from_crucible(values) if version.crucible else values)
        body = self.customer_json(version, customer)
        if version.crucible or self.bug("create-customer-200"):
            return reply(body)
        return reply(body, 201, {"Location": f"{CUSTOMERS}/{customer.id}"})

    def read_customer(self, version: Version, _request: Request, id: str) -> Response:  # noqa: A002 - the name in the route
        """`GET /v1/core/customers/<id>`."""
        return reply(self.customer_json(version, self.find(self.store.customers, id)))

    def change_customer(self, version: Version, request: Request, id: str) -> Response:  # noqa: A002
        """`PATCH /v1/core/customers/<id>`; in crucible `PUT`, which replaces."""
        customer = self.find(self.store.customers, id)
        fields, body = self.customer_fields(version, create=False), read_json(request)
        changes = from_crucible(read_fields(body, fields)) if version.crucible else read_changes(body, fields)
        for name, value in changes.items():
            setattr(customer, name, value)
        return reply(self.customer_json(version, customer))

    def delete_customer(self, version: Version, _request: Request, id: str) -> Response:  # noqa: A002
        """`DELETE /v1/core/customers/<id>`."""
        self.drop(self.store.customers, id)
        return reply({"id": id, "deleted": True}) if version.crucible else Response(status=204)

    # -- orders and price lists ----------------------------------------------------------------------------------------

    def list_orders(self, version: Version, request: Request) -> Response:
        """`GET /v1/core/orders`."""
        records = self.store.orders.values()
        if version.crucible:
            response = self.page(version, request, records, self.order_json)
        else:
            response = self.page(version, request, records, self.order_json, status=(data.ORDER_STATUSES, _status))
        if self.bug("order-list-as-html"):
            response.content_type = "text/html"
        return response

    def list_customer_orders(self, version: Version, request: Request, id: str) -> Response:  # noqa: A002
        """`GET /v1/core/customers/<id>/orders`, since 2.0.forge."""
        self.find(self.store.customers, id)
        records = [order for order in self.store.orders.values() if order.customer_id == id]
        return self.page(version, request, records, self.order_json)

    def order_json(self, version: Version, order: data.Order) -> Json:
        """An order as this version writes it."""
        return data.order_json(order, version)

    def read_order(self, version: Version, _request: Request, id: str) -> Response:  # noqa: A002
        """`GET /v1/core/orders/<id>`."""
        return reply(self.order_json(version, self.find(self.store.orders, id)))

    def create_order(self, version: Version, request: Request, id: str) -> Response:  # noqa: A002
        """`POST /v1/core/customers/<id>/orders`."""
        customer = self.find(self.store.customers, id)
        values = read_fields(read_json(request), data.CRUCIBLE_ORDER_FIELDS if version.crucible else data.ORDER_FIELDS)
        if version.crucible:
            values["lines"] = [{"sku": "total", "quantity": 1, "unit_price_cents": values.pop("total")}]
        order = self.store.add_order(customer, values)
        body = self.order_json(version, order)
        return reply(body) if version.crucible else reply(body, 201, {"Location": f"{ORDERS}/{order.id}"})

    def cancel_order(self, version: Version, _request: Request, id: str) -> Response:  # noqa: A002
        """`POST /v1/core/orders/<id>/cancel`; a second time changes nothing."""
        order = self.find(self.store.orders, id)
        order.status = "cancelled"
        return reply(self.order_json(version, order))

    def price_json(self, version: Version, price: data.PriceList) -> Json:
        """A price list as this preview writes it."""
        body = data.price_json(price, version)
        if self.bug("preview-2-old-name") and version.prices == "money":
            body["customer_segment"] = body.pop("segment")
        return body

    def list_prices(self, version: Version, request: Request) -> Response:
        """`GET /v1/core/price-lists`."""
        return self.page(version, request, self.store.prices.values(), self.price_json)

    def create_price(self, version: Version, request: Request) -> Response:
        """`POST /v1/core/price-lists`."""
        flat = version.prices == "flat"
        values = read_fields(read_json(request), data.FLAT_PRICE_FIELDS if flat else data.MONEY_PRICE_FIELDS)
        if flat:
            values["segment"] = values.pop("customer_segment")
        else:
            values["currency"], values["amount"] = values["amount"]["currency"], values["amount"]["value_cents"]
        price = self.store.add_price(values)
        return reply(self.price_json(version, price), 201, {"Location": f"{PRICES}/{price.id}"})

    def read_price(self, version: Version, _request: Request, id: str) -> Response:  # noqa: A002
        """`GET /v1/core/price-lists/<id>`."""
        return reply(self.price_json(version, self.find(self.store.prices, id)))

    def delete_price(self, _version: Version, _request: Request, id: str) -> Response:  # noqa: A002
        """`DELETE /v1/core/price-lists/<id>`, since preview.2."""
        self.drop(self.store.prices, id)
        return Response(status=204)


def from_crucible(values: dict[str, Json]) -> dict[str, Json]:
    """A crucible customer in the words of the store."""
    return {
        "name": values["full_name"],
        "email": values["mail"],
        "status": "active" if values["active"] else "suspended",
        "credit_limit_cents": values["credit_limit"],
    }
