"""Verdicts of details that are easily read as something else: numbers of what is contained, steps, names of alternatives, and words without effect."""

from __future__ import annotations

from typing import Any

from tests.diff.documents import answered, asked, document, sent
from tests.diff.verdict_parts import (
    BREAKS,
    INT,
    SILENT,
    STR,
    TELLS,
    WARNS,
    fine,
    members,
    producing,
    query,
    reference,
    secured,
    swagger,
)

Row = tuple[Any, Any, str]


def contains(*wanted: dict[str, Any]) -> dict[str, Any]:
    """A list that contains items of several kinds."""
    return {"type": "array", "allOf": list(wanted)}


def steps(*numbers: float) -> dict[str, Any]:
    """A number that is a multiple of several."""
    return {"type": "number", "allOf": [{"multipleOf": number} for number in numbers]}


SCHEMAS: dict[str, tuple[Any, Any, str, str]] = {
    "contained-in-another-order": (
        contains({"contains": STR, "minContains": 2}, {"contains": INT}),
        {"type": "array", "contains": INT, "allOf": [{"contains": STR, "minContains": 2}]},
        SILENT,
        SILENT,
    ),
    "numbers-of-contained-swapped": (
        contains({"contains": STR, "minContains": 2}, {"contains": INT}),
        contains({"contains": STR}, {"contains": INT, "minContains": 2}),
        BREAKS,
        BREAKS,
    ),
    "more-of-the-second-contained": (
        contains({"contains": STR, "minContains": 2}, {"contains": INT}),
        contains({"contains": STR, "minContains": 2}, {"contains": INT, "minContains": 2}),
        BREAKS,
        TELLS,
    ),
    "at-most-of-the-second-contained": (
        contains({"contains": STR}, {"contains": INT, "minContains": 0, "maxContains": 3}),
        contains({"contains": STR}, {"contains": INT, "minContains": 0, "maxContains": 2}),
        BREAKS,
        TELLS,
    ),
    "one-more-contained": (
        {"type": "array", "contains": STR, "minContains": 2},
        contains({"contains": STR, "minContains": 2}, {"contains": INT}),
        BREAKS,
        TELLS,
    ),
    "one-more-contained-that-another-says": (
        contains({"contains": INT, "minContains": 2}),
        contains({"contains": INT, "minContains": 2}, {"contains": {"type": "number"}}),
        SILENT,
        SILENT,
    ),
    "one-of-two-contained-narrower": (
        contains({"contains": STR}, {"contains": INT}),
        contains({"contains": {**STR, "maxLength": 3}}, {"contains": INT}),
        BREAKS,
        TELLS,
    ),
    "numbers-of-one-contained-in-two-parts": (
        contains({"contains": STR, "minContains": 2}, {"contains": STR, "maxContains": 5}),
        {"type": "array", "contains": STR, "minContains": 2, "maxContains": 5},
        SILENT,
        SILENT,
    ),
    "any-items-beside-contained": (
        contains({"contains": STR}, {"contains": True, "minContains": 3}),
        {"type": "array", "contains": STR, "minItems": 3},
        SILENT,
        SILENT,
    ),
    "two-steps-as-the-least-of-both": (steps(4, 6), steps(12), SILENT, SILENT),
    "step-that-another-has": (steps(4), steps(2, 4), SILENT, SILENT),
    "fractions-as-steps": (steps(0.2, 0.3), steps(0.6), SILENT, SILENT),
    "whole-by-type-and-step": (
        {"type": "integer", "multipleOf": 2.5},
        {"type": "integer", "multipleOf": 5},
        SILENT,
        SILENT,
    ),
    "another-step": (steps(4), steps(4, 3), BREAKS, TELLS),
    "needed-by-what-is-always-there": (
        members({"a": STR, "b": STR, "c": STR}, required=["a"], dependentRequired={"a": ["b"], "b": ["c"]}),
        members({"a": STR, "b": STR, "c": STR}, required=["a", "b", "c"]),
        SILENT,
        SILENT,
    ),
}
"""Id -> two schemas, and the verdicts in a request and in an answer."""

