"""What OpenAPI documents say of versions: in paths, parameters, media types. Pure: documents in, guesses out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from pytest_apiversion.core.contracts.servers import first_server, path_of_base, path_of_server
from pytest_apiversion.core.json.choices import choices

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SEGMENT = re.compile(r"v\d{1,4}(\.\d{1,4}){0,2}((alpha|beta|rc)\d*)?|\d{4}-\d{2}(-\d{2})?|\d{1,3}\.\d{1,3}(\.\d{1,3})?")
"""A path segment that looks like a version."""
_VENDOR = re.compile(r"application/vnd\.[A-Za-z0-9._-]*[._-]")
NAMES = frozenset(
    {
        *("apiversion", "xapiversion", "version", "xversion", "acceptversion", "apiver", "v", "xapiver", "apirevision"),
        *("xmsversion", "xmsapiversion", "notionversion", "stripeversion", "squareversion", "xgithubapiversion"),
    }
)
"""Names of headers and parameters that carry a version, in lower case and letters only."""
OTHERS = frozenset(
    {
        *("agent", "app", "application", "browser", "build", "client", "content", "data", "document"),
        *("engine", "entity", "firmware", "framework", "from", "http", "if", "item", "lib", "library", "max"),
        *("min", "mobile", "model", "object", "os", "package", "platform", "plugin", "product", "protocol"),
        *("record", "release", "resource", "row", "runtime", "schema", "sdk", "server", "software"),
        *("to", "tls"),
    }
)
"""Words before `version` in the names of what is not the API's version, but that of something else."""
_DEEPEST = 3
"""Segments before a version, at most."""
SCHEMES = (
    ("vN", r"v\d+"),
    ("integer", r"\d+"),
    ("date", r"\d{4}-\d{2}-\d{2}(-preview)?"),
    ("month", r"\d{4}-\d{2}"),
    ("semver", r"\d+\.\d+\.\d+"),
    ("major.minor", r"\d+\.\d+"),
    ("kubernetes", r"v\d+((alpha|beta)\d+)?"),
)
"""The first scheme whose pattern all versions fit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Carrier:
    """Where a version seems to stand.

    Attributes:
        kind: `path`, `header`, `query` or `accept`.
        name: The template of a path, the name of a header or parameter, the template or parameter of a media type.
        versions: The versions that were named there, as they were found.
        why: Where that was seen.
        guessed: Whether no version was seen anywhere, so that all of the service is taken for one, named where nothing reads it.
    """

    kind: str
    name: str
    versions: tuple[str, ...]
    why: str
    guessed: bool = False


def operations(
    document: Mapping[str, Any],
) -> Iterator[tuple[str, str, Mapping[str, Any], Sequence[Mapping[str, Any]]]]:
    """Each operation's method, whole path (with what the servers put before it), object and parameters, references followed."""
    before = server_path(document)
    paths = document.get("paths")
    for path, item in paths.items() if isinstance(paths, Mapping) else ():
        if not isinstance(item, Mapping):
            continue
        for method in METHODS:
            operation = item.get(method)
            if isinstance(operation, Mapping):
                both = [*_listed(item.get("parameters")), *_listed(operation.get("parameters"))]
                parameters = [found for each in both if _is_parameter(found := followed(document, each))]
                yield method.upper(), f"{before}{path}", operation, parameters


def _listed(value: Any) -> Sequence[Any]:
    """A list; an empty one where there is another value in its place."""
    return value if isinstance(value, list | tuple) else ()


def _is_parameter(value: Any) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("name"), str) and isinstance(value.get("in"), str)


def server_url(document: Mapping[str, Any]) -> str:
    """The address of the document's first server, as it writes it; empty where it names none."""
    return str((first_server(document.get("servers")) or {}).get("url") or "")


def server_path(document: Mapping[str, Any]) -> str:
    """The path of the document's first server, without a slash at its end."""
    if isinstance(document.get("basePath"), str):
        return path_of_base(document)
    return path_of_server(first_server(document.get("servers")) or {})


