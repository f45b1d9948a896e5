"""Reads the tables about rejected versions, carriers, and the answer after sunset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_apiversion.core.http.statuses import FIRST_FAILURE, POLITE
from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.core.policy.responses import Sunset
from pytest_apiversion.core.policy.selection import FLOATING, WRONGS, Answer, AnswerKind
from pytest_apiversion.shell.catalogue.entries import carriers
from pytest_apiversion.shell.policy_file.names import answer_tables
from pytest_apiversion.shell.policy_file.walk import gone_tables, listed_carriers, rows, table, texts
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted

ANY_REFUSAL = frozenset(range(400, 500))
"""What rejects where a policy does not say how: any client error."""


def as_list(value: Any) -> list[Any]:
    """A value as a list: nothing is none, and one value is a list of it."""
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def read_statuses(value: Any) -> frozenset[int]:
    """Statuses from a number, a range such as `4xx`, or a list of them."""
    found: set[int] = set()
    for item in as_list(value):
        text = str(item)
        found |= set(range(int(text[0]) * 100, int(text[0]) * 100 + 100)) if text[1:].lower() == "xx" else {int(text)}
    return frozenset(found)


def answer_mistakes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Answers that say two things at once, and refusals by a failure of the server."""
    known = [*table(document, "versions"), *FLOATING]
    for place, answer in answer_tables(document):
        if place.endswith(".absent_answer") and "before" in answer:
            text = "expected it of a wrong version: what has no alias is found by its path"
            yield Mistake(place=f"{place}.before", text=text)
        if {"envelope", "envelope_of"} <= answer.keys():
            yield Mistake(place=f"{place}.envelope_of", text="expected envelope or envelope_of, got both")
        if "order" in answer and "lists" not in answer:
            yield Mistake(place=f"{place}.order", text="expected lists beside it, got nothing")
        whose = answer.get("envelope_of")
        if isinstance(whose, str) and whose not in known:
            text = f"expected a declared version, oldest or newest, got {quoted(whose)}{nearest(whose, known)}"
            yield Mistake(place=f"{place}.envelope_of", text=text)
        yield from _failures(f"{place}.reject", answer.get("reject"))
    for place, statuses in _refusals(document):
        yield from _failures(place, statuses)


