"""How a request to Aragora names its version: path, then header, then Accept, then the default. No state, no clock.

A carrier that names a version badly is answered as an error; a lower carrier never rescues it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.apps.kit import ApiError

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

ROOTS = frozenset(
    {
        *("debate", "debates", "agents", "leaderboard", "rankings", "auth", "user", "consensus", "metrics", "health"),
        *("users", "organizations", "webhooks", "system"),
    }
)
"""First path segments of every resource of every version: what an unversioned path may start with."""

_NUMBER = re.compile(r"0|[1-9][0-9]*")
_LOOKS_NUMBERED = re.compile(r"v?[.+-]?\d")

Bug = Callable[[str], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What a request asked for.

    Attributes:
        version: `v1` or `v2`.
        carrier: where it was named: `path`, `header`, `accept`, or `default` when nowhere.
        path: the path below the version, with its leading slash.
    """

    version: str
    carrier: str
    path: str


def select(request: Request, *, known: frozenset[str], bug: Bug) -> Selection:
    """The version a request asks for.

    Raises:
        ApiError: 404 NOT_FOUND outside `/api/`, 404 UNKNOWN_VERSION and 400 INVALID_VERSION for the path, 400 with
            either code for the header and the media type parameter.
    """
    if not request.path.startswith("/api/"):
        raise ApiError(404, "NOT_FOUND", "nothing is served outside /api/")
    below = request.path.removeprefix("/api")
    first, _, rest = below.removeprefix("/").partition("/")
    header = request.headers.get("X-API-Version")
    if _names_version(first, rest):
        if bug("conflict-refused") and header and f"v{header}" != first:
            raise ApiError(400, "INVALID_VERSION", "the path names one API version and the header another")
        if bug("header-beats-path") and header:
            return Selection(version=_from_token(header, known, bug), carrier="header", path=f"/{rest}")
        try:
            return Selection(version=_from_segment(first, known, bug), carrier="path", path=f"/{rest}")
        except ApiError:
            if not (bug("path-unknown-falls-through") and header):
                raise
            below = f"/{rest}"
    version, carrier = _below_path(header, _accepted_version(request.headers.get("Accept", ""), bug), known, bug)
    return Selection(version=version, carrier=carrier, path=below)


def _below_path(header: str | None, accept: str | None, known: frozenset[str], bug: Bug) -> tuple[str, str]:
    """The version and its carrier when the path names none."""
    if (bug("accept-beats-header") and accept is not None) or (bug("header-empty-accepted") and header == ""):
        header = None
    if bug("header-unknown-falls-through") and header and _NUMBER.fullmatch(header) and f"v{header}" not in known:
        header = None
    if header is not None:
        return _from_token(header, known, bug), "header"
    if accept is not None and bug("accept-unknown-ignored") and f"v{accept}" not in known:
        return "v2", "accept"
    if accept is not None:
        return _from_token(accept, known, bug), "accept"
    if bug("default-refused"):
        raise ApiError(400, "VERSION_REQUIRED", "name an API version")
    return "v2" if bug("default-is-v2") else "v1", "default"


def _names_version(first: str, rest: str) -> bool:
    """Whether the first segment is meant as a version: it looks numbered, or it stands in front of a resource."""
    plain = unicodedata.normalize("NFKC", first).strip().casefold()
    if plain == "v" or _LOOKS_NUMBERED.match(plain):
        return True
    return first not in ROOTS and rest.partition("/")[0] in ROOTS


def _from_segment(segment: str, known: frozenset[str], bug: Bug) -> str:
    """The version of a path segment such as `v2`."""
    if bug("path-uppercase-accepted"):
        segment = segment.replace("V", "v", 1)
    if bug("path-leading-zero-accepted"):
        segment = re.sub(r"^v0+(?=[1-9])", "v", segment)
    if bug("path-unicode-digit-accepted"):
        segment = unicodedata.normalize("NFKC", segment)
    if bug("undeclared-v3-answers") and segment == "v3":
        segment = "v2"
    if not (segment.startswith("v") and _NUMBER.fullmatch(segment[1:])):
        status = 500 if bug("path-malformed-500") else 404 if bug("path-malformed-404") else 400
        raise ApiError(status, "INVALID_VERSION", "a version in the path is written v1, v2")
    if segment not in known:
        status = 400 if bug("path-unknown-400") else 404
        code = "INVALID_VERSION" if bug("path-unknown-wrong-code") else "UNKNOWN_VERSION"
        raise ApiError(status, code, "there is no such API version")
    return segment


def _from_token(token: str, known: frozenset[str], bug: Bug) -> str:
    """The version of a number such as `2`, as the header and the media type parameter write it."""
    if bug("header-v-spelling-accepted"):
        token = token.removeprefix("v")
    if not _NUMBER.fullmatch(token):
        raise ApiError(400, "INVALID_VERSION", "a version in a header is a plain number such as 2")
    if f"v{token}" not in known:
        raise ApiError(404 if bug("header-unknown-404") else 400, "UNKNOWN_VERSION", "there is no such API version")
    return f"v{token}"


def _accepted_version(header: str, bug: Bug) -> str | None:
    """The `version` parameter of the preferred `application/json` range, `""` when it is repeated, None without one."""
    if bug("accept-parameter-by-substring"):
        found = re.search(r"version=([^;,\s]*)", header)
        return found.group(1) if found else None
    best: tuple[float, str] | None = None
    for media_range in _split(header, ","):
        kind, *parameters = _split(media_range, ";")
        if kind.lower() != "application/json":
            continue
        values, quality = [], 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "version":
                values.append(value if name == name.strip() else "")
            elif name.strip().lower() == "q":
                quality = _quality(value)
                break
        if not values or quality <= 0:
            continue
        version = _unquote(values[0]) if len(values) == 1 else ""
        if bug("accept-quoted-ignored") and '"' in values[0]:
            continue
        if best is None or quality > best[0]:
            best = (quality, version)
    return best[1] if best else None


def _split(text: str, separator: str) -> Iterator[str]:
    """The parts of a header value between separators that stand outside quotes, without the space around them."""
    start, quoted, escaped = 0, False, False
    for position, character in enumerate(text):
        if escaped:
            escaped = False
        elif quoted and character == "\\":
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif character == separator and not quoted:
            yield text[start:position].strip(" \t")
            start = position + 1
    yield text[start:].strip(" \t")


def _quality(value: str) -> float:
    """A weight between 0 and 1; one that cannot be read counts as 1."""
    return float(value) if re.fullmatch(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?", value) else 1.0


def _unquote(value: str) -> str:
    """A parameter value without the quotes of a quoted string."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value
