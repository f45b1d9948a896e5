"""From a policy document without mistakes to a `Policy`, with what follows where the file is silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pytest_apiversion.core import versions as grammar
from pytest_apiversion.core.policy import (
    WRONGS,
    Alias,
    Answer,
    AnswerKind,
    Boundary,
    Carrier,
    Credential,
    Declared,
    Deprecation,
    DeprecationHeader,
    DeprecationLink,
    Echo,
    Envelope,
    ErrorClass,
    Lifecycle,
    Limits,
    OperationRule,
    Policy,
    RequiredHeader,
    Rules,
    Sunset,
    Values,
    Version,
)
from pytest_apiversion.dialects import dialects
from pytest_apiversion.shell.policy_beside import read_schema
from pytest_apiversion.shell.policy_walk import moment
from pytest_apiversion.shell.toml_source import shown

ANY_REFUSAL = frozenset(range(400, 500))
"""What rejects where a policy does not say how: any client error."""


def _list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def _statuses(value: Any) -> frozenset[int]:
    found: set[int] = set()
    for item in _list(value):
        text = str(item)
        found |= set(range(int(text[0]) * 100, int(text[0]) * 100 + 100)) if text[1:].lower() == "xx" else {int(text)}
    return frozenset(found)


def _patterns(value: Any, default: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(item).lower() for item in value) if value else default


def _answer(table: Mapping[str, Any], place: str) -> Answer:
    kind = AnswerKind.REJECT if "reject" in table else AnswerKind.DEFAULT if "default" in table else AnswerKind.ACCEPT
    return Answer(kind=kind, statuses=_statuses(table.get("reject")), codes=frozenset(_list(table.get("code"))),
                  version=table.get("default"), envelope=table.get("envelope"), place=place)  # fmt: skip


def _answers(table: Mapping[str, Any], place: str) -> dict[str, Answer]:
    return {wrong: _answer(table[wrong], f"{place}.{wrong}") for wrong in WRONGS if wrong in table}


def _all_answers(versioning: Mapping[str, Any], carriers: Mapping[str, Carrier]) -> dict[str, Answer]:
    """The API's answers, with what follows where the file is silent (see the policy file's reference)."""
    answers = _answers(versioning, "versioning")
    refusal = Answer(kind=AnswerKind.REJECT, statuses=ANY_REFUSAL, place="versioning.unknown (default: any 4xx)")
    answers.setdefault("unknown", refusal)
    answers.setdefault("malformed", answers["unknown"])
    if "empty" not in answers and (missing := answers.get("missing")) and missing.kind is AnswerKind.REJECT:
        malformed = answers["malformed"]
        codes = missing.codes | malformed.codes if missing.codes and malformed.codes else frozenset[str]()
        answers["empty"] = Answer(kind=AnswerKind.REJECT, statuses=missing.statuses | malformed.statuses, codes=codes,
                                  envelope=missing.envelope, place=missing.place)  # fmt: skip
    if len(carriers) == 1 and "path" in carriers:
        answers.pop("empty", None)
    return answers


def _carrier(kind: str, table: Mapping[str, Any]) -> Carrier:
    return Carrier(
        kind=kind,
        name=table.get("name") or table.get("parameter") or ("version" if kind == "accept" else ""),
        template=table.get("template", ""),
        media_type=table.get("media_type", "application/json" if kind == "accept" else ""),
        spelling=table.get("spelling", "{version}"),
        answers=_answers(table, f"versioning.{kind}"),
    )


def _sunset(table: Mapping[str, Any], place: str) -> Sunset:
    return Sunset(statuses=_statuses(table.get("status", 410)), codes=frozenset(_list(table.get("code"))),
                  envelope=table.get("envelope"), pointer=table.get("pointer"), place=place)  # fmt: skip


def _lifecycle(table: Mapping[str, Any], boundary: Boundary, successor: str | None) -> Lifecycle:
    return Lifecycle(
        released=moment(table.get("released")), deprecated=moment(table.get("deprecated")), sunset=moment(table.get("sunset")),
        successor=successor, preview=table.get("preview", False), boundary=boundary,
    )  # fmt: skip


def _versions(document: Mapping[str, Any], boundary: Boundary) -> dict[str, Version]:
    versioning = document["versioning"]
    scheme, codenames = versioning["scheme"], tuple(versioning.get("codenames", ()))
    rows = list(document["versions"].items())
    parsed = {name: grammar.parse(scheme, name, codenames) for name, _ in rows}
    if scheme != "opaque":
        rows.sort(key=lambda row: parsed[row[0]].key if parsed[row[0]] else ())  # type: ignore[union-attr]
    return {
        name: Version(
            name=name, contract=table.get("contract"), lifecycle=_lifecycle(table, boundary, table.get("successor")),
            spellings=table.get("spelling", {}), envelope=table.get("envelope"), order=order,
        )
        for order, (name, table) in enumerate(rows)
    }  # fmt: skip


def _envelopes(document: Mapping[str, Any], folder: Path) -> dict[str, Envelope]:
    def schema(table: Mapping[str, Any]) -> Any:
        if "schema_file" in table:
            return read_schema(folder / table["schema_file"])[0]
        return table.get("schema")

    return {
        name: Envelope(
            name=name, media_types=tuple(item.lower() for item in _list(table.get("media_type"))), schema=schema(table),
            code=table.get("code"), status=table.get("status"), empty=table.get("empty", False),
        )
        for name, table in document.get("envelopes", {}).items()
    }  # fmt: skip


def _headers(rows: Iterable[Mapping[str, Any]]) -> tuple[RequiredHeader, ...]:
    return tuple(
        RequiredHeader(
            name=row["name"], statuses=_patterns(row.get("on"), ("*",)), unless=_patterns(row.get("unless"), ()),
            pattern=re.compile(row["pattern"]) if "pattern" in row else None,
            versions=frozenset(row["versions"]) if "versions" in row else None, place=f"headers[{index}]",
        )
        for index, row in enumerate(rows)
    )  # fmt: skip


def _deprecation(table: Mapping[str, Any]) -> Deprecation:
    return Deprecation(
        headers=tuple(
            DeprecationHeader(
                name=row["name"], dialect=dialects()[row["dialect"]] if "dialect" in row else None, date=row.get("date"), pattern=row.get("pattern"),
                statuses=_patterns(row.get("on"), ("*",)), place=f"deprecation.headers[{index}]",
            )
            for index, row in enumerate(table.get("headers", []))
        ),
        links=tuple(
            DeprecationLink(rel=row["rel"], href=row.get("href"), successor=row.get("successor", False),
                            place=f"deprecation.links[{index}]")
            for index, row in enumerate(table.get("links", []))
        ),
        on_live=table.get("on_live", False),
    )  # fmt: skip


def _aliases(document: Mapping[str, Any], boundary: Boundary) -> dict[str, Alias]:
    return {
        name: Alias(
            name=name, version=table["version"], prefix=table["prefix"],
            operations=frozenset(table["operations"]) if "operations" in table else None,
            absent=frozenset(table.get("absent", ())),
            absent_answer=_answer(table["absent_answer"], f"aliases.{name}.absent_answer") if "absent_answer" in table else None,
            lifecycle=_lifecycle(table, Boundary(table.get("gone", {}).get("boundary", boundary.value)), table["version"]),
            gone=_sunset(table.get("gone", document.get("sunset", {})), f"aliases.{name}.gone"),
        )
        for name, table in document.get("aliases", {}).items()
    }  # fmt: skip


def _credentials(document: Mapping[str, Any], raw: Mapping[str, Any]) -> tuple[Credential, ...]:
    found = []
    for name, table in document.get("credentials", {}).items():
        kind = next(kind for kind in ("header", "query", "cookie") if kind in table)
        found.append(Credential(
            name=name, scheme=table.get("scheme", name), kind=kind, field=table[kind], value=table["value"],
            shown=shown(raw["credentials"][name]["value"]),
            versions=frozenset(table["versions"]) if "versions" in table else None,
        ))  # fmt: skip
    return tuple(found)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _operation_rule(key: str, table: Mapping[str, Any]) -> OperationRule:
    values = table.get("values", {})
    texts = {
        place: {name: _text(item) for name, item in values.get(place, {}).items()}
        for place in ("path", "query", "headers")
    }
    return OperationRule(
        answers=_answers(table, f'operations.rules."{key}"'),
        values=Values(**texts, body=values.get("body", {})),
        skip=table.get("skip", False),
    )


def _limits(table: Mapping[str, Any]) -> Limits:
    known = {key: value for key, value in table.items() if key != "rate"}
    if "rate" in table:
        count, _, unit = table["rate"].partition("/")
        known["rate"] = int(count) / {"s": 1, "m": 60, "h": 3600}[unit]
    return Limits(**known)


def _base_path(versioning: Mapping[str, Any]) -> str:
    if "base_path" in versioning:
        return str(versioning["base_path"])
    template = versioning.get("path", {}).get("template", "") if "path" in versioning["carriers"] else ""
    return "/".join(segment for segment in template.split("/") if "{version}" not in segment)


def build_policy(document: Mapping[str, Any], raw: Mapping[str, Any], path: Path) -> Policy:
    """The policy a document says.

    Args:
        document: Without mistakes, variables replaced, dates as text.
        raw: The same before variables were replaced.
        path: The policy file.
    """
    versioning, operations = document["versioning"], document.get("operations", {})
    boundary = Boundary(document.get("sunset", {}).get("boundary", "start-of-day"))
    carriers = {kind: _carrier(kind, versioning[kind]) for kind in versioning["carriers"]}
    echo = versioning.get("echo")
    return Policy(
        name=document["api"]["name"],
        source=str(path),
        base_url=document["api"].get("base_url"),
        scheme=versioning["scheme"],
        codenames=tuple(versioning.get("codenames", ())),
        versions=_versions(document, boundary),
        carriers=carriers,
        base_path=_base_path(versioning),
        answers=_all_answers(versioning, carriers),
        waterfall=versioning.get("waterfall", False),
        fall_through=versioning.get("fall_through", False),
        echo=Echo(header=echo.get("header"), pointer=echo.get("body"), spelling=echo.get("spelling", "{version}"),
                  statuses=_patterns(echo.get("on"), ("2xx",)),
                  versions=frozenset(echo["versions"]) if "versions" in echo else None) if echo else None,
        envelopes=_envelopes(document, path.parent),
        envelope=document.get("errors", {}).get("envelope"),
        error_classes=tuple(
            ErrorClass(statuses=_patterns(row["status"], ()), envelope=row["envelope"],
                       versions=frozenset(row["versions"]) if "versions" in row else None)
            for row in document.get("errors", {}).get("classes", [])
        ),
        headers=_headers(document.get("headers", [])),
        deprecation=_deprecation(document.get("deprecation", {})),
        sunset=_sunset(document.get("sunset", {}), "sunset"),
        aliases=_aliases(document, boundary),
        credentials=_credentials(document, raw),
        neutral=frozenset(operations.get("neutral", ())),
        operations={key: _operation_rule(key, table) for key, table in operations.get("rules", {}).items()},
        renamed=tuple(operations.get("renamed", ())),
        values={name: tuple(_text(item) for item in _list(value)) for name, value in document.get("values", {}).items()},
        limits=_limits(document.get("requests", {})),
        rules=_rules(document.get("contract", {})),
        severities=document.get("severity", {}),
        declared=tuple(Declared(id=row.get("id", ""), text=row["text"]) for row in document.get("declared", [])),
    )  # fmt: skip


def _rules(table: Mapping[str, Any]) -> Rules:
    plain = {key: value for key, value in table.items() if key != "undeclared"}
    if "undeclared" in table:
        plain["undeclared"] = _patterns(table["undeclared"], ())
    return Rules(**plain)
