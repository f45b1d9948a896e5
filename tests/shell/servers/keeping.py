"""Honest APIs with something in them that is nobody's to alter: what was there before a run must be there after it.

Each has a `data`, which the tests compare. Whatever leads a client to what is there (a value of the policy, a list, an example, an
enum) leads to it here.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.shell.servers.kit import (
    ENVELOPE,
    PATHS,
    TEXT,
    Api,
    by_path,
    document,
    error,
    json_object,
    operation,
    parameter,
    record,
    reply,
    text_member,
)
from tests.shell.servers.odd import Odd

NAME = {"type": "string", "pattern": "^[a-z]{3,12}$"}
NAMED = record(name=NAME)
BOTH = ("v1", "v2")


@dataclass
class Kept:
    """An API and its data.

    Attributes:
        odd: The API.
        data: What it stores.
        stays: Whether a run may leave something behind, for want of a `DELETE`.
    """

    odd: Odd
    data: dict[str, Any]
    stays: bool = False


def _kept(api: Api, data: dict[str, Any], contract: Any, *, values: str = "", stays: bool = False) -> Kept:
    odd = Odd(app=api, policy=PATHS + ENVELOPE + values, contracts=dict.fromkeys(BOTH, contract))
    return Kept(odd, data, stays)


def named_by_the_client() -> Kept:
    """Creations answer nothing: a thing is called as its creator said. The policy names one that was there, and a list shows both."""
    api, data = Api(select=by_path(*BOTH)), {"keep": {"name": "keep"}, "other": {"name": "other"}}

    @api.on("GET", "/parts")
    def listing(_request: Request, _version: str) -> Response:
        return reply(list(data.values()))

    @api.on("POST", "/parts")
    def create(request: Request, _version: str) -> Response:
        name = text_member(json_object(request), "name", longest=12)
        if not name.isascii() or not name.isalpha() or not name.islower() or len(name) < 3:
            raise error(422, "name")
        data[name] = {"name": name}
        return reply({})

    @api.on("GET", "/parts/{part}")
    def read(_request: Request, _version: str, part: str) -> Response:
        return reply(_found(data, part))

    @api.on("DELETE", "/parts/{part}")
    def delete(_request: Request, _version: str, part: str) -> Response:
        _found(data, part)
        del data[part]
        return reply(status=204)

    one = [parameter("part", schema={"type": "string"})]
    contract = document(
        {
            "/parts": {
                "get": operation({200: {"type": "array", "items": NAMED}}),
                "post": operation({200: {"type": "object"}}, body=NAMED),
            },
            "/parts/{part}": {
                "get": operation({200: NAMED}, parameters=one),
                "delete": operation({204: None}, parameters=one),
            },
        }
    )
    return _kept(api, data, contract, values='[values]\npart = "keep"\n')


def nothing_to_create() -> Kept:
    """Things can be replaced, changed, closed and deleted, but not created; so can the one record of settings."""
    api, data = Api(select=by_path(*BOTH)), {"n-100001": {"size": 1}, "n-100002": {"size": 2}, "settings": {"size": 3}}

    @api.on("GET", "/valves")
    def listing(_request: Request, _version: str) -> Response:
        return reply([{"id": key, **value} for key, value in data.items() if key != "settings"])

    @api.on("GET", "/valves/{valve_id}")
    def read(_request: Request, _version: str, valve_id: str) -> Response:
        return reply(_found(data, valve_id))

    def change(request: Request, _version: str, valve_id: str = "settings") -> Response:
        size = json_object(request).get("size")
        _found(data, valve_id)
        if not isinstance(size, int):
            raise error(422, "size")
        data[valve_id] = {"size": size}
        return reply(data[valve_id])

    for method in ("PUT", "PATCH"):
        api.on(method, "/valves/{valve_id}")(change)
        api.on(method, "/settings")(change)

    @api.on("POST", "/valves/{valve_id}/close")
    def close(_request: Request, _version: str, valve_id: str) -> Response:
        _found(data, valve_id)["closed"] = True
        return reply(data[valve_id])

    @api.on("DELETE", "/valves/{valve_id}")
    def delete(_request: Request, _version: str, valve_id: str) -> Response:
        _found(data, valve_id)
        del data[valve_id]
        return reply(status=204)

    @api.on("DELETE", "/valves")
    def delete_all(_request: Request, _version: str) -> Response:
        data.clear()
        return reply(status=204)

    @api.on("POST", "/valves/reset")
    def reset(_request: Request, _version: str) -> Response:
        data.clear()
        return reply({})

    size = record(size={"type": "integer"})
    known = {"type": "string", "enum": ["n-100001", "n-100002"]}
    one = [parameter("valve_id", schema=known, example="n-100002")]
    changing = {method: operation({200: size}, parameters=one, body=size) for method in ("put", "patch")}
    contract = document(
        {
            "/valves": {
                "get": operation({200: {"type": "array", "items": {"type": "object"}}}),
                "delete": operation({204: None}),
            },
            "/valves/reset": {"post": operation({200: {"type": "object"}})},
            "/valves/{valve_id}": {
                "get": operation({200: size}, parameters=one),
                "delete": operation({204: None}, parameters=one),
                **changing,
            },
            "/valves/{valve_id}/close": {"post": operation({200: size}, parameters=one)},
            "/settings": {method: operation({200: size}, body=size) for method in ("put", "patch")},
        }
    )
    return _kept(api, data, contract, values='[values]\nvalve_id = ["n-100001", "n-100002"]\n')


def numbered_in_each_house() -> Kept:
    """Rooms are numbered in each house: that room 1 of a new house is ours says nothing of room 1 of an old one."""
    api, rooms = Api(select=by_path(*BOTH)), itertools.count(10_001)
    data: dict[str, Any] = {"old-house": {"1": "hall", "2": "attic"}}

    @api.on("GET", "/houses")
    def houses(_request: Request, _version: str) -> Response:
        return reply([{"house": key} for key in data])

    @api.on("POST", "/houses")
    def build(_request: Request, _version: str) -> Response:
        key = f"house-{next(rooms)}"
        data[key] = {}
        return reply({"house": key}, 201)

    @api.on("DELETE", "/houses/{house}")
    def pull_down(_request: Request, _version: str, house: str) -> Response:
        _found(data, house)
        del data[house]
        return reply(status=204)

    @api.on("GET", "/houses/{house}/rooms")
    def listing(_request: Request, _version: str, house: str) -> Response:
        return reply([{"id": int(key), "name": name} for key, name in _found(data, house).items()])

    @api.on("POST", "/houses/{house}/rooms")
    def furnish(request: Request, _version: str, house: str) -> Response:
        name = text_member(json_object(request), "name")
        key = str(len(_found(data, house)) + 1)
        data[house][key] = name
        return reply({"id": int(key), "name": name}, 201)

    @api.on("DELETE", "/houses/{house}/rooms/{id}")
    def clear(_request: Request, _version: str, house: str, id: str) -> Response:  # noqa: A002  the parameter's name
        _found(_found(data, house), id)
        del data[house][id]
        return reply(status=204)

    house, room = parameter("house"), parameter("id", schema={"type": "integer"})
    shown = record(id={"type": "integer"}, name={"type": "string"})
    contract = document(
        {
            "/houses": {
                "get": operation({200: {"type": "array", "items": {"type": "object"}}}),
                "post": operation({201: record(house={"type": "string"})}),
            },
            "/houses/{house}": {"delete": operation({204: None}, parameters=[house])},
            "/houses/{house}/rooms": {
                "get": operation({200: {"type": "array", "items": shown}}, parameters=[house]),
                "post": operation({201: shown}, parameters=[house], body=record(name=TEXT)),
            },
            "/houses/{house}/rooms/{id}": {"delete": operation({204: None}, parameters=[house, room])},
        }
    )
    return _kept(api, data, contract)


def answers_mention_others() -> Kept:
    """What a creation answers mentions what was there: who owns the new thing, what it resembles, and a code that says it went well."""
    api, numbers = Api(select=by_path(*BOTH)), itertools.count(7)
    data: dict[str, Any] = {"200": "an old one", "4": "the owner's", "5": "a similar one"}

    @api.on("POST", "/cards")
    def create(request: Request, _version: str) -> Response:
        name = text_member(json_object(request), "title")
        key = f"card-{next(numbers)}"
        data[key] = name
        similar = [{"id": "5"}]
        return reply({"code": 200, "owner": {"id": "4"}, "similar": similar, "data": {"slug": key, "title": name}})

    @api.on("GET", "/cards/{card}")
    def read(_request: Request, _version: str, card: str) -> Response:
        return reply({"code": 200, "data": {"slug": card, "title": _found(data, card)}})

    @api.on("DELETE", "/cards/{card}")
    def delete(_request: Request, _version: str, card: str) -> Response:
        _found(data, card)
        del data[card]
        return reply(status=204)

    one = [parameter("card")]
    contract = document(
        {
            "/cards": {"post": operation({200: {"type": "object"}}, body=record(title=TEXT))},
            "/cards/{card}": {
                "get": operation({200: {"type": "object"}}, parameters=one),
                "delete": operation({204: None}, parameters=one),
            },
        }
    )
    return _kept(api, data, contract)


def put_creates() -> Kept:
    """A `PUT` creates under a name nobody has, and gets 409 under one that is taken."""
    api, data = Api(select=by_path(*BOTH)), {"keep": "there"}

    @api.on("PUT", "/flags/{flag}")
    def put(request: Request, _version: str, flag: str) -> Response:
        if request.mimetype != "application/json":
            raise error(415, "media_type")
        if not isinstance(json_object(request).get("on"), bool):
            raise error(422, "on")
        if not (flag.isascii() and flag.isalpha() and flag.islower() and 3 <= len(flag) <= 9):
            raise error(400, "name")
        if flag in data:
            raise error(409, "exists")
        data[flag] = "new"
        return reply({"name": flag}, 201)

    @api.on("GET", "/flags/{flag}")
    def read(_request: Request, _version: str, flag: str) -> Response:
        _found(data, flag)
        return reply({"name": flag})

    @api.on("DELETE", "/flags/{flag}")
    def delete(_request: Request, _version: str, flag: str) -> Response:
        _found(data, flag)
        del data[flag]
        return reply(status=204)

    one = [parameter("flag", schema={"type": "string", "pattern": "^[a-z]{3,9}$"})]
    shown = record(name={"type": "string"})
    contract = document(
        {
            "/flags/{flag}": {
                "get": operation({200: shown}, parameters=one),
                "put": operation({201: shown, 409: None}, parameters=one, body=record(on={"type": "boolean"})),
                "delete": operation({204: None}, parameters=one),
            }
        }
    )
    return _kept(api, data, contract)


def unique_members(*taken: tuple[int, str]) -> Kept:
    """Names and numbers can be had once, in whatever else a request goes to its limits; one that is taken gets 409 or 422.

    Args:
        taken: The status and the code instead, for names and for numbers.
    """
    name, number = taken or ((409, "taken"), (422, "taken"))
    api, numbers = Api(select=by_path(*BOTH)), itertools.count(100_001)
    data: dict[str, Any] = {"c-1": {"slug": "keep", "mail": "keep@example.org"}}

    @api.on("POST", "/clubs")
    def create(request: Request, _version: str) -> Response:
        body = json_object(request)
        slug, mail = text_member(body, "slug", longest=12), text_member(body, "mail")
        note = body.get("note")
        if (
            len(slug) < 6
            or body.keys() - {"slug", "mail", "note"}
            or not isinstance(note, str | None)
            or len(note or "") > 40
        ):
            raise error(400, "invalid")
        if any(each["slug"] == slug for each in data.values()):
            raise error(*name)
        if any(each["mail"] == mail for each in data.values()):
            raise error(*number)
        key = f"c-{next(numbers)}"
        data[key] = {"slug": slug, "mail": mail}
        return reply({"id": key}, 201)

    @api.on("DELETE", "/clubs/{club}")
    def delete(_request: Request, _version: str, club: str) -> Response:
        _found(data, club)
        del data[club]
        return reply(status=204)

    slug = {"type": "string", "minLength": 6, "maxLength": 12}
    body = record(slug=slug, mail={"type": "string", "pattern": "^[a-z]{6,20}$"})
    body["properties"]["note"] = {"type": ["string", "null"], "maxLength": 40}
    body["additionalProperties"] = False
    contract = document(
        {
            "/clubs": {"post": operation({201: record(id={"type": "string"})}, body=body)},
            "/clubs/{club}": {"delete": operation({204: None}, parameters=[parameter("club")])},
        }
    )
    return _kept(api, data, contract)


def unique_as_validated() -> Kept:
    """The same where the check of a form, as frameworks have it, says that something is there already."""
    return unique_members((400, "already_exists"), (400, "must_be_unique"))


def acts_begin_runs() -> Kept:
    """Runs are begun by an action on a job, answer 202 with `Location`, and can be stopped; one that was there runs on."""
    api, numbers = Api(select=by_path(*BOTH)), itertools.count(500_001)
    data: dict[str, Any] = {"job-old": "idle", "run-old": "running"}

    @api.on("POST", "/jobs")
    def create(_request: Request, _version: str) -> Response:
        key = f"job-{next(numbers)}"
        data[key] = "idle"
        return reply({"id": key}, 201)

    @api.on("DELETE", "/jobs/{job}")
    def delete(_request: Request, _version: str, job: str) -> Response:
        _found(data, job)
        del data[job]
        return reply(status=204)

    @api.on("POST", "/jobs/{job}/execute")
    def execute(_request: Request, version: str, job: str) -> Response:
        _found(data, job)
        key = f"run-{next(numbers)}"
        data[key] = "running"
        return reply({"accepted": True}, 202, Location=f"/{version}/runs/{key}")

    @api.on("GET", "/runs/{run}")
    def read(_request: Request, _version: str, run: str) -> Response:
        return reply({"id": run, "state": _found(data, run)})

    @api.on("POST", "/runs/{run}/stop")
    def stop(_request: Request, _version: str, run: str) -> Response:
        if _found(data, run) != "running":
            raise error(409, "not_running")
        data[run] = "stopped"
        return reply({"id": run, "state": "stopped"})

    job, run = [parameter("job")], [parameter("run")]
    shown = record(id={"type": "string"}, state={"type": "string"})
    contract = document(
        {
            "/jobs": {"post": operation({201: record(id={"type": "string"})})},
            "/jobs/{job}": {"delete": operation({204: None}, parameters=job)},
            "/jobs/{job}/execute": {"post": operation({202: {"type": "object"}}, parameters=job)},
            "/runs/{run}": {"get": operation({200: shown}, parameters=run)},
            "/runs/{run}/stop": {"post": operation({200: shown}, parameters=run)},
        }
    )
    return _kept(api, data, contract, values='[values]\nrun = "run-old"\n', stays=True)


def _found(data: dict[str, Any], key: str) -> Any:
    if key not in data:
        raise error(404, "not_there")
    return data[key]


KEPT = {
    made.__name__: made
    for made in (
        named_by_the_client,
        nothing_to_create,
        numbered_in_each_house,
        answers_mention_others,
        put_creates,
        unique_members,
        unique_as_validated,
        acts_begin_runs,
    )
}
