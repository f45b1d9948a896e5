"""The package reads no text with a regular expression that is not linear in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from pytest_apiversion.core.http.masked_members import NAMES, pattern_of
from pytest_apiversion.core.versions.schemes import SCHEMES
from pytest_apiversion.core.versions.spelling import spelling
from pytest_apiversion.shell.discovery.documented_versions import SCHEMES as GUESSED
from tests.regular_expressions import PACKAGE, slow_on, uses


def _policy_patterns(node: Any) -> Iterator[str]:
    """The patterns of the policy file's own schema."""
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            yield node["pattern"]
        for each in node.values():
            yield from _policy_patterns(each)


_WORD = r"(?<![\w/.-])v1(?![\w/-]|\.\w)"
_READS = [
    made.pattern
    for name in sorted(SCHEMES)
    for template in ("{version}", "v{version}-x")
    for made in (spelling(template, name).greedy, spelling(template, name).lazy)
]

_POLICY_PATTERNS = list(_policy_patterns(json.loads((PACKAGE / "core" / "policy.schema.json").read_text())))

MADE: Mapping[str, Sequence[str]] = {
    r"checks/rejection_lists_versions.py: f'(?<![\\w.-])(?:{words})(?![\\w-]|\\.\\w)'": [
        r"(?<![\w.-])(?:v1|2\.1)(?![\w-]|\.\w)"
    ],
    r"core/causes/consequences.py: f'(?<![\\w.-]){re.escape(version)}(?![\\w-]|\\.\\w)'": [
        r"(?<![\w.-])v1(?![\w-]|\.\w)"
    ],
    "core/causes/templates.py: pattern.format(re.escape(value))": [_WORD, r"(?<=in the )\bhe\b|(?<=\()he(?=\))"],
    r"core/policy/credentials.py: f'\\${self.variable}(?![A-Z0-9_])'": [r"\$OAUTH_TOKEN(?![A-Z0-9_])"],
    "core/http/masked_members.py: f'(?<![A-Za-z0-9_-])(?P<name>{written})(?:{values})'": [pattern_of(NAMES).pattern],
    "core/versions/schemes.py: self._regex(named=True)": [each.pattern.pattern for each in SCHEMES.values()],
    "core/versions/spelling.py: regex": _READS,
    "selection/accept.py: f'{re.escape(before)}(?P<version>[^/]+){re.escape(after)}'": [r"a/b\.v(?P<version>[^/]+)\+b"],
    "selection/host.py: f'{re.escape(before)}(?P<version>.+){re.escape(after)}'": [r"v(?P<version>.+)\.v\.org"],
    "selection/path.py: f'{re.escape(before)}(?P<version>[^/?#]+){re.escape(after)}(?=[/?#]|$)'": [
        r"/v(?P<version>[^/?#]+)v(?=[/?#]|$)"
    ],
    "shell/data/identifiers.py: '/' + '/'.join([*segments, '(?P<id>[^/]+)']) + '/?$'": [
        "/a/[^/]+/a/(?P<id>[^/]+)/?$",
        "/[^/]+/[^/]+/(?P<id>[^/]+)/?$",
    ],
    r"shell/data/identifiers.py: f'<(?:\\w+:)?{re.escape(name)}\\s*>([^<>&]+)<'": [r"<(?:\w+:)?id\s*>([^<>&]+)<"],
    "shell/discovery/documented_versions.py: pattern": [pattern for _, pattern in GUESSED],
    r"shell/openapi/comparable_document.py: '(3\\.[012])(\\.\\d+)?(-.*)?' if field == 'openapi' else '(2)(\\.0)?'": [
        r"(3\.[012])(\.\d+)?(-.*)?",
        r"(2)(\.0)?",
    ],
    "shell/catalogue/policy_schema.py: known.get('pattern', '')": _POLICY_PATTERNS,
    "shell/policy_file/schema.py: pattern": _POLICY_PATTERNS,
    'shell/reporting/policy_lines.py: f"""^[ \\\\t{{]*["\']?{re.escape(found[2])}["\']?[ \\\\t]*:"""': [
        r"""^[ \t{]*["']?/a["']?[ \t]*:"""
    ],
    'shell/reporting/policy_lines.py: f"""["\']?\\\\b{found[1].lower()}\\\\b["\']?[ \\\\t]*:"""': [
        r"""["']?\bget\b["']?[ \t]*:"""
    ],
    "shell/texts/toml_places.py: pattern": [
        r'"""(?:[^\\]|\\.)*?"""+|\'\'\'.*?\'\'\'+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[^,\]}\n#]*'
    ],
}
"""Expressions that are put together in a run, by where: what they look like then."""

