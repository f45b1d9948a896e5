"""Mistakes no schema sees: names that name nothing, versions the scheme cannot read, dates out of order, missing files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pytest_apiversion.core import versions as grammar
from pytest_apiversion.core.policy import WRONGS, instant
from pytest_apiversion.dialects import dialects
from pytest_apiversion.shell.policy_schema import nearest
from pytest_apiversion.shell.toml_source import dotted, variables


def name_mistakes(
    document: Mapping[str, Any], raw: Mapping[str, Any], is_file: Callable[[str], bool]
) -> Iterator[str]:
    """Mistakes of meaning in a document whose shape may be wrong too: whatever has not the expected type is passed over.

    Args:
        document: The document, presets merged and variables replaced.
        raw: The document as written.
        is_file: Whether a name beside the policy file is a file.
    """
    yield from _carriers(document)
    yield from _versions(document, is_file)
    yield from _references(document)
    yield from _envelopes(document, is_file)
    yield from _deprecation(document)
    yield from _credentials(document, raw)


def _table(value: Any) -> dict[str, Any]:  # noqa: ANN401  a TOML value
    return value if isinstance(value, dict) else {}


def _rows(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401  a TOML value
    return [_table(row) for row in value] if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:  # noqa: ANN401  a TOML value
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, str)]


def _carriers(document: Mapping[str, Any]) -> Iterator[str]:
    versioning = _table(document.get("versioning"))
    scheme = versioning.get("scheme")
    named = [kind for kind in _texts(versioning.get("carriers")) if kind in {"path", "header", "query", "accept", "host"}]
    for kind in named:
        if kind not in versioning:
            yield f"versioning.{kind}: missing; versioning.carriers names it, so say where the version stands"
    for kind in ("path", "header", "query", "accept", "host"):
        table = _table(versioning.get(kind))
        if table and kind not in named:
            yield f"versioning.{kind}: versioning.carriers does not list it; its order says how strong it is"
        spelling = table.get("spelling")
        if isinstance(spelling, str) and scheme in grammar.SCHEMES:
            try:
                grammar.spelling(spelling, scheme, tuple(_texts(versioning.get("codenames"))))
            except ValueError as error:
                yield f"versioning.{kind}.spelling: {error}"
    for place, table in _answer_tables(document):
        kinds = [key for key in ("reject", "default", "accept") if key in table]
        if len(kinds) != 1:
            got = " and ".join(kinds) or "none"
            yield f"{place}: expected exactly one of reject, default and accept, got {got}"


def _answer_tables(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    versioning = _table(document.get("versioning"))
    holders = [("versioning", versioning)]
    holders += [(f"versioning.{kind}", _table(versioning.get(kind))) for kind in ("path", "header", "query", "accept", "host")]
    rules = _table(_table(document.get("operations")).get("rules"))
    holders += [(f'operations.rules."{key}"', _table(table)) for key, table in rules.items()]
    for place, holder in holders:
        yield from ((f"{place}.{wrong}", holder[wrong]) for wrong in WRONGS if isinstance(holder.get(wrong), dict))
    for name, alias in _table(document.get("aliases")).items():
        if isinstance(_table(alias).get("absent_answer"), dict):
            yield f"{dotted('aliases', name)}.absent_answer", alias["absent_answer"]


def _versions(document: Mapping[str, Any], is_file: Callable[[str], bool]) -> Iterator[str]:
    versioning = _table(document.get("versioning"))
    scheme, codenames = versioning.get("scheme"), tuple(_texts(versioning.get("codenames")))
    for name, table in _table(document.get("versions")).items():
        place = dotted("versions", name)
        if scheme in grammar.SCHEMES:
            parsed = grammar.parse(scheme, name, codenames)
            if parsed is None:
                yield f"{place}: {name!r} is no version of the scheme {scheme!r}"
            elif codenames and parsed.fields.get("codename") not in {None, *codenames}:
                yield f"{place}: versioning.codenames does not list {parsed.fields['codename']!r}{nearest(parsed.fields['codename'], codenames)}"
            elif not codenames and parsed.fields.get("codename"):
                yield "versioning.codenames: missing; the order of codenames cannot be guessed, list them oldest first"
        yield from _dates(_table(table), place)
        contract = _table(table).get("contract")
        if isinstance(contract, str) and contract and not is_file(contract):
            yield f"{place}.contract: no file {contract!r} beside the policy file"
        elif "contract" not in _table(table) and isinstance(table, dict):
            yield f"{place}.contract: missing; a version is held to its frozen contract"
    for name, table in _table(document.get("aliases")).items():
        yield from _dates(_table(table), dotted("aliases", name))


def _dates(table: Mapping[str, Any], place: str) -> Iterator[str]:
    found: list[tuple[str, dt.datetime]] = []
    for name in ("released", "deprecated", "sunset"):
        moment = table.get(name)
        if isinstance(moment, dt.datetime) and moment.tzinfo is None:
            yield f"{place}.{name}: a time of day needs an offset, such as {moment.isoformat()}Z"
        elif isinstance(moment, dt.date):
            found.append((name, instant(moment)))
    for (name, earlier), (other, later) in zip(found, found[1:], strict=False):
        if later < earlier:
            yield f"{place}.{other}: {later.date()} is before {name} ({earlier.date()})"


def _references(document: Mapping[str, Any]) -> Iterator[str]:
    versions = _table(document.get("versions"))
    wanted: list[tuple[str, Any]] = []
    for name, table in versions.items():
        wanted.append((f"{dotted('versions', name)}.successor", _table(table).get("successor")))
        if _table(table).get("successor") == name:
            yield f"{dotted('versions', name)}.successor: a version cannot succeed itself"
    for name, table in _table(document.get("aliases")).items():
        wanted.append((f"{dotted('aliases', name)}.version", _table(table).get("version")))
    wanted += [(f"{place}.default", table.get("default")) for place, table in _answer_tables(document)]
    for place, rows in (
        ("headers", _rows(document.get("headers"))),
        ("errors.classes", _rows(_table(document.get("errors")).get("classes"))),
    ):
        wanted += [(f"{place}[{n}].versions", name) for n, row in enumerate(rows) for name in _texts(row.get("versions", []))]
    for name, table in _table(document.get("credentials")).items():
        wanted += [(f"{dotted('credentials', name)}.versions", item) for item in _texts(_table(table).get("versions", []))]
    for n, row in enumerate(_rows(_table(document.get("operations")).get("renamed"))):
        wanted += [(f"operations.renamed[{n}]", name) for name in row]
    for place, name in wanted:
        if isinstance(name, str) and name not in versions:
            yield f"{place}: no version is named {name!r}{nearest(name, versions)}"


def _envelopes(document: Mapping[str, Any], is_file: Callable[[str], bool]) -> Iterator[str]:
    envelopes = _table(document.get("envelopes"))
    for name, table in envelopes.items():
        file = _table(table).get("schema_file")
        if isinstance(file, str) and not is_file(file):
            yield f"{dotted('envelopes', name)}.schema_file: no file {file!r} beside the policy file"
        yield from _bad_schema(_table(table).get("schema"), f"{dotted('envelopes', name)}.schema")
    errors = _table(document.get("errors"))
    wanted = [("errors.envelope", errors.get("envelope")), ("sunset.envelope", _table(document.get("sunset")).get("envelope"))]
    wanted += [(f"errors.classes[{n}].envelope", row.get("envelope")) for n, row in enumerate(_rows(errors.get("classes")))]
    wanted += [(f"{place}.envelope", table.get("envelope")) for place, table in _answer_tables(document)]
    for name, table in _table(document.get("versions")).items():
        wanted.append((f"{dotted('versions', name)}.envelope", _table(table).get("envelope")))
    for place, name in wanted:
        if isinstance(name, str) and name not in envelopes:
            yield f"{place}: no envelope is named {name!r}{nearest(name, envelopes)}"


def _bad_schema(schema: Any, place: str) -> Iterator[str]:  # noqa: ANN401  a JSON Schema
    if not isinstance(schema, dict):
        return
    from jsonschema import Draft202012Validator, SchemaError

    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        yield f"{place}: not a JSON Schema: {error.message[:80]}"


def _deprecation(document: Mapping[str, Any]) -> Iterator[str]:
    known = dialects()
    for n, row in enumerate(_rows(_table(document.get("deprecation")).get("headers"))):
        place, name = f"deprecation.headers[{n}]", row.get("dialect")
        if isinstance(name, str) and name not in known:
            yield f"{place}.dialect: no dialect is named {name!r}{nearest(name, known)}"
        elif isinstance(name, str) and known[name].dated and "date" not in row:
            yield f"{place}.date: missing; say which date this header carries, deprecated or sunset"
        elif name is None and "pattern" not in row:
            yield f"{place}: expected a dialect or a pattern, got neither"
    for n, row in enumerate(_rows(_table(document.get("deprecation")).get("links"))):
        if "href" in row and row.get("successor"):
            yield f"deprecation.links[{n}]: expected href or successor, got both"


def _credentials(document: Mapping[str, Any], raw: Mapping[str, Any]) -> Iterator[str]:
    for name, table in _table(document.get("credentials")).items():
        place = dotted("credentials", name)
        kinds = [kind for kind in ("header", "query", "cookie") if kind in _table(table)]
        if len(kinds) != 1:
            yield f"{place}: expected exactly one of header, query and cookie, got {' and '.join(kinds) or 'none'}"
        value = _table(_table(raw.get("credentials")).get(name)).get("value")
        if isinstance(value, str) and not variables(value):
            yield f"{place}.value: a secret comes from the environment: write it as ${{NAME}}"
