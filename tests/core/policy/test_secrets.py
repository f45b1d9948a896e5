"""Secrets: found however they are spelled, and masked before anything is cut."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pytest_apiversion.core.policy.secrets import Secrets, is_origin
from tests.core.policy.spellings import SPELLINGS
from tests.counting import calls_of

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=4, max_size=40)
SECRETS = st.one_of(
    st.text("abcdefXYZ0189+/=&%<>'\"\\-_.~$ é漢😀", min_size=6, max_size=40).filter(lambda text: text == text.strip()),
    st.text("abcdef0123456789", min_size=16, max_size=40),
)
ALONE = sorted(
    SPELLINGS.keys() - {"base64, second place", "base64, third place", "base64, of a url", "coloured", "json in json"}
)
"""Spellings of the secret and nothing else."""


@given(secret=SECRETS, spelling=st.sampled_from(sorted(SPELLINGS)), before=TEXTS, after=TEXTS)
@example(secret="YD&Ya%F2uwREjé", spelling="json", before="x%F3", after="y")
@example(secret="a+b/c&d<e>'f\"", spelling="json, all escaped", before="x", after="y")
@example(secret="0000\\0", spelling="html, half", before="x", after="y")
@example(secret="a%41\\b&lt;", spelling="url, all", before="x", after="y")
@example(secret="ab\\%c\\&d", spelling="html", before="x", after="y")
def test_a_secret_in_any_spelling(secret: str, spelling: str, before: str, after: str) -> None:
    """A secret is masked however a service spells it, wherever it stands, and what is around it stays."""
    spelled = SPELLINGS[spelling](secret)
    secrets = Secrets({"TOKEN": secret})

    said = secrets.masked(f"<{before}|{spelled}|{after}>")

    assert "$TOKEN" in said
    assert spelled not in said
    if len(set(secret)) > 3 and secret not in before + after:
        assert said.startswith(f"<{before[:1]}")


@given(secret=SECRETS, spelling=st.sampled_from(ALONE), cut=st.integers(0, 400), longest=st.integers(1, 80))
def test_masked_before_it_is_cut(secret: str, spelling: str, cut: int, longest: int) -> None:
    """Of a secret at the place where a text is cut, no part is left."""
    text = f"{'.' * (cut % (longest + 8))}{SPELLINGS[spelling](secret)}{'!' * 50_000}"

    said = Secrets({"TOKEN": secret}).beginning(text, longest)

    assert len(said) <= longest + 1
    assert not set(said) - set(".!…$TOKEN=")


@pytest.mark.parametrize("longest", range(4, 30))
@pytest.mark.parametrize("spelling", ["plain", "json, all escaped", "url, every byte", "html, decimal"])
def test_what_somebody_else_cut(spelling: str, longest: int) -> None:
    """Of a secret that was cut before it came here, what is left before the ellipsis is masked, from four characters on."""
    secret = "s3cr3t-T0ken/&+"
    each = len(SPELLINGS[spelling](secret)) / len(secret)

    said = Secrets({"TOKEN": secret}).masked(f"got {SPELLINGS[spelling](secret)[: int(longest * each)]}… and more")

    assert said in {"got $TOKEN… and more", "got $TOKEN/… and more", "got $TOKEN…… and more"} or "$TOKEN" in said
    assert "s3cr" not in said


def test_broken_into_lines() -> None:
    """A long secret, and its base64, are found over ends of lines."""
    import base64  # noqa: PLC0415  one test needs it

    secret = "a-long-secret-that-somebody-wraps-at-some-column"
    wrapped = "\n  ".join(secret[at : at + 10] for at in range(0, len(secret), 10))

    assert Secrets({"TOKEN": secret}).masked(f"<{wrapped}>") == "<$TOKEN>"
    assert "YS1sb25n" not in Secrets({"TOKEN": secret}).masked(base64.encodebytes(secret.encode()).decode())


@pytest.mark.parametrize(
    ("value", "text", "shown"),
    [
        ("https://host/tenant-7", "see /tenant-7/things", "see $URL/things"),
        ("https://host/tenant-7", "https://host/tenant-7/things", "$URL/things"),
        ("https://host/hooks/B0a12xYz9/x", "no hook B0a12xYz9", "no hook $URL"),
        ("https://host/hooks/B0a%2B12xYz9", "no hook b0a+12xyz9", "no hook $URL"),
        (
            "https://host/api2024/v1.2/a-thing_of.json",
            "api2024, v1.2, a-thing_of.json",
            "api2024, v1.2, a-thing_of.json",
        ),
        ("https://u:passw0rd@host/", "u:passw0rd", "u:$URL"),
        ("dXNlcjpwYXNzdzByZA==", "the password passw0rd", "the password $URL"),
        ("https://host/tenant-7", "https://host is not there", "https://host is not there"),
    ],
)
def test_parts_of_a_secret(value: str, text: str, shown: str) -> None:
    """The path and the password of an address, what in that path looks like a secret, and what a basic credential says, are secrets by themselves."""
    assert Secrets({"URL": value}).masked(text) == shown


def test_the_longest_gives_the_name() -> None:
    """Where one secret holds another, the whole is named."""
    assert Secrets({"A": "inner", "B": "has inner in it"}).masked("inner, has inner in it") == "$A, $B"


def test_what_is_none() -> None:
    """Other texts stay as they are, and where there is no secret, nothing is looked for."""
    text = "a thing & \\u0041 %41 … &amp; 100%"

    assert Secrets({"TOKEN": "s3cr3t"}).masked(text) == text
    assert Secrets().masked(text) == text
    assert "s3cr3t" not in repr(Secrets({"TOKEN": "s3cr3t"}))


@pytest.mark.parametrize(
    ("value", "origin"),
    [("http://a.example:80", True), ("https://[::1]/", True), ("http://a/b", False), ("abc", False)],
)
def test_where_requests_go_is_no_secret(value: str, *, origin: bool) -> None:
    """The address of a host and nothing else is one that everybody may see; an address with a user or a path is none."""
    assert is_origin(value) is origin


def test_linear() -> None:
    """Four times the escapes take about four times the processor time, however busy the machine is; squared would be sixteen."""
    secrets = Secrets({"TOKEN": "s3cr3t-T0ken/&+"})

    def seconds(size: int) -> float:
        text = "\\\\" * size + "%25" * (size // 5)
        begun = time.thread_time()
        secrets.masked(text)
        return time.thread_time() - begun

    few = min(seconds(12_000) for _ in range(2))
    assert seconds(48_000) < 9 * few


def test_a_short_text_is_looked_through_once() -> None:
    """The same headers and short bodies stand in many exchanges: their secrets are not looked for again, and others are, once they are known."""
    secrets = Secrets({"TOKEN": "swordfish-of-ours"})
    text = '{"Authorization": "Bearer swordfish\\u002dof-ours", "kept": "tr0ut-of-theirs"}'

    first, again = (calls_of(lambda: secrets.masked(text)) for _ in range(2))

    assert again < first / 4
    secrets.learned.append(("MINTED", "tr0ut-of-theirs"))
    assert secrets.masked(text) == '{"Authorization": "Bearer $TOKEN", "kept": "$MINTED"}'
