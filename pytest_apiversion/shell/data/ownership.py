"""Whose data a request would alter: what this run created it may, and what nobody has; nothing else, unless a rule offers it."""

from __future__ import annotations

from collections import defaultdict, deque
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pytest_apiversion.core.contracts.named_queries import asks_for, pairs_of
from pytest_apiversion.core.contracts.path_values import bare, path_parameters
from pytest_apiversion.core.http.link_header import parts
from pytest_apiversion.core.http.messages import SAFE_METHODS, NoAnswer, Request, Response
from pytest_apiversion.shell.data.created_things import CreatedThings, Thing
from pytest_apiversion.shell.data.declared_values import declared_identifiers
from pytest_apiversion.shell.data.effects import Effect, effect_of
from pytest_apiversion.shell.data.identifiers import linked, made_by, made_together, noun, unlikely
from pytest_apiversion.shell.data.located_paths import Located, Templates, in_each_version, told_location
from pytest_apiversion.shell.data.thing_templates import ThingTemplates
from pytest_apiversion.shell.generation.body_values import fits, like
from pytest_apiversion.shell.openapi.serialization import encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.http.messages import Pairs
    from pytest_apiversion.core.policy.policy import Policy

_SUCCESS = range(200, 300)
_CREATED, _ACCEPTED = 201, 202
"""RFC 9110 §15.3.2, §15.3.3."""
_BODILESS = frozenset({"POST", "PATCH"})
"""Methods that alter nothing without a body, where a contract does not have them."""
_TRIAL = "av7w2zk9x4mq"
"""What texts are made of that are tried where identifiers may be free."""


