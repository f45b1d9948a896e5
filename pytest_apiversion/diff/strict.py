"""The profile of those who want the letter: what weighs more than clients usually feel.

The weights of the rules themselves say what clients feel: new values of an answer's `enum` or an optional member that vanishes are a warning,
for APIs grow, and a client had to do without the member sometimes. Under this profile they break clients, as the contract has it.
"""

from __future__ import annotations

from collections.abc import Mapping

from pytest_apiversion.core.finding import Severity

STRICT: Mapping[str, Severity] = dict.fromkeys(
    (
        "operation-taken-over",
        "request-one-of-overlapping",
        "request-parameter-removed",
        "request-parameter-respelled",
        "request-pattern-changed",
        "request-required-parameter-removed",
        "request-undescribed-property-required",
        "response-additional-properties-opened",
        "response-any-of-alternative-added",
        "response-default-status-removed",
        "response-enum-removed",
        "response-enum-value-added",
        "response-header-removed",
        "response-media-type-left-to-range",
        "response-one-of-ambiguous",
        "response-optional-property-removed",
        "response-pattern-changed",
        "response-pattern-removed",
        "response-property-became-write-only",
        "response-undescribed-property-not-required",
    ),
    Severity.ERROR,
)
"""Severity by rule id where the letter weighs more."""
