"""Asks a service what it is, with `GET` and `OPTIONS` only, and not without end."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urljoin

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.http.link_header import parts
from pytest_apiversion.core.http.media_ranges import parameter_value
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.shell.comparison.sources import held
from pytest_apiversion.shell.discovery.documented_versions import Carrier, below, is_version_name, ordered
from pytest_apiversion.shell.discovery.given_keys import challenge_of
from pytest_apiversion.shell.discovery.usual_places import PAGES, PLACES

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Pairs
    from pytest_apiversion.shell.transport.sender import Transport

MOST = 400
"""Requests of one look, at most."""
_WORD = re.compile(r"""["'(]([^"'()\s<>]++)(?=["')])""")
"""What stands in quotes or parentheses, without white space."""
_LINK = re.compile(r"openapi|swagger|schema|api-docs|\.(?:json|ya?ml)(?:\?|$)", re.IGNORECASE)
"""What the place of a document holds."""
_LONGEST = 400
"""Characters of a link."""
_WITHIN = re.compile(r'"swaggerDoc"\s*:\s*(?=\{)')
"""Where swagger-ui-express puts the whole document."""
_SCRIPT = "swagger-ui-init.js"
"""The script beside its page."""
_VERSION = re.compile(r"[?&]((?:api[-_]?)?version)=([\w.-]{1,40})", re.IGNORECASE)
_PAGE = 300_000
"""Characters of a page that are read."""
_FOLLOWED = 12
"""Links of a page that are followed."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""RFC 9110 §15.4."""
_HTML = ("Accept", "text/html")
ACCEPT = ("Accept", "application/vnd.oai.openapi+json, application/json, application/yaml;q=0.9, */*;q=0.5")


@dataclass(frozen=True, kw_only=True)
class Published:
    """A document that the service publishes, or that was given.

    Attributes:
        place: Its path, or the name of its file.
        document: The document, its server as the service has it.
        version: The version it was asked for by name; empty where none was.
        mount: What its application is mounted at, as far as its own servers do not say so.
        original: The document as it was published, where that is another.
    """

    place: str
    document: Mapping[str, Any]
    version: str = ""
    mount: str = ""
    original: Mapping[str, Any] | None = None

    @property
    def published(self) -> Mapping[str, Any]:
        """The document as it was published."""
        return self.document if self.original is None else self.original


