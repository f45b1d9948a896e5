"""Smaller things that other packages may take away, or say otherwise; each in an interpreter of its own, where that is so from the start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from pytest_apiversion.shell.compat.names import find
from tests.plugin import renaming


def said(script: str, environment: Mapping[str, str] | None = None) -> str:
    """What a script prints in an interpreter of its own."""
    variables = {**os.environ, **(environment or {})}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_finding() -> None:
    """A name is found, or there is none: no module, or no name in it."""
    assert find("urllib.parse", "quote") is not None
    assert find("urllib.parse", "quote_of_the_next_release") is None
    assert find("urllib.parse_of_the_next_release", "quote") is None


_HEADERS = """
from pytest_apiversion.shell.compat.requests_internals import HTTPHeaderDict
found = HTTPHeaderDict()
for value in ("a=1", "b=2"):
    found.add("Set-Cookie", value)
print(found.getlist("set-cookie"))
"""


@pytest.mark.parametrize("gone", ["", "import urllib3; del urllib3.HTTPHeaderDict"], ids=["urllib3-2", "urllib3-1"])
def test_header_lines_that_come_twice(gone: str) -> None:
    """Both are kept, wherever urllib3 has what keeps them."""
    assert said(f"{gone}\n{_HEADERS}") == "['a=1', 'b=2']\n"


_PARTS = """
from pytest_apiversion.shell.compat.requests_internals import requoted
print([requoted(part) for part in ("a b", "caf\\u00e9", "a%2Fb", "x:y@z", "100%25")])
"""


@pytest.mark.parametrize("gone", ["", "import requests; del requests.utils.requote_uri"], ids=["there", "gone"])
def test_parts_of_a_path(gone: str) -> None:
    """What may not stand in a path is encoded, and what is encoded stays so."""
    assert said(f"{gone}\n{_PARTS}") == "['a%20b', 'caf%C3%A9', 'a%2Fb', 'x:y@z', '100%25']\n"


_YAML = """
from pytest_apiversion.shell.texts.yaml_text import parse_yaml
from pytest_apiversion.shell.texts.json_text import Unreadable
print(parse_yaml("a: [1, no, {b: 2024-01-01}]\\n"))
try:
    parse_yaml("a: 1\\nb: [\\n")
except Unreadable as error:
    print(error.mistakes[0].partition(" at line ")[0])
"""


@pytest.mark.parametrize("gone", ["", "import sys; sys.modules['yaml._yaml'] = None"], ids=["libyaml", "python"])
def test_yaml_is_read_without_libyaml(gone: str) -> None:
    """A PyYAML without its C parser reads the same, and refuses the same."""
    assert said(f"{gone}\n{_YAML}").splitlines() == [
        "{'a': [1, 'no', {'b': '2024-01-01'}]}",
        "/b/0: expected YAML, got a text that is none",
    ]


_WRITTEN = """
from pathlib import PurePath
from pytest_apiversion.shell.openapi.canonical_form import canonical_bytes
from pytest_apiversion.shell.texts.yaml_text import parse_yaml
document = {"openapi": "3.1.0", "tags": [{"name": "b"}, {"name": "a"}], "paths": {}}
print(parse_yaml(canonical_bytes(document, PurePath("v1.yaml")).decode()) == document)
"""


def test_yaml_is_written_whatever_indents_it(tmp_path: Path) -> None:
    """Only the layout depends on how PyYAML indents lists: the document is the same."""
    environment = renaming.begin(tmp_path, [("yaml", "increase_indent", "indent_of_the_next_release")])

    assert said(_WRITTEN, environment) == "True\n"


_HELD = """
from pytest_apiversion.shell.json_schema.validators import Validators
held = Validators({"x": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer", "maximum": 5}}}}).of("#/x")
print([held(value) == () for value in ({"a": 1}, {"a": 9}, {})], [each.message for each in held({})])
"""


@pytest.mark.parametrize(
    "gone",
    [
        "",
        "import sys; sys.modules['jsonschema_rs'] = None",
        "import jsonschema_rs; del jsonschema_rs.Registry",
        "import jsonschema_rs; del jsonschema_rs.ReferencingError; jsonschema_rs.Draft202012Validator = lambda *_: None",
        "import jsonschema_rs; jsonschema_rs.Draft202012Validator = lambda *_: None",
    ],
    ids=["there", "gone", "no-registry", "no-error", "other-arguments"],
)
def test_values_are_held_without_the_fast_validator(gone: str) -> None:
    """The verdicts are the same, and so are the words."""
    if gone.startswith("import jsonschema_rs"):
        pytest.importorskip("jsonschema_rs")
    assert said(f"{gone}\n{_HELD}") == "[True, False, False] ['\"a\" is missing']\n"


_WORDS = """
import jsonschema
plain = jsonschema.ValidationError.__init__
def reworded(self, message, *rest, **named):
    plain(self, message if " " not in message else "it is wrong", *rest, **named)
jsonschema.ValidationError.__init__ = reworded
"""
_PROBLEMS = """
from pytest_apiversion.core.contracts.policy_schemas import schema_problems
schema = {"type": "object", "required": ["code", "it's"], "additionalProperties": False,
          "properties": {"code": {"pattern": "^A"}, "n": {"multipleOf": 2}, "it's": True}}
print(*schema_problems(schema, {"code": "B", "n": 3, "more": 1}), sep="\\n")
print(*schema_problems(schema, {"code": "B", "n": 3, "more": 1}, frozenset({"/it's", "/code", "/n"})), sep="\\n")
"""


@pytest.mark.parametrize("words", ["", _WORDS], ids=["today", "reworded"])
def test_the_words_of_jsonschema_are_not_ours(words: str) -> None:
    """What is missing, unknown or wrong is told in our words, and what another check holds is left out, whatever its sentences say."""
    first = ['at the root: "it\'s" is missing', 'at the root: "more" is not a member the schema names']
    of_members = ['at /code: "B" does not match "^A"', "at /n: 3 is not a multiple of 2"]

    lines = said(f"{words}\n{_PROBLEMS}").splitlines()
    assert sorted(lines) == sorted([*first, *of_members, first[1]])


_POLICY = """
from pytest_apiversion.shell.policy_file.schema import schema_mistakes
print(sorted(each.place for each in schema_mistakes({})))
"""


@pytest.mark.parametrize("words", ["", _WORDS], ids=["today", "reworded"])
def test_a_missing_key_is_named(words: str) -> None:
    """The places of missing keys come from the schema, not from a sentence."""
    assert said(f"{words}\n{_POLICY}") == "['api', 'versioning', 'versions']\n"


_TOML = """
from pytest_apiversion.shell.texts.toml_text import read_toml
found = read_toml('a = 1\\nb = 2\\n[t]\\nc = 1\\na = [\\n  1,\\n  x]\\n[t]\\nd = 4\\n')
print([(each.place, each.line) for each in found.mistakes], found.document)
"""
_SILENT = """
import tomllib
plain = tomllib.loads
def loads(text):
    try:
        return plain(text)
    except ValueError:
        raise ValueError("no") from None
tomllib.loads = loads
"""


def test_the_words_of_tomllib_are_not_ours() -> None:
    """Every mistake is told at its place, and the rest is read; only the line inside a value is the parser's to name."""
    read = {"a": 1, "b": 2, "t": {"c": 1, "a": "\0"}}

    assert said(_TOML) == f"{[('t.a', 7), ('t', 8)]} {read}\n"
    assert said(f"{_SILENT}\n{_TOML}") == f"{[('t.a', 5), ('t', 8)]} {read}\n"
