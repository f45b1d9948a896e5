#!/bin/sh
# express-version-route 1.2.4 (Express 5.3.0): a request that no version matches is passed on as an error without a
# status, so that an unknown version, and a request without one, are a 500.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts express-version-route@1.2.4 express@5.3.0
cat > "$folder/ask.mjs" <<'END'
import express from "express";
import versions from "express-version-route";

const app = express();
app.set("env", "test");
app.use((request, response, next) => {
  request.version = request.get("Accept-Version");
  next();
});
app.get("/things", versions.route(new Map([["1.0.0", (request, response) => response.send("version 1")]])));
const server = app.listen(0, "127.0.0.1", async () => {
  for (const version of ["1.0.0", "2.0.0", undefined]) {
    const headers = version ? { "Accept-Version": version } : {};
    const answer = await fetch(`http://127.0.0.1:${server.address().port}/things`, { headers });
    console.log(version ?? "none", answer.status);
  }
  server.close();
});
END
cat > "$folder/expected" <<'END'
1.0.0 200
2.0.0 500
none 500
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
