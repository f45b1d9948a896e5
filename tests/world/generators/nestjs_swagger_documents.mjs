// /// script
// dependencies = ["@nestjs/swagger@11.4.6", "@nestjs/core@11.2.10", "@nestjs/common@11.2.10", "@nestjs/platform-express@11.2.10", "class-validator@0.14.2", "class-transformer@0.5.1", "reflect-metadata@0.2.2", "rxjs@7.8.2"]
//
// [tool.world]
// title = "@nestjs/swagger"
//
// [tool.world.styles."one document of all versions, and one of each"]
// contracts = { "1" = "/documents/1-json", "2" = "/documents/2-json" }
// fault = "AV301"
// policy = '''
// extends = "nestjs"
// [api]
// name = "Harbour"
// base_url = "${SERVICE_URL}"
// '''
//
// [tool.world.styles."one document of all versions, and one of each".changes]
// "1 2" = [
//   "error deprecated-operation-removed GET /v1/ships/{id}/crew",
//   "error request-max-length-decreased CreateShipDto.name",
//   "error request-required-property-added CreateShipDto.home",
//   "info request-enum-value-added Flag",
//   "warning response-enum-value-added Flag",
//   "info response-required-property-added ShipDto.home",
//   "warning response-optional-property-removed ShipDto.berth",
// ]
// ///
// A harbour in NestJS, versions in the URI; decorators are called as functions, so that nothing has to be compiled.

import "reflect-metadata";
import * as common from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import * as swagger from "@nestjs/swagger";
import { Type } from "class-transformer";
import * as validator from "class-validator";

const nest = common.default ?? common;
const { Body, Controller, Delete, Get, HttpCode, Module, NotFoundException, Param, ParseIntPipe, Post, Query, ValidationPipe, VersioningType } = nest;
const api = swagger.default ?? swagger;
const { ApiCreatedResponse, ApiExtraModels, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiPropertyOptional, ApiQuery, DocumentBuilder, SwaggerModule, getSchemaPath } = api;
const valid = validator.default ?? validator;
const { FAULT } = process.env;

function named(name, parent = Object) {
  return { [name]: class extends parent {} }[name];
}

function members(type, table) {
  for (const [name, [design, ...decorators]] of Object.entries(table)) {
    Reflect.defineMetadata("design:type", design, type.prototype, name);
    for (const decorate of decorators) decorate(type.prototype, name);
  }
  return type;
}

function method(type, name, decorators, parameters = [], result = Object) {
  const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name);
  Reflect.defineMetadata("design:paramtypes", parameters.map(([design]) => design), type.prototype, name);
  Reflect.defineMetadata("design:returntype", result, type.prototype, name);
  parameters.forEach(([, decorate], index) => decorate(type.prototype, name, index));
  for (const decorate of decorators) decorate(type.prototype, name, descriptor);
}

const ships = new Map();
let last = 0;

