"""Reading TOML statement by statement: one slip does not hide the others, and nothing makes the reader fail."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.texts.toml_places import dotted, statements
from pytest_apiversion.shell.texts.toml_text import expand, read_toml, shown, variables
from tests.shell.policies import ENVIRONMENT, WHOLE, write

CONTRACTS = Path(__file__).parents[3] / "contracts"
POLICIES = sorted(path.parent.name for path in CONTRACTS.glob("*/apiversion.toml"))

SLIPS: dict[str, tuple[str, dict[str, Any], list[tuple[int, str]]]] = {
    # name: the text, what can be read of it (None stands for what cannot), and line and place of each mistake
    "right": ("a = 1\n[b]\nc = 2\n", {"a": 1, "b": {"c": 2}}, []),
    "bare-text": ("a = x\nb = 1\n", {"a": None, "b": 1}, [(1, "a")]),
    "three-slips": (
        'a = x\nb = 01\nc = "\nd = 1\n',
        {"a": None, "b": None, "c": None, "d": 1},
        [(1, "a"), (2, "b"), (3, "c")],
    ),
    "no-value": ("[t]\na =\nb = 1\n", {"t": {"a": None, "b": 1}}, [(2, "t.a")]),
    "list-over-lines": ("a = [\n  1,\n  x,\n]\nb = 1\n", {"a": None, "b": 1}, [(3, "a")]),
    "open-list-before-key": ("a = [1,\n  2\nb = 1\n", {"a": None, "b": 1}, [(2, "a")]),
    "open-list-before-table": ("a = [1,\n[t]\nb = 1\n", {"a": None, "t": {"b": 1}}, [(1, "a")]),
    "open-list-at-the-end": ("b = 1\na = [1,", {"a": None, "b": 1}, [(2, "a")]),
    "table-over-lines": ("a = { b = x,\n  c = 2,\n}\nd = 1\n", {"a": None, "d": 1}, [(1, "a")]),
    "open-table-before-key": ("a = { b = 1\nc = 1\n", {"a": None, "c": 1}, [(1, "a")]),
    "open-text": ('a = """x\nb = 1\n', {"a": None, "b": 1}, [(1, "a")]),
    "open-header": ("[a\nb = 1\n", {"a": {"b": 1}}, [(1, "a")]),
    "open-array-header": ("[[a]\nb = 1\n[[a]]\nb = 2\n", {"a": [{"b": 1}, {"b": 2}]}, [(1, "a[0]")]),
    "no-header": ("[]\nb = x\n[c]\nd = 1\n", {"c": {"d": 1}}, [(1, ""), (2, "b")]),
    "no-statement": ("hello\nb = 1\n", {"b": 1}, [(1, "")]),
    "impossible-date": ("a = 2026-02-30\nb = [2026-13-01, 2026-01-01]\n", {"a": "2026-02-30"}, []),
    "key-twice": ("a = 1\nb = 2\na = 3\na = 4\n", {"a": 1, "b": 2}, [(3, "a"), (4, "a")]),
    "table-twice": ("[a]\nb = 1\n[a]\nb = 2\nc = 3\n[d]\n", {"a": {"b": 1}, "d": {}}, [(3, "a")]),
    "table-over-key": ("a = 1\n[a]\nb = 1\n", {"a": 1}, [(2, "a")]),
    "key-in-key": ("a = 1\na.b = 1\nc = 1\n", {"a": 1, "c": 1}, [(2, "a.b")]),
    "quoted-keys": ('["a.b"."c d"]\n"e\\u00e9" = x\n', {"a.b": {"c d": {"eé": None}}}, [(2, '"a.b"."c d"."eé"')]),
    "carriage-returns": ("a = x\r\nb = 1\r\n", {"a": None, "b": 1}, [(1, "a")]),
    "comments": ('a = x # "not [ a string\nb = "#" # c\n', {"a": None, "b": "#"}, [(1, "a")]),
    "control-character": ("a = 1 \x00\nb = 1\n", {"a": None, "b": 1}, [(1, "a")]),
}


def reading(document: Any) -> Any:
    """A document with None where a value could not be read."""
    if isinstance(document, dict):
        return {key: reading(value) for key, value in document.items()}
    if isinstance(document, list):
        return [reading(value) for value in document]
    return None if document == "\0" else document


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_is_told_and_the_rest_is_read(name: str) -> None:
    """What cannot be read is told with line and place, and hides nothing else."""
    text, document, told = SLIPS[name]

    toml = read_toml(text)

    assert [(mistake.line, mistake.place) for mistake in toml.mistakes] == told
    read = reading(toml.document)
    assert {key: read.get(key) for key in document} == document