CAT, DOG = members({"k": STR, "m": STR}, required=["k"]), members({"k": STR, "w": STR}, required=["k"])
PETS = {"Cat": CAT, "Dog": DOG}


def told_apart(*names: str, **mapping: str) -> dict[str, Any]:
    """One of several components, by a member and a mapping."""
    more = {"mapping": {name: f"#/components/schemas/{component}" for name, component in mapping.items()}}
    return {"oneOf": list(map(reference, names)), "discriminator": {"propertyName": "k", **(more if mapping else {})}}


OTHER_COMPONENT = {"Katze": CAT, "Dog": DOG}
KINDS = {
    "Cat": members({"k": {"const": "cat"}}, required=["k"]),
    "Dog": members({"k": {"const": "dog"}}, required=["k"]),
}
TAKEN_OVER = {"propertyName": "k", "mapping": {"cat": "#/components/schemas/Cat"}}


def inherited(lives: dict[str, Any]) -> dict[str, Any]:
    """Schemas of which one takes over another, which names it."""
    base = {**members({"k": STR}, required=["k"]), "discriminator": TAKEN_OVER}
    return {"Pet": base, "Cat": {"allOf": [reference("Pet"), members({"lives": lives}, required=["lives"])]}}


PET = {**members({"k": STR}, required=["k"]), "discriminator": {"propertyName": "k"}}


def heirs(base: dict[str, Any] = PET, **own: Any) -> dict[str, Any]:
    """A schema that a discriminator tells apart, and components that take it over, each with a member of its own."""
    named = {name: {"allOf": [reference("Pet"), members({name[0].lower(): schema})]} for name, schema in own.items()}
    return {"Pet": base, **named}


SAYS_CATS = {**PET, "properties": {"k": {**STR, "enum": ["Cat"]}}}