ELSEWHERE: Mapping[str, str] = {
    "core/json/ambiguous_repetitions.py: body": "asked about four letters",
    "core/json/ambiguous_repetitions.py: f'(?:{body}){{2,{_LONGEST}}}'": "asked about four letters",
    "core/json/ambiguous_repetitions.py: way": "asked about four letters",
    "core/json/bounded_patterns.py: pattern": "compiled to see whether it is one",
    "core/json/bounded_patterns.py: self.pattern": "asked where its repetitions and the text's length allow it",
    "core/json/repetition_steps.py: atom[1]": "asked about single letters",
    "core/json/ecma_patterns.py: text": "asked by `occurs` and the drawing libraries only",
    "shell/policy_file/schema.py: text": "compiled to see whether it is one",
    "shell/texts/toml_places.py: _KEY": "asked about what the expression around it has taken",
}
"""Expressions that others write, and one that is read after another: why they end."""

ANCHORED = {
    "toml_places.py: pattern": {"match"},
    r"canonical_form.py: '[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?$|0o[0-7]+$'": {"match"},
    "accept.py": {"fullmatch"},
    "host.py": {"fullmatch"},
    "path.py": {"match"},
    "identifiers.py: '/'": {"search"},
    "schemes.py": {"fullmatch"},
    "spelling.py": {"fullmatch"},
}
"""How those are asked that are handed on: the ends of their places."""


def test_every_expression_is_linear() -> None:
    """None takes longer than a text twice as long may take; one that only a run knows has its examples here, or a reason."""
    found = list(uses())
    made = {each.place for each in found if each.pattern is None}
    known = [each for each in found if each.pattern is not None and each.place not in ELSEWHERE]
    told = {each.place: each.functions for each in found}

    assert made | (ELSEWHERE.keys() & told.keys()) == MADE.keys() | ELSEWHERE.keys()
    rows = [(each.place, each.pattern, each.flags, each.functions) for each in known]
    rows += [(place, pattern, 0, told[place]) for place, patterns in MADE.items() for pattern in patterns]
    slow = []
    for place, pattern, flags, functions in rows:
        asked = next(
            (each for end, each in ANCHORED.items() if f"/{place}".startswith(f"/{end}") or end in place), None
        )
        if pattern is not None and (why := slow_on(pattern, flags, frozenset(asked or functions))):
            slow.append(f"{place}: {why}")
    assert not slow


@pytest.mark.parametrize(
    ("pattern", "functions"),
    [
        (r"\s+x", "search"),
        (r"(?:\"(?:[^\"\\]|\\.)*\"|[^,])+", "finditer"),
        ("a.*b.*c", "match"),
        (r"(/([^~]|~[01])*)+$", "match"),
        (r"([a-z0-9.]*?[.-])([0-9]+(?:\.[0-9]+)*)x", "fullmatch"),
    ],
)
def test_the_search_finds_what_is_not_linear(pattern: str, functions: str) -> None:
    """Quadratic and exponential expressions of the usual kinds are noticed."""
    assert slow_on(pattern, 0, frozenset({functions}))


@pytest.mark.parametrize("pattern", [r"\s*x", "a.*b"])
def test_the_search_leaves_linear_ones_alone(pattern: str) -> None:
    """What is asked at one place only is linear where its repetitions do not share letters."""
    assert slow_on(pattern, 0, frozenset({"match"})) is None
