"""Discriminators whose mapping leads to schemas by their place, also in other files: what is no component's name is a reference (OpenAPI)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.shell.openapi.grammar import resolve, unescape
from pytest_apiversion.shell.texts.real_paths import real_path

if TYPE_CHECKING:
    from pathlib import Path

_FILE = re.compile(r"[^#]*\.\w+(#.*)?", re.DOTALL)


def mapping_of(node: dict[str, Any]) -> dict[str, Any]:
    """The mapping of a schema's discriminator; empty where it has none."""
    told = node.get("discriminator")
    mapping = told.get("mapping") if isinstance(told, dict) else None
    return mapping if isinstance(mapping, dict) else {}


def names_file(told: Any, document: Any) -> bool:
    """Whether a mapping names a schema by a file, not by an address or by the name of a component, which may have a dot."""
    if not isinstance(told, str) or "://" in told or _FILE.fullmatch(told) is None:
        return False
    components = document.get("components") if isinstance(document, dict) else None
    schemas = components.get("schemas") if isinstance(components, dict) else None
    return not isinstance(schemas, dict) or told not in schemas


def turn(
    mapping: dict[str, Any],
    file: Path,
    files: Mapping[Path, Any],
    main: Path,
    local: Callable[[Path, tuple[str, ...]], str],
) -> None:
    """Turn what names lead to into local references, where that is in a file that was read; the rest stays as it is written.

    Args:
        mapping: What names lead to; it is altered.
        file: Where the mapping stands; what it names counts from there.
        files: What was read.
        main: The document itself.
        local: Gives the local reference to a place in a file.
    """
    leads = {name: _led(told, file, files, main) for name, told in mapping.items()}
    mapping.update({name: local(*lead) for name, lead in leads.items() if lead})


def _led(told: Any, file: Path, files: Mapping[Path, Any], main: Path) -> tuple[Path, tuple[str, ...]] | None:
    """The file, and the place in it, that a name leads to; None where it needs no turning, or leads to nothing that was read."""
    if not isinstance(told, str) or not (names_file(told, files[main]) or (told.startswith("#/") and file != main)):
        return None
    name, _, fragment = told.partition("#")
    try:
        target, parts = real_path(file.parent / unquote(name)) if name else file, unescape(fragment)
        resolve(files[target], parts)
    except (LookupError, ValueError, OSError):
        return None
    return target, parts