def _refusals(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every place, beside answers to a wrong version, that says by which statuses something is refused; and what stands there."""
    errors, credentials, rules = (
        table(document, "errors"),
        table(document, "credentials"),
        table(document, "operations", "rules"),
    )
    yield from ((f"errors.{key}", errors.get(key)) for key in ("unauthorized", "wrong_method", "not_acceptable"))
    yield "errors.too_large.reject", table(errors, "too_large").get("reject")
    for name in credentials:
        for key in ("used_up", "read_only"):
            yield f"{dotted('credentials', name)}.{key}.reject", table(credentials, name, key).get("reject")
    yield "contract.refusals", table(document, "contract").get("refusals")
    yield from ((f"{dotted('operations.rules', key)}.refusals", table(rules, key).get("refusals")) for key in rules)
    for place, ended in (("sunset", table(document, "sunset")), *gone_tables(document)):
        yield f"{place}.status", ended.get("status")


def _failures(place: str, statuses: Any) -> Iterator[Mistake]:
    """Statuses of a refusal that are failures of the server: no check could tell it from a real one."""
    for item in as_list(statuses):
        try:
            failures = min(read_statuses(item) - POLITE, default=0) >= FIRST_FAILURE
        except (TypeError, ValueError):
            continue  # the schema has spoken of it
        if failures:
            text = f"expected a refusal such as 400, or 501, 503 or 505, got {quoted(item)}: any other 5xx says that the server failed"
            yield Mistake(place=place, text=text)


def header_mistakes(document: Mapping[str, Any], headers: Any, where: str) -> Iterator[Mistake]:
    """Headers that are promised not to be there, and of which something more is said; carriers and aliases that nobody declared.

    Args:
        document: The whole document.
        headers: The headers in it.
        where: Their dotted place.
    """
    for index, row in rows(headers):
        place, listed = f"{where}[{index}]", listed_carriers(document) or []
        if row.get("absent") is True and (more := [key for key in ("pattern", "equals", "unique") if key in row]):
            text = f"expected nothing of the value of a header that is not there, got {' and '.join(more)}"
            yield Mistake(place=f"{place}.absent", text=text)
        for n, kind in enumerate(texts(row.get("carriers")) if listed else ()):
            if kind not in listed:
                text = f"expected a carrier that versioning.carriers lists, got {kind}{nearest(kind, listed)}"
                yield Mistake(place=f"{place}.carriers[{n}]", text=text)
        known = table(document, "aliases")
        for n, name in enumerate(texts(row.get("aliases"))):
            if name not in known:
                text = f"expected a declared alias, got {quoted(name)}{nearest(name, known)}"
                yield Mistake(place=f"{place}.aliases[{n}]", text=text)
        if {"aliases", "carriers"} <= row.keys():
            text = "expected it without carriers: what is asked of an alias names no version"
            yield Mistake(place=f"{place}.aliases", text=text)
        if {"aliases", "refusals"} <= row.keys() and row["refusals"] is True:
            text = "expected it without refusals: what a wrong version gets is of no alias"
            yield Mistake(place=f"{place}.aliases", text=text)


def read_patterns(value: Any, default: tuple[str, ...]) -> tuple[str, ...]:
    """Status patterns as text, or what holds where there are none."""
    return tuple(str(item).lower() for item in value) if value else default


def read_answer(table: Mapping[str, Any], place: str) -> Answer:
    """What one kind of wrong gets."""
    kind = AnswerKind.REJECT if "reject" in table else AnswerKind.DEFAULT if "default" in table else AnswerKind.ACCEPT
    return Answer(
        kind=kind,
        statuses=read_statuses(table.get("reject")),
        codes=_codes(table),
        version=table.get("default"),
        envelope=table.get("envelope"),
        envelope_of=table.get("envelope_of"),
        before=frozenset(table.get("before", ())),
        lists=tuple(as_list(table.get("lists"))),
        order=table.get("order"),
        place=place,
    )


def _codes(table: Mapping[str, Any]) -> frozenset[str]:
    """Error codes, numbers as their texts."""
    return frozenset(map(str, as_list(table.get("code"))))


def read_answers(table: Mapping[str, Any], place: str) -> dict[str, Answer]:
    """What the kinds of wrong get that a table speaks of."""
    return {wrong: read_answer(table[wrong], f"{place}.{wrong}") for wrong in WRONGS if wrong in table}


def read_all_answers(versioning: Mapping[str, Any], listed: Mapping[str, Carrier]) -> dict[str, Answer]:
    """The API's answers, with what follows where the file is silent (see the policy file's reference)."""
    answers = read_answers(versioning, "versioning")
    refusal = Answer(kind=AnswerKind.REJECT, statuses=ANY_REFUSAL, place="versioning.unknown (default: any 4xx)")
    answers.setdefault("unknown", refusal)
    answers.setdefault("malformed", answers["unknown"])
    if "empty" not in answers and (missing := answers.get("missing")) and missing.kind is AnswerKind.REJECT:
        malformed = answers["malformed"]
        codes = missing.codes | malformed.codes if missing.codes and malformed.codes else frozenset[str]()
        answers["empty"] = Answer(
            kind=AnswerKind.REJECT,
            statuses=missing.statuses | malformed.statuses,
            codes=codes,
            envelope=missing.envelope,
            envelope_of=missing.envelope_of,
            before=missing.before & malformed.before,
            place=missing.place,
        )
    if not any(carrier.can_be_empty for carrier in listed.values()):
        answers.pop("empty", None)
    return answers


def read_carrier(kind: str, table: Mapping[str, Any]) -> Carrier:
    """One place where a version can stand."""
    return Carrier(
        form=carriers()[kind],
        name=table.get("name") or table.get("parameter") or ("version" if kind == "accept" else ""),
        template=table.get("template", ""),
        media_type=table.get("media_type", "application/json" if kind == "accept" else ""),
        content_type=table.get("content_type", False),
        weights=table.get("weights", False),
        other_forms=table.get("other_forms", True),
        any_case=table.get("any_case", False),
        spelling=table.get("spelling", "{version}"),
        ranges=table.get("ranges"),
        answers=read_answers(table, f"versioning.{kind}"),
    )


def read_sunset(table: Mapping[str, Any], place: str) -> Sunset:
    """What comes after a sunset; 410 where nothing is said."""
    forward = table.get("served_by")
    return Sunset(
        statuses=frozenset() if forward else read_statuses(table.get("status", 410)),
        codes=_codes(table),
        envelope=table.get("envelope"),
        pointers=tuple(as_list(table.get("pointer"))),
        cache_control=table.get("cache_control", False),
        before=frozenset(table.get("before", ())),
        served_by=forward,
        place=place,
    )
