#!/bin/sh
# restify 11.0.0: `Accept-Version: +1.2.0` is served by the newest release, not by 1.2.0 and not by none: node-semver
# reads what follows the plus as the build of a range that allows everything. `v1.2.0` is served by 1.2.0.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts restify@11.0.0
cat > "$folder/ask.mjs" <<'END'
import restify from "restify";

const server = restify.createServer();
const release = (version) => ({ version, handler: (request, response, next) => (response.send({ version }), next()) });
server.get("/things", restify.plugins.conditionalHandler([release("1.2.0"), release("2.0.0")]));
server.listen(0, "127.0.0.1", async () => {
  for (const asked of ["1.2.0", "v1.2.0", "+1.2.0", "3.0.0"]) {
    const url = `http://127.0.0.1:${server.address().port}/things`;
    const answer = await fetch(url, { headers: { "Accept-Version": asked } });
    console.log(asked, answer.status, (await answer.json()).version ?? "refused");
  }
  server.close();
  process.exit();
});
END
cat > "$folder/expected" <<'END'
1.2.0 200 1.2.0
v1.2.0 200 1.2.0
+1.2.0 200 2.0.0
3.0.0 400 refused
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
