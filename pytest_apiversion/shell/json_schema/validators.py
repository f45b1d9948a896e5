"""JSON Schema validators of a contract: a fast yes from `jsonschema_rs` where it is installed, the reasons for a no from `jsonschema`."""

from __future__ import annotations

import contextlib
import json
import threading
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.contract import SchemaProblem
from pytest_apiversion.core.json.deep_values import TOO_DEEP, WithinStack
from pytest_apiversion.shell.json_schema.compiled_schema import CompiledSchema
from pytest_apiversion.shell.json_schema.error_messages import problems_of
from pytest_apiversion.shell.json_schema.formats import FORMATS
from pytest_apiversion.shell.json_schema.nesting import shallow
from pytest_apiversion.shell.json_schema.python_keywords import python_validator
from pytest_apiversion.shell.json_schema.references import absolute, closed_text, fragment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_apiversion.core.contracts.contract import Validate

URI = "urn:pytest-apiversion:contract"
MAX_PROBLEMS = 20

_USED = ("Registry", "Draft202012", "Draft202012Validator", "ReferencingError")
"""What is used of `jsonschema_rs`; a release without one of them is one that is not there."""

_BATCHES = 8
"""Compiled validators kept at a time. One holds values to all schemas that were known when the first of them was needed: together they
take hardly more time and memory than one alone, which may reach a good part of the document."""
_RESOURCES = 64
"""Resources whose validators are kept for whoever asks next: those that were asked for last."""
_LATER = "#/x-later/"
"""Where schemas have their place that came after the resource was read."""