@dataclass(kw_only=True)
class Looking:
    """Asks one service.

    Attributes:
        transport: Sends one request.
        key: Headers and query parameters that are sent with each request: a credential of the environment.
        asked: How many requests left.
        unauthorized: How many of them got 401.
        host: The host and port of the service, as redirects to itself name it.
        offered: By what a 401 asks for, the credential that is sent from then on, while there is no key.
        challenge: What the first 401 asked for that it could be offered for; empty where none did.
        opened: What was offered; empty where nothing was.
    """

    transport: Transport
    key: tuple[tuple[str, str, str], ...] = ()
    asked: int = 0
    unauthorized: int = 0
    host: str = ""
    offered: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    challenge: str = ""
    opened: str = ""
    _known: dict[Request, Response | None] = field(default_factory=dict)

    def get(self, path: str, *, query: Pairs = (), headers: Pairs = (), method: str = "GET") -> Response | None:
        """The answer to a request, or None where none came, or too many were sent.

        Raises:
            ServiceUnreachable: Nobody is there.
        """
        named = tuple((name, value) for kind, name, value in self.key if kind == "header")
        asked = tuple((name, value) for kind, name, value in self.key if kind == "query")
        request = Request(method=method, path=path or "/", query=(*query, *asked), headers=(*named, *headers))
        if request not in self._known:
            if self.asked >= MOST:
                return None
            self.asked += 1
            answer = self.transport.send(request)
            self._known[request] = answer if isinstance(answer, Response) else None
            if isinstance(answer, Response) and answer.status == 401:  # noqa: PLR2004  RFC 9110 §15.5.2
                self.unauthorized += 1
                self.challenge = self.challenge or challenge_of(answer)
                if not self.key and self.challenge in self.offered:
                    self.opened, self.key = self.challenge, (self.offered[self.challenge],)
                    return self.get(path, query=query, headers=headers, method=method)
        return self._known[request]

    def document(self, path: str, *, query: Pairs = (), headers: Pairs = ()) -> Mapping[str, Any] | None:
        """The OpenAPI document at a place, if it is one."""
        accepts = () if any(name == "Accept" for name, _ in headers) else (ACCEPT,)
        answer = self.get(path, query=query, headers=(*accepts, *headers))
        if answer is None or answer.status != 200 or not answer.body:  # noqa: PLR2004  RFC 9110 §15.3.1
            return None
        try:
            found = held(_within(answer) if path.endswith(_SCRIPT) else answer.body, path)[0]
        except PolicyError:
            return None
        return found if ("openapi" in found or "swagger" in found) and isinstance(found.get("paths"), Mapping) else None

    def documents(self, folder: str = "") -> Iterator[Published]:
        """The documents at the usual places below a folder, where those are redirected to, and where pages for people lead, each once."""
        seen: list[Mapping[str, Any]] = []
        usual = ((folder + place, (), "") for place in PLACES)
        for place, query, version in chain(usual, self._moved(folder), self._linked(folder)):
            found = self.document(place, query=query)
            if found is not None and found not in seen:
                seen.append(found)
                yield Published(place=place, document=found, version=version)

    def _moved(self, folder: str) -> Iterator[tuple[str, Pairs, str]]:
        """Paths and queries in the service that the usual places are redirected to, each path once: a page to log in would come back for each."""
        found: dict[str, Pairs] = {}
        for place in PLACES:
            path, query = self.onward(folder + place, ACCEPT)
            found.setdefault(path, query)
        yield from ((path, query, "") for path, query in found.items() if path)

    def onward(self, path: str, accept: tuple[str, str]) -> tuple[str, Pairs]:
        """The path and query in the service that a path is redirected to; an empty path where it is not."""
        answer = self.get(path, headers=(accept,))
        where = answer.header("location") if answer is not None and answer.status in _REDIRECTS else None
        url = parts(urljoin(f"http://here{path}", where)) if where and len(where) <= _LONGEST and parts(where) else None
        return (url.path, tuple(parse_qsl(url.query))) if url and url.netloc in {"here", self.host} else ("", ())

    def _linked(self, folder: str) -> Iterator[tuple[str, Pairs, str]]:
        """Paths and queries that pages for people lead to, each with the version that the query names."""
        found: dict[tuple[str, Pairs, str], None] = {}
        for place in PAGES:
            path, query = self.onward(folder + place, _HTML)
            page = path or folder + place
            answer = self.get(page, query=query, headers=(_HTML,))
            if answer is None or "html" not in (answer.header("content-type") or ""):
                continue
            text = answer.text[:_PAGE]
            words = (word for word in dict.fromkeys(_WORD.findall(text)) if len(word) <= _LONGEST)
            for link in islice(filter(_LINK.search, words), _FOLLOWED):
                url = parts(urljoin(f"http://here{page}", link)) if parts(link) else None
                if (
                    url
                    and url.netloc in {"here", (answer.header("host") or "here")}
                    and (url.path.endswith(_SCRIPT) or not url.path.endswith((".js", ".css", ".png")))
                ):
                    query = tuple(parse_qsl(url.query))
                    found[url.path, query, next((value for name, value in query if is_version_name(name)), "")] = None
            for name, version in dict.fromkeys(_VERSION.findall(text)):
                found |= dict.fromkeys((f"{folder}{place}", ((name, version),), version) for place in PLACES[:1])
        yield from found

    def of_versions(self, published: Published, carrier: Carrier) -> list[Published]:
        """The document of each version, where the service gives another one to who names it."""
        found = []
        for version in ordered(carrier.versions):
            query, headers = spelled(carrier, version)
            at = published.place if published.place.startswith("/") else None
            document = self.document(at, query=query, headers=headers) if at else None
            for name in ("version", "api-version", "api_version") if at and document is None else ():
                document = document or self.document(published.place, query=((name, version),))
            found.append(
                replace(published, version=version)
                if document is None
                else replace(published, version=version, document=below(document, published.mount), original=document)
            )
        return found


