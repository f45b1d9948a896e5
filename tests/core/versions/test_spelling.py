"""How versions are written in one place, and which version a text there spells."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.versions.schemes import SCHEMES, parse
from pytest_apiversion.core.versions.spelling import spelling
from tests.core.versions.strategies import ANY_VERSION, CODENAMES, versions
from tests.thorough import some

WRITTEN = [
    ("{version}", "vN", "v2", "v2"),
    ("{number}", "vN", "v2", "2"),
    ("v{number}", "integer", "2", "v2"),
    ("version-{number}.x", "vN", "v2", "version-2.x"),
    ("{{{number}}}", "vN", "v2", "{2}"),
    ("v{major}.{minor}", "major.minor", "2.13", "v2.13"),
    ("{date}", "date", "2024-02-29", "2024-02-29"),
    ("{year}{month}{day}", "date", "2024-02-29", "20240229"),
    ("{day}/{month}/{year}", "date", "2024-02-29", "29/02/2024"),
    ("{year}{month}", "month", "2026-04", "202604"),
    ("{codename}-{minor}_{patch}", "minor.patch.codename", "1.0.forge", "forge-1_0"),
    ("{codename}.{minor}.{patch}p{preview}", "minor.patch.codename", "1.3.forge-preview.2", "forge.1.3p2"),
    ("{codename}.{minor}.{patch}p{preview}", "minor.patch.codename", "1.3.forge", "forge.1.3p"),
    ("{number}{stability}{revision}", "kubernetes", "v1beta2", "1beta2"),
    ("{number}{stability}{revision}", "kubernetes", "v11", "11"),
    ("{number}-{number}", "vN", "v2", "2-2"),
]


@pytest.mark.parametrize(
    ("template", "scheme", "version", "text"), WRITTEN, ids=[f"{row[0]}={row[3]}" for row in WRITTEN]
)
def test_a_version_is_written_and_read_by_the_template(template: str, scheme: str, version: str, text: str) -> None:
    """The template decides the text, and the text leads back to the version."""
    made = spelling(template, scheme, CODENAMES)

    assert (made.write(version), made.read(text)) == (text, version)


COMPLETE = {
    "vN": ["{version}", "{number}", "version {number}"],
    "integer": ["{version}", "v{number}"],
    "major.minor": ["{version}", "{minor}<{major}"],
    "semver": ["{version}", "{major}_{minor}_{patch}~{prerelease}+{build}"],
    "date": ["{version}", "{date}{preview}", "{preview}{day}{month}{year}"],
    "month": ["{version}", "{month}{year}"],
    "yearmonth": ["{version}", "{year}-{month}"],
    "date.codename": ["{version}", "{codename}@{date}", "{date}{codename}"],
    "minor.patch.codename": ["{version}", "{codename}-{minor}-{patch}-{preview}"],
    "kubernetes": ["{version}", "{number}{stability}{revision}", "{stability}{revision}.{number}"],
    "opaque": ["{version}", "x{text}", "{text}x"],
}


@pytest.mark.parametrize(("scheme", "template"), [(name, each) for name, row in COMPLETE.items() for each in row])
@given(data=st.data())
@settings(deadline=None, max_examples=some(60, 8))
def test_reading_undoes_writing(scheme: str, template: str, data: st.DataObject) -> None:
    """`read(write(v)) == v` for every version, where the template names every field."""
    made = spelling(template, scheme, CODENAMES)
    version = data.draw(versions(scheme))

    assert made.read(made.write(version)) == version


@given(
    ANY_VERSION,
    st.lists(st.sampled_from(["{version}", *(f"{{{n}}}" for n in ("number", "major", "date"))]) | st.just("-")),
)
@settings(deadline=None)
def test_no_template_reads_a_version_as_another_of_the_same_form(drawn: tuple[str, str], parts: list[str]) -> None:
    """Whatever the template, what is read back is the version, one that is written alike, or nothing."""
    scheme, version = drawn
    try:
        made = spelling("".join(parts), scheme, CODENAMES)
    except ValueError:
        return
    back = made.read(made.write(version))
    assert back in {None, version} or made.write(back or "") == made.write(version)


@given(st.sampled_from(sorted(COMPLETE)), st.text())
@settings(deadline=None)
def test_what_is_read_is_written_the_same(scheme: str, text: str) -> None:
    """No text is read that writing would not give: no case folding, no zeros, no spaces."""
    made = spelling("{version}", scheme, CODENAMES)
    version = made.read(text)

    assert version is None or made.write(version) == text


UNREADABLE = [
    ("{number}", "vN", "v2"),
    ("{number}", "vN", "02"),
    ("{number}", "vN", "2 "),
    ("{number}", "vN", "2\n"),
    ("{number}", "vN", "٢"),
    ("{number}", "vN", ""),
    ("{major}", "semver", "1"),
    ("{year}", "date", "2026"),
    ("{codename}", "minor.patch.codename", "forge"),
    ("{day}{month}{year}", "date", "30022026"),
    ("{number}-{number}", "vN", "1-2"),
    ("fixed", "vN", "fixed"),
]


@pytest.mark.parametrize(("template", "scheme", "text"), UNREADABLE)
def test_a_text_that_spells_no_version_is_not_read(template: str, scheme: str, text: str) -> None:
    """Other texts, and templates that lose a required part, lead to no version."""
    assert spelling(template, scheme, CODENAMES).read(text) is None


def test_optional_parts_the_template_leaves_out_are_read_as_absent() -> None:
    """`{date}` writes a preview and its stable version alike: the text is the stable one, and the preview is not told apart."""
    made = spelling("{date}", "date")

    assert made.write("2025-06-01-preview") == "2025-06-01"
    assert made.read("2025-06-01") == "2025-06-01"


def test_exceptions_come_before_the_template() -> None:
    """A declared exception is written and read as declared; its text is no other version, and its usual text is none."""
    made = spelling("{major}", "semver", (), {"1.4.2": "1", "2.0.0": "legacy"})

    assert (made.write("1.4.2"), made.read("1")) == ("1", "1.4.2")
    assert (made.write("2.0.0"), made.read("legacy"), made.read("2")) == ("legacy", "2.0.0", None)
    assert spelling("{number}", "vN", (), {"v1": "2"}).read("2") == "v1"
    assert spelling("{number}", "vN", (), {"v1": "one"}).read("1") is None


MISTAKES = [
    ("{codename}", "vN", "unknown field {codename}; the scheme 'vN' knows {number}, {version}"),
    ("{}", "vN", "unknown field {}"),
    ("{0}", "vN", "unknown field {0}"),
    ("{number:03}", "vN", "unknown field {number:03}"),
    ("{number!r}", "vN", "unknown field {number!r}"),
    ("{number.real}", "vN", "unknown field {number.real}"),
    ("{number", "vN", "expected '}'"),
    ("number}", "vN", "Single '}'"),
    ("vé{number}", "vN", "not ASCII"),
    ("{major}{minor}", "major.minor", "{major} and {minor} stand side by side"),
    ("{date}", "month", "knows {month}, {version}, {year}"),
]


@pytest.mark.parametrize(("template", "scheme", "message"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_a_bad_template_says_what_is_known(template: str, scheme: str, message: str) -> None:
    """A template that cannot work is refused at once, with the fields the scheme has."""
    with pytest.raises(ValueError, match=re.escape(message)):
        spelling(template, scheme)


def test_two_exceptions_may_not_be_written_alike() -> None:
    """A text cannot spell two versions."""
    with pytest.raises(ValueError, match="two versions are written '1'"):
        spelling("{version}", "vN", (), {"v1": "1", "v2": "1"})


def test_a_text_that_is_no_version_cannot_be_written() -> None:
    """Writing is for versions; malformed texts go to the carrier as they are."""
    with pytest.raises(ValueError, match="'V2' is no version of the scheme 'vN'"):
        spelling("{number}", "vN").write("V2")


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_long_junk_is_refused_in_no_time(scheme: str) -> None:
    """No pattern backtracks without end on texts as long as a header may be."""
    made = spelling("{version}", scheme, CODENAMES)
    started = time.monotonic()
    for text in ("1" * 8000 + "!", "v" + "1" * 8000 + "!", "1.0.0-" + "a-0." * 2000 + "!", "1.0." + "a" * 8000 + "!"):
        assert parse(scheme, text) is None or scheme == "opaque"
        assert made.read(text) is None or scheme == "opaque"

    assert time.monotonic() - started < 5