class Validators:
    """The validators of one resource of schemas; each is built when first used, and once.

    Args:
        resource: Schemas as `schemas.Normaliser` gives them; read when the first value is held, so it may be completed before.
    """

    def __init__(self, resource: dict[str, Any]) -> None:
        self._resource = resource
        self._lock = threading.Lock()
        self._fast: Any = None
        self._slow: Any = None
        self._targets: dict[str, str] = {}
        self._kept: dict[str, CompiledSchema | None] = {}
        self._awaited: dict[str, None] = {}
        self._known: dict[str, None] = {}
        self._batches: list[list[str]] = []
        self._spent = 0
        self._later: dict[str, Any] = {}
        self._names: dict[str, str] = {}

    def of(self, reference: str) -> Validate:
        """What holds values to the schema at a reference (`#/…`) of the resource."""
        self._await(reference)
        return lambda value: self._problems(reference, value, MAX_PROBLEMS)

    def of_schema(self, schema: Any) -> Validate:
        """What holds values to a schema that stands elsewhere, and refers to those of the resource."""
        return self.of(self._place(schema))

    def refuses_schema(self, schema: Any) -> Callable[[Any], bool]:
        """Says whether a value is surely not what such a schema says."""
        return self.refuses(self._place(schema))

    def _place(self, schema: Any) -> str:
        if isinstance(schema, dict) and schema.keys() == {"$ref"} and isinstance(schema["$ref"], str):
            reference: str = schema["$ref"]
            return reference
        text = json.dumps(schema)
        with self._lock:
            if text not in self._names:
                self._names[text] = f"{_LATER}s{len(self._names)}"
                self._later[self._names[text]] = schema
        return self._names[text]

    def accepts(self, reference: str) -> Callable[[Any], bool]:
        """Says whether a value is what the schema at a reference says, a no of the fast validator taken for one."""
        self._await(reference)

        def held(value: Any) -> bool:
            quick = self._quickly(reference, value)
            return not self._problems(reference, value, 1) if quick is None else quick

        return held

    def refuses(self, reference: str) -> Callable[[Any], bool]:
        """Says whether a value is surely not what the schema at a reference says; looks for no more than one reason."""
        self._await(reference)

        def refused(value: Any) -> bool:
            if self._quickly(reference, value):
                return False
            return self._surely_not(reference, value) or bool(self._reasons(reference, value, 1))

        return refused

    def schema(self, reference: str) -> Any:
        """The schema at a reference, its own references followed."""
        for _ in range(50):
            node = self._at(reference)
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
                return node
            reference = node["$ref"]
        return True

    def _await(self, reference: str) -> None:
        """Note that a schema is going to be needed: where it leads is not looked at yet, since the resource may not be complete."""
        if reference not in self._kept:
            self._awaited[reference] = None

    def _quickly(self, reference: str, value: Any) -> bool | None:
        """Whether a value is what a schema says, as the fast validator has it; None where it cannot tell."""
        fast = self._fast_for(reference)
        if fast is not None and shallow(value):
            with contextlib.suppress(ValueError, TypeError, OverflowError, RecursionError):
                return fast(value)
        return None

    def _surely_not(self, reference: str, value: Any) -> bool:
        """Whether the fast validator refuses a value for a reason that needs no second look."""
        fast = self._fast_for(reference)
        if fast is None or not shallow(value):
            return False
        with contextlib.suppress(ValueError, TypeError, OverflowError, RecursionError):
            return fast.surely_refuses(value)
        return False

    def _problems(self, reference: str, value: Any, most: int) -> tuple[SchemaProblem, ...]:
        """What is wrong with a value: so many problems at most."""
        return () if self._quickly(reference, value) else self._reasons(reference, value, most)

    def _reasons(self, reference: str, value: Any, most: int) -> tuple[SchemaProblem, ...]:
        """The same as `jsonschema` has it."""
        from pytest_apiversion.shell.json_schema.repeated_references import followed_once  # noqa: PLC0415  costs start-up

        with WithinStack(), followed_once():
            found = (
                problem for error in self._slow_for(reference).iter_errors(value) for problem in problems_of(error)
            )
            return tuple(islice(dict.fromkeys(found) if most > 1 else found, most))
        return (SchemaProblem(where="", message=TOO_DEEP, keyword="nesting"),)

    def _target(self, reference: str) -> str:
        """Where a reference leads in the end: schemas that only refer to the same one share its compiled validator."""
        if reference not in self._targets:
            found, passed = reference, {reference}
            with contextlib.suppress(KeyError, TypeError, IndexError):
                while isinstance(node := self._at(found), dict) and node.keys() == {"$ref"}:
                    if not isinstance(node["$ref"], str) or not node["$ref"].startswith("#/") or node["$ref"] in passed:
                        break
                    found = node["$ref"]
                    passed.add(found)
            self._targets[reference] = found
        return self._targets[reference]

    def _at(self, reference: str) -> Any:
        if reference in self._later:
            return self._later[reference]
        node: Any = self._resource
        for part in reference[2:].split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node

    def _fast_for(self, reference: str) -> CompiledSchema | None:
        with self._lock:
            reference = self._target(reference)
            if reference not in self._kept:
                batch = self._batch(reference)
                self._kept |= self._compiled(batch)
                self._batches.append(batch)
            return self._kept[reference]

    def _batch(self, target: str) -> list[str]:
        """What to compile when one is needed: it and all that never were; room is made where there is none.

        The oldest batch is dropped, except the first, which holds all that was known at some time. All are compiled as one again only when
        as much as half of them has been compiled since, so that the work grows no faster than the schemas.
        """
        asked = {target: None}
        while self._awaited:
            asked[self._target(self._awaited.popitem()[0])] = None
        batch = [each for each in asked if each == target or each not in self._known]
        self._spent += len(batch) + (_BATCHES if target in self._known else 0)
        self._known |= dict.fromkeys(batch)
        if len(self._batches) < _BATCHES:
            return batch
        if 2 * self._spent < len(self._known):
            for each in self._batches.pop(1):
                del self._kept[each]
            return batch
        self._kept.clear()
        self._batches.clear()
        self._spent = 0
        return list(self._known)

    def _compiled(self, targets: list[str]) -> dict[str, CompiledSchema | None]:
        """Compiled validators of several schemas, None for those there can be none of."""
        from pytest_apiversion.shell.json_schema.repeated_references import entangled  # noqa: PLC0415  costs start-up

        rust = _rust()
        made: dict[str, CompiledSchema | None] = dict.fromkeys(targets)
        if rust is None:
            return made
        return made | self._together(rust, [each for each in targets if not entangled(self._at, each)])

    def _together(self, rust: Any, targets: list[str]) -> dict[str, CompiledSchema | None]:
        """One validator for all of them; where one cannot be compiled, the others are without it."""
        if not targets:
            return {}
        try:
            if self._fast is None:
                self._fast = rust.Registry([(URI, self._resource)], draft=rust.Draft202012)
            members = {str(number): self._referring(target) for number, target in enumerate(targets)}
            held = rust.Draft202012Validator(
                {"properties": members}, registry=self._fast, formats=FORMATS, validate_formats=True
            )
        except (ValueError, TypeError, OverflowError, RecursionError, rust.ReferencingError):
            half = len(targets) // 2
            if not half:
                return {targets[0]: None}
            return self._together(rust, targets[:half]) | self._together(rust, targets[half:])
        return {target: CompiledSchema(held, str(number)) for number, target in enumerate(targets)}

    def _referring(self, reference: str) -> Any:
        """A schema that says what the one at a reference does, whatever document it stands in."""
        if reference in self._later:
            return absolute(self._later[reference], URI)
        return {"$ref": URI + fragment(reference)}

    def _slow_for(self, reference: str) -> Any:
        from referencing import Registry  # noqa: PLC0415  costs start-up; wanted by whoever has a wrong answer only
        from referencing.jsonschema import DRAFT202012  # noqa: PLC0415

        if self._slow is None:
            self._slow = Registry().with_resource(URI, DRAFT202012.create_resource(self._resource))
        kind, checker = python_validator()
        return kind(self._referring(reference), registry=self._slow, format_checker=checker)


