"""Draws the cases of an operation: a pure function of contract, seed and numbers.

Importing this costs nothing; Hypothesis and schemathesis are imported by the first drawing.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.http.conditions import is_conditional
from pytest_apiversion.shell.generation.body_values import fits
from pytest_apiversion.shell.generation.boundary_values import boundaries
from pytest_apiversion.shell.generation.drawn import Drawn, Key
from pytest_apiversion.shell.generation.examples import examples_of
from pytest_apiversion.shell.generation.interruption import ONE_AT_A_TIME, go_on
from pytest_apiversion.shell.generation.operation_document import (
    drawing_document,
    drawn_media_type,
    full_request,
    least_request,
    without_conditions,
    writable_request,
)
from pytest_apiversion.shell.generation.schema_violations import violations
from pytest_apiversion.shell.json_schema.validators import Validators, holds
from pytest_apiversion.shell.openapi.request_shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping

    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.shell.generation.drawing_processes import DrawingProcesses


_DRAWN = 3
"""One negative case in so many is drawn; the others break the contract in one place each, where there are so many places."""

_SWITCH = 0.0005
"""Seconds a drawing keeps the interpreter while other threads want it."""

_ROOM = 4
"""How many positive cases there must be before two of them are spent on the contract's limits."""


def draw(
    contract: Contract,
    operation: Operation,
    *,
    seed: int,
    examples: int,
    negative: int,
    cache: MutableMapping[Key, Drawn] | None = None,
    elsewhere: DrawingProcesses | None = None,
) -> tuple[DrawnCase, ...]:
    """Draw requests of an operation.

    The contract's own examples come first, then a minimal case, then two at the contract's limits, then drawn ones, then negative ones, most of which break the contract in one place. All but the examples are a function of
    shape, seed and numbers alone: operations of equal shape get equal cases, in every process.

    Args:
        contract: The contract.
        operation: One of its operations.
        seed: Decides what is drawn.
        examples: How many positive cases are drawn at most, the minimal one included; and how many examples are taken at most.
        negative: How many negative cases are drawn at most; fewer, or none, where the operation leaves no room to break it.
        cache: Keeps what was drawn for a shape.
        elsewhere: What other processes draw.

    Raises:
        ToolError: Positive cases were asked for and none could be made.
    """
    key = drawing_key(operation, seed=seed, examples=examples, negative=negative)
    cache = {} if cache is None else cache
    if key not in cache and elsewhere is not None and (there := elsewhere.take(key)) is not None:
        cache[key] = there
    if key not in cache:
        with ONE_AT_A_TIME, _giving_way():
            if key not in cache:
                go_on()
                cache[key] = draw_shape(contract, operation, key)
    drawn, problem = cache[key]
    base = next((case for case in drawn if case.aim is Aim.UNKNOWN_DATA), None)
    found: dict[tuple[object, ...], DrawnCase] = {}
    for case in (*examples_of(contract, operation, base, examples), *drawn):
        found.setdefault(case.data, case)
    if examples and not any(case.aim is Aim.UNKNOWN_DATA for case in found.values()):
        msg = f"{contract.source}: {operation.key}: no request could be drawn: {problem or 'every drawn one was impossible to send, or not what the contract accepts'}"
        raise ToolError(msg)
    return tuple(found.values())


def malformed_texts(
    near_misses: tuple[str, ...], accept: Callable[[str], bool], *, seed: int, examples: int
) -> tuple[str, ...]:
    """Malformed version texts: every near miss that passes, then drawn ones.

    Args:
        near_misses: Texts to start from.
        accept: Says whether a text is malformed and can be sent.
        seed: Decides what is drawn.
        examples: How many are drawn at most.
    """
    kept = tuple(text for text in dict.fromkeys(near_misses) if accept(text))
    if examples <= 0:
        return kept
    with ONE_AT_A_TIME:
        from pytest_apiversion.shell.generation.malformed_strategies import malformed  # noqa: PLC0415  Hypothesis and schemathesis are heavy

        drawn = malformed(
            near_misses,
            seed=_mixed(seed, "malformed", *near_misses),
            examples=examples,
            accept=lambda text: text not in kept and accept(text),
        )
    return (*kept, *drawn)


def drawing_key(operation: Operation, *, seed: int, examples: int, negative: int) -> Key:
    """All that decides what is drawn for an operation."""
    return operation.shape, seed, examples, negative


def takes_anything(operation: Operation) -> bool:
    """Whether there is anything to be drawn for an operation."""
    return bool(operation.request.get("parameters")) or "requestBody" in operation.request


