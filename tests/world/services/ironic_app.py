# /// script
# dependencies = ["ironic==39.0.0"]
#
# [tool.world]
# title = "OpenStack ironic"
#
# [tool.world.styles."its own header"]
# header = "X-OpenStack-Ironic-API-Version"
# oldest = "1.1"
# newest = "1.115"
# others = { unknown = "1.999", "before the first" = "1.0", between = "1.50", malformed = "one", removed = "" }
# resource = "/v1/nodes"
# sent = { driver = "fake-hardware" }
# own = false
# preset = "openstack:baremetal"
# policy = '''
# headers = []
# [versioning]
# header = { name = "X-OpenStack-Ironic-API-Version", spelling = "{version}" }
# echo = { header = "X-OpenStack-Ironic-API-Version", spelling = "{version}" }
# tolerated = '[-+\s]*[0-9][0-9_]*\s*\.[-+\s]*[0-9][0-9_]*\s*'
# empty = { default = "oldest" }
# unknown = { reject = 406, envelope = "text", lists = "/error_message" }
# malformed = { reject = 406, envelope = "text" }
# [envelopes.text]
# media_type = "application/json"
# schema = { type = "object", required = ["error_message"] }
# '''
#
# [tool.world.styles."the header of all services"]
# header = "OpenStack-API-Version"
# spelling = "baremetal {version}"
# oldest = "1.1"
# newest = "1.115"
# others = { unknown = "1.999", "before the first" = "1.0", between = "1.50", malformed = "one", removed = "" }
# resource = "/v1/nodes"
# sent = { driver = "fake-hardware" }
# own = false
# preset = "openstack:baremetal"
# policy = '''
# headers = []
# [versioning]
# echo = { header = "X-OpenStack-Ironic-API-Version", spelling = "{version}" }
# unknown = { reject = 406, envelope = "text", lists = "/error_message" }
# malformed = { reject = 406, envelope = "text" }
# [envelopes.text]
# media_type = "application/json"
# schema = { type = "object", required = ["error_message"] }
# '''
# ///
"""The service itself, without a conductor behind it and without authentication, on a database in a file."""

import os
import subprocess
import sys
from pathlib import Path
from wsgiref.simple_server import make_server

folder = Path(__file__).parent
database = folder / "ironic.db"
configuration = folder / "ironic.conf"
configuration.write_text(
    "[DEFAULT]\nauth_strategy = noauth\ntransport_url = fake://\nenabled_hardware_types = fake-hardware\n"
    f"[database]\nconnection = sqlite:///{database}\n[oslo_messaging_notifications]\ndriver = noop\n",
    "utf-8",
)
if not database.exists():
    manage = Path(sys.executable).parent / "ironic-dbsync"
    subprocess.run([manage, "--config-file", configuration, "create_schema"], check=True)

sys.argv = ["ironic-api", "--config-file", str(configuration)]
from ironic.wsgi import application

make_server("127.0.0.1", int(os.environ["PORT"]), application).serve_forever()
