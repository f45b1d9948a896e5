"""The operations of two documents, and which of one is which of the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pytest_apiversion.core.contracts.servers import first_server, path_of_server, paths_of_servers
from pytest_apiversion.diff.document import Document, Node, escape
from pytest_apiversion.diff.left_out import left_out

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_ENCODED = re.compile(r"""%[0-9A-Fa-f]{2}|[^\x21-\x7e]|["<>\\^`|]""")
_VERSION = re.compile(r"v\d+([._-]\d+)*([a-z]+\d*)?|\d+(\.\d+)+|\d{4}-\d{2}-\d{2}", re.ASCII | re.IGNORECASE)


class Operation(NamedTuple):
    """An operation of one document.

    Attributes:
        method: Upper case.
        template: Its path, as written.
        prefix: The path of its server, without a slash at the end.
        item: Its path item.
        node: The operation itself.
    """

    method: str
    template: str
    prefix: str
    item: Node
    node: Node

    @property
    def key(self) -> str:
        """`METHOD /template`."""
        return f"{self.method} {self.template}"


def operations_of(document: Document, liked: frozenset[str] = frozenset()) -> list[Operation]:
    """Every operation of a document, in its order.

    Args:
        document: The document.
        liked: Paths of servers to be taken before the first, in which order servers stand meaning nothing.
    """
    paths = document.raw.get("paths")
    found: list[Operation] = []
    for template, part in paths.items() if isinstance(paths, dict) else ():
        if not template.startswith("x-"):
            rooted = template if template.startswith("/") else f"/{template}"
            item = item_of(document, Node(part, f"/paths/{escape(template)}", rooted))
            found.extend(
                Operation(
                    method=method, template=rooted, prefix=_prefix(document, liked, node, item), item=item, node=node
                )
                for method, node in methods_of(item)
            )
    return found


def lost_paths(document: Document, versions: frozenset[str]) -> frozenset[str] | None:
    """The paths, without version and names of parameters, of which what stands there was left out; None where any may be of them."""
    paths = document.raw.get("paths")
    if left_out(paths) or (paths is None and left_out(document.raw)):
        return None
    return frozenset(
        unversioned(shape(template), versions)
        for template, part in (paths.items() if isinstance(paths, dict) else ())
        if left_out(document.follow(Node(part, "", "")).raw)
    )


def item_of(document: Document, node: Node) -> Node:
    """A path item, the reference in it followed; what stands beside the reference wins."""
    target = document.follow(node)
    if isinstance(node.raw, dict) and isinstance(target.raw, dict) and target is not node and len(node.raw) > 1:
        return Node(
            {**target.raw, **{key: part for key, part in node.raw.items() if key != "$ref"}}, target.place, node.label
        )
    return Node(target.raw if isinstance(target.raw, dict) else {}, target.place, node.label)


def methods_of(item: Node) -> Iterator[tuple[str, Node]]:
    """The operations of a path item, by method."""
    for method in METHODS:
        if isinstance(item.raw.get(method), dict):
            yield method.upper(), Node(item.raw[method], f"{item.place}/{method}", item.label)
    more = item.raw.get("additionalOperations")
    for method, part in more.items() if isinstance(more, dict) else ():
        if isinstance(part, dict):
            yield method, Node(part, f"{item.place}/additionalOperations/{escape(method)}", item.label)


class Servers(NamedTuple):
    """The servers of an operation: its own, those of its path item, or those of the document.

    Attributes:
        place: Where they stand; `/servers` where nobody lists any.
        paths: Their paths, of each server the default one first, and then with each value of its variables.
    """

    place: str
    paths: tuple[str, ...]


def servers_of(document: Document, item: Node, node: Node) -> Servers:
    """The servers of an operation, of which there is one at `/` where nobody lists any (OpenAPI, OpenAPI Object)."""
    for holder in (node, item, Node(document.raw, "", "")):
        servers = holder.raw.get("servers")
        if first_server(servers) is not None:
            if id(servers) not in document.served:
                usual = [path_of_server(server) for server in servers if isinstance(server, dict)]
                document.served[id(servers)] = tuple(dict.fromkeys((*usual, *paths_of_servers(servers))))
            return Servers(f"{holder.place}/servers", document.served[id(servers)])
    return Servers("/servers", ("",))


def served_paths(document: Document) -> frozenset[str]:
    """The paths of all servers of a document's operations."""
    return frozenset(path for one in operations_of(document) for path in servers_of(document, one.item, one.node).paths)


def _prefix(document: Document, liked: frozenset[str], node: Node, item: Node) -> str:
    """The path of the first server, or of the first one with a path that is liked."""
    found = servers_of(document, item, node).paths
    return next((path for path in found if path in liked), found[0])


def shape(path: str) -> str:
    """A path without the names of its parameters, and in one spelling (RFC 3986, 6.2.2): what need not be encoded is not."""
    bare = re.sub(r"\{[^{}]*\}", "{}", path)
    return _ENCODED.sub(_spelled, bare)


