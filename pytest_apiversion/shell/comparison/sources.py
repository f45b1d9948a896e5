"""Reads a document to compare from a file, standard input, a git commit or a URL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.connection import PLAIN, Connection
from pytest_apiversion.shell.openapi.broken_parts import Notes
from pytest_apiversion.shell.openapi.document_files import MAX_BYTES, read_document
from pytest_apiversion.shell.texts.real_paths import is_there
from pytest_apiversion.shell.texts.shown_addresses import without_user

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

TIMEOUT = 30.0
"""Seconds git or a server has to answer."""

_REDIRECTS = 5
_AT_ONCE = 100
"""Files that git is asked for at once."""
_KEY = re.compile(
    r"([?&][^=&#]{0,64}(?:key|token|secret|password|passwd|pwd|auth|sig|signature|credential)[^=&#]{0,64}=)[^&#]*",
    re.IGNORECASE,
)
"""A query parameter that holds a secret by its name."""
_ADDRESS = re.compile(r"(localhost|[\w-]+(\.[\w-]+)+|\[[0-9a-f:.]+\]):\d{1,5}(/\S*)?", re.ASCII | re.IGNORECASE)
"""A host and a port, as people type them."""
_APPLICATION = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", re.ASCII)
"""`module:attribute`, as servers take applications."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """How far the reading of a source may go.

    Attributes:
        root: The folder in which the files must be that a document refers to, in a commit counted from the top of the repository; None
            is the document's own.
        most_bytes: Size a document, and each file it refers to, may have.
        lenient: Whether what cannot be read of a document is left out.
        connection: How the host of an address is connected to.
    """

    root: Path | None = None
    most_bytes: int = MAX_BYTES
    lenient: bool = False
    connection: Connection = PLAIN


USUAL = Bounds()
"""Where nobody says otherwise."""


def read_source(source: str, stdin: BinaryIO, notes: Notes | None = None, bounds: Bounds = USUAL) -> dict[str, Any]:
    """Read a document.

    Args:
        source: A file, `-` for standard input, `git:REF:PATH` (the path counts from the top of the repository), or an http(s) address.
        stdin: Standard input.
        notes: Where it is put what is wrong with a file and does no harm, and what was left out.
        bounds: How far the reading may go.

    Raises:
        PolicyError: It cannot be read.
    """
    if source == "-":
        return held(stdin.read(bounds.most_bytes + 1), "-", bounds, notes)[0]
    if source.startswith("git:"):
        return _from_git(source, bounds, notes)
    if source.startswith(("http://", "https://")):
        return held(_fetched(source, bounds), shown_source(source), bounds, notes)[0]
    path = Path(source)
    if _ADDRESS.fullmatch(source) and not is_there(path):
        raise PolicyError(source, [f"{source}: expected a file, got none; did you mean http://{source}?"])
    return read_file(path, bounds.root or path.parent, notes, bounds)


def no_application(source: str) -> None:
    """Refuse what was meant for an application, where one may be given.

    Raises:
        PolicyError: It names an attribute of a module, or the file of one.
    """
    module = Path(source)
    if module.suffix == ".py" and all(part.isidentifier() for part in module.with_suffix("").parts):
        meant = f"app:{'.'.join(module.with_suffix('').parts)}:app"
    elif _APPLICATION.fullmatch(source) and not is_there(module):
        meant = f"app:{source}"
    else:
        return
    raise PolicyError(source, [f"{source}: expected a document; did you mean the application {meant}?"])


def shown_source(source: str) -> str:
    """A source as it may be shown: an address without name and password, or values of a query that are secrets by their name."""
    if not source.lower().startswith(("http://", "https://")):
        return source
    return _KEY.sub(r"\1…", without_user(source))


def held(content: bytes, source: str, bounds: Bounds = USUAL, notes: Notes | None = None) -> tuple[dict[str, Any], str]:
    """A document that stands alone (what it refers to besides itself is not there), and its digest.

    Raises:
        PolicyError: It cannot be read.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415  files need none of it

    with TemporaryDirectory() as folder:
        path = Path(folder, "document")
        path.write_bytes(content)
        return _renamed(path, Path(folder), source, bounds, notes)


def _renamed(path: Path, folder: Path, source: str, bounds: Bounds, notes: Notes | None) -> tuple[dict[str, Any], str]:
    """What is read from a file that stands for a source; mistakes and notes are told of the source."""

    def told(line: str) -> str:
        return source + line.removeprefix(str(path)).removeprefix(path.name)

    found = Notes(before=notes.before if notes is not None else None)
    try:
        return read_document(path, folder, found, most_bytes=bounds.most_bytes, lenient=bounds.lenient)
    except PolicyError as error:
        raise PolicyError(source, [told(line) for line in error.mistakes]) from None
    finally:
        if notes is not None:
            notes.lenient, notes.references, notes.seen = found.lenient, found.references, found.seen
            notes.unused.extend(map(told, found.unused))
            for reason, places in found.left_out.items():
                for place in places:
                    notes.leave_out(told(place), reason)


def read_file(path: Path, folder: Path, notes: Notes | None, bounds: Bounds) -> dict[str, Any]:
    """A document in a file; what it refers to must be in the folder.

    Raises:
        PolicyError: It cannot be read, or goes beyond the bounds.
    """
    most, lenient = bounds.most_bytes, bounds.lenient
    return read_document(path, folder, notes, most_bytes=most, lenient=lenient, digested=False)[0]


