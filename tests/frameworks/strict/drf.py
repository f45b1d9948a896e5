"""A Django REST framework service whose serializers refuse what they do not name and integers with a fraction; a contract by hand.

The version is a query parameter that the contract declares with every operation, as generated documents do.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Any, ClassVar

from tests.frameworks import drf_settings

# isort: split
from django.core.wsgi import get_wsgi_application
from django.http import Http404
from django.urls import path
from rest_framework import serializers, versioning
from rest_framework.response import Response
from rest_framework.views import APIView

from tests.apps.kit import serving
from tests.frameworks.drf_app import ShallowJSONParser
from tests.frameworks.strict.reader_contract import answers, header, part, take, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rest_framework.request import Request

POLICY = """
[api]
name = "Shed"
base_url = "${STRICT_URL}"

[versioning]
scheme = "integer"
carriers = ["query"]
query = { name = "version" }

[versions.1]
contract = "v1.json"
"""
"""The policy file."""

Record = dict[str, Any]


class Whole(serializers.IntegerField):
    """An integer that is written as one."""

    def to_internal_value(self, data: Any) -> int:
        """Refuse what the framework would round."""
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class Strict(serializers.Serializer[Record]):
    """What refuses other members."""

    def to_internal_value(self, data: Any) -> Record:
        """Read what is named, and nothing else."""
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError({name: ["unknown"] for name in unknown})
        found: Record = super().to_internal_value(data)
        return found


class Size(Strict):
    """How large something is."""

    width = Whole(min_value=1, max_value=5000)
    height = Whole(min_value=1, max_value=5000)


class Tool(Strict):
    """What hangs in the shed."""

    name = serializers.CharField(max_length=40, trim_whitespace=False)
    count = Whole(min_value=0, max_value=900)
    size = Size(required=False)
    labels = serializers.ListField(
        child=serializers.CharField(max_length=9, trim_whitespace=False), required=False, max_length=4
    )


class Box(Strict):
    """What they are kept in."""

    name = serializers.CharField(max_length=40, trim_whitespace=False)
    weight = serializers.FloatField(min_value=0, max_value=100, required=False, allow_null=True)
    locked = serializers.BooleanField(required=False)


class Measurement(Strict):
    """What was measured."""

    value = serializers.FloatField()
    serial = Whole(min_value=-(2**63), max_value=2**63 - 1)


class Asked(Strict):
    """What is looked for; texts of a query."""

    limit = serializers.IntegerField(min_value=1, max_value=50, required=False)
    word = serializers.CharField(max_length=20, required=False)


KINDS: dict[str, type[Strict]] = {"tools": Tool, "boxes": Box}


class Store:
    """The records by kind and number."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.records: dict[str, dict[int, Record]] = {
            "tools": {n: {"name": f"tool {n}", "count": n} for n in range(1, 6)},
            "boxes": {n: {"name": f"box {n}"} for n in range(1, 6)},
        }


class View(APIView):
    """What all views share."""

    versioning_class = type("Query", (versioning.QueryParameterVersioning,), {"allowed_versions": ("1",)})
    parser_classes = (ShallowJSONParser,)
    kind: ClassVar[str] = ""

    def records(self, request: Request) -> dict[int, Record]:
        """The records of the kind."""
        store: Store = request._request.META[drf_settings.STORE_KEY]  # noqa: SLF001  the way in that is documented
        return store.records[self.kind]

    def held(self, kind: type[Strict], data: Any, *, partial: bool = False) -> Record:
        """What a body says."""
        read = kind(data=data, partial=partial)
        read.is_valid(raise_exception=True)
        found: Record = dict(read.validated_data)
        return found


class Many(View):
    """A collection."""

    def get(self, request: Request) -> Response:
        """Some of it."""
        told = self.held(Asked, {name: value for name, value in request.query_params.items() if name != "version"})
        rows = [{"id": key, **value} for key, value in self.records(request).items()]
        return Response(rows[: told.get("limit", 10)])

    def post(self, request: Request) -> Response:
        """One more."""
        made, records = self.held(KINDS[self.kind], request.data), self.records(request)
        key = max(records, default=0) + 1
        records[key] = made
        return Response({"id": key, **made}, 201)


class One(View):
    """A thing."""

    def there(self, request: Request, key: int) -> Record:
        """The record."""
        records = self.records(request)
        if key not in records:
            raise Http404
        return records[key]

    def get(self, request: Request, key: int) -> Response:
        """Read it."""
        return Response({"id": key, **self.there(request, key)})

    def put(self, request: Request, key: int) -> Response:
        """Replace it."""
        self.there(request, key)
        self.records(request)[key] = self.held(KINDS[self.kind], request.data)
        return self.get(request, key)

    def patch(self, request: Request, key: int) -> Response:
        """Change it."""
        self.there(request, key).update(self.held(KINDS[self.kind], request.data, partial=True))
        return self.get(request, key)

    def delete(self, request: Request, key: int) -> Response:
        """Remove it."""
        self.there(request, key)
        del self.records(request)[key]
        return Response(status=204)


