# /// script
# dependencies = ["fastapi-lifecycle==0.1.0", "uvicorn==0.54.0"]
#
# [tool.world]
# title = "fastapi-lifecycle"
#
# [tool.world.styles."version 1 deprecated"]
# path = "/v{version}"
# documents = ["/openapi.json"]
#
# [tool.world.styles."version 1 removed"]
# path = "/v{version}"
# others = { removed = "1" }
# ///
"""Version 1 is deprecated, with all three dates; in the last style its end lies in the past."""

import os

import uvicorn
from fastapi import FastAPI
from fastapi_lifecycle import deprecated, setup_versioning
from pydantic import BaseModel


class Name(BaseModel):
    name: str


app = FastAPI()
setup_versioning(app)


def routes(version: str, mark) -> None:
    @app.get(f"/v{version}/things")
    @mark
    async def show():
        return {"served": version}

    @app.post(f"/v{version}/things", status_code=201)
    @mark
    async def create(name: Name):
        return {"served": version}


routes(
    "1",
    deprecated(
        {
            "deprecated_at": "2026-01-15T00:00:00Z",
            "sunset_at": f"{'2026-06-15' if 'removed' in os.environ['STYLE'] else '2099-06-15'}T00:00:00Z",
            "migration_url": "https://shop.test/v2",
            "replacement": "GET /v2/things",
        }
    ),
)
routes("2", lambda handler: handler)
uvicorn.run(app, port=int(os.environ["PORT"]), log_level="warning")
