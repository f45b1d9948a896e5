"""A small Django REST framework application, a garden, served under each of the framework's five versioning classes.

Version 1 and version 2 differ in their serializers: a plant's `name` became `common_name`, its `price` (a decimal in a
string) became `price_cents` (an integer), and a bed's `sunny` (a boolean) became `exposure` (one of three words).

Nothing here handles versions beyond choosing the serializer by `request.version`: what a missing or a wrong version
gets is the versioning class's own answer, or Django's when no route matches.
"""

from __future__ import annotations

import contextlib
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from tests.frameworks import drf_settings

# isort: split
from django.core.wsgi import get_wsgi_application
from django.http import Http404
from django.urls import include, path, re_path
from rest_framework import status, versioning
from rest_framework.exceptions import ParseError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ViewSet

from tests.apps.kit import serving
from tests.frameworks.breaking import Breakage, broken_wsgi
from tests.frameworks.drf_serializers import BedV1, BedV2, PlantV1, PlantV2, RawBedV2, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rest_framework import serializers
    from rest_framework.request import Request

Kind = Literal["path", "namespace", "host", "query", "accept"]

KEPT = 500
"""Records a collection keeps; the oldest that was not seeded goes first."""


class ShallowJSONParser(JSONParser):
    """The framework's parser, which answers 500 where Python's gives up on the nesting; here that is a parse error."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Parse, and turn a nesting too deep into a 400."""
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError from error


@dataclass(kw_only=True)
class Shelf:
    """The records of one kind by id: bounded, in memory."""

    records: dict[str, Record]
    seeded: frozenset[str] = field(init=False)
    last: int = field(init=False)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Remember what was seeded."""
        self.seeded = frozenset(self.records)
        self.last = len(self.records)

    def add(self, values: Record) -> Record:
        """Store a new record."""
        with self.lock:
            if len(self.records) >= KEPT:
                del self.records[next(key for key in self.records if key not in self.seeded)]
            self.last += 1
            record = {**values, "id": str(self.last)}
            self.records[record["id"]] = record
            return record

    def drop(self, key: str) -> bool:
        """Delete a record; whether there is such a record, or was."""
        with self.lock:
            self.records.pop(key, None)
            return re.fullmatch("[1-9][0-9]*", key, re.ASCII) is not None and len(key) < 10 and int(key) <= self.last

    def newest_first(self) -> list[Record]:
        """All records."""
        with self.lock:
            return list(self.records.values())[::-1]


def new_store() -> dict[str, Shelf]:
    """Fresh records for one server."""
    plants: list[Record] = [
        {"id": "1", "common_name": "Foxglove", "price_cents": 450, "height_cm": 120, "planted_on": "2025-04-12"},
        {"id": "2", "common_name": "Hart's tongue", "price_cents": 1200, "height_cm": 45, "planted_on": None},
        {"id": "3", "common_name": "Sea holly", "price_cents": 695, "height_cm": 60, "planted_on": "2024-02-29"},
    ]
    beds: list[Record] = [
        {"id": "1", "label": "South wall", "area_m2": 12, "exposure": "sun"},
        {"id": "2", "label": "Under the yew", "area_m2": 7, "exposure": "shade"},
        {"id": "3", "label": "Cold frame", "area_m2": 1, "exposure": "half"},
    ]
    return {
        "plants": Shelf(records={plant["id"]: plant for plant in plants}),
        "beds": Shelf(records={bed["id"]: bed for bed in beds}),
    }


class Pages(LimitOffsetPagination):
    """The framework's `limit` and `offset`; a value it cannot use is replaced by the default, never refused."""

    default_limit = 20
    max_limit = 100


