"""Cases made from those a contract accepts: at its limits, and beside what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.http.conditions import is_conditional
from pytest_apiversion.shell.generation.boundary_values import boundaries
from pytest_apiversion.shell.generation.operation_document import (
    drawing_document,
    drawn_media_type,
    with_components,
    without_conditions,
)
from pytest_apiversion.shell.generation.pools.positive_cases import Found, mixed
from pytest_apiversion.shell.generation.pools.text_readings import may_fit
from pytest_apiversion.shell.generation.pools.wrong_values import Negatives
from pytest_apiversion.shell.generation.schema_violations import violations
from pytest_apiversion.shell.json_schema.validators import Validators

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract, Operation
    from pytest_apiversion.core.http.messages import Pairs
    from pytest_apiversion.shell.openapi.request_shapes import Shapes

_HERE = "#/x-schemas/s0"
"""Where the schema stands that values are held to."""
_DRAWN = 3
"""One negative case in so many has a value from a pool; the others break the contract in one place each, where there are so many places."""


def boundary_cases(shapes: Shapes, request: Mapping[str, Any], drawn: Sequence[DrawnCase]) -> tuple[DrawnCase, ...]:
    """Cases at the contract's limits, made from the drawn case that has the most."""
    if not drawn:
        return ()
    schema = _body_schema(request)
    base = _fullest(drawn)

    return tuple(boundaries(shapes, request, schema, base, _Holds(shapes)))


def _body_schema(request: Mapping[str, Any]) -> Any:
    """The schema of the body that is drawn; None where there is none."""
    content = request.get("requestBody", {}).get("content", {})
    return content[drawn_media_type(content)].get("schema") if content else None


def _fullest(drawn: Sequence[DrawnCase]) -> DrawnCase:
    """The case that has the most."""
    return max(drawn, key=lambda case: len(case.json) if isinstance(case.json, dict) else 0)


class _Holds:
    """Says whether values are what schemas say; each schema is compiled once, with no more than it refers to.

    Args:
        shapes: What references lead to.
    """

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._known: dict[int, tuple[Any, Callable[[Any], bool]]] = {}

    def __call__(self, schema: Any, value: Any) -> bool:
        """Whether it is; True where that cannot be told."""
        if id(schema) not in self._known:
            self._known[id(schema)] = (schema, _validators(self._shapes, schema).accepts(_HERE))
        try:
            return self._known[id(schema)][1](value)
        except Exception:  # noqa: BLE001  a schema no library can hold is no reason to stop
            return True


def negative_cases(
    shapes: Shapes, contract: Contract, operation: Operation, cases: Sequence[DrawnCase], *, seed: int, count: int
) -> Iterator[Found]:
    """Cases that break the contract: made ones, then some with a value from a pool; drawn ones of bodies that neither can be made of.

    Args:
        shapes: What references lead to.
        contract: The contract.
        operation: The operation.
        cases: Cases that the contract accepts.
        seed: Decides what is drawn.
        count: How many are wanted.
    """
    request = operation.request
    invalid, unfit = _breaking(shapes, contract, request)
    broken = tuple(
        islice(
            _violations(shapes, request, cases, invalid=invalid, unfit=unfit, seed=seed), count - -(-count // _DRAWN)
        )
    )
    yield broken, None
    breakable, kept = without_conditions(request)
    whole = drawing_document(shapes, operation, breakable, whole=True)
    left = count - len(broken)
    pooled = Negatives(whole, invalid=invalid, unfit=unfit, seed=seed)
    plain = [_conditionless(case, kept) for case in cases]
    more = tuple(pooled.cases(plain, mixed(seed, operation.shape, "negative"), left))
    yield more, None
    if not more and not broken and not pooled.knows_body:
        from pytest_apiversion.shell.generation import strategies  # noqa: PLC0415  Hypothesis and schemathesis are heavy

        drawn, problem = strategies.draw_cases(
            whole, negative=True, seed=mixed(seed, operation.shape, "negative"), count=left
        )
        yield tuple(replace(case, headers=(*case.headers, *kept)) for case in drawn), problem


def _conditionless(case: DrawnCase, kept: Pairs) -> DrawnCase:
    """A case whose conditional headers are those that every request has."""
    return replace(case, headers=(*(pair for pair in case.headers if not is_conditional(pair[0])), *kept))


def _breaking(
    shapes: Shapes, contract: Contract, request: Mapping[str, Any]
) -> tuple[Callable[[Any], bool], Callable[[Any, str], bool]]:
    """Tell a body that the contract surely does not accept, and the text of a parameter or of a field: however somebody reads it."""
    schema = _body_schema(request)
    refuses = _validators(shapes, schema).refuses(_HERE)

    def invalid(body: Any) -> bool:
        try:
            return refuses(body)
        except Exception:  # noqa: BLE001  what nobody can tell is not sure
            return False

    return invalid, lambda schema, text: not may_fit(contract, schema, text)


def _validators(shapes: Shapes, schema: Any) -> Validators:
    """What holds values to a schema, compiled with no more than it refers to."""
    components = {reference: shapes.component(reference) for reference in shapes.closure(schema)}
    return Validators(with_components({"x-schemas": {"s0": schema}}, components))


def _violations(
    shapes: Shapes,
    request: Mapping[str, Any],
    drawn: Sequence[DrawnCase],
    *,
    invalid: Callable[[Any], bool],
    unfit: Callable[[Any, str], bool],
    seed: int,
) -> Iterator[DrawnCase]:
    """Cases that break the contract in one place, made from the drawn case that has the most."""
    if not drawn:
        return iter(())
    schema = _body_schema(request)
    base = _fullest(drawn)
    base = _conditionless(base, without_conditions(request)[1])
    return violations(shapes, request, schema, base, invalid=invalid, unfit=unfit, seed=mixed(seed, "violations"))
