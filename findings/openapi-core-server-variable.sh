#!/bin/sh
# openapi-core 0.23.1: where the version is a variable of the server's address with an `enum`, any text in its place is the
# contract's server, and so is an address without it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q openapi-core==0.23.1
cat > "$folder/ask.py" <<'END'
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

contract = OpenAPI.from_dict(
    {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [
            {"url": "https://shop.test/{version}", "variables": {"version": {"default": "v1", "enum": ["v1"]}}}
        ],
        "paths": {"/things": {"get": {"responses": {"200": {"description": "things"}}}}},
    }
)
for path in ("/v1/things", "/v2/things", "/things", "/v1/more/things"):
    try:
        contract.validate_request(MockRequest("https://shop.test", "get", path))
    except Exception as error:
        print(path, type(error).__name__)
    else:
        print(path, "is in the contract")
END
cat > "$folder/expected" <<'END'
/v1/things is in the contract
/v2/things is in the contract
/things is in the contract
/v1/more/things ServerNotFound
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
