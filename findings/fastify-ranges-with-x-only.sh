#!/bin/sh
# Fastify 5.12.8: the version constraint takes `1.x` and `*` for the newest release they allow, and answers 404 to `1`,
# `1.*` and `^1.2.0`, which mean the same to node-semver.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts fastify@5.12.8
cat > "$folder/ask.mjs" <<'END'
import Fastify from "fastify";

const app = Fastify();
for (const version of ["1.2.0", "2.0.0"]) app.get("/things", { constraints: { version } }, async () => version);
for (const asked of ["1.2.0", "1.x", "*", "1", "1.*", "^1.2.0"]) {
  const answer = await app.inject({ url: "/things", headers: { "Accept-Version": asked } });
  console.log(asked, answer.statusCode, answer.statusCode === 200 ? answer.payload : "refused");
}
END
cat > "$folder/expected" <<'END'
1.2.0 200 1.2.0
1.x 200 1.2.0
* 200 2.0.0
1 404 refused
1.* 404 refused
^1.2.0 404 refused
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
