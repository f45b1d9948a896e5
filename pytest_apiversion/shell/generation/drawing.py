"""Draws the cases of an operation: a pure function of contract, seed and numbers.

Importing this costs nothing; Hypothesis and schemathesis are imported by the first drawing.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.generation.drawn import Drawn, Key
from pytest_apiversion.shell.generation.examples import examples_of
from pytest_apiversion.shell.generation.interruption import ONE_AT_A_TIME, go_on
from pytest_apiversion.shell.generation.malformed_mutants import malformed
from pytest_apiversion.shell.generation.operation_document import drawing_document
from pytest_apiversion.shell.generation.pools.fitted_texts import PLAIN
from pytest_apiversion.shell.generation.pools.negative_cases import boundary_cases, negative_cases
from pytest_apiversion.shell.generation.pools.pieces import Pieces
from pytest_apiversion.shell.generation.pools.pool import NothingDrawnError
from pytest_apiversion.shell.generation.pools.positive_cases import Found, PositiveCases, holding, mixed
from pytest_apiversion.shell.generation.pools.refused_values import DRAWN
from pytest_apiversion.shell.openapi.request_shapes import shapes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping

    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.shell.generation.drawing_processes import DrawingProcesses


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
    drawn = malformed(
        near_misses,
        seed=mixed(seed, "malformed", *near_misses),
        examples=examples,
        accept=lambda text: text not in kept and accept(text),
    )
    return (*kept, *drawn)


def drawing_key(operation: Operation, *, seed: int, examples: int, negative: int) -> Key:
    """All that decides what is drawn for an operation."""
    return operation.shape, seed, examples, negative


def prepare(seed: int) -> None:
    """Import what draws, and draw what nearly every operation needs: the processes that are forked after that have it."""
    with ONE_AT_A_TIME, suppress(NothingDrawnError, ToolError):
        from pytest_apiversion.shell.generation import strategies  # noqa: F401, PLC0415  Hypothesis and schemathesis are heavy

        pieces = Pieces({}, seed)
        pieces.values(PLAIN).common()
        for kind in DRAWN:  # what a schema refuses is chosen among these
            pieces.values({"type": kind}).first()


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
    shapes = shapes_of(contract.schemas)
    cases: list[DrawnCase] = []
    problems: list[str] = []
    exact = holding(drawing_document(shapes, operation, request, whole=True))
    positive = PositiveCases(shapes, operation, seed, exact)
    accepted = holding(positive.document)

    def add(found: Found, limit: int) -> None:
        more, problem = found
        more = tuple(each for each in more if each.aim is Aim.REFUSED or each.json is None or accepted(each.json))
        known = {case.data for case in cases}
        cases.extend([case for case in more if case.data not in known][: max(limit, 0)])
        if problem:
            problems.append(problem)

    if examples > 0:
        least, problem = positive.least()
        add((tuple(replace(case, origin="minimal") for case in least), problem), 1)
        if examples >= _ROOM:
            add((positive.full()[0], None), examples - len(cases))
        more, problem = positive.several(examples) if examples > 1 or not cases else ((), None)
        if not cases:
            more = tuple(replace(case, origin="minimal") for case in more[:1]) + more[1:]
        if examples >= _ROOM:
            add((boundary_cases(shapes, request, (*cases, *more)), None), examples - len(cases))
        add((more, problem), examples - len(cases))
    if negative > 0 and not positive.too_large:
        for found in negative_cases(shapes, contract, operation, cases, seed=seed, count=negative):
            add(found, negative - sum(case.aim is Aim.REFUSED for case in cases))
    return tuple(cases), "; ".join(problems)


@contextmanager
def _giving_way() -> Iterator[None]:
    """Let other threads have the interpreter sooner than usual: an answer that waits to be read costs more than a drawing that pauses."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, _SWITCH))
    try:
        yield
    finally:
        sys.setswitchinterval(before)
