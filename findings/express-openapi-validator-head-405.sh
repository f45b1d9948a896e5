#!/bin/sh
# express-openapi-validator 5.6.2 answers 405 to `HEAD` where the contract has a `GET`, which Express itself would serve
# (RFC 9110 §9.1 asks every server for both), and a header of the deprecation cannot be read so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts express@5.3.0 express-openapi-validator@5.6.2
cat > "$folder/ask.cjs" <<'END'
const express = require("express");
const { middleware } = require("express-openapi-validator");

const apiSpec = {
  openapi: "3.0.3",
  info: { title: "Shop", version: "1" },
  paths: { "/things": { get: { responses: { 200: { description: "things" } } } } },
};

async function ask(name, ...before) {
  const app = express();
  for (const each of before) app.use(each);
  app.get("/things", (asked, answer) => answer.set("Sunset", "Fri, 01 Jan 2027 00:00:00 GMT").json([]));
  app.use((error, asked, answer, next) => answer.set(error.headers || {}).status(error.status || 500).end());
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  for (const method of ["GET", "HEAD"]) {
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/things`, { method });
    console.log(name, method, answer.status, "Sunset:", answer.headers.get("sunset"), "Allow:", answer.headers.get("allow"));
  }
  server.close();
}

ask("express", express.json()).then(() => ask("with the validator", middleware({ apiSpec })));
END
cat > "$folder/expected" <<'END'
express GET 200 Sunset: Fri, 01 Jan 2027 00:00:00 GMT Allow: null
express HEAD 200 Sunset: Fri, 01 Jan 2027 00:00:00 GMT Allow: null
with the validator GET 200 Sunset: Fri, 01 Jan 2027 00:00:00 GMT Allow: null
with the validator HEAD 405 Sunset: null Allow: GET
END
node "$folder/ask.cjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
