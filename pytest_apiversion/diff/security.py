"""Security requirements and security schemes of two operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pytest_apiversion.diff.document import Document, Node, escape
from pytest_apiversion.diff.left_out import left_out
from pytest_apiversion.diff.pair import Pair
from pytest_apiversion.diff.pairs import Ground

_ADDRESSES = ("authorizationUrl", "tokenUrl", "refreshUrl", "openIdConnectUrl", "deviceAuthorizationUrl")

_PORTS = {"http": 80, "https": 443}

_MOST = 300
"""Ways to be let in that are looked at."""

Way = dict[str, frozenset[str]]
"""One way to be let in: what each scheme is, and the scopes it needs."""


def compare_security(  # noqa: C901, PLR0912  one branch a case
    ground: Ground, pair: Pair, name: str, old: Node, new: Node
) -> None:
    """Compare what two operations ask for; a scheme's name means nothing, what it is does."""
    if ground.partial and (_hidden(ground.old, old) or _hidden(ground.new, new)):
        return
    known = _told_apart(ground, old, new)
    was, now = _ways(ground.old, old, known[0]), _ways(ground.new, new, known[1])
    at = {"place": f"{new.place}/security", "old_place": f"{old.place}/security", "label": name}
    renamed = _schemes(ground, pair, known)
    now = [{renamed.get(scheme, scheme): scopes for scheme, scopes in way.items()} for way in now]
    if {} in was and {} not in now:
        pair.say("security-added", after=" or ".join(map(_told, now)), **at)
        return
    if {} in now and {} not in was:
        pair.say("security-removed", before=" or ".join(map(_told, was)), **at)
        return
    if {} in was and {} in now and was != now and not any(now):
        pair.say("security-removed", before=" or ".join(map(_told, filter(None, was))), **at)
    refused = [way for way in was if not any(_lets_in(other, way) for other in now)]
    joined = _joined(refused, now)
    if joined is not None:
        pair.say("security-credentials-added", after=_told(joined), **at)
        refused = []
    for way in refused:
        near = next((other for other in now if other.keys() <= way.keys()), None)
        more = next((other for other in now if _lets_in(way, other)), None)
        if near is None and more is not None:
            pair.say("security-credentials-added", after=_told(more), **at)
        elif near is None:
            pair.say("security-alternative-removed", before=_told(way), **at)
        else:
            for scope in sorted({scope for scheme in near for scope in near[scheme] - way[scheme]}):
                pair.say("security-scope-added", after=scope, **at)
    for way in now:
        if any(_lets_in(way, other) and _lets_in(other, way) for other in was):
            continue
        near = next((other for other in was if other.keys() == way.keys()), None)
        if {} in was and {} in now:  # nobody had to, and nobody has to
            pair.say("security-alternative-added", after=_told(way), **at)
        elif near is None:
            if not any(_lets_in(other, way) for other in was) and any(
                _lets_in(other, one) for other in now for one in was
            ):
                pair.say("security-alternative-added", after=_told(way), **at)
        else:
            for scope in sorted({scope for scheme in way for scope in near[scheme] - way[scheme]}):
                pair.say("security-scope-removed", before=scope, **at)


def _joined(refused: list[Way], now: list[Way]) -> Way | None:
    """The one way to be let in that asks for the scopes of several old ones at once; None where there is none."""
    for way in now:
        near = [one for one in refused if one.keys() == way.keys()]
        lacking = {frozenset((scheme, scope) for scheme in way for scope in way[scheme] - one[scheme]) for one in near}
        if len(near) == len(refused) and len(lacking) > 1:
            return way
    return None


def _hidden(document: Document, operation: Node) -> bool:
    """Whether what an operation asks for was left out, or one of its schemes."""
    told = operation.raw.get("security", document.raw.get("security"))
    components = document.raw.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    if any(map(left_out, (told, components, schemes))):
        return True
    if any(map(left_out, _entries(document, operation))):
        return True
    return any(left_out(_scheme(document, name).raw) for entry in _entries(document, operation) for name in entry)


def _lets_in(way: Way, credentials: Way) -> bool:
    """Whether credentials that were enough for one way are enough for another."""
    return all(scheme in credentials and scopes <= credentials[scheme] for scheme, scopes in way.items())


def _ways(document: Document, operation: Node, known: Mapping[str, str]) -> list[Way]:
    ways = [
        {
            known[scheme]: frozenset(map(str, scopes)) if isinstance(scopes, list) else frozenset()
            for scheme, scopes in entry.items()
        }
        for entry in _entries(document, operation)
    ]
    return ways[:_MOST] or [{}]


def _told_apart(ground: Ground, old: Node, new: Node) -> tuple[dict[str, str], dict[str, str]]:
    """What each scheme that two operations name is.

    A name alone means nothing. But where one operation names two schemes that are alike, these are two: who has the credentials of the
    one need not have those of the other. So are two that both documents know, and that get their credentials in different places.
    """

    def named(document: Document, node: Node) -> dict[str, str]:
        return {name: _identity(document, name) for entry in _entries(document, node) for name in entry}

    known = named(ground.old, old), named(ground.new, new)
    alike: dict[str, tuple[set[str], set[str]]] = {}
    for side, names in enumerate(known):
        for name, identity in names.items():
            alike.setdefault(identity, (set(), set()))[side].add(name)
    for identity, (was, now) in alike.items():
        several = max(len(was), len(now)) > 1
        renamed = (was - now) | (now - was) if was - now and now - was else set[str]()
        for name in was | now:
            if (several and name not in renamed) or _elsewhere(ground, name, (was | now) - {name}):
                for names in known:
                    names.update({name: f"{identity} named {name}"} if names.get(name) == identity else {})
    return known


