// /// script
// dependencies = ["@typespec/openapi3@1.16.0", "@typespec/compiler@1.16.0", "@typespec/http@1.16.0", "@typespec/openapi@1.16.0", "@typespec/versioning@0.86.0"]
//
// [tool.world]
// title = "TypeSpec"
// runtime = "22.23.5"
//
// [tool.world.styles."a document for each version, from one source"]
// contracts = { "1.0" = "/documents/1.0.json", "1.1" = "/documents/1.1.json", "2.0" = "/documents/2.0.json" }
// fault = "AV301"
// policy = '''
// [api]
// name = "Library"
// base_url = "${SERVICE_URL}"
// [versioning]
// scheme = "major.minor"
// carriers = ["header"]
// header = { name = "Api-Version" }
// missing = { reject = 400 }
// unknown = { reject = 400 }
// malformed = { reject = 400 }
// [credentials.BearerAuth]
// header = "Authorization"
// value = "Bearer ${TOKEN}"
// [errors]
// envelope = "problem"
// [envelopes.problem]
// media_type = "application/json"
// code = "/code"
// [envelopes.problem.schema]
// type = "object"
// required = ["code", "message"]
// '''
//
// [tool.world.styles."a document for each version, from one source".changes]
// "1.0 1.1" = [
//   "info operation-added GET /items/{id}/cover",
//   "info request-enum-value-added Kind",
//   "info request-optional-property-added Item.subtitle",
//   "info request-parameter-added since",
//   "info request-property-became-optional Item.language",
//   "error response-property-became-optional Item.language",
//   "info response-optional-property-added Item.subtitle",
// ]
// "1.1 2.0" = [
//   "error operation-removed PUT /items/{id}/loan",
//   "warning request-optional-property-removed Item.author",
//   "warning request-optional-property-removed Item.shelf",
//   "info request-optional-property-added Item.writer",
//   "error request-type-changed Item.price",
//   "warning response-optional-property-removed Item.author",
//   "warning response-optional-property-removed Item.shelf",
//   "info response-optional-property-added Item.writer",
//   "error response-type-changed Item.price",
// ]
// ///
// A library in TypeSpec: the documents that its compiler writes for each version, and a service that keeps them.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";

const SOURCE = `
import "@typespec/http";
import "@typespec/openapi3";
import "@typespec/versioning";
using Http;
using Versioning;

@service(#{ title: "Library" })
@versioned(Versions)
@server("{endpoint}/library", "Wherever it is", { endpoint: string = "" })
@useAuth(BearerAuth)
namespace Library;

enum Versions { v1_0: "1.0", v1_1: "1.1", v2_0: "2.0" }
enum Kind { book, journal, @added(Versions.v1_1) map }
union Shelf { "upper", "lower", string }

@error
model Problem { code: string; message: string; details?: Problem[]; }

@discriminator("kind")
model Item {
  @visibility(Lifecycle.Read) @key id: string;
  title: string;
  @minValue(0) pages?: int32;
  @renamedFrom(Versions.v2_0, "author") writer?: string;
  @added(Versions.v1_1) subtitle?: string;
  @removed(Versions.v2_0) shelf?: Shelf;
  @typeChangedFrom(Versions.v2_0, string) price?: float64;
  @madeOptional(Versions.v1_1) language?: string;
  added: utcDateTime;
  note: string | null;
  labels?: Record<string>;
}
model Book extends Item { kind: "book"; @pattern("^[0-9]{13}$") isbn: string; }
model Journal extends Item { kind: "journal"; @minItems(1) issues: int32[]; }
model Page<T> { items: T[]; next?: url; }

@route("/items")
interface Items {
  @get list(
    @query(#{ explode: true }) kind?: Kind[],
    @query limit?: int32 = 20,
    @added(Versions.v1_1) @query since?: plainDate,
  ): Page<Book | Journal> | Problem;
  @post create(@body item: Book | Journal): {
    @statusCode _: 201;
    @header location: url;
    @body item: Book | Journal;
  } | Problem;
  @get read(@path id: string, @header ifNoneMatch?: string): Book | Journal | (NotFoundResponse & Problem);
  @removed(Versions.v2_0) @route("{id}/loan") @put loan(@path id: string, @body loan: { who: string }): void | Problem;
  @added(Versions.v1_1) @route("{id}/cover") @get cover(@path id: string): {
    @header contentType: "image/png";
    @body picture: bytes;
  } | Problem;
}
`;
const VERSIONS = ["1.0", "1.1", "2.0"];
const settings = { "emitter-output-dir": "{cwd}/emitted", "output-file": "{version}.json", "openapi-versions": ["3.1.0"] };
writeFileSync("main.tsp", SOURCE);
writeFileSync("tspconfig.yaml", JSON.stringify({ emit: ["@typespec/openapi3"], options: { "@typespec/openapi3": settings } }));
execFileSync("node_modules/.bin/tsp", ["compile", "main.tsp"], { stdio: "inherit" });

const things = new Map();
let last = 0;

