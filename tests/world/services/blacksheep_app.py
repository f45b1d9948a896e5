# /// script
# dependencies = ["blacksheep==2.6.4", "uvicorn==0.54.0"]
#
# [tool.world]
# title = "BlackSheep"
#
# [tool.world.styles."a route for each version"]
# path = "/v{version}"
# ///
"""Routes with the version written out."""

import os
from dataclasses import dataclass

import uvicorn
from blacksheep import Application, FromJSON, json


@dataclass
class Name:
    name: str


app = Application()


def routes(version: str) -> None:
    @app.router.get(f"/v{version}/things")
    async def show():
        return json({"served": version})

    @app.router.post(f"/v{version}/things")
    async def create(name: FromJSON[Name]):
        return json({"served": version}, 201)


routes("1")
routes("2")
uvicorn.run(app, port=int(os.environ["PORT"]), log_level="warning", lifespan="on")
