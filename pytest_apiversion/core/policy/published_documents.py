"""What an API says of itself: where it publishes its OpenAPI document, how that is held, and which copies there are."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.carrier_positions import prefix_carrier
from pytest_apiversion.core.policy.version_texts import spell

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.core.policy.policy import Policy


class Covers(enum.Enum):
    """Which versions one published document describes."""

    ALL = "all"
    NEWEST = "newest"


class Hold(enum.Enum):
    """How a published document is held to the frozen contract."""

    ADDITIVE = "additive"
    SAME = "same"


@dataclass(frozen=True, kw_only=True, slots=True)
class Publishing:
    """Where the API publishes its document, and which copies of it exist.

    Attributes:
        served: Whole path below the base URL, `{version}` for each version's own; None where none is published.
        covers: Which of the versions that answer the document describes.
        hold: Whether it may say more than the frozen contract.
        copies: Groups of places whose content is the same byte for byte: a path that begins with `/` is asked of the API, any other is
            a file beside the policy file.
    """

    served: str | None = None
    covers: Covers = Covers.ALL
    hold: Hold = Hold.ADDITIVE
    copies: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Described:
    """What a published document says, beside the frozen contract of one version.

    Attributes:
        problem: Why it cannot be compared; empty where it can.
        changes: What it changes and the policy does not allow, gravest first.
        same: Whether the two are equal in canonical form.
        differs: Up to a few JSON pointers to where they are not.
    """

    problem: str = ""
    changes: tuple[Change, ...] = ()
    same: bool = True
    differs: tuple[str, ...] = ()


Digests = Mapping[str, str | None]
"""SHA-256, hex, of the copies that are files, by their place in the policy; None where there is no file."""


def is_served(place: str) -> bool:
    """Whether a copy is asked of the API."""
    return place.startswith("/")


def newest(policy: Policy, as_of: dt.datetime) -> str | None:
    """The newest version that answers, previews only where there is nothing else; None where none answers."""
    names = policy.answering(as_of)
    stable = [name for name in names if not policy.versions[name].lifecycle.preview]
    return next(reversed(stable or names), None)


def document_path(policy: Policy, version: str, as_of: dt.datetime) -> tuple[str, str] | None:
    """Where the document that describes a version is published, and where the policy says so; None where none is."""
    own, whole = policy.versions[version].served, policy.publishing.served
    place = f"versions.{version}.served" if own else "contract.served"
    if own is None and policy.publishing.covers is Covers.NEWEST and version != newest(policy, as_of):
        return None
    template = own or whole
    if template is None:
        return None
    return published_path(policy, version, template), place


def published_path(policy: Policy, version: str, template: str) -> str:
    """Where a version finds what is published at a path, with `{version}` written as paths name versions."""
    carrier = prefix_carrier(policy)
    return template.replace("{version}", spell(policy, carrier.kind, version) if carrier else version)
