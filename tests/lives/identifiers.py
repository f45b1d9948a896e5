"""Two versions over one store that write its identifiers each in their own form: `1007` and `hv_1007`."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.lives.kit import Bug, Life
from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    collection,
    document,
    error,
    json_object,
    operation,
    record,
    reply,
    text_member,
)

DAY = "2026-11-20"
ROW = '[[identifiers]]\nv1 = "{id}"\nv2 = "hv_{id}"\nnames = ["id", "parent"]\n'
POLICY = f"{PATHS}{ENVELOPE}\n{ROW}\n[sequences]\nacross = true\n\n[requests]\nmax_examples = 3\n"
_FORMS = {"v1": "", "v2": "hv_"}


def _contract(prefix: str) -> Any:
    name: Any = {"type": "string", "pattern": f"^{prefix}[0-9]{{1,9}}$"}
    house = record(id=name, parent=name, name=TEXT)
    new = {**record(name=TEXT), "additionalProperties": False}
    return document(collection("/houses", house, new))


class Service(Api):
    """The houses, the same on every day."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("v1", "v2"))
        self.bug, self.numbers = bug, itertools.count(1001)
        self.houses: dict[int, str] = {}
        self.on("POST", "/houses")(self.made)
        self.on("GET", "/houses/{id}")(self.shown)
        self.on("PUT", "/houses/{id}")(self.changed)
        self.on("DELETE", "/houses/{id}")(self.deleted)

    def house(self, number: int, version: str) -> dict[str, str]:
        """A house as a version shows it."""
        form = _FORMS[version]
        name = self.houses[number]
        parent = number if self.bug == "v2-shows-another-parent" and version == "v2" else number - 1
        return {"id": f"{form}{number}", "parent": f"{form}{parent}", "name": name}

    def number(self, text: str, version: str) -> int:
        """The number behind an identifier of a version."""
        digits = text.removeprefix(_FORMS[version])
        known = text.startswith(_FORMS[version]) and digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST
        if not known or int(digits) not in self.houses:
            raise error(404, "no_house")
        return int(digits)

    def named(self, request: Request) -> str:
        """The name in a body."""
        body = json_object(request)
        if body.keys() != {"name"}:
            raise error(422, "body")
        return text_member(body, "name")

    def made(self, request: Request, version: str) -> Response:
        """`POST /houses`."""
        name, number = self.named(request), next(self.numbers)
        self.houses[number] = name
        return reply(self.house(number, version), 201)

    def shown(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /houses/{id}`."""
        return reply(self.house(self.number(id, version), version))

    def changed(self, request: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`PUT /houses/{id}`."""
        name, number = self.named(request), self.number(id, version)
        self.houses[number] = f"{name}?" if self.bug == "v2-writes-another-name" and version == "v2" else name
        return reply(self.house(number, version))

    def deleted(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`DELETE /houses/{id}`."""
        del self.houses[self.number(id, version)]
        return reply(None, 204)


_LONGEST = 9

# Two minor versions, of which the newer names things in a form of its own, and takes nothing away.

MINORS = f"""
[api]
name = "Minors"
base_url = "${{ODD_URL}}"

[versioning]
scheme = "semver"
carriers = ["path"]
path = {{ template = "/{{version}}" }}
unknown = {{ reject = 404, code = "unknown_version" }}
malformed = {{ reject = 404, code = "unknown_version" }}

[versions."1.0.0"]
contract = "1.0.json"

[versions."1.1.0"]
contract = "1.1.json"
{ENVELOPE}
[[identifiers]]
"1.0.0" = "{{id}}"
"1.1.0" = "hv_{{id}}"

[values]
id = ["1007", "hv_1007"]

[[changes.waivers]]
rule = "request-pattern-narrowed"
reason = "Identifiers have another form since 1.1.0, which was announced."
until = 2027-12-31
"""
_MINOR_FORMS = {"1.0.0": "", "1.1.0": "hv_"}


def _reading(prefix: str) -> Any:
    name: Any = {"type": "string", "pattern": f"^{prefix}[0-9]{{1,9}}$"}
    shown = {**record(name=TEXT), "properties": {"name": TEXT, "area": {"type": "integer"}}}
    parameter = {"name": "id", "in": "path", "required": True, "schema": name}
    return document({"/houses/{id}": {"get": operation({200: shown, "4XX": {}}, parameters=[parameter])}})


class Minors(Api):
    """One house."""

    def __init__(self, _now: dt.datetime, bug: str = "") -> None:
        super().__init__(select=by_path("1.0.0", "1.1.0"))
        self.bug = bug
        self.on("GET", "/houses/{id}")(self.shown)

    def shown(self, _: Request, version: str, id: str) -> Response:  # noqa: A002  the contract's name
        """`GET /houses/{id}`."""
        if id != f"{_MINOR_FORMS[version]}1007":
            raise error(404, "no_house")
        less = self.bug == "newer-shows-less" and version == "1.1.0"
        return reply({"name": "Mill", **({} if less else {"area": 80})})


_HOUSES = Life(
    name="identifiers",
    policy=POLICY,
    documents={"v1.json": _contract(""), "v2.json": _contract("hv_")},
    make=Service,
    honest={DAY: frozenset({"AV320"})},
    bugs={
        "v2-shows-another-parent": Bug(day=DAY, codes=("AV320",)),
        "v2-writes-another-name": Bug(
            day=DAY, codes=("AV318", "AV320"), reason="what v2 was sent is not what it shows, and not what v1 reads"
        ),
    },
)
_MINORS = Life(
    name="identifiers-of-minors",
    policy=MINORS,
    documents={"1.0.json": _reading(""), "1.1.json": _reading("hv_")},
    make=Minors,
    honest={DAY: frozenset({"AV310"})},
    subject="1.1.0",
    bugs={"newer-shows-less": Bug(day=DAY, codes=("AV310",))},
    whole=False,
)
LIVES = [_HOUSES, _MINORS]
