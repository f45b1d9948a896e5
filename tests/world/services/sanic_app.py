# /// script
# dependencies = ["sanic==25.12.1"]
#
# [tool.world]
# title = "Sanic"
#
# [tool.world.styles."version of a blueprint"]
# path = "/v{version}"
# ///
"""Blueprints with Sanic's own `version`."""

import os

from sanic import Blueprint, Sanic
from sanic.exceptions import BadRequest
from sanic.response import json

app = Sanic("things")


def blueprint(version):
    made = Blueprint(f"things{version}", version=int(version))

    @made.get("/things")
    async def show(request):
        return json({"served": version})

    @made.post("/things")
    async def create(request):
        if "name" not in (request.json or {}):
            raise BadRequest("name is required")
        return json({"served": version}, 201)

    return made


for each in ("1", "2"):
    app.blueprint(blueprint(each))
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]), single_process=True, access_log=False, motd=False)
