# /// script
# dependencies = ["connexion[flask,uvicorn,swagger-ui]==3.3.0"]
#
# [tool.world]
# title = "Connexion"
#
# [tool.world.styles."a document for each version"]
# preset = "connexion"
# path = "/v{version}"
# documents = ["/v1/openapi.json", "/openapi.json"]
# ///
"""A document for each version, under its own base path."""

import os

import connexion


def operation(version, name):
    def show():
        return {"served": version}

    def create(body):
        return {"served": version}, 201

    return {"show": show, "create": create}[name]


class Resolver(connexion.resolver.Resolver):
    def resolve_function_from_operation_id(self, operation_id):
        return operation(*operation_id.split("-")[::-1])


def document(version):
    schema = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    fine = {"description": "fine", "content": {"application/json": {"schema": {"type": "object"}}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": version},
        "paths": {
            "/things": {
                "get": {"operationId": f"show-{version}", "responses": {"200": fine}},
                "post": {"operationId": f"create-{version}", "requestBody": body, "responses": {"201": fine}},
            }
        },
    }


app = connexion.FlaskApp(__name__)
for each in ("1", "2"):
    app.add_api(document(each), base_path=f"/v{each}", resolver=Resolver(), name=f"v{each}")
app.run(port=int(os.environ["PORT"]))
