# /// script
# dependencies = ["cadwyn==9.0.0", "uvicorn==0.54.0"]
#
# [tool.world]
# title = "Cadwyn"
#
# [tool.world.styles."a date in a header"]
# preset = "cadwyn"
# header = "x-api-version"
# oldest = "2025-01-01"
# newest = "2026-01-01"
# others = { unknown = "2099-01-01", "before the first" = "2020-01-01", between = "2025-07-01" }
# documents = ["/openapi.json", "/openapi.json?version=2025-01-01"]
#
# [tool.world.styles."a date in the path"]
# preset = "cadwyn"
# policy = '''versioning = { carriers = ["path"], waterfall = false, echo = { header = "api_version", refused = "absent" } }'''
# path = "/{version}"
# oldest = "2025-01-01"
# newest = "2026-01-01"
# others = { unknown = "2099-01-01", "before the first" = "2020-01-01", between = "2025-07-01" }
# documents = ["/openapi.json", "/openapi.json?version=2025-01-01"]
# ///
"""Two dated versions; the older one is derived from the newer one's code."""

import os
from datetime import date

import uvicorn
from cadwyn import (
    Cadwyn,
    HeadVersion,
    ResponseInfo,
    Version,
    VersionBundle,
    VersionChange,
    VersionedAPIRouter,
    convert_response_to_previous_version_for,
)
from pydantic import BaseModel

in_path = os.environ["STYLE"] == "a date in the path"
router = VersionedAPIRouter(prefix="/{api_version}" if in_path else "")


class Name(BaseModel):
    name: str


class Thing(BaseModel):
    served: str


@router.get("/things", response_model=Thing)
async def show():
    return Thing(served="2026-01-01")


@router.post("/things", response_model=Thing)
async def create(name: Name):
    return Thing(served="2026-01-01")


class OlderSaysSo(VersionChange):
    description = "The answer names the version."
    instructions_to_migrate_to_previous_version = ()

    @convert_response_to_previous_version_for(Thing)
    def say(response: ResponseInfo):  # noqa: N805
        response.body["served"] = "2025-01-01"


app = Cadwyn(
    versions=VersionBundle(HeadVersion(), Version(date(2026, 1, 1), OlderSaysSo), Version(date(2025, 1, 1))),
    **({"api_version_location": "path", "api_version_parameter_name": "api_version"} if in_path else {}),
)
app.generate_and_include_versioned_routers(router)
uvicorn.run(app, port=int(os.environ["PORT"]), log_level="warning")
