"""Stability of versions: alpha, preview or stable."""

from __future__ import annotations

from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.versions.schemes import parse

STABLE = 2
"""How stable a version is that is neither alpha, beta nor a preview."""


def stability(policy: Policy, version: str) -> int:
    """How stable a version is: 0 for an alpha, 1 for a beta or a preview, `STABLE` for the rest."""
    parsed = parse(policy.scheme, version, policy.codenames)
    fields = parsed.fields if parsed else {}
    if fields.get("stability") == "alpha":
        return 0
    unfinished = {"stability", "preview", "prerelease"} & fields.keys()
    return 1 if unfinished or policy.versions[version].lifecycle.preview else STABLE


def stability_word(rank: int) -> str:
    """How stable a version is, in a word."""
    return ("an alpha", "a preview", "stable")[rank]


def is_preview(policy: Policy, version: str) -> bool:
    """Whether a version is a preview, an alpha or a beta, by its name or by what the policy says of it."""
    return stability(policy, version) < STABLE
