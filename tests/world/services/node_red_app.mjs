// /// script
// dependencies = ["node-red@5.0.7"]
//
// [tool.world]
// title = "Node-RED"
// runtime = "22.23.5"
// command = "{bin}/node-red --port {port} --userDir . --define uiHost=127.0.0.1"
//
// [tool.world.styles."the admin API"]
// header = "Node-RED-API-Version"
// spelling = "v{version}"
// resource = "/flows"
// sent = { flows = [], rev = "" }
// own = false
// ///
// The service itself: its admin API has two versions.
