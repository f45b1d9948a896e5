"""YAML texts as plain JSON values: strict, bounded, and with a place for every mistake.

YAML is read by the core schema of YAML 1.2, as OpenAPI asks: `no`, `on` and `2024-01-01` are strings, `<<` merges. Mapping keys are
always the text that stands in the file, so that the status `200` and the version `1.0` keep their spelling.
"""

from __future__ import annotations

import contextlib
import copy
import math
import re
from dataclasses import dataclass
from typing import Any

import yaml

from pytest_apiversion.shell.texts.json_text import MAX_DEPTH, Place, Unreadable, hold_depth, nodes, pointer, unreadable

MAX_ALIASED = 1_000_000
"""Values a YAML text may repeat by aliases, all told."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_INT = re.compile(r"[-+]?[0-9]+", re.ASCII)
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_NUMERIC = frozenset("+-.0123456789")
"""How a number may begin."""
_SHORT = 40
"""Length of a scalar from which on it is not expected to come again."""
_WORDS: dict[str, Any] = {
    word: value
    for value, words in (
        (None, ("", "~", "null", "Null", "NULL")),
        (True, ("true", "True", "TRUE")),
        (False, ("false", "False", "FALSE")),
    )
    for word in words
}


def parse_yaml(text: str) -> Any:
    """Read a YAML text of one document.

    Raises:
        Unreadable: It is not YAML, holds several documents, repeats a key, has an unknown tag, refers to itself, repeats too much
            by aliases, or nests too deeply.
    """
    builder = _Builder()
    try:
        _read(text, builder)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        _hold_depth_before(text, mark)
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        msg = f"{pointer(builder.place)}: expected YAML, got a text that is none{where} ({error.problem})"
        raise Unreadable(msg, line=_begin(error)) from None
    except yaml.YAMLError as error:
        msg = f"{pointer(builder.place)}: expected YAML, got a text that is none ({' '.join(str(error).split())})"
        raise Unreadable(msg) from None
    if builder.mistakes:
        raise unreadable(builder.mistakes, builder.result)
    return builder.result


def _begin(error: yaml.MarkedYAMLError) -> int | None:
    """The line where what is wrong begins: a text or a flow that has no end, or the place where the parser gave up."""
    around = error.context_mark if not str(error.context).startswith("while parsing a block") else None
    mark = around or error.problem_mark
    return mark.line if mark else None


def _read(text: str, builder: _Builder) -> None:  # noqa: C901, PLR0912  a call for each event would cost more than the event
    """Hand the events of a text to a builder; what most texts are made of, plain keys and scalars, without a call each."""
    loader = _LOADER(text)
    stack, take, scalar = builder.stack, builder.take, yaml.ScalarEvent
    known: dict[str, Any] = dict(_WORDS)
    names: dict[str, str] = {}
    try:
        while (event := loader.get_event()) is not None:
            if event.__class__ is not scalar or event.anchor or event.tag is not None or not stack:
                take(event)
                continue
            level, told = stack[-1], event.value
            into = level.value
            if into.__class__ is dict and not level.waiting:
                if told == "<<":
                    take(event)
                else:
                    level.key, level.waiting = names.setdefault(told, told), True
                continue
            if event.style:
                value = told
            elif told in known:
                value = known[told]
            elif told[0] in _NUMERIC:
                value = builder.scalar(event)
            else:
                value = told
                if len(told) < _SHORT:
                    known[told] = told
            if into.__class__ is list:
                into.append(value)
            elif level.key.__class__ is str and level.key not in into:
                into[level.key], level.waiting = value, False
            else:
                builder.add(value)
    finally:
        loader.dispose()


def _hold_depth_before(text: str, mark: Any) -> None:
    """Refuse a text that nests too deeply before the place where the parser gave up.

    The parser reads ahead and may have a limit of its own, in words of its own (PyYAML since 6.0.4): it gives up before it tells
    of one level. Without what it gave up at, it tells of them all.

    Raises:
        Unreadable: It does.
    """
    if mark is not None and mark.index > MAX_DEPTH:
        with contextlib.suppress(yaml.YAMLError):
            _read(text[: mark.index], _Builder())


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is being read."""

    value: Any
    anchor: str | None
    key: Any = None
    waiting: bool = False
    merges: list[Any] | None = None


