#!/bin/sh
# NestJS 12.5.1: of several versions in `Accept` the first is taken, one with `q=0` too, and one that is not there hides
# those behind it. A parameter written `V` is none, though names of parameters have no case (RFC 9110 §5.6.6).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @nestjs/common@12.5.1 @nestjs/core@12.5.1 @nestjs/platform-express@12.5.1 reflect-metadata@0.2.2 rxjs@7.8.2
cat > "$folder/ask.mjs" <<'END'
import "reflect-metadata";
import { Controller, Get, Module, VersioningType } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";

function things(version) {
  class Things {
    read() {
      return version;
    }
  }
  Get()(Things.prototype, "read", Object.getOwnPropertyDescriptor(Things.prototype, "read"));
  Controller({ path: "things", version })(Things);
  return Things;
}

class Shop {}
Module({ controllers: [things("1"), things("2")] })(Shop);
const app = await NestFactory.create(Shop, { logger: false });
app.enableVersioning({ type: VersioningType.MEDIA_TYPE, key: "v=" });
await app.listen(0, "127.0.0.1");
for (const accept of [
  "application/json;v=2",
  "application/json;v=1;q=0.1, application/json;v=2",
  "application/json;v=1;q=0, application/json;v=2",
  "application/json;v=3, application/json;v=2",
  "application/json;V=2",
]) {
  const answer = await fetch((await app.getUrl()) + "/things", { headers: { accept } });
  console.log(accept, "->", answer.status, answer.status === 200 ? await answer.text() : "refused");
}
await app.close();
END
cat > "$folder/expected" <<'END'
application/json;v=2 -> 200 2
application/json;v=1;q=0.1, application/json;v=2 -> 200 1
application/json;v=1;q=0, application/json;v=2 -> 200 1
application/json;v=3, application/json;v=2 -> 404 refused
application/json;V=2 -> 404 refused
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
