"""Versions: schemes that read them, spellings that write them, and probes made from them; gathered from three files."""

from __future__ import annotations

from pytest_apiversion.core.probes import misspellings, near_misses, neighbours, unknown
from pytest_apiversion.core.schemes import SCHEMES, Fields, Key, Scheme, VersionId, parse
from pytest_apiversion.core.spelling import Spelling, spelling

__all__ = [
    "SCHEMES",
    "Fields",
    "Key",
    "Scheme",
    "Spelling",
    "VersionId",
    "misspellings",
    "near_misses",
    "neighbours",
    "parse",
    "spelling",
    "unknown",
]
