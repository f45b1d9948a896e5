# /// script
# dependencies = ["aiohttp==3.14.5"]
#
# [tool.world]
# title = "aiohttp"
#
# [tool.world.styles."a sub-application for each version"]
# path = "/v{version}"
# ///
"""A sub-application for each version."""

import os

from aiohttp import web


def application(version):
    made = web.Application()

    async def show(request):
        return web.json_response({"served": version})

    async def create(request):
        if "name" not in await request.json():
            raise web.HTTPUnprocessableEntity(text="name is required")
        return web.json_response({"served": version}, status=201)

    made.add_routes([web.get("/things", show), web.post("/things", create)])
    return made


app = web.Application()
for each in ("1", "2"):
    app.add_subapp(f"/v{each}", application(each))
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)
