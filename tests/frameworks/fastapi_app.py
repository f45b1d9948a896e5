"""A FastAPI application as people write them: optional parameters of every kind, forms, files, unions, nothing corrected by hand."""

# No `from __future__ import annotations`: FastAPI reads the annotations of functions inside functions.
import datetime as dt
import json
import uuid
from enum import StrEnum
from typing import Annotated, Any, Literal

from fastapi import Cookie, FastAPI, Form, Header, Path, Query, Request, UploadFile
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, PositiveInt


class Kind(StrEnum):
    """What is sold."""

    BOOK = "book"
    TOY = "toy"


class Cat(BaseModel):
    """One of two."""

    type: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    """The other."""

    type: Literal["dog"]
    barks: bool | None = None


class Order(BaseModel):
    """A body with a bit of everything."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1)
    pet: Annotated[Cat | Dog, Field(discriminator="type")]
    day: dt.date | None = None
    when: dt.datetime | None = None
    tags: set[str] = set()
    pair: tuple[int, str] | None = None
    attributes: dict[str, int] = {}
    kinds: list[Kind] = []
    count: PositiveInt | None = None
    code: str | None = Field(None, pattern="^[A-Z]{3}$")


class Node(BaseModel):
    """A body that holds itself."""

    text: str | None = None
    number: float | str | None = None
    child: "Node | None" = None


NAMED = frozenset(Node.model_fields)
"""Members the application takes; it refuses others, which the schema does not say."""


def fastapi_app(*, whole_pages: bool = False) -> FastAPI:  # noqa: C901  one small function an operation
    """The application, under `/api/v1`.

    Args:
        whole_pages: A broken promise: `limit` may no longer be 1.
    """
    app = FastAPI(title="Shop")

    @app.get("/api/v1/things")
    def things(
        ids: Annotated[list[int], Query()],
        kind: Kind | None = None,
        kinds: Annotated[list[Kind] | None, Query()] = None,
        flag: bool = False,  # noqa: FBT001, FBT002  a query parameter
        day: dt.date | None = None,
        price: Annotated[float | None, Query(ge=0)] = None,
        name: Annotated[str | None, Query(min_length=2, max_length=5)] = None,
        key: uuid.UUID | None = None,
        either: Literal["a", "b"] = "a",
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> dict[str, Any]:
        if whole_pages and limit == 1:
            raise RequestValidationError([])
        return {"ids": ids}

    @app.get("/api/v1/headers")
    def headers(
        x_token: Annotated[str, Header(min_length=3)],
        x_number: Annotated[int | None, Header()] = None,
        session: Annotated[str | None, Cookie()] = None,
    ) -> dict[str, Any]:
        return {}

    @app.post("/api/v1/forms")
    def forms(
        name: Annotated[str, Form()],
        number: Annotated[int | None, Form()] = None,
        more: Annotated[list[str], Form()] = [],  # noqa: B006  FastAPI's way to say so
    ) -> dict[str, Any]:
        return {"name": name}

    @app.post("/api/v1/files")
    def files(file: UploadFile, note: Annotated[str | None, Form()] = None) -> dict[str, Any]:
        return {"size": file.size}

    @app.post("/api/v1/orders", status_code=201)
    def orders(order: Order) -> Order:
        return order

    @app.post("/api/v1/nodes")
    async def nodes(request: Request, node: Node | None = None) -> Node:
        raw = await request.body()
        if raw and set(json.loads(raw) or ()) - NAMED:
            raise RequestValidationError([])
        return node or Node()

    @app.patch("/api/v1/orders")
    def many(nodes: list[Order]) -> list[Order]:
        return nodes

    @app.get("/api/v1/places/{number}/{text}/{kind}")
    def places(number: Annotated[int, Path(ge=1, le=100)], text: str, kind: Kind) -> dict[str, Any]:
        return {"number": number}

    return app
