"""The services of this folder, by name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

import tests.lives
from tests.lives.kit import Life

LIVES: Mapping[str, Life] = MappingProxyType(
    {
        found.name: found
        for info in pkgutil.iter_modules(tests.lives.__path__)
        if not info.name.startswith("test_") and info.name != "catalogue"
        if (found := getattr(importlib.import_module(f"{tests.lives.__name__}.{info.name}"), "LIFE", None))
    }
)
