# /// script
# dependencies = ["prefect==3.9.1"]
#
# [tool.world]
# title = "Prefect"
# command = "env PREFECT_HOME=home PREFECT_SERVER_ANALYTICS_ENABLED=false {bin}/prefect server start --port {port}"
#
# [tool.world.styles."a header with three numbers, mounted"]
# lines = ['header = { name = "x-prefect-api-version" }', '[versions."0.8.4"]']
# found = ["AV204", "AV301", "AV302", "AV402"]
# ///
"""The server as it is, on a database of its own."""