def _within(answer: Response) -> bytes:
    """The document within a script; empty where there is none."""
    begin = _WITHIN.search(answer.text)
    try:
        return json.dumps(json.JSONDecoder().raw_decode(answer.text, begin.end())[0]).encode() if begin else b""
    except (ValueError, RecursionError):
        return b""


def spelled(carrier: Carrier, version: str) -> tuple[Pairs, Pairs]:
    """The query and the headers that name a version in a carrier other than the path."""
    if carrier.kind == "header":
        return (), ((carrier.name, version),)
    if carrier.kind == "query":
        return ((carrier.name, version),), ()
    if carrier.kind == "accept":
        how, _, name = carrier.name.partition(":")
        named = f"application/json; {name}={parameter_value(version)}"
        text = named if how == "parameter" else name.replace("{version}", version)
        return (), (("Accept", text),)
    return (), ()


_NEIGHBOURS = 5
"""First numbers of versions that are tried, at least."""
NONSENSE = "99999.99999"
"""A version that nobody has, of any kind."""
_NOBODYS = "av-nothing"
"""A header, parameter or parameter of a media type that nobody reads."""
_TRIED = {
    "header": ("X-API-Version", "API-Version", "Accept-Version", "X-Version", "Version"),
    "query": ("version", "api-version", "api_version", "v"),
    "accept": ("parameter:version", "parameter:v", "parameter:api-version"),
}
"""Carriers that are tried where no document names one."""


def answering(looking: Looking, path: str, carrier: Carrier) -> tuple[str, ...]:
    """The versions that a carrier takes which refuses those that nobody has: what documents name, shorter forms of it, and their neighbours."""

    def taken(version: str) -> bool:
        query, headers = spelled(carrier, version)
        answer = looking.get(path, query=query, headers=headers)
        return answer is not None and 200 <= answer.status < 300  # noqa: PLR2004  RFC 9110 §15.3

    named = [each for each in carrier.versions if taken(each)]
    forms = dict.fromkeys(form for each in carrier.versions or ("1.0.0",) for form in _shorter(each))
    first = named or [each for each in forms if taken(each)][:1]
    near = dict.fromkeys(version for each in first for version in _neighbours(each))
    return tuple(dict.fromkeys([*first, *filter(taken, near)])) or carrier.versions


def _shorter(version: str) -> Iterator[str]:
    numbers = re.findall(r"\d+", version)
    if numbers and not re.match(r"v?\d{4}-\d{2}", version):
        yield from (".".join([*numbers, "0"][:2]), numbers[0], f"v{numbers[0]}")


def _neighbours(version: str) -> Iterator[str]:
    """Versions of the same form: other first numbers, and the last one a step up and down; none of a date."""
    found = re.fullmatch(r"(v?)(\d{1,3})((?:\.\d{1,3})*)", version)
    if found is None:
        return
    for number in range(1, max(_NEIGHBOURS, int(found[2]) + 2)):
        yield f"{found[1]}{number}{re.sub(r'[0-9]+', '0', found[3])}"
    if found[3]:
        before, _, last = version.rpartition(".")
        yield from (f"{before}.{number}" for number in (int(last) - 1, int(last) + 1) if number >= 0)


def reacts(looking: Looking, path: str) -> tuple[str, str] | None:
    """The kind and name of a carrier in which a nonsensical version is refused, though a nonsensical carrier is not; None where none is."""

    def status(kind: str, name: str) -> int:
        query, headers = spelled(Carrier(kind=kind, name=name, versions=(), why=""), NONSENSE)
        answer = looking.get(path, query=query, headers=headers)
        return answer.status if answer is not None else 0

    plain = looking.get(path)
    if plain is None or not 200 <= plain.status < 300:  # noqa: PLR2004  RFC 9110 §15.3
        return None
    for kind, names in _TRIED.items():
        control = f"parameter:{_NOBODYS}" if kind == "accept" else _NOBODYS
        if status(kind, control) != plain.status:
            continue
        for name in names:
            if 400 <= status(kind, name) < 500:  # noqa: PLR2004  RFC 9110 §15.5
                return kind, name
    return None