@pytest.mark.parametrize("name", ["impossible-date"])
def test_an_impossible_date_is_left_to_the_reader_of_the_document(name: str) -> None:
    """Dates no calendar has are kept as text; possible ones beside them stay dates."""
    toml = read_toml(SLIPS[name][0])

    assert toml.document["b"][0] == "2026-13-01"
    assert toml.document["b"][1].isoformat() == "2026-01-01"


PLACES = """\
a = 1
[b]
c = [
  1,
  { d = "x, ]", e = [
    2] },  # }
]
[[f]]
g.h = '''
'''
[[f]]
i = 1
[f.j]
k = { "l m" = 1 }
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("a", 1),
        ("b", 2),
        ("b.c", 3),
        ("b.c[0]", 4),
        ("b.c[1]", 5),
        ("b.c[1].d", 5),
        ("b.c[1].e", 5),
        ("b.c[1].e[0]", 6),
        ("f[0]", 8),
        ("f[0].g", 9),
        ("f[0].g.h", 9),
        ("f[1]", 11),
        ("f[1].i", 12),
        ("f[1].j", 13),
        ("f[1].j.k", 14),
        ('f[1].j.k."l m"', 14),
    ],
    ids=str,
)
def test_every_place_has_its_line(place: str, line: int) -> None:
    """Tables, keys, list entries and tables inside lists are found in the line they begin in."""
    assert read_toml(PLACES).lines[place] == line


def places_of(value: Any, place: str = "") -> list[str]:
    """Every place of a document."""
    found = [place] if place else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found += places_of(item, f"{place}[{key}]" if isinstance(value, list) else dotted(place, str(key)))
    return found


@pytest.mark.parametrize("name", POLICIES)
def test_every_place_of_the_policies_has_a_line_that_names_it(name: str) -> None:
    """In the five policy files, the line of each key holds the key."""
    text = (CONTRACTS / name / "apiversion.toml").read_text("utf-8")
    toml = read_toml(text)
    lines = text.split("\n")

    for place in places_of(toml.document):
        key = re.search(r'(?:"([^"]+)"|([\w-]+))$', place)
        assert key is None or (key[1] or key[2]) in lines[toml.lines[place] - 1], place


VALUES = st.recursive(
    st.booleans() | st.integers(-(2**60), 2**60) | st.text("ab\"'\\[]{}#=.\n,é", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('ab." ]', max_size=3), inner, max_size=3),
    max_leaves=6,
)


def written(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)} = {written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[\n" + ",\n".join(written(item) for item in value) + "]"
    if isinstance(value, bool | int):
        return str(value).lower()
    return '"' + "".join(f"\\u{ord(char):04x}" if char in '"\\\n' else char for char in value) + '"'


@settings(deadline=None)
@given(document=st.dictionaries(st.text('ab." ]', max_size=3), VALUES, max_size=4), slip=st.booleans())
def test_statements_are_told_apart(document: dict[str, Any], slip: bool) -> None:  # noqa: FBT001  drawn
    """Each key of a text is one statement, whatever its value holds; and with a slip below, each is read still."""
    text = "\n".join(f"{written(key)} = {written(value)}" for key, value in document.items())
    assert tomllib.loads(text) == document

    assert len(list(statements(text))) == len(document)
    toml = read_toml(text + "\nslip = x\n" if slip else text)
    assert {key: value for key, value in toml.document.items() if key != "slip"} == document
    assert len(toml.mistakes) == slip


TOKENS = st.sampled_from(
    [
        *"[]{}=.,#\"'\n\\ ",
        '"""',
        "'''",
        "[[",
        "]]",
        "true",
        "2026-02-30",
        "nan",
        "0x1",
        "1_0",
        "key",
        "versions",
        "é",
        "\0",
    ]
)


