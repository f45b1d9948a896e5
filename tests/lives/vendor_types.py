"""A service whose versions stand in the names of media types, those of its answers too, which its contracts say."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import ENVELOPE, TEXT, Api, document, error, operation, record, reply

DAY = "2026-11-20"
VERSIONS = ("v1", "v2")
POLICY = f"""
[api]
name = "Vendor"
base_url = "${{ODD_URL}}"

[versioning]
scheme = "vN"
carriers = ["accept"]
accept = {{ template = "application/vnd.acme.{{version}}+json" }}
missing = {{ reject = 406 }}
unknown = {{ reject = 406 }}
malformed = {{ reject = 406 }}
[versions.v1]
contract = "v1.json"
[versions.v2]
contract = "v2.json"
{ENVELOPE}
[requests]
max_examples = 2
"""


def _document(version: str) -> Any:
    found = document({"/status": {"get": operation({200: record(**{f"{version}_up": TEXT}), "4XX": {}})}})
    content = found["paths"]["/status"]["get"]["responses"]["200"]["content"]
    content[f"application/vnd.acme.{version}+json"] = content.pop("application/json")
    return found


class Service(Api):
    """The service, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=self.selected)
        self.bug = bug
        self.on("GET", "/status")(self.shown)

    def selected(self, request: Request) -> tuple[str, str]:
        """The one version of the ranges in `Accept`, and the path."""
        text = request.headers.get("Accept", "")
        text = text if self.bug == "one-case-is-read" else text.lower()
        found = re.findall(r"(?:^|[, ])application/vnd\.acme\.([^;, +]*)\+json(?=[;, ]|$)", text)
        if len(set(found)) != 1 or found[0] not in VERSIONS:
            raise error(406, "no_version")
        return found[0], request.path

    def shown(self, _: Request, version: str) -> Response:
        """`GET /status`."""
        answer = reply({f"{version}_up": "yes"}, Vary="Accept")
        if self.bug != "plain-json-is-said":
            answer.headers["Content-Type"] = f"application/vnd.acme.{version}+json"
        return answer


LIFE = Life(
    name="vendor-types",
    policy=POLICY,
    documents={f"{version}.json": _document(version) for version in VERSIONS},
    make=Service,
    honest={DAY: frozenset({"AV215", "AV301"})},
    bugs={
        "one-case-is-read": Bug(day=DAY, codes=("AV215",)),
        "plain-json-is-said": Bug(day=DAY, codes=("AV301",)),
    },
    whole=False,
)
