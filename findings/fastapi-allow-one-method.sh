#!/bin/sh
# FastAPI 0.165.0 (Starlette 0.50): a path with a handler for GET and one for POST answers DELETE with 405 and `Allow:
# GET`. Each handler is a route of its own, and the first route that has the path writes the header; RFC 9110 §10.2.1
# wants all methods of the resource in it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q fastapi==0.165.0 httpx==0.28.1
cat > "$folder/ask.py" <<'END'
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/things")
def show():
    return []


@app.post("/things")
def create():
    return {}


answer = TestClient(app).delete("/things")
print(answer.status_code, "Allow:", answer.headers["allow"])
END
cat > "$folder/expected" <<'END'
405 Allow: GET
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
