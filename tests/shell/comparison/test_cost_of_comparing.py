"""Two documents are compared without looking for cycles, and what they have in common is read once: with a policy too."""

from __future__ import annotations

import gc
import io
import json
from functools import partial
from typing import TYPE_CHECKING

import pytest

from pytest_apiversion.diff.pairs import Setting
from pytest_apiversion.shell.comparison.compare import compare_sources
from pytest_apiversion.shell.comparison.compare_under_policy import compare_under
from pytest_apiversion.shell.openapi import document_texts
from pytest_apiversion.shell.texts.json_again import parse_json_again
from tests.shell.comparison.test_compare_under_policy import DAY, LESS, SAME, folder

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_apiversion.shell.texts.json_again import Read


class Piped(io.BytesIO):
    """Standard input that notes whether cycles are looked for while it is read."""

    collected = True

    def read(self, size: int | None = -1, /) -> bytes:
        """Read, as from any file."""
        self.collected = gc.isenabled()
        return super().read(size)


@pytest.mark.parametrize("policy", [False, True], ids=["alone", "under-a-policy"])
def test_no_cycles_are_looked_for_and_parts_are_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, policy: bool
) -> None:
    """The second document is read with what the first one says at hand; afterwards Python looks for cycles as before."""
    known: list[bool] = []

    def read(text: str, earlier: Read | None) -> Read:
        known.append(earlier is not None)
        return parse_json_again(text, earlier)

    monkeypatch.setattr(document_texts, "parse_json_again", read)
    file = folder(tmp_path / "api", {"v1": SAME}, scheme="vN")
    for name, document in (("old", SAME), ("new", LESS)):
        (tmp_path / f"{name}.json").write_text(json.dumps(document), "utf-8")
    compare = partial(compare_under, file, "v1") if policy else compare_sources
    setting, piped = Setting(as_of=DAY), Piped(json.dumps(LESS).encode())
    compare(str(tmp_path / "old.json"), "-", stdin=piped, setting=setting)

    assert (piped.collected, gc.isenabled()) == (False, True)
    assert known == [False, True]
