"""Reads contract documents from disk: JSON or YAML, one file or several that refer to each other inside one folder.

Files a document refers to are put into it under `x-apiversion-files`, and the references are turned to them; so whoever reads the
document meets local references only.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.diff.left_out import MARK
from pytest_apiversion.shell.openapi.broken_parts import Notes, leave_out
from pytest_apiversion.shell.openapi.document_texts import Content, content_of, digest_of, kind_told, plain_content
from pytest_apiversion.shell.openapi.grammar import resolve, unescape, walk
from pytest_apiversion.shell.openapi.kinds.map_references import Maps
from pytest_apiversion.shell.openapi.schema_references import Resources, mapping_of, turn
from pytest_apiversion.shell.openapi.used_parts import CONTROLS, used_nodes
from pytest_apiversion.shell.texts.json_text import Unreadable, pointer
from pytest_apiversion.shell.texts.real_paths import is_file, real_path

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_apiversion.shell.openapi.grammar import Place

MAX_BYTES = 64 * 1024 * 1024
"""Size a file may have."""

OUTSIDE = "expected a reference inside this folder"
"""What is said of a reference to a file above the document's folder, or the given root."""

FILES = "x-apiversion-files"
"""The member of a document that holds the files it refers to, by their path inside the folder."""


def read_document(
    path: Path,
    folder: Path,
    notes: Notes | None = None,
    *,
    most_bytes: int = MAX_BYTES,
    lenient: bool = False,
    digested: bool = True,
) -> tuple[dict[str, Any], str]:
    """Read a contract and everything it refers to.

    Args:
        path: The document.
        folder: Where it and the files it refers to must be.
        notes: Where it is put what is wrong and does no harm: references to nothing in parts that no operation uses; and what was left out.
        most_bytes: Size a file may have.
        lenient: Whether what cannot be read inside the document is left out; `broken_parts.leave_out` stands in its place.
        digested: Whether anybody needs the digest; it is empty where nobody does.

    Returns:
        The document, and its digest (`digest_of` its bytes); where it refers to other files, SHA-256 of the digests of all of them.

    Raises:
        PolicyError: The document or one of its files cannot be read; holds every mistake.
    """
    notes = notes or Notes()
    notes.lenient = lenient
    store = _Store(path, folder, most_bytes, notes, digested=digested)
    document, digest = store.read()
    store.hold_dangling(document)
    if store.mistakes:
        raise PolicyError(str(path), store.mistakes)
    return document, digest