def below(document: Mapping[str, Any], mount: str) -> Mapping[str, Any]:
    """The document with a path before that of its servers."""
    if not mount:
        return document
    path = f"{mount}{server_path(document)}"
    return {**document, "basePath": path} if "swagger" in document else {**document, "servers": [{"url": path}]}


def followed(document: Mapping[str, Any], value: Any) -> Any:
    """What a local reference leads to; the value itself where it is none."""
    for _ in range(8):
        if not isinstance(value, Mapping) or not isinstance(value.get("$ref"), str):
            return value
        found: Any = document
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(found, Mapping) else None
        value = found
    return value


def in_paths(documents: Iterable[Mapping[str, Any]]) -> Carrier | None:
    """The version in the paths: the place before which most operations have it."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for _, path, _, _ in operations(document):
            parts = path.strip("/").split("/")
            for position, part in enumerate(parts[: _DEEPEST + 1]):
                if SEGMENT.fullmatch(part) and not any("{" in each for each in parts[:position]):
                    found["/".join(["", *parts[:position], "{version}"])][part] += 1
                    break
    if not found:
        return None
    template, counted = max(found.items(), key=lambda each: sum(each[1].values()))
    return Carrier(kind="path", name=template, versions=tuple(counted), why="the paths of the document")


def in_parameters(documents: Iterable[Mapping[str, Any]]) -> Iterator[Carrier]:
    """Headers and query parameters that most operations have and that are called like a version.

    `Shop-Version` is, too, where all values it names are versions, and a header where it names none.
    """
    found: dict[tuple[str, str], tuple[int, dict[str, None], dict[str, None]]] = {}
    total = 0
    for document in documents:
        for _, _, _, parameters in operations(document):
            total += 1
            for each in parameters:
                kind, name = each["in"], each["name"]
                if kind in {"header", "query"} and (
                    is_version_name(name) or (ends_in_version(name) and _names_versions(document, each))
                ):
                    count, values, every = found.get((kind, name), (0, {}, {}))
                    values |= dict.fromkeys(_versions_of(document, each))
                    every |= dict.fromkeys(_values(document, each))
                    found[kind, name] = count + 1, values, every
    for (kind, name), (count, values, every) in found.items():
        if count * 2 >= total:
            more = ", ".join(each for each in every if each not in values)
            told = f", which names {more} too, without a document" if more else ""
            why = f"a parameter of the document's operations{told}"
            yield Carrier(kind=kind, name=name, versions=tuple(values), why=why)


def values_of(documents: Iterable[Mapping[str, Any]], kind: str, name: str) -> tuple[str, ...]:
    """The versions that documents name in a header or query parameter of this name."""
    found = dict[str, None]()
    for document in documents:
        for _, _, _, parameters in operations(document):
            for each in parameters:
                if each["in"] == kind and each["name"].lower() == name.lower():
                    found |= dict.fromkeys(_versions_of(document, each))
    return tuple(found)


def declaring(document: Mapping[str, Any], kind: str, name: str) -> Iterator[tuple[str, str]]:
    """Method and whole path of the operations that declare a header or query parameter of this name."""
    for method, path, _, parameters in operations(document):
        if any(each["in"] == kind and each["name"].lower() == name.lower() for each in parameters):
            yield method, path


def _names_versions(document: Mapping[str, Any], parameter: Mapping[str, Any]) -> bool:
    values = list(_values(document, parameter))
    return all(is_version(each) for each in values) if values else parameter.get("in") == "header"


def _versions_of(document: Mapping[str, Any], parameter: Mapping[str, Any]) -> list[str]:
    """The values of a parameter that the document is about: all that may be given, or, of examples, its own version where that is one."""
    schema, values = followed(document, parameter.get("schema", parameter)), list(_values(document, parameter))
    listed = any(choices(document, each) for each in (schema, parameter))
    info = document.get("info")
    own = str(info.get("version", "")) if isinstance(info, Mapping) else ""
    return [own] if own in values and not listed else values


def _values(document: Mapping[str, Any], parameter: Mapping[str, Any]) -> Iterator[str]:
    schema = followed(document, parameter.get("schema", parameter))
    for holder in (schema, parameter):
        if isinstance(holder, Mapping):
            yield from (str(each) for each in choices(document, holder) or () if each not in (None, ""))
            yield from (str(holder[key]) for key in ("default", "example") if holder.get(key) not in (None, ""))
            yield from (str(each) for each in _listed(holder.get("examples")))
    named = parameter.get("examples")
    for each in named.values() if isinstance(named, Mapping) else ():
        example = followed(document, each)
        if isinstance(example, Mapping) and example.get("value") not in (None, ""):
            yield str(example["value"])


def is_version_name(name: str) -> bool:
    """Whether a header or parameter is called like a version."""
    return "".join(filter(str.isalpha, name.lower())) in NAMES


def ends_in_version(name: str) -> bool:
    """Whether a header or parameter is called the version of something that may be the API: `Shop-Version`, `acme_api_version`."""
    words = [each.lower() for each in re.findall(r"[A-Za-z][a-z]*|[A-Z]+", name)]
    return len(words) > 1 and words[-1] == "version" and OTHERS.isdisjoint(words)


def is_version(text: str) -> bool:
    """Whether a text looks like a version, a whole number included."""
    return (
        SEGMENT.fullmatch(text) is not None or re.fullmatch(r"\d{1,4}|v?\d{4}-\d{2}-\d{2}[A-Za-z.-]*", text) is not None
    )


def in_media_types(documents: Iterable[Mapping[str, Any]]) -> Carrier | None:
    """The version in the media types of answers: a parameter, or a part of a vendor's type."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for document in documents:
        for _, _, operation, _ in operations(document):
            responses = operation.get("responses")
            for response in responses.values() if isinstance(responses, Mapping) else ():
                content = followed(document, response)
                content = content.get("content") if isinstance(content, Mapping) else None
                for media_type in content if isinstance(content, Mapping) else ():
                    told = version_of_media_type(str(media_type))
                    if told is not None:
                        found[told[:2]][told[2]] = None
    if not found:
        return None
    (how, name), versions = max(found.items(), key=lambda each: len(each[1]))
    return Carrier(
        kind="accept", name=f"{how}:{name}", versions=tuple(versions), why="the media types of the document's answers"
    )


