"""What a text that is no version has in common with those that are."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.versions.likenesses import likenesses

DECLARED = {"v1": False, "v2": True}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("V2", "is a declared version in other case"),
        (" v2", "is a declared version with blanks around it"),
        ("v\uff12", "is a declared version in letters or digits of another kind"),
        ("v002", "is a declared version with zeros before its number"),
        ("v2beta", "starts with a declared version"),
        ("xv2", "ends with a declared version"),
        ("<v2>", "has a declared version in it"),
        ("v", "is the start of a declared version"),
        ("v2", None),
        ("latest", None),
    ],
)
def test_the_most_telling_likeness_comes_first(text: str, first: str | None) -> None:
    """A text that is written like a declared version is told by how it differs from it; a declared version, or anything else, by nothing."""
    assert next(iter(likenesses(text, DECLARED)), None) == first


def test_versions_that_answer_are_told_apart() -> None:
    """Of a text like a version that does not answer, nothing is said about those that do."""
    assert likenesses("v2;", DECLARED)[:2] == ("starts with a declared version", "starts with a version that answers")
    assert not any("answers" in each for each in likenesses("v1;", DECLARED))
