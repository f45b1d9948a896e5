"""A policy file with one of everything, and slips of the pen to make in it."""

from __future__ import annotations

from pathlib import Path

WHOLE = """\
extends = "rfc9745"

[api]
name = "Shop"
base_url = "${SHOP_URL}"

[versioning]
scheme = "vN"
carriers = ["path", "header"]
base_path = "/api"
missing = { default = "v1" }
unknown = { reject = [404, 406], code = "NO_SUCH_VERSION" }
malformed = { reject = "4xx", envelope = "problem" }
fall_through = false

[versioning.path]
template = "/api/{version}"

[versioning.header]
name = "X-API-Version"
spelling = "{number}"

[versioning.echo]
body = "/meta/version"
versions = ["v2"]

[versions.v1]
contract = "v1.yaml"
released = 2024-01-01
deprecated = 2025-01-01
sunset = 2026-06-01T00:00:00Z
successor = "v2"
gone = { code = "V1_IS_OVER", pointer = ["/error/guide"], envelope = "old" }

[versions.v2]
contract = "v2.yaml"
released = 2025-01-01
preview = false
spelling = { header = "two" }

[envelopes.problem]
media_type = "application/problem+json"
code = "/code"
schema = { type = "object", required = ["code"] }

[envelopes.old]
schema_file = "old.schema.json"

[errors]
envelope = "problem"
classes = [{ status = [405], envelope = "old", versions = ["v1"] }]

[[headers]]
name = "X-Request-Id"
pattern = "[0-9a-f]+"

[[headers]]
name = "X-RateLimit-Limit"
on = ["2xx", 429]
versions = ["v2"]

[[headers]]
name = "X-Powered-By"
absent = true
methods = ["GET", "HEAD"]

[deprecation]
headers = [
  { name = "Deprecation", dialect = "sf-date", date = "deprecated" },
  { name = "Sunset", dialect = "imf-fixdate", date = "sunset" },
  { name = "X-Notice", pattern = "Migrate to {successor}" },
  { name = "X-Level", levels = [{ level = "low" }, { level = "high", days = 30 }, { level = "last", days = 1 }], inclusive = false },
  { name = "Warning", pattern = '299 - "{version} ends on {sunset}"', within = { days = 30 } },
]
links = [{ rel = "successor-version", successor = true }]
on_live = false

[sunset]
status = 410
pointer = "/error/migrate"
boundary = "end-of-day"

[aliases.unversioned]
version = "v1"
prefix = "/api"
sunset = 2026-03-01

[[lifecycle]]
operations = ["GET /things/{id}"]
versions = ["v1"]
deprecated = 2025-06-02
sunset = 2026-02-02
successor = { version = "v2", operation = "POST /things" }
gone = { status = 404, envelope = "problem" }
headers = [{ name = "X-Part-Ends", dialect = "literal-true" }]

[credentials.key]
header = "Authorization"
value = "Bearer ${SHOP_TOKEN}"
versions = ["v1"]

[operations]
neutral = ["GET /healthz"]
renamed = [{ v1 = "POST /thing", v2 = "POST /things" }]

[operations.rules."GET /things/{id}"]
values = { path = { id = "th_1" } }
skip = false

[values]
id = ["th_1", "th_2"]

[requests]
max_examples = 5
timeout = 2.5
rate = "20/s"

[contract]
undeclared = ["4xx", 503]
served = "/openapi.json"
covers = "newest"
copies = [["v1.yaml", "/docs/v1.yaml"]]

[[declared]]
id = "grace"
text = "Six months between deprecation and sunset."
"""

ENVIRONMENT = {"SHOP_URL": "https://shop.example", "SHOP_TOKEN": "sk_live_51f0a9"}

CONTRACT = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /things/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: A thing.}}
  /RESOURCE:
    post:
      responses: {"201": {description: A thing.}}
components:
  securitySchemes:
    key: {type: http, scheme: bearer}
