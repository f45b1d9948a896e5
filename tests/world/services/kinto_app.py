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
#
# [tool.world.styles."an end of service"]
# path = "/v{version}"
# oldest = "1"
# newest = "1"
# resource = "/buckets"
# sent = { data = { name = "one" } }
# headers = { Authorization = "Basic dXNlcjpwYXNz" }
# ///
"""The service itself, in memory; its version is the number of its own release. In the second style its end lies in the past."""

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
if os.environ["STYLE"] == "an end of service":
    settings |= {"eos": "2026-01-01", "eos_message": "gone", "eos_url": "https://shop.test/gone"}

waitress.serve(kinto.main({}, None, **settings), host="127.0.0.1", port=int(os.environ["PORT"]))
