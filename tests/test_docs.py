"""The documentation is true: what it shows can be parsed, what it names exists, what is generated is fresh."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core import errors
from pytest_apiversion.core.versions.malformed_versions import near_misses
from pytest_apiversion.core.versions.undeclared_versions import neighbours, unknown
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.catalogue.policy_schema import policy_schema
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.policy_file.schema import schema_mistakes
from pytest_apiversion.shell.texts.toml_text import jsonable
from tests.docs.blocks import BLOCKS, PAGES, ROOT, Block, commands, written

POLICY_TABLES = frozenset(policy_schema()["properties"])
WHOLE = """
[api]
name = "Documentation"
base_url = "http://127.0.0.1"
[versioning]
scheme = "vN"
carriers = ["path"]
path = { template = "/api/{version}" }
[versions.v1]
contract = "v1.openapi.yaml"
"""
"""What stands around a fragment of a policy file."""
_WITH_ITS_CARRIER = "carriers/apiversion.toml"
"""A block that needs the conftest.py beside it; `tests/docs/test_own_checks.py` runs both."""
_FENCED = re.compile(r"^```.*?^```[ ]*$", flags=re.MULTILINE | re.DOTALL)
TITLES = {check.code: check.title for check in checks()}


def _tables(text: str) -> list[dict[str, Any]]:
    """A TOML block's documents: itself, or each of its lines where they are alternatives of one key."""
    try:
        return [tomllib.loads(text)]
    except tomllib.TOMLDecodeError:
        return [tomllib.loads(line) for line in text.splitlines() if line.strip()]


def _is_policy(table: dict[str, Any]) -> bool:
    return "tool" not in table


def _without_what_presets_alone_say(block: Block, table: dict[str, Any]) -> dict[str, Any]:
    presets = block.id.startswith("docs/reference/presets.md")
    return {key: value for key, value in table.items() if not (presets and key == "parameter")}


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    made = dict(under)
    for key, value in over.items():
        made[key] = _merged(made[key], value) if isinstance(value, dict) and isinstance(made.get(key), dict) else value
    return made