def _spelled(found: re.Match[str]) -> str:
    text = found[0]
    if not text.startswith("%"):
        return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))
    plain = chr(int(text[1:], 16))
    return plain if plain.isascii() and (plain.isalnum() or plain in "-._~") else text.upper()


def unversioned(path: str, versions: frozenset[str] = frozenset()) -> str:
    """A path without the segments that name a version: those that look like one, and those of a policy."""
    return "/".join(part for part in path.split("/") if not _names_version(part, versions))


def without_version(name: Any, one: Operation, versions: frozenset[str] = frozenset()) -> Any:
    """An operationId or a tag, in capitals, less the version in the operation's own path: generators write `/v1/things` into it as `v1_things_list`."""
    if not isinstance(name, str):
        return name
    for part in f"{one.prefix}{one.template}".split("/"):
        if _names_version(part, versions):
            for text in {part, re.sub(r"\W", "_", part), re.sub(r"\W", "", part)}:
                name = _cut(_cut(name, text, str.isalnum, str.isalnum), text[0].upper() + text[1:], _capital, _small)
    return name.upper()


def _cut(name: str, text: str, before: Callable[[str], bool], after: Callable[[str], bool]) -> str:
    """A name with a star for each text in it that neither such a character goes before nor such a one comes after."""
    made, *pieces = name.split(text)
    for piece in pieces:
        made += ("*" if not before(made[-1:]) and not after(piece[:1]) else text) + piece
    return made


def _capital(character: str) -> bool:
    return character.isupper() or character.isdigit()


def _small(character: str) -> bool:
    return character.islower() or character.isdigit()


def _names_version(part: str, versions: frozenset[str]) -> bool:
    return part in versions or _VERSION.fullmatch(part) is not None


def _versions(told: list[Operation], known: frozenset[str]) -> frozenset[str]:
    return frozenset(
        part for one in told for part in f"{one.prefix}{one.template}".split("/") if _names_version(part, known)
    )


def plain_paths(told: list[Operation], versions: frozenset[str], base_path: str) -> dict[str, str]:
    """Path templates without version, base path and names of parameters, by template; as they are where two would be one."""
    found = {one.template: _below(unversioned(shape(one.template), versions), base_path) for one in told}
    counts = Counter(found.values())
    return {template: plain if counts[plain] == 1 else template for template, plain in found.items()}


def _below(path: str, base_path: str) -> str:
    return path.removeprefix(base_path) if path.startswith(f"{base_path}/") else path


def matched(
    old: list[Operation], new: list[Operation], known: frozenset[str] = frozenset()
) -> tuple[list[tuple[Operation, Operation]], list[Operation], list[Operation]]:
    """Pair the operations of two documents: names of path parameters mean nothing, and neither does a version's own prefix.

    Args:
        old: The operations of the old document.
        new: The operations of the new document.
        known: Segments of paths that name a version, besides those that look like one.

    Returns:
        The pairs in the new document's order, what only the old one has, and what only the new one has.
    """
    pairs: list[tuple[Operation, Operation]] = []
    versions = _versions(old, known), _versions(new, known)
    ways: list[Callable[[Operation], str]] = [
        lambda one: one.prefix + one.template,
        lambda one: shape(one.prefix + one.template),
        lambda one: one.template,
        lambda one: shape(one.template),
    ]
    if not versions[0] & versions[1]:
        ways.append(lambda one: unversioned(shape(one.prefix + one.template), known))
    rest_old, rest_new = list(old), list(new)
    for way in ways:
        waiting: dict[tuple[str, str], list[Operation]] = {}
        for one in rest_old:
            waiting.setdefault((one.method, way(one)), []).append(one)
        left: list[Operation] = []
        for other in rest_new:
            partners = waiting.get((other.method, way(other)))
            if partners:
                pairs.append((partners.pop(0), other))
            else:
                left.append(other)
        rest_new = left
        paired = {id(one) for one, _ in pairs}
        rest_old = [one for one in rest_old if id(one) not in paired]
    order = {id(other): index for index, other in enumerate(new)}
    pairs.sort(key=lambda pair: order[id(pair[1])])
    return pairs, rest_old, rest_new


def renamed_callbacks(old: Document, was: dict[str, Any], new: Document, now: dict[str, Any]) -> dict[str, str]:
    """The old keys of callbacks by their new ones, where the address that is called is the same: a key says nothing to anybody."""
    gone = {name: _expressions(old, part) for name, part in was.items() if name not in now}
    found: dict[str, str] = {}
    for name, part in now.items():
        told = _expressions(new, part)
        twin = next((each for each, known in gone.items() if told and known == told), None)
        if name not in was and twin is not None:
            found[name] = twin
            del gone[twin]
    return found


def _expressions(document: Document, callback: Any) -> list[str]:
    raw = document.follow(Node(callback, "", "")).raw
    return sorted(raw) if isinstance(raw, dict) and not left_out(raw) else []
