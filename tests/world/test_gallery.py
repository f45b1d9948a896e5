"""The gallery of the docs says of each service what its script says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.world.beginning import wait_for_answer
from tests.world.running import NotRunningError
from tests.world.service import GALLERY, Service, services

PAGE = (Path(__file__).parents[2] / "docs" / "guides" / "gallery.md").read_text("utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in PAGE.split("\n## ")[1:]}
SHOWN = services(GALLERY)


def _heading(service: Service) -> str:
    return f"{service.title} {service.dependencies[0].partition('==')[2]}"


def test_each_script_has_a_section() -> None:
    """Whoever reads of a service can begin with the same release of it; nothing else is told."""
    assert sorted(SECTIONS) == sorted(map(_heading, SHOWN.values()))


@pytest.mark.parametrize("name", SHOWN)
def test_a_section_shows_the_policy_and_what_is_found(name: str) -> None:
    """The lines of the policy that the script waits for stand in it, and the codes of the findings, those and no others."""
    for style in SHOWN[name].styles:
        section = SECTIONS[_heading(SHOWN[name])]

        assert [line for line in style.lines if line not in section] == []
        assert sorted(set(re.findall(r"^\| `(AV\d{3})`", section, re.MULTILINE))) == sorted(style.found)


def test_a_service_that_never_answers_is_told() -> None:
    """What would be begun with nothing is no finding of the package."""
    with pytest.raises(NotRunningError, match="it does not answer within 0 seconds"):
        wait_for_answer("http://127.0.0.1:9", 0.1)


@pytest.mark.parametrize("name", SHOWN)
def test_a_service_of_the_gallery_is_pinned(name: str) -> None:
    """Whoever runs it again begins with the same release."""
    assert [each for each in SHOWN[name].dependencies if "==" not in each] == []
