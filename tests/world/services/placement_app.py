# /// script
# dependencies = ["openstack-placement==16.0.0", "pymysql==1.1.2"]
#
# [tool.world]
# title = "OpenStack placement"
#
# [tool.world.styles.microversions]
# header = "OpenStack-API-Version"
# spelling = "placement {version}"
# oldest = "1.0"
# newest = "1.39"
# others = { unknown = "1.99", "before the first" = "0.9", between = "1.7", malformed = "one", removed = "" }
# resource = "/resource_providers"
# sent = { name = "one" }
# own = false
# preset = "openstack:placement"
# ///
r"""The service itself, with its own authentication as good as off, on a database in a file."""

import os
import subprocess
import sys
from pathlib import Path
from wsgiref.simple_server import make_server

folder = Path(__file__).parent
database = folder / "placement.db"
os.environ["OS_PLACEMENT_CONFIG_DIR"] = str(folder)
(folder / "placement.conf").write_text(
    f"[placement_database]\nconnection = sqlite:///{database}\n[api]\nauth_strategy = noauth2\n", "utf-8"
)
if not database.exists():
    manage = Path(sys.executable).parent / "placement-manage"
    subprocess.run([manage, "--config-file", folder / "placement.conf", "db", "sync"], check=True)

from placement.wsgi import init_application

sys.argv = sys.argv[:1]
application = init_application()


def trusting(environ, start_response):
    environ.setdefault("HTTP_X_AUTH_TOKEN", "admin")
    return application(environ, start_response)


make_server("127.0.0.1", int(os.environ["PORT"]), trusting).serve_forever()
