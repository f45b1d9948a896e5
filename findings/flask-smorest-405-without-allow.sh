#!/bin/sh
# flask-smorest 0.47.0 (Flask 3.1.3): a 405 has no `Allow`. Flask puts it there; the error handler that flask-smorest
# registers makes a new response of the error and leaves the headers of the old one behind. RFC 9110 §15.5.6 asks for
# the header.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q flask-smorest==0.47.0 flask==3.1.3
cat > "$folder/ask.py" <<'END'
from flask import Flask
from flask_smorest import Api

app = Flask(__name__)
app.config |= {"API_TITLE": "Things", "API_VERSION": "1", "OPENAPI_VERSION": "3.0.3"}


@app.get("/things")
def show():
    return []


for who in ("Flask", "flask-smorest"):
    if who == "flask-smorest":
        app = Flask(__name__)
        app.config |= {"API_TITLE": "Things", "API_VERSION": "1", "OPENAPI_VERSION": "3.0.3"}
        app.add_url_rule("/things", view_func=show, methods=["GET"])
        Api(app)
    answer = app.test_client().delete("/things")
    allow = answer.headers.get("Allow")
    print(who, answer.status_code, "Allow:", allow and ", ".join(sorted(allow.split(", "))))
END
cat > "$folder/expected" <<'END'
Flask 405 Allow: GET, HEAD, OPTIONS
flask-smorest 405 Allow: None
END
"$folder/venv/bin/python" "$folder/ask.py" > "$folder/seen"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
