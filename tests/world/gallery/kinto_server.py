# /// script
# dependencies = ["kinto==26.5.0", "waitress==3.0.2"]
#
# [tool.world]
# title = "Kinto"
#
# [tool.world.styles."the path"]
# source = "/v1/__api__"
# lines = ['path = { template = "/{version}" }', "[versions.v1]", 'GET /__api__']
# found = ["AV302", "AV402"]
# ///
"""The service in memory; everybody may create buckets."""

import os

import kinto
import waitress

settings = {
    "bucket_create_principals": "system.Everyone",
    "storage_backend": "kinto.core.storage.memory",
    "permission_backend": "kinto.core.permission.memory",
    "cache_backend": "kinto.core.cache.memory",
}
waitress.serve(kinto.main({}, None, **settings), host="127.0.0.1", port=int(os.environ["PORT"]))
