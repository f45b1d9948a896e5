#!/bin/sh
# parse-link-header 2.0.0: links are kept by relation, one each. Of two `successor-version` links the first is lost, and
# a relation whose parameter is written `REL` (names of parameters have no case, RFC 8288 §3) is none.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts parse-link-header@2.0.0
cat > "$folder/ask.mjs" <<'END'
import parse from "parse-link-header";

const two = '<https://shop.test/v2>; rel="successor-version", <https://shop.test/v3>; rel="successor-version"';
console.log(Object.values(parse(two)).map((link) => link.url));
console.log(Object.keys(parse('<https://shop.test/v2>; REL="successor-version"')));
END
cat > "$folder/expected" <<'END'
[ 'https://shop.test/v3' ]
[]
END
node "$folder/ask.mjs" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
