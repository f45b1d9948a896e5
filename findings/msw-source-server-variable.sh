#!/bin/sh
# @mswjs/source 0.5.0 makes handlers of an OpenAPI document, and leaves variables of a server as they stand there:
# `https://shop.test/{version}` is mocked at `/%7Bversion%7D/things`, whatever the variable's default.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts msw@2.15.0 @mswjs/source@0.5.0
cat > "$folder/ask.mjs" <<'END'
import { getResponse } from "msw";
import { fromOpenApi } from "@mswjs/source/open-api";

const answers = { 200: { description: "things", content: { "application/json": { example: [] } } } };
for (const server of [
  { url: "https://shop.test/v1" },
  { url: "https://shop.test/{version}", variables: { version: { default: "v1", enum: ["v1", "v2"] } } },
]) {
  const handlers = await fromOpenApi({
    openapi: "3.0.3",
    info: { title: "Shop", version: "1" },
    servers: [server],
    paths: { "/things": { get: { responses: answers } } },
  });
  const answer = await getResponse(handlers, new Request("https://shop.test/v1/things"));
  console.log(handlers[0].info.header, "->", answer ? answer.status : "not mocked");
}
END
cat > "$folder/expected" <<'END'
get https://shop.test/v1/things -> 200
get https://shop.test/%7Bversion%7D/things -> not mocked
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
