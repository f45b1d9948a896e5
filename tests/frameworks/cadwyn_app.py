"""A small Cadwyn application: parcels and depots, three dated versions, named by the header `x-api-version`.

Cadwyn (on FastAPI) keeps the newest version as code and derives the older ones from version changes:

- 2024-03-01: the first version. A parcel has an `addressee`, and `weight_grams` is a string of digits.
- 2025-06-15: `addressee` is called `recipient`; `POST /parcels/{parcel_id}/dispatch` exists.
- 2026-02-01: `weight_grams` is an integer.

Nothing here handles versions: what a request without, or with a wrong version gets is Cadwyn's own answer.
"""

# No `from __future__ import annotations` here: Cadwyn and FastAPI read the annotations of functions made in a function.

import contextlib
import inspect
import itertools
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from cadwyn import Cadwyn, HeadVersion, Version, VersionBundle, VersionedAPIRouter
from fastapi import HTTPException, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from tests.frameworks.breaking import Breakage, broken_asgi
from tests.frameworks.cadwyn_models import (
    Depot,
    DepotPage,
    DepotWrite,
    Parcel,
    ParcelPage,
    ParcelStatus,
    ParcelWrite,
    Problem,
    RecipientWasAddressee,
    WeightWasText,
)
from tests.frameworks.serving import serving_asgi

HEADER = "x-api-version"
VERSIONS = ("2024-03-01", "2025-06-15", "2026-02-01")
"""The versions, oldest first."""

BUNDLE = VersionBundle(
    HeadVersion(),
    Version(VERSIONS[2], WeightWasText),
    Version(VERSIONS[1], RecipientWasAddressee),
    Version(VERSIONS[0]),
)
"""One for all applications: Cadwyn lets a version change belong to one bundle only."""

KEPT = 500
"""Records a collection keeps; the oldest that was not seeded goes first."""

Record = TypeVar("Record", Parcel, Depot)
Id = Annotated[int, Path(ge=1, le=2_147_483_647)]
Limit = Annotated[int, Query(ge=1, le=100)]
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "No such record"}}


class Shelf(Generic[Record]):
    """The records of one kind by id: bounded, in memory. Used from one event loop only."""

    def __init__(self, *seeded: Record) -> None:
        self.records: dict[int, Record] = {record.id: record for record in seeded}
        self.seeded: frozenset[int] = frozenset(self.records)
        self.last: int = max(self.seeded)

    def next_id(self) -> int:
        """A fresh id; makes room for its record."""
        if len(self.records) >= KEPT:
            del self.records[next(key for key in self.records if key not in self.seeded)]
        self.last += 1
        return self.last

    def get(self, key: int) -> Record:
        """The record, or FastAPI's 404."""
        if key not in self.records:
            raise HTTPException(404, "No such record")
        return self.records[key]

    def drop(self, key: int) -> None:
        """Delete a record; a second time changes nothing, and an id that never was is FastAPI's 404."""
        if key > self.last:
            raise HTTPException(404, "No such record")
        self.records.pop(key, None)

    def page(self, limit: int) -> dict[str, Any]:
        """The newest `limit` records."""
        return {"items": list(itertools.islice(reversed(self.records.values()), limit)), "total": len(self.records)}


def parcels() -> Shelf[Parcel]:
    """Fresh parcels."""
    return Shelf(
        Parcel(id=1, recipient="Ada Byron", weight_grams=1250, status=ParcelStatus.REGISTERED, note=None),
        Parcel(id=2, recipient="Emmy Noether", weight_grams=90, status=ParcelStatus.DELIVERED, note="Ring twice"),
        Parcel(id=3, recipient="Sofja Kowalewskaja", weight_grams=3, status=ParcelStatus.DISPATCHED, note=None),
    )


def depots() -> Shelf[Depot]:
    """Fresh depots."""
    return Shelf(
        Depot(id=1, name="North quay", opened=date(2019, 4, 1), capacity=400),
        Depot(id=2, name="Old mill", opened=date(2021, 9, 15), capacity=75),
        Depot(id=3, name="Pier shed", opened=date(2024, 2, 29), capacity=1),
    )


