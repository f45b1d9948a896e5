"""Reads contract documents from disk: JSON or YAML, one file or several that refer to each other inside one folder.

Files a document refers to are put into it under `x-apiversion-files`, and the references are turned to them; so whoever reads the
document meets local references only.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.openapi.grammar import resolve, unescape, walk
from pytest_apiversion.shell.openapi.used_parts import used_nodes
from pytest_apiversion.shell.texts.json_text import Unreadable, parse_json, pointer

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_apiversion.shell.openapi.grammar import Place

MAX_BYTES = 64 * 1024 * 1024
"""Size a file may have."""

FILES = "x-apiversion-files"
"""The member of a document that holds the files it refers to, by their path inside the folder."""


def read_document(
    path: Path, folder: Path, notes: list[str] | None = None, *, most_bytes: int = MAX_BYTES
) -> tuple[dict[str, Any], str]:
    """Read a contract and everything it refers to.

    Args:
        path: The document.
        folder: Where it and the files it refers to must be.
        notes: Where it is put what is wrong and does no harm: references to nothing in parts that no operation uses.
        most_bytes: Size a file may have.

    Returns:
        The document, and its digest (`digest_of` its bytes); where it refers to other files, SHA-256 of the digests of all of them.

    Raises:
        PolicyError: The document or one of its files cannot be read; holds every mistake.
    """
    store = _Store(path, folder, most_bytes)
    document, digest = store.read()
    unused = store.unused(document)
    if notes is not None:
        notes.extend(unused)
    if store.mistakes:
        raise PolicyError(str(path), store.mistakes)
    return document, digest


def digest_of(content: bytes) -> str:
    """SHA-256 of a file's bytes, hex. Lines that end as on Windows count as all others: git may write them so on a checkout."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


