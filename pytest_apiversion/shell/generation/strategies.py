"""Strategies of Hypothesis and schemathesis; heavy, imported by the first drawing."""

from __future__ import annotations

import contextlib
import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.compat.frame_memory import in_one_piece
from pytest_apiversion.shell.compat.hypothesis_internals import answer_utf_8_at_once, many_has_more
from pytest_apiversion.shell.compat.schemathesis_internals import member, sized_binary, version, without_feedback
from pytest_apiversion.shell.generation.client_numbers import as_clients_write
from pytest_apiversion.shell.generation.hypothesis_backend import backend
from pytest_apiversion.shell.generation.interruption import go_on, is_over
from pytest_apiversion.shell.generation.operation_document import with_components
from pytest_apiversion.shell.generation.plain_cases import plain_case
from pytest_apiversion.shell.generation.pools.pool import WIDTH
from pytest_apiversion.shell.json_schema.subschemas import SCHEMA_LIST, SCHEMA_MAP, SCHEMA_ONE
from pytest_apiversion.shell.openapi.request_shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_apiversion.core.checking.drawn_case import DrawnCase

try:
    from schemathesis import GenerationMode
except ImportError:  # where 4.x moved it about
    from schemathesis.generation import GenerationMode


def misfit(schemathesis_version: str, *, many_has_more: bool) -> str | None:
    """Why two installed libraries cannot draw together, and which do; None where they can.

    schemathesis before 4.25 draws through hypothesis-jsonschema, which calls a method that Hypothesis took away in a 6.170 patch release.

    Args:
        schemathesis_version: Its version.
        many_has_more: Whether Hypothesis still has the method.
    """
    major, minor = (int(part) for part in schemathesis_version.split(".")[:2])
    if many_has_more or (major, minor) >= (4, 25):
        return None
    return (
        f"schemathesis {schemathesis_version} cannot draw with Hypothesis {hypothesis.__version__}: "
        "install hypothesis<6.170, or schemathesis>=4.25 (the newest needs pytest>=8.4)"
    )


answer_utf_8_at_once()
_MISFIT = misfit(version(), many_has_more=many_has_more)
if (_sized := sized_binary()) is not None:
    schemathesis.openapi.format("binary", st.binary().map(_sized))


_TOGETHER = 4
"""Values drawn in one test case of Hypothesis, whose cost beside the drawing is considerable."""


_NESTED = frozenset({*SCHEMA_ONE, *SCHEMA_LIST, *SCHEMA_MAP, "$ref"})


_LEAST = 6
"""Drawings that are begun beside the first few, at least: some may have to be thrown away."""


class _Enough(BaseException):
    """Ends a drawing; no Exception, so that Hypothesis does not take it for a failure to study."""


def run(
    strategy: st.SearchStrategy[Any],
    take: Callable[[Any], bool],
    *,
    seed: int,
    count: int,
    begun: int | None = None,
) -> str | None:
    """Draw values and hand each to `take`, until it says that it has enough.

    Args:
        strategy: What is drawn from.
        take: Says whether it has enough.
        seed: Decides what is drawn.
        count: How many values may be drawn; four times as many may be begun, since a schema may reject them half made.
        begun: How many may be begun, where that is fewer.

    Returns:
        Why it stopped before either, or None.

    Raises:
        ToolError: The run was interrupted.
    """
    quiet = settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        derandomize=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
        print_blob=False,
        backend=backend(),
    )
    number, most = 0, 4 * count + 20 if begun is None else begun

    @st.composite
    def several(draw: st.DrawFn) -> None:
        nonlocal number
        for _ in range(_TOGETHER):
            number += 1
            if is_over() or number > most or take(draw(strategy)):
                raise _Enough

    @hypothesis.seed(seed)
    @quiet
    @given(several())
    def drawn(_: None) -> None:
        """All is done while values are drawn."""

    try:
        in_one_piece(drawn)
    except _Enough:
        go_on()
        return None if number <= most else "nearly everything that was drawn had to be thrown away"
    except Exception as error:  # noqa: BLE001  whatever a schema does to the libraries is a line for the reader, not a crash
        return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
    except BaseException as error:
        if "Skip" not in type(error).__name__:  # pytest's way to skip is no Exception
            raise
        return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
    return None


