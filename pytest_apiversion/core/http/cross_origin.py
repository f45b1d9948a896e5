"""Pages of other origins (CORS): what of an answer they can read, and that they ask with an `Origin`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Request, Response

SAFELISTED = frozenset(
    {
        "cache-control",
        "content-language",
        "content-length",
        "content-type",
        "expires",
        "last-modified",
        "pragma",
    }
)
"""Response headers that every page can read (Fetch standard, "CORS-safelisted response-header name")."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CrossOrigin:
    """What a page of another origin can read of the answers.

    Attributes:
        origin: The page's origin.
        exposes: Response headers that it can read, where they are sent.
        credentials: Whether it sends cookies, so that `*` stands for nothing.
        unless: Status patterns of answers that it need not be able to read.
    """

    origin: str
    exposes: tuple[str, ...] = ()
    credentials: bool = False
    unless: tuple[str, ...] = ()

    def unreadable(self, response: Response) -> bool:
        """Whether a page cannot read an answer at all (Fetch standard, "CORS check")."""
        allowed = response.header("access-control-allow-origin")
        if not self.credentials:
            return allowed not in {"*", self.origin}
        return allowed != self.origin or response.header("access-control-allow-credentials") != "true"

    def hidden(self, response: Response) -> list[str]:
        """The headers of an answer that a page should be able to read, and cannot."""
        told = {name.strip().lower() for name in (response.header("access-control-expose-headers") or "").split(",")}
        if "*" in told and not self.credentials:
            return []
        sent = [name for name in self.exposes if response.header(name) is not None]
        return [name for name in sent if name.lower() not in SAFELISTED | told]


def from_page(cors: CrossOrigin | None, request: Request) -> Request:
    """A request as a page of another origin would send it; `OPTIONS`, which some take for a preflight, as it is."""
    if cors is None or request.method == "OPTIONS" or request.header("origin") is not None:
        return request
    return request if "origin" in request.without else request.with_header("Origin", cors.origin)
