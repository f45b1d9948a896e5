"""The arrows of ARCHITECTURE.md, and the soft budget of 300 lines a file."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pytest_apiversion
from pytest_apiversion.selection import carriers
from tests.layers import (
    CATALOGUES,
    KINDS,
    MAY_IMPORT_INSIDE,
    MOST_MODULES,
    PACKAGE,
    circles,
    named_carriers,
    violations,
)

BUDGET = 300
"""Physical lines of one file."""

WAIVERS: dict[str, str] = {}
"""File over the budget, from the package's folder -> why it is better in one piece."""

ROOT = Path(pytest_apiversion.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))


def _dotted(file: Path) -> str:
    parts = [PACKAGE, *file.relative_to(ROOT).with_suffix("").parts]

    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {_dotted(file): file.read_text(encoding="utf-8") for file in FILES}
PACKAGES = {_dotted(file) for file in FILES if file.name == "__init__.py"}


def test_a_module_imports_only_what_its_room_may_know() -> None:
    """plugin, cli → shell → checks | selection | dialects | diff → core, and nothing below shell touches the world."""
    found = {module: violations(source, module, is_package=module in PACKAGES) for module, source in SOURCES.items()}

    assert {module: said for module, said in found.items() if said} == {}


@pytest.mark.parametrize(
    ("module", "source"),
    [
        pytest.param(
            "core.policy.policy", "from pytest_apiversion.core.errors import PolicyError", id="core-knows-core"
        ),
        pytest.param("core.policy.policy", "import datetime as dt\nimport json, re", id="core-computes"),
        pytest.param(
            "core.policy.policy", "def f(as_of): return as_of.replace(day=1)", id="core-reckons-with-a-given-date"
        ),
        pytest.param("checks.sunset", "from pytest_apiversion.core import policy", id="checks-know-core"),
        pytest.param("diff.rules.paths", "from pytest_apiversion.diff import compare", id="a-room-knows-itself"),
        pytest.param("shell.run", "from pytest_apiversion.checks import sunset\nimport os", id="shell-knows-the-rest"),
        pytest.param("plugin", "import pytest\nfrom pytest_apiversion.shell import collect", id="plugin-knows-shell"),
        pytest.param("core.policy.policy", "import timeit_is_not_time", id="a-longer-name-is-another-module"),
    ],
)
def test_an_allowed_import_is_silent(module: str, source: str) -> None:
    """The test of the arrows does not cry wolf."""
    assert violations(source, f"{PACKAGE}.{module}") == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        pytest.param("core.policy.policy", "from pytest_apiversion.checks import sunset", id="core-knows-no-check"),
        pytest.param("core.policy.policy", "import pytest_apiversion.shell.run", id="core-knows-no-shell"),
        pytest.param("checks.sunset", "from pytest_apiversion.dialects.rfc9745 import READ", id="checks-no-dialect"),
        pytest.param("checks.sunset", "from pytest_apiversion import selection", id="checks-no-selection"),
        pytest.param("selection.path", "from pytest_apiversion.diff import compare", id="selection-no-diff"),
        pytest.param("dialects.rfc9745", "from ..checks import sunset", id="relative-import"),
        pytest.param("shell.run", "from pytest_apiversion.plugin import pytest_addoption", id="shell-no-plugin"),
        pytest.param("shell.run", "from pytest_apiversion import api_client", id="nobody-uses-the-front-door"),
        pytest.param("plugin", "from pytest_apiversion import cli", id="plugin-no-cli"),
        pytest.param("plugin", "from pytest_apiversion.checks import sunset", id="plugin-only-through-shell"),
        pytest.param("core.policy.policy", "def f():\n    import os", id="import-inside-a-function"),
        pytest.param(
            "core.policy.policy",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pytest_apiversion.shell import run",
            id="import-for-types-only",
        ),
        pytest.param("checks.sunset", "import pytest", id="no-pytest"),
        pytest.param("checks.sunset", "from requests import Response", id="no-requests"),
        pytest.param("checks.sunset", "from schemathesis.core import x", id="no-schemathesis"),
        pytest.param("checks.sunset", "from hypothesis import strategies", id="no-hypothesis"),
        pytest.param("dialects.rfc9745", "import time", id="no-time"),
        pytest.param("diff.compare", "import os.path", id="no-os"),
        pytest.param("selection.host", "from pathlib import Path", id="no-pathlib"),
        pytest.param("core.policy.policy", "import datetime as dt\ndt.datetime.now(dt.UTC)", id="no-clock"),
        pytest.param("core.policy.policy", "open('x')", id="no-file"),
        pytest.param("utils", "import json", id="a-room-not-on-the-plan"),
    ],
)
def test_a_forbidden_import_is_named(module: str, source: str) -> None:
    """Every arrow that runs the wrong way is exactly one sentence, `TYPE_CHECKING` and functions included."""
    found = violations(source, f"{PACKAGE}.{module}")

    assert len(found) == 1, found


