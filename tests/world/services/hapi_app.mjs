// /// script
// dependencies = ["hapi-api-version@2.3.1", "@hapi/hapi@21.4.10"]
//
// [tool.world]
// title = "hapi-api-version"
//
// [tool.world.styles."its header"]
// header = "api-version"
//
// [tool.world.styles."its media type"]
// accept = "application/vnd.shop.v{version}+json"
// ///
// Its two ways to name a version; version 1 is the default.

import Hapi from "@hapi/hapi";
import HapiApiVersion from "hapi-api-version";

const server = Hapi.server({ port: Number(process.env.PORT), host: "127.0.0.1" });
await server.register({ plugin: HapiApiVersion, options: { validVersions: [1, 2], defaultVersion: 1, vendorName: "shop" } });
for (const version of ["1", "2"]) {
  const path = `/v${version}/things`;
  server.route({ method: "GET", path, handler: () => ({ served: version }) });
  server.route({
    method: "POST",
    path,
    handler: (request, h) =>
      request.payload?.name
        ? h.response({ served: version }).code(201)
        : h.response({ statusCode: 400, error: "Bad Request", message: "name is required" }).code(400),
  });
}
await server.start();
