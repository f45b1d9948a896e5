#!/bin/sh
# swagger-client 3.37.3: a server that the document does not have is the first one of the document, without a word.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts swagger-client@3.37.3
cat > "$folder/ask.mjs" <<'END'
import SwaggerClient from "swagger-client";

const { spec } = await SwaggerClient({
  spec: {
    openapi: "3.0.3",
    info: { title: "Shop", version: "2" },
    servers: [{ url: "https://shop.test/v1" }, { url: "https://shop.test/v2" }],
    paths: { "/things": { get: { operationId: "things", responses: { 200: { description: "things" } } } } },
  },
});
for (const server of ["https://shop.test/v2", "https://shop.test/v2/", "https://shop.test/v3"]) {
  const request = SwaggerClient.buildRequest({ spec, operationId: "things", server });
  console.log(server, "->", request.url);
}
END
cat > "$folder/expected" <<'END'
https://shop.test/v2 -> https://shop.test/v2/things
https://shop.test/v2/ -> https://shop.test/v1/things
https://shop.test/v3 -> https://shop.test/v1/things
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