def version_of_media_type(text: str) -> tuple[str, str, str] | None:
    """How a media type carries a version (`parameter` or `template`), the name of either, and the version; None where it does not."""
    whole, *parameters = (part.strip() for part in text.split(";"))
    for each in parameters:
        name, _, value = each.partition("=")
        if is_version_name(name.strip()):
            return "parameter", name.strip(), value.strip().strip('"')
    name, plus, suffix = whole.partition("+")
    stem = name.rstrip("0123456789.")
    pieces = name.removeprefix(stem).split(".")
    numbers = [*takewhile(bool, reversed(pieces))][::-1]
    letter = "v" if stem.endswith((".v", "_v", "-v")) and numbers == pieces else ""
    numbers = numbers[numbers == pieces and not letter and not stem.endswith(("_", "-")) :]  # `acme2` is a name
    version = letter + ".".join(numbers)
    stem = name.removesuffix(version)
    fits = numbers and _VENDOR.fullmatch(stem) and (not plus or re.fullmatch("[a-z]+", suffix))
    return ("template", f"{stem}{{version}}{plus}{suffix}", version) if fits else None


def scheme_of(versions: Iterable[str]) -> str:
    """The scheme that all versions fit; `opaque` where none does."""
    names = list(versions)
    return next((name for name, pattern in SCHEMES if all(re.fullmatch(pattern, each) for each in names)), "opaque")


def ordered(versions: Iterable[str]) -> list[str]:
    """Versions, the oldest first, as numbers in their texts have it."""

    def numbers(version: str) -> list[tuple[int, str]]:
        found = (part.lstrip("0") for part in re.findall(r"\d+", version))
        return [(len(part), part) for part in found]  # which Python does not read where there are thousands of digits

    return sorted(set(versions), key=numbers)
