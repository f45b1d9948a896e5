"""Finds the package's regular expressions, and asks each of them about texts that would keep it busy.

A text repeats what one of the expression's repetitions takes, or one or two of the characters that it tells apart, behind what the expression
wants before, and ends with what it does not want. An expression that is linear needs for the longest of them well under a millisecond; one that is
quadratic needs a thousand times that.
"""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest_apiversion
from tests.thorough import some

_parser: Any = importlib.import_module("re._parser")
PACKAGE = Path(pytest_apiversion.__file__).parent
_FUNCTIONS = frozenset({"compile", "match", "fullmatch", "search", "sub", "subn", "findall", "finditer", "split"})
_ANCHORED = frozenset({"match", "fullmatch"})
_ASKS = re.compile(rf"\.\s{{0,9}}(?:{'|'.join(sorted(_FUNCTIONS))})\b")
_USES = re.compile(r"\bre\b")
"""Files without such words hold no use; the others are parsed."""
_LETTERS = [chr(code) for code in (*range(128), 0xE9, 0x2028, 0x1F600)]
_SMALL, _SHORT, _LONG = 28, 2_000, 12_000
"""Repetitions in a text: those that are asked first, and where an expression took its time, what decides."""
_SUSPECT, _QUADRATIC = 0.0005, 0.03
"""Seconds of the processor."""


@dataclass(frozen=True, kw_only=True)
class Use:
    """One place where the package reads a text with a regular expression.

    Attributes:
        place: File and source of the expression.
        pattern: The expression, or None where only a run knows it.
        flags: Its flags.
        functions: How it is asked; empty where that is not seen.
    """

    place: str
    pattern: str | bytes | None
    flags: int
    functions: frozenset[str]


def uses() -> Iterator[Use]:
    """All of them, in the order of files and lines."""
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    nodes = {path: list(ast.walk(ast.parse(text))) for path, text in sources.items() if _ASKS.search(text)}
    asked: dict[tuple[Path | None, str], set[str]] = {}
    for path, found in nodes.items():
        for node in found:
            if isinstance(node, ast.Attribute) and node.attr in _FUNCTIONS and isinstance(node.value, ast.Name):
                asked.setdefault((path if node.value.id.startswith("_") else None, node.value.id), set()).add(node.attr)
    for path, found in nodes.items():
        if not _USES.search(sources[path]):
            continue
        module = importlib.import_module(
            ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        )
        named = {
            id(node.value): name.id
            for node in found
            if isinstance(node, ast.Assign)
            for name in node.targets
            if isinstance(name, ast.Name)
        }
        for node in found:
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FUNCTIONS
            ):
                continue
            if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
                continue
            flags = [each.value for each in node.keywords if each.arg == "flags"]
            position = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(node.func.attr, 2)
            flags += node.args[position : position + 1]
            pattern = _value(node.args[0], vars(module))
            name = named.get(id(node), "")
            here = {node.func.attr}
            if node.func.attr == "compile":
                here = asked.get((path if name.startswith("_") else None, name), set())
            yield Use(
                place=f"{path.relative_to(PACKAGE).as_posix()}: {ast.unparse(node.args[0])}",
                pattern=pattern.pattern if isinstance(pattern, re.Pattern) else pattern,
                flags=int(_value(flags[0], vars(module)) or 0) if flags else 0,
                functions=frozenset(here - {"compile"}),
            )


def _value(node: ast.expr, names: dict[str, Any]) -> Any:
    try:
        return eval(compile(ast.Expression(node), "", "eval"), dict(names))  # noqa: S307  it is the package's own source
    except NameError:
        return None


def slow_on(pattern: str | bytes, flags: int, functions: frozenset[str]) -> str | None:
    """A text, as told by its parts, on which an expression is not linear; None where none is found."""
    compiled = re.compile(pattern, flags)
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    tree = _parser.parse(text, flags & ~re.LOCALE)
    letters = _representatives(tree, flags)
    ends = ("", "\x00", *letters)
    texts = [(*row, end) for row in _repetitions(tree, "", flags) for end in ends]
    texts += [(before, pump, "") for before, _ in _repetitions(tree, "", flags) for pump in letters]
    texts += [("", "".join(pump), end) for pump in product(letters, repeat=2) for end in ends[:2]]
    asked: dict[str, Any] = {
        name: getattr(compiled, name) for name in ("match", "fullmatch") if not functions or name in functions
    }
    if not functions or functions - _ANCHORED:
        asked["search"] = lambda said: sum(1 for _ in compiled.finditer(said))
    for (before, pump, end), (name, ask) in product(dict.fromkeys(texts), asked.items()):
        if (spent := _spent(ask, pattern, before, pump, end)) > _QUADRATIC:
            return f"{name} of {before!r} + {pump!r} * n + {end!r} took {spent:.2f} s"
    return None