class _Builder:
    """Builds values from YAML events, without recursion."""

    def __init__(self) -> None:
        self.result: Any = None
        self.mistakes: list[tuple[Place, str]] = []
        self.stack: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._opened: set[str] = set()
        self._documents = 0
        self._aliased = 0

    @property
    def place(self) -> Place:
        """Where the reading stands."""
        return tuple(
            len(level.value) if isinstance(level.value, list) else str(level.key)
            for level in self.stack
            if isinstance(level.value, list) or level.waiting
        )

    def take(self, event: Any) -> None:
        """Take the next event."""
        if isinstance(event, yaml.ScalarEvent):
            text, level = event.value, self.stack[-1] if self.stack else None
            if level is not None and not level.waiting and isinstance(level.value, dict):  # a key
                value = _MERGE if text == "<<" and event.implicit[0] else text
                level.key, level.waiting = value, True
            else:
                value = text if event.style and event.tag is None else self.scalar(event)
                self.add(value)
            if event.anchor:
                self._anchors[event.anchor] = (text if value is _MERGE else value, 1)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                msg = ": expected one YAML document, got several"
                raise Unreadable(msg)

    def _wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and not self.stack[-1].waiting

    def _start(self, event: Any) -> None:
        mapping = isinstance(event, yaml.MappingStartEvent)
        if self._wants_key():
            msg = f"{pointer(self.place)}: expected a text as a key, got a {'mapping' if mapping else 'sequence'}"
            raise Unreadable(msg)
        if event.tag not in {None, "!", _TAG + ("map" if mapping else "seq")}:
            self._mistake(f"expected a plain value, got the tag {event.tag}")
        if len(self.stack) >= MAX_DEPTH:
            msg = f"{pointer(self.place)[:60]}…: expected at most {MAX_DEPTH} levels of nesting, got more"
            raise Unreadable(msg)
        if event.anchor:
            self._opened.add(event.anchor)
        self.stack.append(_Open({} if mapping else [], event.anchor))

    def _end(self) -> None:
        level = self.stack.pop()
        for source in level.merges or ():
            for part in source if isinstance(source, list) else [source]:
                if not isinstance(part, dict):
                    self._mistake("expected a mapping to merge, got something else")
                    continue
                for key, value in part.items():
                    level.value.setdefault(key, copy.deepcopy(value))
        if level.anchor:
            self._opened.discard(level.anchor)
            hold_depth(level.value)
            self._anchors[level.anchor] = (level.value, sum(1 for _ in nodes(level.value)))
        self.add(level.value)

    def _alias(self, anchor: str | None) -> None:
        if anchor in self._opened:
            msg = f"{pointer(self.place)}: expected a value, got the alias *{anchor} to a value that contains it"
            raise Unreadable(msg)
        value, size = self._anchors.get(anchor or "", (None, 0))
        if not size:
            if self._wants_key():
                msg = f"{pointer(self.place)}: expected a text as a key, got the alias *{anchor}, which is not known"
                raise Unreadable(msg)
            self._mistake(f"expected a known alias, got *{anchor}")
        self._aliased += size
        if self._aliased > MAX_ALIASED:
            msg = f"{pointer(self.place)[:60]}: expected at most {MAX_ALIASED} values from aliases, got more"
            raise Unreadable(msg)
        self.add(copy.deepcopy(value) if size > 1 else value)

    def add(self, value: Any) -> None:
        """Put a value where the reading stands."""
        if not self.stack:
            if self._aliased:  # without aliases, the stack was as deep as the value is
                hold_depth(value)
            self.result = value
            return
        level = self.stack[-1]
        if isinstance(level.value, list):
            level.value.append(value)
        elif not level.waiting:
            level.key, level.waiting = value, True
        else:
            if level.key is _MERGE:
                level.merges = [*(level.merges or ()), value]
            elif level.key in level.value:
                self._mistake("expected one member of this name, got it twice")
            else:
                level.value[level.key] = value
            level.waiting = False

    def scalar(self, event: Any) -> Any:
        """The value of a scalar."""
        tag, text = event.tag, event.value
        if tag in {"!", _TAG + "str", _TAG + "timestamp", _TAG + "binary"} or (tag is None and not event.implicit[0]):
            return text
        if tag is not None and tag.removeprefix(_TAG) not in {"int", "float", "bool", "null"}:
            self._mistake(f"expected a plain value, got the tag {tag}")
            return text
        if text in _WORDS:
            return _WORDS[text]
        try:
            if _INT.fullmatch(text) or _BASED.fullmatch(text):
                whole = int(text) if _INT.fullmatch(text) else int(text, 0)
                float(whole)
                return whole
            if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
                return number
        except (ValueError, OverflowError) as error:
            self._mistake(f"expected a number that can be held, got one that cannot ({error})")
        return text

    def _mistake(self, what: str) -> None:
        self.mistakes.append((self.place, what))


_MERGE = type("_Merge", (), {"__str__": lambda _: "<<"})()