DISCRIMINATORS: dict[str, tuple[Any, Any, Any, Any, str, str]] = {
    "name-of-an-alternative": (
        told_apart("Cat", "Dog", cat="Cat", dog="Dog"),
        PETS,
        told_apart("Cat", "Dog", kitty="Cat", dog="Dog"),
        PETS,
        BREAKS,
        WARNS,
    ),
    "component-that-has-a-name": (
        told_apart("Cat", "Dog", cat="Cat", dog="Dog"),
        PETS,
        told_apart("Katze", "Dog", cat="Katze", dog="Dog"),
        OTHER_COMPONENT,
        SILENT,
        SILENT,
    ),
    "component-that-is-the-name": (
        told_apart("Cat", "Dog"),
        PETS,
        told_apart("Katze", "Dog"),
        OTHER_COMPONENT,
        BREAKS,
        WARNS,
    ),
    "component-whose-name-its-values-say": (
        told_apart("Cat", "Dog"),
        KINDS,
        told_apart("Katze", "Dog"),
        {"Katze": KINDS["Cat"], "Dog": KINDS["Dog"]},
        SILENT,
        SILENT,
    ),
    "names-swapped": (
        told_apart("Cat", "Dog", cat="Cat", dog="Dog"),
        PETS,
        told_apart("Cat", "Dog", cat="Dog", dog="Cat"),
        PETS,
        BREAKS,
        WARNS,
    ),
    "what-takes-it-over-narrower": (
        reference("Pet"),
        inherited(INT),
        reference("Pet"),
        inherited({**INT, "maximum": 9}),
        BREAKS,
        TELLS,
    ),
    "what-takes-it-over-the-same": (
        reference("Pet"),
        inherited(INT),
        reference("Pet"),
        inherited({**INT, "title": "x"}),
        SILENT,
        SILENT,
    ),
    "heir-that-no-mapping-names-narrower": (
        reference("Pet"),
        heirs(Cat=STR),
        reference("Pet"),
        heirs(Cat={**STR, "maxLength": 3}),
        BREAKS,
        TELLS,
    ),
    "heir-that-no-mapping-names-wider": (
        reference("Pet"),
        heirs(Cat={**STR, "maxLength": 3}),
        reference("Pet"),
        heirs(Cat=STR),
        TELLS,
        BREAKS,
    ),
    "heir-that-no-mapping-names-gone": (
        reference("Pet"),
        heirs(Cat=STR, Dog=STR),
        reference("Pet"),
        heirs(Cat=STR),
        BREAKS,
        TELLS,
    ),
    "heir-that-no-mapping-names-more": (
        reference("Pet"),
        heirs(Cat=STR),
        reference("Pet"),
        heirs(Cat=STR, Dog=STR),
        TELLS,
        TELLS,
    ),
    "heir-by-another-name": (
        reference("Pet"),
        heirs(Cat=STR),
        reference("Pet"),
        {"Pet": PET, "Katze": heirs(Cat=STR)["Cat"]},
        BREAKS,
        WARNS,
    ),
    "heir-that-a-mapping-names-now": (
        reference("Pet"),
        heirs(Cat=STR),
        reference("Pet"),
        heirs({**PET, "discriminator": {"propertyName": "k", "mapping": {"Cat": "#/components/schemas/Cat"}}}, Cat=STR),
        SILENT,
        SILENT,
    ),
    "heir-of-an-heir": (
        reference("Pet"),
        heirs(Cat=STR) | {"Lion": {"allOf": [reference("Cat"), members({"l": STR})]}},
        reference("Pet"),
        heirs(Cat=STR) | {"Lion": {"allOf": [reference("Cat"), members({"l": INT})]}},
        BREAKS,
        BREAKS,
    ),
    "heir-whose-name-is-never-sent": (
        reference("Pet"),
        heirs(SAYS_CATS, Cat=STR, Dog=STR),
        reference("Pet"),
        heirs(SAYS_CATS, Cat=STR),
        SILENT,
        SILENT,
    ),
    "heir-of-what-nothing-tells-apart": (
        reference("Pet"),
        heirs(members({"k": STR}), Cat=STR, Dog=STR),
        reference("Pet"),
        heirs(members({"k": STR}), Cat=STR),
        SILENT,
        SILENT,
    ),
}
"""Id -> two schemas with their components, and the verdicts in a request and in an answer."""


def linked(name: str, to: str) -> dict[str, Any]:
    """Two operations, of which the first one, of some name, links to one of a name."""
    links = {"next": {"operationId": to}}
    get = {"operationId": name, "responses": {"200": {"description": "", "links": links}}}
    return document({"/a": {"get": get, "delete": {"operationId": "h" if name != "h" else "g", "responses": {}}}})