class Ownership:
    """What a run may alter for one policy.

    Args:
        policy: For what its rules offer.
        contracts: Contracts by version.

    Attributes:
        things: What the run created.
    """

    def __init__(self, policy: Policy, contracts: Mapping[str, Contract]) -> None:
        self.things = CreatedThings()
        self._policy = policy
        self._contracts = contracts
        self._made_with: deque[tuple[Response, list[str]]] = deque(maxlen=64)
        self._fits_anything = lru_cache(maxsize=4096)(self._free)
        self._named_elsewhere = lru_cache(maxsize=4096)(self._counterparts)

    @cached_property
    def _operations(self) -> dict[str, dict[str, list[tuple[str, Operation]]]]:
        """Operations, each with its version, by template (without a slash at its end) and method."""
        found: dict[str, dict[str, list[tuple[str, Operation]]]] = defaultdict(lambda: defaultdict(list))
        for version, contract in self._contracts.items():
            for operation in contract.operations.values():
                template = operation.path.rstrip("/") or "/"
                found[template][operation.method].append((version, operation))
                for name in operation.path_parameters:  # things that have no operation of their own, but one below them
                    _ = found[template.partition(f"{{{name}}}")[0] + f"{{{name}}}"]
        return {template: dict(methods) for template, methods in found.items()}

    @cached_property
    def _templates(self) -> Templates:
        return Templates(self._operations)

    @cached_property
    def _effects(self) -> dict[tuple[str, str], Effect]:
        """The worst of what a method does to a template, over all versions that have it there."""
        found: dict[tuple[str, str], Effect] = {}
        for template, methods in self._operations.items():
            for method, mine in methods.items():
                said = {effect_of(self._contracts[version], method, each.path) for version, each in mine}
                found[method, template] = max(said, key=list(Effect).index)
        return found

    def alters(self, operation: Operation) -> bool:
        """Whether a request of an operation alters, replaces or uses up what it is about."""
        return self._effects.get((operation.method, operation.path.rstrip("/") or "/")) is Effect.ALTERS

    def offered(self, operation: Operation) -> bool:
        """Whether the operation's own rule offers what it is about, whatever that is."""
        return self._offers(operation.key, operation.path_parameters)

    def _offers(self, key: str, parameters: tuple[str, ...]) -> bool:
        rule = self._policy.operations.get(key)
        return rule is not None and (
            rule.harmless or (not parameters and bool(rule.values.query or rule.values.body or rule.values.headers))
        )

    def harmless(self, request: Request) -> bool:
        """Whether a request alters nothing but what this run created, what nobody has, and what a rule offers."""
        if request.method in SAFE_METHODS or (where := self._templates.located(request.path, request.method)) is None:
            return True
        effect = self._effects.get((request.method, where.template))
        if effect is Effect.ADDS or (effect is None and request.method in _BODILESS and not request.body):
            return True
        mine = self.things.owns(where.path) or self.things.owned(where.path)
        return mine or self._is_offered(request.method, where, request.query) or self.vacant(where)

    def may_alter(self, operation: Operation, path: Mapping[str, str]) -> bool:
        """Whether what an operation would be about is this run's own, or offered by the operation's rule."""
        where = self._templates.located(_filled(operation.path, path), operation.method)
        if where is None:
            return False
        makes = operation.method == "PUT" and where.ends_with_parameter and self.vacant(where)
        return (
            makes
            or self.things.owns(where.path)
            or self._is_offered(operation.method, where, pairs_of(operation.query))
        )

    def _is_offered(self, method: str, where: Located, query: Pairs) -> bool:
        """Whether a rule offers what a request with a query is about: that of its operation, or of its requests with such a query."""
        for _, operation in self._operations[where.template].get(method, ()):
            named = [f"{operation.key}?{each}" for each in operation.apart if asks_for(query, each)]
            if any(self._gives(key, operation, where) for key in (operation.key, *named)):
                return True
        return False

    def _gives(self, key: str, operation: Operation, where: Located) -> bool:
        rule = self._policy.operations.get(key)
        given = {name: encode(value) for name, value in rule.values.path.items()} if rule else {}
        by_path = where.last in given and all(given.get(name, text) == text for name, text in where.values.items())
        return by_path or self._offers(key, operation.path_parameters)

    def vacant(self, where: Located) -> bool:
        """Whether nobody has what the last parameter of a path names: a text that means nothing, where any text would do."""
        name = where.last
        if name is None:
            return False
        text = where.values[name]
        if not unlikely(text) or self.things.was_there(text) or unquote(text) in self._declared:
            return False
        return self._fits_anything(where.template, name, unquote(text))

    def located(self, path: str) -> Located | None:
        """Where a path leads."""
        return self._templates.located(path)

    def _free(self, template: str, name: str, text: str) -> bool:
        """Whether a parameter takes other texts like this one; one that does not names a few things, all of which may be there."""
        found = [(version, each) for mine in self._operations[template].values() for version, each in mine]
        for version, operation in found:
            for parameter in operation.parameters:
                if (parameter.name, parameter.place) == (name, "path"):
                    if not fits(self._contracts[version], parameter.schema, text):
                        return True  # no thing of the contract's can be called so
                    others = (str(each) for each in like(text, _TRIAL) if str(each) != text)
                    return any(fits(self._contracts[version], parameter.schema, other) for other in others)
        return True

    @cached_property
    def _declared(self) -> frozenset[str]:
        """Identifiers that the policy or a contract names: what they name is likely to be there."""
        return declared_identifiers(self._policy, self._contracts)

    def took(self, request: Request, answer: Response | NoAnswer, *, succeeded: bool) -> None:
        """Take in what a request got: what was there before, what it created, what it deleted.

        Args:
            request: The request as it was sent.
            answer: What it got.
            succeeded: Whether that is no error in disguise.
        """
        if not isinstance(answer, Response):
            return
        if request.method in SAFE_METHODS:
            if answer.status in _SUCCESS and request.method == "GET":
                self.things.seen(answer.json)
            return
        where = self._templates.located(request.path, request.method)
        if where is None:
            return
        if request.method == "DELETE":
            if where.ends_with_parameter and succeeded:
                self.things.gone(where.path)
        elif succeeded and answer.status in _SUCCESS and request.method in {"POST", "PUT", "PATCH"}:
            self._take_in(request, answer, where)

    def _take_in(self, request: Request, answer: Response, where: Located) -> None:
        """Remember what a request created, if anything."""
        made = self._made(request, answer, where)
        if made is not None:
            version, operation, paths = made
            self._made_with.append((answer, paths))
            self.things.add(Thing(paths=tuple(paths), version=version, operation=operation, request=request))
        elif request.method == "POST" and answer.status == _CREATED:
            for known, source in self._operations[where.template].get("POST", ())[:1]:
                self.things.add_unnamed(known, source.key)

    def made_with(self, answer: Response, collection: str) -> list[str]:
        """The paths, below a collection, of what was created by the request that got an answer."""
        found = next((paths for each, paths in reversed(list(self._made_with)) if each is answer), [])
        located = [(path, self._templates.located(path)) for path in found]
        thing = noun(collection)
        return [path for path, where in located if where and noun(where.template.rpartition("/")[0]) == thing]

    def _made(self, request: Request, answer: Response, where: Located) -> tuple[str, str, list[str]] | None:
        """Version, operation and paths of what a request created; None where it created nothing that has a path."""
        mine = self._operations[where.template].get(request.method, ())
        if not mine:
            return None
        version, operation = next((each for each in mine if f"/{each[0]}/" in request.path), mine[-1])
        if request.method != "POST":
            new = where.ends_with_parameter and (answer.status == _CREATED or self.vacant(where))
            paths = [where.path] if new and not self.things.owns(where.path) else []
        else:
            paths = list(dict.fromkeys(self._created(request, answer, where, operation)))
        paths += [other for path in paths for other in self._elsewhere(path, version)]
        paths = in_each_version(self._policy, self._templates, paths, version)
        return (version, operation.key, paths) if paths else None

    def _created(self, request: Request, answer: Response, where: Located, operation: Operation) -> Iterator[str]:
        """The paths of what a `POST` created."""
        certain = answer.status in {_CREATED, _ACCEPTED}
        location = told_location(answer)
        split = parts(location) if location else None
        there = self._templates.located(split.path) if split else None
        if there is not None and there.ends_with_parameter and (certain or not self.things.was_there(_text(there))):
            yield there.path
        for link in operation.links:
            for template, name in self._of_things.linked.get(link.target, ()):
                text = linked(answer, link.parameters.get(name, link.parameters.get(f"path.{name}", "$")))
                if text and (certain or not self.things.was_there(text)):
                    yield _filled(template, {name: text})
        sent = _json_of(request)
        for template, path in self._places(where, certain=answer.status == _CREATED):
            name = template.rpartition("{")[2].rstrip("}")
            for found in made_by(answer, template.rpartition("/")[0], name, sent):
                known = self.things.was_there(found.text) or unquote(found.text) in self._declared
                named = self._of_things.may_be_called(template, found.text)
                if named and (not known or (certain and found.holder is not sent)):
                    yield f"{path}/{found.text}"
                    return
            for text in made_together(answer, template.rpartition("/")[0], name, sent) if certain else ():
                yield from () if self.things.was_there(text) else (f"{path}/{text}",)

    def _places(self, where: Located, *, certain: bool) -> Iterator[tuple[str, str]]:
        """Templates of what a `POST` to a place creates, each with the path before its last parameter."""
        below = self._of_things.by_bare.get(f"{bare(where.template).rstrip('/')}/{{}}", [])
        yield from ((each, where.path.rstrip("/")) for each in below)
        if below:
            return
        same = self._of_things.by_noun.get(noun(where.template), [])
        yield from ((each, each.rpartition("/")[0]) for each in same)
        if same or not certain:
            return
        above, path = where.template.rpartition("/")[0], where.path.rpartition("/")[0]
        if above.endswith("}"):
            above, path = above.rpartition("/")[0], path.rpartition("/")[0]
        yield from ((each, path) for each in self._of_things.by_bare.get(f"{bare(above).rstrip('/')}/{{}}", ()))

    @cached_property
    def _of_things(self) -> ThingTemplates:
        return ThingTemplates(self._operations, self._contracts)

    def operations_at(self, where: Located, method: str) -> Sequence[tuple[str, Operation]]:
        """The operations with a method on the template a path belongs to, each with its version."""
        return self._operations.get(where.template, {}).get(method, ())

    def _elsewhere(self, path: str, version: str) -> Iterator[str]:
        """The paths of a thing in other versions, as the operation map and the nouns of the paths have it."""
        where = self._templates.located(path)
        if where is None:
            return
        for template, names in self._named_elsewhere(where.template, version):
            if len(names) == len(where.values):
                yield _filled(template, dict(zip(names, where.values.values(), strict=True)))

    def _counterparts(self, template: str, version: str) -> list[tuple[str, list[str]]]:
        """The templates, each with its parameters, by which other versions call the things of a template."""
        mine = [each for method, all_ in self._operations[template].items() if method != "POST" for _, each in all_]
        keys = [self._policy.counterpart(each.key, version, other) for each in mine for other in self._contracts]
        found = dict.fromkeys((key or "").partition(" ")[2].rstrip("/") for key in keys)
        found.pop(template, None)
        return [(each, path_parameters(each)) for each in found if each.endswith("}") and each in self._operations]


def _filled(template: str, values: Mapping[str, str]) -> str:
    for name, text in values.items():
        template = template.replace(f"{{{name}}}", text)
    return template.rstrip("/") or "/"


def _text(where: Located) -> str:
    return where.values[where.last] if where.last else ""


def _json_of(request: Request) -> object:
    if not request.body or not request.media_type.endswith(("/json", "+json")):
        return None
    return Response(status=0, body=request.body, headers=(("Content-Type", request.media_type),)).json