def _elsewhere(ground: Ground, name: str, others: set[str]) -> bool:
    """Whether both documents know a scheme and others of its kind, and none of these gives its credentials where it does."""

    def flows(of: str) -> list[dict[str, dict[str, Any]]]:
        return [_flows(_scheme(document, of).raw) for document in (ground.old, ground.new)]

    mine = flows(name)
    return all(mine) and bool(others) and all(all(flows(other)) and flows(other) != mine for other in others)


def _scheme(document: Document, name: str) -> Node:
    node = document.follow(document.target(f"#/components/securitySchemes/{escape(name)}"))
    return node if isinstance(node.raw, dict) else Node({}, node.place, name)


def _identity(document: Document, name: str) -> str:
    raw = _scheme(document, name).raw
    kind = raw.get("type")
    if kind == "apiKey":
        place = str(raw.get("in"))
        return f"apiKey in {place} {str(raw.get('name')).lower() if place == 'header' else raw.get('name')}"
    if kind == "http":
        return f"http {str(raw.get('scheme')).lower()}"
    return str(kind) if isinstance(kind, str) else f"`{name}`"


def _told(way: Way) -> str:
    return (
        " and ".join(f"{scheme} ({', '.join(sorted(scopes))})" if scopes else scheme for scheme, scopes in way.items())
        or "none"
    )


def _schemes(ground: Ground, pair: Pair, known: tuple[dict[str, str], dict[str, str]]) -> dict[str, str]:
    """Schemes of one name that both operations use: where their addresses are, and whether they are still what they were.

    Gives what each changed one was, by what it is: it is told once, and not again as a way in that was lost.
    """
    changed: dict[str, str] = {}
    for name in sorted(known[0].keys() & known[1].keys()):
        was, now = _scheme(ground.old, name), _scheme(ground.new, name)
        if was.raw == now.raw:
            continue
        at = {"place": now.place, "old_place": was.place, "label": name}
        before, after = _identity(ground.old, name), _identity(ground.new, name)
        if before != after:
            pair.say("security-scheme-changed", before=before, after=after, **at)
            changed[known[1][name]] = known[0][name]
            continue
        _compare_flows(pair, was, now, at)
    return changed


def _compare_flows(pair: Pair, was: Node, now: Node, at: dict[str, Any]) -> None:
    """Compare how the credentials of one scheme are given, and where, and whether it is deprecated."""
    flows = _flows(was.raw), _flows(now.raw)
    for flow in sorted(flows[0].keys() ^ flows[1].keys()) if flows[0] and flows[1] else ():
        pair.say(f"security-flow-{'removed' if flow in flows[0] else 'added'}", before=flow, after=flow, **at)
    places = [
        {(flow, key): url for flow in each if flow in other or not other for key, url in each[flow].items()}
        for each, other in (flows, flows[::-1])
    ]
    addresses = [
        " and ".join(sorted({str(url) for at, url in each.items() if other.get(at) != url})) or "no address"
        for each, other in (places, places[::-1])
    ]
    if places[0] != places[1]:
        pair.say("security-scheme-address-changed", before=addresses[0], after=addresses[1], **at)
    ends = [node.raw.get("deprecated") is True for node in (was, now)]
    if ends[0] != ends[1]:
        pair.say(f"security-scheme-{'deprecated' if ends[1] else 'reactivated'}", **at)


def _entries(document: Document, operation: Node) -> list[dict[str, Any]]:
    told = operation.raw.get("security", document.raw.get("security"))
    return [entry for entry in told if isinstance(entry, dict)] if isinstance(told, list) else []


def _flows(raw: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The ways in which a scheme gives credentials, and where; the one of OpenID Connect has no name."""
    flows = raw.get("flows")
    told = {
        kind: {key: _plain(flow[key]) for key in _ADDRESSES if key in flow}
        for kind, flow in (flows.items() if isinstance(flows, dict) else ())
        if isinstance(flow, dict)
    }
    told |= {"": {key: _plain(raw[key]) for key in _ADDRESSES if key in raw}} if "openIdConnectUrl" in raw else {}
    return told


def _plain(address: Any) -> Any:
    """An address in one spelling: the case of its scheme and host, and the port that goes without saying, mean nothing (RFC 3986, 6.2)."""
    try:
        told = urlsplit(str(address))
        port = "" if told.port in {None, _PORTS.get(told.scheme)} else f":{told.port}"
    except ValueError:
        return address
    host = f"[{told.hostname}]" if ":" in (told.hostname or "") else told.hostname or ""
    return (
        told._replace(netloc=host + port, path=told.path or "/").geturl()
        if host and "@" not in told.netloc
        else address
    )
