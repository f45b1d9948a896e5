#!/bin/sh
# openapi-spec-validator 0.9.0 takes a server whose variable has a default that its `enum` does not have, and a server
# with a variable that is described nowhere; OpenAPI 3.1, "Server Variable Object", says the default MUST be in the
# enum.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openapi-spec-validator==0.9.0
cat > "$folder/ask.py" <<'END'
from openapi_spec_validator import validate

document = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "servers": [
        {"url": "https://shop.test/{version}", "variables": {"version": {"default": "v9", "enum": ["v1", "v2"]}}},
        {"url": "https://shop.test/{stage}"},
    ],
    "paths": {},
}
print("valid" if validate(document) is None else "")
END
cat > "$folder/expected" <<'END'
valid
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
