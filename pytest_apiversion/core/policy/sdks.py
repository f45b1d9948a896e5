"""SDKs: their releases, and the versions these are pinned to."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_apiversion.core.versions.lifecycle import Moment


@dataclass(frozen=True, kw_only=True, slots=True)
class Sdk:
    """A release of an SDK and what it is pinned to.

    Attributes:
        name: The SDK.
        release: Its release: `1.4.2`, or `1.4.x` for all of them.
        api: What it is pinned to, as the SDK calls it: `1.4.*`, `2.x`; None where only the version is said.
        version: The declared version it speaks.
        deprecated: When it became deprecated, or will.
        sunset: When it stops being supported.
        place: Dotted place in the policy file.
    """

    name: str
    release: str
    version: str
    api: str | None = None
    deprecated: Moment | None = None
    sunset: Moment | None = None
    place: str = ""