function shown(item, version) {
  const copy = { ...item };
  for (const [name, since, until] of [["subtitle", "1.1"], ["author", "1.0", "2.0"], ["writer", "2.0"], ["shelf", "1.0", "2.0"]])
    if (version < since || (until && version >= until)) delete copy[name];
  if (version < "2.0" && item.writer !== undefined) copy.author = item.writer;
  if (version >= "2.0" && item.author !== undefined) copy.writer = item.author;
  if (item.price !== undefined) copy.price = version < "2.0" ? String(item.price) : Number(item.price) || 0;
  if (version === "1.0") copy.language ??= "none";
  if (process.env.FAULT && version === "2.0") delete copy.title;
  return copy;
}

function wrong(item, version) {
  const text = (name) => typeof item[name] === "string";
  const texts = ["title", "added", ...(version === "1.0" ? ["language"] : [])];
  const free = ["author", "writer", "subtitle", "shelf", "language", ...(version < "2.0" ? ["price"] : [])];
  if (!texts.every(text) || Number.isNaN(Date.parse(item.added))) return "a text is missing";
  if (free.some((name) => item[name] !== undefined && !text(name))) return "no text";
  if (item.pages !== undefined && !(Number.isInteger(item.pages) && item.pages >= 0)) return "pages";
  if (version >= "2.0" && item.price !== undefined && typeof item.price !== "number") return "price";
  if (!(item.note === null || text("note"))) return "note";
  if (item.labels !== undefined && !(item.labels && typeof item.labels === "object" && !Array.isArray(item.labels) && Object.values(item.labels).every((each) => typeof each === "string"))) return "labels";
  if (item.kind === "book") return /^[0-9]{13}$/.test(item.isbn) && text("isbn") ? "" : "isbn";
  if (item.kind === "journal") return Array.isArray(item.issues) && item.issues.length && item.issues.every(Number.isInteger) ? "" : "issues";
  return "kind";
}

createServer(async (request, response) => {
  const answer = (status, value, headers = {}) => {
    const body = value === undefined ? "" : Buffer.isBuffer(value) ? value : JSON.stringify(value);
    const type = value === undefined ? {} : { "content-type": Buffer.isBuffer(value) ? "image/png" : "application/json" };
    response.writeHead(status, { ...type, ...headers }).end(body);
  };
  const refuse = (status, code) => answer(status, { code, message: code });
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url, "http://here.test");
  if (url.pathname.startsWith("/documents/")) {
    response.writeHead(200, { "content-type": "application/json" });
    return response.end(readFileSync(`emitted/${url.pathname.slice(11)}`));
  }
  const version = request.headers["api-version"];
  if (!VERSIONS.includes(version)) return refuse(400, "VERSION");
  const [, id, part] = url.pathname.match(/^\/library\/items(?:\/([^/]+)(?:\/([^/]+))?)?$/) ?? [];
  if (!url.pathname.startsWith("/library/items") || (part && part !== (version === "1.0" ? "loan" : version === "2.0" ? "cover" : part)) || (part && !["loan", "cover"].includes(part)))
    return refuse(404, "NO_ROUTE");
  const methods = part === "loan" ? ["PUT"] : part === "cover" || id ? ["GET"] : ["GET", "POST"];
  if (!methods.includes(request.method)) return answer(405, { code: "METHOD", message: "no such method" }, { allow: methods.join(", ") });
  if (request.headers.authorization !== `Bearer ${process.env.TOKEN}`) return answer(401, { code: "WHO", message: "who?" }, { "www-authenticate": "Bearer" });
  let body;
  if (request.method !== "GET") {
    if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) return refuse(415, "TYPE");
    try {
      body = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
    } catch {
      return refuse(400, "JSON");
    }
    if (body === null || typeof body !== "object" || Array.isArray(body)) return refuse(400, "BODY");
  }
  if (!id && request.method === "GET") {
    const limit = url.searchParams.get("limit") ?? "20";
    const since = url.searchParams.get("since");
    if (!/^-?\d+$/.test(limit)) return refuse(400, "LIMIT");
    if (version !== "1.0" && since !== null && !/^\d{4}-\d\d-\d\d$/.test(since)) return refuse(400, "SINCE");
    const kinds = url.searchParams.getAll("kind");
    if (!kinds.every((kind) => ["book", "journal", ...(version === "1.0" ? [] : ["map"])].includes(kind))) return refuse(400, "KIND");
    const found = [...things.values()].filter((item) => !kinds.length || kinds.includes(item.kind));
    const count = Math.max(0, Math.min(Number(limit), 20));
    const skip = Number(/^\d{1,6}$/.exec(url.searchParams.get("skip") ?? "0")?.[0] ?? 0);
    const after = new URL(request.url, `http://${request.headers.host}`);
    after.searchParams.set("skip", String(skip + count));
    const next = count && found.length > skip + count ? { next: after.href } : {};
    return answer(200, { items: found.slice(skip, skip + count).map((item) => shown(item, version)), ...next });
  }
  if (!id) {
    const why = wrong(body, version);
    if (why) return refuse(400, why);
    const made = { ...body, id: `i${++last}` };
    things.set(made.id, made);
    return answer(201, shown(made, version), { location: `http://${request.headers.host}/library/items/${made.id}` });
  }
  const item = things.get(decodeURIComponent(id));
  if (!item) return refuse(404, "NOT_FOUND");
  if (part === "cover") return answer(200, Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  if (part === "loan") return typeof body.who === "string" ? answer(204) : refuse(400, "WHO");
  return answer(200, shown(item, version));
}).listen(Number(process.env.PORT), "127.0.0.1");
