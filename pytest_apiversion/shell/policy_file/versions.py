"""Finds mistakes in `[versions]`: names the scheme cannot read, dates out of order, spellings that say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from pytest_apiversion.core.versions.lifecycle import instant, moment
from pytest_apiversion.core.versions.schemes import SCHEMES, parse
from pytest_apiversion.core.versions.spelling import spelling
from pytest_apiversion.shell.catalogue.entries import carriers
from pytest_apiversion.shell.policy_file.lifecycles import brownout_mistakes
from pytest_apiversion.shell.policy_file.walk import listed_carriers, rows, table, texts
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted


def version_mistakes(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Mistakes in the versions of a document, variables replaced, dates as text."""
    yield from _spellings(document)
    yield from _versions(document)
    yield from _bounds(document)
    yield from _rows(document)


def _spellings(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Templates the scheme cannot fill, and versions that would be written alike."""
    versioning = table(document, "versioning")
    scheme, codenames = versioning.get("scheme"), tuple(texts(versioning.get("codenames")))
    if not isinstance(scheme, str) or scheme not in SCHEMES:
        return
    declared = [name for name in table(document, "versions") if parse(scheme, name, codenames)]
    for kind in (*carriers(), "echo"):
        template = table(versioning, kind).get("spelling", "{version}")
        own = {
            name: text
            for name in declared
            if isinstance(text := table(document, "versions", name, "spelling").get(kind), str)
        }
        if not isinstance(template, str) or kind not in versioning:
            continue
        try:
            spelled = spelling(template, scheme, codenames)
            yield from _alike({name: own.get(name) or spelled.write(name) for name in declared}, own, kind)
        except ValueError as error:
            yield Mistake(
                place=f"versioning.{kind}.spelling",
                text=f"expected {{version}} or fields of the scheme, got {quoted(template)}: {error}",
            )
    listed = listed_carriers(document)
    for name in table(document, "versions"):
        for kind in table(document, "versions", name, "spelling"):
            if listed is not None and kind not in listed:
                place = dotted(f"{dotted('versions', name)}.spelling", kind)
                yield Mistake(
                    place=place,
                    text=f"expected a carrier that versioning.carriers lists, got {kind}{nearest(kind, listed)}",
                )


def _alike(written: Mapping[str, str], own: Mapping[str, str], kind: str) -> Iterator[Mistake]:
    for index, (name, text) in enumerate(written.items()):
        other = next((other for other in list(written)[:index] if written[other] == text), None)
        if other is not None:
            place = f"{dotted('versions', name)}.spelling.{kind}" if name in own else f"versioning.{kind}.spelling"
            yield Mistake(
                place=place,
                text=f"expected each version written in its own way, got {quoted(text)} for both {other} and {name}",
            )


def _versions(document: Mapping[str, Any]) -> Iterator[Mistake]:
    versioning, versions = table(document, "versioning"), table(document, "versions")
    scheme, codenames = versioning.get("scheme"), tuple(texts(versioning.get("codenames")))
    unlisted = False
    for name in versions:
        place = dotted("versions", name)
        if isinstance(scheme, str) and scheme in SCHEMES:
            parsed = parse(scheme, name, codenames)
            codename = parsed.fields.get("codename") if parsed else None
            if parsed is None:
                example = SCHEMES[scheme].example
                yield Mistake(
                    place=place,
                    text=f"expected a version of the scheme {scheme} such as {example}, got {quoted(name)}",
                    hides=False,
                )
            elif codename and codenames and codename not in codenames:
                text = f"expected a codename that versioning.codenames lists, got {quoted(codename)}{nearest(codename, codenames)}"
                yield Mistake(place=place, text=text, hides=False)
            unlisted |= bool(codename) and "codenames" not in versioning
        yield from _dates(table(versions, name), place)
        if "contract" not in table(versions, name) and isinstance(versions[name], dict):
            yield Mistake(
                place=f"{place}.contract", text="expected the frozen OpenAPI document of this version, got nothing"
            )
    if unlisted:
        yield Mistake(
            place="versioning.codenames",
            text="expected the codenames, oldest first (their order cannot be guessed), got nothing",
        )
    for name in table(document, "aliases"):
        place = dotted("aliases", name)
        yield from _dates(table(document, "aliases", name), place)
        if name in versions:
            yield Mistake(place=place, text=f"expected a name that no version has, got {quoted(name)}", hides=False)


def _bounds(document: Mapping[str, Any]) -> Iterator[Mistake]:
    """Bounds that the scheme cannot read, in the wrong order, or with a declared version outside."""
    versioning = table(document, "versioning")
    said, scheme, codenames = (
        versioning.get("bounds"),
        versioning.get("scheme"),
        tuple(texts(versioning.get("codenames"))),
    )
    place = "versioning.bounds"
    if (
        not isinstance(said, list)
        or len(texts(said)) != len(said)
        or not isinstance(scheme, str)
        or scheme not in SCHEMES
    ):
        return
    if scheme == "opaque":
        yield Mistake(place=place, text="expected a scheme whose versions have an order, got opaque")
        return
    known = [parse(scheme, text, codenames) for text in said]
    for index, (text, version) in enumerate(zip(said, known, strict=True)):
        if version is None:
            example = SCHEMES[scheme].example
            wrong = f"expected a version of the scheme {scheme} such as {example}, got {quoted(text)}"
            yield Mistake(place=f"{place}[{index}]", text=wrong)
    keys = [version.key for version in known if version is not None]
    if len(keys) != len(said) or not keys:
        return
    if keys != sorted(keys):
        yield Mistake(place=place, text=f"expected the oldest first, got {quoted(said)}")
        return
    for name in table(document, "versions"):
        version = parse(scheme, name, codenames)
        if version is not None and not keys[0] <= version.key <= keys[-1]:
            wrong = f"expected bounds with every declared version between them, got {quoted(said)} without {name}"
            yield Mistake(place=place, text=wrong)


def _rows(document: Mapping[str, Any]) -> Iterator[Mistake]:
    for name in ("sdks", "lifecycle"):
        for index, row in rows(document.get(name)):
            yield from _dates(row, f"{name}[{index}]")


def _dates(life: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    yield from brownout_mistakes(life, place)
    names = ("released", "deprecated", "sunset")
    found = [(name, life[name], instant(when)) for name in names if (when := moment(life.get(name))) is not None]
    for (name, text, earlier), (other, got, later) in pairwise(found):
        if later < earlier:
            yield Mistake(place=f"{place}.{other}", text=f"expected a date not before {name} ({text}), got {got}")
