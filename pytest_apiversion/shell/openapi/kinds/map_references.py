"""A `$ref` in the place of names and what they stand for, or of a list: `paths: {$ref: ./paths.yaml}`, `parameters: {$ref: …}`.

OpenAPI has references in the place of single objects only. Documents of many files are often split so nevertheless, and what bundles them
reads such a map as the one that it leads to.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from pytest_apiversion.shell.openapi.grammar import Place, groups_of, resolve, unescape
from pytest_apiversion.shell.texts.json_text import pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_BEGUN = re.compile(
    r"""(?:paths|webhooks|components|schemas|definitions|\$defs|properties|patternProperties|responses|parameters|headers|examples|links"""
    r"""|callbacks|requestBodies|securitySchemes|pathItems)["']?\s*:\s*(?:\{\s*)?["']?\$ref["']?\s*:\s*["']?[^\s{"']"""
)
_IN_A_ROW = 8
"""References that lead to a reference, at most."""


def is_likely(text: str) -> bool:
    """Whether a map of a text may begin with a reference; a part of another kind that has such a name is looked at in vain."""
    return _BEGUN.search(text) is not None


class Maps(NamedTuple):
    """The maps of some files, and what references in their place lead to.

    Attributes:
        target: The file that a reference in a file leads to, with its place and what holds it; None where it is none, which that tells.
        files: What files say.
        lenient: Whether what is broken is left out.
        broken: Tells that a reference, with what holds it, its file and its place, leads to nothing, and what was expected.
    """

    target: Callable[[Path, Place, str, dict[str, Any]], Path | None]
    files: Mapping[Path, Any]
    lenient: bool
    broken: Callable[[dict[str, Any], Path, Place, str], None]

    def spread(self, file: Path, node: object, kind: str, place: Place) -> None:
        """Put a reference for each member in the place of one for a whole map or list; members that are written beside it stay as they are.

        Args:
            file: Where it is written.
            node: An object, whose maps these are.
            kind: What it is.
            place: Where it is.
        """
        if not isinstance(node, dict):
            return
        for name, wanted in groups_of(kind).items():
            held = node.get(name)
            reference = held.get("$ref") if isinstance(held, dict) else None
            if held is None or not isinstance(reference, str):
                continue
            led = self._lead(file, (*place, name, "$ref"), reference, held if self.lenient else node, wanted)
            if led is None:
                held.pop("$ref", None)  # it was told, once
                continue
            base, keys = led
            inside = {key: {"$ref": f"{base}{quote(pointer((key,)), safe='/~')}"} for key in keys}
            beside = {key: part for key, part in held.items() if key != "$ref"}
            node[name] = inside | beside if wanted is dict else [*inside.values()]

    def _lead(
        self, file: Path, place: Place, reference: str, holder: dict[str, Any], wanted: type
    ) -> tuple[str, list[Any]] | None:
        """What a reference leads to: how that is written in the file, and its keys; None where it is not what is wanted, which is told."""
        here: Path = file
        there: Any = None
        for _ in range(_IN_A_ROW):
            target = self.target(here, place, reference, holder)
            if target is None:
                return None
            here = target
            with suppress(LookupError):
                there = resolve(self.files[here], unescape(reference.partition("#")[2]))
            if not isinstance(there, dict) or "$ref" not in there:
                break
            reference = str(there["$ref"])
        found = type(there) is wanted
        if not found or "$ref" in there:
            what = "an object" if wanted is dict else "a list"
            self.broken(holder, file, place, f"expected a reference to {what}, got {reference}")
            return None
        name = "" if here == file else quote(PurePath(os.path.relpath(here, file.parent)).as_posix())
        return f"{name}#{reference.partition('#')[2]}", _keys(there)


def _keys(group: dict[str, Any] | list[Any]) -> list[Any]:
    return [*group] if isinstance(group, dict) else [*range(len(group))]
