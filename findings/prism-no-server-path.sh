#!/bin/sh
# Prism 5.14.2 mocks a contract without the path of its server: with the server `https://shop.test/v1` it answers at
# `/things`, and 404 at `/v1/things`. Its 405 has no `Allow`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @stoplight/prism-cli@5.14.2
cat > "$folder/shop.json" <<'END'
{
  "openapi": "3.0.3",
  "info": {"title": "Shop", "version": "1"},
  "servers": [{"url": "https://shop.test/v1"}],
  "paths": {"/things": {"get": {"responses": {"200": {"description": "things", "content": {"application/json": {"example": []}}}}}}}
}
END
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
node_modules/.bin/prism mock -p "$port" shop.json > "$folder/log" 2>&1 &
prism=$!
trap 'kill "$prism"; rm -rf "$folder"' EXIT
cat > "$folder/ask.mjs" <<'END'
const url = `http://127.0.0.1:${process.argv[2]}`;
for (let left = 120; left; left -= 1) {
  const there = await fetch(url).then(() => true, () => false);
  if (there) break;
  await new Promise((resolve) => setTimeout(resolve, 500));
}
for (const path of ["/things", "/v1/things"]) console.log("GET", path, (await fetch(url + path)).status);
const refused = await fetch(`${url}/things`, { method: "POST" });
console.log("POST /things", refused.status, "Allow:", refused.headers.get("allow"));
END
cat > "$folder/expected" <<'END'
GET /things 200
GET /v1/things 404
POST /things 405 Allow: null
END
node "$folder/ask.mjs" "$port" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
