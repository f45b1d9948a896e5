"""A FastAPI application whose models forbid what they do not name, and the contract it exports, neither corrected by hand.

As such applications do, it declares the version's header and the key's with every operation, so that its documentation page can send them.
"""

# No `from __future__ import annotations`: FastAPI reads the annotations of functions inside functions.
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, File, Form, Header, HTTPException, Query, Request, Response, Security, UploadFile
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, ConfigDict, Field, StrictInt

POLICY = """
[api]
name = "Library"
base_url = "${STRICT_URL}"

[versioning]
scheme = "integer"
carriers = ["header"]
header = { name = "X-API-Version" }
missing = { reject = 400 }
unknown = { reject = 400 }
malformed = { reject = 400 }
empty = { reject = 400 }

[versions.1]
contract = "v1.json"

[credentials.APIKeyHeader]
header = "X-API-Key"
value = "${STRICT_KEY}"

[operations.rules."PUT /settings"]
harmless = true
"""
"""The policy file."""
KEY = "k3y-0"
"""The key that it knows."""


class Strict(BaseModel):
    """What forbids other members."""

    model_config = ConfigDict(extra="forbid")


Count = Annotated[StrictInt, Field(ge=0, le=2**31 - 1)]
Name = Annotated[str, Field(min_length=1, max_length=40)]


class Book(Strict):
    """What is written."""

    title: Name
    pages: Count
    price: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] | None = None
    tags: list[Name] = Field(default=[], max_length=5)


class Kept(Book):
    """What is read."""

    id: int


class Change(Strict):
    """What may be changed."""

    title: Name | None = None
    pages: Count | None = None


class Review(Strict):
    """What somebody says."""

    stars: Annotated[StrictInt, Field(ge=1, le=5)]
    text: str | None = Field(None, max_length=200)


class Cat(Strict):
    """One of two."""

    kind: Literal["cat"]
    lives: Count = 9


class Dog(Strict):
    """The other."""

    kind: Literal["dog"]
    barks: bool = True


class Pet(Strict):
    """Either, with a name."""

    name: Name
    pet: Annotated[Cat | Dog, Field(discriminator="kind")]
    friends: dict[str, Count] = {}


class Tree(Strict):
    """What holds itself."""

    name: Name
    size: Count | None = None
    children: list["Tree"] = Field(default=[], max_length=3)


class Settings(Strict):
    """Every member is there."""

    interval: Annotated[StrictInt, Field(ge=1, le=60)]
    mode: Literal["slow", "fast"]


def _declared(
    version: Annotated[int, Header(alias="X-API-Version", ge=1)],
    secret: Annotated[str, Header(alias="X-API-Key", min_length=2)],
) -> None:
    """Declares both headers, as a dependency of the whole application does, and knows one key."""
    if secret != KEY:
        raise HTTPException(401)


def application() -> FastAPI:  # noqa: C901  one small function an operation
    """The application."""
    scheme = APIKeyHeader(name="X-API-Key")
    app = FastAPI(title="Library", dependencies=[Security(scheme), Depends(_declared)])
    books: dict[int, dict[str, Any]] = {n: {"title": f"book {n}", "pages": n} for n in range(1, 6)}
    revisions: dict[int, int] = {}
    reviews: dict[int, list[Review]] = {}
    state = {"interval": 5, "mode": "slow"}

    @app.middleware("http")
    async def select(request: Request, forward: Any) -> Response:
        """The version comes first."""
        if request.headers.getlist("X-API-Version") != ["1"]:
            return JSONResponse({"detail": "no such version"}, 400)
        found: Response = await forward(request)
        return found

    def shown(key: int) -> dict[str, Any]:
        return {"id": key, **Book(**books[key]).model_dump()}

    def known(key: int) -> int:
        if key not in books:
            raise HTTPException(404)
        return key

    def tag(key: int) -> str:
        return f'"b{key}-{revisions.get(key, 0)}"'

    @app.get("/books")
    def list_books(
        limit: Annotated[int, Query(ge=1, le=50)] = 10, pages: Annotated[list[int] | None, Query()] = None
    ) -> list[Kept]:
        return [Kept(**shown(key)) for key in list(books)[:limit]]

    @app.post("/books", status_code=201)
    def add_book(book: Book) -> Kept:
        key = max(books, default=0) + 1
        books[key] = book.model_dump()
        return Kept(**shown(key))

    @app.get("/books/{key}")
    def read_book(key: int, response: Response) -> Kept:
        response.headers["ETag"] = tag(known(key))
        return Kept(**shown(key))

    @app.put("/books/{key}")
    def replace_book(key: int, book: Book, if_match: Annotated[str, Header()]) -> Kept:
        if if_match not in {tag(known(key)), "*"}:
            raise HTTPException(412)
        books[key], revisions[key] = book.model_dump(), revisions.get(key, 0) + 1
        return Kept(**shown(key))

    @app.patch("/books/{key}")
    def change_book(key: int, change: Change) -> Kept:
        books[known(key)] |= change.model_dump(exclude_none=True)
        revisions[key] = revisions.get(key, 0) + 1
        return Kept(**shown(key))

    @app.delete("/books/{key}", status_code=204)
    def remove_book(key: int) -> None:
        del books[known(key)]

    @app.get("/books/{key}/reviews")
    def list_reviews(key: int) -> list[Review]:
        return reviews.get(known(key), [])

    @app.post("/books/{key}/reviews", status_code=201)
    def add_review(key: int, review: Review) -> Review:
        reviews.setdefault(known(key), []).append(review)
        return review

    @app.post("/pets", status_code=201)
    def add_pet(pet: Pet) -> Pet:
        return pet

    @app.post("/trees", status_code=201)
    def add_tree(tree: Tree) -> Tree:
        return tree

    @app.post("/covers", status_code=201)
    def add_cover(cover: UploadFile, width: Annotated[int, Form(ge=1)] = 1) -> dict[str, int]:
        if not cover.filename or not cover.content_type:
            raise HTTPException(422, "a cover has a name and a media type")
        return {"width": width}

    @app.post("/scans", status_code=201)
    def add_scans(scans: Annotated[list[bytes], File()], note: Annotated[str | None, Form()] = None) -> dict[str, int]:
        return {"count": len(scans)}

    @app.post("/loans", status_code=201)
    def add_loan(reader: Annotated[str, Form(min_length=1)], days: Annotated[int, Form(ge=1, le=30)]) -> dict[str, int]:
        return {"days": days}

    @app.get("/settings")
    def read_settings() -> Settings:
        return Settings.model_validate(state)

    @app.put("/settings")
    def write_settings(settings: Settings) -> Settings:
        state.update(settings.model_dump())
        return settings

    return app


def contract() -> dict[str, Any]:
    """The contract as it is exported."""
    return application().openapi()
