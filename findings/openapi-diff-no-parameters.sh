#!/bin/sh
# openapi-diff 0.24.1 compares no parameters, no servers and not whether a body is required: a query parameter that became
# required, one that went, and a server's `/v1` that became `/v2` are "no changes", with exit code 0.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts openapi-diff@0.24.1
cat > "$folder/ask.mjs" <<'END'
import openapiDiff from "openapi-diff";

const contract = (change) => {
  const shop = {
    openapi: "3.0.3",
    info: { title: "Shop", version: "1" },
    servers: [{ url: "https://shop.test/v1" }],
    paths: {
      "/things": {
        get: {
          parameters: [{ name: "size", in: "query", required: false, schema: { type: "string", enum: ["s", "m"] } }],
          responses: { 200: { description: "things" } },
        },
        post: {
          requestBody: { required: false, content: { "application/json": { schema: { type: "object" } } } },
          responses: { 201: { description: "made" } },
        },
      },
    },
  };
  change(shop);
  return { content: JSON.stringify(shop), location: "shop.json", format: "openapi3" };
};

const changes = {
  "a parameter became required": (shop) => (shop.paths["/things"].get.parameters[0].required = true),
  "a parameter lost a value": (shop) => shop.paths["/things"].get.parameters[0].schema.enum.pop(),
  "a parameter is gone": (shop) => delete shop.paths["/things"].get.parameters,
  "the body became required": (shop) => (shop.paths["/things"].post.requestBody.required = true),
  "the server moved": (shop) => (shop.servers[0].url = "https://shop.test/v2"),
  "an operation is gone": (shop) => delete shop.paths["/things"].post,
};
for (const [name, change] of Object.entries(changes)) {
  const found = await openapiDiff.diffSpecs({ sourceSpec: contract(() => {}), destinationSpec: contract(change) });
  const rest = found.nonBreakingDifferences.length + found.unclassifiedDifferences.length;
  console.log(`${name}: breaking ${found.breakingDifferencesFound}, other differences ${rest}`);
}
END
cat > "$folder/expected" <<'END'
a parameter became required: breaking false, other differences 0
a parameter lost a value: breaking false, other differences 0
a parameter is gone: breaking false, other differences 0
the body became required: breaking false, other differences 0
the server moved: breaking false, other differences 0
an operation is gone: breaking true, other differences 0
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
