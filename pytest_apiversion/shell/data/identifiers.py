"""Finds identifiers in answers: in `Location`, in members named like one, in links to the thing itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.contracts.names import words
from pytest_apiversion.core.http.link_header import parts
from pytest_apiversion.core.json.pointer import MISSING, lookup
from pytest_apiversion.shell.data.listed_things import METADATA, alone, elements, listed, objects
from pytest_apiversion.shell.openapi.serialization import encode

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response

_ITEMS = 5
"""Elements of a list that are looked at."""
GENERIC = ("id", "_id", "uuid", "guid", "key", "slug", "code", "name", "token", "number", "ref")
"""What identifiers are called, where no member has the parameter's own name."""
_WEAK = frozenset({"key", "code", "name", "token", "number", "ref"})
"""Those of them that are just as often something else."""
UNIQUE = tuple(name for name in GENERIC if name not in _WEAK)
"""What tells a thing from all others of its list."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An identifier.

    Attributes:
        text: It, percent-encoded as one path segment.
        holder: The object of the answer it stood in; empty where it was not a member.
    """

    text: str
    holder: Mapping[str, Any]


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """A noun without the ending of its plural, as far as spelling tells."""
    for ending, instead in (
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("ss", "ss"),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + instead
    return word


@cache
def spellings(name: str) -> tuple[str, ...]:
    """A parameter's name and the other ways its words are joined: `member_id`, `memberId`, `memberID`, `member-id`."""
    first, *rest = parts = words(name)
    camel = first + "".join(word.title() for word in rest)
    tail = first + "".join("ID" if word == "id" else word.title() for word in rest)
    return tuple(dict.fromkeys([name, "_".join(parts), camel, tail, "-".join(parts), "".join(parts)]))


def noun(collection: str) -> str:
    """What a collection's members are, in the singular: the last literal segment of its path."""
    literals = [part for part in collection.split("/") if part and "{" not in part]
    return singular(literals[-1]) if literals else ""


def names_for(name: str, collection: str) -> tuple[str, ...]:
    """Names under which an identifier may stand, best first.

    Args:
        name: The path parameter.
        collection: The path before it.
    """
    thing = noun(collection)
    own = [*spellings(name), *(spellings(f"{thing}_id") if thing else ()), *(spellings(thing) if thing else ())]
    return tuple(dict.fromkeys([*own, *GENERIC]))


def identifiers(response: Response, collection: str, name: str) -> Iterator[Found]:
    """Identifiers of things of a collection in an answer, best guess first, none twice.

    Args:
        response: The answer to a creation or a listing.
        collection: The template before the parameter; in `/orgs/{org_id}/members/{member_id}` it is `/orgs/{org_id}/members`.
        name: The parameter.
    """
    seen: set[str] = set()
    for found in _all(response, collection, name):
        if found.text and found.text not in seen:
            seen.add(found.text)
            yield found


def members_named(holder: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[Found]:
    """The scalars of one object under given names."""
    for name in names:
        if _scalar(holder.get(name)):
            yield Found(text=encode(holder[name]), holder=holder)


def _all(response: Response, collection: str, name: str) -> Iterator[Found]:
    yield from _located(response, collection)
    value, things = response.json, spellings(noun(collection))
    for found in (listed(value, things), alone(value, things), objects(value, without=METADATA)):
        yield from _named(list(found), collection, name)
    for holder in objects(value):
        for text in holder.values():
            if isinstance(text, str) and "/" in text and (match := _reference(collection).search(_path(text))):
                yield Found(text=match["id"], holder=holder)
    yield from _plain_items(value)
    yield from _written(response, _own_names(name, collection)[0])
    location = response.header("location")
    if location and response.status == 201:  # noqa: PLR2004  RFC 9110 §15.3.2
        yield Found(text=_path(location).rstrip("/").rpartition("/")[2], holder={})


def made_by(response: Response, collection: str, name: str, sent: Any) -> Iterator[Found]:
    """The identifiers of the one thing that an answer says was created, surest first; of nothing that the answer merely mentions.

    Args:
        response: The answer to the creation.
        collection: The template before the parameter.
        name: The parameter.
        sent: The JSON value of the request; the name in it counts where the answer repeats nothing.
    """
    yield from _located(response, collection)
    found = list(_of_one(response.json, collection, name, sent))
    if not found and _scalar(response.json):
        found = [Found(text=encode(response.json), holder={})]
    if not found and isinstance(sent, dict):
        found = list(_named([sent], collection, name))[:1]
    yield from found


def made_together(response: Response, collection: str, name: str, sent: Any) -> list[str]:
    """The identifiers of the things that an answer says were created at once: no more of them than the request has elements.

    Args:
        response: The answer to the creation.
        collection: The template before the parameter.
        name: The parameter.
        sent: The JSON value of the request.
    """
    things = spellings(noun(collection))
    asked, answered = elements(sent, things) or [], elements(response.json, things) or []
    told = (next(_named(list(alone(each, things)), collection, name), None) for each in answered)
    found = [each.text for each in told if each is not None]
    return found if len(set(found)) == len(found) <= len(asked) else []


def _of_one(value: Any, collection: str, name: str, sent: Any) -> Iterator[Found]:
    """The identifiers of the thing itself; a name or a code counts where it is what was sent, for it may be of something else."""
    for found in _named(list(alone(value, spellings(noun(collection)))), collection, name):
        called = next((each for each, text in found.holder.items() if _scalar(text) and encode(text) == found.text), "")
        if (
            called not in _WEAK
            or called == name
            or (isinstance(sent, dict) and sent.get(called) == found.holder[called])
        ):
            yield found


def _own_names(name: str, collection: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the identifier may be called: by this parameter, and in general."""
    own = names_for(name, collection)
    specific, general = own[: -len(GENERIC)], own[-len(GENERIC) :]
    return ((*specific, name) if name in GENERIC else specific), general


def _located(response: Response, collection: str) -> Iterator[Found]:
    location = response.header("location")
    if location and (match := _reference(collection).search(_path(location))):
        yield Found(text=match["id"], holder={})


def _named(objects: list[Mapping[str, Any]], collection: str, name: str) -> Iterator[Found]:
    """The members of objects that are called like the identifier."""
    specific, general = _own_names(name, collection)
    for holder in objects:
        yield from members_named(holder, specific)
    for candidate in general:
        for holder in objects:
            yield from members_named(holder, (candidate,))


def _path(reference: str) -> str:
    """The path of a URI reference; empty where it is none."""
    split = parts(reference)
    return split.path if split else ""


@cache
def _reference(collection: str) -> re.Pattern[str]:
    """What the path of a URL of one of a collection's things ends with."""
    segments = [r"[^/]+" if "{" in part else re.escape(part) for part in collection.strip("/").split("/")]
    return re.compile("/" + "/".join([*segments, "(?P<id>[^/]+)"]) + "/?$")


def _plain_items(value: Any) -> Iterator[Found]:
    """The scalars of a list of nothing but scalars, at the top or under one member."""
    lists = [value] if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    for items in lists:
        if isinstance(items, list) and all(_scalar(item) for item in items):
            yield from (Found(text=encode(item), holder={}) for item in items[:_ITEMS])


def _written(response: Response, names: tuple[str, ...]) -> Iterator[Found]:
    """Elements of an XML answer that are called like the identifier."""
    if response.media_type != "application/xml" and not response.media_type.endswith(("/xml", "+xml")):
        return
    for name in (*names, *GENERIC):
        for match in re.finditer(rf"<(?:\w+:)?{re.escape(name)}\s*>([^<>&]+)<", response.text[:100_000], re.IGNORECASE):
            yield Found(text=encode(match[1].strip()), holder={})


def _scalar(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def linked(response: Response | None, expression: str) -> str | None:
    """What an OpenAPI runtime expression takes from an answer, percent-encoded; None where it takes nothing."""
    if response is None:
        return None
    if expression.startswith("$response.body#"):
        value = lookup(response.json, expression.removeprefix("$response.body#"))
        return (
            encode(value) if value is not MISSING and not isinstance(value, dict | list) and value is not None else None
        )
    if expression.startswith("$response.header."):
        found = response.header(expression.removeprefix("$response.header."))
        return encode(found) if found else None
    return None if expression.startswith("$") else encode(expression)


def unlikely(text: str) -> bool:
    """Whether a drawn path text is not an identifier something has by chance, as `1` is."""
    plain = unquote(text)
    return plain.isprintable() and len(plain) > 3 and not (plain.isdecimal() and len(plain) < 6)  # noqa: PLR2004  the first of a sequence
