"""One file per way to say "deprecated" on the wire."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.dialect import Dialect


@cache
def dialects() -> Mapping[str, Dialect]:
    """The dialects by name: every file of this folder exports one, and a dialect is named as its file, with hyphens."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    found: list[Dialect] = [importlib.import_module(f"{__name__}.{name}").DIALECT for name in names]
    return MappingProxyType({dialect.name: dialect for dialect in found})
