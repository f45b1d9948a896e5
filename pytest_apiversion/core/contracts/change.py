"""Changes: one difference between two contracts, as a plain value."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pytest_apiversion.core.contracts.change_rule import Direction, Rule
    from pytest_apiversion.core.finding import Severity

ABSENT: Any = type("_Absent", (), {"__repr__": lambda _: "nothing", "__bool__": lambda _: False})()
"""Stands where one of the two contracts says nothing."""

Identity = tuple[str, str, str, tuple[str, ...]]
"""Fingerprint, place, place in the old document, and operations of a change."""

_LONGEST = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One difference.

    Attributes:
        rule: What kind of change it is.
        severity: How much it weighs here.
        place: JSON pointer to it, in the new document; in the old one where the new has nothing.
        old_place: JSON pointer to it in the old document; empty where that has nothing.
        name: The member, parameter, status, scheme … that changed.
        before: What stood there; `ABSENT` where nothing did.
        after: What stands there; `ABSENT` where nothing does.
        operations: `METHOD /template` of every operation it reaches, sorted.
        schemas: JSON pointers to the schemas it was found between, in the old and in the new document; empty where it is about none.
        whole: The same of the schemas that hold these as an alternative or under a condition; None where what they say always holds.
        anchor: `place` and `name` without what only names a version or a path parameter; empty where they are the same.
    """

    rule: Rule
    severity: Severity
    place: str
    old_place: str = ""
    name: str = ""
    before: Any = ABSENT
    after: Any = ABSENT
    operations: tuple[str, ...] = ()
    schemas: tuple[str, str] = ("", "")
    whole: tuple[str, str] | None = None
    anchor: tuple[str, str] = ("", "")

    @property
    def direction(self) -> Direction:
        """Which way the data travel."""
        return self.rule.direction

    @property
    def text(self) -> str:
        """One sentence."""
        template = _without_absent(self.rule.text, before=self.before is ABSENT, after=self.after is ABSENT)
        return template.format(name=self.name, before=brief(self.before), after=brief(self.after))

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that stay the same while rule, place and values do, whatever else the documents say."""
        return self.fingerprint_under(self.rule.id, before=self.before, after=self.after)

    def fingerprint_under(self, rule: str, *, before: Any, after: Any) -> str:
        """What the fingerprint would be if another rule told it, with these values."""
        return next(self.fingerprints_under([rule], before=before, after=after))

    def fingerprints_under(self, rules: Iterable[str], *, before: Any, after: Any) -> Iterator[str]:
        """What the fingerprint would be under each of several rules: what they share is written once."""
        place, name = self.anchor if any(self.anchor) else (self.place, self.name)
        told = json.dumps([place, name, _plain(before), _plain(after)], sort_keys=True)[1:]
        for rule in rules:
            yield hashlib.sha256(f'["{rule}", {told}'.encode()).hexdigest()[:12]

    @property
    def identity(self) -> Identity:
        """What tells it from every other change of one comparison: operations that come to share a schema may share a fingerprint."""
        return self.fingerprint, self.place, self.old_place, self.operations

    def to_dict(self) -> Mapping[str, Any]:
        """Plain values, for reports."""
        made: dict[str, Any] = {
            "fingerprint": self.fingerprint,
            "rule": self.rule.id,
            "severity": self.severity.value,
            "direction": self.rule.direction.value,
            "area": self.rule.area.value,
            "kind": self.rule.kind.value,
            "action": self.rule.action.value,
            "text": self.text,
            "place": self.place,
            "oldPlace": self.old_place,
            "operations": list(self.operations),
        }
        values = (("before", self.before), ("after", self.after))
        return made | {key: value for key, value in values if value is not ABSENT}


_WAS = re.compile(r", [^,{}]*`\{before\}`$")
"""What the sentence of a rule says of the old contract, at its end."""

_NONE = (
    (re.compile(r"has `\{after\}` as its (.+), was "), r"has no \1, had "),
    (re.compile(r"(has|carries) the format `\{after\}`, was "), r"\1 no format, had "),
    (re.compile(r"may be a multiple of `\{after\}`, was "), r"need not be a multiple of "),
)
"""What sentences say of the new contract -> the same where it says nothing."""


def _without_absent(template: str, *, before: bool, after: bool) -> str:
    """The sentence of a rule, where one of the two contracts says nothing of what it is about."""
    if before and not after:
        return _WAS.sub("", template)
    if after and not before:
        for pattern, sentence in _NONE:
            template = pattern.sub(sentence, template)
    return template


_NO_TEXT = re.compile(r"true|false|null|-?[0-9]+(\.[0-9]+)?")
"""Texts that would be taken for another JSON value."""


def brief(value: Any) -> str:
    """A value in one short piece of text."""
    if isinstance(value, str):
        text = f'"{value}"' if _NO_TEXT.fullmatch(value) else value
    else:
        text = repr(value) if value is ABSENT else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _plain(value: Any) -> Any:
    return ["absent"] if value is ABSENT else [value]
