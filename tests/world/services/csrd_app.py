# /// script
# dependencies = ["csrd-versioning==0.8.0", "uvicorn==0.54.0"]
#
# [tool.world]
# title = "csrd-versioning"
# python = "3.12"
#
# [tool.world.styles."the newest version for unknown ones"]
# header = "x-api-version"
# documents = ["/openapi.json", "/openapi/1.json", "/openapi/2.json"]
#
# [tool.world.styles."strict_version_matching"]
# header = "x-api-version"
# ///
"""Applications composed by version, with and without `strict_version_matching`."""

import os

import uvicorn
from csrd.versioning import VersionedApiConfig, VersionedAppComposeConfig, compose_versioned_apps
from fastapi import FastAPI
from pydantic import BaseModel


class Name(BaseModel):
    name: str


def application(version):
    app = FastAPI(version=version)
    app.add_api_route("/things", lambda: {"served": version}, methods=["GET"])

    @app.post("/things", status_code=201)
    def create(name: Name):
        return {"served": version}

    return app


config = VersionedApiConfig(prefix="/", strict_version_matching="strict" in os.environ["STYLE"])
versions = {version: application(version) for version in ("1", "2")}
app = compose_versioned_apps(versions, config=VersionedAppComposeConfig(api=config))
uvicorn.run(app, port=int(os.environ["PORT"]), log_level="warning")