function controller(version) {
  const flags = version === 1 ? ["none", "red"] : ["none", "red", "blue"];
  const Flag = Object.fromEntries(flags.map((flag) => [flag.toUpperCase(), flag]));
  const Crew = members(named("CrewDto"), {
    name: [String, ApiProperty({ minLength: 1, maxLength: 30 }), valid.IsString(), valid.Length(1, 30)],
    age: [Number, ApiPropertyOptional({ type: "integer", minimum: 0, maximum: 130, nullable: true }), valid.ValidateIf((member) => member.age !== undefined && member.age !== null), valid.IsInt(), valid.Min(0), valid.Max(130)],
  });
  const Given = members(named("CreateShipDto"), {
    name: [String, ApiProperty({ minLength: 1, maxLength: 40 / version }), valid.IsString(), valid.Length(1, 40 / version)],
    flag: [String, ApiProperty({ enum: Flag, enumName: "Flag" }), valid.IsIn(flags)],
    tons: [Number, ApiPropertyOptional({ minimum: 0, maximum: 1000000 }), valid.ValidateIf((ship) => ship.tons !== undefined), valid.IsNumber(), valid.Min(0), valid.Max(1000000)],
    crew: [Array, ApiPropertyOptional({ type: [Crew], maxItems: 5 }), valid.ValidateIf((ship) => ship.crew !== undefined), valid.IsArray(), valid.ArrayMaxSize(5), valid.ValidateNested({ each: true }), Type(() => Crew)],
    ...(version === 1 ? {} : { home: [String, ApiProperty(), valid.IsString()] }),
  });
  const Ship = members(named("ShipDto"), {
    id: [Number, ApiProperty({ type: "integer" })],
    name: [String, ApiProperty()],
    flag: [String, ApiProperty({ enum: Flag, enumName: "Flag" })],
    tons: [Number, ApiProperty({ nullable: true })],
    crew: [Array, ApiProperty({ type: [Crew] })],
    entered: [Date, ApiProperty()],
    ...(version === 1 ? { berth: [String, ApiPropertyOptional({ deprecated: true })] } : { home: [String, ApiProperty()] }),
  });

  const shown = ({ id, name, flag, tons = null, crew = [], home = "" }) => ({
    id,
    name: FAULT && version === 2 ? 7 : name,
    flag: flags.includes(flag) ? flag : "none",
    tons,
    crew,
    entered: "2026-01-01T00:00:00.000Z",
    ...(version === 1 ? { berth: "north" } : { home }),
  });
  const found = (id) => {
    if (!ships.has(id)) throw new NotFoundException();
    return shown(ships.get(id));
  };

  class ShipsController {
    list(flag, limit) {
      const all = [...ships.values()].map(shown).filter((ship) => !flag || ship.flag === flag);
      return all.slice(-(limit ?? 20));
    }
    enter(ship) {
      ships.set(++last, { ...ship, id: last });
      return shown(ships.get(last));
    }
    show(id) {
      return found(id);
    }
    leave(id) {
      found(id);
      ships.delete(id);
    }
    crew(id) {
      return found(id).crew;
    }
  }
  const whole = new ParseIntPipe();
  const id = [Number, Param("id", whole)];
  const maybe = new ParseIntPipe({ optional: true });
  const choice = { transform: (value) => { if (value !== undefined && !flags.includes(value)) throw new nest.BadRequestException("no flag"); return value; } };
  const within = { transform: (value) => { if (value !== undefined && (value < 1 || value > 100)) throw new nest.BadRequestException("limit"); return value; } };
  const gone = ApiNotFoundResponse({ description: "no such ship" });
  const one = ApiParam({ name: "id", schema: { type: "integer", minimum: 1, maximum: 1000000000 } });
  method(ShipsController, "list", [Get(), ApiQuery({ name: "flag", enum: Flag, enumName: "Flag", required: false }), ApiQuery({ name: "limit", required: false, schema: { type: "integer", minimum: 1, maximum: 100, default: 20 } }), ApiOkResponse({ type: [Ship] })], [[String, Query("flag", choice)], [Number, Query("limit", maybe, within)]], Array);
  method(ShipsController, "enter", [Post(), ApiCreatedResponse({ type: Ship })], [[Given, Body()]], Ship);
  method(ShipsController, "show", [Get(":id"), one, ApiOkResponse({ type: Ship }), gone], [id], Ship);
  method(ShipsController, "leave", [Delete(":id"), HttpCode(204), one, ApiNoContentResponse(), gone], [id]);
  if (version === 1) method(ShipsController, "crew", [Get(":id/crew"), one, ApiOperation({ deprecated: true }), ApiOkResponse({ type: [Crew] }), gone], [id], Array);
  Controller({ path: "ships", version: String(version) })(ShipsController);
  return ShipsController;
}

function harbour(name, ...controllers) {
  const made = named(name);
  Module({ controllers })(made);
  return made;
}

const modules = [1, 2].map((version) => harbour(`Version${version}Module`, controller(version)));
const Harbour = named("Harbour");
Module({ imports: modules })(Harbour);
const app = await NestFactory.create(Harbour, { logger: false });
app.enableVersioning({ type: VersioningType.URI });
app.useGlobalPipes(new ValidationPipe());
for (const version of [1, 2]) {
  const settings = new DocumentBuilder().setTitle("Harbour").setVersion(`${version}.0`).build();
  SwaggerModule.setup(`documents/${version}`, app, SwaggerModule.createDocument(app, settings, { include: [modules[version - 1]] }));
}
await app.listen(Number(process.env.PORT), "127.0.0.1");
