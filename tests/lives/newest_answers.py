"""A service whose newest version answers whoever names none, or one that is over, and what its headers say of all this."""

from __future__ import annotations

import datetime as dt
import re

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, Api, Refused, document, error, operation, record, reply

DAY, LATER = "2026-11-20", "2026-12-01"
V3_BEGINS = dt.date(2026, 12, 1)
POLICY = f"""
[api]
name = "Newest"
base_url = "${{ODD_URL}}"

[versioning]
scheme = "vN"
carriers = ["header", "accept"]
header = {{ name = "X-Version" }}
accept = {{ parameter = "v", spelling = "{{number}}" }}
bounds = ["v1", "v99"]
missing = {{ default = "newest" }}
unknown = {{ reject = 404, code = "no_version" }}
malformed = {{ reject = 400, code = "not_a_version" }}
empty = {{ accept = true }}
conflicting = {{ accept = true }}
duplicated = {{ accept = true }}
echo = {{ header = "X-Served", on = ["2xx"], versions = ["v2", "v3"] }}
lists = [{{ header = "X-Versions", stages = ["live", "deprecated"], order = "oldest-first" }}]

[versions.v1]
contract = "v1.json"
deprecated = 2026-01-01
sunset = 2026-06-01T00:00:00Z

[versions.v2]
contract = "v2.json"
deprecated = 2026-11-01

[versions.v3]
contract = "v3.json"
released = {V3_BEGINS}

[sunset]
served_by = "newest"

[deprecation]
headers = [{{ name = "Deprecation", dialect = "sf-date", date = "deprecated" }}]

[[headers]]
name = "X-Powered-By"
absent = true

[[headers]]
name = "Cache-Control"
absent = true
refusals = true

[[headers]]
name = "X-Revision"
on = [304]

[[headers]]
name = "X-Request-Id"
on = ["*"]
{ENVELOPE}
[[waivers]]
check = "AV105"
version = "v2"
reason = "v3 is not there yet"
until = 2026-11-30

[requests]
max_examples = 3
"""
_SHOWN = record(id={"type": "string"})
V1, V2, V3 = (
    document(
        {"/things": {"get": operation({200: {"type": "array", "items": items}, "4XX": {"type": "object"}})}},
    )
    for items in (_SHOWN, _SHOWN, record(id={"type": "string"}, owner={"type": "string"}))
)


class Service(Api):
    """The service on a day."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug = bug
        self.newest = "v3" if now.date() >= V3_BEGINS else "v2"
        self.on("GET", "/things")(self.listed)

    def named(self, request: Request) -> str:
        """What the request names, empty where it names nothing."""
        in_header = request.headers.get("X-Version", "")
        found = re.search(r';\s*v=(?:"([^"]*)"|([^;,\s]*))', request.headers.get("Accept", ""))
        in_accept = (found[1] or found[2] or "") if found else ""
        if in_accept == "2" and self.bug == "v2-has-a-letter-in-accept":
            return in_header or "2"
        return in_header or (f"v{in_accept}" if in_accept else "")

    def selected(self, request: Request) -> tuple[str, str]:
        """The version, and the path."""
        named = self.named(request)
        if named and not re.fullmatch(r"v[1-9][0-9]?", named, re.ASCII):
            raise error(400, "not_a_version")
        if named == "v99" and self.bug == "v99-is-not-a-version":
            raise error(400, "not_a_version")
        if not named:
            return "v1" if self.bug == "who-names-none-gets-the-oldest" else self.newest, request.path
        if named == "v1":
            if self.bug == "v1-is-refused":
                raise error(410, "gone")
            return "v2" if self.bug == "v1-is-served-by-v2" else self.newest, request.path
        if named not in {"v2", self.newest}:
            raise error(404, "no_version")
        return named, request.path

    def listed(self, _: Request, version: str) -> Response:
        """`GET /things`."""
        return reply([{"id": "a"} | ({"owner": "me"} if version == "v3" else {})])

    def answer(self, request: Request) -> Response:
        """The answer with all that middleware adds."""
        version = ""
        try:
            version, _ = self.selected(request)
            response = super().answer(request)
        except Refused as refused:
            response = refused.response
        headers = response.headers
        tag = f'"{version}"'
        if response.status_code == 200 and version:
            if request.headers.get("If-None-Match") == tag:
                response = Response(status=304)
                headers = response.headers
                if self.bug != "a-304-without-its-revision":
                    headers["X-Revision"] = "7"
            headers["ETag"] = tag
        if version == "v2" and not (response.status_code == 304 and self.bug == "a-304-is-silent"):
            headers["Deprecation"] = "@1793491200"
        if version and response.status_code == 200 and not (self.bug == "v3-does-not-say-so" and version == "v3"):
            headers["X-Served"] = version
        names = ["v2"] + ["v3"] * (self.newest == "v3")
        headers["X-Versions"] = ", ".join(names[::-1] if self.bug == "lists-the-newest-first" else names)
        if self.bug == "says-what-it-is-made-with" and response.status_code == 200:
            headers["X-Powered-By"] = "Odd"
        if self.bug == "refusals-are-kept" and not version:
            headers["Cache-Control"] = "max-age=60"
        if not (self.bug == "refusals-have-no-id" and not version):
            headers["X-Request-Id"] = "1"
        return response


LIFE = Life(
    name="newest-answers",
    policy=POLICY,
    documents={"v1.json": V1, "v2.json": V2, "v3.json": V3},
    make=Service,
    whole=False,
    subject="v2",
    honest={
        DAY: frozenset({"AV203", "AV210", "AV222", "AV501", "AV701"}),
        LATER: frozenset({"AV203", "AV210", "AV222", "AV501", "AV701"}),
    },
    bugs={
        "who-names-none-gets-the-oldest": Bug(day=LATER, codes=("AV207",)),
        "v1-is-refused": Bug(day=LATER, codes=("AV605",)),
        "v1-is-served-by-v2": Bug(day=LATER, codes=("AV605",)),
        "v99-is-not-a-version": Bug(day=LATER, codes=("AV203",)),
        "v2-has-a-letter-in-accept": Bug(
            day=LATER,
            codes=("AV200", "AV215"),
            reason="it is not read in Accept, however HTTP lets it be written there",
        ),
        "v3-does-not-say-so": Bug(day=LATER, codes=("AV210",)),
        "lists-the-newest-first": Bug(day=LATER, codes=("AV222",)),
        "says-what-it-is-made-with": Bug(day=LATER, codes=("AV701",)),
        "refusals-are-kept": Bug(day=LATER, codes=("AV701",)),
        "refusals-have-no-id": Bug(day=LATER, codes=("AV701",)),
        "a-304-without-its-revision": Bug(day=LATER, codes=("AV701",)),
        "a-304-is-silent": Bug(day=LATER, codes=("AV501",)),
    },
)
