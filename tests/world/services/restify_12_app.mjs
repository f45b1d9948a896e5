// /// script
// dependencies = ["restify@12.0.0"]
//
// [tool.world]
// title = "restify 12"
// runtime = "22.23.5"
//
// [tool.world.styles."conditionalHandler"]
// preset = "restify"
// header = "Accept-Version"
// oldest = "1.2.0"
// newest = "2.0.0"
// others = { unknown = "9.0.0", "before the first" = "0.1.0", between = "1.5.0" }
// ///
// Versions as restify's own plugin picks them.

import restify from "restify";

const server = restify.createServer();
server.use(restify.plugins.bodyParser({ rejectUnknown: true }));
const versions = ["1.2.0", "2.0.0"];
const each = (make) => restify.plugins.conditionalHandler(versions.map((version) => ({ version, handler: make(version) })));
server.get("/things", each((version) => (request, response, next) => (response.send({ served: version }), next())));
server.post(
  "/things",
  each((version) => (request, response, next) => {
    if (!request.body?.name) response.send(409, { code: "MissingParameter", message: "name is required" });
    else response.send(201, { served: version });
    next();
  }),
);
server.listen(Number(process.env.PORT), "127.0.0.1");