NAMES = {
    "core/policy/selection.py": (1, "`accept` is an answer to a wrong version there"),
    "core/policy/carrier_positions.py": (8, "they are request headers, and places of an OpenAPI parameter, there"),
    "core/contracts/query_parameters.py": (1, "it is a place of an OpenAPI parameter there"),
    "core/contracts/elements.py": (3, "they are places of an OpenAPI parameter there"),
    "core/judging/element_use.py": (4, "they are places of an OpenAPI parameter there"),
    "core/judging/refusal_reasons.py": (1, "it is a member of an error that says which value is wrong there"),
    "checks/response_conformance.py": (1, "`accept` is a request header there"),
    "checks/neutral_operations.py": (1, "`accept` is a request header there"),
    "checks/undeclared_carriers.py": (1, "it asks in places that nobody declared a carrier for"),
}
"""File with such a word in it, from the package's folder -> in how many lines, and why it means something else there."""


def test_nothing_knows_a_carrier_by_its_name() -> None:
    """A carrier that a suite adds is asked for, read and judged like ours; what only looks like a carrier's name has a written reason."""
    found = {
        file.relative_to(ROOT).as_posix(): said
        for file in FILES
        if (said := named_carriers(file.read_text(encoding="utf-8"), _dotted(file)))
    }

    assert carriers().keys() == KINDS
    assert {name: said for name, said in found.items() if name not in NAMES} == {}
    assert {name: len(said) for name, said in found.items()} == {name: lines for name, (lines, _) in NAMES.items()}


@pytest.mark.parametrize(
    ("module", "source", "lines"),
    [
        pytest.param("checks.vary", 'kinds = ("path", "query")', 1, id="a-tuple-in-a-check"),
        pytest.param("core.policy.version_texts", 'known = kind == "accept"', 1, id="a-comparison-in-core"),
        pytest.param("checks.vary", 'known = carrier.kind == "cookie"', 0, id="what-a-suite-adds-is-none-of-ours"),
        pytest.param("checks.vary", '"""The path."""', 0, id="words"),
        pytest.param("shell.target.load", 'carrier = policy.carriers.get("path")', 1, id="get"),
        pytest.param("shell.target.load", 'carrier = carriers()["path"]', 1, id="subscript"),
        pytest.param("shell.target.load", 'known = "path" in versioning["carriers"]', 1, id="in-a-document"),
        pytest.param("shell.target.load", 'known = "path" in policy.carriers', 1, id="membership"),
        pytest.param("shell.target.load", 'text = spell(policy, "path", version)', 1, id="spelling"),
        pytest.param("shell.target.load", 'known = parameter.place == "path"', 0, id="a-place-of-a-parameter"),
    ],
)
def test_a_carriers_name_is_seen(module: str, source: str, lines: int) -> None:
    """In checks and core every text counts, elsewhere only one that carriers are looked up by."""
    assert len(named_carriers(source, f"{PACKAGE}.{module}")) == lines


INSIDE = [
    (outer, here, there)
    for outer, table in MAY_IMPORT_INSIDE.items()
    for here in table
    for there in table
    if here != there
]
"""Every two rooms inside one room, in both directions."""