"""


def write(folder: Path, text: str = WHOLE) -> Path:
    """A policy file with everything it names beside it."""
    (folder / "v1.yaml").write_text(CONTRACT.replace("RESOURCE", "thing"), "utf-8")
    (folder / "v2.yaml").write_text(CONTRACT.replace("RESOURCE", "things"), "utf-8")
    (folder / "old.schema.json").write_text('{"type": "object"}', "utf-8")
    (folder / "notes.txt").write_text("not JSON", "utf-8")
    path = folder / "apiversion.toml"
    path.write_text(text, "utf-8")
    return path


_ROW = 'operations = ["GET /things/{id}"]\nversions = ["v1"]\n'

_CODE = 'code = "/code"\nschema = { type = "object", required = ["code"] }'
SLIPS: dict[str, tuple[str, str, str]] = {
    # name: what the file says, what it says instead, and what is told of the (first) line that was put in
    "envelope-of-two-kinds": (
        _CODE,
        f'root = "Error"\n{_CODE}',
        "envelopes.problem.root: expected a body of JSON or of XML, got schema and code beside root",
    ),
    "envelope-two-codes": (
        _CODE,
        f'code_header = "X-Code"\n{_CODE}',
        "envelopes.problem.code_header: expected one place of the code, got code and code_header",
    ),
    "envelope-no-xpath": (
        _CODE,
        'xpath = "Error[1]/Code"',
        'envelopes.problem.xpath: expected a path of names such as "/Error/Code" or "//Exception/@exceptionCode", got "Error[1]/Code"',
    ),
    "envelope-no-root": (
        _CODE,
        'root = "a b"',
        'envelopes.problem.root: expected the name of an XML element, got "a b"',
    ),
    "envelope-no-header": (
        _CODE,
        'code_header = "a b"',
        'envelopes.problem.code_header: expected a header name, got "a b"',
    ),
    "code-no-code": (
        'code = "NO_SUCH_VERSION"',
        "code = true",
        "versioning.unknown.code: expected an error code, or a list of them, got true",
    ),
    "link-no-language": (
        'rel = "successor-version", successor = true',
        'rel = "successor-version", successor = true, hreflang = "e n"',
        'deprecation.links[0].hreflang: expected a language tag such as "en", got "e n"',
    ),
    "link-no-type": (
        'rel = "successor-version", successor = true',
        'rel = "successor-version", successor = true, type = "html"',
        "deprecation.links[0].type: expected a media type",
    ),
    "ranges-of-nobody": (
        'spelling = "{number}"\n',
        'ranges = "semver"\n',
        'versioning.header.ranges: expected one of node-semver, x-ranges, got "semver"',
    ),
    "part-of-nothing": (
        _ROW,
        'versions = ["v1"]\n',
        "lifecycle[0]: expected operations, paths, tags, parameters, request_members, response_members or from_contract = true, got none of them",
    ),
    "part-without-dates": (
        "deprecated = 2025-06-02\nsunset = 2026-02-02\n",
        "announced = 2025-06-02\n",
        "lifecycle[0]: expected released, deprecated or sunset, got none of them",
    ),
    "part-no-operation": (
        _ROW,
        'operations = ["/things"]\nversions = ["v1"]\n',
        'lifecycle[0].operations[0]: expected an operation such as "GET /things", got "/things"',
    ),
    "part-no-path": (
        _ROW,
        'paths = ["things"]\nversions = ["v1"]\n',
        'lifecycle[0].paths[0]: expected a path such as "/openapi.json", got "things"',
    ),
    "part-tags-no-list": (
        _ROW,
        'tags = "old"\nversions = ["v1"]\n',
        'lifecycle[0].tags: expected a list with at least one entry, got "old"',
    ),
    "part-of-an-unknown-version": (
        _ROW,
        'operations = ["GET /things/{id}"]\nversions = ["v11"]\n',
        'lifecycle[0].versions[0]: expected a declared version, got "v11"; did you mean "v1"?',
    ),
    "part-unknown-key": (
        "deprecated = 2025-06-02",
        "deprecatd = 2025-06-02",
        'lifecycle[0].deprecatd: unknown key; did you mean "deprecated"?',
    ),
    "part-ends-before-its-deprecation": (
        "sunset = 2026-02-02",
        "sunset = 2025-02-02",
        "lifecycle[0].sunset: expected a date not before deprecated (2025-06-02), got 2025-02-02",
    ),
    "part-deprecated-false": (
        "deprecated = 2025-06-02",
        "deprecated = false",
        "lifecycle[0].deprecated: expected a date such as 2026-06-01, a date-time with an offset, or true, got false",
    ),
    "part-succeeded-by-an-unknown-version": (
        'version = "v2", operation',
        'version = "v3", operation',
        'lifecycle[0].successor: expected a declared version, got "v3"',
    ),
    "part-succeeded-by-a-version-as-text": (
        'successor = { version = "v2", operation = "POST /things" }',
        'successor = "v2"',
        'lifecycle[0].successor: expected an operation such as "GET /things", or a table with a version and perhaps an operation, got "v2"',
    ),
    "version-gone-in-an-unknown-envelope": (
        'pointer = ["/error/guide"], envelope = "old"',
        'pointer = ["/error/guide"], envelope = "odl"',
        'versions.v1.gone.envelope: expected the name of an envelope, got "odl"; did you mean "old"?',
    ),
    "version-gone-to-no-pointer": (
        'pointer = ["/error/guide"]',
        'pointer = ["guide"]',
        'versions.v1.gone.pointer: expected a JSON pointer such as "/error/code", or a list of them, got ["guide"]',
    ),
    "version-gone-misspelled": (
        'gone = { code = "V1_IS_OVER"',
        'gone = { cod = "V1_IS_OVER"',
        'versions.v1.gone.cod: unknown key; did you mean "code"?',
    ),
    "absent-in-words": ("absent = true", 'absent = "always"', "headers[2].absent: expected true or false, "),
    "absent-and-more": (
        "absent = true",
        'absent = true\npattern = "x"',
        "headers[2].absent: expected nothing of the value of a header that is not there, got pattern",
    ),
    "header-of-no-method": (
        'methods = ["GET", "HEAD"]',
        'methods = ["GET", "HAED"]',
        'headers[2].methods[1]: expected one of GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE, TRACE, got "HAED"; did you mean "HEAD"?',
    ),
    "order-of-no-list": (
        'code = "NO_SUCH_VERSION" }',
        'code = "NO_SUCH_VERSION", order = "oldest-first" }',
        "versioning.unknown.order: expected lists beside it, got nothing",
    ),
    "order-nobody-knows": (
        'code = "NO_SUCH_VERSION" }',
        'code = "NO_SUCH_VERSION", lists = "/supported", order = "oldest" }',
        'versioning.unknown.order: expected one of oldest-first, newest-first, got "oldest"; did you mean "oldest-first"?',
    ),
    "bounds-of-another-scheme": (
        "fall_through = false",
        'bounds = ["v1", "99"]',
        'versioning.bounds[1]: expected a version of the scheme vN such as v1, got "99"',
    ),
    "bounds-the-wrong-way": (
        "fall_through = false",
        'bounds = ["v99", "v1"]',
        'versioning.bounds: expected the oldest first, got ["v99", "v1"]',
    ),
    "bounds-without-a-version": (
        "fall_through = false",
        'bounds = ["v2", "v99"]',
        'versioning.bounds: expected bounds with every declared version between them, got ["v2", "v99"] without v1',
    ),
    "bounds-of-one": (
        "fall_through = false",
        'bounds = ["v99"]',
        'versioning.bounds: expected a list of two versions, such as ["v1", "v99"], got ["v99"]',
    ),
    "rejected-before-nothing-known": (
        'code = "NO_SUCH_VERSION" }',
        'code = "NO_SUCH_VERSION", before = ["credential"] }',
        'versioning.unknown.before[0]: expected one of credentials, validation, routing, got "credential"; did you mean "credentials"?',
    ),
    "served-before-something": (
        'missing = { default = "v1" }',
        'missing = { default = "v1", before = ["routing"] }',
        "versioning.missing.before: expected it beside reject, got it without",
    ),
    "rejected-in-an-unknown-version's-envelope": (
        'code = "NO_SUCH_VERSION" }',
        'code = "NO_SUCH_VERSION", envelope_of = "newst" }',
        'versioning.unknown.envelope_of: expected a declared version, oldest or newest, got "newst"; did you mean "newest"?',
    ),
    "rejected-in-two-envelopes": (
        'code = "NO_SUCH_VERSION" }',
        'code = "NO_SUCH_VERSION", envelope_of = "v1", envelope = "old" }',
        "versioning.unknown.envelope_of: expected envelope or envelope_of, got both",
    ),
    "absent-before-something": (
        'prefix = "/api"\n',
        'absent_answer = { reject = 404, before = ["routing"] }\nprefix = "/api"\n',
        "aliases.unversioned.absent_answer.before: expected it of a wrong version: what has no alias is found by its path",
    ),
    "header-of-an-unlisted-carrier": (
        'methods = ["GET", "HEAD"]',
        'carriers = ["heder"]',
        'headers[2].carriers[0]: expected a carrier that versioning.carriers lists, got heder; did you mean "header"?',
    ),
    "header-of-an-unknown-alias": (
        'methods = ["GET", "HEAD"]',
        'aliases = ["unversion"]',
        'headers[2].aliases[0]: expected a declared alias, got "unversion"; did you mean "unversioned"?',
    ),
    "header-of-an-alias-in-a-carrier": (
        'methods = ["GET", "HEAD"]',
        'aliases = ["unversioned"]\ncarriers = ["header"]',
        "headers[2].aliases: expected it without carriers: what is asked of an alias names no version",
    ),
    "header-of-an-alias-on-refusals": (
        'methods = ["GET", "HEAD"]',
        'aliases = ["unversioned"]\nrefusals = true',
        "headers[2].aliases: expected it without refusals: what a wrong version gets is of no alias",
    ),
    "absent-and-unique": (
        "absent = true",
        "absent = true\nunique = true",
        "headers[2].absent: expected nothing of the value of a header that is not there, got unique",
    ),
    "unique-in-words": ('pattern = "[0-9a-f]+"', 'unique = "yes"', "headers[0].unique: expected true or false, "),
    "page-without-an-origin": (
        "[deprecation]\n",
        '[cors]\nexposes = ["X-Request-Id"]\n\n[deprecation]\n',
        "cors.origin: expected origin of such a page; every request but OPTIONS is sent with it, got nothing",
    ),
    "page-of-a-path": (
        "[deprecation]\n",
        '[cors]\norigin = "https://app.example.org/"\n\n[deprecation]\n',
        'cors.origin: expected an origin such as "https://app.example.org", got "https://app.example.org/"',
    ),
    "page-that-reads-no-header": (
        "[deprecation]\n",
        '[cors]\norigin = "https://app.example.org"\nexposes = ["X Request"]\n\n[deprecation]\n',
        'cors.exposes[0]: expected a header name, got "X Request"',
    ),
    "version-announced-in-an-unknown-dialect": (
        'successor = "v2"\n',
        'successor = "v2"\nheaders = [{ name = "X-Ends", dialect = "sf-dat", date = "sunset" }]\n',
        'versions.v1.headers[0].dialect: expected a dialect, got "sf-dat"; did you mean "sf-date"?',
    ),
    "alias-link-that-leads-to-two": (
        "sunset = 2026-03-01\n",
        'links = [{ rel = "next", href = "/a", successor = true }]\nsunset = 2026-03-01\n',
        "aliases.unversioned.links[0]: expected href or successor, got both",
    ),
    "part-gone-in-an-unknown-envelope": (
        'status = 404, envelope = "problem"',
        'status = 404, envelope = "problme"',
        'lifecycle[0].gone.envelope: expected the name of an envelope, got "problme"; did you mean "problem"?',
    ),
    "part-header-in-an-unknown-dialect": (
        '"X-Part-Ends", dialect = "literal-true"',
        '"X-Part-Ends", dialect = "literal-tru"',
        'lifecycle[0].headers[0].dialect: expected a dialect, got "literal-tru"; did you mean "literal-true"?',
    ),
    "part-from-contract-and-said": (
        _ROW,
        'from_contract = true\nversions = ["v1"]\n',
        "lifecycle[0].from_contract: expected it without deprecated and sunset and successor: the contracts say that",
    ),
    "unknown-preset": (
        'extends = "rfc9745"',
        'extends = "rfc9744"',
        'extends: expected the name of a preset, got "rfc9744"; did you mean "rfc9745"?',
    ),
    "preset-no-name": (
        'extends = "rfc9745"',
        "extends = 9745",
        "extends: expected the name of a preset, or a list of them, got 9745",
    ),
    "unknown-key-in-api": (
        'name = "Shop"',
        'name = "Shop"\nnmae = "Shop"',
        'api.nmae: unknown key; did you mean "name"?',
    ),
    "unknown-key-near-nothing": (
        'name = "Shop"',
        'name = "Shop"\nzzz = 1',
        "api.zzz: unknown key (known: name, base_url, app)",
    ),
    "unset-base-url": (
        "${SHOP_URL}",
        "${SHOP_ADDRESS}",
        "api.base_url: expected the environment variable SHOP_ADDRESS to be set, got nothing",
    ),
    "base-url-no-url": (
        "${SHOP_URL}",
        "shop.example",
        'api.base_url: expected a URL such as "https://api.example.org", got "shop.example"',
    ),
    "base-url-bad-port": (
        "${SHOP_URL}",
        "http://shop:port",
        'api.base_url: expected a URL such as "https://api.example.org", got "http://shop:port"',
    ),
    "unknown-scheme": ('scheme = "vN"', 'scheme = "vn"', 'got "vn"; did you mean "vN"?'),
    "scheme-of-another-type": ('scheme = "vN"', "scheme = 1", "versioning.scheme: expected one of vN, "),
    "unknown-carrier": (
        '["path", "header"]',
        '["path", "header", "pth"]',
        'versioning.carriers[2]: expected one of path, header, query, accept, host, got "pth"; did you mean "path"?',
    ),
    "carrier-without-table": (
        '["path", "header"]',
        '["path", "header", "query"]',
        "versioning.query: expected a table that says where the version stands, since versioning.carriers lists it, got nothing",
    ),
    "carrier-twice": (
        '["path", "header"]',
        '["path", "header", "path"]',
        "versioning.carriers: expected each entry once, got ",
    ),
    "carriers-no-list": (
        '["path", "header"]',
        '"path"',
        'versioning.carriers: expected a list of carriers: path, header, query, accept, host, got "path"',
    ),
    "no-carriers": (
        '["path", "header"]',
        "[]",
        "versioning.carriers: expected a list of carriers: path, header, query, accept, host, got []",
    ),
    "base-path-with-slash": (
        'base_path = "/api"',
        'base_path = "/api/"',
        'versioning.base_path: expected a path that begins with / and does not end with it, or nothing, got "/api/"',
    ),
    "default-nobody-declared": (
        'default = "v1"',
        'default = "v11"',
        'versioning.missing.default: expected a declared version, got "v11"; did you mean "v1"?',
    ),
    "two-answers": (
        'default = "v1"',
        'default = "v1", accept = true',
        "versioning.missing: expected exactly one of reject, default and accept, got default and accept",
    ),
    "rejected-by-a-failure": (
        "[404, 406]",
        "[404, 500]",
        "versioning.unknown.reject: expected a refusal such as 400, or 501, 503 or 505, got 500: any other 5xx says that the server failed",
    ),
    "wrong-methods-failed": (
        'envelope = "problem"\nclasses',
        'envelope = "problem"\nwrong_method = [405, 500]\nclasses',
        "errors.wrong_method: expected a refusal such as 400, or 501, 503 or 505, got 500: any other 5xx says that the server failed",
    ),
    "strangers-failed": (
        'envelope = "problem"\nclasses',
        'envelope = "problem"\nunauthorized = [405, 500]\nclasses',
        "errors.unauthorized: expected a refusal such as 400, or 501, 503 or 505, got 500: any other 5xx says that the server failed",
    ),
    "large-bodies-failed": (
        'envelope = "problem"\nclasses',
        'envelope = "problem"\ntoo_large = { bytes = 9, reject = "5xx" }\nclasses',
        'errors.too_large.reject: expected a refusal such as 400, or 501, 503 or 505, got "5xx": any other 5xx says that the server failed',
    ),
    "pinned-to-anothers": (
        'header = "Authorization"\n',
        'header = "Authorization"\npinned = "v2"\n',
        'credentials.key.pinned: expected one of its versions, got "v2"',
    ),
    "announced-nowhere": (
        "on_live = false",
        'members = [{ pointer = "meta", dialect = "literal-true" }]',
        'deprecation.members[0].pointer: expected a JSON pointer such as "/error/code", got "meta"',
    ),
    "announced-by-a-name": (
        "on_live = false",
        'members = [{ name = "/meta", pointer = "/meta", pattern = "old" }]',
        "deprecation.members[0].name: unknown key (known: ",
    ),
    "announced-at-no-place": (
        "on_live = false",
        'members = [{ pattern = "old" }]',
        "deprecation.members[0].pointer: expected the place: a JSON pointer, * for every element of a list, got nothing",
    ),
    "a-release-at-no-place": (
        "[contract]",
        '[service.version]\noperation = "GET /version"\n\n[contract]',
        "service.version.version: expected JSON pointer to the release's semantic version, got nothing",
    ),
    "announced-without-a-date": (
        "on_live = false",
        'members = [{ pointer = "/meta/ends", dialect = "iso-date" }]',
        "deprecation.members[0].date: expected the date this member carries, deprecated or sunset, got nothing",
    ),
    "announced-in-no-form": (
        "on_live = false",
        'members = [{ pointer = "/meta/ends" }]',
        "deprecation.members[0]: expected a dialect, a pattern or levels, got none of them",
    ),
    "announced-in-a-table": (
        "on_live = false",
        'members = { pointer = "/meta/ends" }',
        "deprecation.members: expected a list, got ",
    ),
    "refused-for-failures": (
        "[contract]\n",
        "[contract]\nrefusals = [409, 500]\n",
        "contract.refusals: expected a refusal such as 400, or 501, 503 or 505, got 500: any other 5xx says that the server failed",
    ),
    "refused-for-failures-by-one": (
        '[operations.rules."GET /things/{id}"]\n',
        '[operations.rules."GET /things/{id}"]\nrefusals = ["5xx"]\n',
        'operations.rules."GET /things/{id}".refusals: expected a refusal such as 400, or 501, 503 or 505, got "5xx": any other 5xx says that the server failed',
    ),
    "over-with-a-failure": (
        "status = 410",
        "status = [410, 502]",
        "sunset.status: expected a refusal such as 400, or 501, 503 or 505, got 502: any other 5xx says that the server failed",
    ),
    "a-query-in-no-case": (
        'carriers = ["path", "header"]',
        'carriers = ["path", "header", "query"]\nquery = { name = "v", any_case = "upper" }',
        'versioning.query.any_case: expected true or false, got "upper"',
    ),
    "a-query-in-any-cas": (
        'carriers = ["path", "header"]',
        'carriers = ["path", "header", "query"]\nquery = { name = "v", any_cas = true }',
        'versioning.query.any_cas: unknown key; did you mean "any_case"?',
    ),
    "rejected-by-failures": (
        "[404, 406]",
        '"5xx"',
        'versioning.unknown.reject: expected a refusal such as 400, or 501, 503 or 505, got "5xx": any other 5xx says that the server failed',
    ),
    "no-answer": (
        '{ default = "v1" }',
        "{}",
        "versioning.missing: expected exactly one of reject, default and accept, got none",
    ),
    "accept-false": ('{ default = "v1" }', "{ accept = false }", "versioning.missing.accept: expected true, got false"),
    "code-without-reject": (
        'default = "v1"',
        'default = "v1", code = "X"',
        "versioning.missing.code: expected it beside reject, got it without",
    ),
    "bad-status": (
        "[404, 406]",
        "[404, 999]",
        'versioning.unknown.reject: expected a status from 100 to 599, a range such as "4xx", or a list of them, got [404, 999]',
    ),
    "status-as-fraction": ("[404, 406]", "404.0", "versioning.unknown.reject: expected a status from 100 to 599, "),
    "bad-range": (
        '"4xx", envelope',
        '"4x", envelope',
        "versioning.malformed.reject: expected a status from 100 to 599, ",
    ),
    "answer-envelope": (
        'reject = "4xx", envelope = "problem"',
        'reject = "4xx", envelope = "problme"',
        'versioning.malformed.envelope: expected the name of an envelope, got "problme"; did you mean "problem"?',
    ),
    "text-for-flag": (
        "fall_through = false",
        'fall_through = "no"',
        'versioning.fall_through: expected true or false, got "no"',
    ),
    "template-without-version": (
        '"/api/{version}"',
        '"/api/{verison}"',
        'versioning.path.template: expected a path template with one {version} in it, got "/api/{verison}"',
    ),
    "template-twice": (
        '"/api/{version}"',
        '"/{version}/{version}"',
        "versioning.path.template: expected a path template with one {version} in it, ",
    ),
    "header-name": (
        '"X-API-Version"',
        '"X API Version"',
        'versioning.header.name: expected a header name, got "X API Version"',
    ),
    "header-name-with-line-end": (
        '"X-API-Version"',
        '"X-API-Version\\n"',
        "versioning.header.name: expected a header name, got ",
    ),
    "spelling-unknown-field": (
        '"{number}"',
        '"{date}"',
        "versioning.header.spelling: expected {version} or fields of the scheme, got \"{date}\": unknown field {date}; the scheme 'vN' knows",
    ),
    "echo-nowhere": (
        'body = "/meta/version"',
        'on = ["2xx"]',
        "versioning.echo: expected exactly one of header and body, got none",
    ),
    "echo-pointer": (
        '"/meta/version"',
        '"meta.version"',
        'versioning.echo.body: expected a JSON pointer such as "/error/code", got "meta.version"',
    ),
    "echo-pointer-escape": ('"/meta/version"', '"/meta~2"', "versioning.echo.body: expected a JSON pointer such as "),
    "echo-version": (
        'body = "/meta/version"\nversions = ["v2"]',
        'body = "/meta/version"\nversions = ["v3"]',
        'versioning.echo.versions[0]: expected a declared version, got "v3"',
    ),
    "missing-contract-file": (
        'contract = "v1.yaml"',
        'contract = "v3.yaml"',
        'got "v3.yaml"; did you mean "v2.yaml"?; `apiversion freeze DOCUMENT --version v1` makes it',
    ),
    "contract-with-nul": (
        'contract = "v1.yaml"',
        'contract = "v\\u0000.yaml"',
        "versions.v1.contract: expected a file beside the policy file, got ",
    ),
    "no-contract": (
        'contract = "v1.yaml"\n',
        "",
        "versions.v1.contract: expected the frozen OpenAPI document of this version, got nothing",
    ),
    "impossible-date": (
        "released = 2024-01-01",
        "released = 2026-02-30",
        'versions.v1.released: expected a date such as 2026-06-01, or a date-time with an offset, got "2026-02-30"',
    ),
    "one-digit-date": (
        "released = 2024-01-01",
        "released = 2024-1-1",
        "versions.v1.released: expected a date such as 2026-06-01, ",
    ),
    "compact-date": (
        "released = 2024-01-01",
        'released = "20240101"',
        "versions.v1.released: expected a date such as 2026-06-01, ",
    ),
    "year-one": (
        "released = 2024-01-01",
        "released = 0001-01-01",
        "versions.v1.released: expected a date such as 2026-06-01, ",
    ),
    "no-date": (
        "deprecated = 2025-01-01",
        'deprecated = "soon"',
        'versions.v1.deprecated: expected a date such as 2026-06-01, a date-time with an offset, or true, got "soon"',
    ),
    "date-as-number": (
        "deprecated = 2025-01-01",
        "deprecated = 20250101",
        "versions.v1.deprecated: expected a date such as 2026-06-01, ",
    ),
    "time-only": (
        "deprecated = 2025-01-01",
        "deprecated = 07:30:00",
        "versions.v1.deprecated: expected a date such as 2026-06-01, a date-time with an offset, or true, got 07:30:00",
    ),
    "naive-instant": (
        "2026-06-01T00:00:00Z",
        "2026-06-01T00:00:00",
        "versions.v1.sunset: expected a date such as 2026-06-01, or a date-time with an offset, got 2026-06-01T00:00:00",
    ),
    "dates-out-of-order": (
        "deprecated = 2025-01-01",
        "deprecated = 2023-12-31",
        "versions.v1.deprecated: expected a date not before released (2024-01-01), got 2023-12-31",
    ),
    "quoted-dates-out-of-order": (
        "deprecated = 2025-01-01",
        'deprecated = "2023-12-31"',
        "versions.v1.deprecated: expected a date not before released (2024-01-01), got 2023-12-31",
    ),
    "instant-before-its-day": (
        "2026-06-01T00:00:00Z",
        "2025-01-01T01:00:00+02:00",
        "versions.v1.sunset: expected a date not before deprecated (2025-01-01), got 2025-01-01T01:00:00+02:00",
    ),
    "successor-nobody-declared": (
        'successor = "v2"',
        'successor = "v3"',
        'versions.v1.successor: expected a declared version, got "v3" (known: v1, v2)',
    ),
    "own-successor": (
        'successor = "v2"',
        'successor = "v1"',
        'versions.v1.successor: expected another version, got "v1" itself',
    ),
    "unknown-key-in-version": (
        "preview = false",
        "preveiw = false",
        'versions.v2.preveiw: unknown key; did you mean "preview"?',
    ),
    "version-of-another-scheme": (
        "[versions.v2]",
        '[versions."2.0"]\ncontract = "v2.yaml"\n\n[versions.v2]',
        'versions."2.0": expected a version of the scheme vN such as v1, got "2.0"',
    ),
    "spelling-of-unlisted-carrier": (
        '{ header = "two" }',
        '{ headr = "two" }',
        'versions.v2.spelling.headr: expected a carrier that versioning.carriers lists, got headr; did you mean "header"?',
    ),
    "two-versions-written-alike": (
        '{ header = "two" }',
        '{ header = "1" }',
        'versions.v2.spelling.header: expected each version written in its own way, got "1" for both v1 and v2',
    ),
    "media-type": (
        '"application/problem+json"',
        '"problem"',
        'envelopes.problem.media_type: expected a media type such as "application/json", or a list of them, got "problem"',
    ),
    "bad-pointer": (
        'code = "/code"',
        'code = "code"',
        'envelopes.problem.code: expected a JSON pointer such as "/error/code", got "code"',
    ),
    "invalid-schema": (
        'type = "object", required',
        'type = "objekt", required',
        "envelopes.problem.schema: expected a JSON Schema (2020-12), got one that is wrong at /type: ",
    ),
    "schema-that-leads-nowhere": (
        '{ type = "object", required = ["code"] }',
        '{ "$ref" = "#/$defs/none" }',
        "envelopes.problem.schema: expected a JSON Schema (2020-12), got one that is wrong at $ref: #/$defs/none leads nowhere in it",
    ),
    "schema-that-leads-away": (
        '{ type = "object", required = ["code"] }',
        '{ "$ref" = "http://shop.invalid/s.json" }',
        "envelopes.problem.schema: expected a JSON Schema (2020-12), got one that is wrong at $ref: http://shop.invalid/s.json leads nowhere",
    ),
    "schema-and-file": (
        'schema_file = "old.schema.json"',
        'schema_file = "old.schema.json"\nschema = true',
        "envelopes.old.schema_file: expected schema or schema_file, got both",
    ),
    "no-schema-file": (
        '"old.schema.json"',
        '"new.schema.json"',
        'envelopes.old.schema_file: expected a file beside the policy file, got "new.schema.json"; did you mean "old.schema.json"?',
    ),
    "schema-file-no-json": (
        '"old.schema.json"',
        '"notes.txt"',
        'envelopes.old.schema_file: expected a file of JSON, got "notes.txt": it is none at line 1, column 1',
    ),
    "empty-and-more": (
        'schema_file = "old.schema.json"',
        'schema_file = "old.schema.json"\nempty = true',
        "envelopes.old.empty: expected nothing else of an empty body, got schema_file",
    ),
    "unknown-envelope": (
        'envelope = "problem"\nclasses',
        'envelope = "problm"\nclasses',
        'errors.envelope: expected the name of an envelope, got "problm"; did you mean "problem"?',
    ),
    "class-of-unknown-envelope": (
        'envelope = "old", versions',
        'envelope = "older", versions',
        'errors.classes[0].envelope: expected the name of an envelope, got "older"; did you mean "old"?',
    ),
    "class-for-nobody": (
        'envelope = "old", versions = ["v1"]',
        'envelope = "old", versions = ["v4"]',
        'errors.classes[0].versions[0]: expected a declared version, got "v4"',
    ),
    "success-of-no-shape": (
        'spelling = { header = "two" }',
        'success = "warpped"\nspelling = { header = "two" }\n[successes.wrapped]\nschema = true',
        'versions.v2.success: expected the name of a shape in successes, got "warpped"; did you mean "wrapped"?',
    ),
    "success-with-two-schemas": (
        "[versions.v2]",
        '[successes.a]\nschema = true\nschema_file = "old.schema.json"\n[versions.v2]',
        "successes.a.schema_file: expected schema or schema_file, got both",
    ),
    "success-that-is-no-schema": (
        "[versions.v2]",
        '[successes.a]\nschema = { type = "objekt" }\n[versions.v2]',
        "successes.a.schema: expected a JSON Schema (2020-12), got one that is wrong at /type: ",
    ),
    "defaults-in-words": (
        "[contract]",
        '[contract]\ndefaults = "kept"',
        'contract.defaults: expected true or false, got "kept"',
    ),
    "old-names-otherwise": (
        'neutral = ["GET /healthz"]',
        'neutral = ["GET /healthz"]\nold_names = "rejects"',
        'operations.old_names: expected one of ignore, reject, got "rejects"; did you mean "reject"?',
    ),
    "field-of-no-version": (
        "[values]",
        '[[fields]]\nv1 = "a"\nv3 = "b"\n[values]',
        'fields[0].v3: expected a declared version, got "v3" (known: v1, v2)',
    ),
    "documented-in-words": (
        "on_live = false",
        'documented = "no"\non_live = false',
        'deprecation.documented: expected true or false, got "no"',
    ),
    "code-with-no-status": (
        'envelope = "problem"\nclasses',
        'envelope = "problem"\ncodes = { X = 42 }\nclasses',
        'errors.codes.X: expected a status from 100 to 599, a range such as "4xx", or a list of them, got 42',
    ),
    "never-at-no-pointer": (
        'envelope = "problem"\nclasses',
        'envelope = "problem"\nnever = { success = true }\nclasses',
        'errors.never: expected a JSON pointer such as "/error/code", got "success"',
    ),
    "wrong-method-in-words": (
        'envelope = "problem"\nclasses',
        'envelope = "problem"\nwrong_method = "no"\nclasses',
        "errors.wrong_method: expected a status from 100 to 599, ",
    ),
    "not-acceptable-at-all": (
        'envelope = "problem"\nclasses',
        'envelope = "problem"\nnot_acceptable = true\nclasses',
        "errors.not_acceptable: ",
    ),
    "open-in-words": (
        'envelope = "problem"\nclasses',
        'envelope = "problem"\nopen = "no"\nclasses',
        'errors.open: expected true or false, got "no"',
    ),
    "class-without-status": ("{ status = [405], ", "{ ", "errors.classes[0].status: expected statuses, got nothing"),
    "bad-regex": ('"[0-9a-f]+"', '"[0-9a-f+"', 'headers[0].pattern: expected a regular expression, got "[0-9a-f+"'),
    "regex-too-far": (
        '"[0-9a-f]+"',
        '"a{99999999999999999999}"',
        "headers[0].pattern: expected a regular expression, got ",
    ),
    "regex-of-tomorrow": ('"[0-9a-f]+"', '"[[a-f]+"', "headers[0].pattern: expected a regular expression, got "),
    "header-on-bad-status": (
        '["2xx", 429]',
        '["2xx", 42]',
        'headers[1].on[1]: expected a status from 100 to 599, a range such as "4xx", or "*", got 42',
    ),
    "header-for-nobody": (
        '429]\nversions = ["v2"]',
        '429]\nversions = ["v3"]',
        'headers[1].versions[0]: expected a declared version, got "v3"',
    ),
    "header-for-no-version": (
        '429]\nversions = ["v2"]',
        "429]\nversions = []",
        "headers[1].versions: expected a list of versions, got []",
    ),
    "unknown-dialect": (
        '"sf-date"',
        '"sf-dat"',
        'deprecation.headers[0].dialect: expected a dialect, got "sf-dat"; did you mean "sf-date"?',
    ),
    "dialect-without-date": (
        ', date = "sunset" }',
        " }",
        "deprecation.headers[1].date: expected the date this header carries, deprecated or sunset, got nothing",
    ),
    "header-says-nothing": (
        '"X-Notice", pattern = "Migrate to {successor}"',
        '"X-Notice"',
        "deprecation.headers[2]: expected a dialect, a pattern or levels, got none of them",
    ),
    "notice-bad-regex": (
        "Migrate to {successor}",
        "Migrate to ({successor}",
        "deprecation.headers[2].pattern: expected a regular expression, got ",
    ),
    "link-both-ways": (
        "successor = true",
        'successor = true, href = "https://x"',
        "deprecation.links[0]: expected href or successor, got both",
    ),
    "first-level-with-days": (
        '{ level = "low" }',
        '{ level = "low", days = 90 }',
        "deprecation.headers[3].levels[0].days: expected none: the first level holds from the beginning",
    ),
    "level-without-days": (
        '{ level = "high", days = 30 }',
        '{ level = "high" }',
        "deprecation.headers[3].levels[1].days: expected the days left from which on it holds, got nothing",
    ),
    "levels-in-the-wrong-order": (
        '{ level = "last", days = 1 }',
        '{ level = "last", days = 30 }',
        "deprecation.headers[3].levels[2].days: expected fewer than the 30 before it, got 30",
    ),
    "one-level": (
        'levels = [{ level = "low" }, { level = "high", days = 30 }, { level = "last", days = 1 }]',
        'levels = [{ level = "low" }]',
        "deprecation.headers[3].levels: expected",
    ),
    "inclusive-of-nothing": (
        'levels = [{ level = "low" }, { level = "high", days = 30 }, { level = "last", days = 1 }]',
        'pattern = "low"',
        "deprecation.headers[3].inclusive: expected levels beside it, got nothing",
    ),
    "within-a-number": (
        "within = { days = 30 }",
        "within = 30",
        "deprecation.headers[4].within: expected ",
    ),
    "within-no-days": (
        "within = { days = 30 }",
        "within = { days = 0 }",
        "deprecation.headers[4].within.days: expected a whole number from 1 to 36500, got 0",
    ),
    "not-modified-in-words": (
        "on_live = false",
        'not_modified = "no"\non_live = false',
        'deprecation.not_modified: expected true or false, got "no"',
    ),
    "number-for-flag": ("on_live = false", "on_live = 0", "deprecation.on_live: expected true or false, got 0"),
    "sunset-status": ("status = 410", "status = true", "sunset.status: expected a status from 100 to 599, "),
    "sunset-pointer": ('"/error/migrate"', '"error"', "sunset.pointer: expected a JSON pointer such as "),
    "before-something-else": (
        'boundary = "end-of-day"',
        'before = ["credential"]',
        'sunset.before[0]: expected one of credentials, validation, routing, got "credential"',
    ),
    "cache-control-itself": (
        'boundary = "end-of-day"',
        'cache_control = "no-store"',
        'sunset.cache_control: expected true or false, got "no-store"',
    ),
    "unauthorized-in-words": (
        '[errors]\nenvelope = "problem"',
        '[errors]\nenvelope = "problem"\nunauthorized = "refused"',
        "errors.unauthorized: expected a status from 100 to 599, ",
    ),
    "unknown-boundary": (
        '"end-of-day"',
        '"end-of-dya"',
        'sunset.boundary: expected one of start-of-day, end-of-day, got "end-of-dya"; did you mean "end-of-day"?',
    ),
    "alias-of-nobody": (
        '[aliases.unversioned]\nversion = "v1"',
        '[aliases.unversioned]\nversion = "v9"',
        'aliases.unversioned.version: expected a declared version, got "v9"',
    ),
    "alias-without-prefix": (
        'prefix = "/api"\n',
        "",
        "aliases.unversioned.prefix: expected what stands before an operation's path instead of the version's prefix, got nothing",
    ),
    "alias-named-as-version": (
        "[aliases.unversioned]",
        "[aliases.v2]",
        'aliases.v2: expected a name that no version has, got "v2"',
    ),
    "credential-twice": (
        'header = "Authorization"',
        'header = "Authorization"\nquery = "key"',
        "credentials.key: expected exactly one of header, query and cookie, got header and query",
    ),
    "credential-nowhere": (
        'header = "Authorization"\n',
        "",
        "credentials.key: expected exactly one of header, query and cookie, got none",
    ),
    "secret-written-out": (
        "Bearer ${SHOP_TOKEN}",
        "Bearer sk_live_51f0a9",
        "credentials.key.value: expected the secret as ${NAME}, from the environment, got it written out",
    ),
    "unset-secret": (
        "${SHOP_TOKEN}",
        "${SHOP_TOKN}",
        "credentials.key.value: expected the environment variable SHOP_TOKN to be set, got nothing",
    ),
    "credential-for-nobody": (
        'SHOP_TOKEN}"\nversions = ["v1"]',
        'SHOP_TOKEN}"\nversions = ["v5"]',
        'credentials.key.versions[0]: expected a declared version, got "v5"',
    ),
    "neutral-no-operation": (
        '"GET /healthz"',
        '"/healthz"',
        'operations.neutral[0]: expected an operation such as "GET /things", got "/healthz"',
    ),
    "renamed-in-nobody": (
        'v2 = "POST /things" }',
        'v3 = "POST /things" }',
        'operations.renamed[0].v3: expected a declared version, got "v3"',
    ),
    "rule-with-unknown-key": (
        "skip = false",
        "skp = false",
        'operations.rules."GET /things/{id}".skp: unknown key; did you mean "skip"?',
    ),
    "value-of-no-use": (
        'id = ["th_1", "th_2"]',
        'id = { a = "b" }',
        "values.id: expected a string, a number, true or false, or a list of them, got",
    ),
    "too-few-examples": (
        "max_examples = 5",
        "max_examples = 0",
        "requests.max_examples: expected a whole number from 1 to 10000, got 0",
    ),
    "fraction-of-examples": (
        "max_examples = 5",
        "max_examples = 5.0",
        "requests.max_examples: expected a whole number from 1 to 10000, got 5.0",
    ),
    "number-that-is-none": (
        "timeout = 2.5",
        "timeout = nan",
        "requests.timeout: expected a number above 0, at most 600, got NaN",
    ),
    "rate-in-words": (
        'rate = "20/s"',
        'rate = "fast"',
        'requests.rate: expected a rate such as "20/s", "600/m" or "3600/h", got "fast"',
    ),
    "rate-too-far": (
        'rate = "20/s"',
        f'rate = "{"9" * 5000}/s"',
        'requests.rate: expected a rate such as "20/s", "600/m" or "3600/h", got "999',
    ),
    "unambiguous-in-words": (
        'covers = "newest"',
        'covers = "newest"\nunambiguous = "no"',
        "contract.unambiguous: ",
    ),
    "undeclared-in-words": (
        '["4xx", 503]',
        '["4xx", "503s"]',
        "contract.undeclared[1]: expected a status from 100 to 599, ",
    ),
    "served-without-slash": (
        'served = "/openapi.json"',
        'served = "openapi.json"',
        'contract.served: expected a path such as "/openapi.json", got "openapi.json"',
    ),
    "served-with-query": (
        'served = "/openapi.json"',
        'served = "/openapi.json#v1"',
        'contract.served: expected a path such as "/openapi.json", got "/openapi.json#v1"',
    ),
    "covers-one": (
        'covers = "newest"',
        'covers = "newst"',
        'contract.covers: expected one of all, newest, got "newst"',
    ),
    "hold-else": (
        'covers = "newest"',
        'hold = "exact"',
        'contract.hold: expected one of additive, same, got "exact"',
    ),
    "covers-nothing": (
        'served = "/openapi.json"\n',
        "",
        "contract.covers: expected contract.served beside it, got nothing",
    ),
    "holds-nothing": (
        'served = "/openapi.json"\ncovers = "newest"',
        'hold = "same"',
        "contract.hold: expected contract.served beside it, got nothing",
    ),
    "one-copy": ('["v1.yaml", "/docs/v1.yaml"]', '["v1.yaml"]', "contract.copies[0]: expected"),
    "copy-outside": (
        '["v1.yaml", "/docs/v1.yaml"]',
        '["v1.yaml", "../../../../../../../../../../etc/passwd"]',
        "contract.copies[0]: expected files inside ",
    ),
    "copy-with-nul": (
        '["v1.yaml", "/docs/v1.yaml"]',
        '["v1.yaml", "v\\u0000.yaml"]',
        "contract.copies[0]: expected files inside ",
    ),
    "declared-without-text": (
        'text = "Six months between deprecation and sunset."\n',
        "",
        "declared[0].text: expected what is promised, got nothing",
    ),
    "unknown-table": ("[contract]", "[contracts]", 'contracts: unknown key; did you mean "contract"?'),
    "unknown-table-near-nothing": (
        "[contract]",
        "[zzz]\na = 1\n\n[contract]",
        "zzz: unknown key (known: extends, api, ",
    ),
    "not-toml": ('name = "Shop"', "name = Shop", "api.name: expected TOML, got 'name = Shop' (invalid value)"),
    "string-that-never-ends": ('name = "Shop"', 'name = "Shop', "api.name: expected TOML, got 'name = \"Shop' ("),
    "list-that-never-ends": (
        'carriers = ["path", "header"]',
        'carriers = ["path", "header"',
        "versioning.carriers: expected TOML, got ",
    ),
    "header-that-never-ends": ("[requests]", "[requests", "requests: expected TOML, got '[requests' ("),
    "table-over-lines": (
        "values = { path = { id = ",
        "values = {\n  path = ",
        'operations.rules."GET /things/{id}".values: expected TOML, got ',
    ),
    "line-of-nothing": ("[operations]\n", "[operations]\n???\n", "expected TOML, got '???' ("),
    "key-twice": (
        'name = "Shop"',
        'name = "Shop"\nname = "Shop"',
        "api.name: expected each key once, got it again (first in line 4)",
    ),
    "table-twice": (
        "[envelopes.old]",
        "[envelopes.problem]\nempty = true\n\n[envelopes.old]",
        "envelopes.problem: expected each table once, got it again (first in line ",
    ),
    "misspelled-table": (
        "[versioning.header]",
        "[versioning.heder]",
        'versioning.heder: unknown key; did you mean "header"?',
    ),
    "date-for-name": ('name = "Shop"', "name = 2026-01-01", "api.name: expected some text, got 2026-01-01"),
    "nested-too-deep": (
        "max_examples = 5",
        f"max_examples = {'[' * 20_000}{']' * 20_000}",
        f"requests.max_examples: expected TOML, got 'max_examples = {'[' * 44}…' (nested too deeply)",
    ),
    "number-too-long": (
        "max_examples = 5",
        f"max_examples = {'9' * 5000}",
        "requests.max_examples: expected TOML, got ",
    ),
}
"""Every slip makes exactly one mistake."""
