# /// script
# dependencies = ["falcon==4.4.0"]
#
# [tool.world]
# title = "Falcon"
#
# [tool.world.styles."a route for each version"]
# path = "/v{version}"
#
# [tool.world.styles."a field of the path"]
# path = "/v{version}"
# ///
"""Routes with the version written out, or with an `int` converter for it."""

import os
from wsgiref.simple_server import make_server

import falcon


class Things:
    def __init__(self, version=""):
        self.version = version

    def on_get(self, request, response, version=None):
        response.media = {"served": str(version or self.version)}

    def on_post(self, request, response, version=None):
        if "name" not in request.get_media():
            raise falcon.HTTPUnprocessableEntity(description="name is required")
        response.media, response.status = {"served": str(version or self.version)}, 201


app = falcon.App()
if os.environ["STYLE"] == "a field of the path":
    app.add_route("/v{version:int(min=1, max=2)}/things", Things())
else:
    app.add_route("/v1/things", Things("1"))
    app.add_route("/v2/things", Things("2"))
make_server("127.0.0.1", int(os.environ["PORT"]), app).serve_forever()
