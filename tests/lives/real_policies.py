"""Three real policies, each held against a small server made for it.

GitLab, "REST API deprecations" (docs.gitlab.com/api/rest/deprecations, read on 2026-11-29), sections "merged_by API field", "merge_status API field" and
"Runner usage of active replaced by paused": fields and a parameter are deprecated inside v4, and stay until a v5 for which no day is set.

GitHub, "Sunset Notice: Deprecated Teams API Endpoints" (github.blog/changelog, 2022-02-22), sections "Brownouts", "Removal" and "Affected endpoints"; the headers
as octokit/request.js issue 332 quotes them: `Deprecation` is an HTTP date, `Link` leads to the notice. The sunset was paused on 2022-03-04; held is what was announced.

Kubernetes, "Deprecated API Migration Guide" (kubernetes.io/docs/reference/using-api/deprecation-guide, read on 2026-11-29), section "v1.32": a beta of one API
group is no longer served from a minor release on; "Kubernetes Deprecation Policy", rule 4a: nine months or three minor releases, whichever is longer.
The days are those on which v1.26 (2022-12-09), v1.29 (2023-12-13) and v1.32 (2024-12-11) were released.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import API, Api, Refused, document, json_object, operation, record, reply

# GitLab.

GITLAB_DAY = "2026-11-20"
GITLAB = f"""{API}
[versioning]
scheme = "vN"
carriers = ["path"]
path = {{ template = "/api/{{version}}" }}
unknown = {{ reject = 404 }}
malformed = {{ reject = 404 }}

[versions.v4]
contract = "v4.json"

[deprecation]
documented = true

[[lifecycle]]
operations = ["GET /merge_requests/{{iid}}"]
response_members = ["/merged_by", "/merge_status"]
deprecated = true

[[lifecycle]]
operations = ["PUT /runners/{{id}}"]
request_members = ["/active"]
deprecated = true

[values]
iid = "1"
id = "7"

[operations.rules."PUT /runners/{{id}}"]
harmless = true

