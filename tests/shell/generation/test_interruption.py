"""What becomes of drawing when the user ends the run."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import strategies as st

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.generation.drawing import draw
from pytest_apiversion.shell.generation.interruption import ONE_AT_A_TIME, interrupt, resume
from pytest_apiversion.shell.generation.strategies import run
from tests.shell.generation.test_boundary_values import contract


@pytest.fixture(autouse=True)
def _resumed() -> Iterator[None]:
    yield
    resume()


def test_nothing_is_drawn_after_an_interrupt_and_all_is_when_the_run_is_over() -> None:
    """What waits for a drawing fails at once; a later run in the same process draws."""
    found = contract({"type": "object", "properties": {"n": {"type": "integer"}}}, [])
    operation = found.operations["POST /things"]
    with interrupt():
        pass
    with pytest.raises(ToolError, match="the run was interrupted"):
        draw(found, operation, seed=1, examples=4, negative=0)
    resume()

    assert draw(found, operation, seed=1, examples=4, negative=0)


def test_a_drawing_that_is_under_way_ends_with_the_value_it_is_at() -> None:
    """Who tells where the run was does not do so beside a drawing, nor wait for all of it."""
    drawing, ended = threading.Event(), list[str]()

    def slow(_: int) -> bool:
        drawing.set()
        time.sleep(0.05)
        return False

    def draw_on() -> None:
        with ONE_AT_A_TIME:
            try:
                run(st.integers(), slow, seed=1, count=1000)
            except ToolError as error:
                ended.append(str(error))

    thread = threading.Thread(target=draw_on)
    thread.start()
    assert drawing.wait(10)
    began = time.monotonic()
    with interrupt():
        pass
    took = time.monotonic() - began
    thread.join(10)

    assert ended == ["the run was interrupted"]
    assert took < 1
