"""Versions: schemes that read them, spellings that write them, and probes made from them; gathered from four files."""

from __future__ import annotations

from pytest_apiversion.core.near_misses import misspellings, near_misses
from pytest_apiversion.core.probes import neighbours, unknown
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
