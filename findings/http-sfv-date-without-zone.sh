#!/bin/sh
# http-sfv 0.9.9 reads the date of a structured field (RFC 9651), which is what `Deprecation` is, as the local time of whoever
# reads it, without a zone: two machines read one header as two times, and neither can be compared with a time in UTC.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q http-sfv==0.9.9
cat > "$folder/ask.py" <<'END'
import datetime as dt

import http_sfv

deprecation = http_sfv.Item()
deprecation.parse(b"@1688169599")
print(deprecation.value, deprecation.value.tzinfo)
try:
    print(deprecation.value < dt.datetime.now(dt.UTC))
except TypeError as error:
    print(error)
END
cat > "$folder/expected" <<'END'
2023-06-30 23:59:59 None
can't compare offset-naive and offset-aware datetimes
2023-07-01 08:59:59 None
can't compare offset-naive and offset-aware datetimes
END
for zone in UTC0 JST-9; do TZ=$zone "$folder/venv/bin/python" "$folder/ask.py"; done > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
