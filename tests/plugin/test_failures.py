"""How an error of this package is told."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.errors import ContractBroken
from pytest_apiversion.core.finding import Finding
from pytest_apiversion.core.policy.secrets import Secrets
from pytest_apiversion.shell.pytest_plugin.failures import failure_of, raise_broken
from pytest_apiversion.shell.reporting.masking import Cleaner
from tests.checks.builders import policy


def _raised() -> pytest.ExceptionInfo[BaseException]:
    with pytest.raises(KeyError) as caught:
        _ = {"a": 1}["s3cret-of-ours"]
    return caught


class Unparsed:
    """What was raised, where Python's parser is in use by another thread (gh-106905)."""

    def __init__(self, value: BaseException) -> None:
        self.value, self.typename = value, type(value).__name__

    def getrepr(self, **_named: object) -> str:
        """What CPython raises then."""
        raise SystemError("AST constructor recursion depth mismatch (before=1, after=2)")


@pytest.mark.parametrize("parsed", [True, False])
def test_an_error_is_shown_whatever_the_parser_does(*, parsed: bool) -> None:
    """It is told whose fault it is, what was raised and where, without secrets."""
    caught: Any = _raised() if parsed else Unparsed(_raised().value)

    text = failure_of(caught, Cleaner(policy(secrets=Secrets({"KEY": "s3cret-of-ours"}))), "apiversion.toml").text

    assert "which says nothing about the service: KeyError" in text
    assert "test_failures.py" in text
    assert "s3cret" not in text


def test_a_debugger_finds_the_exchange() -> None:
    """Where a failing item stops, its worst finding, the request and the answer stand in variables."""
    finding = Finding(
        code="AV402",
        promise="no server error",
        version="v1",
        summary="a request gets 500",
        expected="no 5xx",
        received="500",
        place="contract",
        request="GET /things HTTP/1.1",
        answer="500 oh",
    )

    with pytest.raises(ContractBroken) as caught:
        raise_broken([finding], "apiversion.toml")

    seen = caught.traceback[-1].frame.f_locals
    assert (seen["finding"], seen["request"], seen["answer"]) == (finding, "GET /things HTTP/1.1", "500 oh")
