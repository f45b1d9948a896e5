#!/bin/sh
# microversion-parse 2.1.0, which OpenStack's placement reads versions with: the two numbers are whatever Python's `int`
# takes. `1.039` is 1.39, a digit of another script counts, and `1_0.1` is version 10.1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q microversion-parse==2.1.0
cat > "$folder/ask.py" <<'END'
from microversion_parse import parse_version_string

for text in ("1.39", "1.039", "+1.1", "1_0.1", "2.\u0663"):
    print(ascii(text), parse_version_string(text))
END
cat > "$folder/expected" <<'END'
'1.39' 1.39
'1.039' 1.39
'+1.1' 1.1
'1_0.1' 10.1
'2.\u0663' 2.3
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
