"""What other packages do not document is used in one room only, `shell/compat`, where each name has a way to do without it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import pytest_apiversion

ROOT = Path(pytest_apiversion.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

ALLOWED: dict[str, set[str]] = {
    "hypothesis_internals.py": {
        "hypothesis.internal.charmap",
        "hypothesis.internal.intervalsets.IntervalSet",
        "hypothesis.internal.conjecture.providers",
        "hypothesis.internal.conjecture.utils.many",
        "hypothesis.database.choices_to_bytes",
    },
    "pytest_internals.py": {
        "_pytest.fixtures.TopRequest",
        "._fixturemanager",
        "_pytest.junitxml.xml_key",
        "_pytest.junitxml.bin_xml_escape",
        "_pytest._code.code.ExceptionRepr",
    },
    "requests_internals.py": {"urllib3._collections.HTTPHeaderDict", "requests.utils.requote_uri"},
    "schemathesis_internals.py": {"schemathesis.generation.feedback.NO_FEEDBACK", "schemathesis.schemas.APIOperation"},
    "xdist_internals.py": {"xdist.scheduler.LoadGroupScheduling"},
}
"""File of `shell/compat` -> what it uses: dotted names, and attributes of objects that other packages made."""

UNDOCUMENTED = (
    "hypothesis.database.choices_to_bytes",
    "requests.utils",
    "schemathesis.generation.feedback",
    "schemathesis.schemas",
    "xdist",
)
"""Names, and all below them, that look public and are in no documentation."""


NAMED_TUPLE = frozenset({"_asdict", "_fields", "_field_defaults", "_make", "_replace"})
"""Documented attributes of named tuples, whose underscore keeps them apart from their fields."""


def is_private(name: str) -> bool:
    """Whether a dotted name is another package's own business."""
    parts = name.split(".")
    if parts[0] in {"pytest_apiversion", "__future__"} or parts[0] in sys.stdlib_module_names:
        return False
    hidden = any(part == "internal" or re.match(r"_(?!_)", part) for part in parts)
    return hidden or is_undocumented(name)


def is_undocumented(name: str) -> bool:
    """Whether a dotted name looks public only."""
    return any(name == each or name.startswith(f"{each}.") for each in UNDOCUMENTED)


def used(source: str) -> set[str]:
    """The private names of other packages that a source uses: imported, looked up by a text, or asked of an object."""
    nodes = list(ast.walk(ast.parse(source)))
    attributes = [node for node in nodes if isinstance(node, ast.Attribute)]
    own = {node.attr for node in attributes if _is_own(node.value)}
    own |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    found = {name for node in nodes for name in _names(node) if is_private(name)}
    found |= {
        f".{node.attr}"
        for node in attributes
        if re.match(r"_(?!_)", node.attr)
        and node.attr not in NAMED_TUPLE
        and node.attr not in own
        and not _is_module(node)
    }
    return {name for name in found if not any(other.startswith(f"{name}.") for other in found)}


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (each.name for each in names)
        case ast.ImportFrom(module=str(module), level=0, names=names):
            yield from (f"{module}.{each.name}" for each in names)
        case ast.Call(func=ast.Name(id="find"), args=[ast.Constant(value=str(module)), ast.Constant(value=str(name))]):
            yield f"{module}.{name}"
        case ast.Constant(value=str(text)) if re.fullmatch(r"[a-z_]\w*(\.\w+)+", text):
            yield text
        case ast.Attribute() if is_undocumented(name := _dotted(node)):
            yield name


def _dotted(node: ast.expr) -> str:
    """A name with its attributes; what is asked of anything else has none."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _is_own(value: ast.expr) -> bool:
    """Whether an attribute is one of `self`, `cls` or `super()`: what a class of ours has, or makes of another one."""
    return (isinstance(value, ast.Name) and value.id in {"self", "cls"}) or (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "super"
    )


def _is_module(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in sys.stdlib_module_names


def test_private_names_stay_in_their_room() -> None:
    """Nothing but `shell/compat` uses them, and there each file those of its own row; a row that is no longer true is removed."""
    found = {file.relative_to(ROOT).as_posix(): names for file in FILES if (names := used(file.read_text("utf-8")))}

    assert found == {f"shell/compat/{name}": names for name, names in ALLOWED.items()}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("from hypothesis.internal.conjecture import utils", {"hypothesis.internal.conjecture.utils"}),
        ("def f():\n    import _pytest.fixtures", {"_pytest.fixtures"}),
        ("from schemathesis.generation.feedback import NO_FEEDBACK", {"schemathesis.generation.feedback.NO_FEEDBACK"}),
        ("from xdist.scheduler import LoadGroupScheduling", {"xdist.scheduler.LoadGroupScheduling"}),
        ("import requests\nrequests.utils.quote", {"requests.utils.quote"}),
        ("find('yaml._yaml', 'Mark')", {"yaml._yaml.Mark"}),
        ("item.session._fixturemanager", {"._fixturemanager"}),
        ("import os\nos._exit(0)", set()),
        ("self._here = 1\nother._here", set()),
        ("from hypothesis import find, settings\nfrom xml.etree import ElementTree", set()),
        ("from pytest_apiversion._x import y\nfrom __future__ import annotations", set()),
    ],
)
def test_a_private_name_is_seen(source: str, names: set[str]) -> None:
    """Whichever way it is used; what is ours, Python's or documented is none."""
    assert used(source) == names


@pytest.mark.parametrize("package", ["hypothesis", "pytest", "schemathesis", "xdist"])
def test_the_releases_that_are_named_begin_with_the_lowest_that_is_allowed(package: str) -> None:
    """A sentence that says which releases were tried says what the package's metadata say."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {"xdist": "pytest-xdist"}.get(package, package)
    (lowest,) = (
        each.removeprefix(f"{wanted}>=")
        for each in (*project["dependencies"], *project["optional-dependencies"]["test"])
        if each.startswith(f"{wanted}>=")
    )
    source = (ROOT / "shell" / "compat" / f"{package}_internals.py").read_text("utf-8")

    assert re.search(rf'^TRIED = "{re.escape(lowest)} to [\d.]+"$', source, re.MULTILINE)
