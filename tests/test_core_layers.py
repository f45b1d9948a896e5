"""The arrows between the rooms of `core`, circles of imports, how much a room holds, and the one table of aims."""

from __future__ import annotations

import ast

import pytest

from tests.layers import CORE_MAY_IMPORT, PACKAGE, PURE, circles, core_violations, room_of, tables_of_aims
from tests.test_layers import FILES, ROOT, _dotted

MOST = 25
"""Modules of one room, its `__init__` left out."""

SOURCES = {_dotted(file): file.read_text(encoding="utf-8") for file in FILES}
PACKAGES = {_dotted(file) for file in FILES if file.name == "__init__.py"}
CORE = {name: source for name, source in SOURCES.items() if name.startswith(f"{PACKAGE}.core")}
JUDGES = CORE | {name: source for name, source in SOURCES.items() if name.startswith(f"{PACKAGE}.checks")}
BELOW = {name: source for name, source in SOURCES.items() if room_of(name) in PURE}


def test_the_rooms_of_core_import_only_what_they_may_know() -> None:
    """errors, finding | json → http → contracts; versions; then policy → checking → judging, each what came before."""
    found = {name: core_violations(source, name, is_package=name in PACKAGES) for name, source in CORE.items()}

    assert {name: said for name, said in found.items() if said} == {}


def test_the_plan_of_core_has_no_circle_and_no_room_that_is_not_there() -> None:
    """The table itself runs one way, and names what there is."""
    plan = {room: "\n".join(f"import {other}" for other in others) for room, others in CORE_MAY_IMPORT.items()}
    there = {name.split(".")[2] for name in CORE if name.count(".") > 1}

    assert circles(plan) == []
    assert there == CORE_MAY_IMPORT.keys()


def test_no_circle_of_imports_below_the_shell() -> None:
    """Imports for types only, and imports inside functions, make circles too."""
    below = {name: source for name, source in BELOW.items() if name not in PACKAGES}

    assert circles(below, PACKAGES) == []


@pytest.mark.parametrize("room", sorted(CORE_MAY_IMPORT))
def test_a_forbidden_arrow_of_core_is_named(room: str) -> None:
    """An import planted against each arrow is one sentence."""
    for other in CORE_MAY_IMPORT.keys() - CORE_MAY_IMPORT[room] - {room}:
        planted = f"def f():\n    from {PACKAGE}.core.{other} import anything"

        assert len(core_violations(planted, f"{PACKAGE}.core.{room}.some")) == 1


def test_a_room_that_nobody_planned_is_named() -> None:
    """A new folder of core needs a row."""
    assert len(core_violations("", f"{PACKAGE}.core.utils.some")) == 1


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


def test_a_room_holds_no_more_than_can_be_seen_at_once() -> None:
    """At most 25 modules a folder of core, each with an `__init__` that says what it is for."""
    rooms = sorted(each for each in (ROOT / "core").rglob("*") if each.is_dir() and each.name != "__pycache__")

    assert {room.name for room in rooms if len(list(room.glob("*.py"))) - 1 > MOST} == set()
    assert {
        room.name for room in rooms if not ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8")))
    } == set()


def test_there_is_one_table_of_aims() -> None:
    """What an aim can mean is a column of `MEANINGS`: checks and core hold no other table, so none can forget an aim."""
    found = {name: said for name, source in JUDGES.items() if (said := tables_of_aims(source, name))}

    assert found == {}


@pytest.mark.parametrize(
    ("source", "count"),
    [
        pytest.param("found = frozenset({Aim.SUNSET, Aim.MISSING})", 1, id="set"),
        pytest.param("found = x in (Aim.SUNSET, Aim.MISSING)", 1, id="tuple"),
        pytest.param("found = OTHER | {Aim.SUNSET, Aim.MISSING}", 1, id="more-of-them"),
        pytest.param("found = {Aim.SUNSET: 1, Aim.MISSING: 2}", 1, id="mapping"),
        pytest.param("match aim:\n    case Aim.SUNSET | Aim.MISSING:\n        pass", 1, id="pattern"),
        pytest.param(
            "match aim:\n    case Aim.SUNSET:\n        pass\n    case Aim.MISSING:\n        pass", 0, id="cases"
        ),
        pytest.param("yield Ask(aim=Aim.SUNSET)\nyield Ask(aim=Aim.MISSING)", 0, id="plans"),
        pytest.param("found = aim is Aim.SUNSET", 0, id="what-it-planned"),
    ],
)
def test_a_table_of_aims_is_seen(source: str, count: int) -> None:
    """Two aims in one collection are a table."""
    assert len(tables_of_aims(source, f"{PACKAGE}.checks.some")) == count
