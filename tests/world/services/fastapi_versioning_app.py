# /// script
# dependencies = ["fastapi-versioning==0.10.0", "uvicorn==0.54.0"]
#
# [tool.world]
# title = "fastapi-versioning"
#
# [tool.world.styles."major versions"]
# preset = "fastapi"
# path = "/v{version}"
# documents = ["/openapi.json", "/v1/openapi.json"]
# ///
"""Routes of one application, each with its version."""

import os

import uvicorn
from fastapi import FastAPI
from fastapi_versioning import VersionedFastAPI, version
from pydantic import BaseModel


class Name(BaseModel):
    name: str


app = FastAPI()


def routes(number: str) -> None:
    @app.get("/things")
    @version(int(number))
    def show():
        return {"served": number}

    @app.post("/things", status_code=201)
    @version(int(number))
    def create(name: Name):
        return {"served": number}


routes("1")
routes("2")
app = VersionedFastAPI(app, version_format="{major}", prefix_format="/v{major}")
uvicorn.run(app, port=int(os.environ["PORT"]), log_level="warning")
