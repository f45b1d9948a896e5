"""Cases of one shape that the contract accepts: assembled from pools, or drawn whole where that cannot be done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.generation.operation_document import (
    drawing_document,
    full_request,
    least_request,
    writable_request,
)
from pytest_apiversion.shell.generation.pools.assembly import Assembly
from pytest_apiversion.shell.generation.pools.choosing import PARTS
from pytest_apiversion.shell.generation.pools.pool import NothingDrawnError, TooLargeError
from pytest_apiversion.shell.json_schema.validators import Validators

if TYPE_CHECKING:
    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.shell.openapi.request_shapes import Shapes

Found = tuple[tuple["DrawnCase", ...], str | None]
"""Cases, and why there are no more where something went wrong."""


class PositiveCases:
    """Makes the cases of one shape.

    Args:
        shapes: What references lead to.
        operation: One operation of the shape.
        seed: Decides what is drawn.
        exact: Whether a body's value is what the contract says, all of it.
    """

    def __init__(self, shapes: Shapes, operation: Operation, seed: int, exact: Callable[[Any], bool]) -> None:
        self._shapes = shapes
        self._operation = operation
        self._seed = seed
        self._exact = exact
        self._writable = writable_request(shapes, operation.request)
        self.document = drawing_document(shapes, operation, self._writable)
        self._fallen = 0
        self.too_large = False

    @property
    def whole(self) -> int:
        """How many parts of it were drawn whole so far, since they could not be assembled."""
        return self._fallen + self._assembly.whole

    def least(self) -> Found:
        """The case with what is required and nothing else."""

        def whole() -> Found:
            return self._drawn(least_request(self._shapes, self._writable), "minimal", 1)

        return self._found(lambda: self._assembly.least(self._mixed("minimal")), 1, whole)

    def full(self) -> Found:
        """A case with everything at once."""

        def made() -> Iterator[DrawnCase]:
            document = drawing_document(self._shapes, self._operation, self._full)
            return Assembly(document, self._exact, self._seed).full(self._mixed("full"))

        return self._found(made, 1, lambda: self._drawn(self._full, "full", 1))

    def several(self, count: int) -> Found:
        """Cases of all kinds."""
        return self._found(
            lambda: self._assembly.several(self._mixed("positive"), count), count, lambda: self.drawn_whole(count)
        )

    def drawn_whole(self, count: int) -> Found:
        """The same, each case drawn in one go by Hypothesis and schemathesis."""
        return self._drawn(self._writable, "positive", count)

    @cached_property
    def _assembly(self) -> Assembly:
        return Assembly(self.document, self._exact, self._seed)

    @cached_property
    def _full(self) -> Mapping[str, Any]:
        return full_request(self._shapes, self._writable)

    def _found(self, made: Callable[[], Iterator[DrawnCase]], count: int, whole: Callable[[], Found]) -> Found:
        """What can be assembled; what is drawn whole where nothing can."""
        found: dict[tuple[object, ...], DrawnCase] = {}
        try:
            for case in made():
                found.setdefault(case.data, case)
                if len(found) >= count:
                    break
        except TooLargeError:
            self.too_large = True
            return (), f"what is required of a request has more than {PARTS:,} objects and lists in it"
        except NothingDrawnError:
            found.clear()
        if found:
            return tuple(found.values()), None
        self._fallen += 1
        return whole()

    def _drawn(self, request: Mapping[str, Any], what: str, count: int) -> Found:
        from pytest_apiversion.shell.generation import strategies  # noqa: PLC0415  Hypothesis and schemathesis are heavy

        return strategies.draw_cases(
            drawing_document(self._shapes, self._operation, request),
            negative=False,
            seed=self._mixed(what),
            count=count,
            accepted=lambda case: case.json is None or self._exact(case.json),
        )

    def _mixed(self, what: str) -> int:
        return mixed(self._seed, self._operation.shape, what)


def mixed(seed: int, *parts: str) -> int:
    """A seed of its own for each purpose."""
    text = "\n".join([str(seed), *parts])
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def holding(document: Mapping[str, Any]) -> Callable[[Any], bool]:
    """Says of a body's value whether the contract accepts it: old libraries draw some keywords as if they were not there."""
    ((_, item),) = document["paths"].items()
    (operation,) = item.values()
    media: Mapping[str, Any] = next(iter(operation.get("requestBody", {}).get("content", {}).values()), {})
    if media.get("schema", True) is True:
        return lambda _: True
    resource = {key: part for key, part in document.items() if key not in {"openapi", "info", "paths"}}
    held = Validators({**resource, "x-schemas": {"s0": media["schema"]}}).accepts("#/x-schemas/s0")

    def accepted(value: Any) -> bool:
        try:
            return held(value)
        except Exception:  # noqa: BLE001  a schema no library can hold is no reason to stop
            return True

    return accepted
