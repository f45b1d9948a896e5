"""What is used of requests and urllib3 beyond their documentation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from pytest_apiversion.shell.compat.names import find

HTTPHeaderDict: Any = find("urllib3", "HTTPHeaderDict") or find("urllib3._collections", "HTTPHeaderDict")
"""Header lines of which a name may come twice; urllib3 1.26, which will not change any more, has it elsewhere."""

_requote: Callable[[str], str] | None = find("requests.utils", "requote_uri")


def requoted(part: str) -> str:
    """A part of a path with what may not stand in it percent-encoded, and what need not be so decoded; the latter by requests only."""
    return _requote(part) if _requote is not None else quote(part, safe="%!#$&'()*+,/:;=?@[]~")
