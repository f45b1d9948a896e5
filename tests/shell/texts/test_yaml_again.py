"""YAML that is read after a text much like it says what it says when it is read alone."""

from __future__ import annotations

import random

import pytest
import yaml

from pytest_apiversion.shell.texts.json_text import Unreadable
from pytest_apiversion.shell.texts.yaml_again import parse_again
from pytest_apiversion.shell.texts.yaml_text import parse_yaml

LONG = "".join(
    f"        m{number}:\n          type: string\n          description: {'x' * 20}\n" for number in range(6)
)

WHOLE = f"""\
openapi: 3.1.0
info:
  title: T
  version: "1"
tags:
- name: a
- name: b
paths:
  /a:
    get:
      responses:
        "200":
          description: >
            Folded text
            of two lines.
components:
  # a comment
  schemas:
    A:
      type: object
      properties:
{LONG}
    'B':
      type: object
# a comment at the edge
      properties:
{LONG}
    "C":
      allOf:
      - type: object
        properties:
{LONG}
"""

CHANGES: dict[str, tuple[str, str]] = {
    "nothing": ("", ""),
    "elsewhere": ("title: T", "title: U"),
    "in-one-part": ("type: object\n# a", "type: array\n# a"),
    "a-part-more": ("    'B':\n", "    B2:\n      type: integer\n    'B':\n"),
    "a-part-less": ("    A:\n      type: object\n      properties:\n" + LONG + "\n", ""),
    "another-name": ("    A:\n", "    Z:\n"),
    "another-quoting": ("    'B':\n", "    B:\n"),
    "lines-of-windows": ("\n", "\r\n"),
    "a-document-start": ("openapi", "---\nopenapi"),
    "an-anchor": ("type: object\n# a", "type: &kind object\n# a"),
    "a-comment-less": ("  # a comment\n", ""),
    "list-one-more": ("- name: b\n", "- name: b\n- name: c\n"),
    "text-of-the-mark": ("title: T", "title: x-apiversion-read-before-0"),
}


@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES)
def test_a_text_says_what_it_says_alone(old: str, new: str) -> None:
    """Whatever changed, and in which direction: the value is the one that the whole text has."""
    other = WHOLE.replace(old, new) if old else WHOLE

    assert (other != WHOLE) == bool(old)
    for first, second in ((WHOLE, other), (other, WHOLE)):
        assert parse_again(second, (first, parse_yaml(first))) == parse_yaml(second)


def test_parts_that_are_the_same_are_taken_over() -> None:
    """A part that is there word for word is the object that was read before; one that changed is not."""
    first = parse_yaml(WHOLE)
    second = parse_again(WHOLE.replace("type: object\n# a", "type: array\n# a"), (WHOLE, first))

    assert second["components"]["schemas"]["A"] is first["components"]["schemas"]["A"]
    assert second["components"]["schemas"]["B"] is not first["components"]["schemas"]["B"]
    assert parse_again(WHOLE, None) == first


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            f'a:\n  foo:\n    bar: "{"x" * 300}\n  baz:\n   q"\n  end:\n    k: 1\n',
            f'a:\n  foo:\n    bar: "{"x" * 300}\n  baz:\n   r"\n  end:\n    k: 1\n',
        ),
        (
            f'a:\n  foo:\n    bar: "{"x" * 300}\n  baz: q"\n  end:\n    k: 1\n',
            f'a:\n  foo:\n    bar: "{"x" * 300}\n  baz: r"\n  end:\n    k: 1\n',
        ),
        (
            f"a:\n  foo: {{b: {'x' * 300},\n  baz: 1}}\n  end:\n    k: 1\n",
            f"a:\n  foo: {{b: {'x' * 300},\n  baz: 2}}\n  end:\n    k: 1\n",
        ),
        (f"a: |1\n foo:\n  {'x' * 300}\n end:\nb:\n  foo: 1\n", f"a: |1\n foo:\n  {'x' * 300}\n end:\nb:\n  foo: 2\n"),
        (f"a:\n- foo:\n    {'x' * 300}\nb:\n  c: 1\n", f"a:\n- foo:\n    {'x' * 300}\n- 2\nb:\n  c: 1\n"),
    ],
    ids=["quoted-key", "quoted-member", "flow", "block", "list"],
)
def test_a_text_that_goes_on_at_the_edge_is_no_part(first: str, second: str) -> None:
    """What looks like a key and is a piece of a longer text ends no part."""
    for one, other in ((first, second), (second, first)):
        assert parse_again(other, (one, parse_yaml(one))) == parse_yaml(other)


def test_a_mistake_keeps_its_line() -> None:
    """What is wrong with a text is told with the line of the whole text."""
    broken = WHOLE.replace("'B':\n      type: object", "'B':\n      type: [object")
    with pytest.raises(Unreadable) as alone:
        parse_yaml(broken)
    with pytest.raises(Unreadable) as again:
        parse_again(broken, (WHOLE, parse_yaml(WHOLE)))

    assert again.value.mistakes == alone.value.mistakes
    twice = WHOLE + "paths:\n  /a:\n    get:\n" + LONG
    with pytest.raises(Unreadable, match="expected one member of this name, got it twice"):
        parse_again(twice, (WHOLE, parse_yaml(WHOLE)))


def test_random_changes_of_lines_change_what_is_read() -> None:
    """Lines taken out, doubled and swapped at random: both readings give the same value, or the same mistakes."""

    def read(text: str, before: str | None) -> object:
        try:
            return parse_again(text, (before, parse_yaml(before)) if before else None)
        except Unreadable as error:
            return error.mistakes

    text = yaml.safe_dump(parse_yaml(WHOLE), sort_keys=False)
    for seed in range(150):
        rng = random.Random(seed)  # noqa: S311  a seed
        lines = text.splitlines(keepends=True)
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(lines) - 1)
            kind = rng.randrange(5)
            if kind == 0:
                lines.pop(at)
            elif kind == 1:
                lines.insert(at, lines[at])
            elif kind == 2:
                lines.insert(at, lines.pop(at + 1))
            elif kind == 3:
                lines[at] = lines[at].replace("type: string", "type: integer")
            else:
                lines[at] = " " + lines[at]
        other = "".join(lines)
        assert read(other, text) == read(other, None), seed
