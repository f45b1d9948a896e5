# /// script
# dependencies = ["kinto==26.5.0", "waitress==3.0.2"]
#
# [tool.world]
# title = "Kinto"
#
# [tool.world.styles."a version in the path"]
# path = "/v{version}"
# oldest = "1"
# newest = "1"
# resource = "/buckets"
# sent = { data = { name = "one" } }
# documents = ["/v1/__api__"]
# headers = { Authorization = "Basic dXNlcjpwYXNz" }
# preset = "kinto"
# own = false
#
# [tool.world.styles."a version in the path, and an end to come"]
# path = "/v{version}"
# oldest = "1"
# newest = "1"
# resource = "/buckets"
# sent = { data = { name = "one" } }
# headers = { Authorization = "Basic dXNlcjpwYXNz" }
# preset = "kinto"
# own = false
# lives = { "1" = "deprecated = 2026-01-01\nsunset = 2099-01-01T00:00:00Z" }
#
# [tool.world.styles."an end of service"]
# path = "/v{version}"
# oldest = "1"
# newest = "1"
# resource = "/buckets"
# sent = { data = { name = "one" } }
# others = { removed = "1" }
# headers = { Authorization = "Basic dXNlcjpwYXNz" }
# ///
"""The service itself, in memory; its version is the number of its own release. In the last style its end lies in the past."""

import os

import kinto
import waitress

settings = {
    "multiauth.policies": "basicauth",
    "userid_hmac_secret": "not one",
    "bucket_create_principals": "system.Everyone",
    "bucket_read_principals": "system.Everyone",
    "storage_backend": "kinto.core.storage.memory",
    "permission_backend": "kinto.core.permission.memory",
    "cache_backend": "kinto.core.cache.memory",
    "version_prefix_redirect_enabled": "true",
}
if "end" in os.environ["STYLE"]:
    day = "2099-01-01" if "to come" in os.environ["STYLE"] else "2026-01-01"
    settings |= {"eos": day, "eos_message": "gone", "eos_url": "https://shop.test/gone"}

waitress.serve(kinto.main({}, None, **settings), host="127.0.0.1", port=int(os.environ["PORT"]))
