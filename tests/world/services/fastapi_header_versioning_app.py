# /// script
# dependencies = ["fastapi-header-versioning==1.2.0", "uvicorn==0.54.0"]
#
# [tool.world]
# title = "fastapi-header-versioning"
#
# [tool.world.styles."x-version"]
# header = "x-version"
# documents = ["/openapi.json", "/version_1/openapi.json"]
#
# [tool.world.styles."X-Version"]
# header = "X-Version"
# documents = ["/openapi.json", "/version_1/openapi.json"]
# ///
"""The name of the header in small letters, and with capitals."""

import os

import uvicorn
from fastapi_header_versioning import HeaderRoutingFastAPI, HeaderVersionedAPIRouter
from fastapi_header_versioning.openapi import doc_generation
from pydantic import BaseModel


class Name(BaseModel):
    name: str


def routes(version: str) -> HeaderVersionedAPIRouter:
    router = HeaderVersionedAPIRouter()

    @router.get("/things")
    @router.version(version)
    def show():
        return {"served": version}

    @router.post("/things", status_code=201)
    @router.version(version)
    def create(name: Name):
        return {"served": version}

    return router


app = HeaderRoutingFastAPI(version_header=os.environ["STYLE"])
app.include_router(routes("1"))
app.include_router(routes("2"))
uvicorn.run(doc_generation(app), port=int(os.environ["PORT"]), log_level="warning")
