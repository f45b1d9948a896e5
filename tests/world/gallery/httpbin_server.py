# /// script
# dependencies = ["httpbin[mainapp]==0.10.4", "waitress==3.0.2"]
#
# [tool.world]
# title = "httpbin"
#
# [tool.world.styles."nowhere"]
# lines = ['missing = { default = "v1" }', "[versions.v1]"]
# found = ["AV301", "AV302", "AV402", "AV700"]
# ///
"""The service as it is."""

import os

import waitress
from httpbin import app

waitress.serve(app, host="127.0.0.1", port=int(os.environ["PORT"]), threads=16)