[requests]
max_examples = 4
"""
_TEXT: Any = {"type": "string", "maxLength": 20}
_FLAG: Any = {"type": "boolean"}
_OLD = {"deprecated": True}
_MERGE_REQUEST = record(
    iid={"type": "integer"},
    merge_user=_TEXT,
    detailed_merge_status=_TEXT,
    merged_by={**_TEXT, **_OLD},
    merge_status={**_TEXT, **_OLD},
)
_RUNNER = record(id={"type": "integer"}, paused=_FLAG)
_CHANGE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"paused": _FLAG, "active": {**_FLAG, **_OLD}},
}
_ERROR = {"type": "object", "required": ["message"]}


def _named(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "integer"}}


GITLAB_V4: Any = document(
    {
        "/merge_requests/{iid}": {
            "get": operation({200: _MERGE_REQUEST, "4XX": _ERROR}, parameters=[_named("iid")]),
        },
        "/runners/{id}": {
            "put": operation({200: _RUNNER, "4XX": _ERROR}, body=_CHANGE, parameters=[_named("id")]),
        },
    },
    servers=[{"url": "/api/v4"}],
)


def _refused(status: int, message: str) -> Refused:
    return Refused(reply({"message": message}, status))


class GitLab(Api):
    """Merge requests and runners of v4."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(
            select=self.selected,
            missing=lambda: _refused(404, "404 Not Found"),
            wrong_method=lambda: _refused(405, "405 Method Not Allowed"),
        )
        self.bug, self.paused = bug, False
        self.on("GET", "/merge_requests/{iid}")(self.shown)
        self.on("PUT", "/runners/{id}")(self.changed)

    def selected(self, request: Request) -> tuple[str, str]:
        """The path behind `/api/v4`."""
        if not request.path.startswith("/api/v4/"):
            raise _refused(404, "404 API Version Not Found")
        return "v4", request.path.removeprefix("/api/v4")

    def shown(self, _: Request, __: str, iid: str) -> Response:
        """`GET /merge_requests/{iid}`."""
        if iid != "1":
            raise _refused(404, "404 Not found")
        found = {"iid": 1, "merge_user": "ann", "detailed_merge_status": "mergeable"}
        old = {"merged_by": "ann", "merge_status": "can_be_merged"}
        return reply(found if self.bug == "gitlab-drops-merged-by" else {**found, **old})

    def changed(self, request: Request, _: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /runners/{id}`."""
        try:
            body = json_object(request)
        except Refused as refused:
            raise _refused(refused.response.status_code, "400 Bad request") from None
        if not body.keys() <= {"paused", "active"} or not all(isinstance(each, bool) for each in body.values()):
            raise _refused(400, "400 Bad request")
        if "active" in body and self.bug == "gitlab-refuses-active":
            raise _refused(400, "active is gone: use paused")
        if id != "7":
            raise _refused(404, "404 Not found")
        self.paused = body.get("paused", not body.get("active", not self.paused))
        return reply({"id": 7, "paused": self.paused})


# GitHub.

GITHUB_SINCE = dt.datetime(2020, 2, 1, tzinfo=dt.UTC)
GITHUB_END = dt.datetime(2022, 3, 15, 14, tzinfo=dt.UTC)
GITHUB_BROWNOUTS = (
    (dt.datetime(2022, 3, 1, 14, tzinfo=dt.UTC), dt.datetime(2022, 3, 2, 2, tzinfo=dt.UTC)),
    (dt.datetime(2022, 3, 8, 14, tzinfo=dt.UTC), dt.datetime(2022, 3, 9, 14, tzinfo=dt.UTC)),
)
GITHUB_NOTICE = "https://docs.github.com/changes/2020-01-21-moving-the-team-api-endpoints/"
GITHUB_QUIET, GITHUB_BROWN, GITHUB_AGAIN, GITHUB_OVER = (
    "2022-02-28",
    "2022-03-01T14:00:00",
    "2022-03-02T02:00:00",
    "2022-03-15T14:00:00",
)
GITHUB = f"""{API}
[versioning]
scheme = "vN"
carriers = ["accept"]
missing = {{ default = "v3" }}
accept = {{ template = "application/vnd.github.{{version}}+json", weights = false }}
unknown = {{ reject = 415 }}
malformed = {{ reject = 415 }}

[versions.v3]
contract = "v3.json"

[[lifecycle]]
operations = ["GET /teams/{{team_id}}"]
deprecated = 2020-02-01
sunset = 2022-03-15T14:00:00Z
brownouts = [
  {{ from = 2022-03-01T14:00:00Z, until = 2022-03-02T02:00:00Z }},
  {{ from = 2022-03-08T14:00:00Z, until = 2022-03-09T14:00:00Z }},
]
successor = "GET /organizations/{{org_id}}/team/{{team_id}}"
headers = [
  {{ name = "Deprecation", dialect = "imf-fixdate", date = "deprecated", legacy = true }},
  {{ name = "Sunset", dialect = "imf-fixdate", date = "sunset" }},
]
links = [{{ rel = "deprecation", href = "{GITHUB_NOTICE}", type = "text/html" }}]
gone = {{ status = 410 }}

[errors]
envelope = "message"

[envelopes.message]
media_type = "application/json"
schema = {{ type = "object", required = ["message"] }}

[values]
team_id = "1"
org_id = "2"
"""
_TEAM = record(id={"type": "integer"}, name=_TEXT)
GITHUB_V3: Any = document(
    {
        "/teams/{team_id}": {
            "get": operation({200: _TEAM, "4XX": _ERROR}, parameters=[_named("team_id")], deprecated=True)
        },
        "/organizations/{org_id}/team/{team_id}": {
            "get": operation({200: _TEAM, "4XX": _ERROR}, parameters=[_named("org_id"), _named("team_id")])
        },
    }
)


class GitHub(Api):
    """Teams at their old path and at their new one."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(
            select=self.selected,
            missing=lambda: _refused(404, "Not Found"),
            wrong_method=lambda: _refused(405, "Method Not Allowed"),
        )
        self.now, self.bug = now, bug
        self.on("GET", "/teams/{team_id}")(self.old)
        self.on("GET", "/organizations/{org_id}/team/{team_id}")(self.new)

    def selected(self, request: Request) -> tuple[str, str]:
        """The version in `Accept`, v3 where there is none."""
        accept = request.headers.get("Accept", "*/*")
        if "vnd.github." in accept and "vnd.github.v3+json" not in accept:
            raise _refused(415, "Must accept 'application/vnd.github.v3+json'.")
        return "v3", request.path

    def old(self, _: Request, version: str, team_id: str) -> Response:
        """`GET /teams/{team_id}`."""
        brown = any(begins <= self.now < ends for begins, ends in GITHUB_BROWNOUTS)
        if self.now >= GITHUB_END or (brown and self.bug != "github-has-no-brownout"):
            raise _refused(410, "This endpoint is gone.")
        return self.told(self.team(team_id))

    def new(self, _: Request, version: str, org_id: str, team_id: str) -> Response:
        """`GET /organizations/{org_id}/team/{team_id}`."""
        if org_id != "2":
            raise _refused(404, "Not Found")
        answer = self.team(team_id)
        return self.told(answer) if self.bug == "github-announces-the-new-path" else answer

    def team(self, team_id: str) -> Response:
        """A team."""
        if team_id != "1":
            raise self.told_of(_refused(404, "Not Found"))
        return reply({"id": 1, "name": "Octocats"})

    def told_of(self, refused: Refused) -> Refused:
        """The refusal; what it announces is added by the answer."""
        return refused

    def told(self, answer: Response) -> Response:
        """The answer, with what announces the end of the old path."""
        if self.bug != "github-is-silent":
            week = dt.timedelta(days=self.bug == "github-begins-the-week-a-day-late")
            end = GITHUB_END + dt.timedelta(days=self.bug == "github-names-another-day")
            for name, day in (("Deprecation", GITHUB_SINCE), ("Sunset", end)):
                answer.headers[name] = f"{day + week:%a}, {day:%d %b %Y %H:%M:%S} GMT"
            answer.headers["Link"] = f'<{GITHUB_NOTICE}>; rel="deprecation"; type="text/html"'
        return answer

    def answer(self, request: Request) -> Response:
        """Errors of the old path announce its end, too."""
        try:
            return super().answer(request)
        except Refused as refused:
            found = request.path.startswith("/teams/") and request.method in {"GET", "HEAD"}
            if found and refused.response.status_code == _NOT_FOUND:
                self.told(refused.response)
            raise


_NOT_FOUND = 404

# Kubernetes.

K8S_DEPRECATED, K8S_END = dt.date(2023, 12, 13), dt.date(2024, 12, 11)
K8S_BEFORE, K8S_LAST, K8S_OVER = "2023-12-12", "2024-12-10", "2024-12-11"
GROUP = "flowcontrol.apiserver.k8s.io"
WARNING = (
    f'299 - "{GROUP}/v1beta3 FlowSchema is deprecated in v1.29+, unavailable in v1.32+; use {GROUP}/v1 FlowSchema"'
)
KUBERNETES = f"""extends = "kubernetes"
{API}
[versioning]
path = {{ template = "/apis/{GROUP}/{{version}}" }}

[versions.v1beta3]
contract = "v1beta3.json"
released = 2022-12-09
deprecated = {K8S_DEPRECATED}
deprecated_in = "1.29"
sunset = {K8S_END}T00:00:00Z
sunset_in = "1.32"
successor = "v1"
notice = {{ months = 9, minor_releases = 3 }}

[versions.v1]
contract = "v1.json"
released = {K8S_DEPRECATED}

[deprecation]
headers = [{{ name = "Warning", pattern = '299 - "{GROUP}/{{version}} FlowSchema is deprecated in v1\\.29\\+, unavailable in v1\\.32\\+; use {GROUP}/v1 FlowSchema"', on = ["2xx"] }}]
"""


def _group(version: str) -> Any:
    items = {"type": "array", "items": record(name=_TEXT)}
    listed = record(kind={"const": "FlowSchemaList"}, apiVersion={"const": f"{GROUP}/{version}"}, items=items)
    return document(
        {"/flowschemas": {"get": operation({200: listed, "4XX": {}})}}, servers=[{"url": f"/apis/{GROUP}/{version}"}]
    )


class Kubernetes(Api):
    """One group of an API server, on the day of a minor release."""

    def __init__(self, now: dt.datetime, bug: str = "") -> None:
        super().__init__(
            select=self.selected,
            missing=lambda: self.status(404, "NotFound"),
            wrong_method=lambda: self.status(405, "MethodNotAllowed"),
        )
        late = {"kubernetes-serves-the-beta-in-1.32": 1, "kubernetes-ends-the-beta-early": -1}.get(bug, 0)
        self.today, self.bug = now.date(), bug
        self.over = self.today >= K8S_END + dt.timedelta(days=late)
        self.on("GET", "/flowschemas")(self.listed)

    def status(self, status: int, reason: str) -> Refused:
        """A `Status` object."""
        told = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "reason": reason}
        return Refused(reply({**told, "message": reason, "code": status}, status))

    def selected(self, request: Request) -> tuple[str, str]:
        """What of the group is served by now."""
        serves = {"v1"} if self.today >= K8S_DEPRECATED else set()
        serves |= set() if self.over else {"v1beta3"}
        head, _, rest = request.path.removeprefix(f"/apis/{GROUP}/").partition("/")
        if not request.path.startswith(f"/apis/{GROUP}/") or head not in serves:
            raise Refused(Response("404 page not found", 404, content_type="text/plain"))
        return head, f"/{rest}"

    def listed(self, _: Request, version: str) -> Response:
        """`GET /flowschemas`."""
        answer = reply({"kind": "FlowSchemaList", "apiVersion": f"{GROUP}/{version}", "items": [{"name": "exempt"}]})
        warned = self.today >= K8S_DEPRECATED and self.bug != "kubernetes-does-not-warn"
        if warned and (version == "v1beta3" or self.bug == "kubernetes-warns-of-the-stable"):
            answer.headers["Warning"] = WARNING
        return answer


LIVES = [
    Life(
        name="gitlab",
        policy=GITLAB,
        documents={"v4.json": GITLAB_V4},
        make=GitLab,
        honest={GITLAB_DAY: frozenset({"AV301", "AV302", "AV315", "AV604"})},
        subject="v4",
        bugs={
            "gitlab-drops-merged-by": Bug(day=GITLAB_DAY, codes=("AV301",)),
            "gitlab-refuses-active": Bug(day=GITLAB_DAY, codes=("AV302",)),
        },
        whole=False,
    ),
    Life(
        name="github-teams",
        policy=GITHUB,
        documents={"v3.json": GITHUB_V3},
        make=GitHub,
        honest={
            GITHUB_QUIET: frozenset({"AV501", "AV502", "AV503", "AV504", "AV505", "AV604"}),
            GITHUB_BROWN: frozenset({"AV502", "AV601", "AV608"}),
            GITHUB_AGAIN: frozenset({"AV501", "AV604"}),
            GITHUB_OVER: frozenset({"AV502", "AV601", "AV608"}),
        },
        subject="v3",
        bugs={
            "github-is-silent": Bug(day=GITHUB_QUIET, codes=("AV501",)),
            "github-announces-the-new-path": Bug(day=GITHUB_QUIET, codes=("AV502",)),
            "github-names-another-day": Bug(day=GITHUB_QUIET, codes=("AV504",)),
            "github-begins-the-week-a-day-late": Bug(day=GITHUB_QUIET, codes=("AV503",)),
            "github-has-no-brownout": Bug(day=GITHUB_BROWN, codes=("AV601",)),
        },
        whole=False,
    ),
    Life(
        name="kubernetes-group",
        policy=KUBERNETES,
        documents={"v1beta3.json": _group("v1beta3"), "v1.json": _group("v1")},
        make=Kubernetes,
        honest={
            K8S_BEFORE: frozenset({"AV502"}),
            K8S_LAST: frozenset({"AV103", "AV501", "AV604"}),
            K8S_OVER: frozenset({"AV601"}),
        },
        subject="v1beta3",
        bugs={
            "kubernetes-does-not-warn": Bug(day=K8S_LAST, codes=("AV501",)),
            "kubernetes-warns-of-the-stable": Bug(day=K8S_LAST, codes=("AV502",)),
            "kubernetes-serves-the-beta-in-1.32": Bug(day=K8S_OVER, codes=("AV601",)),
            "kubernetes-ends-the-beta-early": Bug(
                day=K8S_LAST,
                codes=("AV302", "AV401"),
                reason="a 404 tells of no end: an operation is not there, and what no path gets is no Status",
            ),
        },
        whole=False,
    ),
]
