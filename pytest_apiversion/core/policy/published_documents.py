"""Published documents: at which path the OpenAPI document of a version is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.carrier_positions import prefix_carrier
from pytest_apiversion.core.policy.publishing import Covers
from pytest_apiversion.core.policy.version_texts import spell

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.policy.policy import Policy


def newest(policy: Policy, as_of: dt.datetime) -> str | None:
    """The newest version that answers, previews only where there is nothing else; None where none answers."""
    names = policy.answering(as_of)
    stable = [name for name in names if not policy.versions[name].lifecycle.preview]
    return next(reversed(stable or names), None)


def document_path(policy: Policy, version: str, as_of: dt.datetime) -> tuple[str, str] | None:
    """Where the document that describes a version is published, and where the policy says so; None where none is."""
    return next(iter(document_paths(policy, version, as_of)), None)


def document_paths(policy: Policy, version: str, as_of: dt.datetime) -> list[tuple[str, str]]:
    """The same for all documents that describe a version, its own before one that is said to be the newest version's."""
    own, whole = policy.versions[version].served, policy.publishing.served
    newest_only = policy.publishing.covers is Covers.NEWEST
    covered = version == newest(policy, as_of) if newest_only else own is None
    found = {
        published_path(policy, version, template): place
        for template, place in ((whole if covered else None, "contract.served"), (own, f"versions.{version}.served"))
        if template is not None
    }
    return list(reversed(found.items()))


def published_path(policy: Policy, version: str, template: str) -> str:
    """Where a version finds what is published at a path, with `{version}` written as paths name versions."""
    carrier = prefix_carrier(policy)
    return template.replace("{version}", spell(policy, carrier.kind, version) if carrier else version)
