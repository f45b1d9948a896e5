"""Conditional requests: the headers that hold a validator, and what stands in them where no reading is known (RFC 9110 §13.1)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from pytest_apiversion.core.http.media_ranges import is_field_text
from pytest_apiversion.core.http.statuses import NOT_MODIFIED

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Pairs, Request, Response

ANY = "*"
"""Any current representation (RFC 9110 §13.1.1)."""
LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"
"""A date since which everything was modified."""
NO_TAG = '"apiversion-none"'
"""An entity tag that nothing has."""

UNKNOWN: Mapping[str, str] = MappingProxyType(
    {"if-match": ANY, "if-none-match": ANY, "if-modified-since": LONG_AGO, "if-unmodified-since": LONG_AGO}
)
"""What stands in each conditional header, by its name in lower case, as long as the thing was not read."""
PRECONDITIONS = frozenset({"if-match", "if-unmodified-since"})
"""Those that keep a write from being done to something that changed in the meantime."""
CHANGED = 412
"""Precondition Failed (RFC 9110 §15.5.13)."""
REFUSALS = frozenset({CHANGED, 428})
"""And Precondition Required (RFC 6585 §3)."""


_BY_VALIDATOR = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
OF_CLIENTS = frozenset(name.lower() for _, name in _BY_VALIDATOR)
"""What a client that kept an answer sends of it, as browsers do (RFC 9110 §13.1.2 and §13.1.3)."""


def of_client(response: Response) -> Pairs:
    """The headers of a client that has an answer already; none where the answer has neither an entity tag nor a date."""
    told = ((name, (response.header(validator) or "").strip()) for validator, name in _BY_VALIDATOR)
    return tuple((name, value) for name, value in told if value and is_field_text(value))


def strong_tag(response: Response) -> str | None:
    """The entity tag that no two representations of a thing share (RFC 9110 §8.8.1); None where there is none, or a weak one."""
    tag = (response.header("etag") or "").strip()
    return tag if tag.startswith('"') else None


def is_conditional(name: str) -> bool:
    """Whether a header holds an entity tag or a date that a reading gave."""
    return name.lower() in UNKNOWN


def is_unchanged(request: Request, response: Response) -> bool:
    """Whether an answer is HTTP's own to a conditional reading: no contract has to name it."""
    return response.status == NOT_MODIFIED and any(request.header(name) is not None for name in OF_CLIENTS)
