#!/bin/sh
# Flask-Caching 2.5.1: `cached()` keeps one answer for each path, whatever its query: `?version=2` gets the answer to
# `?version=1`, unless `query_string=True` stands there.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q flask==3.1.3 flask-caching==2.5.1
cat > "$folder/ask.py" <<'END'
from flask import Flask, request
from flask_caching import Cache

app = Flask("shop")
cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})


@app.get("/plain")
@cache.cached()
def plain():
    return request.args["version"]


@app.get("/told")
@cache.cached(query_string=True)
def told():
    return request.args["version"]


client = app.test_client()
for path in ("/plain", "/told"):
    print(path, [client.get(f"{path}?version={version}").text for version in ("1", "2")])
END
cat > "$folder/expected" <<'END'
/plain ['1', '1']
/told ['1', '2']
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
