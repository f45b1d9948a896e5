#!/bin/sh
# @fastify/swagger 9.9.3: of a route that Fastify serves in two versions (the constraint `version`, `Accept-Version`) the
# document has the last one only, and no word of the header.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts fastify@5.12.8 @fastify/swagger@9.9.3
cat > "$folder/ask.mjs" <<'END'
import swagger from "@fastify/swagger";
import Fastify from "fastify";

const app = Fastify();
await app.register(swagger, { openapi: { openapi: "3.0.3", info: { title: "Shop", version: "2" } } });
for (const [version, member] of [["1.0.0", "name"], ["2.0.0", "title"]]) {
  const schema = { response: { 200: { type: "object", properties: { [member]: { type: "string" } } } } };
  app.get("/things", { constraints: { version }, schema }, async () => ({ [member]: "one" }));
}
await app.ready();
for (const version of ["1.0.0", "2.0.0"]) {
  const answer = await app.inject({ url: "/things", headers: { "Accept-Version": version } });
  console.log(version, "answers", answer.payload);
}
const { parameters, responses } = app.swagger().paths["/things"].get;
console.log("described:", Object.keys(responses[200].content["application/json"].schema.properties), "parameters:", parameters);
END
cat > "$folder/expected" <<'END'
1.0.0 answers {"name":"one"}
2.0.0 answers {"title":"one"}
described: [ 'title' ] parameters: undefined
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
