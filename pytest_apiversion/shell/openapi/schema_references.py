"""Where the references of schemas and the mappings of discriminators lead, and the places of the copy that stand for those in the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin

from pytest_apiversion.shell.openapi.grammar import resolve, unescape, walk
from pytest_apiversion.shell.texts.json_text import pointer
from pytest_apiversion.shell.texts.real_paths import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pytest_apiversion.shell.openapi.grammar import Place

    Parts = tuple[str, ...]

_FILE = re.compile(r"[^#]*\.\w+(#.*)?", re.DOTALL)

MAX_CHAIN = 50
"""References to references that are followed."""


class References:
    """The references of one document's schemas.

    Args:
        document: The whole document.
        old: Whether a `$ref` hides what stands beside it (Swagger 2.0, OpenAPI 3.0).
        warn: Told of every oddity.

    Attributes:
        waiting: What was referred to and is not read yet: its place in the document, and in the copy as a JSON pointer.
    """

    def __init__(self, document: Mapping[str, Any], *, old: bool, warn: Callable[[str], None]) -> None:
        self.waiting: list[tuple[tuple[str, ...], str]] = []
        self._document = document
        self._old = old
        self._warn = warn
        self._names: dict[tuple[str, ...], str] = {}
        self._identified: dict[str, tuple[str, ...]] | None = None

    def turn(self, reference: str, place: tuple[str | int, ...]) -> str | None:
        """The reference into the copy that stands for one in the document, None where it leads nowhere; what it leads to waits.

        Args:
            reference: A `$ref` or `$dynamicRef`.
            place: Where it stands.
        """
        if reference.startswith("#/"):
            parts = unescape(reference[1:])
        else:
            found = self._by_id(reference)
            if found is None:
                self._warn(f"{pointer(place)}: the reference {reference} leads nowhere; anything passes")
                return None
            parts = found
        # a schema that is only a reference stands for what it refers to; a ring of them for nothing
        for _ in range(MAX_CHAIN):
            try:
                target = resolve(self._document, parts)
            except LookupError:
                break
            onward = target.get("$ref") if isinstance(target, dict) and (self._old or len(target) == 1) else None
            if not isinstance(onward, str) or not onward.startswith("#/"):
                break
            parts = unescape(onward[1:])
        else:
            self._warn(f"{pointer(place)}: the reference {reference} leads round in a ring; anything passes")
            return None
        if parts not in self._names:
            plain = parts[:-1] in {("components", "schemas"), ("definitions",)}
            turned = "#" + (pointer(parts) if plain else pointer(("components", "schemas", "at" + "~".join(parts))))
            self._names[parts] = turned
            self.waiting.append((parts, turned[1:]))
        return self._names[parts]

    def target(self, part: Any) -> Any:
        """What a schema that may be a reference leads to, through others; None where that is nothing."""
        for _ in range(MAX_CHAIN):
            reference = part.get("$ref") if isinstance(part, dict) else None
            if not isinstance(reference, str) or not reference.startswith("#/"):
                return part
            try:
                part = resolve(self._document, unescape(reference[1:]))
            except LookupError:
                return None
        return None

    def _by_id(self, reference: str) -> tuple[str, ...] | None:
        """Where the schema stands that an `$id` or `$anchor` names."""
        if self._identified is None:
            self._identified = {}
            stack: list[tuple[tuple[str, ...], Any]] = [((), self._document)]
            while stack:
                parts, node = stack.pop()
                items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
                stack.extend(((*parts, str(key)), child) for key, child in items)
                if isinstance(node, dict):
                    for key, mark in (("$id", ""), ("$anchor", "#"), ("$dynamicAnchor", "#")):
                        if isinstance(node.get(key), str):
                            self._identified.setdefault(mark + node[key].rstrip("#"), parts)
        return self._identified.get(reference.rstrip("#")) if reference.rstrip("#") else None


class Resources:
    """The schemas of one file that call themselves by an address (`$id`), which references are read relative to (JSON Schema Core, 8.2.1).

    The file itself may do so, too (OpenAPI 3.2, `$self`).

    Args:
        content: What the file says.
    """

    def __init__(self, content: Any) -> None:
        self._content = content
        self._addresses: dict[Parts, str] = {}
        nodes = walk(content, "document") if isinstance(content, dict) else ()
        own = content.get("$self") if isinstance(content, dict) else None
        if isinstance(own, str) and str(content.get("openapi", "")).startswith("3.2"):
            self._addresses[()] = own.rstrip("#")
        named = [
            (_parts(place), node["$id"])
            for place, kind, node in nodes
            if kind == "schema" and isinstance(node.get("$id"), str)
        ]
        self._written = {name.rstrip("#"): place for place, name in reversed(named)}
        for place, name in sorted(named, key=lambda told: len(told[0])):
            self._addresses[place] = _joined(self._addresses.get(self._around(place), ""), name)

    def lead(self, reference: str, place: Place) -> Parts | None:
        """Where a reference leads by the addresses of schemas; None where it has to be read as one of the document.

        A pointer that leads nowhere in the schema around it is one of the document: so most authors write it.

        Args:
            reference: What stands behind `$ref`.
            place: Where it stands.
        """
        if not self._addresses:
            return None
        name, _, fragment = reference.partition("#")
        base = self._addresses.get(self._around(_parts(place)), "")
        wanted = _joined(base, name) if name else base
        home = next((at for at, address in self._addresses.items() if address == wanted), None) if wanted else None
        home = self._written.get(name) if home is None and name else home
        if home is None:
            return None
        if fragment and not fragment.startswith("/"):
            return self._anchored(home, fragment) if home else None
        parts = (*home, *(unescape(fragment) if fragment else ()))
        try:
            resolve(self._content, parts)
        except LookupError:
            return None
        return parts

    def _around(self, place: Parts) -> Parts:
        """The schema with an address that a place is in; nowhere where there is none."""
        return max((one for one in self._addresses if place[: len(one)] == one), key=len, default=())

    def _anchored(self, home: Parts, name: str) -> Parts | None:
        """The schema of a name, inside the one with an address and in no other inside that."""
        for place, _, node in walk(resolve(self._content, home), "schema", home):
            if name in {node.get("$anchor"), node.get("$dynamicAnchor")} and self._around(_parts(place)) == home:
                return _parts(place)
        return None


def _parts(place: Place) -> Parts:
    return tuple(map(str, place))


def _joined(base: str, name: str) -> str:
    try:
        return urljoin(base, name).rstrip("#")
    except ValueError:  # it is no address
        return name.rstrip("#")


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