def parcels_router(shelf: Shelf[Parcel]) -> VersionedAPIRouter:
    """CRUD on parcels, and dispatching one."""
    router = VersionedAPIRouter(tags=["parcels"])

    @router.get("/parcels")
    async def list_parcels(limit: Limit = 20) -> ParcelPage:
        return ParcelPage.model_validate(shelf.page(limit))

    @router.post("/parcels", status_code=201)
    async def create_parcel(parcel: ParcelWrite) -> Parcel:
        key = shelf.next_id()
        shelf.records[key] = Parcel(id=key, **parcel.model_dump())
        return shelf.records[key]

    @router.get("/parcels/{parcel_id}", responses=NOT_FOUND)
    async def read_parcel(parcel_id: Id) -> Parcel:
        return shelf.get(parcel_id)

    @router.put("/parcels/{parcel_id}", responses=NOT_FOUND)
    async def replace_parcel(parcel_id: Id, parcel: ParcelWrite) -> Parcel:
        shelf.get(parcel_id)
        shelf.records[parcel_id] = Parcel(id=parcel_id, **parcel.model_dump())
        return shelf.records[parcel_id]

    @router.delete("/parcels/{parcel_id}", status_code=204, responses=NOT_FOUND)
    async def delete_parcel(parcel_id: Id) -> None:
        shelf.drop(parcel_id)

    @router.post("/parcels/{parcel_id}/dispatch", responses=NOT_FOUND)
    async def dispatch_parcel(parcel_id: Id) -> Parcel:
        parcel = shelf.get(parcel_id).model_copy(update={"status": ParcelStatus.DISPATCHED})
        shelf.records[parcel_id] = parcel
        return parcel

    return router


def depots_router(shelf: Shelf[Depot]) -> VersionedAPIRouter:
    """CRUD on depots."""
    router = VersionedAPIRouter(tags=["depots"])

    @router.get("/depots")
    async def list_depots(limit: Limit = 20) -> DepotPage:
        return DepotPage.model_validate(shelf.page(limit))

    @router.post("/depots", status_code=201)
    async def create_depot(depot: DepotWrite) -> Depot:
        key = shelf.next_id()
        shelf.records[key] = Depot(id=key, **depot.model_dump())
        return shelf.records[key]

    @router.get("/depots/{depot_id}", responses=NOT_FOUND)
    async def read_depot(depot_id: Id) -> Depot:
        return shelf.get(depot_id)

    @router.put("/depots/{depot_id}", responses=NOT_FOUND)
    async def replace_depot(depot_id: Id, depot: DepotWrite) -> Depot:
        shelf.get(depot_id)
        shelf.records[depot_id] = Depot(id=depot_id, **depot.model_dump())
        return shelf.records[depot_id]

    @router.delete("/depots/{depot_id}", status_code=204, responses=NOT_FOUND)
    async def delete_depot(depot_id: Id) -> None:
        shelf.drop(depot_id)

    return router


async def _validation_error(_request: Request, error: Exception) -> JSONResponse:
    """FastAPI's 422 without `input`: echoing the input is a 500 where the input is NaN or half a surrogate pair."""
    assert isinstance(error, RequestValidationError)
    kept = ("loc", "msg", "type")
    return JSONResponse({"detail": [{key: item[key] for key in kept} for item in error.errors()]}, 422)


# Cadwyn before 9 serves a page of its own, the changelog, unless it is told not to; 9 has neither the page nor the argument.
_NO_CHANGELOG: dict[str, Any] = (
    {"changelog_url": None} if "changelog_url" in inspect.signature(Cadwyn.__init__).parameters else {}
)


Shelves = tuple[Shelf[Parcel], Shelf[Depot]]
"""All that the application stores."""


def create_app(*, raw: bool = False, shelves: Shelves | None = None) -> Cadwyn:
    """The application, with fresh records unless some are given; `raw` leaves FastAPI's own handler of validation errors in place."""
    own_parcels, own_depots = shelves or (parcels(), depots())
    app = Cadwyn(
        title="Parcels",
        api_version_parameter_name=HEADER,
        versions=BUNDLE,
        **_NO_CHANGELOG,
    )
    app.generate_and_include_versioned_routers(parcels_router(own_parcels), depots_router(own_depots))
    if not raw:
        app.add_exception_handler(RequestValidationError, _validation_error)
    return app


@contextlib.contextmanager
def cadwyn_server(
    *, raw: bool = False, breakage: Breakage | None = None, shelves: Shelves | None = None
) -> Iterator[str]:
    """Run the application, with or without something broken, on a real socket and give its base URL."""
    app = create_app(raw=raw, shelves=shelves)
    with serving_asgi(broken_asgi(app, breakage) if breakage else app) as url:
        yield url
