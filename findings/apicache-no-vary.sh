#!/bin/sh
# apicache 1.6.3 keeps one answer for each address: version 2 gets version 1's, with the `Vary` that says it may not.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts express@5.3.0 apicache@1.6.3
cat > "$folder/ask.mjs" <<'END'
import apicache from "apicache";
import express from "express";

const app = express();
app.use(apicache.middleware("5 minutes"));
app.get("/things", (asked, answer) => answer.vary("X-API-Version").send(`version ${asked.get("X-API-Version")}`));
const server = app.listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
for (const version of ["1", "2"]) {
  const url = `http://127.0.0.1:${server.address().port}/things`;
  const answer = await fetch(url, { headers: { "X-API-Version": version } });
  console.log(`asked for ${version}, got ${await answer.text()}, Vary: ${answer.headers.get("vary")}`);
}
server.close();
process.exit(0);
END
cat > "$folder/expected" <<'END'
asked for 1, got version 1, Vary: X-API-Version
asked for 2, got version 1, Vary: X-API-Version
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
