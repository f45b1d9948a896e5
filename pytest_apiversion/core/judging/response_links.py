"""Links in responses: where they stand, and which version of the API they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin

from pytest_apiversion.core.http.link_header import parse_links, parts
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.json.members import places
from pytest_apiversion.core.policy.carrier_positions import in_address
from pytest_apiversion.core.policy.version_texts import spelling

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy

_NAMES = re.compile(
    r"(.*_)?(links?|self|next|prev|previous|first|last|href|url|uri|location|nextLink|next_?page|previous_?page)(_url|_uri|_link)?"
    r"|.*(Url|Uri|Link|Href)|.*_(url|uri|link|href)",
    re.IGNORECASE,
)
"""Members that hold an address."""
_OTHER = re.compile(r"version|successor|predecessor|deprecat|sunset|migrat|doc", re.IGNORECASE)
"""Members, and what they are in, whose addresses are about other versions, or no operation's."""
_RELS = frozenset({"self", "next", "prev", "previous", "first", "last"})
"""Relation types of the same resource, and of its pages (RFC 8288, RFC 5005)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ResponseLink:
    """A link an answer holds.

    Attributes:
        place: JSON pointer with `*` for every element of a list, or the name of a header.
        text: The URI reference, as written.
    """

    place: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """Where an address below the API's own leads to.

    Attributes:
        path: The path without version and base path.
        texts: What is written where a version belongs, by carrier kind; only carriers that are part of an address.
    """

    path: str
    texts: dict[str, str]


def response_links(response: Response) -> Iterator[ResponseLink]:
    """The links of an answer that should lead to its own version: in headers, and in members that are called so."""
    if (location := response.header("location")) is not None:
        yield ResponseLink(place="Location", text=location)
    for link in parse_links(response.header("link") or ""):
        if link.rels & _RELS:
            yield ResponseLink(place="Link", text=link.target)
    if response.parsed.problem is None:
        for place, value in places(response.json):
            if isinstance(value, str) and _holds_address(place):
                yield ResponseLink(place=place, text=value)


def _holds_address(place: str) -> bool:
    """Whether what stands there is an address, by what it is called or what it is in."""
    names = [name for name in place.split("/") if name not in {"", "*"}]
    if any(_OTHER.search(name) for name in names):
        return False
    return bool(names) and (
        _NAMES.fullmatch(names[-1]) is not None or "links" in {name.strip("_").lower() for name in names}
    )


def link_target(policy: Policy, request: Request, text: str, *, relative: bool = False) -> Target | None:
    """Where an address leads to; None where that is not below the API's base URL, or it is no address.

    Args:
        policy: The policy.
        request: What was asked.
        text: The address, as written.
        relative: Whether it may be relative to what was asked for, as in a header (RFC 9110 §10.2.2); a text of a body may say anything.
    """
    base, own = parts(policy.base_url or ""), followed_request(policy, request, text, relative=relative)
    if base is None or own is None:
        return None
    bare, texts, prefixed = own, dict[str, str](), False
    for kind, carrier in policy.carriers.items():
        found = carrier.form.read(own, carrier) if in_address(policy, kind) else ()
        if found and not (carrier.form.in_path and spelling(policy, kind).read(found[0]) is None):
            texts[kind] = found[0]
            bare, prefixed = carrier.form.clean(bare, carrier), prefixed or carrier.form.in_path
    if own.host not in {base.netloc, request.host} and bare.host == own.host:
        return None  # the host is another, and names no version
    if prefixed:
        return Target(path=bare.path, texts=texts)
    if not f"{bare.path}/".startswith(f"{policy.base_path}/"):
        return None
    return Target(path=bare.path.removeprefix(policy.base_path) or "/", texts=texts)


def followed_request(policy: Policy, request: Request, text: str, *, relative: bool = False) -> Request | None:
    """The reading of an address as it is written, whose path is below the base URL and whose host is its own; None where it is no address."""
    base = parts(policy.base_url or "")
    here = (policy.base_url or "").rstrip("/") + request.path
    if base is None or parts(text) is None or not (relative or text.startswith(("/", "http://", "https://"))):
        return None
    url = parts(urljoin(here, text))
    if url is None or url.scheme not in {"http", "https"}:
        return None
    return Request(
        method="GET",
        path=url.path.removeprefix(base.path.rstrip("/")) or "/",
        query=tuple(parse_qsl(url.query, keep_blank_values=True)),
        host=url.netloc,
    )
