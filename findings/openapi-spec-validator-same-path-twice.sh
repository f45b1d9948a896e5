#!/bin/sh
# openapi-spec-validator 0.9.0 takes a document in which `/things/{id}` and `/things/{name}` are two paths; OpenAPI 3.1,
# "Paths Object", calls such templates identical and the document invalid.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openapi-spec-validator==0.9.0
cat > "$folder/ask.py" <<'END'
from openapi_spec_validator import validate


def path(name):
    parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    return {"get": {"parameters": [parameter], "responses": {"200": {"description": "fine"}}}}


document = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "paths": {"/things/{id}": path("id"), "/things/{name}": path("name")},
}
print("valid" if validate(document) is None else "")
END
cat > "$folder/expected" <<'END'
valid
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
