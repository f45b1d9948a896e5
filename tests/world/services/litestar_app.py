# /// script
# dependencies = ["litestar==2.25.0", "uvicorn==0.54.0"]
#
# [tool.world]
# title = "Litestar"
#
# [tool.world.styles."a router for each version"]
# preset = "litestar"
# path = "/v{version}"
# documents = ["/schema/openapi.json", "/openapi.json"]
# ///
"""A router for each version; Litestar has no versioning of its own."""

import os
from dataclasses import dataclass

import uvicorn
from litestar import Litestar, Router, get, post


@dataclass
class Name:
    name: str


def router(version: str) -> Router:
    @get("/things")
    async def show() -> dict[str, str]:
        return {"served": version}

    @post("/things")
    async def create(data: Name) -> dict[str, str]:
        return {"served": version}

    return Router(path=f"/v{version}", route_handlers=[show, create])


app = Litestar(route_handlers=[router("1"), router("2")])
uvicorn.run(app, port=int(os.environ["PORT"]), log_level="warning")
