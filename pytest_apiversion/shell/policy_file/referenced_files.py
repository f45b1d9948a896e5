"""Finds mistakes in files a policy refers to: contracts and schemas that are missing or unreadable."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import Any

from jsonschema import Draft202012Validator, SchemaError
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import DRAFT202012

from pytest_apiversion.shell.json_schema.error_messages import problems_of
from pytest_apiversion.shell.policy_file.published_copies import is_outside, repository
from pytest_apiversion.shell.policy_file.walk import rows, table, texts
from pytest_apiversion.shell.texts import real_paths
from pytest_apiversion.shell.texts.json_text import reason
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted


def file_mistakes(document: Mapping[str, Any], folder: Path, *, unfrozen: bool = False) -> Iterator[Mistake]:
    """Mistakes in what a document says of the files beside it, and in the schemas it holds or names.

    Args:
        document: Of the policy file.
        folder: Of the policy file.
        unfrozen: Whether contracts may not be there yet.
    """
    yield from () if unfrozen else _contracts(document, folder)
    tls = table(document, "requests", "tls")
    for name in ("key", "password") if "certificate" not in tls else ():
        if name in tls:
            yield Mistake(
                place=f"requests.tls.{name}", text="expected a `certificate` beside it: it is of no use alone"
            )
    yield from _publishing(document, folder)
    shapes = [(kind, name) for kind in ("envelopes", "successes") for name in table(document, kind)]
    for kind, name in shapes:
        place, envelope = dotted(kind, name), table(document, kind, name)
        file = envelope.get("schema_file")
        if "schema" in envelope:
            yield from _not_schema(envelope["schema"], f"{place}.schema")
        elif isinstance(file, str) and not is_file(folder, file):
            yield _no_file(f"{place}.schema_file", folder, file)
        elif isinstance(file, str):
            schema, problem = read_schema(folder / file)
            if problem:
                yield Mistake(
                    place=f"{place}.schema_file", text=f"expected a file of JSON, got {quoted(file)}: {problem}"
                )
            else:
                yield from _not_schema(schema, f"{place}.schema_file")


def _contracts(document: Mapping[str, Any], folder: Path) -> Iterator[Mistake]:
    """Contracts of versions and of their minor releases that are not there."""
    for name in table(document, "versions"):
        place, version = dotted("versions", name), table(document, "versions", name)
        contract = version.get("contract")
        if isinstance(contract, str) and not is_file(folder, contract):
            missing = _no_file(f"{place}.contract", folder, contract)
            yield replace(
                missing, text=f"{missing.text}; `apiversion freeze DOCUMENT --version {quote(name)}` makes it"
            )
        for index, row in rows(version.get("releases")):
            file = row.get("contract")
            if isinstance(file, str) and not is_file(folder, file):
                yield _no_file(f"{place}.releases[{index}].contract", folder, file)


def _publishing(document: Mapping[str, Any], folder: Path) -> Iterator[Mistake]:
    contract = table(document, "contract")
    own = any("served" in table(document, "versions", name) for name in table(document, "versions"))
    for key in ("covers", "hold"):
        if key in contract and "served" not in contract and not (own and key == "hold"):
            yield Mistake(place=f"contract.{key}", text="expected contract.served beside it, got nothing")
    held = [("contract.copies", contract.get("copies"))]
    for name in table(document, "versions"):
        for index, row in rows(table(document, "versions", name).get("releases")):
            held.append((f"{dotted('versions', name)}.releases[{index}].copies", row.get("copies")))
    known = [(f"{at}[{n}]", group) for at, groups in held if isinstance(groups, list) for n, group in enumerate(groups)]
    for where, group in known:
        for place in texts(group):
            if is_outside(folder, place):
                yield Mistake(
                    place=where,
                    text=f"expected files inside {repository(folder).name}/, or paths that are served, got {quoted(place)}",
                )


def is_file(folder: Path, name: str) -> bool:
    """Whether a name beside the policy file is a file's. Never raises, whatever the name."""
    return bool(name) and real_paths.is_file(folder / name)


def read_schema(path: Path) -> tuple[Any, str | None]:
    """The JSON value of a file, or why there is none."""
    try:
        return json.loads(path.read_text("utf-8-sig")), None
    except UnicodeDecodeError:
        return None, "it is not UTF-8"
    except OSError as error:
        return None, error.strerror or "it cannot be read"
    except (ValueError, RecursionError) as error:
        return None, f"it is none{reason(error)}"


def _no_file(place: str, folder: Path, name: str) -> Mistake:
    try:
        beside = sorted(
            entry.name for entry in folder.iterdir() if entry.is_file() and entry.suffix == Path(name).suffix
        )
    except (OSError, ValueError):
        beside = []
    return Mistake(
        place=place, text=f"expected a file beside the policy file, got {quoted(name)}{nearest(name, beside)}"
    )


def _not_schema(schema: Any, place: str) -> Iterator[Mistake]:
    if not isinstance(schema, dict | bool):
        yield Mistake(place=place, text=f"expected a JSON Schema (an object), got {quoted(schema)}")
        return
    problem = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            Draft202012Validator.check_schema(schema)
        problem = next(_dangling(schema), None)
    except SchemaError as error:
        first = next(problems_of(error))
        problem = f"at {first.where or 'its root'}: {first.message}"
    except RecursionError:
        problem = "at its root: it nests too deeply"
    except (Warning, OverflowError, ValueError, Unresolvable) as error:
        problem = f"at its root: {type(error).__name__}: {str(error)[:80]}"
    if problem:
        yield Mistake(place=place, text=f"expected a JSON Schema (2020-12), got one that is wrong {problem}")


def _dangling(schema: Any) -> Iterator[str]:
    """References that lead nowhere inside the schema; nothing is ever fetched."""
    resource = Resource.from_contents(schema, default_specification=DRAFT202012)
    registry: Registry[Any] = Registry()
    resolver = registry.with_resource("", resource).resolver()
    waiting: list[Any] = [schema]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            for key in ("$ref", "$dynamicRef"):
                reference = value.get(key)
                if isinstance(reference, str):
                    try:
                        resolver.lookup(reference)
                    except (Unresolvable, NoSuchResource, ValueError):
                        yield f"at {key}: {reference} leads nowhere in it"
        waiting += list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
