"""Tells the version of an API from the release of what serves it.

`info.version` of a document and a header of answers often name a package, or what a framework writes where nobody said anything: `0.1.0`.
A version of the API is what the place where versions stand takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.discovery.documented_versions import declaring, is_version
from pytest_apiversion.shell.discovery.looking import NONSENSE, answering, spelled
from pytest_apiversion.shell.discovery.refusals import plain_reads

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.shell.discovery.documented_versions import Carrier
    from pytest_apiversion.shell.discovery.looking import Looking

_TRIED = 4
"""Operations that are tried for one that answers, and for one that names the version, at most."""


def info_version(document: Mapping[str, Any]) -> str:
    """A document's `info.version`; empty where there is none. Of `2.3.1 (v2)`, as drf-spectacular writes it, the version that was asked for."""
    info = document.get("info")
    text = str(info.get("version", "")) if isinstance(info, Mapping) else ""
    asked = re.fullmatch(r"[^()]*\(([^()]+)\)", text)
    return asked[1] if asked and is_version(asked[1]) else text


def taken_versions(looking: Looking, documents: Sequence[Mapping[str, Any]], carrier: Carrier) -> tuple[str, ...]:
    """The versions of a carrier that no document gives values for.

    What documents call themselves, where it is taken or where all is; else what the service calls itself, or a neighbour of either that is
    taken; nothing where all of them are refused.
    """
    named = tuple(dict.fromkeys(filter(None, map(info_version, documents))))
    path = _reader(looking, documents, carrier)
    if path is None or _taken(looking, path, carrier, NONSENSE):
        return named
    if taken := tuple(each for each in named if _taken(looking, path, carrier, each)):
        return taken
    if said := next((each for each in _said(looking, documents) if _taken(looking, path, carrier, each)), ""):
        return (said,)
    near = answering(looking, path, replace(carrier, versions=named))
    return tuple(each for each in near if _taken(looking, path, carrier, each))


def is_release(looking: Looking, path: str, name: str, value: str) -> bool:
    """Whether a header of an answer names a release, and no version to ask for: three numbers, and whoever sends nonsense there gets the same."""
    if not re.fullmatch(r"v?\d+\.\d+\.\d+", value):
        return False
    answer = looking.get(path, headers=((name, NONSENSE),))
    return answer is not None and _is_success(answer) and answer.header(name) == value


def _reader(looking: Looking, documents: Sequence[Mapping[str, Any]], carrier: Carrier) -> str | None:
    """An operation that declares the carrier and answers without it."""
    for document in documents:
        told = {path for method, path in declaring(document, carrier.kind, carrier.name) if method == "GET"}
        reads = [path for path in plain_reads(document) if path in told]
        for path in reads[:_TRIED]:
            answer = looking.get(path)
            if answer is not None and _is_success(answer):
                return path
    return None


def _said(looking: Looking, documents: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What operations called `version` say, the shortest path first."""
    reads = [path for each in documents for path in plain_reads(each) if path.rstrip("/").endswith("/version")]
    for path in sorted(dict.fromkeys(reads), key=len)[:_TRIED]:
        answer = looking.get(path)
        said = answer.json if answer is not None and _is_success(answer) else None
        for value in said.values() if isinstance(said, dict) else [said]:
            if isinstance(value, str) and re.fullmatch(r"v?\d[\d.-]*", value):
                yield value


def _taken(looking: Looking, path: str, carrier: Carrier, version: str) -> bool:
    query, headers = spelled(carrier, version)
    answer = looking.get(path, query=query, headers=headers)
    return answer is not None and _is_success(answer)


def _is_success(answer: Response) -> bool:
    return 200 <= answer.status < 300  # noqa: PLR2004  RFC 9110 §15.3
