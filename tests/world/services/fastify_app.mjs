// /// script
// dependencies = ["fastify@5.12.8"]
//
// [tool.world]
// title = "Fastify"
//
// [tool.world.styles."a version constraint"]
// preset = "fastify"
// header = "Accept-Version"
// oldest = "1.2.0"
// newest = "2.0.0"
// others = { unknown = "9.0.0", "before the first" = "0.1.0", between = "1.5.0" }
//
// [tool.world.styles."a prefix for each version"]
// preset = "fastify"
// policy = '''versioning = { scheme = "integer", carriers = ["path"] }'''
// path = "/v{version}"
// ///
// Routes with Fastify's own version constraint, or under a prefix.

import Fastify from "fastify";

const app = Fastify();
const schema = { body: { type: "object", required: ["name"], properties: { name: { type: "string" } } } };
function routes(scope, version, options) {
  scope.get("/things", options, async () => ({ served: version }));
  scope.post("/things", { ...options, schema }, async (request, reply) => reply.code(201).send({ served: version }));
}
if (process.env.STYLE === "a version constraint") {
  for (const version of ["1.2.0", "2.0.0"]) routes(app, version, { constraints: { version } });
} else {
  for (const version of ["1", "2"])
    app.register(async (scope) => routes(scope, version, {}), { prefix: `/v${version}` });
}
await app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
