#!/bin/sh
# csrd-versioning 0.8.0: of a version only the numbers count, so that `v1alpha2` is newer than `v1beta1`. It is what a request
# gets that names no version, and one that names a version there is not. It needs Python 3.12.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.12}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q csrd-versioning==0.8.0 fastapi==0.165.0 httpx==0.28.1
cat > "$folder/ask.py" <<'END'
import logging

from csrd.versioning import VersionedApiConfig, VersionedAppComposeConfig, compose_versioned_apps
from fastapi import FastAPI
from fastapi.testclient import TestClient

logging.disable()


def application(version):
    app = FastAPI()
    app.add_api_route("/things", lambda: version, methods=["GET"])
    return app


versions = {version: application(version) for version in ("v1alpha2", "v1beta1")}
config = VersionedAppComposeConfig(api=VersionedApiConfig(prefix="/"))
client = TestClient(compose_versioned_apps(versions, config=config))
for version in ("v1beta1", "v1alpha2", None, "v2"):
    answer = client.get("/things", headers={"x-api-version": version} if version else {})
    print(version or "none", answer.status_code, answer.json())
END
cat > "$folder/expected" <<'END'
v1beta1 200 v1beta1
v1alpha2 200 v1alpha2
none 200 v1alpha2
v2 200 v1alpha2
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
