#!/bin/sh
# ironic 39.0.0 chooses by `OpenStack-API-Version`, as the guideline of all OpenStack services wants it, and answers without `Vary` and
# without that header: only its own, older one says which version answered. What a refusal says is JSON inside a text of JSON.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q ironic==39.0.0
cat > "$folder/ironic.conf" <<END
[DEFAULT]
auth_strategy = noauth
transport_url = fake://
log_file = $folder/ironic.log
enabled_hardware_types = fake-hardware
[database]
connection = sqlite:///$folder/ironic.db
END
"$folder/venv/bin/ironic-dbsync" --config-file "$folder/ironic.conf" create_schema > "$folder/made" 2>&1
cat > "$folder/ask.py" <<'END'
import json
import sys
from pathlib import Path

sys.argv = ["ironic-api", "--config-file", str(Path(__file__).parent / "ironic.conf")]
from ironic.wsgi import application
from webob import Request

for version in ("1.1", "1.50", "9.1"):
    request = Request.blank("/v1/nodes", headers={"OpenStack-API-Version": f"baremetal {version}"})
    answer = request.get_response(application)
    names = ("Vary", "OpenStack-API-Version", "X-OpenStack-Ironic-API-Version")
    print(version, answer.status_int, *(answer.headers.get(name) for name in names))
print(json.loads(answer.json["error_message"])["title"])
END
cat > "$folder/expected" <<'END'
1.1 200 None None 1.1
1.50 200 None None 1.50
9.1 406 None None None
Not Acceptable
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
