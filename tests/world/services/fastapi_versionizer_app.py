# /// script
# dependencies = ["fastapi-versionizer==4.0.2", "fastapi==0.125.0", "uvicorn==0.54.0"]
#
# [tool.world]
# title = "fastapi-versionizer"
#
# [tool.world.styles."with the latest version"]
# preset = "fastapi"
# path = "/v{version}"
# documents = ["/openapi.json", "/v1/openapi.json", "/latest/openapi.json"]
# ///
"""Routes of one router, each with its version. It does not start on the FastAPI of today."""

import os

import uvicorn
from fastapi import APIRouter, FastAPI
from fastapi_versionizer.versionizer import Versionizer, api_version
from pydantic import BaseModel


class Name(BaseModel):
    name: str


router = APIRouter()


def routes(version: str) -> None:
    @api_version(int(version))
    @router.get("/things")
    def show():
        return {"served": version}

    @api_version(int(version))
    @router.post("/things", status_code=201)
    def create(name: Name):
        return {"served": version}


routes("1")
routes("2")
app = FastAPI()
app.include_router(router)
Versionizer(app=app, prefix_format="/v{major}", semantic_version_format="{major}", latest_prefix="/latest").versionize()
uvicorn.run(app, port=int(os.environ["PORT"]), log_level="warning")
