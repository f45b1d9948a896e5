#!/bin/sh
# fastapi-versionizer 4.0.2 asks for `fastapi>=0.86`, and fails while the application starts on FastAPI 0.165.0, where
# an included router is one entry of `app.routes` and has no path; it works on 0.125.0.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q fastapi-versionizer==4.0.2 fastapi==0.125.0
cat > "$folder/ask.py" <<'END'
import subprocess
import sys

SERVICE = """
from fastapi import APIRouter, FastAPI
from fastapi_versionizer.versionizer import Versionizer, api_version
router = APIRouter()
@api_version(1)
@router.get("/things")
def show():
    return []
app = FastAPI()
app.include_router(router)
print(Versionizer(app=app, prefix_format="/v{major}").versionize())
"""
for release in ("0.125.0", "0.165.0"):
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", f"fastapi=={release}"], check=True)
    done = subprocess.run([sys.executable, "-c", SERVICE], capture_output=True, text=True, check=False)
    print(release, (done.stdout or done.stderr).strip().splitlines()[-1].partition(":")[0])
END
cat > "$folder/expected" <<'END'
0.125.0 [(1, 0)]
0.165.0 AttributeError
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
