#!/bin/sh
# fastapi-header-versioning 1.2.0: `version_header="X-Version"` never finds a version, since the name is compared,
# capitals and all, with the names that ASGI gives in small letters. The application starts, and every request is one
# without a version.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q fastapi-header-versioning==1.2.0 fastapi==0.125.0 httpx==0.28.1
cat > "$folder/ask.py" <<'END'
from fastapi.testclient import TestClient
from fastapi_header_versioning import HeaderRoutingFastAPI, HeaderVersionedAPIRouter

for name in ("x-version", "X-Version"):
    router = HeaderVersionedAPIRouter()

    @router.get("/things")
    @router.version("1")
    def show():
        return []

    app = HeaderRoutingFastAPI(version_header=name)
    app.include_router(router)
    print(name, TestClient(app).get("/things", headers={"X-Version": "1"}).status_code)
END
cat > "$folder/expected" <<'END'
x-version 200
X-Version 404
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
