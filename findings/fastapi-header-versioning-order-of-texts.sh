#!/bin/sh
# fastapi-header-versioning 1.2.0: a version that is not there gets the newest one before it, and `before` is the order
# of texts: version 10 comes before version 2, and `latest` after all.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q fastapi-header-versioning==1.2.0 fastapi==0.125.0 httpx==0.28.1
cat > "$folder/ask.py" <<'END'
from fastapi.testclient import TestClient
from fastapi_header_versioning import HeaderRoutingFastAPI, HeaderVersionedAPIRouter

app = HeaderRoutingFastAPI(version_header="x-version")
for number in ("1", "2"):
    router = HeaderVersionedAPIRouter()

    @router.get("/things")
    @router.version(number)
    def show(number: str = number):
        return number

    app.include_router(router)
for asked in ("2", "3", "10", "latest"):
    answer = TestClient(app).get("/things", headers={"x-version": asked})
    print(asked, answer.status_code, answer.json())
END
cat > "$folder/expected" <<'END'
2 200 2
3 200 2
10 200 1
latest 200 2
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
