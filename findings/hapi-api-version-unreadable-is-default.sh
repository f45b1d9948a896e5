#!/bin/sh
# hapi-api-version 2.3.1 (hapi 21.4.10): a version that is not valid is refused with 400, but one that cannot be read
# gets the default, and the answer says so in `api-version` only: `1.5`, `v2` and `two` are all served as version 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts hapi-api-version@2.3.1 @hapi/hapi@21.4.10
cat > "$folder/ask.mjs" <<'END'
import Hapi from "@hapi/hapi";
import plugin from "hapi-api-version";

const server = Hapi.server();
await server.register({ plugin, options: { validVersions: [1, 2], defaultVersion: 1, vendorName: "shop" } });
for (const version of [1, 2])
  server.route({ method: "GET", path: `/v${version}/things`, handler: () => `version ${version}` });
for (const version of ["2", "3", "1.5", "v2", "two"]) {
  const { statusCode, payload } = await server.inject({ url: "/things", headers: { "api-version": version } });
  console.log(version, statusCode, statusCode === 200 ? payload : "");
}
END
cat > "$folder/expected" <<'END'
2 200 version 2
3 400 
1.5 200 version 1
v2 200 version 1
two 200 version 1
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
