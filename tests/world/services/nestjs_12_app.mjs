// /// script
// dependencies = ["@nestjs/core@12.5.1", "@nestjs/common@12.5.1", "@nestjs/platform-express@12.5.1", "@nestjs/platform-fastify@12.5.0", "reflect-metadata@0.2.2", "rxjs@7.8.2"]
//
// [tool.world]
// title = "NestJS 12"
//
// [tool.world.styles."URI on Express"]
// preset = "nestjs"
// path = "/v{version}"
//
// [tool.world.styles."URI on Fastify"]
// preset = "nestjs"
// path = "/v{version}"
//
// [tool.world.styles."header on Express"]
// preset = "nestjs"
// policy = '''versioning = { carriers = ["header"], header = { name = "X-API-Version" } }'''
// header = "X-API-Version"
//
// [tool.world.styles."header on Fastify"]
// preset = "nestjs"
// policy = '''versioning = { carriers = ["header"], header = { name = "X-API-Version" } }'''
// header = "X-API-Version"
//
// [tool.world.styles."media type on Express"]
// preset = "nestjs"
// policy = '''versioning = { carriers = ["accept"] }'''
// accept = "application/json;v={version}"
//
// [tool.world.styles."media type on Fastify"]
// preset = "nestjs"
// policy = '''versioning = { carriers = ["accept"] }'''
// accept = "application/json;v={version}"
// ///
// Two controllers with a version each; decorators are called as functions, so that nothing has to be compiled.

import "reflect-metadata";
import * as common from "@nestjs/common";
import { NestFactory } from "@nestjs/core";

const { Body, Controller, Get, HttpException, Module, Post, VersioningType } = common.default ?? common;
const [type, , adapter] = process.env.STYLE.replace("media type", "media").split(" ");

function controller(version) {
  class Things {
    show() {
      return { served: version };
    }
    create(body) {
      if (!body?.name) throw new HttpException("name is required", 400);
      return { served: version };
    }
  }
  const method = (name) => [Things.prototype, name, Object.getOwnPropertyDescriptor(Things.prototype, name)];
  Get()(...method("show"));
  Post()(...method("create"));
  Body()(Things.prototype, "create", 0);
  Controller({ path: "things", version })(Things);
  return Things;
}

class Shop {}
Module({ controllers: [controller("1"), controller("2")] })(Shop);

const settings = {
  URI: { type: VersioningType.URI },
  header: { type: VersioningType.HEADER, header: "X-API-Version" },
  media: { type: VersioningType.MEDIA_TYPE, key: "v=" },
}[type];
const fastify = adapter === "Fastify" && (await import("@nestjs/platform-fastify"));
const platform = fastify ? [new (fastify.default ?? fastify).FastifyAdapter()] : [];
const app = await NestFactory.create(Shop, ...platform, { logger: false });
app.enableVersioning(settings);
await app.listen(Number(process.env.PORT), "127.0.0.1");
