// /// script
// dependencies = ["express-version-route@1.2.4", "express@5.3.0"]
//
// [tool.world]
// title = "express-version-route"
//
// [tool.world.styles."a map of versions"]
// header = "Accept-Version"
// oldest = "1.2.0"
// newest = "2.0.0"
// others = { unknown = "9.0.0", "before the first" = "0.1.0", between = "1.5.0" }
// ///
// A middleware puts the header where the package looks for it, as its description says.

import express from "express";
import versionRouter from "express-version-route";

const app = express();
app.use(express.json());
app.use((request, response, next) => {
  request.version = request.get("Accept-Version");
  next();
});
const each = (handler) =>
  versionRouter.route(new Map(["1.2.0", "2.0.0"].map((version) => [version, (request, response) => handler(version, request, response)])));
app.get("/things", each((version, request, response) => response.json({ served: version })));
app.post(
  "/things",
  each((version, request, response) =>
    request.body?.name ? response.status(201).json({ served: version }) : response.status(400).json({ error: "name is required" }),
  ),
);
app.listen(Number(process.env.PORT), "127.0.0.1");
