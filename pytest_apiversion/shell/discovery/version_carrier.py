"""Chooses, from what a service publishes and answers, where its versions stand, and which document is whose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.discovery.documented_versions import (
    Carrier,
    ends_in_version,
    in_media_types,
    in_parameters,
    in_paths,
    is_version_name,
    operations,
    server_path,
    values_of,
)
from pytest_apiversion.shell.discovery.looking import Published, answering, reacts
from pytest_apiversion.shell.discovery.refusals import plain_reads
from pytest_apiversion.shell.discovery.releases import info_version, is_release, taken_versions

if TYPE_CHECKING:
    from pytest_apiversion.shell.discovery.looking import Looking

_DATE = r"\d{4}-\d{2}-\d{2}"
_ONLY = "v1"
"""What a service's version is called where it names none."""
_UNREAD = "API-Version"
"""A header that a service without versions does not read."""


def carrier_of(looking: Looking, found: list[Published], told: str, shown: str) -> Carrier:
    """Where the versions stand: as told, as the documents say, or as the service shows; in a header that nothing reads where there is none.

    Args:
        looking: Asks.
        found: The documents.
        told: `kind:name`, or nothing.
        shown: What the service is called in messages.

    Raises:
        PolicyError: Nothing names a version, and there are several documents, each of which may be one's.
    """
    documents = [each.document for each in found]
    if told:
        kind, _, name = told.partition(":")
        known = values_of(documents, kind, name) or tuple(dict.fromkeys(filter(None, map(info_version, documents))))
        return Carrier(kind=kind, name=name, versions=known or (_ONLY,), why="as it was told")
    in_path = in_paths(documents)
    named = [each for each in in_parameters(documents) if each.versions] or list(in_parameters(documents))
    if in_path is not None and (
        not named or (_in_most_paths(documents, in_path) and not _dated_below(in_path, named[0]))
    ):
        return in_path
    typed = in_media_types(documents)
    for each in (*named[:1], *([typed] if typed else [])):
        if versions := each.versions or taken_versions(looking, documents, each):
            return replace(each, versions=versions)
    listed = _listed(looking, documents)
    if listed is not None:
        return listed
    if len(found) == 1:
        return Carrier(kind="header", name=_UNREAD, versions=(_ONLY,), why="no place", guessed=True)
    raise PolicyError(
        shown,
        [
            (
                f"{shown}: no version was found in the paths, parameters or media types of {', '.join(each.place for each in found[:5])}: "
                "say where it stands, such as --carrier header:X-API-Version"
            )
        ],
    )


def _dated_below(in_path: Carrier, named: Carrier) -> bool:
    """Whether the one version in the paths stays, and dates in a header or parameter tell the versions apart: `/v1` and `Stripe-Version`."""
    dated = bool(named.versions) and all(re.fullmatch(_DATE + r"[A-Za-z.-]*", each) for each in named.versions)
    return len(in_path.versions) == 1 and dated


def _in_most_paths(documents: list[Mapping[str, Any]], carrier: Carrier) -> bool:
    """Whether at least half of the operations have the version of a path carrier; a few may be called so and mean something else."""
    before = [carrier.name.replace("{version}", version) for version in carrier.versions]
    paths = [path for document in documents for _, path, _, _ in operations(document)]
    return 2 * sum(any(path == each or path.startswith(f"{each}/") for each in before) for path in paths) >= len(paths)


def _listed(looking: Looking, documents: list[Mapping[str, Any]]) -> Carrier | None:
    """Where the service itself shows a version: a header of answers that names one, or a place where nonsense is refused."""
    versions = tuple(dict.fromkeys(version for each in documents if (version := info_version(each))))
    for path in [path for document in documents[:2] for path in list(plain_reads(document))[:3]]:
        answer = looking.get(path)
        for name, value in answer.headers if answer is not None else ():
            if is_version_name(name) or (ends_in_version(name) and re.fullmatch(_DATE, value.strip())):
                if not re.fullmatch(r"v?[\d.-]+", value.strip()) or is_release(looking, path, name, value.strip()):
                    continue
                alike = versions if value.strip() in versions else (value.strip(),)
                return Carrier(kind="header", name=name, versions=alike, why=f"{name} of an answer")
        if (found := reacts(looking, path)) is not None:
            where = Carrier(kind=found[0], name=found[1], versions=versions, why="an unknown version is refused there")
            if taken := answering(looking, path, where):
                return replace(where, versions=taken)
    return None


def by_version(looking: Looking, found: list[Published], where: Carrier) -> dict[str, Published]:
    """The document of each version: the one that has its paths, or that is given to who names it."""
    if where.kind != "path":
        for named in (_called, _naming, _numbered) if len(found) > 1 else (_called,):
            told = {version: each for each in found if (version := named(each, where)) is not None}
            if set(where.versions) <= told.keys():
                return {version: told[version] for version in where.versions}
        return {each.version: each for each in looking.of_versions(found[0], where)}
    chosen = {}
    for version in where.versions:
        part = where.name.replace("{version}", version)
        holds = [each for each in found if _count(each.document, part)]
        chosen[version] = max(holds, key=lambda each: (_count(each.document, part), -len(each.document["paths"])))
    return chosen


def _called(published: Published, _where: Carrier) -> str | None:
    """The version a document calls itself, or was asked for as."""
    return published.version or info_version(published.document)


def _naming(published: Published, where: Carrier) -> str | None:
    """The one version that a document names where versions stand; None where it names none, or several."""
    if where.kind == "accept":
        typed = in_media_types([published.document])
        named = typed.versions if typed is not None and typed.name == where.name else ()
    else:
        named = values_of([published.document], where.kind, where.name)
    return named[0] if len(named) == 1 else None


def _numbered(published: Published, where: Carrier) -> str | None:
    """The one version whose number is that of a document's release: `v2` of `2.1.0`."""
    number = re.match(r"v?(\d+)\.\d", info_version(published.document))
    alike = [each for each in where.versions if number is not None and each.removeprefix("v") == number[1]]
    return alike[0] if len(alike) == 1 else None


def _count(document: Mapping[str, Any], before: str) -> int:
    whole = [f"{server_path(document)}{path}" for path in document.get("paths", {})]
    return sum(path == before or path.startswith(f"{before}/") for path in whole)


def own_path(published: Published, where: Carrier, version: str) -> str:
    """The path of the operation that gives the document, as the document names it without the version; empty where it names none."""
    if not any((method, path) == ("GET", published.place) for method, path, _, _ in operations(published.document)):
        return ""
    before = where.name.replace("{version}", version) if where.kind == "path" else published.mount
    return published.place.removeprefix(before) if published.place.startswith(f"{before}/") else ""


def title(document: Mapping[str, Any]) -> str:
    """A document's title in one line; empty where there is none."""
    info = document.get("info")
    return " ".join(str(info.get("title", "")).split()) if isinstance(info, Mapping) else ""


def shown_carrier(carrier: Carrier) -> str:
    """A carrier in words."""
    return {"path": carrier.name, "accept": f"Accept ({carrier.name.partition(':')[2]})"}.get(
        carrier.kind, f"the {carrier.kind} {carrier.name}"
    )
