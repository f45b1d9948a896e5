"""What the Augno server stores, and how each of its versions writes it down.

One store serves all versions; a version only changes the words: crucible says `full_name` and `active` where forge says
`name` and `status`, 1.1.forge is a patch of 1.0.forge, 2.0.forge adds to it, and the two previews disagree about price lists.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.apps.augno_fields import (
    Field,
    array,
    boolean,
    choice,
    email,
    full_date,
    integer,
    mapping,
    nullable,
    record,
    text,
)

Json = Any

UTC = dt.UTC
MAX_CENTS = 10_000_000
MAX_RECORDS = 2000
"""Records of one kind a server keeps; past that the oldest one that was not seeded goes."""

CURRENCIES = ("usd", "eur", "gbp")
CUSTOMER_STATUSES = ("active", "suspended", "archived")
ORDER_STATUSES = ("open", "cancelled", "fulfilled")
SEGMENTS = ("retail", "wholesale", "oem")


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """One version: the value of the header that names it, its lifecycle, and what it adds to or changes in its codename."""

    name: str
    released: dt.datetime
    sunset: dt.datetime | None = None
    tags: bool = False
    prices: str | None = None
    """None: no price lists. `flat`: an integer amount (preview.1). `money`: an object (preview.2)."""

    @property
    def crucible(self) -> bool:
        """Whether this is the old codename, with the old words and the old error envelope."""
        return self.name.endswith(".crucible")


CRUCIBLE = Version(
    name="0.0.crucible",
    released=dt.datetime(2025, 3, 1, tzinfo=UTC),
    sunset=dt.datetime(2027, 3, 1, tzinfo=UTC),
)
FORGE_1_0 = Version(name="1.0.forge", released=dt.datetime(2026, 2, 1, tzinfo=UTC))
FORGE_1_1 = Version(name="1.1.forge", released=dt.datetime(2026, 3, 15, tzinfo=UTC))
FORGE_2_0 = Version(name="2.0.forge", released=dt.datetime(2026, 5, 1, tzinfo=UTC), tags=True)
PREVIEW_1 = Version(name="1.3.forge-preview.1", released=dt.datetime(2026, 9, 1, tzinfo=UTC), tags=True, prices="flat")
PREVIEW_2 = Version(
    name="1.3.forge-preview.2", released=dt.datetime(2026, 10, 15, tzinfo=UTC), tags=True, prices="money"
)
VERSIONS = {version.name: version for version in (CRUCIBLE, FORGE_1_0, FORGE_1_1, PREVIEW_1, PREVIEW_2, FORGE_2_0)}


@dataclass(kw_only=True, slots=True)
class Customer:
    """Somebody who orders; money is in cents."""

    id: str
    name: str
    created: dt.datetime
    email: str | None = None
    phone: str | None = None
    status: str = "active"
    credit_limit_cents: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Order:
    """An order of one customer; money is in cents."""

    id: str
    customer_id: str
    currency: str
    lines: list[dict[str, Json]]
    created: dt.datetime
    status: str = "open"
    requested_date: str | None = None

    @property
    def total_cents(self) -> int:
        """The sum over the lines."""
        return sum(line["quantity"] * line["unit_price_cents"] for line in self.lines)


@dataclass(kw_only=True, slots=True)
class PriceList:
    """A price for one segment of customers; exists only in the previews."""

    id: str
    name: str
    segment: str
    amount: int
    currency: str
    created: dt.datetime


CUSTOMER_FIELDS = {
    "name": Field(rule=text(1, 120), required=True),
    "email": Field(rule=nullable(email)),
    "phone": Field(rule=nullable(text(0, 40))),
    "status": Field(rule=choice(*CUSTOMER_STATUSES), default="active"),
    "credit_limit_cents": Field(rule=integer(0, MAX_CENTS), default=0),
    "metadata": Field(rule=mapping(text(0, 200)), default={}),
}
TAGGED_CUSTOMER_FIELDS = {**CUSTOMER_FIELDS, "tags": Field(rule=array(text(1, 40), high=10), default=[])}
CRUCIBLE_CUSTOMER_FIELDS = {
    "full_name": Field(rule=text(1, 120), required=True),
    "mail": Field(rule=nullable(email)),
    "active": Field(rule=boolean, default=True),
    "credit_limit": Field(rule=integer(0, MAX_CENTS), default=0),
}
_LINE = {
    "sku": Field(rule=text(1, 40), required=True),
    "quantity": Field(rule=integer(1, 100_000), required=True),
    "unit_price_cents": Field(rule=integer(0, MAX_CENTS), required=True),
}
ORDER_FIELDS = {
    "currency": Field(rule=choice(*CURRENCIES), required=True),
    "lines": Field(rule=array(record(_LINE), low=1, high=20), required=True),
    "requested_date": Field(rule=nullable(full_date)),
}
CRUCIBLE_ORDER_FIELDS = {
    "total": Field(rule=integer(0, MAX_CENTS), required=True),
    "currency": Field(rule=choice(*CURRENCIES), required=True),
}
FLAT_PRICE_FIELDS = {
    "name": Field(rule=text(1, 80), required=True),
    "customer_segment": Field(rule=choice(*SEGMENTS), required=True),
    "amount": Field(rule=integer(0, MAX_CENTS), required=True),
    "currency": Field(rule=choice(*CURRENCIES), default="usd"),
}
_MONEY = {
    "value_cents": Field(rule=integer(0, MAX_CENTS), required=True),
    "currency": Field(rule=choice(*CURRENCIES), required=True),
}
MONEY_PRICE_FIELDS = {
    "name": Field(rule=text(1, 80), required=True),
    "segment": Field(rule=choice(*SEGMENTS), required=True),
    "amount": Field(rule=record(_MONEY), required=True),
}


class Store:
    """The records of one server, seeded, in the order they were made."""

    def __init__(self, today: dt.datetime) -> None:
        """Seed twelve customers with two orders each, and three price lists, all made in the days before `today`."""
        self.today = today
        self.customers: dict[str, Customer] = {}
        self.orders: dict[str, Order] = {}
        self.prices: dict[str, PriceList] = {}
        self._deleted: dict[str, None] = {}
        self._numbers: dict[str, Iterator[int]] = {kind: itertools.count(1) for kind in ("cus", "ord", "prl", "req")}
        self._seeded: frozenset[str] = frozenset()
        for number, name in enumerate(("Alder Works", "Basalt & Co", "Cinder Tools", "Dross Metals") * 3, start=1):
            customer = self.add_customer({"name": f"{name} {number}", "email": f"desk{number}@customers.example"})
            customer.created = today - dt.timedelta(days=40 - number)
            for sku in ("bolt-m8", "plate-3mm"):
                line = {"sku": sku, "quantity": number, "unit_price_cents": 250}
                order = self.add_order(customer, {"currency": "usd", "lines": [line], "requested_date": None})
                order.created = today - dt.timedelta(days=20 - number)
        for segment in SEGMENTS:
            price = self.add_price({"name": f"{segment} list", "segment": segment, "amount": 1000, "currency": "usd"})
            price.created = today - dt.timedelta(days=9)
        self._seeded = frozenset((*self.customers, *self.orders, *self.prices))

    def next_id(self, kind: str) -> str:
        """A fresh id such as `cus_000013`."""
        return f"{kind}_{next(self._numbers[kind]):06d}"

    def add_customer(self, values: dict[str, Json]) -> Customer:
        """Keep a new customer."""
        customer = Customer(id=self.next_id("cus"), created=self.today, **values)
        self._keep(self.customers, customer)
        return customer

    def add_order(self, customer: Customer, values: dict[str, Json]) -> Order:
        """Keep a new order of `customer`."""
        order = Order(id=self.next_id("ord"), customer_id=customer.id, created=self.today, **values)
        self._keep(self.orders, order)
        return order

    def add_price(self, values: dict[str, Json]) -> PriceList:
        """Keep a new price list."""
        price = PriceList(id=self.next_id("prl"), created=self.today, **values)
        self._keep(self.prices, price)
        return price

    def delete(self, records: dict[str, Any], id_: str) -> bool:
        """Drop a record; whether there is, or was until it was deleted, such a record."""
        if records.pop(id_, None) is not None:
            self._deleted[id_] = None
            if len(self._deleted) > MAX_RECORDS:
                del self._deleted[next(iter(self._deleted))]
        return id_ in self._deleted

    def _keep(self, records: dict[str, Any], record: Customer | Order | PriceList) -> None:
        """Add `record` and drop the oldest unseeded one when there are too many."""
        records[record.id] = record
        if len(records) > MAX_RECORDS:
            del records[next(id_ for id_ in records if id_ not in self._seeded)]


def stamp(moment: dt.datetime) -> str:
    """RFC 3339 in UTC with seconds, such as `2026-11-20T00:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def customer_json(customer: Customer, version: Version) -> dict[str, Json]:
    """A customer in the words of `version`."""
    if version.crucible:
        return {
            "id": customer.id,
            "full_name": customer.name,
            "mail": customer.email,
            "active": customer.status == "active",
            "credit_limit": customer.credit_limit_cents,
            "created": stamp(customer.created),
        }
    body = {
        "id": customer.id,
        "object": "customer",
        "name": customer.name,
        "email": customer.email,
        "phone": customer.phone,
        "status": customer.status,
        "credit_limit_cents": customer.credit_limit_cents,
        "metadata": customer.metadata,
        "created_at": stamp(customer.created),
    }
    return {**body, "tags": customer.tags} if version.tags else body


def order_json(order: Order, version: Version) -> dict[str, Json]:
    """An order in the words of `version`."""
    if version.crucible:
        return {
            "id": order.id,
            "customer": order.customer_id,
            "total": order.total_cents,
            "currency": order.currency,
            "state": order.status,
            "created": stamp(order.created),
        }
    body = {
        "id": order.id,
        "object": "order",
        "customer_id": order.customer_id,
        "status": order.status,
        "currency": order.currency,
        "lines": order.lines,
        "total_cents": order.total_cents,
        "requested_date": order.requested_date,
        "created_at": stamp(order.created),
    }
    return {**body, "line_count": len(order.lines)} if version.tags else body


def price_json(price: PriceList, version: Version) -> dict[str, Json]:
    """A price list in the words of one of the previews."""
    body = {"id": price.id, "object": "price_list", "name": price.name, "created_at": stamp(price.created)}
    if version.prices == "flat":
        return {**body, "customer_segment": price.segment, "amount": price.amount, "currency": price.currency}
    return {**body, "segment": price.segment, "amount": {"value_cents": price.amount, "currency": price.currency}}
