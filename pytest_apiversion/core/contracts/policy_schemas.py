"""Schemas that stand in the policy file, of envelopes and of successes: every way in which a value differs from one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from pytest_apiversion.core.contracts.pattern_keywords import BOUNDED
from pytest_apiversion.core.contracts.schema_messages import NAMING, missing, problems_of
from pytest_apiversion.core.json.deep_values import TOO_DEEP, WithinStack

if TYPE_CHECKING:
    from collections.abc import Iterator

_Validator: type[Validator] = extend(Draft202012Validator, {**NAMING, **BOUNDED})  # type: ignore[no-untyped-call]

_MOST = 256
_VALIDATORS: dict[int, tuple[Any, Validator]] = {}
"""Each schema that was asked for with its validator, by which object it is."""


def _validator(schema: Any) -> Validator:
    known = _VALIDATORS.get(id(schema))
    if known is None or known[0] is not schema:
        if len(_VALIDATORS) >= _MOST:
            _VALIDATORS.clear()
        known = _VALIDATORS[id(schema)] = schema, _Validator(schema)
    return known[1]


def schema_problems(schema: Any, value: Any, but: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every way in which a value differs from a schema of the policy file, but for what is left to another check."""
    for where, message in schema_faults(schema, value, but):
        yield f"at {where or 'the root'}: {message}"


def schema_faults(schema: Any, value: Any, but: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """The same as JSON pointers and sentences: where, and what is wrong there."""
    with WithinStack():
        for error in _validator(schema).iter_errors(value):
            where = "".join(f"/{part}" for part in error.absolute_path)
            left = error.validator == "required" and any(_lacks(error, where, pointer) for pointer in but)
            if where not in but and not left:
                yield from ((each.where, each.message) for each in problems_of(error, {}))
        return
    yield "", TOO_DEEP


def _lacks(error: ValidationError, where: str, pointer: str) -> bool:
    """Whether a `required` problem is about the member a pointer leads to."""
    parent, _, name = pointer.rpartition("/")
    return parent == where and missing(error) == name