def _expanded(value: Any) -> Any:
    """A value with the variables of the environment filled in."""
    if isinstance(value, str):
        return re.sub(r"\$\{(\w+)\}", "http://127.0.0.1", value)
    if isinstance(value, dict):
        return {key: _expanded(each) for key, each in value.items()}
    return [_expanded(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "block", [block for block in written("toml") if block.title != _WITH_ITS_CARRIER], ids=lambda block: block.id
)
def test_a_policy_fragment_is_one(block: Block) -> None:
    """Every TOML block can stand in a policy file: its keys are known and its values are of their kind."""
    for written_table in _tables(block.text):
        table = _without_what_presets_alone_say(block, written_table)
        if _is_policy(table):
            placed = table if table.keys() <= POLICY_TABLES else {"versioning": table}

            assert list(schema_mistakes(jsonable(_expanded(_merged(tomllib.loads(WHOLE), placed))))) == []


@pytest.mark.parametrize(
    "block",
    [block for block in written("toml") if {"api", "versions"} <= _tables(block.text)[0].keys()],
    ids=lambda block: block.id,
)
def test_a_whole_policy_file_can_be_used(block: Block, tmp_path: Path) -> None:
    """A block that shows a whole policy file is one that is accepted."""
    (tmp_path / "apiversion.toml").write_text(block.text, "utf-8")
    for version in _tables(block.text)[0]["versions"].values():
        (tmp_path / version["contract"]).write_text("openapi: 3.1.0\n", "utf-8")
    environment = dict.fromkeys(re.findall(r"\$\{(\w+)\}", block.text), "http://127.0.0.1")

    assert load_policy(tmp_path / "apiversion.toml", environment).versions


@pytest.mark.parametrize("block", written("python"), ids=lambda block: block.id)
def test_python_can_be_parsed(block: Block) -> None:
    """Every Python block is Python, or a piece of a function's body."""
    text = block.text.rstrip()
    text += " ..." if text.endswith(":") else ""

    ast.parse(f"if True:\n{text}" if text.startswith(" ") else text)


@pytest.mark.parametrize("block", written("yaml"), ids=lambda block: block.id)
def test_yaml_can_be_parsed(block: Block) -> None:
    """Every YAML block is YAML, and a mapping."""
    import yaml  # noqa: PLC0415  one test needs it

    assert isinstance(yaml.safe_load(block.text), dict)


@pytest.fixture(scope="session")
def pytest_help() -> str:
    """What `pytest --help` says of options and ini values."""
    command = [sys.executable, "-m", "pytest", "--help", "-p", "xdist", "-c", "/dev/null"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _known(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[\w][\w-]*", text))


@pytest.mark.parametrize("block", written("console"), ids=lambda block: block.id)
def test_options_of_commands_exist(block: Block, pytest_help: str) -> None:
    """A command that a reader may type names no option that is not there."""
    for command in commands(block):
        for words in _calls(command):
            given = [word.partition("=")[0] for word in words if word.startswith("-")]
            if words[0] == "pytest":
                assert [name for name in given if name not in _known(pytest_help)] == [], command
            elif words[0] == "apiversion":
                told = subprocess.run(
                    [sys.executable, "-c", "from pytest_apiversion.cli import main; main()", words[1], "--help"],
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
                assert [name for name in given if name not in _known(told)] == [], command


def _calls(command: str) -> list[list[str]]:
    """The calls of pytest and of `apiversion` in a command, each beginning with its name."""
    found = []
    for part in command.split("&&"):
        words = shlex.split(part)
        while words and ("=" in words[0].split("/")[0] or Path(words[0]).name.startswith("python") or words[0] == "-m"):
            words = words[1:]
        if words and Path(words[0]).name in {"pytest", "apiversion"}:
            found.append([Path(words[0]).name, *words[1:]])
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_names_exists(page: Path, pytest_help: str) -> None:
    """Options, ini values and codes in running text are real, and a code's title is its own."""
    text = page.read_text("utf-8")
    options = set(re.findall(r"--apiversion-[a-z-]*[a-z]", text))
    values = {name for name in re.findall(r"\bapiversion_[a-z_]+\b", text) if name != "apiversion_lock"}
    codes = set(re.findall(r"\bAV\d{3}\b", text))
    rows = re.findall(r"^(AV\d{3})  +([^\s=].*?)(?:  .*)?$", text, flags=re.MULTILINE)  # one space begins a cause

    assert options - _known(pytest_help) == set()
    assert {name for name in values if not re.search(rf"\b{name}\b", pytest_help)} == set()
    assert codes - TITLES.keys() == set()
    assert [row for row in rows if TITLES[row[0]] != row[1]] == []


def _anchors(path: Path) -> set[str]:
    headings = re.findall(
        r"^#+ +(.*)$",
        re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL),
        flags=re.MULTILINE,
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_headings_and_tables_stand_alone(page: Path) -> None:
    """A blank line ends a table and stands before a heading: the site's Markdown takes what follows a row for a row."""
    lines = _FENCED.sub(lambda fenced: "\n" * fenced[0].count("\n"), page.read_text("utf-8")).splitlines()
    grown = [
        f"{number}: {line}"
        for number, (before, line) in enumerate(pairwise(lines), 2)
        if before.strip() and line.strip() and (line.startswith("#") or before.startswith("|") != line.startswith("|"))
    ]
    assert not grown


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link names a file that is there, and a heading in it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"\w+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page

        assert path.exists(), target
        assert not anchor or anchor in _anchors(path), target


def test_every_page_is_reached_from_the_index() -> None:
    """A page that no index names is not read."""
    index = (ROOT / "docs" / "index.md").read_text("utf-8")

    pages = [page.relative_to(ROOT / "docs").as_posix() for page in PAGES if page.parent.parent.name == "docs"]

    assert [page for page in pages if f"({page})" not in index] == []


def test_generated_pages_are_fresh() -> None:
    """What the code tells of itself is what the pages say; `python docs/generate.py` writes them."""
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_error_is_explained() -> None:
    """Each error of the tree has its row."""
    page = (ROOT / "docs" / "reference" / "errors.md").read_text("utf-8")
    tree = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.ApiVersionError)
    ]

    assert [error.__name__ for error in tree if f"| `{error.__name__}` |" not in page] == []


PROBES = {
    "unknown": unknown("vN", ("v1", "v2")),
    "neighbours": neighbours("major.minor", ("1.0", "1.2")),
    "near misses": near_misses("vN", ("v1", "v2")),
}


@pytest.mark.parametrize("name", PROBES)
def test_the_probes_that_are_shown_are_asked_for(name: str) -> None:
    """The texts of the explanation are the tool's own, all of them but for the near misses, which are many."""
    page = (ROOT / "docs" / "explanation" / "selection-probes.md").read_text("utf-8")
    row = page.partition(f"<!-- {name} -->")[2].partition("\n")[0]
    shown = tuple(re.findall(r"`([^`]+)`", row))

    assert shown
    assert set(shown) <= set(PROBES[name])
    assert name == "near misses" or shown == PROBES[name]


def test_blocks_were_found() -> None:
    """The reading of pages has not gone blind: blocks of every kind are there."""
    assert {"toml", "python", "yaml", "console", "text"} <= {block.language for block in BLOCKS}
