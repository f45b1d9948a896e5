"""What the file of a service says of itself: what it is built with, and how its versions are named.

A file of `services/` is one script, and so is one of `generators/`, whose service is made to show the documents of it, and one of `gallery/`,
which starts a service that somebody else wrote. At its top it has the script metadata of Python's packaging guide ("Inline script metadata"):
the pinned packages it needs, and below `tool.world` one table for each style, a way to name the version. A script for Node.js has the
same block behind `//`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "services"
GENERATORS = Path(__file__).parent / "generators"
GALLERY = Path(__file__).parent / "gallery"
_BLOCK = re.compile(r"(?m)^(?:#|//) /// script$\s(?P<lines>(?:^(?:#|//)(?: .*)?$\s)+?)^(?:#|//) ///$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """One way in which a service names its versions.

    Attributes:
        name: What the framework calls it; the script gets it in the variable `STYLE`.
        path: The beginning of a path, `/v{version}`; or
        header: the name of a header; or
        query: the name of a parameter; or
        accept: a media range with `{version}` in it.
        spelling: How the header or the parameter spells a version.
        oldest: The first version that is served.
        newest: The last one.
        others: Kind of wrong version -> a text of that kind, where it is not the usual one; empty where there is none of the kind.
        resource: What is asked for.
        sent: The body that `POST` takes.
        documents: Where documents may be.
        headers: Sent with every request, as a service wants them.
        own: Whether the script is the service, so that its answers say which version served; else only `GET` is held to a contract.
        preset: The preset that describes it, if any.
        policy: What a policy file needs beside the preset, as TOML; of a generator the whole of it, but its versions.
        lives: Version -> what a policy file says of its life, as TOML.
        contracts: Of a generator: version -> where the document is that it makes for it, oldest first.
        changes: Two versions, as `1 2` -> what `diff` says between their documents: severity, rule and what changed.
        by_chance: What is asked -> the answers of which it gets one or another.
        fault: The code that finds what the script does wrong when `FAULT` is set.
        source: Of a service of the gallery: what `apiversion init` gets behind its address.
        environment: Variables that a newcomer sets first.
        lines: What the policy file that it writes has.
        found: The codes of what a run with it finds.
    """

    name: str
    path: str = ""
    header: str = ""
    query: str = ""
    accept: str = ""
    spelling: str = "{version}"
    oldest: str = "1"
    newest: str = "2"
    others: Mapping[str, str] = field(default_factory=dict)
    resource: str = "/things"
    sent: Mapping[str, Any] = field(default_factory=lambda: {"name": "one"})
    documents: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    own: bool = True
    preset: str = ""
    policy: str = ""
    lives: Mapping[str, str] = field(default_factory=dict)
    contracts: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    by_chance: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fault: str = ""
    source: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[str] = ()
    found: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """A small service, and what it is built with.

    Attributes:
        name: The name of its file.
        file: The script.
        title: What it is called.
        dependencies: Pinned requirements, the framework itself first.
        styles: Its styles.
        command: How it is started, where the script alone is not it; `{bin}` is the folder of installed programs.
        wheels: Pinned packages of Python's index that a script for Node.js needs beside its own, unpacked into the folder `wheels`.
        python: The release of Python that it needs, where this one is too old.
        runtime: The release of Node.js that it needs, where that of most machines is too old; it is installed beside the rest.
        release: What is asked, where the first dependency only has it inside.
    """

    name: str
    file: Path
    title: str
    dependencies: tuple[str, ...]
    styles: tuple[Style, ...]
    command: str = ""
    wheels: tuple[str, ...] = ()
    python: str = ""
    runtime: str = ""
    release: str = ""

    @property
    def node(self) -> bool:
        """Whether it runs on Node.js."""
        return self.file.suffix == ".mjs"


def read(file: Path) -> Service:
    """The service of a script.

    Raises:
        ValueError: The script has no metadata, or some that are not understood.
    """
    found = _BLOCK.search(file.read_text("utf-8"))
    if found is None:
        raise ValueError(f"{file.name}: expected a block of script metadata")
    lines = (re.sub(r"^(#|//) ?", "", line) for line in found["lines"].splitlines())
    try:
        said = tomllib.loads("\n".join(lines))
        world = said["tool"]["world"]
        styles = tuple(_style(name, table) for name, table in world.pop("styles").items())
        dependencies = tuple(said["dependencies"])
        wheels = tuple(world.pop("wheels", ()))
        return Service(name=file.stem, file=file, dependencies=dependencies, styles=styles, wheels=wheels, **world)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{file.name}: its metadata are not understood: {error}") from error


def _style(name: str, table: Mapping[str, Any]) -> Style:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Style(name=name, **values)


def services(folder: Path = FOLDER) -> dict[str, Service]:
    """Every service of a folder, by name."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".py", ".mjs"})
    return {service.name: service for service in map(read, files)}
