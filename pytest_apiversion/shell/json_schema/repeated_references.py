"""References that lead to one schema by many ways: each value is held to it once, however many ways there are.

Schemas of schemas in `allOf`, two of which refer to a third, and so on, are few lines of a contract and 2⁴⁰ ways through it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

_MOST = 100
"""Errors of one value under one reference."""
_AGAIN = 3
"""Errors that are told again where the same value is held to the same schema again."""
_ENTANGLED = 1_000
"""Ways by which a value is held to one schema at once; compiled validators take each of them."""
_IN_PLACE_ONE = ("not", "if", "then", "else")
_IN_PLACE_LIST = ("allOf", "anyOf", "oneOf")

_FOLLOWED: ContextVar[dict[tuple[str, int], tuple[Any, list[ValidationError]]] | None] = ContextVar(
    "followed", default=None
)
_follow: Any = Draft202012Validator.VALIDATORS["$ref"]


@contextlib.contextmanager
def followed_once() -> Iterator[None]:
    """While it lasts, what a value was found to be under a reference is remembered."""
    token = _FOLLOWED.set({})
    try:
        yield
    finally:
        _FOLLOWED.reset(token)


def reference(validator: Any, target: str, value: Any, schema: Any) -> Iterator[Any]:
    """`$ref` within one resource that has one base URI."""
    followed = _FOLLOWED.get()
    if followed is None:
        yield from _follow(validator, target, value, schema)
        return
    key = target, id(value)
    if key in followed:
        yield from map(_copy, followed[key][1][:_AGAIN])
        return
    found = list(islice(_follow(validator, target, value, schema), _MOST))
    followed[key] = value, [_copy(error) for error in found]  # the value too, so that nothing else gets its identity
    yield from found


def _copy(error: ValidationError) -> ValidationError:
    """The same error, which takes on the path of where it is told next."""
    return ValidationError(
        error.message,
        validator=error.validator,
        path=error.relative_path,
        cause=error.cause,
        context=error.context,
        validator_value=error.validator_value,
        instance=error.instance,
        schema=error.schema,
        schema_path=error.relative_schema_path,
        parent=error.parent,
    )


def entangled(look: Callable[[str], Any], target: str) -> bool:
    """Whether more ways than a compiled validator should take lead from a reference to one schema, about one value.

    Args:
        look: What stands at a reference; raises `LookupError` or `TypeError` where nothing does.
        target: The reference.
    """
    return _ways(look, target) > _ENTANGLED


def _ways(look: Callable[[str], Any], target: str) -> int:
    """How many schemas a value is held to at once, each as often as it is; each reference is looked at once."""
    known: dict[str, int] = {}
    stack = [(target, False)]
    inner: dict[str, list[str]] = {}
    while stack:
        name, done = stack.pop()
        if done:
            known[name] = min(1 + sum(known.get(each, 1) for each in inner[name]), _ENTANGLED + 1)
        elif name not in inner:
            inner[name] = list(_in_place(_at(look, name)))
            stack.append((name, True))
            stack += [(each, False) for each in inner[name]]
    return known[target]


def _at(look: Callable[[str], Any], target: str) -> Any:
    try:
        return look(target)
    except (LookupError, TypeError):
        return True


def _in_place(schema: Any) -> Iterator[str]:
    """What a schema refers to about the value itself."""
    stack = [schema]
    while stack:
        node = stack.pop()
        if not isinstance(node, dict):
            continue
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        stack += [node[key] for key in _IN_PLACE_ONE if key in node]
        for key in _IN_PLACE_LIST:
            if isinstance(node.get(key), list):
                stack += node[key]
        if isinstance(node.get("dependentSchemas"), dict):
            stack += node["dependentSchemas"].values()