def validators_of(resource: Mapping[str, Any]) -> Validators:
    """The validators of a resource that changes no more; the same for everybody who asks, so that each schema is compiled once."""
    with _SHARED_LOCK:
        kept = _SHARED.pop(id(resource), None)
        if kept is None or kept[0] is not resource:
            while len(_SHARED) >= _RESOURCES:
                del _SHARED[next(iter(_SHARED))]
            kept = resource, Validators(dict(resource))
        _SHARED[id(resource)] = kept
    return kept[1]


_SHARED: dict[int, tuple[Mapping[str, Any], Validators]] = {}
_SHARED_LOCK = threading.Lock()


def holds(resource: Mapping[str, Any], schema: Any, value: Any) -> bool:
    """Whether a value is what a read schema says; True where that cannot be told."""
    if schema is True:
        return True
    try:
        text = closed_text(schema)
        if text is None:
            return not validators_of(resource).refuses_schema(schema)(value)
        if isinstance(value, str | int | float):
            return not _refused(text, type(value).__name__, value)
        return not _alone(text)(value)
    except Exception:  # noqa: BLE001  a schema no library can hold is no reason to stop
        return True


@lru_cache(maxsize=4096)
def _refused(schema: str, _kind: str, value: Any) -> bool:
    """Whether a schema refuses a value without parts: few such values are drawn, and each is held to the same schemas again and again."""
    return _alone(schema)(value)


@lru_cache(maxsize=1024)
def _alone(schema: str) -> Callable[[Any], bool]:
    """What holds values to a schema that refers to nothing, written as JSON: those of parameters are asked over and over."""
    return Validators({"x-schemas": {"s0": json.loads(schema)}}).refuses("#/x-schemas/s0")


@cache
def _rust() -> Any:
    try:
        import jsonschema_rs  # noqa: PLC0415
    except ImportError:
        return None
    return jsonschema_rs if all(hasattr(jsonschema_rs, name) for name in _USED) else None
