"""JSON Schema validators of a contract: a fast yes from `jsonschema_rs` where it is installed, the reasons for a no from `jsonschema`."""

from __future__ import annotations

import contextlib
import json
import threading
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.contract import SchemaProblem
from pytest_apiversion.shell.json_schema.error_messages import problems_of
from pytest_apiversion.shell.json_schema.formats import FORMATS
from pytest_apiversion.shell.json_schema.python_keywords import python_validator
from pytest_apiversion.shell.json_schema.references import references

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_apiversion.core.contracts.contract import Validate

URI = "urn:pytest-apiversion:contract"
MAX_PROBLEMS = 20
MAX_NESTING = 12
"""Levels of a value that compiled validators are given: where two ways lead from level to level they take 2ⁿ, and hold the interpreter."""

_USED = ("Registry", "Draft202012", "Draft202012Validator", "ReferencingError")
"""What is used of `jsonschema_rs`; a release without one of them is one that is not there."""

MAX_KEPT = 64
"""Compiled validators kept at a time: each may hold a good part of the document (a megabyte or so for the largest), and takes about
ten milliseconds to compile again."""


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
        self._made: dict[str, Validate] = {}
        self._targets: dict[str, str] = {}
        self._kept: dict[str, Callable[[Any], bool] | None] = {}

    def of(self, reference: str) -> Validate:
        """What holds values to the schema at a reference (`#/…`) of the resource."""
        if reference not in self._made:
            self._made[reference] = self._build(reference)
        return self._made[reference]

    def schema(self, reference: str) -> Any:
        """The schema at a reference, its own references followed."""
        for _ in range(50):
            node = self._at(reference)
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
                return node
            reference = node["$ref"]
        return True

    def _build(self, reference: str) -> Validate:
        def validate(value: Any) -> tuple[SchemaProblem, ...]:
            fast = self._fast_for(reference)
            if fast is not None and _shallow(value):
                with contextlib.suppress(ValueError, TypeError, OverflowError, RecursionError):
                    if fast(value):
                        return ()
            from pytest_apiversion.shell.json_schema.repeated_references import followed_once  # noqa: PLC0415  costs start-up

            try:
                with followed_once():
                    problems = dict.fromkeys(
                        problem
                        for error in self._slow_for(reference).iter_errors(value)
                        for problem in problems_of(error)
                    )
                return tuple(islice(problems, MAX_PROBLEMS))
            except RecursionError:
                return (
                    SchemaProblem(where="", message="nested too deeply to be held to its schema", keyword="nesting"),
                )

        return validate

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
        node: Any = self._resource
        for part in reference[2:].split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node

    def _fast_for(self, reference: str) -> Callable[[Any], bool] | None:
        with self._lock:
            reference = self._target(reference)
            if reference in self._kept:
                found = self._kept.pop(reference)
            else:
                if len(self._kept) >= MAX_KEPT:
                    del self._kept[next(iter(self._kept))]
                found = self._compile(reference)
            self._kept[reference] = found
        return found

    def _compile(self, reference: str) -> Callable[[Any], bool] | None:
        from pytest_apiversion.shell.json_schema.repeated_references import entangled  # noqa: PLC0415  costs start-up

        rust = _rust()
        if rust is None or entangled(self._resource, reference):
            return None
        try:
            if self._fast is None:
                self._fast = rust.Registry([(URI, self._resource)], draft=rust.Draft202012)
            held: Callable[[Any], bool] = rust.Draft202012Validator(
                {"$ref": URI + _quoted(reference)}, registry=self._fast, formats=FORMATS, validate_formats=True
            ).is_valid
        except (ValueError, TypeError, OverflowError, RecursionError, rust.ReferencingError):
            return None
        return held

    def _slow_for(self, reference: str) -> Any:
        from referencing import Registry  # noqa: PLC0415  costs start-up; wanted by whoever has a wrong answer only
        from referencing.jsonschema import DRAFT202012  # noqa: PLC0415

        if self._slow is None:
            self._slow = Registry().with_resource(URI, DRAFT202012.create_resource(self._resource))
        kind, checker = python_validator()
        return kind({"$ref": URI + _quoted(reference)}, registry=self._slow, format_checker=checker)


def _shallow(value: Any) -> bool:
    """Whether a value nests no deeper than compiled code should follow."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_NESTING):
        if not level:
            return True
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, (dict, list))
        ]
    return False


def holds(resource: Mapping[str, Any], schema: Any, value: Any) -> bool:
    """Whether a value is what a read schema says; True where that cannot be told."""
    if schema is True:
        return True
    if references(schema):
        held = Validators({**resource, "x-schemas": {"s0": schema}}).of("#/x-schemas/s0")
    else:
        held = _alone(json.dumps(schema))
    try:
        return not held(value)
    except Exception:  # noqa: BLE001  a schema no library can hold is no reason to stop
        return True


@lru_cache(maxsize=1024)
def _alone(schema: str) -> Validate:
    """What holds values to a schema that refers to nothing, written as JSON: those of parameters are asked over and over."""
    return Validators({"x-schemas": {"s0": json.loads(schema)}}).of("#/x-schemas/s0")


@cache
def _rust() -> Any:
    try:
        import jsonschema_rs  # noqa: PLC0415
    except ImportError:
        return None
    return jsonschema_rs if all(hasattr(jsonschema_rs, name) for name in _USED) else None


def _quoted(reference: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return "#" + quote(reference[1:], safe="/~!$&'()*+,;=:@-._")
