#!/bin/sh
# @octokit/request 10.0.16 warns of every answer with `Deprecation` that its operation "is deprecated" and "scheduled to be
# removed": without a `Sunset` on "undefined", of a deprecation that lies years ahead, too; a link with another parameter
# before `rel` is not told.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @octokit/request@10.0.16
cat > "$folder/ask.mjs" <<'END'
import { once } from "node:events";
import { createServer } from "node:http";
import { request } from "@octokit/request";

const answers = {
  "/ends": { Deprecation: "@1688169599", Sunset: "Fri, 01 Jan 2027 00:00:00 GMT" },
  "/no-end": { Deprecation: "@1688169599" },
  "/in-2100": { Deprecation: "@4102444800" },
  "/link": { Deprecation: "@1688169599", Link: '<https://shop.test/why>; rel="deprecation"' },
  "/typed-link": { Deprecation: "@1688169599", Link: '<https://shop.test/why>; type="text/html"; rel="deprecation"' },
};
const server = createServer((asked, answer) => {
  answer.writeHead(200, { "Content-Type": "application/json", ...answers[asked.url] }).end("[]");
}).listen(0, "127.0.0.1");
await once(server, "listening");
const baseUrl = `http://127.0.0.1:${server.address().port}`;
const log = { warn: (said) => console.log(said) };
for (const path of Object.keys(answers)) await request(`GET ${path}`, { baseUrl, request: { log } });
server.close();
END
cat > "$folder/expected" <<'END'
[@octokit/request] "GET /ends" is deprecated. It is scheduled to be removed on Fri, 01 Jan 2027 00:00:00 GMT
[@octokit/request] "GET /no-end" is deprecated. It is scheduled to be removed on undefined
[@octokit/request] "GET /in-2100" is deprecated. It is scheduled to be removed on undefined
[@octokit/request] "GET /link" is deprecated. It is scheduled to be removed on undefined. See https://shop.test/why
[@octokit/request] "GET /typed-link" is deprecated. It is scheduled to be removed on undefined
END
node "$folder/ask.mjs" | sed 's#http://[0-9.:]*/#/#' > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