@given(text=st.lists(TOKENS, max_size=40).map("".join) | st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_reading_never_fails(text: str) -> None:
    """Whatever the text, it is read, or told why not; and a line that is told is one of the text."""
    toml = read_toml(text)

    assert toml.mistakes or "02-30" in text or toml.document == tomllib.loads(text)
    assert all(1 <= (mistake.line or 1) <= text.count("\n") + 1 for mistake in toml.mistakes)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which policy files are written over and over, with the contracts of all of them."""
    folder = tmp_path_factory.mktemp("policies")
    write(folder)
    for path in CONTRACTS.glob("*/*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


TEXTS = [WHOLE, *((CONTRACTS / name / "apiversion.toml").read_text("utf-8") for name in POLICIES)]
NAMES = {**ENVIRONMENT, **{name: "https://api.example" for text in TEXTS for name in variables(text)}}
SNIPPETS = st.sampled_from(
    [
        *"[]{}=,#\"'\n",
        "true",
        "1",
        "0.5",
        "inf",
        "9999-12-31",
        "2026-02-30",
        "07:30:00",
        "2026-01-01T00:00:00",
        "[]",
        "{}",
        '""',
        '"x"',
        '"*"',
        "[[]]",
        '"{version}"',
        '"${NONE}"',
        '["v1"]',
        "[versions.v1]\n",
        "\n[a]\n",
        "\nversions = 1\n",
        "a.b = 1\n",
    ]
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A valid policy file with up to five things done to it."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(["insert", "cut", "value", "line", "twice"])):
            case "insert":
                text = text[:start] + draw(SNIPPETS) + text[start:]
            case "cut":
                text = text[:start] + text[start + draw(st.integers(1, 30)) :]
            case "value":
                at = text.find("= ", start)
                end = text.find("\n", at)
                text = text if at < 0 or end < 0 else text[: at + 2] + draw(SNIPPETS) + text[end:]
            case kind:
                end = text.find("\n", start) + 1
                line = text[text.rfind("\n", 0, start) + 1 : end]
                text = text[: end - len(line)] + (line + line if kind == "twice" else "") + text[end:]
    return text


@given(text=spoilt())
@settings(max_examples=150, deadline=None)
def test_a_spoilt_policy_is_told_never_thrown(text: str, folder: Path) -> None:
    """Whatever is done to a valid policy file, reading it ends in a policy or a `PolicyError` whose mistakes are lines of it."""
    path = folder / "apiversion.toml"
    path.write_text(text, "utf-8")
    mistakes = mistakes_of(path)

    assert len(set(mistakes)) == len(mistakes)
    for mistake in mistakes:
        assert mistake.startswith("line "), mistake
        assert 1 <= int(mistake.split(":")[0].removeprefix("line ")) <= text.count("\n") + 1
        assert "\n" not in mistake


def mistakes_of(path: Path) -> tuple[str, ...]:
    """What is wrong with a policy file; nothing where it is right."""
    try:
        load_policy(path, NAMES)
    except PolicyError as error:
        return error.mistakes
    return ()


TOML_VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.times() | st.datetimes(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["v1", "name", "reject", "default", "status", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)
TABLES = [
    "extends",
    "api",
    "versioning",
    "versions",
    "envelopes",
    "errors",
    "headers",
    "deprecation",
    "sunset",
    "aliases",
    "credentials",
    "operations",
    "values",
    "requests",
    "contract",
    "declared",
    "zzz",
]


@given(document=st.dictionaries(st.sampled_from(TABLES), TOML_VALUES, max_size=5))
@settings(max_examples=150, deadline=None)
def test_a_random_document_is_told_never_thrown(document: dict[str, Any], folder: Path) -> None:
    """Any TOML document whatever ends in a policy or a `PolicyError`."""
    path = folder / "apiversion.toml"
    path.write_text("\n".join(f"{key} = {as_toml(value)}" for key, value in document.items()), "utf-8")
    with pytest.raises(PolicyError):  # none of them has everything a policy needs
        load_policy(path, NAMES)


def as_toml(value: Any) -> str:
    """A value as TOML, dates and all."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(char):08x}" for char in value if not "\ud800" <= char <= "\udfff") + '"'
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def test_variables_are_replaced_everywhere() -> None:
    """`${NAME}` is replaced at every depth, and what is not set is told with its place."""
    document: dict[str, Any] = {"a": "${X}-${Y}", "b": [{"c d": "${Z}"}], "e": 1, "f": "$X {X} ${}"}

    unset = list(expand(document, {"X": "1", "Y": ""}))

    assert document == {"a": "1-", "b": [{"c d": ""}], "e": 1, "f": "$X {X} ${}"}
    assert unset == [('b[0]."c d"', "Z")]


def test_a_shown_text_is_what_a_shell_would_expand() -> None:
    """Reports show `$NAME` where a secret was."""
    assert shown("Bearer ${TOKEN}") == "Bearer $TOKEN"
