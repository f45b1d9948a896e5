# /// script
# dependencies = ["fastapi==0.165.0", "uvicorn==0.54.0", "python-multipart==0.0.20"]
#
# [tool.world]
# title = "FastAPI"
#
# [tool.world.styles."a mounted application for each version, which shows its own"]
# contracts = { "1" = "/v1/openapi.json", "2" = "/v2/openapi.json" }
# fault = "AV301"
# policy = '''
# extends = "fastapi"
# [api]
# name = "Orchard"
# base_url = "${SERVICE_URL}"
# '''
#
# [tool.world.styles."a mounted application for each version, which shows its own".changes]
# "1 2" = [
#   "info operation-added DELETE /trees/{number}",
#   "error operation-removed GET /trees/{number}/label",
#   "info operation-deprecated POST /trees/{number}/pictures",
#   "error request-maximum-decreased limit",
#   "info request-optional-property-added Pear.firm",
#   "error request-required-property-added Apple.sort",
#   "error request-max-length-decreased Apple.name",
#   "error request-max-length-decreased Pear.name",
#   "warning response-optional-property-removed Grown.note",
#   "info response-required-property-added Grown.height",
#   "info request-enum-value-added Kind",
#   "warning response-enum-value-added Kind",
# ]
# ///
"""An orchard: two applications, and what FastAPI writes of each of them."""

import datetime as dt
import decimal
import enum
import os
from typing import Annotated, Literal

import uvicorn
from fastapi import FastAPI, Header, HTTPException, Path, Query, UploadFile
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

FAULT = "FAULT" in os.environ
trees: dict[int, dict] = {}


def application(version: int) -> FastAPI:
    app = FastAPI(title="Orchard", version=f"{version}.0.0")
    kinds = ["apple", "pear", *(["quince"] if version > 1 else [])]
    Kind = enum.Enum("Kind", {kind: kind for kind in kinds}, type=str)
    Name = Annotated[str, Field(min_length=1, max_length=50 // version)]
    Price = Annotated[float, Field(ge=0, le=1000)]

    class Tree(BaseModel):
        name: Name
        price: Price | None = None
        planted: dt.date
        tags: set[Annotated[str, Field(max_length=10)]] = Field(default=set(), max_length=5)

    if version == 1:

        class Apple(Tree):
            kind: Literal["apple"]

        class Pear(Tree):
            kind: Literal["pear"]

        class Grown(BaseModel):
            number: int
            name: str
            kind: Kind
            price: decimal.Decimal | None
            planted: dt.date
            tags: list[str]
            note: str | None = None

    else:

        class Apple(Tree):
            kind: Literal["apple"]
            sort: str

        class Pear(Tree):
            kind: Literal["pear"]
            firm: bool = True

        class Grown(BaseModel):
            number: int
            name: str
            kind: Kind
            price: decimal.Decimal | None
            planted: dt.date
            tags: list[str]
            height: float

    Planted = Annotated[Apple | Pear, Field(discriminator="kind")]
    Wanted = Annotated[list[Kind] | None, Query()]
    Number = Annotated[int, Path(ge=1, le=2**31)]

    def shown(number: int) -> dict:
        return {"number": number, "height": 1.5, "tags": [], **trees[number]}

    def found(number: int) -> dict:
        if number not in trees:
            raise HTTPException(404, "no such tree")
        return shown(number)

    @app.get("/trees", response_model=None if FAULT else list[Grown], responses={200: {"model": list[Grown]}})
    def listed(
        kind: Wanted = None,
        limit: Annotated[int, Query(ge=1, le=100 // version)] = 20,
        x_trace: Annotated[str | None, Header()] = None,
    ):
        wanted = [number for number, tree in trees.items() if not kind or tree["kind"] in [each.value for each in kind]]
        planted = {"planted": "soon"} if FAULT and version == 2 else {}
        return [{**shown(number), **planted} for number in wanted[-limit:]]

    @app.post("/trees", status_code=201, response_model=Grown)
    def plant(tree: Planted):
        number = max(trees, default=0) + 1
        trees[number] = tree.model_dump()
        return shown(number)

    @app.get("/trees/{number}", response_model=Grown, responses={404: {"description": "no such tree"}})
    def read(number: Number):
        return found(number)

    @app.post(
        "/trees/{number}/pictures", status_code=204, deprecated=version > 1, responses={404: {"description": "none"}}
    )
    def picture(number: Number, file: UploadFile, caption: str = "") -> None:
        found(number)

    if version == 1:

        @app.get("/trees/{number}/label", response_class=PlainTextResponse, responses={404: {"description": "none"}})
        def label(number: Number) -> str:
            return found(number)["name"]

    else:

        @app.delete("/trees/{number}", status_code=204, responses={404: {"description": "no such tree"}})
        def fell(number: Number) -> None:
            found(number)
            del trees[number]

    return app


app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
for version in (1, 2):
    app.mount(f"/v{version}", application(version))
uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