def draw_shape(contract: Contract, operation: Operation, key: Key) -> Drawn:
    """Draw for an operation and all others of its shape.

    Args:
        contract: The contract.
        operation: One of its operations.
        key: Its `drawing_key`.
    """
    _, seed, examples, negative = key
    request = operation.request
    if not takes_anything(operation):
        bare = DrawnCase(aim=Aim.UNKNOWN_DATA, origin="minimal")
        return ((bare,) if examples else ()), ""
    from pytest_apiversion.shell.generation import strategies  # noqa: PLC0415  Hypothesis and schemathesis are heavy

    shapes = Shapes(dict(contract.schemas))
    cases: list[DrawnCase] = []
    problems: list[str] = []
    writable = writable_request(shapes, request)
    document = drawing_document(shapes, operation, writable)
    accepted = _accepting(document)
    exact = _accepting(drawing_document(shapes, operation, request, whole=True))

    def add(more: tuple[DrawnCase, ...], problem: str | None, limit: int) -> None:
        more = tuple(case for case in more if case.aim is Aim.REFUSED or accepted(case))
        known = {case.data for case in cases}
        cases.extend([case for case in more if case.data not in known][: max(limit, 0)])
        if problem:
            problems.append(problem)

    if examples > 0:
        least = drawing_document(shapes, operation, least_request(shapes, writable))
        more, problem = strategies.draw_cases(
            least, negative=False, seed=_mixed(seed, operation.shape, "minimal"), count=1, accepted=exact
        )
        add(tuple(replace(case, origin="minimal") for case in more), problem, 1)
        if examples >= _ROOM:
            full = drawing_document(shapes, operation, full_request(shapes, writable))
            more, _ = strategies.draw_cases(
                full, negative=False, seed=_mixed(seed, operation.shape, "full"), count=1, accepted=exact
            )
            add(more, None, examples - len(cases))
        more, problem = strategies.draw_cases(
            document, negative=False, seed=_mixed(seed, operation.shape, "positive"), count=examples, accepted=exact
        )
        if not cases:
            more = tuple(replace(case, origin="minimal") for case in more[:1]) + more[1:]
        if examples >= _ROOM:
            add(_boundaries(shapes, contract, request, (*cases, *more)), None, examples - len(cases))
        add(more, problem, examples - len(cases))
    if negative > 0:
        broken = tuple(islice(_violations(shapes, contract, request, cases, seed), negative - -(-negative // _DRAWN)))
        add(broken, None, negative)
        breakable, kept = without_conditions(request)
        whole = drawing_document(shapes, operation, breakable, whole=True)
        more, problem = strategies.draw_cases(
            whole, negative=True, seed=_mixed(seed, operation.shape, "negative"), count=negative - len(broken)
        )
        more = tuple(replace(case, headers=(*case.headers, *kept)) for case in more)
        add(more, problem, negative - len(broken))
    return tuple(cases), "; ".join(problems)


def _accepting(document: Mapping[str, Any]) -> Callable[[DrawnCase], bool]:
    """Says of a case whether the contract accepts its JSON body: old libraries draw some keywords as if they were not there."""
    ((_, item),) = document["paths"].items()
    (operation,) = item.values()
    media: Mapping[str, Any] = next(iter(operation.get("requestBody", {}).get("content", {}).values()), {})
    if media.get("schema", True) is True:
        return lambda _: True
    resource = {key: part for key, part in document.items() if key not in {"openapi", "info", "paths"}}
    held = Validators({**resource, "x-schemas": {"s0": media["schema"]}}).of("#/x-schemas/s0")

    def accepted(case: DrawnCase) -> bool:
        try:
            return case.json is None or not held(case.json)
        except Exception:  # noqa: BLE001  a schema no library can hold is no reason to stop
            return True

    return accepted


def _boundaries(
    shapes: Shapes, contract: Contract, request: Mapping[str, Any], drawn: tuple[DrawnCase, ...]
) -> tuple[DrawnCase, ...]:
    """Cases at the contract's limits, made from the drawn case that has the most."""
    if not drawn:
        return ()
    content = request.get("requestBody", {}).get("content", {})
    schema = content[drawn_media_type(content)].get("schema") if content else None
    base = max(drawn, key=lambda case: len(case.json) if isinstance(case.json, dict) else 0)

    def held(schema: Any, value: Any) -> bool:
        return holds(dict(contract.schemas), schema, value)

    return tuple(boundaries(shapes, request, schema, base, held))


def _violations(
    shapes: Shapes, contract: Contract, request: Mapping[str, Any], drawn: list[DrawnCase], seed: int
) -> Iterator[DrawnCase]:
    """Cases that break the contract in one place, made from the drawn case that has the most."""
    if not drawn:
        return iter(())
    content = request.get("requestBody", {}).get("content", {})
    schema = content[drawn_media_type(content)].get("schema") if content else None
    held = Validators({**contract.schemas, "x-schemas": {"s0": schema}}).of("#/x-schemas/s0")
    base = max(drawn, key=lambda case: len(case.json) if isinstance(case.json, dict) else 0)
    others = tuple(pair for pair in base.headers if not is_conditional(pair[0]))
    base = replace(base, headers=(*others, *without_conditions(request)[1]))

    def invalid(body: Any) -> bool:
        try:
            return bool(held(body))
        except Exception:  # noqa: BLE001  what nobody can tell is not sure
            return False

    return violations(
        shapes,
        request,
        schema,
        base,
        invalid=invalid,
        unfit=lambda schema, text: not fits(contract, schema, text),
        seed=_mixed(seed, "violations"),
    )


@contextmanager
def _giving_way() -> Iterator[None]:
    """Let other threads have the interpreter sooner than usual: an answer that waits to be read costs more than a drawing that pauses."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _SWITCH))
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _mixed(seed: int, *parts: str) -> int:
    text = "\n".join([str(seed), *parts])
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")
