"""The services of this folder, by name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

import tests.lives
from tests.lives.kit import Life

_MODULES = [
    importlib.import_module(f"{tests.lives.__name__}.{info.name}")
    for info in pkgutil.iter_modules(tests.lives.__path__)
    if not info.name.startswith("test_") and info.name != "catalogue"
]

LIVES: Mapping[str, Life] = MappingProxyType(
    {
        found.name: found
        for module in _MODULES
        for found in getattr(module, "LIVES", [module.LIFE] if hasattr(module, "LIFE") else [])
    }
)
