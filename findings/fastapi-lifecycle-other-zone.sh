#!/bin/sh
# fastapi-lifecycle 0.1.0: a date with an offset is written into `Sunset` without being converted: midnight in a zone
# five hours ahead of UTC is sent as midnight GMT, five hours late.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q fastapi-lifecycle==0.1.0 fastapi==0.125.0 httpx==0.28.1
cat > "$folder/ask.py" <<'END'
from fastapi import FastAPI
from fastapi.testclient import TestClient
from fastapi_lifecycle import setup_versioning, sunset

app = FastAPI()
setup_versioning(app)


@app.get("/things")
@sunset({"sunset_at": "2027-06-01T00:00:00+05:00"})
async def show():
    return []


print("declared: 2027-05-31 19:00 UTC; Sunset:", TestClient(app).get("/things").headers["sunset"])
END
cat > "$folder/expected" <<'END'
declared: 2027-05-31 19:00 UTC; Sunset: Tue, 01 Jun 2027 00:00:00 GMT
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
