# /// script
# dependencies = ["fastapi==0.165.0", "uvicorn==0.54.0"]
#
# [tool.world]
# title = "FastAPI"
#
# [tool.world.styles."a router with a prefix for each version"]
# preset = "fastapi"
# path = "/v{version}"
# documents = ["/openapi.json", "/v1/openapi.json"]
#
# [tool.world.styles."an application mounted for each version"]
# preset = "fastapi"
# path = "/v{version}"
# documents = ["/openapi.json", "/v1/openapi.json"]
# ///
"""FastAPI has no versioning of its own: prefixes, or applications mounted under them."""

import os

import uvicorn
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel


class Name(BaseModel):
    name: str


def router(version, **settings):
    made = APIRouter(**settings)
    made.add_api_route("/things", lambda: {"served": version}, methods=["GET"])

    @made.post("/things", status_code=201)
    def create(name: Name):
        return {"served": version}

    return made


app = FastAPI()
for version in ("1", "2"):
    if "mounted" in os.environ["STYLE"]:
        inner = FastAPI(version=version)
        inner.include_router(router(version))
        app.mount(f"/v{version}", inner)
    else:
        app.include_router(router(version, prefix=f"/v{version}"))
uvicorn.run(app, port=int(os.environ["PORT"]), log_level="warning")
