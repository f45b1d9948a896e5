"""Described documents: how what an API publishes differs from the frozen contract."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_apiversion.core.contracts.change import Change


@dataclass(frozen=True, kw_only=True)
class Described:
    """What a published document says, beside the frozen contract of one version.

    Attributes:
        problem: Why it cannot be compared; empty where it can.
        changes: What it changes and the policy does not allow, gravest first.
        same: Whether the two are equal in canonical form.
        differs: Up to a few JSON pointers to where they are not.
        release: Its `info.version`, where that is a text.
    """

    problem: str = ""
    changes: tuple[Change, ...] = ()
    same: bool = True
    differs: tuple[str, ...] = ()
    release: str | None = None
