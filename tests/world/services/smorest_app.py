# /// script
# dependencies = ["flask-smorest==0.47.0", "werkzeug==3.1.9"]
#
# [tool.world]
# title = "flask-smorest"
#
# [tool.world.styles."an Api for each version"]
# preset = "flask-smorest"
# path = "/v{version}"
# documents = ["/v1/openapi.json", "/openapi.json"]
# ///
"""Two Api objects in one application, told apart by a prefix."""

import os

import marshmallow as ma
from flask import Flask
from flask.views import MethodView
from flask_smorest import Api, Blueprint


class Name(ma.Schema):
    name = ma.fields.Str(required=True)


app = Flask(__name__)
for version in ("1", "2"):
    prefix = f"V{version}_"
    app.config |= {
        f"{prefix}API_TITLE": "Things",
        f"{prefix}API_VERSION": version,
        f"{prefix}OPENAPI_VERSION": "3.0.3",
        f"{prefix}OPENAPI_URL_PREFIX": f"/v{version}",
    }
    blueprint = Blueprint(f"things{version}", __name__, url_prefix=f"/v{version}")

    @blueprint.route("/things")
    class Things(MethodView):
        version = version

        @blueprint.response(200)
        def get(self):
            return {"served": self.version}

        @blueprint.arguments(Name)
        @blueprint.response(201)
        def post(self, name):
            return {"served": self.version}

    api = Api(app, config_prefix=prefix)
    api.register_blueprint(blueprint)
app.run(port=int(os.environ["PORT"]))