class _Store:
    def __init__(self, path: Path, folder: Path, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self.mistakes: list[str] = []
        self._dangling: list[tuple[dict[str, Any], str]] = []
        self._main = path.resolve()
        self._folder = folder.resolve()
        self._files: dict[Path, Any] = {}
        self._digests: dict[str, str] = {}
        self._bad: set[Path] = set()
        self._known_ids: dict[Path, frozenset[str]] = {}

    def read(self) -> tuple[dict[str, Any], str]:
        if not self._main.is_relative_to(self._folder):
            self._mistake(self._main, (), f"expected a file inside {self._folder.name}, got one outside")
            return {}, ""
        document = self._load(self._main, None)
        if document is None:
            return {}, ""
        if not isinstance(document, dict):
            self._mistake(self._main, (), f"expected an OpenAPI document (an object), got {_kind(document)}")
            return {}, ""
        self._follow()
        others = {self._name(file): content for file, content in self._files.items() if file != self._main}
        if not others:
            return document, self._digests[self._name(self._main)]
        if FILES in document:
            self._mistake(self._main, (FILES,), "expected no member of this name, which this package uses, got one")
        document[FILES] = dict(sorted(others.items()))
        main = self._name(self._main)
        lines = [
            self._digests[main],
            *(f"{name} {digest}" for name, digest in sorted(self._digests.items()) if name != main),
        ]
        return document, hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def _follow(self) -> None:
        """Turn every reference to a local one, loading files as they are named."""
        if _stands_alone(self._files[self._main]):
            return
        queue: list[tuple[Path, Place, str, dict[str, Any]]] = [(self._main, (), "document", self._files[self._main])]
        seen: set[int] = set()
        while queue:
            file, start, kind, node = queue.pop()
            for place, inner, found in walk(node, kind, start):
                if id(found) in seen:
                    continue
                seen.add(id(found))
                reference = found.get("$ref")
                if isinstance(reference, str):
                    target = self._turn(file, (*place, "$ref"), reference, found)
                    if target is not None and id(target[2]) not in seen:
                        queue.append((target[0], target[1], inner, target[2]))

    def _turn(  # noqa: PLR0911  one way out a mistake
        self, file: Path, place: Place, reference: str, holder: dict[str, Any]
    ) -> tuple[Path, Place, dict[str, Any]] | None:
        name, _, fragment = reference.partition("#")
        if "://" in name or name.startswith(("//", "urn:")):
            if name not in self._ids(file):
                self._mistake(file, place, f"expected a reference inside this folder, got {reference}")
            return None
        try:
            target = (file.parent / unquote(name)).resolve() if name else file
        except (ValueError, OSError):  # a NUL, half a character, a link that leads to itself
            self._mistake(
                file, place, f"expected a reference to a file, got {reference!r}, which can be the name of none"
            )
            return None
        if not target.is_relative_to(self._folder):
            self._mistake(file, place, f"expected a reference inside this folder, got {reference}")
            return None
        if name and name in self._ids(file):
            return None
        content = self._load(target, (file, place, reference))
        if content is None or (fragment and not fragment.startswith("/")):
            return None
        parts = unescape(fragment) if fragment else ()
        try:
            found = resolve(content, parts)
        except LookupError:
            what = f"expected a reference to something, got {reference}, which is not there"
            self._dangling.append((holder, self._told(file, place, what)))
            return None
        if target != self._main:
            holder["$ref"] = "#" + pointer((FILES, self._name(target), *parts))
        elif file != self._main:
            holder["$ref"] = "#" + pointer(parts)
        return (target, parts, found) if isinstance(found, dict) else None

    def _load(self, path: Path, reason: tuple[Path, Place, str] | None) -> Any:  # noqa: C901, PLR0911  one way out a mistake
        if path in self._files or path in self._bad:
            return self._files.get(path)
        self._bad.add(path)
        try:
            if not path.is_file():
                raise FileNotFoundError(path)
            if (size := path.stat().st_size) > self._most_bytes:
                self._mistake(path, (), f"expected at most {self._most_bytes} bytes, got {size}")
                return None
            raw = path.read_bytes()
        except OSError as error:
            what = "a file" if isinstance(error, FileNotFoundError) else f"a file that can be read ({error.strerror})"
            if reason:
                self._mistake(reason[0], reason[1], f"expected a reference to {what}, got {reason[2]}")
            else:
                self._mistake(path, (), f"expected {what}, got none")
            return None
        try:
            text = raw.decode("utf-8-sig")
            looks_json = path.suffix.lower() == ".json" or text.lstrip()[:1] in {"{", "["}
            try:
                content = parse_json(text) if looks_json else _parse_yaml(text)
            except Unreadable:
                if path.suffix.lower() == ".json" or not looks_json:
                    raise
                content = _parse_yaml(text)
        except UnicodeDecodeError as error:
            self._mistake(path, (), f"expected UTF-8, got a byte that is none at {error.start}")
            return None
        except Unreadable as error:
            self.mistakes.extend(
                f"{self._name(path)}{'' if line.startswith(':') else ' '}{line}" for line in error.mistakes
            )
            return None
        if content is None:
            self._mistake(path, (), "expected an OpenAPI document, got an empty file")
            return None
        self._files[path] = content
        self._digests[self._name(path)] = digest_of(raw)
        return content

    def _ids(self, file: Path) -> frozenset[str]:
        """What the schemas of a file call themselves (`$id`)."""
        if file not in self._known_ids:
            content = self._files[file]
            nodes = walk(content, "document") if isinstance(content, dict) else ()
            self._known_ids[file] = frozenset(
                str(node["$id"]).rstrip("#") for _, kind, node in nodes if kind == "schema" and "$id" in node
            )
        return self._known_ids[file]

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix() if path.is_relative_to(self._folder) else str(path)

    def _mistake(self, file: Path, place: Place, what: str) -> None:
        self.mistakes.append(self._told(file, place, what))

    def _told(self, file: Path, place: Place, what: str) -> str:
        return f"{' '.join(filter(None, (self._name(file), pointer(place))))}: {what}"

    def unused(self, document: dict[str, Any]) -> list[str]:
        """References to nothing that stand where no operation leads; those that stand where one does are mistakes."""
        if not self._dangling:
            return []
        reached = used_nodes(document)
        self.mistakes += [told for holder, told in self._dangling if id(holder) in reached]
        return [told for holder, told in self._dangling if id(holder) not in reached]


def _parse_yaml(text: str) -> Any:
    from pytest_apiversion.shell.texts.yaml_text import parse_yaml  # noqa: PLC0415  JSON needs none of it, and it loads slowly

    return parse_yaml(text)


def _stands_alone(document: Any) -> bool:
    """Whether all that looks like a reference leads to something in the document itself; a quick look, without regard to what is an example."""
    found: set[str] = set()
    level = [document]
    while level:
        for node in level:
            if node.__class__ is dict and "$ref" in node:
                child = node["$ref"]
                if child.__class__ is str and child.startswith("#/"):
                    found.add(child)
                elif child.__class__ is not dict and child.__class__ is not list:
                    return False
        level = [
            child
            for node in level
            for child in (node.values() if node.__class__ is dict else node)
            if child.__class__ is dict or child.__class__ is list
        ]
    try:
        for reference in found:
            resolve(document, unescape(reference[1:]))
    except LookupError:
        return False
    return True


def _kind(value: object) -> str:
    names = {dict: "an object", list: "an array", str: "a string", bool: "a boolean", type(None): "nothing"}
    return names.get(type(value), "a number")
