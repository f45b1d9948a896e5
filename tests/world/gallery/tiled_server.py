# /// script
# dependencies = ["tiled[server]==0.2.20"]
#
# [tool.world]
# title = "Tiled"
# command = "{bin}/tiled serve catalog --temp --public --api-key secret --port {port}"
#
# [tool.world.styles."the path"]
# environment = { APIKEYQUERY = "secret" }
# lines = ['path = { template = "/api/{version}" }', "[versions.v1]", 'query = "api_key"']
# found = ["AV301", "AV302", "AV402"]
# ///
"""The server as it is, on a catalogue of its own, with one key."""
