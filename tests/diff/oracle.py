"""Holds the comparison to an oracle of its own, on pairs of schemas made at random: `python -m tests.diff.oracle --pairs 20000`.

The oracle knows nothing of the comparison. It has values: those of a small world, and those made from the keywords of both schemas; and a
JSON Schema validator, which says who takes them. Of each pair, in a request and in an answer, it asks two things: whether a value breaks
what was called compatible, and whether one breaks what was called a break.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import jsonschema

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.document import Document
from pytest_apiversion.shell.comparison.witness import Effort, prove
from tests.diff.documents import answered, changes, sent
from tests.diff.test_referee import WORLD, altered, described, drawn, loose, possible

MOST_VALUES = 60
"""Values made from one schema."""

UNPROVED = 0.01
"""Share of what is called a break that may go without a value."""


class Verdict(NamedTuple):
    """What became of one pair in one direction.

    Attributes:
        called: `compatible`, `warning` or `breaking`.
        broken: A value that breaks it, in a list; empty where none was found.
        rules: The rules that called it breaking.
    """

    called: str
    broken: list[Any]
    rules: tuple[str, ...]


def values_of(schema: Any, depth: int = 0) -> Iterator[Any]:
    """Values near the limits of a schema: some are valid, some are not."""
    if not isinstance(schema, dict) or depth > 3:
        yield from (None, 0, "a")
        return
    yield from schema.get("enum", ())
    yield from [schema["const"]] if "const" in schema else []
    for word in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"):
        if word in schema:
            yield from (schema[word] - 1, schema[word], schema[word] + 1, schema[word] + 0.5)
    for word in ("minLength", "maxLength"):
        if word in schema:
            yield from ("a" * max(schema[word] + step, 0) for step in (-1, 0, 1))
    for word in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(word, ()):
            yield from values_of(part, depth + 1)
    kinds = schema.get("type", [])
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        yield {"string": "ab", "integer": 5, "number": 2.5, "boolean": True, "null": None, "array": [], "object": {}}[
            kind
        ]
    yield from _lists(schema, depth)
    yield from _objects(schema, depth)


def _lists(schema: dict[str, Any], depth: int) -> Iterator[list[Any]]:
    if schema.get("type") != "array":
        return
    first = [list(itertools.islice(values_of(part, depth + 1), 4)) or [0] for part in schema.get("prefixItems", ())]
    rest = [*itertools.islice(values_of(schema.get("items", True), depth + 1), 6)] or [0]
    rest += [*itertools.islice(values_of(schema.get("contains", True), depth + 1), 4)]
    for chosen in itertools.islice(itertools.product(*first), 8):
        for size in (0, 1, 2, 3):
            yield from ([*chosen, *[one] * size] for one in rest)
    yield rest[:2]


def _objects(schema: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return
    values = {name: list(itertools.islice(values_of(part, depth + 1), 5)) or ["a"] for name, part in properties.items()}
    for names in itertools.chain.from_iterable(itertools.combinations(values, size) for size in (0, 1, 2)):
        for chosen in itertools.islice(itertools.product(*(values[name] for name in names)), 25):
            yield dict(zip(names, chosen, strict=True))


def judged(seed: int) -> list[Verdict] | None:
    """The verdicts of one pair, as a request and as an answer; None where one of the two schemas takes nothing of the world."""
    rng = random.Random(seed)  # noqa: S311  a seed
    old = described(drawn(rng), rng)
    new = altered(old, rng)
    if not (possible(old) and possible(new)):
        return None
    tried = [*WORLD, *itertools.islice(values_of(old), MOST_VALUES), *itertools.islice(values_of(new), MOST_VALUES)]
    meant = "oneOf" not in str(old)  # who wrote an ambiguous `oneOf` before does not mean it by the letter
    made: list[Verdict] = []
    for wrap, wide, narrow in ((sent, old, new), (answered, new, old)):
        read = [schema if wrap is sent and meant else loose(schema) for schema in (wide, narrow)]
        takes, refuses = (jsonschema.Draft202012Validator(schema).is_valid for schema in read)
        found = changes(wrap(old), wrap(new))
        gravest = {change.severity for change in found}
        called = "breaking" if Severity.ERROR in gravest else "warning" if Severity.WARNING in gravest else "compatible"
        broken = list(itertools.islice((one for one in tried if takes(one) and not refuses(one)), 1))
        errors = [change for change in found if change.severity is Severity.ERROR]
        if errors and not broken:
            documents = [Document(wrap(schema), "3.1") for schema in (old, new)]
            witnesses = prove(documents[0], documents[1], errors, effort=Effort.NORMAL)
            broken = [each.value for each in witnesses.values() if each is not None][:1]
        made.append(Verdict(called, broken, tuple(sorted({change.rule.id for change in errors}))))
    return made


def main() -> int:
    """Judge pairs; gives 0 where both laws hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=20_000, metavar="N", help="pairs of schemas")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the first pair's seed")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    unproved: Counter[str] = Counter()
    seed, pairs = given.seed, 0
    while pairs < given.pairs:
        verdicts = judged(seed)
        pairs += verdicts is not None
        for way, verdict in zip(("request", "response"), verdicts or (), strict=False):
            counts[verdict.called] += 1
            if verdict.called == "compatible" and verdict.broken:
                counts["let pass"] += 1
                sys.stdout.write(f"seed {seed}, {way}: called compatible, and broken by {verdict.broken[0]!r}\n")
            if verdict.called == "breaking" and not verdict.broken:
                counts["unproved"] += 1
                unproved.update(verdict.rules)
        seed += 1
    share = counts["unproved"] / max(counts["breaking"], 1)
    sys.stdout.write(
        f"{pairs} pairs in both directions: {counts['breaking']} breaking, {counts['unproved']} of them without a value "
        f"({share:.2%}); {counts['compatible']} compatible, {counts['let pass']} of them broken; {counts['warning']} warnings\n"
    )
    sys.stdout.writelines(f"  without a value: {name} {count}\n" for name, count in unproved.most_common(12))
    return 1 if counts["let pass"] or share > UNPROVED else 0


if __name__ == "__main__":
    raise SystemExit(main())
