"""What the Cadwyn application reads and writes: the newest version's models, and the changes back to older versions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from cadwyn import (
    RequestInfo,
    ResponseInfo,
    VersionChange,
    convert_request_to_next_version_for,
    convert_response_to_previous_version_for,
    endpoint,
    schema,
)
from pydantic import BaseModel, Field

DIGITS = "^[0-9]{1,6}$"
"""How a weight was written before 2026-02-01."""


class ParcelStatus(StrEnum):
    """Where a parcel is in its life."""

    REGISTERED = "registered"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"


class Problem(BaseModel):
    """FastAPI's error body for everything but a validation error."""

    detail: str


class ParcelWrite(BaseModel):
    """A parcel as a client writes it."""

    recipient: str = Field(min_length=1, max_length=80)
    weight_grams: int = Field(ge=0, le=999_999)
    status: ParcelStatus = ParcelStatus.REGISTERED
    note: str | None = Field(default=None, max_length=200)


class Parcel(BaseModel):
    """A parcel as the service answers it."""

    id: int
    recipient: str = Field(min_length=1, max_length=80)
    weight_grams: int = Field(ge=0, le=999_999)
    status: ParcelStatus
    note: str | None = Field(max_length=200)


class ParcelPage(BaseModel):
    """Some parcels, newest first, and how many there are."""

    items: list[Parcel]
    total: int


class DepotWrite(BaseModel):
    """A depot as a client writes it."""

    name: str = Field(min_length=1, max_length=60)
    opened: date
    capacity: int = Field(ge=1, le=100_000)


class Depot(BaseModel):
    """A depot as the service answers it."""

    id: int
    name: str = Field(min_length=1, max_length=60)
    opened: date
    capacity: int = Field(ge=1, le=100_000)


class DepotPage(BaseModel):
    """Some depots, newest first, and how many there are."""

    items: list[Depot]
    total: int


class RecipientWasAddressee(VersionChange):
    """2025-06-15: a parcel's `addressee` became `recipient`, and dispatching got its own endpoint."""

    description = "`addressee` is called `recipient`; a parcel can be dispatched."
    instructions_to_migrate_to_previous_version = (
        schema(ParcelWrite).field("recipient").had(name="addressee"),
        schema(Parcel).field("recipient").had(name="addressee"),
        endpoint("/parcels/{parcel_id}/dispatch", ["POST"]).didnt_exist,
    )

    @convert_request_to_next_version_for(ParcelWrite)
    def _write(request: RequestInfo) -> None:  # noqa: N805 - Cadwyn passes no instance
        request.body["recipient"] = request.body.pop("addressee")

    @convert_response_to_previous_version_for(Parcel)
    def _read(response: ResponseInfo) -> None:  # noqa: N805 - Cadwyn passes no instance
        response.body["addressee"] = response.body.pop("recipient")

    @convert_response_to_previous_version_for(ParcelPage)
    def _list(response: ResponseInfo) -> None:  # noqa: N805 - Cadwyn passes no instance
        for parcel in response.body["items"]:
            parcel["addressee"] = parcel.pop("recipient")


class WeightWasText(VersionChange):
    """2026-02-01: a parcel's `weight_grams` became an integer; it was a string of digits."""

    description = "`weight_grams` is an integer."
    instructions_to_migrate_to_previous_version = (
        schema(ParcelWrite).field("weight_grams").didnt_have("ge", "le"),
        schema(ParcelWrite).field("weight_grams").had(type=str, pattern=DIGITS),
        schema(Parcel).field("weight_grams").didnt_have("ge", "le"),
        schema(Parcel).field("weight_grams").had(type=str, pattern=DIGITS),
    )

    @convert_request_to_next_version_for(ParcelWrite)
    def _write(request: RequestInfo) -> None:  # noqa: N805 - Cadwyn passes no instance
        request.body["weight_grams"] = int(request.body["weight_grams"])

    @convert_response_to_previous_version_for(Parcel)
    def _read(response: ResponseInfo) -> None:  # noqa: N805 - Cadwyn passes no instance
        response.body["weight_grams"] = str(response.body["weight_grams"])

    @convert_response_to_previous_version_for(ParcelPage)
    def _list(response: ResponseInfo) -> None:  # noqa: N805 - Cadwyn passes no instance
        for parcel in response.body["items"]:
            parcel["weight_grams"] = str(parcel["weight_grams"])