def in_form(schema: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    """A form with one member, written so."""
    media = {"schema": members({"f": schema}), **({"encoding": {"f": encoding}} if encoding else {})}
    content = {"application/x-www-form-urlencoded": media}
    return document({"/a": {"post": {"requestBody": {"content": content}, "responses": {"200": {"description": ""}}}}})


def encoded(kinds: str, **more: Any) -> dict[str, Any]:
    """A body of several parts, of which one says its media types."""
    told = {"f": {"contentType": kinds, **more}}
    content = {"multipart/form-data": {"schema": members({"f": {}}), "encoding": told}}
    return document({"/a": {"post": {"requestBody": {"content": content}, "responses": {"200": {"description": ""}}}}})


def free_swagger() -> dict[str, Any]:
    """An answer of Swagger 2.0 whose media type nobody says."""
    return swagger(op={"responses": {"200": {"description": "", "schema": STR}}})


def as_any(kind: str) -> dict[str, Any]:
    """The same in OpenAPI 3."""
    return document(
        {"/a": {"post": {"responses": {"200": {"description": "", "content": {kind: {"schema": STR}}}}}}}, "3.0.3"
    )


DETAILS: dict[str, Row] = {
    **{f"{name}-sent": (sent(one), sent(other), verdict) for name, (one, other, verdict, _) in SCHEMAS.items()},
    **{
        f"{name}-answered": (answered(one), answered(other), verdict)
        for name, (one, other, _, verdict) in SCHEMAS.items()
    },
    **{
        f"{name}-{way}": (wrap(one, "3.1.0", **was), wrap(other, "3.1.0", **now), verdicts[index])
        for name, (one, was, other, now, *verdicts) in DISCRIMINATORS.items()
        for index, (way, wrap) in enumerate((("sent", sent), ("answered", answered)))
    },
    "media-types-of-a-part-in-another-order": (
        encoded("image/png, image/jpeg"),
        encoded("image/jpeg,image/png"),
        SILENT,
    ),
    "deep-object-that-says-how-it-is-written": (
        asked(query(style="deepObject", schema=members({"a": STR}))),
        asked(query(style="deepObject", explode=True, schema=members({"a": STR}))),
        SILENT,
    ),
    "name-in-xml-of-json": (
        sent(members({"a": {**STR, "xml": {"name": "x"}}})),
        sent(members({"a": {**STR, "xml": {"name": "y"}}})),
        SILENT,
    ),
    "reserved-characters-in-a-form": (in_form(STR, allowReserved=True), in_form(STR), BREAKS),
    "reserved-characters-of-numbers-in-a-form": (in_form(INT, allowReserved=True), in_form(INT), SILENT),
    "style-of-a-part-in-the-older-dialect": (
        {**encoded("image/png", style="form"), "openapi": "3.0.3"},
        {**encoded("image/png"), "openapi": "3.0.3"},
        SILENT,
    ),
    "link-that-follows-a-new-operation-id": (linked("g", "g"), linked("h", "h"), TELLS),
    "link-to-another-operation": (linked("g", "g"), linked("g", "h"), WARNS),
    "reserved-characters-of-numbers": (asked(query(allowReserved=True, schema=INT)), asked(query(schema=INT)), SILENT),
    "reserved-characters-of-listed-words": (
        asked(query(allowReserved=True, schema={"enum": ["a-b", "c"]})),
        asked(query(schema={"enum": ["a-b", "c"]})),
        SILENT,
    ),
    "reserved-characters-of-listed-addresses": (
        asked(query(allowReserved=True, schema={"enum": ["a/b", "c"]})),
        asked(query(schema={"enum": ["a/b", "c"]})),
        BREAKS,
    ),
    "default-that-comes-to-what-is-always-there": (
        asked(query(required=True, schema=INT)),
        asked(query(required=True, schema={**INT, "default": 20})),
        SILENT,
    ),
    "another-default-of-what-is-always-there": (
        asked(query(required=True, schema={**INT, "default": 10})),
        asked(query(required=True, schema={**INT, "default": 20})),
        BREAKS,
    ),
    "null-as-a-default": (
        asked(query(schema={"type": ["string", "null"]})),
        asked(query(schema={"type": ["string", "null"], "default": None})),
        SILENT,
    ),
    "other-credentials-that-nobody-needs": (secured({}, {"k": []}), secured({}, {"b": []}), TELLS),
    "credentials-that-nobody-needs-gone": (secured({}, {"k": []}), secured({}), TELLS),
    "swagger-file-in-an-answer": (
        swagger(op={"produces": ["image/png"], "responses": {"200": {"description": "", "schema": {"type": "file"}}}}),
        document(
            {"/a": {"post": {"responses": fine({"image/png": {"schema": {**STR, "format": "binary"}}})}}}, "3.0.3"
        ),
        SILENT,
    ),
    "swagger-without-a-media-type-as-any": (free_swagger(), as_any("*/*"), SILENT),
    "any-as-swagger-without-a-media-type": (as_any("*/*"), free_swagger(), SILENT),
    "swagger-without-a-media-type-as-json": (free_swagger(), as_any("application/json"), SILENT),
    "swagger-json-as-any": (producing(["application/json"]), as_any("*/*"), BREAKS),
}