def draw_cases(
    document: dict[str, Any],
    *,
    negative: bool,
    seed: int,
    count: int,
    accepted: Callable[[DrawnCase], bool] = lambda _: True,
    begun: int | None = None,
) -> tuple[tuple[DrawnCase, ...], str | None]:
    """Draw cases of the one operation of a document.

    Args:
        document: OpenAPI 3.1, one operation, path parameters in segments of their own.
        negative: Whether the contract is to be broken.
        seed: Decides what is drawn.
        count: How many are wanted; what comes twice is given once, and twice as many are drawn at most.
        accepted: Which cases are preferred; others are given only where there are none of those.
        begun: How many may be begun; None for some times as many as are wanted.

    Returns:
        The cases, and why there are no more where something went wrong.

    Raises:
        ToolError: The installed libraries cannot draw at all.
    """
    ((template, item),) = document["paths"].items()
    (operation,) = item.values()
    found: dict[tuple[object, ...], DrawnCase] = {}
    others: dict[tuple[object, ...], DrawnCase] = {}
    shapes = Shapes(document)

    def take(case: Any) -> bool:
        made = plain_case(case, shapes, template, operation, negative=negative)
        if made is not None:
            (found if accepted(made) else others).setdefault(made.data, made)
        return len(found) >= count

    strategy, problem = _strategy(document, negative=negative, seed=seed)
    if strategy is not None:
        problem = run(strategy, take, seed=seed, count=2 * count, begun=begun)
    return tuple(found.values()) or tuple(others.values())[:count], problem


def draw_values(schema: Any, components: Mapping[str, Any], *, negative: bool, seed: int, count: int) -> list[Any]:
    """Draw JSON values of a schema, or beside it.

    Args:
        schema: The schema.
        components: What its references lead to.
        negative: Whether values are to break it; some of them may not.
        seed: Decides what is drawn.
        count: How many are wanted; what comes twice is given once, and half as many again are begun at most.

    Raises:
        ToolError: The installed libraries cannot draw at all.
    """
    plain = not negative and isinstance(schema, dict) and _NESTED.isdisjoint(schema)
    names = [f"v{number}" for number in range(WIDTH if plain else 1)]
    held = {
        "type": "object",
        "properties": dict.fromkeys(names, schema),
        "required": names,
        "additionalProperties": False,
    }
    body = {"required": True, "content": {"application/json": {"schema": held}}}
    made = {"requestBody": body, "responses": {"200": {"description": "whatever"}}}
    document = with_components({"paths": {"/draw": {"post": made}}}, components)
    shapes = Shapes(document)
    found: dict[str, Any] = {}

    def take(case: Any) -> bool:
        drawn = [case.body[name] for name in names if name in case.body] if isinstance(case.body, dict) else []
        for each in drawn:
            value = as_clients_write(shapes, schema, each, exactly=negative)
            with contextlib.suppress(TypeError, ValueError, RecursionError):  # no JSON
                found.setdefault(json.dumps(value, allow_nan=False), value)
        return len(found) >= count

    strategy, _ = _strategy(document, negative=negative, seed=seed)
    if strategy is not None:
        run(strategy, take, seed=seed, count=2 * count, begun=begun_at_most(count, len(names)))
    return list(found.values())[:count]


def begun_at_most(count: int, width: int) -> int:
    """How many drawings are begun for some values, where each gives so many; the first few give the simplest only."""
    return _TOGETHER + max(_LEAST, -(-3 * count // (2 * width)))


def _strategy(
    document: dict[str, Any], *, negative: bool, seed: int
) -> tuple[st.SearchStrategy[Any] | None, str | None]:
    """What draws cases of the one operation of a document, and why there is nothing where something went wrong.

    Raises:
        ToolError: The installed libraries cannot draw at all.
    """
    if _MISFIT is not None:
        raise ToolError(_MISFIT)
    member(schemathesis.Case, "as_transport_kwargs")  # without it every case would look like one that cannot be sent
    config = SchemathesisConfig(seed=seed)
    with contextlib.suppress(
        AttributeError, TypeError
    ):  # a version that configures this elsewhere: filtered below anyway
        config.projects.default.generation.update(allow_x00=False, codec="utf-8")
    try:
        schema = member(schemathesis.openapi, "from_dict")(deepcopy(document), config=config)  # others have its parts
        result: Any = next(iter(member(schema, "get_all_operations")()))
        if type(result).__name__ == "Err":
            return None, " ".join(str(result.err()).split())[:300]
        mode = GenerationMode.NEGATIVE if negative else GenerationMode.POSITIVE
        as_strategy = member(result.ok(), "as_strategy")
        return as_strategy(generation_mode=mode, **without_feedback(as_strategy)), None
    except ToolError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a schema does to the library is a line for the reader, not a crash
        return None, f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