def test_an_arrow_between_inner_rooms_runs_one_way() -> None:
    """An import planted against any arrow inside `core` or `shell` is named; one along it is not."""
    named = {
        (outer, here, there): violations(f"from {PACKAGE}.{outer}.{there}.a import b", f"{PACKAGE}.{outer}.{here}.c")
        for outer, here, there in INSIDE
    }

    assert {
        arrow: found
        for arrow, found in named.items()
        if len(found) != (arrow[2] not in MAY_IMPORT_INSIDE[arrow[0]][arrow[1]])
    } == {}


@pytest.mark.parametrize("outer", MAY_IMPORT_INSIDE)
def test_the_plan_of_inner_rooms_has_no_circle(outer: str) -> None:
    """The rooms of the plan can be put in an order in which each knows only those before it, and each folder is on the plan."""
    table = MAY_IMPORT_INSIDE[outer]
    placed: set[str] = set()
    while ready := [room for room, may in table.items() if room not in placed and may <= placed]:
        placed.update(ready)

    there = {
        file.relative_to(ROOT / outer).parts[0].removesuffix(".py")
        for file in FILES
        if file.is_relative_to(ROOT / outer)
    }
    assert placed == table.keys() == there - {"__init__"}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """No circle of imports, those for types and those inside functions included."""
    assert circles(SOURCES, PACKAGES) == []


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        pytest.param({"a": "import b", "b": "import a"}, [["a", "b"]], id="two"),
        pytest.param({"a": "import b", "b": "import c", "c": "from a import x"}, [["a", "b", "c"]], id="three"),
        pytest.param(
            {"a": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import b", "b": "import a"},
            [["a", "b"]],
            id="for-types",
        ),
        pytest.param({"a": "def f():\n    import b", "b": "import a"}, [["a", "b"]], id="in-a-function"),
        pytest.param({"p.a": "from p import b", "p.b": "from . import a"}, [["p.a", "p.b"]], id="modules-of-a-package"),
        pytest.param({"a": "import b", "b": "import a", "c": "import a"}, [["a", "b"]], id="who-only-looks-in"),
        pytest.param({"a": "import b, c", "b": "import c", "c": "import json"}, [], id="none"),
    ],
)
def test_circles_are_found(sources: dict[str, str], found: list[list[str]]) -> None:
    """Whoever can be reached from itself is in a circle with whatever leads back."""
    assert circles(sources) == found


def test_a_planted_circle_is_seen_among_the_real_modules() -> None:
    """An import back, planted into a module of the package, closes a circle that is named."""
    planted = {**SOURCES, f"{PACKAGE}.core.json.pointer": f"from {PACKAGE}.core.json import members"}
    planted[f"{PACKAGE}.core.json.members"] = f"from {PACKAGE}.core.json import pointer"

    assert circles(planted, PACKAGES) == [[f"{PACKAGE}.core.json.members", f"{PACKAGE}.core.json.pointer"]]


@pytest.mark.parametrize("outer", MAY_IMPORT_INSIDE)
def test_an_inner_room_says_what_it_is_for(outer: str) -> None:
    """Each folder inside `core` and `shell` begins with a docstring."""
    folders = [file for file in FILES if file.name == "__init__.py" and file.parents[1] == ROOT / outer]

    assert [file.parent.name for file in folders if not ast.get_docstring(ast.parse(file.read_text("utf-8")))] == []
    assert folders


def test_no_folder_is_a_heap() -> None:
    """A folder has at most 25 modules, unless it is a catalogue."""
    counts = {
        folder.relative_to(ROOT).as_posix(): sum(file.name != "__init__.py" for file in folder.glob("*.py"))
        for folder in {file.parent for file in FILES}
    }

    assert {name: count for name, count in counts.items() if count > MOST_MODULES and name not in CATALOGUES} == {}


def test_files_keep_the_budget() -> None:
    """A file over 300 lines has a written reason, and a reason that is no longer needed is removed."""
    lengths = {file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    over = {name: length for name, length in lengths.items() if length > BUDGET}

    unexplained = {name: length for name, length in over.items() if not WAIVERS.get(name, "").strip()}
    stale = sorted(WAIVERS.keys() - over.keys())

    assert (unexplained, stale) == ({}, [])
