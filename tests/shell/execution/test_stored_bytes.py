"""Bytes that are put to be read again: as many as may be, and none where a schema says what they are."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.contracts.contract import Operation
from pytest_apiversion.shell.execution.stored_bytes import BYTES, _body


@pytest.mark.parametrize(
    ("schema", "least", "most"),
    [
        pytest.param({"type": "string", "format": "binary"}, 256, 300, id="any"),
        pytest.param({}, 256, 300, id="nothing-said"),
        pytest.param(True, 256, 300, id="true"),
        pytest.param({"maxLength": 9}, 9, 9, id="few"),
        pytest.param({"minLength": 1000}, 1000, 1000, id="many"),
        pytest.param({"type": "string", "format": "byte"}, None, None, id="a-text-of-bytes"),
        pytest.param({"contentEncoding": "base64"}, None, None, id="an-encoding"),
        pytest.param({"pattern": "^a"}, None, None, id="a-pattern"),
    ],
)
def test_as_many_as_may_be(schema: Any, least: int | None, most: int | None) -> None:
    """Every byte is among them, where there is room; what a schema says more of them nobody here makes."""
    body = {"requestBody": {"content": {BYTES: {"schema": schema}}}}
    sent = _body(Operation(method="PUT", path="/files/{name}", body_media_types=(BYTES,), request=body))

    assert (sent is None) is (least is None)
    assert sent is None or least is None or most is None or least <= len(sent) <= most
