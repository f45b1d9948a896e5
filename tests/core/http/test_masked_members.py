"""Values of members that are tokens and passwords by their names are shown nowhere, and nothing else is lost."""

from __future__ import annotations

import time

import pytest

from pytest_apiversion.core.http.masked_members import NAMES, without_members


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"token": "abcdef", "x": 1}', '{"token": "…", "x": 1}'),
        (r'{"accessToken":"ey.J-\"y\\","b":"c"}', '{"accessToken":"…","b":"c"}'),
        ('{"Refresh-Token": "abcdef"}', '{"Refresh-Token": "…"}'),
        (r'"{\"token\": \"abcdef\", \"a\": 1}"', r'"{\"token\": \"…\", \"a\": 1}"'),
        ('200 with /data/password = "abcdef", /x = "y"', '200 with /data/password = "…", /x = "y"'),
        ("grant=1&client_secret=abcd%20ef&x=y", "grant=1&client_secret=…&x=y"),
        ("Location: https://h/#access_token=abcdef", "Location: https://h/#access_token=…"),
        ('{"password": "abcdefgh', '{"password": "…'),
        ('{"token": "a\nbcd"}', '{"token": "…"}'),
    ],
)
def test_what_is_masked(text: str, shown: str) -> None:
    """In JSON, in JSON in a string, in a pointer, in a form and in what was cut, however the name is written."""
    assert without_members(text, NAMES) == shown


@pytest.mark.parametrize(
    "text",
    [
        '{"token": "abc"}',
        '{"token": 123456, "secret": null, "password": {"min": "eight"}}',
        '{"next_page_token": "abcdef", "tokens": ["abcdef"], "token_type": "bearer"}',
        '{"token": "$SMALL_TOKEN"}',
        'the token is "abcdef"',
        "expected string, got number at /token",
    ],
)
def test_what_is_shown(text: str) -> None:
    """Short strings, what is no string, other members, what is masked already, and sentences."""
    assert without_members(text, NAMES) == text


def test_other_names() -> None:
    """Names of the policy take the place of the usual ones, and none mask nothing."""
    text = '{"otpCode": "abcdef", "token": "abcdef", "x.y": "abcdef"}'

    assert without_members(text, ("otp_code", "x.y")) == '{"otpCode": "…", "token": "abcdef", "x.y": "…"}'
    assert without_members(text, ()) == text


def test_linear() -> None:
    """Long texts that nearly hold a member take no longer than they are long."""
    begun = time.process_time()
    for text in (
        '"token"' + " " * 200_000,
        'token":"' * 50_000,
        'token\\\\":\\\\"a' * 30_000,
        "token=" * 50_000,
        'token = "' + "\\" * 200_001,
    ):
        without_members(text, NAMES)

    assert time.process_time() - begun < 5
