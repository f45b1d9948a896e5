# /// script
# dependencies = ["chromadb==1.5.9"]
#
# [tool.world]
# title = "Chroma"
# command = "{bin}/chroma run --path data --port {port}"
#
# [tool.world.styles."the path"]
# lines = ['path = { template = "/api/{version}" }', "[versions.v2]", "# [credentials.ApiKeyAuth]"]
# found = ["AV301", "AV302", "AV318", "AV700"]
# ///
"""The server as it is, on a folder of its own."""
