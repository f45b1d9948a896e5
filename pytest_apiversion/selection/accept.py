"""The version in `Accept`: a media-type parameter, or a media type with the version in its name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.media_ranges import MediaRange, is_field_text, is_token, media_ranges, parameter_value
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.carriers import CarrierKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_apiversion.core.policy.carriers import Carrier


_SIGNS = frozenset(',;"\\')
"""What separates ranges and parameters, and what quotes them."""


def write(request: Request, carrier: Carrier, text: str) -> Request:
    """Adds a range that names the version.

    Ranges that name none make way for it: a server may prefer them, and would then answer without a version.
    """
    if carrier.template:
        new = carrier.template.replace("{version}", text)
    else:
        new = f"{carrier.media_type or '*/*'}; {carrier.name}={parameter_value(text)}"
    kept = [item.text for item in _ranges(request) if _texts(item, carrier)]
    if carrier.content_type and request.body is not None:
        request = request.with_header("Content-Type", new)
    return request.with_header("Accept", ", ".join([*kept, new]))


def read(request: Request, carrier: Carrier) -> tuple[str, ...]:
    """The versions the ranges name, in order."""
    return tuple(text for item in _ranges(request) for text in _texts(item, carrier))


def clean(request: Request, carrier: Carrier) -> Request:
    """Takes the ranges that name a version away; the header goes when none is left."""
    ranges = _ranges(request)
    kept = [item.text for item in ranges if not _texts(item, carrier)]
    if len(kept) == len(ranges):
        return request
    return request.with_header("Accept", ", ".join(kept)) if kept else request.without_header("Accept")


def can_carry(text: str, carrier: Carrier | None = None) -> bool:
    """Whether a text can be quoted; inside a media type's name, whether it is a token without upper-case letters.

    What only quotes keep apart from the header's own signs is not carried: readers that split the header at each comma or
    semicolon first are many, and what they make of it says nothing of versions.
    Media types are compared without case (RFC 9110 §8.3.1), so there `V1` says the same as `v1`.
    """
    if carrier is not None and carrier.template:
        return is_token(text) and text == text.lower()
    return is_field_text(text) and _SIGNS.isdisjoint(text)


def forms(carrier: Carrier, text: str, other: str | None) -> Iterator[tuple[str, str]]:
    """Media types without case, values in quotes, other parameters, weights and other ranges beside (RFC 9110 §8.3.1, §5.6.6, §12.5.1)."""
    if carrier.template:
        whole = carrier.template.replace("{version}", text)
        name, *parameters = carrier.template.split(";")  # whose values may have a case
        name = "{version}".join(map(str.title, name.split("{version}")))
        yield "Accept", ";".join([name, *parameters]).replace("{version}", text)
        yield "Accept", f"{whole};q=0.9"
        yield "Accept", f"text/html;q=0.1, {whole}"
        return
    media, name = carrier.media_type or "*/*", carrier.name
    if not is_token(text):
        return
    yield "Accept", f"{media};{name}={text}"
    yield "Accept", f'{media}; {name}="{text}"'
    yield "Accept", f"{media.title()}; {name}={text}"
    yield "Accept", f"{media}; charset=utf-8; {name}={text}"
    yield "Accept", f"{media}; {name}={text}; q=0.9"
    yield "Accept", f"text/html;q=0.1, {media}; {name}={text}"
    if other is not None and is_token(other):
        yield "Accept", f"{media}; x{name}={other}; {name}={text}"


def preferences(carrier: Carrier, text: str, other: str | None) -> Iterator[tuple[str, str]]:
    """Two ranges that name versions, of which one has the greater weight, or the only one above 0 (RFC 9110 §12.4.2)."""
    wanted, left = (
        write(Request(method="GET", path="/"), carrier, each or "").header("Accept") for each in (text, other)
    )
    if other is not None and other != text and is_token(text) and is_token(other):
        yield "Accept", f"{left}; q=0.1, {wanted}"
        yield "Accept", f"{wanted}, {left}; q=0.1"
        yield "Accept", f"{left}; q=0, {wanted}"


def _ranges(request: Request) -> tuple[MediaRange, ...]:
    return media_ranges(", ".join(value for name, value in request.headers if name.lower() == "accept"))


def _texts(item: MediaRange, carrier: Carrier) -> tuple[str, ...]:
    if not carrier.template:
        return item.values(carrier.name)
    match = _name(carrier.template).fullmatch(item.media_type)
    return (match["version"].lower(),) if match else ()


@cache
def _name(template: str) -> re.Pattern[str]:
    before, _, after = template.partition("{version}")
    return re.compile(f"{re.escape(before)}(?P<version>[^/]+){re.escape(after)}", re.IGNORECASE | re.ASCII)


CARRIER = CarrierKind(
    kind="accept",
    write=write,
    read=read,
    clean=clean,
    can_carry=can_carry,
    quotes=True,
    forms=forms,
    preferences=preferences,
)
