"""The presets that are kept by a server of this folder, by name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

import tests.presets
from tests.presets.kit import Shown

SHOWN: Mapping[str, Shown] = MappingProxyType(
    {
        found.preset: found
        for info in pkgutil.iter_modules(tests.presets.__path__)
        if not info.name.startswith("test_") and info.name != "catalogue"
        if (found := getattr(importlib.import_module(f"{tests.presets.__name__}.{info.name}"), "SHOWN", None))
    }
)
