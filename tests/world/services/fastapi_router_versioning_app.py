# /// script
# dependencies = ["fastapi-router-versioning==1.2.2", "uvicorn==0.54.0"]
#
# [tool.world]
# title = "fastapi-router-versioning"
#
# [tool.world.styles."major versions"]
# preset = "fastapi"
# path = "/v{version}"
# documents = ["/openapi.json", "/v1/openapi.json"]
# ///
"""Routes of one router, each with its version."""

import os

import uvicorn
from fastapi import APIRouter, FastAPI
from fastapi_router_versioning import RouterVersioner, VersionFormat, api_version
from pydantic import BaseModel


class Name(BaseModel):
    name: str


router = APIRouter()


def routes(version: str) -> None:
    @router.get("/things")
    @api_version((int(version), 0))
    def show():
        return {"served": version}

    @router.post("/things", status_code=201)
    @api_version((int(version), 0))
    def create(name: Name):
        return {"served": version}


routes("1")
routes("2")
app = FastAPI()
RouterVersioner(app=app, routers=router, version_format=VersionFormat.SEMVER, prefix_format="/v{major}").versionize()
uvicorn.run(app, port=int(os.environ["PORT"]), log_level="warning")
