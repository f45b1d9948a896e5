"""A service by hand that reads requests as generated code of Go or Rust does.

`3.0` is no integer, a member nobody declared is refused, and so is one that comes twice, a file without a name or a media type, a write
that does not say which state of the thing it is meant for. Every member is read by a type of its own; none of this is derived from the
contract, which is written down beside it (`reader_contract`).
"""

from __future__ import annotations

import datetime as dt
import json
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from werkzeug.wrappers import Request, Response

from tests.frameworks.strict.reader_contract import CONTRACT
from tests.shell.servers.kit import Refused, error, reply

Read = Callable[[Any], Any]
"""Reads a JSON value into a type, or refuses it."""
NOBODYS = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def bad(what: str) -> Refused:
    """What a request that cannot be read gets."""
    return error(400, what)


def whole(bits: int, least: int | None = None, most: int | None = None) -> Read:
    """A signed integer of so many bits."""
    low, high = least if least is not None else -(2 ** (bits - 1)), most if most is not None else 2 ** (bits - 1) - 1

    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise bad(f"not an int{bits}")
        return value

    return read


def single(value: Any) -> float:
    """A number in single precision; one that is not exactly one would be another when it is read back."""
    if type(value) not in {int, float} or struct.unpack("f", struct.pack("f", value))[0] != value:
        raise bad("not a float32")
    return float(value)


