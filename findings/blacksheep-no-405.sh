#!/bin/sh
# BlackSheep 2.6.4: a method that a path does not have is answered 404, as if there were no such path, and without
# `Allow`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q blacksheep==2.6.4
cat > "$folder/ask.py" <<'END'
import asyncio

from blacksheep import Application
from blacksheep.testing import TestClient

app = Application()


@app.router.get("/v1/things")
async def show():
    return "fine"


async def main():
    await app.start()
    client = TestClient(app)
    for method in ("get", "delete"):
        answer = await getattr(client, method)("/v1/things")
        print(method.upper(), answer.status, "Allow:", answer.headers.get_first(b"allow"))


asyncio.run(main())
END
cat > "$folder/expected" <<'END'
GET 200 Allow: None
DELETE 404 Allow: None
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
