"""Lines for a terminal: what does not fit goes to the next line, and a command is still one."""

from __future__ import annotations

import shlex

import pytest

from pytest_apiversion.shell.texts.wrapping import terminal_width, wrapped

LINES = {
    "fits": ("AV301 an answer is no record", ["AV301 an answer is no record"]),
    "plain": ("one two three four five six seven eight nine", ["one two three four five six seven eight", "  nine"]),
    "row": (
        "  expected  an object that has a name and a price",
        ["  expected  an object that has a name", "            and a price"],
    ),
    "below-a-row": (
        "            an object that has a name and a price",
        ["            an object that has a name", "            and a price"],
    ),
    "a-long-word": (f"at {'x' * 60} and more", ["at", f"  {'x' * 60}", "  and more"]),
    "command": (
        "  repeat    curl -sS -i http://127.0.0.1:8000/v1/things -H 'X-Key: a  b'",
        [
            "  repeat    curl -sS -i \\",
            "            http://127.0.0.1:8000/v1/things \\",
            "            -H 'X-Key: a  b'",
        ],
    ),
    "option-without-a-value": (
        '  repeat    curl -sS -i http://a/v1 -G --data-urlencode "k=$KEYS"',
        ["  repeat    curl -sS -i http://a/v1 -G \\", '            --data-urlencode "k=$KEYS"'],
    ),
    "application": (
        """  repeat    apiversion send app:shop:app -- -d '{"a b": "it'\\''s"}' /things""",
        [
            "  repeat    apiversion send \\",
            "            app:shop:app -- \\",
            """            -d '{"a b": "it'\\''s"}' \\""",
            "            /things",
        ],
    ),
    "spaces-are-kept": (
        "note: two  spaces stay two  spaces in what is long",
        ["note: two  spaces stay two  spaces in", "  what is long"],
    ),
    "spaces-at-the-break-are-not": (
        "note: two  spaces stay two  spaces in   what is long",
        ["note: two  spaces stay two  spaces in", "  what is long"],
    ),
    "hyphens-hold": (
        "one two three four five six seven so-called eight",
        ["one two three four five six seven", "  so-called eight"],
    ),
    "blanks-only": (" " * 50, [" " * 50]),
}


@pytest.mark.parametrize("name", LINES)
def test_what_does_not_fit_goes_on_below(name: str) -> None:
    """Words go to the next line, below the text of their row; a word that is longer than a line stays whole."""
    line, lines = LINES[name]

    assert wrapped(line, 40) == lines
    assert wrapped(line, None) == [line]


@pytest.mark.parametrize("name", ["command", "application"])
def test_a_command_can_be_pasted(name: str) -> None:
    """A shell reads the lines as it reads the one line."""
    line, lines = LINES[name]
    whole = "\n".join(lines).removeprefix("  repeat").replace("\\\n", " ")

    assert shlex.split(whole) == shlex.split(line.removeprefix("  repeat"))


@pytest.mark.parametrize(("columns", "width"), [("80", 80), ("39", None), ("0", None), ("", None), ("wide", None)])
def test_only_a_terminal_has_a_width(monkeypatch: pytest.MonkeyPatch, columns: str, width: int | None) -> None:
    """Where the output is a file and COLUMNS says nothing, or nothing that can be, lines stay whole."""
    monkeypatch.setenv("COLUMNS", columns)

    assert terminal_width() == width