class _Store:
    def __init__(self, path: Path, folder: Path, most_bytes: int, notes: Notes, *, digested: bool) -> None:
        self._most_bytes = most_bytes
        self._notes, self._lenient = notes, notes.lenient
        self._digest = digest_of if digested else lambda _: ""
        self._references: frozenset[str] | None = None
        self.mistakes: list[str] = []
        self._dangling: list[tuple[dict[str, Any], Path, Place, str]] = []
        self._main, self._folder = real_path(path), real_path(folder)
        self._files: dict[Path, Any] = {}
        self._digests: dict[str, str] = {}
        self._bad: set[Path] = set()
        self._resources: dict[Path, Resources] = {}

    def read(self) -> tuple[dict[str, Any], str]:
        if not self._main.is_relative_to(self._folder):
            self._mistake(self._main, (), f"expected a file inside {self._folder.name}, got one outside")
            return {}, ""
        document = self._load(self._main, None)
        if document is None:
            return {}, ""
        if not isinstance(document, dict) or document.keys() == {MARK}:
            what = f"expected an OpenAPI document (an object), got {kind_told(document)}"
            self.mistakes.append(f"{self._where(self._main, ())}: {what}")
            return {}, ""
        self._follow()
        others = {self._name(file): content for file, content in self._files.items() if file != self._main}
        if not others:
            return document, self._digests[self._name(self._main)]
        if FILES in document:
            self._mistake(self._main, (FILES,), "expected no member of this name, which this package uses, got one")
        document[FILES] = dict(sorted(others.items()))
        own = self._digests.pop(self._name(self._main))
        lines = [own, *(f"{name} {digest}" for name, digest in sorted(self._digests.items()))]
        return document, self._digest("\n".join(lines).encode())

    def _follow(self) -> None:
        """Turn every reference to a local one, loading files as they are named."""
        if self._references is not None:
            self._notes.references = self._references
            return
        maps = Maps(target=self._target, files=self._files, lenient=self._lenient, broken=self._broken)
        maps.spread(self._main, self._files[self._main], "document", ())
        maps.spread(self._main, self._files[self._main].get("components"), "components", ("components",))
        queue: list[tuple[Path, Place, str, dict[str, Any]]] = [(self._main, (), "document", self._files[self._main])]
        seen: set[int] = set()
        mappings: list[tuple[Path, dict[str, Any]]] = []
        while queue:
            file, start, kind, node = queue.pop()
            for place, inner, found in walk(node, kind, start):
                if id(found) in seen:
                    continue
                seen.add(id(found))
                mappings.append((file, mapping_of(found)))
                maps.spread(file, found, inner, place)
                reference = found.get("$ref")
                if isinstance(reference, str):
                    target = self._turn(file, (*place, "$ref"), reference, found)
                    if target is not None and id(target[2]) not in seen:
                        queue.append((target[0], target[1], inner, target[2]))
        for file, mapping in mappings:
            turn(mapping, file, self._files, self._main, self._local)

    def _turn(
        self, file: Path, place: Place, reference: str, holder: dict[str, Any]
    ) -> tuple[Path, Place, dict[str, Any]] | None:
        if not CONTROLS.isdisjoint(reference):
            what = f"expected a reference (RFC 3986), got {reference!r}, which holds a character that none can"
            self._broken(holder, file, place, what)
            return None
        named = self._named(file, place, reference)
        target = file if named is not None else self._target(file, place, reference, holder)
        if target is None:
            return None
        content, fragment = self._files[target], reference.partition("#")[2]
        if named is None and fragment and not fragment.startswith("/"):
            return None
        parts = named if named is not None else unescape(fragment) if fragment else ()
        try:
            found = resolve(content, parts)
        except LookupError:
            what = f"expected a reference to something, got {reference}, which is not there"
            self._dangling.append((holder, file, place, what))
            return None
        if target != self._main or file != self._main or named is not None:
            holder["$ref"] = self._local(target, parts)
        return (target, parts, found) if isinstance(found, dict) else None

    def _local(self, target: Path, parts: Place) -> str:
        """The local reference to a place in a file."""
        return "#" + pointer(parts if target == self._main else (FILES, self._name(target), *parts))

    def _target(self, file: Path, place: Place, reference: str, holder: dict[str, Any]) -> Path | None:
        """The file that a reference leads to, which is loaded then; None where that is none, or the reference is to a name."""
        name = reference.partition("#")[0]
        if not name:
            return file
        outside = f"{OUTSIDE}, got {reference}"
        if "://" in name or name.startswith(("//", "urn:")):
            self._broken(holder, file, place, outside)
            return None
        try:
            target = real_path(file.parent / unquote(name))
        except (ValueError, OSError):  # a NUL, half a character, a link that leads to itself
            what = f"expected a reference to a file, got {reference!r}, which can be the name of none"
            self._broken(holder, file, place, what)
            return None
        again = target in self._bad
        if not target.is_relative_to(self._folder):
            self._broken(holder, file, place, outside)
        elif not (self._lenient or target in self._files or is_file(target)):
            self._dangling.append((holder, file, place, f"expected a reference to a file, got {reference}"))
        elif self._load(target, (file, place, reference)) is not None:
            return target
        elif self._lenient:
            leave_out(holder)
            if again:
                self._notes.leave_out(self._where(file, place), f"expected a reference to a file, got {reference}")
        return None

    def _load(self, path: Path, reason: tuple[Path, Place, str] | None) -> Any:  # noqa: PLR0911  one way out a mistake
        if path in self._files or path in self._bad:
            return self._files.get(path)
        self._bad.add(path)
        try:
            if not is_file(path):
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
            digest = self._digest(raw)
            text = raw.decode("utf-8-sig")
            del raw  # of a large document there is enough in memory
            content = self._parsed(path, text)
        except UnicodeDecodeError as error:
            self._mistake(path, (), f"expected UTF-8, got a byte that is none at {error.start}")
            return None
        except Unreadable as error:
            told = [f"{self._name(path)}{'' if line.startswith(':') else ' '}{line}" for line in error.mistakes]
            if self._lenient and self._files:
                self._notes.leave_out(self._name(path), error.mistakes[0].lstrip(": "))
            else:
                self.mistakes.extend(told)
            return None
        if content is None:
            self._mistake(path, (), "expected an OpenAPI document, got an empty file")
            return None
        self._files[path] = content
        self._digests[self._name(path)] = digest
        return content

    def _parsed(self, path: Path, text: str) -> Any:
        """What a file says.

        Raises:
            Unreadable: It cannot be read; where it may be read in part, nothing of it.
        """
        looks_json = (surely := path.suffix.lower() == ".json") or text.lstrip()[:1] in {"{", "["}
        try:
            return self._read(path, text, is_json=looks_json)
        except Unreadable:
            if looks_json and not surely:  # braces are YAML as well
                with contextlib.suppress(*[Unreadable] if self._lenient else []):
                    return self._read(path, text, is_json=False)
            if not self._lenient:
                raise
        from pytest_apiversion.shell.texts.broken_text import rest_of  # noqa: PLC0415  most texts are whole

        content, left = rest_of(text, is_json=looks_json, mark=MARK)
        for where, why in left:
            self._notes.leave_out(f"{self._name(path)}{where}", why)
        return self._noted(path, plain_content(content))

    def _read(self, path: Path, text: str, *, is_json: bool) -> Any:
        before = self._notes.before if path == self._main else None
        content = content_of(text, is_json=is_json, before=before)
        return self._noted(path, content._replace(references=None) if "$id" in text else content)

    def _noted(self, path: Path, content: Content) -> Any:
        """What a text says; of the document itself it is kept whether it stands alone."""
        if path == self._main:
            self._references, self._notes.seen = content.references, content.seen
        return content.value

    def _named(self, file: Path, place: Place, reference: str) -> tuple[str, ...] | None:
        """Where a reference leads by what the schemas of its file call themselves (`$id`)."""
        if file not in self._resources:
            self._resources[file] = Resources(self._files[file])
        return self._resources[file].lead(reference, place)

    def _broken(self, holder: dict[str, Any], file: Path, place: Place, what: str) -> None:
        """Note a reference that leads to nothing that can be read; what it stands for is left out where that is meant."""
        if self._lenient:
            leave_out(holder)
            self._notes.leave_out(self._where(file, place), what)
        else:
            self._mistake(file, place, what)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix() if path.is_relative_to(self._folder) else str(path)

    def _mistake(self, file: Path, place: Place, what: str) -> None:
        if self._lenient and self._files:  # the document itself was read, and all else can be left out
            self._notes.leave_out(self._where(file, place), what)
        else:
            self.mistakes.append(f"{self._where(file, place)}: {what}")

    def _where(self, file: Path, place: Place) -> str:
        return " ".join(filter(None, (self._name(file), pointer(place))))

    def hold_dangling(self, document: dict[str, Any]) -> None:
        """Note references to nothing that stand where no operation leads; those that stand where one does are mistakes."""
        reached = {id(document), *used_nodes(document)} if self._dangling else set()
        for holder, file, place, what in self._dangling:
            if id(holder) in reached:
                self._broken(holder, file, place, what)
            else:
                self._notes.unused.append(f"{self._where(file, place)}: {what}")