class Measured(View):
    """One thing measured, or several."""

    many: ClassVar[bool] = False

    def post(self, request: Request) -> Response:
        """Say it back."""
        if self.many and not isinstance(request.data, list):
            raise serializers.ValidationError(["a list"])
        found = (
            [self.held(Measurement, each) for each in request.data]
            if self.many
            else self.held(Measurement, request.data)
        )
        return Response(found, 201)


class Health(View):
    """Whether it is up."""

    def get(self, request: Request) -> Response:
        """It is."""
        return Response({"status": "up"})


def _of(view: type[View], kind: str) -> Any:
    return type(f"{kind.title()}{view.__name__}", (view,), {"kind": kind}).as_view()  # type: ignore[attr-defined]


ROUTES = (
    *(path(kind, _of(Many, kind)) for kind in KINDS),
    *(path(f"{kind}/<int:key>", _of(One, kind)) for kind in KINDS),
    path("measurements", Measured.as_view()),
    path("measurements/many", type("ManyMeasured", (Measured,), {"many": True}).as_view()),  # type: ignore[attr-defined]
    path("health", Health.as_view()),
)

_django = drf_settings.without_body_after_head(get_wsgi_application())


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Run the shed on a real socket."""
    marks = {drf_settings.URLCONF_KEY: ROUTES, drf_settings.STORE_KEY: Store()}

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return _django({**environ, **marks}, start_response)

    with serving(application) as url:
        yield url


def whole(least: int, most: int) -> dict[str, Any]:
    """An integer between two."""
    return {"type": "integer", "minimum": least, "maximum": most}


VERSION = header("version", required=True, place="query", schema={"type": "integer"})
KEY = header("key", required=True, place="path", schema={"type": "integer", "minimum": 1})
SIZE = part(("width", "height"), width=whole(1, 5000), height=whole(1, 5000))
LABELS = {"type": "array", "maxItems": 4, "items": text(9)}
NAMED = part(("name",), name={**text(), "pattern": "^[^\\x00]+$"})
TOOL = {
    "allOf": [
        NAMED,
        part(
            ("count",),
            count=whole(0, 900),
            size=SIZE,
            labels={**LABELS, "items": {**text(9), "pattern": "^[^\\x00]+$"}},
        ),
    ]
}
BOX = {
    "allOf": [
        NAMED,
        part(weight={"type": ["number", "null"], "minimum": 0, "maximum": 100}, locked={"type": "boolean"}),
    ]
}
MEASUREMENT = part(
    ("value", "serial"), value={"type": "number", "format": "double"}, serial={"type": "integer", "format": "int64"}
)
FIND = [
    VERSION,
    header("limit", place="query", schema=whole(1, 50)),
    header("word", place="query", schema={"type": "string", "pattern": "^[a-z]{1,20}$"}),
]


def _kept(schema: dict[str, Any]) -> dict[str, Any]:
    return {"allOf": [schema, part(("id",), id={"type": "integer"})]}


def _partial(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a change: nothing in it has to be there."""
    return {"allOf": [{key: value for key, value in each.items() if key != "required"} for each in schema["allOf"]]}


def _paths(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        f"/{kind}": {
            "get": {"parameters": FIND, **answers(200, {"type": "array", "items": _kept(schema)})},
            "post": {"parameters": [VERSION], **take(schema), **answers(201, _kept(schema))},
        },
        f"/{kind}/{{key}}": {
            "parameters": [KEY, VERSION],
            "get": answers(200, _kept(schema)),
            "put": {**take(schema), **answers(200, _kept(schema))},
            "patch": {**take(_partial(schema)), **answers(200, _kept(schema))},
            "delete": {"responses": {"204": {"description": "gone"}, "4XX": {"description": "wrong"}}},
        },
    }


CONTRACT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shed", "version": "1"},
    "paths": {
        **_paths("tools", TOOL),
        **_paths("boxes", BOX),
        "/measurements": {"post": {"parameters": [VERSION], **take(MEASUREMENT), **answers(201, MEASUREMENT)}},
        "/measurements/many": {
            "post": {
                "parameters": [VERSION],
                **take({"type": "array", "maxItems": 5, "items": MEASUREMENT}),
                **answers(201, {"type": "array", "items": MEASUREMENT}),
            }
        },
        "/health": {"get": {"parameters": [VERSION], **answers(200, part(status=text()))}},
    },
}
"""The contract."""
