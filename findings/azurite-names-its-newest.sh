#!/bin/sh
# Azurite 3.37.0, the emulator of Azure's storage: whichever `x-ms-version` a request names, the answer's `x-ms-version` is the newest
# that Azurite knows, with 2009-09-19 too. A version that it does not know is refused, and the refusal names none.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts azurite@3.37.0
cat > "$folder/ask.mjs" <<'END'
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import constants from "azurite/dist/src/blob/utils/constants.js";

const port = 21900 + (process.pid % 100);
const service = spawn("node_modules/.bin/azurite-blob", ["--blobPort", String(port), "--inMemoryPersistence", "--silent"]);
await new Promise((ready) => service.stdout.on("data", (text) => String(text).includes("successfully") && ready()));
const signed = ["devstoreaccount1", "rl", "b", "sco", "", "2099-01-01T00:00:00Z", "", "", "2019-12-12", ""].join("\n");
const key = Buffer.from(constants.EMULATOR_ACCOUNT_KEY_STR, "base64"); // of the account that every installation has
const sig = createHmac("sha256", key).update(signed).digest("base64");
const query = new URLSearchParams({ comp: "list", sp: "rl", ss: "b", srt: "sco", se: "2099-01-01T00:00:00Z", sv: "2019-12-12", sig });
for (const asked of ["2026-06-06", "2019-12-12", "2009-09-19", "2026-06-07"]) {
  const answer = await fetch(`http://127.0.0.1:${port}/devstoreaccount1?${query}`, { headers: { "x-ms-version": asked } });
  console.log(asked, answer.status, answer.headers.get("x-ms-version"));
}
service.kill();
END
cat > "$folder/expected" <<'END'
2026-06-06 200 2026-06-06
2019-12-12 200 2026-06-06
2009-09-19 200 2026-06-06
2026-06-07 400 null
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
