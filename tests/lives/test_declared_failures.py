"""A status of the fifth hundred that the policy may declare is an answer like any other, to every check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.apps.kit import serving
from tests.lives.catalogue import LIVES
from tests.lives.kit import instant
from tests.shell.running import run_file

DAY = "2026-11-20"


@pytest.mark.parametrize(
    ("name", "said", "old", "new", "held"),
    [
        pytest.param("one-is-exact", "reject = 404", "404", "501", {"AV203", "AV204", "AV402"}, id="rejections"),
        pytest.param("own-ends", "status = 410", "410", "503", {"AV601", "AV602", "AV608"}, id="ends"),
    ],
)
def test_a_declared_failure_is_honoured(
    name: str, said: str, old: str, new: str, held: set[str], tmp_path: Path
) -> None:
    """A service that answers so is held to it without a finding: no check takes for a failure what another one promised."""
    life = LIVES[name]
    policy = life.policy.replace(said, said.replace(old, new)).replace("[sunset]\n", f"[sunset]\nstatus = {new}\n")
    app = life.make(instant(DAY), "")

    def otherwise(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        outside = not environ["PATH_INFO"].startswith("/v1/")

        def start(line: str, *rest: Any) -> Any:
            same = not line.startswith(old) or (old == "404" and not outside)
            return start_response(line if same else f"{new} No", *rest)

        answer: Iterable[bytes] = app(environ, start)
        return answer

    with serving(otherwise) as url:
        result = run_file(life.write(tmp_path, policy), {"ODD_URL": url, **life.environment}, as_of=instant(DAY))

    assert result.said == []
    assert held <= result.exercised("v1")
