"""The contract of the service by hand: OpenAPI 3.0, composed with `allOf`, two paths beside the version."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def integer(bits: int = 32, **more: Any) -> Json:
    """An integer of so many bits."""
    return {"type": "integer", "format": f"int{bits}", **more}


def text(longest: int = 40) -> Json:
    """A text that is not empty."""
    return {"type": "string", "minLength": 1, "maxLength": longest}


def part(required: tuple[str, ...] = (), **properties: Json) -> Json:
    """An object that names its members, and leaves the rest to the dialect."""
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


def refer(name: str) -> Json:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def take(schema: Json, media_type: str = "application/json", **more: Any) -> Json:
    """A body that has to be there."""
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema, **more}}}}


def answers(status: int, schema: Json, **more: Json) -> Json:
    """A success and the errors."""
    told = {"description": "fine", "content": {"application/json": {"schema": schema}}, **more}
    return {"responses": {str(status): told, "4XX": {"description": "wrong"}}}


def header(name: str, *, required: bool = False, schema: Json | None = None, place: str = "header") -> Json:
    """A header, or a parameter elsewhere."""
    return {"name": name, "in": place, "required": required, "schema": schema or {"type": "string"}}


ID = header("id", required=True, schema=integer(64), place="path")
BARE = {"type": "object"}
SHAPED = part(("label",), label=text(), filled={"type": "boolean"})

CONTRACT: Json = {
    "openapi": "3.0.3",
    "info": {"title": "Workshop", "version": "1"},
    "paths": {
        "/api/v1": {"get": answers(200, BARE)},
        "/healthz": {"get": answers(200, part(status=text()))},
        "/openapi.json": {"get": answers(200, BARE)},
        "/api/v1/items": {
            "get": {
                "parameters": [
                    header("limit", place="query", schema=integer(minimum=1.0, maximum=50.0)),
                    header("ids", place="query", schema={"type": "array", "items": integer(minimum=1)}),
                ],
                **answers(200, {"type": "array", "items": refer("Item")}),
            },
            "post": {**take(refer("NewItem"), example={"name": "plane", "count": 3.0}), **answers(201, refer("Item"))},
        },
        "/api/v1/items/{id}": {
            "parameters": [ID],
            "get": answers(200, refer("Item")),
            "put": {
                "parameters": [header("If-Match", required=True)],
                **take(refer("NewItem")),
                **answers(200, refer("Item")),
            },
            "patch": {
                "parameters": [header("If-Match")],
                **take(
                    part(
                        name=text(), count=integer(minimum=0, maximum=500), weight={"type": "number", "format": "float"}
                    )
                ),
                **answers(200, refer("Item")),
            },
        },
        "/api/v1/shapes": {
            "post": {
                **take({"allOf": [refer("Shaped"), {"oneOf": [refer("Round"), refer("Square")]}]}),
                **answers(201, refer("Shaped")),
            }
        },
        "/api/v1/trees": {"post": {**take(refer("Tree")), **answers(201, BARE)}},
        "/api/v1/photos": {
            "post": {
                **take(
                    part(
                        ("photo",),
                        photo={"type": "string", "format": "binary"},
                        about=refer("About"),
                        stars=integer(minimum=1, maximum=5),
                    ),
                    "multipart/form-data",
                    encoding={"photo": {"contentType": "image/png, image/jpeg"}},
                ),
                **answers(201, part(size=integer())),
            }
        },
        "/api/v1/token": {
            "post": {
                **take(
                    part(
                        ("grant_type", "code"),
                        grant_type={"type": "string", "enum": ["authorization_code"]},
                        code=text(),
                        lifetime=integer(minimum=1),
                    ),
                    "application/x-www-form-urlencoded",
                ),
                **answers(200, BARE),
            }
        },
        "/api/v1/locked": {"post": answers(204, BARE)},
        "/api/v1/settings": {
            "get": {
                "parameters": [header("If-None-Match"), header("If-Modified-Since")],
                **answers(200, part(interval=integer())),
            },
            "put": {
                "parameters": [header("If-Unmodified-Since", required=True)],
                **take(part(("interval",), interval=integer(minimum=1, maximum=60))),
                **answers(200, part(interval=integer())),
            },
        },
        "/api/v1/counts": {
            "get": {
                "parameters": [
                    header("X-From", required=True, schema=integer()),
                    header("step", place="cookie", schema=integer(minimum=1)),
                ],
                **answers(200, part(next=integer(64))),
            }
        },
    },
    "components": {
        "schemas": {
            "Named": part(("name",), name=text()),
            "Counted": part(("count",), count=integer(minimum=0, maximum=500)),
            "NewItem": {
                "allOf": [
                    refer("Named"),
                    refer("Counted"),
                    part(
                        serial=integer(64),
                        weight={"type": "number", "format": "float"},
                        tags={"type": "array", "maxItems": 5, "items": text(9)},
                    ),
                ]
            },
            "Item": {"allOf": [refer("NewItem"), part(("id",), id=integer(64))]},
            "Shaped": SHAPED,
            "Round": part(("radius",), radius=integer(minimum=1, maximum=1000)),
            "Square": part(("side",), side=integer(minimum=1, maximum=1000)),
            "Tree": {
                "allOf": [
                    refer("Named"),
                    part(size=integer(), children={"type": "array", "maxItems": 5, "items": refer("Tree")}),
                ]
            },
            "About": {"allOf": [part(("title",), title=text()), part(year=integer(minimum=1800, maximum=2100))]},
        }
    },
}
"""The document."""

POLICY = """
[api]
name = "Workshop"
base_url = "${STRICT_URL}"

[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/api/{version}" }

[versions.v1]
contract = "v1.json"

[operations.rules."POST /locked"]
refusals = [403]

[operations.rules."PUT /settings"]
harmless = true
"""
"""The policy file."""
