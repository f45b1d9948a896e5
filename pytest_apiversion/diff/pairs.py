"""Pairs of places in two documents, each of which is compared once, and the changes that were found at them.

A pair knows which pairs it leads to. So a shared schema is compared once, recursion ends, and each change can say which operations
it reaches.
"""

from __future__ import annotations

import copy
import datetime as dt
import marshal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.change import ABSENT, Change
from pytest_apiversion.core.contracts.change_rule import Direction
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy.compatibility import UNSTABLE
from pytest_apiversion.diff.document import Document, Node, escape, unescape
from pytest_apiversion.diff.left_out import Unknown
from pytest_apiversion.diff.pair import Found, Pair, told_where_it_stands, wholes
from pytest_apiversion.diff.questions import Questions
from pytest_apiversion.diff.rules import rule
from pytest_apiversion.diff.schema_normalization import Views

if TYPE_CHECKING:
    from pytest_apiversion.diff.values.pattern_sets import Texts

_REFERRING = (b"$ref", b"$dynamicRef", b"discriminator")
"""Words without which nothing is referred to."""

MAX_PAIRS = 200_000
"""Pairs of schemas that are compared: the largest public documents need a few thousand, two rings of references the product of their lengths."""


class TooEntangled(ValueError):  # noqa: N818  it is the documents that are
    """Two documents refer round and round so that their comparison would not end in reasonable time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """What a comparison is told besides the two documents.

    Attributes:
        as_of: The day sunsets are read at; None where nobody knows.
        grace_days: Days a deprecation has to be announced before its sunset; 0 asks for none.
        preview_grace_days: The same for what is marked `beta`.
        severities: Severity by rule id where it differs from the rule's own; None leaves the rule out.
        unstable: Levels of `x-stability-level` that promise nothing.
        versions: Segments of paths that name a version, besides those that look like one.
        base_path: What stands before an operation's path when no version does.
    """

    as_of: dt.date | None = None
    grace_days: int = 0
    preview_grace_days: int = 0
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    unstable: frozenset[str] = UNSTABLE
    versions: frozenset[str] = frozenset()
    base_path: str = ""

    def promises_nothing(self, marks: Mapping[str, Any]) -> bool:
        """Whether something marked so promises nothing."""
        level = marks.get("x-stability-level")
        return isinstance(level, str) and level in self.unstable

    def grace(self, stability: Any) -> int:
        """Days of grace for something of a stability."""
        return self.preview_grace_days if stability == "beta" else self.grace_days


class Ground:
    """Both documents, the setting, and every pair met so far."""

    def __init__(self, old: Document, new: Document, setting: Setting) -> None:
        self.old = old
        self.new = new
        self.setting = setting
        self.old_views = Views(old)
        self.new_views = Views(new)
        self.queue: list[Pair] = []
        self.operations: list[tuple[str, Pair]] = []
        self.questions = Questions()
        self.ambiguous: list[tuple[Pair, str, Found]] = []
        self.shares: list[list[Pair]] = []
        self.paths: Mapping[tuple[str, ...], Any] = {}
        self.plain_paths: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
        self._texts: list[Texts] = []
        self._pairs: dict[tuple[Any, ...], Pair] = {}
        self._named: dict[int, tuple[str, ...]] = {}
        self.partial = old.partial or new.partial
        self._unknown = (Unknown(old), Unknown(new))
        self._comparable = old.dialect == new.dialect
        inherited = self._inherited()
        self._same = self._same_references() if self._comparable else frozenset()
        self._all_same = old.every is not None and old.every.union(inherited) <= self._same

    def _inherited(self) -> list[str]:
        """What schemas of both documents refer to because it takes them over; an empty one where that is not the same in both."""
        heirs = self.old.heirs(), self.new.heirs()
        changed = [place for place in {**heirs[0], **heirs[1]} if heirs[0].get(place) != heirs[1].get(place)]
        for place in changed:
            self.old.refer(self.old.target(f"#{place}"), [""])
        return [one for told in heirs for listed in told.values() for one in listed] + [""] * len(changed)

    def pair(
        self,
        holder: Pair,
        old: Node,
        new: Node,
        *,
        direction: Direction | None = None,
        text: int = 0,
        branch: bool = False,
    ) -> None:
        """Have two schemas compared, unless they are equal or already are; a `branch` of the holder's may hold or not."""
        if self.equal(old.raw, new.raw):
            return
        old, new = self.old.schema(old), self.new.schema(new)
        if self.equal(old.raw, new.raw) or self.hidden(old, new):
            return
        way = direction or holder.direction
        key = (_key(old), _key(new), way is Direction.REQUEST, text)
        found = self._pairs.get(key)
        if found is None:
            if len(self._pairs) >= MAX_PAIRS:
                raise TooEntangled
            found = self._pairs[key] = Pair(old, new, way, text)
            found.schema = True
            found.within = holder if branch else None
            self.queue.append(found)
        (holder.branches if branch else holder.inner).append(found)

    def hidden(self, old: Node | None, new: Node | None) -> bool:
        """Whether of a schema of either document too little is known to compare it, for parts of it were left out."""
        return self.partial and any(
            node is not None and known.of(node) for node, known in zip((old, new), self._unknown, strict=True)
        )

    def texts(self) -> Texts:
        """What answers questions about patterns; of one comparison there is one."""
        if not self._texts:
            from pytest_apiversion.diff.values.pattern_sets import Texts  # noqa: PLC0415  few documents need it

            self._texts.append(Texts())
        return self._texts[0]

    def apart(self) -> Ground:
        """Ground of the same documents for a question of its own."""
        made = copy.copy(self)
        made.setting = Setting()
        made.queue, made.operations, made.ambiguous, made.shares = [], [], [], []
        made._pairs, made._named = {}, {}  # noqa: SLF001  its own copy
        return made

    def told(self, pair: Pair) -> Iterator[tuple[str, bool]]:
        """The rules of the changes found between two places, each with whether it is an error."""
        given = self.setting.severities
        return ((name, given.get(name, rule(name).severity) is Severity.ERROR) for name, *_ in pair.found)

    def holds_error(self, pair: Pair) -> bool:
        """Whether one of the changes found between two places is an error."""
        return any(is_error for _, is_error in self.told(pair))

    def equal(self, old: Any, new: Any) -> bool:
        """Whether two parts are written alike and refer to parts that are; False proves nothing."""
        if not self._comparable or old != new:
            return False
        if old is new:  # parts of one text, read once
            return self._all_same or self.old.references(old) <= self._same
        written = _written(old)
        if written is None or written != _written(new):
            return self._alike(old, new) and self.old.references(old) <= self._same
        if self._all_same or not any(word in written for word in _REFERRING):
            return True
        return self.old.references(old) <= self._same

    def _alike(self, old: Any, new: Any) -> bool:
        """Whether two values are one JSON value."""
        return old == new and self.old.doubts(old) == self.new.doubts(new)

    def _same_references(self) -> frozenset[str]:
        """References that lead to the same in both documents, through others too."""
        same: dict[str, frozenset[str]] = {}
        was, now = self.old.raw.get("definitions"), self.new.raw.get("definitions")
        if isinstance(was, dict) and isinstance(now, dict):
            same.update(
                (f"#/definitions/{name}", self.old.references(part))
                for name, part in was.items()
                if self._alike(part, now.get(name, ABSENT))
            )
        for kind, old in (self.old.raw.get("components") or {}).items():
            new = (self.new.raw.get("components") or {}).get(kind)
            if isinstance(old, dict) and isinstance(new, dict):
                same.update(
                    (f"#/components/{kind}/{name}", self.old.references(part))
                    for name, part in old.items()
                    if name in new and self._alike(part, new[name])
                )
        users: dict[str, list[str]] = {}
        for name, used in same.items():
            for one in used:
                users.setdefault(one, []).append(name)
        queue = [one for one in users if one not in same]
        while queue:
            queue.extend([user for user in users.get(queue.pop(), ()) if same.pop(user, None) is not None])
        return frozenset(same)

    def changes(self) -> list[Change]:
        """Everything found, each change once, with the operations it reaches; in the order of the new document's operations."""
        self._spread()
        gathered: dict[tuple[Any, ...], tuple[Found, Pair, int]] = {}
        seen: set[int] = set()
        stack = [pair for _, pair in reversed(self.operations)]
        while stack:
            pair = stack.pop()
            if id(pair) in seen:
                continue
            seen.add(id(pair))
            stack.extend(reversed(pair.inner + pair.branches))
            for told in pair.found:
                found = told_where_it_stands(self.old, self.new, pair, told)
                key = (*found[:4], repr(found[4]), repr(found[5]))
                first, where, reach = gathered.get(key, (found, pair, 0))
                gathered[key] = (first, where if where.schemas[0] or where.schemas[1] else pair, reach | pair.reach)
        held = wholes(pair for _, pair in self.operations)
        made = [self._change(found, pair, reach, held.get(id(pair))) for found, pair, reach in gathered.values()]
        return [change for change in made if change is not None]

    def _change(self, found: Found, pair: Pair, reach: int, whole: Pair | None) -> Change | None:
        name, place, old_place, label, before, after = found
        known = rule(name)
        severity = self.setting.severities.get(name, known.severity)
        if severity is None:
            return None
        operations = self._operations_of(reach)
        return Change(
            rule=known,
            severity=severity,
            place=place,
            old_place=old_place,
            name=label,
            before=before,
            after=after,
            operations=operations,
            schemas=pair.schemas,
            whole=whole.schemas if whole is not None else None,
            anchor=self._anchor(place, label),
        )

    def _anchor(self, place: str, label: str) -> tuple[str, str]:
        """Place and name of a change, whatever versions and names of parameters stand in the paths."""
        old, new = self.plain_paths
        start, _, rest = place.removeprefix("/paths/").partition("/")
        if place.startswith("/paths/") and (plain := new.get(unescape(start))):
            place = f"/paths/{escape(plain)}/{rest}"
        method, _, path = label.partition(" ")
        plain = new.get(path) or old.get(path)
        return place, f"{method} {plain}" if plain else label

    def _operations_of(self, reach: int) -> tuple[str, ...]:
        """The names of the operations whose bits are set, sorted; many changes share one set of them."""
        found = self._named.get(reach)
        if found is None:
            bits = f"{reach:b}"[::-1]
            named = {key for bit, (key, _) in zip(bits, self.operations, strict=False) if bit == "1" and key}
            found = self._named[reach] = tuple(sorted(named))
        return found

    def _spread(self) -> None:
        """Tell every pair which operations it is reached from."""
        queue: list[Pair] = []
        for index, (_, pair) in enumerate(self.operations):
            pair.reach |= 1 << index
            queue.append(pair)
        waiting = {id(pair) for pair in queue}
        position = 0
        while position < len(queue):
            pair = queue[position]
            position += 1
            waiting.discard(id(pair))
            for inner in pair.inner + pair.branches:
                if pair.reach & ~inner.reach:
                    inner.reach |= pair.reach
                    if id(inner) not in waiting:
                        waiting.add(id(inner))
                        queue.append(inner)


def _written(value: Any) -> bytes | None:
    """A value as bytes that tell `1` from `true`, which Python takes for equal; None where there are none."""
    try:
        return marshal.dumps(value, 0) if isinstance(value, (dict, list)) else None
    except ValueError:  # it is made of more than JSON has
        return None


def _key(node: Node) -> Any:
    return id(node.raw) if isinstance(node.raw, (dict, list, tuple)) else (node.raw, node.place)