class GardenView(ViewSet):
    """CRUD on one resource; the serializer goes by the version's first digit, `v2` and `2.0` alike."""

    parser_classes = (ShallowJSONParser,)
    resource: ClassVar[str]
    by_version: ClassVar[dict[str, type[serializers.Serializer[Record]]]]

    @property
    def shelf(self) -> Shelf:
        """The records of the server this request came in by."""
        store: dict[str, Shelf] = self.request.META[drf_settings.STORE_KEY]
        return store[self.resource]

    @property
    def serializer_class(self) -> type[serializers.Serializer[Record]]:
        """The serializer of the version the framework found."""
        return self.by_version[self.request.version.removeprefix("v")[0]]

    def found(self, key: str) -> Record:
        """The record, or Django's 404, which the framework writes as JSON."""
        if key not in self.shelf.records:
            raise Http404
        return self.shelf.records[key]

    def list(self, request: Request, **_path: str) -> Response:
        """GET on the collection."""
        pages = Pages()
        page = pages.paginate_queryset(self.shelf.newest_first(), request, view=self)
        return pages.get_paginated_response(self.serializer_class(page, many=True).data)

    def create(self, request: Request, **_path: str) -> Response:
        """POST on the collection."""
        serializer = self.serializer_class(data=request.data)
        serializer.is_valid(raise_exception=True)
        record = self.shelf.add(dict(serializer.validated_data))
        return Response(self.serializer_class(record).data, status=status.HTTP_201_CREATED)

    def retrieve(self, request: Request, pk: str, **_path: str) -> Response:
        """GET on a record."""
        return Response(self.serializer_class(self.found(pk)).data)

    def update(self, request: Request, pk: str, **_path: str) -> Response:
        """PUT on a record."""
        record = self.found(pk)
        serializer = self.serializer_class(data=request.data)
        serializer.is_valid(raise_exception=True)
        self.shelf.records[pk] = {**record, **serializer.validated_data}
        return Response(self.serializer_class(self.shelf.records[pk]).data)

    def destroy(self, request: Request, pk: str, **_path: str) -> Response:
        """DELETE on a record."""
        if not self.shelf.drop(pk):
            raise Http404
        return Response(status=status.HTTP_204_NO_CONTENT)


class Path(versioning.URLPathVersioning):
    """`/v1/plants/`; there is no default, and `v3` reaches the class because the pattern lets any segment through."""

    allowed_versions = ("v1", "v2")


class Namespace(versioning.NamespaceVersioning):
    """`/v1/plants/`; only the two namespaces have routes, so `v3` never reaches the class."""

    allowed_versions = ("v1", "v2")


class HostName(versioning.HostNameVersioning):
    """`v1.garden.test`; a host without exactly three labels gets the default, v1."""

    allowed_versions = ("v1", "v2")
    default_version = "v1"


class Query(versioning.QueryParameterVersioning):
    """`?version=1.0`; no default, so the class refuses a request without it."""

    allowed_versions = ("1.0", "2.0")


class Accept(versioning.AcceptHeaderVersioning):
    """`Accept: application/json; version=1.0`; without it the default, 1.0."""

    allowed_versions = ("1.0", "2.0")
    default_version = "1.0"


def routes(chosen: type[versioning.BaseVersioning], *, raw: bool = False) -> list[Any]:
    """The framework's own routes for both resources, under one versioning class."""
    router = SimpleRouter()
    serializer = {"plants": {"1": PlantV1, "2": PlantV2}, "beds": {"1": BedV1, "2": RawBedV2 if raw else BedV2}}
    for name, by_version in serializer.items():
        attributes = {"versioning_class": chosen, "resource": name, "by_version": by_version}
        if raw:
            attributes["parser_classes"] = (JSONParser,)
        router.register(name, type(f"{name.title()}View", (GardenView,), attributes), basename=name)
    return router.urls


URLCONFS: dict[Kind, tuple[Any, ...]] = {
    "path": (re_path(r"^(?P<version>[^/]+)/", include(routes(Path))),),
    "namespace": tuple(path(f"{v}/", include((routes(Namespace), "garden"), namespace=v)) for v in ("v1", "v2")),
    "host": tuple(routes(HostName)),
    "query": tuple(routes(Query)),
    "accept": tuple(routes(Accept)),
}
"""The URL patterns of each server; tuples, because Django keeps its resolvers in a cache by their patterns."""

RAW = tuple(routes(HostName, raw=True))
"""The patterns of a server on which the framework's own 500s show."""

_django = drf_settings.without_body_after_head(get_wsgi_application())


@contextlib.contextmanager
def drf_server(
    kind: Kind, *, raw: bool = False, breakage: Breakage | None = None, store: dict[str, Shelf] | None = None
) -> Iterator[str]:
    """Run the garden under one versioning class on a real socket, with fresh records, and give its base URL.

    Args:
        kind: Which versioning class.
        raw: Leave the framework's own 500s in place; `host` only.
        breakage: What breaks a promise.
        store: Its records, instead of fresh ones.
    """
    marks = {drf_settings.URLCONF_KEY: RAW if raw else URLCONFS[kind], drf_settings.STORE_KEY: store or new_store()}

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return _django({**environ, **marks}, start_response)

    with serving(broken_wsgi(application, breakage) if breakage else application) as url:
        yield url
