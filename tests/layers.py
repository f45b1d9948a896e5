"""Reads the imports of the package and says which of them go against the arrows of ARCHITECTURE.md."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

PACKAGE = "pytest_apiversion"

_CORE = frozenset({"core"})
_MIDDLE = frozenset({"checks", "selection", "dialects", "diff"})

MAY_IMPORT: dict[str, frozenset[str]] = {
    "core": frozenset(),
    **dict.fromkeys(_MIDDLE, _CORE),
    "shell": _MIDDLE | _CORE,
    "plugin": frozenset({"shell", "core"}),
    "cli": frozenset({"shell", "core"}),
    "__init__": frozenset({"shell", "core"}),
}
"""Room of the package -> the other rooms it may import. `__init__` is the front door, the list of public names."""

_DOCUMENTS = frozenset({"texts", "json_schema", "openapi"})
_READ = _DOCUMENTS | {"catalogue", "policy_file", "target"}
_MADE = _READ | {"compat", "processes", "generation", "transport", "comparison", "data"}

MAY_IMPORT_INSIDE: dict[str, dict[str, frozenset[str]]] = {
    "core": {
        "finding": frozenset(),
        "causes": frozenset({"finding"}),
        "errors": frozenset({"finding"}),
        "json": frozenset(),
        "http": frozenset({"json"}),
        "versions": frozenset(),
        "contracts": frozenset({"json", "http", "finding"}),
        "policy": frozenset({"json", "http", "versions", "contracts", "finding", "errors"}),
        "checking": frozenset({"json", "http", "versions", "contracts", "policy", "finding", "errors"}),
        "judging": frozenset({"json", "http", "versions", "contracts", "policy", "checking", "finding", "errors"}),
    },
    "shell": {
        "texts": frozenset(),
        "compat": frozenset(),
        "processes": frozenset(),
        "json_schema": frozenset({"texts"}),
        "openapi": frozenset({"texts", "json_schema"}),
        "catalogue": frozenset({"texts"}),
        "policy_file": _DOCUMENTS | {"catalogue"},
        "target": _DOCUMENTS | {"catalogue", "policy_file"},
        "generation": _READ | {"compat", "processes"},
        "transport": frozenset({"texts", "compat", "processes"}),
        "comparison": _READ | {"compat", "processes", "generation", "transport"},
        "discovery": _DOCUMENTS | {"transport", "comparison"},
        "data": _READ | {"generation"},
        "requests": _MADE,
        "sequences": _MADE | {"requests"},
        "execution": _MADE | {"requests", "sequences"},
        "reporting": _MADE | {"requests", "sequences", "execution"},
        "publishing": frozenset({"texts"}),
        "commands": _MADE | {"requests", "sequences", "execution", "reporting", "publishing", "discovery"},
        "pytest_plugin": _MADE | {"requests", "sequences", "execution", "reporting", "publishing"},
    },
}
"""Room with rooms of its own -> each of these -> its neighbours that it may import. A module in no inner room is one by itself."""

MOST_MODULES = 25
"""Modules of one folder, `__init__` apart."""

CATALOGUES = frozenset({"checks"})
"""Folders that list what there is, one a file, and so may hold more."""

PURE = _CORE | _MIDDLE
"""Rooms that can be run without a world: no pytest, no sockets, no files, no clock."""

WORLD = frozenset(
    {
        *("pytest", "_pytest", "hypothesis", "schemathesis"),
        *("requests", "httpx", "urllib3", "http.client", "urllib.request", "socket", "asyncio", "threading"),
        *("os", "pathlib", "io", "shutil", "tempfile", "subprocess"),
        *("time", "random", "secrets"),
    }
)
"""Modules that touch the world, or chance, or the clock."""

KINDS = frozenset({"path", "header", "query", "accept", "host"})
"""The carriers that the package has."""

CLOCKS = frozenset({"now", "today", "utcnow"})
"""Methods of `datetime` and `date` that read the clock."""


def room_of(module: str) -> str:
    """The room of a module of this package: `pytest_apiversion.core.policy.policy` -> `core`, the package itself -> `__init__`."""
    parts = module.split(".")

    return parts[1] if len(parts) > 1 else "__init__"


def inner_room(module: str) -> tuple[str, str] | None:
    """The room inside a room that a module stands in: `pytest_apiversion.core.policy.carriers` -> (`core`, `policy`)."""
    parts = module.split(".")
    return (parts[1], parts[2]) if len(parts) > 2 and parts[1] in MAY_IMPORT_INSIDE else None


@cache
def imports(source: str, module: str, *, is_package: bool) -> tuple[tuple[int, str], ...]:
    """Every import of a module, wherever it stands (functions and `TYPE_CHECKING` included).

    Args:
        source: The source.
        module: Its dotted name, from which relative imports count.
        is_package: Whether the source is an `__init__.py`.

    Returns:
        For each the line and the dotted name. `from a import b` gives `a.b`, since `b` may be a module.
    """
    return tuple(_imports(ast.parse(source), module, is_package=is_package))


def _imports(tree: ast.Module, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".") if is_package else module.split(".")[:-1]
                base = ".".join(filter(None, [*parents[: len(parents) - node.level + 1], base]))
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def violations(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """What in a source file goes against the arrows, one sentence each, in the order of the lines."""
    room = room_of(module)
    if room not in MAY_IMPORT:
        return [f"{module}: room {room!r} is not on the plan; give it a row in MAY_IMPORT and in ARCHITECTURE.md"]
    found = []
    for line, name in imports(source, module, is_package=is_package):
        if name == PACKAGE or name.startswith(f"{PACKAGE}."):
            target = room_of(name)
            if target not in MAY_IMPORT:
                found.append((line, f"imports {name!r} from the front door or from a room that is not on the plan"))
            elif target not in MAY_IMPORT[room] | {room}:
                found.append((line, f"imports {name!r}: {room} may not know {target}"))
            elif sentence := _inside(inner_room(module), inner_room(name)):
                found.append((line, f"imports {name!r}: {sentence}"))
        elif room in PURE and _is_within(name, WORLD):
            found.append((line, f"imports {name!r}: nothing below the shell touches the world"))
    if room in PURE:
        found.extend(_world_calls(ast.parse(source)))

    return [f"{module}:{line} {sentence}" for line, sentence in sorted(found)]


def _inside(here: tuple[str, str] | None, there: tuple[str, str] | None) -> str | None:
    """What is wrong with an import between two rooms inside one room, or None."""
    if here is None or there is None or here[0] != there[0] or here == there:
        return None
    allowed = MAY_IMPORT_INSIDE[here[0]]
    if here[1] not in allowed:
        return f"room {here[1]!r} of {here[0]} is not on the plan; give it a row in MAY_IMPORT_INSIDE and in ARCHITECTURE.md"
    names_no_room = there[0] == "shell" and there[1].isupper()  # a constant of the package itself
    if names_no_room or there[1] in allowed[here[1]]:
        return None
    return f"{here[1]} may not know {there[1]}"


def _is_within(name: str, modules: frozenset[str]) -> bool:
    """Whether a dotted name is one of the modules or lies inside one."""
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def _world_calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Calls that read the clock or a file without an import that would give them away."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            yield node.lineno, f"calls {node.func.attr}(): dates are arguments"
        elif isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input", "__import__"}:
            yield node.lineno, f"calls {node.func.id}(): nothing below the shell touches the world"


def named_carriers(source: str, module: str) -> list[str]:
    """Where a source file knows a carrier by its name, one sentence each, in the order of the lines.

    A carrier that a suite adds would be unknown there. In checks and core it is any text that is a kind's name; in the other rooms, where
    such a text is mostly something else, it is one that carriers are looked up by, or their versions spelled for.
    """
    tree = ast.parse(source)
    strict = room_of(module) in {"core", "checks"}
    nodes = ast.walk(tree) if strict else (each for node in ast.walk(tree) for each in _asks_for(node))
    lines = {node.lineno for node in nodes if isinstance(node, ast.Constant) and node.value in KINDS}

    return [f"{module}:{line} knows a carrier by its name" for line in sorted(lines)]


def _asks_for(node: ast.AST) -> Iterator[ast.AST]:
    """What carriers are asked for by: `carriers[kind]`, `carriers.get(kind)`, `kind in carriers`, `spell(policy, kind, …)`."""
    match node:
        case ast.Subscript(value=where, slice=key) if _is_called(where, {"carriers"}):
            yield from ast.walk(key)
        case ast.Compare(left=key, comparators=[where]) if _is_called(where, {"carriers"}):
            yield from ast.walk(key)
        case ast.Call(func=ast.Attribute(attr="get", value=where), args=[key, *_]) if _is_called(where, {"carriers"}):
            yield from ast.walk(key)
        case ast.Call(func=where, args=[_, key, *_]) if _is_called(where, {"spell", "spelling"}):
            yield from ast.walk(key)


def _is_called(node: ast.AST, names: set[str]) -> bool:
    """Whether an expression ends in one of these names: `policy.carriers`, `carriers()`, `versioning["carriers"]`."""
    match node:
        case ast.Call(func=called):
            return _is_called(called, names)
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=name)):
            return name in names
    return False


AIMS = f"{PACKAGE}.core.checking.aim"
"""The one module that holds tables of aims."""


def circles(sources: Mapping[str, str], packages: Collection[str] = ()) -> list[list[str]]:
    """The circles of imports among modules, those for types and in functions included: for each, its modules, sorted.

    Args:
        sources: Source by dotted name.
        packages: The names that are packages.
    """
    graph = {
        module: sorted(set(_known(sources, imports(source, module, is_package=module in packages))) - {module})
        for module, source in sources.items()
    }
    found, reached = [], {module: _reached(graph, module) for module in graph}
    left = set(graph)
    for module in sorted(graph):
        if module in left and module in reached[module]:
            circle = sorted(other for other in reached[module] if module in reached[other])
            left -= set(circle)
            found.append(circle)

    return found


def _known(modules: Collection[str], found: Iterable[tuple[int, str]]) -> Iterator[str]:
    """The modules that imports lead to: `from a import b` is `a.b` where that is one, else `a`."""
    for _, name in found:
        for candidate in (name, name.rpartition(".")[0]):
            if candidate in modules:
                yield candidate
                break


def _reached(graph: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """The modules that one leads to; itself among them only where it is in a circle."""
    reached: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting += graph[module]

    return reached


def tables_of_aims(source: str, module: str) -> list[str]:
    """Where a source file collects aims (two of them in a set, a list, a tuple, keys of a mapping or a pattern), in the order of the lines."""
    if module == AIMS:
        return []
    lines = {
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict | ast.MatchOr)
        and sum(_is_aim(each) for each in _items(node)) > 1
    }

    return [f"{module}:{line} has a table of aims; give {AIMS} a column" for line in sorted(lines)]


def _items(node: ast.Set | ast.List | ast.Tuple | ast.Dict | ast.MatchOr) -> Iterable[ast.AST | None]:
    match node:
        case ast.Dict():
            return node.keys
        case ast.MatchOr():
            return [each.value if isinstance(each, ast.MatchValue) else each for each in node.patterns]
        case _:
            return node.elts


def _is_aim(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Aim"
