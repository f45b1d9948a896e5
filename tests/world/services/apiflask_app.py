# /// script
# dependencies = ["apiflask==3.1.2"]
#
# [tool.world]
# title = "APIFlask"
#
# [tool.world.styles."a blueprint for each version"]
# path = "/v{version}"
# documents = ["/openapi.json"]
# ///
"""A blueprint for each version."""

import os

from apiflask import APIBlueprint, APIFlask, Schema
from apiflask.fields import String


class Name(Schema):
    name = String(required=True)


def blueprint(version):
    made = APIBlueprint(f"v{version}", __name__, url_prefix=f"/v{version}")

    @made.get("/things")
    def show():
        return {"served": version}

    @made.post("/things")
    @made.input(Name)
    def create(json_data):
        return {"served": version}, 201

    return made


app = APIFlask(__name__)
for each in ("1", "2"):
    app.register_blueprint(blueprint(each))
app.run(port=int(os.environ["PORT"]))