def _from_git(source: str, bounds: Bounds, notes: Notes | None) -> dict[str, Any]:
    reference, colon, name = source.removeprefix("git:").rpartition(":")
    if not colon or not reference or not name or reference.startswith("-"):
        raise PolicyError(source, [f"{source}: expected git:REF:PATH"])
    listed = _git(source, "ls-tree", "-z", "--full-tree", reference, "--", name).split(b"\0")[0]
    if not listed:
        raise PolicyError(source, [f"{source}: there is no such file in that commit"])
    content = _git(source, "cat-file", "blob", listed.split(None, 3)[2].decode())
    if not _refers_elsewhere(content):
        return held(content, source, bounds, notes)[0]
    from tempfile import TemporaryDirectory  # noqa: PLC0415  files need none of it

    with TemporaryDirectory() as folder:
        top = bounds.root or Path(name).parent
        above = top.as_posix()
        listed = _git(source, "ls-tree", "-rlz", "--full-tree", reference, "--", f"{above}/" if above != "." else ".")
        objects = {
            place.decode(): told.split()[2]
            for told, _, place in (entry.partition(b"\t") for entry in listed.split(b"\0"))
            if place.decode().endswith((".json", ".yaml", ".yml"))
            and told.split()[1] == b"blob"
            and int(told.split()[3]) <= bounds.most_bytes
        }
        for place, found in zip(objects, _blobs(source, list(objects.values())), strict=True):
            target = Path(folder, place)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(found)
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return _renamed(path, Path(folder, top), source, bounds, notes)[0]


def _blobs(source: str, names: list[bytes]) -> Iterator[bytes]:
    """The contents of objects of git, asked for some at a time."""
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        answer = _git(source, "cat-file", "--batch", given=b"\n".join([*some, b""]))
        for _ in some:
            head, _, answer = answer.partition(b"\n")
            size = int(head.split()[-1])
            yield answer[:size]
            answer = answer[size + 1 :]


def _refers_elsewhere(content: bytes) -> bool:
    return any(not part.lstrip(b"\"' :").startswith(b"#") for part in content.split(b"$ref")[1:])


def _git(source: str, *arguments: str, given: bytes = b"") -> bytes:
    from subprocess import TimeoutExpired  # noqa: PLC0415  files need none of it

    from pytest_apiversion.shell.processes.guarded import run_guarded  # noqa: PLC0415  see above

    try:
        done = run_guarded(["git", *arguments], seconds=TIMEOUT, given=given)
    except (OSError, TimeoutExpired) as error:
        raise PolicyError(source, [f"{source}: git could not be asked ({type(error).__name__})"]) from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").split("\n")
        raise PolicyError(source, [f"{source}: git says: {lines[0].removeprefix('fatal: ')}"])
    return done.stdout


def _fetched(source: str, bounds: Bounds) -> bytes:
    """The bytes at an address, all of them within the time: a timeout of `requests` starts anew with every byte."""
    import threading  # noqa: PLC0415  files need none of it

    found: list[bytes | PolicyError] = []

    def fetch() -> None:
        try:
            found.append(_download(source, bounds))
        except PolicyError as error:
            found.append(error)

    worker = threading.Thread(target=fetch, name="apiversion-fetch", daemon=True)
    worker.start()
    worker.join(TIMEOUT)
    shown = shown_source(source)
    if not found:
        raise PolicyError(shown, [f"{shown}: was not fetched within {TIMEOUT:g} seconds"])
    if isinstance(found[0], PolicyError):
        raise found[0]
    return found[0]


def _download(source: str, bounds: Bounds) -> bytes:
    """The bytes at an address.

    Nothing is taken from the environment unasked (no proxy, no `.netrc`), a name and a password in the address go to its host only, and a redirect
    is followed on the same host only.
    """
    import requests  # noqa: PLC0415  files need none of it

    from pytest_apiversion.shell.comparison.opened_sessions import opened, why_not  # noqa: PLC0415  it needs them

    shown, address = shown_source(source), source
    try:
        with opened(bounds.connection, source) as session:
            session.headers["Accept"] = "application/json, application/yaml, */*;q=0.5"
            for _ in range(_REDIRECTS):
                with session.get(address, timeout=TIMEOUT, stream=True, allow_redirects=False) as answer:
                    if answer.is_redirect:
                        address = _redirected(address, answer.headers["location"], shown)
                        continue
                    if not answer.ok:
                        raise PolicyError(shown, [f"{shown}: answered {answer.status_code}"])
                    return _bounded(answer.iter_content(1 << 16), bounds.most_bytes)
    except (requests.RequestException, ValueError, OSError) as error:
        raise PolicyError(shown, [f"{shown}: could not be fetched{why_not(error)}"]) from None
    raise PolicyError(shown, [f"{shown}: was redirected {_REDIRECTS} times"])


def _redirected(address: str, location: str, shown: str) -> str:
    """Where a redirect on the same host leads, with the name and the password that the host was given.

    Raises:
        PolicyError: It leads to another host, or from https to http; of the rest of the address, which may repeat a secret, nothing is shown.
    """
    there = urljoin(address, location)
    old, new = urlsplit(address), urlsplit(there)
    same = old.hostname == new.hostname and (
        (old.scheme, old.port) == (new.scheme, new.port)
        or (old.scheme == "http" and new.scheme == "https" and {old.port or 80, new.port or 443} == {80, 443})
    )
    if not same:
        raise PolicyError(
            shown,
            [
                f"{shown}: redirects to {new.scheme}://{new.netloc.rpartition('@')[2]}, which is another host and was not asked; name it if it is meant"
            ],
        )
    user = old.netloc.rpartition("@")[0]
    return new._replace(
        netloc=f"{user}@{new.netloc.rpartition('@')[2]}" if user else new.netloc.rpartition("@")[2]
    ).geturl()


def _bounded(chunks: Iterator[bytes], most_bytes: int) -> bytes:
    content = b""
    for chunk in chunks:
        content += chunk
        if len(content) > most_bytes:
            break
    return content