def _spent(ask: Any, pattern: str | bytes, before: str, pump: str, end: str) -> float:
    """What the longest text took, or the first that took long."""
    spent = 0.0
    for size in (12, 16, 20, 24, _SMALL, _SHORT // 10, _SHORT, _LONG, _LONG):
        said: Any = before + pump * (size // (len(pump) if size > _SMALL else 1)) + end
        spent = _seconds(ask, said.encode("latin-1", "ignore") if isinstance(pattern, bytes) else said)
        if (size < _SHORT and spent > _QUADRATIC) or (size == _SHORT and spent < _SUSPECT):
            break
    return spent


def _seconds(ask: Any, text: Any) -> float:
    begun = time.thread_time()
    ask(text)
    return time.thread_time() - begun


def _repetitions(tree: Any, before: str, flags: int) -> Iterator[tuple[str, str]]:
    """What stands before each repetition without a bound, and one round of it."""
    for operator, argument in tree:
        name = str(operator)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _, most, body = argument
            if most > 100:
                for body_text in dict.fromkeys(_examples(body, flags)):
                    yield before, body_text or "a"
            yield from _repetitions(body, before, flags)
        elif name == "SUBPATTERN":
            yield from _repetitions(argument[3], before, flags)
        elif name == "ATOMIC_GROUP":
            yield from _repetitions(argument, before, flags)
        elif name == "BRANCH":
            for way in argument[1]:
                yield from _repetitions(way, before, flags)
        before += next(iter(_examples([(operator, argument)], flags)), "")


def _examples(tree: Any, flags: int) -> Sequence[str]:
    """Texts that a piece of an expression takes; one for each of its alternatives."""
    found = [""]
    for operator, argument in tree:
        name = str(operator)
        if name in {"LITERAL", "NOT_LITERAL", "IN", "ANY", "CATEGORY"}:
            more: Sequence[str] = [next((each for each in 'a0 -/"\\' if _takes(operator, argument, each, flags)), "")]
            more = [more[0] or next((each for each in _LETTERS if _takes(operator, argument, each, flags)), "")]
        elif name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            more = [each * max(argument[0], 1) for each in _examples(argument[2], flags)] + (
                [""] if not argument[0] else []
            )
        elif name == "SUBPATTERN":
            more = _examples(argument[3], flags)
        elif name == "ATOMIC_GROUP":
            more = _examples(argument, flags)
        elif name == "BRANCH":
            more = [each for way in argument[1] for each in _examples(way, flags)]
        else:
            more = [""]
        found = [first + second for first in found for second in more][:12]
    return found


def _representatives(tree: Any, flags: int) -> list[str]:
    """One character of each kind that an expression tells apart."""
    sets: list[tuple[Any, Any]] = []

    def walk(part: Any) -> None:
        for operator, argument in part:
            if str(operator) in {"LITERAL", "NOT_LITERAL", "IN", "ANY"}:
                sets.append((operator, argument))
            for each in _parts(operator, argument):
                walk(each)

    walk(tree)
    kinds: dict[tuple[bool, ...], str] = {}
    for letter in "a0 -" + "".join(_LETTERS):
        kinds.setdefault(tuple(_takes(*each, letter, flags) for each in sets), letter)
    literals = [kind for kind in kinds if any(kind)]
    return [kinds[kind] for kind in sorted(literals, key=sum, reverse=True)][: some(9, 5)]


def _parts(operator: Any, argument: Any) -> Iterator[Any]:
    name = str(operator)
    if name.endswith("REPEAT"):
        yield argument[2]
    elif name == "SUBPATTERN":
        yield argument[3]
    elif name == "BRANCH":
        yield from argument[1]
    elif name in {"ASSERT", "ASSERT_NOT"}:
        yield argument[1]
    elif name == "ATOMIC_GROUP":
        yield argument


def _takes(operator: Any, argument: Any, letter: str, flags: int) -> bool:
    """Whether one piece of an expression takes a character."""
    match str(operator):
        case "LITERAL":
            taken = argument == ord(letter) or (bool(flags & re.IGNORECASE) and chr(argument).lower() == letter.lower())
        case "NOT_LITERAL":
            taken = argument != ord(letter)
        case "ANY":
            taken = letter != "\n" or bool(flags & re.DOTALL)
        case "RANGE":
            taken = argument[0] <= ord(letter) <= argument[1]
        case "CATEGORY":
            before, _, kind = str(argument).rpartition("_")
            known = {"DIGIT": letter.isdigit(), "SPACE": letter.isspace(), "WORD": letter.isalnum() or letter == "_"}
            taken = known[kind] != before.endswith("NOT")
        case "IN":
            negated = bool(argument) and str(argument[0][0]) == "NEGATE"
            taken = any(_takes(each[0], each[1], letter, flags) for each in argument[negated:]) != negated
        case _:
            taken = False
    return taken
