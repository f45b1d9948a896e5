"""The Moonborn reference server: version in the path (`/v1`), `Deprecation: true` and `Sunset`, semver inside.

v1 is deprecated from 2026-11-16 and removed on 2027-05-16; v2 renames and retypes members of personas and memories. A
credential of the pro tier is shown one member more. Both versions see the same records.
"""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import functools
import itertools
import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime
from urllib.parse import quote

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Request, Response

from tests.apps import moonborn_data as data
from tests.apps.girard_fields import Json, Misfit, Record, query_choice, query_integer, record
from tests.apps.kit import ApiError, App, from_http, read_json, read_yaml, reply
from tests.apps.moonborn_bugs import BUGS

__all__ = ["BUGS", "ENVIRONMENT", "create_app"]

ENVIRONMENT = {"MOONBORN_TOKEN": "mb_free_2b7d90c4", "MOONBORN_PRO_TOKEN": "mb_pro_8e13f5a6"}
CONTRACTS = pathlib.Path(__file__).parents[2] / "contracts" / "moonborn"

V1_RELEASED = dt.datetime(2025, 5, 16, tzinfo=dt.UTC)
V2_RELEASED = dt.datetime(2026, 5, 16, tzinfo=dt.UTC)
V1_DEPRECATED = dt.datetime(2026, 11, 16, tzinfo=dt.UTC)
V1_SUNSET = dt.datetime(2027, 5, 16, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
RESOURCES = frozenset({"personas", "memories", "version"})
MIGRATION = "/v2/version"
"""Where a removed version sends people: it answers everyone, without a credential."""
SEMVER = {"v1": "1.4.2", "v2": "2.1.0"}
BUILD = "9f2c4be07d61a8e35c0b17f4d2a96e8130c5b7fa"


@functools.cache
def contract(version: str) -> Json:
    """The frozen contract of `version`, parsed."""
    return read_yaml(CONTRACTS / f"{version}.openapi.yaml")


@dataclass(kw_only=True)
class Moonborn(App):
    """One Moonborn service at one date."""

    store: data.Store = field(init=False)
    request_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        """Seed the store and lay the routes of both versions."""
        self.store = data.Store(today=self.today)
        for version in ("v1", "v2"):

            def on(methods: str, path: str, handler: str, *, at: str = version) -> None:
                self.route(methods, f"/{at}{path}", functools.partial(getattr(self, handler), at))

            on("GET", "/version", "get_version")
            on("GET", "/personas", "list_personas")
            on("POST", "/personas", "create_persona")
            on("GET", "/personas/<key>", "get_persona")
            on("PATCH", "/personas/<key>", "update_persona")
            on("DELETE", "/personas/<key>", "delete_persona")
            on("GET", "/personas/<key>/memories", "list_memories")
            on("POST", "/personas/<key>/memories", "create_memory")
            on("GET", "/memories/<key>", "get_memory")
            on("PUT", "/memories/<key>", "replace_memory")
            on("DELETE", "/memories/<key>", "delete_memory")
            if version == "v2":
                on("POST", "/personas/<key>/clone", "clone_persona")

    # Version selection and lifecycle

    def stage(self, version: str) -> str:
        """`planned`, `live`, `deprecated` or `sunset`, at `today`."""
        if version == "v2":
            return "live" if self.today >= V2_RELEASED else "planned"
        end = V1_SUNSET - DAY * self.bug("sunset-day-early") + DAY * self.bug("sunset-day-late")
        if self.bug("sunset-after-six-months"):
            end = V1_DEPRECATED
        if self.today >= end:
            return "sunset"
        if self.today >= V1_DEPRECATED - DAY * self.bug("deprecation-day-early"):
            return "deprecated"
        return "live" if self.today >= V1_RELEASED else "planned"

    def select(self, request: Request) -> tuple[str, str]:
        """The version that a request names, and the rest of its path."""
        parts = re.fullmatch(r"/([^/]+)(/.*)?", request.path, re.DOTALL)
        if parts is None:
            raise ApiError(404, "not_found", "Nothing lives at this path.")
        name, rest = parts[1], parts[2] or ""
        if name in RESOURCES:
            if self.bug("unversioned-served-as-v2"):
                return "v2", f"/{name}{rest}"
            status = 400 if self.bug("unversioned-answers-400") else 404
            raise ApiError(status, "not_found", "Nothing lives at this path; it has no version.")
        name = self.misread(name, request.headers.get("X-API-Version", ""))
        if name not in SEMVER or self.stage(name) == "planned":
            if self.bug("unknown-version-unauthorized-first"):
                self.tier(request)
            code = "not_found" if self.bug("unknown-version-code") else "version_unknown"
            status = 406 if self.bug("unknown-version-answers-406") else 404
            raise ApiError(status, code, "This API version does not exist.")
        return name, rest

    def misread(self, name: str, header: str) -> str:
        """The version name a server with a planted bug takes `name` for; an honest one takes it as it is."""
        if self.bug("malformed-version-crashes") and not re.fullmatch(r"v[0-9]+", name):
            raise ApiError(500, "internal", "invalid literal for int()")
        if self.bug("header-beats-path") and header in SEMVER:
            name = header
        if self.bug("header-rescues-bad-path") and name not in SEMVER and header in SEMVER:
            name = header
        if self.bug("minor-version-served"):
            name = re.sub(r"(?<=[0-9])\.[0-9]+$", "", name)
        if self.bug("leading-zero-version-served"):
            name = re.sub(r"^v0+(?=[1-9])", "v", name)
        if self.bug("upper-case-version-served"):
            name = name.lower()
        if self.bug("unicode-digit-version-served") and re.fullmatch(r"v\d", name):
            name = f"v{int(name[1:])}"
        if self.bug("unknown-version-served-by-newest") and re.fullmatch(r"v[1-9][0-9]*", name) and name != "v1":
            name = "v2"
        if self.bug("v3-already-answers") and name == "v3":
            name = "v2"
        return name

    def dispatch(self, request: Request) -> Response:
        """Version first, then sunset, then the route, the credential, the body."""
        if request.path == "/openapi.json":
            return self.document(request)
        if request.path == "/docs/openapi.yaml":
            return self.copied(request)
        version, rest = self.select(request)
        if self.stage(version) == "sunset" and not self.outlives(request, rest):
            return self.gone(request, version, rest)
        try:
            response = self.answer(request, version, rest)
        except (ApiError, HTTPException) as error:
            problem = from_http(error) if isinstance(error, HTTPException) else error
            response = self.render_error(request, problem)
        self.announce(response, version, rest)
        return response

    def answer(self, request: Request, version: str, rest: str) -> Response:
        """What the operation says, once version and lifecycle allow it."""
        handler, arguments = self.match(request, f"/{version}{rest}")
        neutral = rest == "/version" and not self.bug("version-needs-token")
        if not neutral and not (self.bug("memories-need-no-token") and rest.startswith("/memories/")):
            self.tier(request)
        try:
            return handler(request, **arguments)
        except Misfit as misfit:
            code = "invalid_parameter" if request.method in {"GET", "HEAD"} else "validation_failed"
            raise ApiError(400, code, str(misfit)) from misfit

    def tier(self, request: Request) -> str:
        """`free` or `pro`, by the bearer token.

        Raises:
            ApiError: 401 when there is no token or a wrong one.
        """
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        for tier, name in (("free", "MOONBORN_TOKEN"), ("pro", "MOONBORN_PRO_TOKEN")):
            if scheme.lower() == "bearer" and token.strip() == ENVIRONMENT[name]:
                return tier
        raise ApiError(401, "unauthorized", "A valid bearer token is required.")

    def outlives(self, request: Request, rest: str) -> bool:
        """Whether a planted bug keeps this request of a removed version alive; never so without a bug."""
        return (
            (self.bug("sunset-only-stops-get") and request.method not in {"GET", "HEAD"})
            or (self.bug("sunset-post-still-served") and request.method == "POST" and rest == "/personas")
            or (self.bug("sunset-version-still-served") and rest == "/version")
        )

    def gone(self, request: Request, version: str, rest: str) -> Response:
        """The answer of a version after its removal, whatever was asked of it."""
        if self.bug("sunset-redirects"):
            return reply(None, 301, {"Location": f"/v2{quote(rest)}"})
        if self.bug("sunset-has-side-effect") and request.method == "DELETE":
            with contextlib.suppress(ApiError, HTTPException):
                self.answer(request, version, rest)
        if self.bug("sunset-body-empty"):
            return reply(None, 410)
        code = "gone" if self.bug("sunset-code") else "version_removed"
        migration = "/v2/migrate-from-v1" if self.bug("sunset-migration-dead") else MIGRATION
        if self.bug("sunset-migration-in-a-circle"):
            migration = "/v1/version"
        more: Record = {} if self.bug("sunset-without-migration") else {"migration": migration}
        status = 404 if self.bug("sunset-answers-404") else 410
        return self.render_error(request, ApiError(status, code, f"API version {version} was removed.", **more))

    def announce(self, response: Response, version: str, rest: str) -> None:
        """Write the deprecation headers on an answer of a deprecated version."""
        if self.stage(version) != "deprecated" and not (self.bug("deprecation-on-v2") and version == "v2"):
            return
        if self.bug("deprecation-missing-on-errors") and response.status_code >= 400:
            return
        if self.bug("deprecation-missing-on-memory-read") and rest.startswith("/memories/"):
            return
        if self.bug("deprecation-missing-on-version") and rest == "/version":
            return
        sunset = format_datetime(V1_SUNSET + DAY * self.bug("sunset-header-other-day"), usegmt=True)
        if self.bug("sunset-header-wrong-weekday"):
            sunset = f"Mon{sunset[3:]}"
        if self.bug("sunset-header-iso"):
            sunset = V1_SUNSET.date().isoformat()
        deprecation = "True" if self.bug("deprecation-capital") else "true"
        if self.bug("deprecation-is-date"):
            deprecation = f"@{int(V1_DEPRECATED.timestamp())}"
        response.headers["Deprecation"] = deprecation
        if not self.bug("sunset-header-missing"):
            response.headers["Sunset"] = sunset

    def render_error(self, request: Request, error: ApiError) -> Response:
        """The one envelope of every version; only a removed version adds `migration`."""
        headers = {"Allow": error.details["allow"]} if "allow" in error.details else {}
        if error.status == 401:
            headers["WWW-Authenticate"] = 'Bearer realm="moonborn"'
        status, code = error.status, error.code.lower()
        if self.bug("unauthorized-is-text") and status == 401:
            return Response("Unauthorized", 401, headers, content_type="text/plain")
        if self.bug("unknown-route-is-html") and status == 404 and "not found on the server" in error.message:
            return Response("<h1>Not Found</h1>", 404, content_type="text/html")
        if self.bug("wrong-method-is-empty") and status == 405:
            return reply(None, 405, headers)
        if self.bug("wrong-method-answers-404") and status == 405:
            status, code = 404, "not_found"
        if self.bug("not-found-flat") and status == 404 and error.message.startswith("No such"):
            return reply({"error": error.message}, 404)
        if self.bug("error-code-upper-case") and code == "invalid_json":
            code = code.upper()
        body: Record = {"code": code, "message": error.message, "requestId": f"req_{next(self.request_ids):08d}"}
        if "migration" in error.details:
            body["migration"] = error.details["migration"]
        if self.bug("validation-without-request-id") and code == "validation_failed":
            del body["requestId"]
        return reply({"error": body}, status, headers)

    # Operations; the first argument is the version they are asked in

    def document(self, request: Request) -> Response:
        """`/openapi.json`: the contract of the newest released version, for everyone."""
        if request.method not in {"GET", "HEAD"}:
            raise from_http(MethodNotAllowed(["GET", "HEAD"]))
        shown = contract("v1" if self.stage("v2") == "planned" or self.bug("openapi-json-stale") else "v2")
        if self.bug("openapi-json-lists-ghost"):
            shown = copy.deepcopy(shown)
            shown["paths"]["/v2/dreams"] = {
                "get": shown["paths"]["/v2/personas"]["get"] | {"operationId": "listDreams"}
            }
        return reply(shown)

    def copied(self, request: Request) -> Response:
        """`/docs/openapi.yaml`: the file of the newest contract, byte for byte."""
        if request.method not in {"GET", "HEAD"}:
            raise from_http(MethodNotAllowed(["GET", "HEAD"]))
        content = (CONTRACTS / f"{'v1' if self.stage('v2') == 'planned' else 'v2'}.openapi.yaml").read_bytes()
        content += b"\n" * self.bug("docs-copy-ends-otherwise")
        return Response(content, content_type="application/yaml")

    def get_version(self, version: str, request: Request) -> Response:
        """Which release answers."""
        deployed = min(dt.datetime(2026, 10, 5, 8, tzinfo=dt.UTC), self.today - DAY)
        if self.bug("version-deployed-tomorrow"):
            deployed = self.today + DAY
        number = SEMVER["v2" if self.bug("version-major-mismatch") else version]
        shown = {"apiVersion": number, "buildSha": BUILD, "deployedAt": data.instant(deployed)}
        if self.bug("version-with-v"):
            shown["apiVersion"] = f"v{number}"
        if self.bug("version-sha-missing") and version == "v2":
            del shown["buildSha"]
        if self.bug("version-deployed-local"):
            shown["deployedAt"] = shown["deployedAt"].removesuffix("Z")
        response = reply(shown)
        response.date = self.today
        return response

    def shelved(self, kind: str, key: str) -> Record:
        """The persona or memory with this id."""
        item = (self.store.personas if kind == "persona" else self.store.memories).records.get(key)
        if item is None:
            raise ApiError(404, "not_found", f"No such {kind}.")
        return item

    def show_persona(self, version: str, item: Record, tier: str) -> Record:
        """A persona in the view of `version`, for a credential of `tier`."""
        shown = {**item, "memoryCount": len(self.store.memories.newest(personaId=item["id"]))}
        if version == "v1":
            return data.persona_v1(shown) if not self.bug("v1-persona-shown-as-v2") else shown
        pro = tier == "pro" and not self.bug("pro-field-kept-from-pro")
        if pro or self.bug("pro-field-leaks-to-free"):
            shown["insights"] = {"mood": "steady", "since": shown["createdAt"]}
        if self.bug("warmth-is-text"):
            shown["warmth"] = f"{shown['warmth']:.0%}"
        if self.bug("unknown-archetype-shown"):
            shown["archetype"] = "trickster"
        return shown

    def persona(self, version: str, request: Request, item: Record, status: int = 200) -> Response:
        """One persona, with its place when it is new."""
        shown = self.show_persona(version, item, self.tier(request))
        if self.bug("created-at-missing") and version == "v1":
            del shown["createdAt"]
        if self.bug("memory-count-vanished") and version == "v1":
            del shown["memoryCount"]
        if self.bug("tagline-null-became-number") and version == "v1" and shown["tagline"] is None:
            shown["tagline"] = 0
        return reply(
            shown, status, {"Location": f"/{version}/personas/{item['id']}"} if status // 100 == 2 != status else {}
        )

    def show_memory(self, version: str, item: Record) -> Record:
        """A memory in the view of `version`."""
        shown = data.memory_v1(item) if version == "v1" else dict(item)
        if self.bug("importance-is-integer-again") and version == "v2":
            shown["importance"] = data.memory_v1(item)["importance"]
        return shown

    def read_persona(self, version: str, request: Request, *, partial: bool = False) -> Record:
        """The persona body of a request, in the stored shape."""
        longest = 40 if self.bug("name-limit-tightened") and version == "v1" else 80
        required = self.bug("tagline-now-required") and version == "v1"
        fields = data.persona_fields(version, longest_name=longest, tagline_required=required)
        body: Record = record(fields, partial=partial)(read_json(request), "")
        return data.persona_from_v1(body) if version == "v1" else body

    def read_memory(self, version: str, request: Request) -> Record:
        """The memory body of a request, in the stored shape."""
        sent = read_json(request)
        body: Record = record(data.memory_fields(version))(sent, "")
        if self.bug("default-pinned") and "pinned" not in sent:
            body["pinned"] = True
        return data.memory_from_v1(body) if version == "v1" else body

    def paged(self, version: str, request: Request, items: list[Record]) -> tuple[slice, Record]:
        """Which of `items` are on the page asked for, and what the answer says about it."""
        largest = 50 if self.bug("page-size-tightened") else 100
        usual = 2 if self.bug("page-size-drifts") and version == "v1" else 25
        size = query_integer(request, "pageSize", default=usual, lowest=1, highest=largest)
        page = query_integer(request, "page", default=1, lowest=1, highest=1000)
        about: Record = {"page": page, "pageSize": size, "total": len(items)}
        if version == "v2":
            about = {"page": {"number": page, "size": size, "total": len(items)}}
        return slice((page - 1) * size, page * size), about

    def list_personas(self, version: str, request: Request) -> Response:
        """The personas, newest first, of one archetype if asked so."""
        found = self.store.personas.newest(archetype=query_choice(request, "archetype", data.ARCHETYPES))
        part, about = self.paged(version, request, found)
        tier = self.tier(request)
        return reply({"items": [self.show_persona(version, item, tier) for item in found[part]], **about})

    def create_persona(self, version: str, request: Request) -> Response:
        """Store a new persona."""
        status = 202 if self.bug("create-answers-202") and version == "v2" else 201
        return self.persona(version, request, self.store.add_persona(self.read_persona(version, request)), status)

    def get_persona(self, version: str, request: Request, key: str) -> Response:
        """One persona."""
        return self.persona(version, request, self.shelved("persona", key))

    def update_persona(self, version: str, request: Request, key: str) -> Response:
        """Change the members of a persona that are given."""
        item = self.shelved("persona", key)
        return self.persona(
            version, request, self.store.change_persona(item, self.read_persona(version, request, partial=True))
        )

    def delete_persona(self, version: str, request: Request, key: str) -> Response:
        """Remove a persona; its memories stay."""
        item = self.shelved("persona", key)
        self.store.personas.drop(item["id"])
        return reply({"deleted": True}) if self.bug("delete-answers-200") and version == "v1" else reply(None, 204)

    def clone_persona(self, version: str, request: Request, key: str) -> Response:
        """Store a copy of a persona, under another name if one is given."""
        item, body = self.shelved("persona", key), data.CLONE(read_json(request), "")
        own = {name: item[name] for name in data.persona_fields("v2")}
        return self.persona(
            version,
            request,
            self.store.add_persona({**own, "displayName": body["displayName"] or item["displayName"]}),
            201,
        )

    def list_memories(self, version: str, request: Request, key: str) -> Response:
        """The memories of one persona, newest first."""
        found = self.store.memories.newest(personaId=self.shelved("persona", key)["id"])
        part, about = self.paged(version, request, found)
        response = reply({"items": [self.show_memory(version, item) for item in found[part]], **about})
        if self.bug("memory-list-is-problem-json"):
            response.content_type = "application/problem+json"
        return response

    def create_memory(self, version: str, request: Request, key: str) -> Response:
        """Store a new memory of a persona."""
        item = self.store.add_memory(self.shelved("persona", key)["id"], self.read_memory(version, request))
        return reply(self.show_memory(version, item), 201, {"Location": f"/{version}/memories/{item['id']}"})

    def get_memory(self, version: str, request: Request, key: str) -> Response:
        """One memory."""
        return reply(self.show_memory(version, self.shelved("memory", key)))

    def replace_memory(self, version: str, request: Request, key: str) -> Response:
        """Put a new body in the place of a memory's."""
        item = self.shelved("memory", key)
        return reply(self.show_memory(version, self.store.change_memory(item, self.read_memory(version, request))))

    def delete_memory(self, version: str, request: Request, key: str) -> Response:
        """Remove a memory."""
        self.store.memories.drop(self.shelved("memory", key)["id"])
        return reply(None, 204)


def create_app(*, today: dt.datetime, bugs: frozenset[str] = frozenset()) -> Moonborn:
    """The Moonborn service as it stands at `today` (aware, UTC), with the named bugs planted."""
    unknown = bugs - BUGS.keys()
    if unknown:
        raise ValueError(f"no such bugs: {', '.join(sorted(unknown))}")
    return Moonborn(today=today, bugs=bugs)
