#!/bin/sh
# schemathesis 4.32.5: a URL of one's own takes the place of the contract's servers with their paths. With the servers
# `https://shop.test/v1` and, for one path, `https://shop.test/v0`, a staging host is asked for neither `/v1` nor `/v0`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q schemathesis==4.32.5
cat > "$folder/shop.json" <<'END'
{
  "openapi": "3.1.0",
  "info": {"title": "Shop", "version": "1"},
  "servers": [{"url": "https://shop.test/v1"}],
  "paths": {
    "/things": {"get": {"responses": {"200": {"description": "things"}}}},
    "/orders": {"servers": [{"url": "https://shop.test/v0"}], "get": {"responses": {"200": {"description": "orders"}}}}
  }
}
END
cat > "$folder/staging.py" <<'END'
import http.server
import json
import subprocess
import sys
import threading

asked = set()


class Staging(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.partition("?")[0]
        if path.endswith(("/things", "/orders")):  # and not what it probes the server with
            asked.add(path)
        body = json.dumps([]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Staging)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"
words = [sys.argv[1], "run", sys.argv[2], "--url", url, "--phases", "fuzzing", "--max-examples", "1", "--mode", "positive"]
subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
print(sorted(asked))
END
cat > "$folder/expected" <<'END'
['/orders', '/things']
END
cd "$folder"
"$folder/venv/bin/python" "$folder/staging.py" "$folder/venv/bin/schemathesis" "$folder/shop.json" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
