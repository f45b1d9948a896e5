# /// script
# dependencies = ["keystone==30.0.0"]
#
# [tool.world]
# title = "OpenStack keystone"
#
# [tool.world.styles."a version in the path"]
# path = "/v{version}"
# oldest = "3"
# newest = "3"
# others = { unknown = "9", "before the first" = "2.0", between = "3.5" }
# resource = "/regions"
# sent = { region = { description = "one" } }
# own = false
# ///
"""The service itself, whose administrator asks, on a database in a file."""

import grp
import http.client
import json
import os
import pwd
import subprocess
import sys
import threading
from pathlib import Path
from wsgiref.simple_server import make_server

folder = Path(__file__).parent
configuration = folder / "keystone.conf"
manage = [Path(sys.executable).parent / "keystone-manage", "--config-file", configuration]
if not configuration.exists():
    configuration.write_text(
        f"[database]\nconnection = sqlite:///{folder}/keystone.db\n"
        f"[fernet_tokens]\nkey_repository = {folder}/fernet\n[credential]\nkey_repository = {folder}/credential\n",
        "utf-8",
    )
    owner = [
        "--keystone-user",
        pwd.getpwuid(os.getuid()).pw_name,
        "--keystone-group",
        grp.getgrgid(os.getgid()).gr_name,
    ]
    keys = (["fernet_setup", *owner], ["credential_setup", *owner])
    for task in (["db_sync"], *keys, ["bootstrap", "--bootstrap-password", "one"]):
        subprocess.run([*manage, *task], check=True)

os.environ["OS_KEYSTONE_CONFIG_FILES"] = str(configuration)
os.environ["OS_KEYSTONE_CONFIG_DIR"] = str(folder)
sys.argv = sys.argv[:1]
from keystone.server.wsgi import initialize_public_application

application = initialize_public_application()
token = ""


def trusting(environ, start_response):
    if token:
        environ.setdefault("HTTP_X_AUTH_TOKEN", token)
    return application(environ, start_response)


def signed_in(port):
    """The token of the administrator."""
    user = {"name": "admin", "domain": {"id": "default"}, "password": "one"}
    scope = {"project": {"name": "admin", "domain": {"id": "default"}}}
    wanted = {"auth": {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/v3/auth/tokens", json.dumps(wanted), {"Content-Type": "application/json"})
    return connection.getresponse().headers["X-Subject-Token"]


with make_server("127.0.0.1", 0, application) as first:
    threading.Thread(target=first.serve_forever, daemon=True).start()
    token = signed_in(first.server_port)
    first.shutdown()
make_server("127.0.0.1", int(os.environ["PORT"]), trusting).serve_forever()
