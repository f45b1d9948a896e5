#!/bin/sh
# Litestar 2.25.0: `Allow` depends on who is asked. A path with a handler for GET and one for POST tells DELETE that
# GET, POST and OPTIONS are there, and tells OPTIONS that only GET and OPTIONS are.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q litestar==2.25.0 httpx==0.28.1
cat > "$folder/ask.py" <<'END'
from litestar import Litestar, get, post
from litestar.testing import TestClient


@get("/things")
async def show() -> str:
    return ""


@post("/things")
async def create() -> str:
    return ""


with TestClient(Litestar([show, create])) as client:
    for method in ("DELETE", "OPTIONS"):
        answer = client.request(method, "/things")
        print(method, answer.status_code, "Allow:", ", ".join(sorted(answer.headers["allow"].split(", "))))
END
cat > "$folder/expected" <<'END'
DELETE 405 Allow: GET, OPTIONS, POST
OPTIONS 204 Allow: GET, OPTIONS
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