def text(longest: int = 40) -> Read:
    """A text that is not empty."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not 1 <= len(value) <= longest:
            raise bad("not a text")
        return value

    return read


def many(of: Read, most: int = 5) -> Read:
    """A list."""

    def read(value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > most:
            raise bad("not a list")
        return [of(part) for part in value]

    return read


def members(required: Mapping[str, Read], optional: Mapping[str, Read]) -> Read:
    """An object of these members and no other."""

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not required.keys() <= value.keys() <= required.keys() | optional.keys():
            raise bad("unknown or missing member")
        return {name: (required.get(name) or optional[name])(part) for name, part in value.items()}

    return read


def tree(value: Any) -> Any:
    """A node, and the nodes in it."""
    return members({"name": text()}, {"size": whole(32), "children": many(tree)})(value)


def shape(value: Any) -> Any:
    """One of two shapes, told apart by what they need."""
    common = {"label": text()}
    kind = "radius" if isinstance(value, dict) and "radius" in value else "side"
    return members({**common, kind: whole(32, 1, 1000)}, {"filled": boolean})(value)


def boolean(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise bad("not a boolean")
    return value


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The members of an object, each there once."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise bad("a member comes twice")
    return dict(pairs)


def parsed(raw: bytes, media_type: str) -> Any:
    """JSON, read strictly."""
    if media_type.partition(";")[0].strip() != "application/json":
        raise error(415, "media type")
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=once, parse_constant=lambda _: 1 / 0)
    except (ValueError, RecursionError, ZeroDivisionError):
        raise bad("not JSON") from None


def number(told: str | None, read: Read) -> int:
    """An integer in a path, a query, a header or a cookie."""
    plain = (told or "").removeprefix("-")
    if not plain.isdecimal() or not plain.isascii() or len(plain) > 19:
        raise bad("not an integer")
    return read(int(told or ""))


def item(most: int) -> Read:
    """A whole item, of which there are at most so many."""
    told = {"name": text(), "count": whole(32, 0, most)}
    return members(told, {"serial": whole(64), "weight": single, "tags": many(text(9))})


def change(most: int) -> Read:
    """Members of an item."""
    return members({}, {"name": text(), "count": whole(32, 0, most), "weight": single})


@dataclass(kw_only=True)
class Service:
    """The service and what it holds.

    Attributes:
        items: The items by number.
        revisions: How often each was changed.
        interval: The setting.
        changes: How often it was changed.
        most: How large a count may be; the contract says 500.
    """

    items: dict[int, dict[str, Any]] = field(
        default_factory=lambda: {n: {"name": f"item {n}", "count": n} for n in range(1, 9)}
    )
    revisions: dict[int, int] = field(default_factory=dict)
    interval: int = 5
    changes: int = 0
    most: int = 500

    def answer(self, request: Request, path: str) -> Response:
        """Route and handle."""
        method = "GET" if request.method == "HEAD" else request.method
        last = path.rpartition("/")[2]
        routes: dict[tuple[str, str], Callable[[Request], Response]] = {
            ("GET", ""): lambda _: reply({"name": "workshop"}),
            ("GET", "/items"): self.list_items,
            ("POST", "/items"): self.create,
            ("POST", "/shapes"): lambda request: reply(self.body(request, shape), 201),
            ("POST", "/trees"): lambda request: reply(self.body(request, tree), 201),
            ("POST", "/photos"): self.photo,
            ("POST", "/token"): self.token,
            ("POST", "/locked"): lambda _: reply({"error": {"code": "locked", "message": "not you"}}, 403),
            ("GET", "/settings"): self.settings,
            ("PUT", "/settings"): self.set,
            ("GET", "/counts"): self.counts,
        }
        if path.startswith("/items/"):
            return self.item(request, method, last)
        if (found := routes.get((method, path))) is not None:
            return found(request)
        allowed = sorted(method for method, at in routes if at == path)
        raise error(405, "method", Allow=", ".join(allowed)) if allowed else error(404, "nowhere")

    def body(self, request: Request, read: Read) -> Any:
        """The body as a type."""
        return read(parsed(request.get_data(), request.headers.get("Content-Type", "")))

    def list_items(self, request: Request) -> Response:
        """Some of the items."""
        allowed = {"limit", "ids"}
        if not set(request.args) <= allowed or len(request.args.getlist("limit")) > 1:
            raise bad("unknown parameter")
        limit = number(request.args.get("limit", "5"), whole(32, 1, 50))
        for told in request.args.getlist("ids"):
            number(told, whole(32, 1))
        rows = [{"id": key, **value} for key, value in self.items.items()]
        return reply(rows[:limit])

    def create(self, request: Request) -> Response:
        """A new item."""
        made = self.body(request, item(self.most))
        key = max(self.items) + 1
        self.items[key] = made
        return reply({"id": key, **made}, 201, ETag=self.tag(key))

    def tag(self, key: int) -> str:
        """The state of an item."""
        return f'"i{key}-{self.revisions.get(key, 0)}"'

    def item(self, request: Request, method: str, last: str) -> Response:
        """One item, read or changed."""
        if method not in {"GET", "PUT", "PATCH"}:
            raise error(405, "method", Allow="GET, PUT, PATCH")
        key = number(last, whole(64))
        if key not in self.items:
            raise error(404, "no such item")
        if method == "GET":
            return reply({"id": key, **self.items[key]}, ETag=self.tag(key))
        condition = request.headers.get("If-Match")
        if condition is None and method == "PUT":
            raise error(428, "If-Match is required")
        if condition is not None and condition not in {self.tag(key), "*"}:
            raise error(412, "changed in the meantime")
        told = self.body(request, item(self.most) if method == "PUT" else change(self.most))
        self.items[key] = told if method == "PUT" else {**self.items[key], **told}
        self.revisions[key] = self.revisions.get(key, 0) + 1
        # the new tag is told after a PUT only: after a PATCH it has to be read
        return reply({"id": key, **self.items[key]}, 200, **({"ETag": self.tag(key)} if method == "PUT" else {}))

    def photo(self, request: Request) -> Response:
        """A form with a file and what is said of it."""
        if request.mimetype != "multipart/form-data":
            raise error(415, "media type")
        names = [*request.files.keys(), *request.form.keys()]
        if set(names) - {"photo", "about", "stars"} or "photo" not in request.files:
            raise bad("unknown or missing part")
        photo = request.files["photo"]
        if not photo.filename or photo.content_type not in {"image/png", "image/jpeg"}:
            raise bad("a photo is a PNG or a JPEG with a name")
        if "stars" in request.form:
            number(request.form["stars"], whole(32, 1, 5))
        if "about" in request.form:
            members({"title": text()}, {"year": whole(32, 1800, 2100)})(
                parsed(request.form["about"].encode(), "application/json")
            )
        return reply({"size": len(photo.read())}, 201)

    def token(self, request: Request) -> Response:
        """A token for a code; nobody has one."""
        if request.mimetype != "application/x-www-form-urlencoded":
            raise error(415, "media type")
        if (
            set(request.form) - {"grant_type", "code", "lifetime"}
            or request.form.get("grant_type") != "authorization_code"
        ):
            return reply({"error": "invalid_request"}, 400)
        if not request.form.get("code"):
            return reply({"error": "invalid_request"}, 400)
        if "lifetime" in request.form:
            number(request.form["lifetime"], whole(32, 1))
        return reply({"error": "invalid_grant"}, 400)

    def modified(self) -> str:
        """When the settings were changed, as a header says it."""
        return format_datetime(NOBODYS + dt.timedelta(minutes=self.changes), usegmt=True)

    def settings(self, request: Request) -> Response:
        """The settings, or that they are as they were."""
        tag = f'"s{self.changes}"'
        told = {"ETag": tag, "Last-Modified": self.modified()}
        if request.headers.get("If-None-Match") in {tag, "*"}:
            return reply(None, 304, **told)
        return reply({"interval": self.interval}, 200, **told)

    def set(self, request: Request) -> Response:
        """New settings, meant for those that were read."""
        try:
            since = parsedate_to_datetime(request.headers.get("If-Unmodified-Since", ""))
        except ValueError:
            raise error(428, "If-Unmodified-Since is required") from None
        if since < NOBODYS + dt.timedelta(minutes=self.changes):
            raise error(412, "changed in the meantime")
        self.interval = self.body(request, members({"interval": whole(32, 1, 60)}, {}))["interval"]
        self.changes += 1
        return reply({"interval": self.interval})

    def counts(self, request: Request) -> Response:
        """What a header and a cookie count."""
        first = number(request.headers.get("X-From"), whole(32))
        step = number(request.cookies["step"], whole(32, 1)) if "step" in request.cookies else 1
        return reply({"next": first + step})


def application(service: Service) -> Callable[..., Any]:
    """The service as WSGI, under `/api/v1`, with two paths beside it."""

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        try:
            if request.path in {"/healthz", "/openapi.json"}:
                if request.method not in {"GET", "HEAD"}:
                    raise error(405, "method", Allow="GET")
                response = reply({"status": "up"} if request.path == "/healthz" else CONTRACT)
            elif request.path == "/api/v1" or request.path.startswith("/api/v1/"):
                response = service.answer(request, request.path.removeprefix("/api/v1"))
            else:
                raise error(404, "nowhere")
        except Refused as refused:
            response = refused.response
        request.close()
        return response(environ, start_response)

    return app
