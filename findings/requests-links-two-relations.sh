#!/bin/sh
# requests 2.34.2 and httpx 0.28.1 file a link of two relations under both in one text: `response.links` has
# `successor-version latest-version`, and neither of the two.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q requests==2.34.2 httpx==0.28.1
cat > "$folder/ask.py" <<'END'
import httpx
import requests

LINK = '<https://shop.test/v2>; rel="successor-version latest-version"'

answered = requests.Response()
answered.headers["Link"] = LINK
for links in (answered.links, httpx.Response(200, headers={"Link": LINK}).links):
    print(list(links), "successor-version" in links)
END
cat > "$folder/expected" <<'END'
['successor-version latest-version'] False
['successor-version latest-version'] False
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
