"""What policy files say of credentials, rightly and wrongly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.credentials import CredentialField
from pytest_apiversion.shell.target.load import load_target
from tests.shell.servers.kit import ENVELOPE, PATHS, TEXT, document, folder, operation, record

SECRETS = {"ODD_URL": "http://127.0.0.1:9", "ODD_KEY": "key-1", "ODD_TOKEN": "token-1"}
KEY: list[Any] = [{"Key": []}]
CONTRACT = document(
    {"/things": {"get": operation({200: record(id=TEXT)}, security=KEY)}},
    components={
        "securitySchemes": {"Key": {"type": "apiKey", "in": "query", "name": "key"}, "Spare": {"type": "http"}}
    },
)
HEAD = ENVELOPE + PATHS.replace('[versions.v2]\ncontract = "v2.json"\n', "")
TWO = """
[credentials.Key]
query = { key = "${ODD_KEY}", token = "${ODD_TOKEN}", realm = "shop" }
"""


def loaded(path: Path, text: str) -> Any:
    """The credentials of a policy."""
    return load_target(folder(path, HEAD + text, {"v1": CONTRACT}), SECRETS).policy.credentials


def test_a_credential_may_come_in_parts(tmp_path: Path) -> None:
    """Two query parameters, or a header and a cookie, are one credential; reports show the variable of each, and what is no secret."""
    both = '\n[credentials.Spare]\nheader = { X-Id = "id" }\ncookie = { sid = "${ODD_TOKEN}" }\n'
    key, spare = loaded(tmp_path, TWO + both)

    assert key.fields == (
        CredentialField(kind="query", name="key", value="key-1", shown="$ODD_KEY"),
        CredentialField(kind="query", name="token", value="token-1", shown="$ODD_TOKEN"),
        CredentialField(kind="query", name="realm", value="shop", shown="shop"),
    )
    assert [(each.kind, each.name, each.value) for each in spare.fields] == [
        ("header", "X-Id", "id"),
        ("cookie", "sid", "token-1"),
    ]
    assert "token-1" not in repr(key)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('header = "X-Key"\nvalue = "Key ${ODD_KEY}"', [("Key not-a-credential", "Key not-a-credential")]),
        ('cookie = "sid"\nvalue = "${ODD_KEY}.${ODD_TOKEN}"', [("not-a-credential.not-a-credential",) * 2]),
        ('header = "Authorization"\nvalue = "Basic ${ODD_KEY}"', [("Basic bm9ib2R5Ondyb25n",) * 2]),
        ('header = "Authorization"\ncommand = ["true"]', [("Bearer not-a-credential",) * 2]),
        (
            'query = { key = "${ODD_KEY}", realm = "shop" }',
            [("not-a-credential", "not-a-credential"), ("shop", "shop")],
        ),
        ('header = "X-Key"\nvalue = "${ODD_KEY}"\nwrong = "k-${ODD_TOKEN}"', [("k-token-1", "k-$ODD_TOKEN")]),
        ('header = "X-Key"\nvalue = "${ODD_KEY}"\nwrong = "nobody"', [("nobody", "nobody")]),
        ('header = "X-Key"\nvalue = "${ODD_KEY}"\nwrong = "${ODD_KEY}"', []),
        ('header = "X-Key"\nvalue = "${ODD_KEY}"\nwrong = false', []),
        ('header = "X-Key"\nvalue = "${ODD_KEY}"\nused_up = true', []),
        ('query = { key = "${ODD_KEY}" }\nwrong = false', []),
    ],
)
def test_a_wrong_credential_has_nothing_of_the_secret(text: str, wrong: list[tuple[str, str]], tmp_path: Path) -> None:
    """A made-up text stands where the secret does, or what the file says, which may be a secret itself; `false` makes none."""
    (key,) = loaded(tmp_path, f"\n[credentials.Key]\n{text}\n")

    assert [(each.value, each.shown) for each in key.wrong] == wrong
    assert not any("key-1" in each.value for each in key.wrong)


LONG = "sk_live_0123456789"
NEAR = {
    "header": (
        'header = "X-Key"\nvalue = "Key ${ODD_LONG}"',
        LONG,
        "Key sk_live_012345678",
        "Key sk_live_0123456789a1a1",
    ),
    "quoted": (
        'header = "X-Key"\nvalue = "Key id=${ODD_KEY}, secret=\'${ODD_LONG}\'"',
        LONG,
        "Key id=key-1, secret='sk_live_012345678'",
        "Key id=key-1, secret='sk_live_0123456789a1a1'",
    ),
    "padding-goes-with-the-last-character": (
        'header = "X-Key"\nvalue = "${ODD_LONG}"',
        "c2VjcmV0LXRva2VuLTE=",
        "c2VjcmV0LXRva2VuLT",
        None,
    ),
    "beginning-too-short-to-be-masked": ('header = "X-Key"\nvalue = "${ODD_LONG}"', "secret-1", None, "secret-1a1a1"),
    "whole-bytes-of-a-password": (
        'header = "Authorization"\nvalue = "Basic ${ODD_LONG}"',
        "c2hvcDpwYXNzd29yZC1vZi0xNg==",
        "Basic c2hvcDpwYXNzd29yZC1vZi0x",
        None,
    ),
    "password-too-short-to-be-masked": (
        'header = "Authorization"\nvalue = "Basic ${ODD_LONG}"',
        "c2hvcDpwYXNzd29yZC0x",
        None,
        "Basic c2hvcDpwYXNzd29yZC0xa1a1",
    ),
    "no-name-with-a-password": (
        'header = "Authorization"\nvalue = "Basic ${ODD_LONG}"',
        "sk_live_01234567890x",
        None,
        "Basic sk_live_01234567890xa1a1",
    ),
    "an-address": (
        'header = "X-Key"\nvalue = "${ODD_LONG}"',
        "https://example.org/some-long-path",
        None,
        "https://example.org/some-long-patha1a1",
    ),
    "letters-beyond-ascii": ('header = "X-Key"\nvalue = "${ODD_LONG}"', "sk_live_0123456789ö", None, None),
    "another-is-said": ('header = "X-Key"\nvalue = "${ODD_LONG}"\nwrong = "nobody"', LONG, None, None),
    "none-is-wanted": ('header = "X-Key"\nvalue = "${ODD_LONG}"\nwrong = false', LONG, None, None),
    "used-up": ('header = "X-Key"\nvalue = "${ODD_LONG}"\nused_up = true', LONG, None, None),
    "made-when-it-is-needed": ('header = "X-Key"\ncommand = ["true"]', LONG, None, None),
}


@pytest.mark.parametrize("name", NEAR)
def test_a_near_miss_is_masked_like_the_secret(name: str, tmp_path: Path) -> None:
    """The last secret lacks its end or has more behind it, and neither is shown, wherever a service repeats it."""
    text, secret, shorter, longer = NEAR[name]
    told = folder(tmp_path, f"{HEAD}\n[credentials.Key]\n{text}\n", {"v1": CONTRACT})
    policy = load_target(told, {**SECRETS, "ODD_LONG": secret}).policy
    (key,) = policy.credentials

    assert [each.value for each in key.shortened] == ([shorter] if shorter else [])
    assert [each.value for each in key.lengthened] == ([longer] if longer else [])
    for each in (*key.shortened, *key.lengthened):
        assert secret[:8] not in each.shown + policy.secrets.masked(each.value) + policy.secrets.masked(
            each.value.upper()
        )


def test_a_near_miss_is_in_one_of_several_parts(tmp_path: Path) -> None:
    """What else the credential has is right: only the last secret is changed."""
    told = folder(tmp_path, HEAD + TWO, {"v1": CONTRACT})
    (key,) = load_target(told, {**SECRETS, "ODD_TOKEN": LONG}).policy.credentials

    assert [(each.name, each.value, each.shown) for each in key.shortened] == [
        ("key", "key-1", "$ODD_KEY"),
        ("token", "sk_live_012345678", "${ODD_TOKEN%?}"),
        ("realm", "shop", "shop"),
    ]
    assert [each.shown for each in key.lengthened] == ["$ODD_KEY", "${ODD_TOKEN}a1a1", "shop"]


_PLACE = 'realm = "shop" }'
_BOTH = """realm = "shop" }
used_up = true
read_only = true"""

SLIPS = {
    "used-up-with-a-failure": (
        _PLACE,
        f"{_PLACE}\nused_up = {{ reject = 500 }}",
        "credentials.Key.used_up.reject: expected a refusal such as 400, or 501, 503 or 505, got 500: any other 5xx says that the server failed",
    ),
    "refused-with-a-failure": (
        _PLACE,
        f"{_PLACE}\nread_only = {{ reject = 502 }}",
        "credentials.Key.read_only.reject: expected a refusal such as 400, or 501, 503 or 505, got 502: any other 5xx says that the server failed",
    ),
    "pinned-to-no-version": (
        _PLACE,
        f'{_PLACE}\npinned = "v11"',
        'credentials.Key.pinned: expected a declared version, oldest or newest, got "v11"; did you mean "v1"?',
    ),
    "pinned-to-a-number": (
        _PLACE,
        f"{_PLACE}\npinned = 1",
        "credentials.Key.pinned: expected some text, got 1",
    ),
    "pinned-and-used-up": (
        _PLACE,
        f'{_PLACE}\nused_up = true\npinned = "v1"',
        "credentials.Key.pinned: expected pinned or used_up: what is used up gets no version, got both",
    ),
    "both-limited": (_PLACE, _BOTH, "credentials.Key.read_only: expected used_up or read_only, got both"),
    "not-used-up": (
        _PLACE,
        f"{_PLACE}\nused_up = false",
        "credentials.Key.used_up: expected true, or a table with reject, code, envelope or retry_after, got false",
    ),
    "nobodys-envelope": (
        _PLACE,
        f'{_PLACE}\nused_up = {{ envelope = "eror" }}',
        'credentials.Key.used_up.envelope: expected the name of an envelope, got "eror"; did you mean "error"?',
    ),
    "a-reader-waits": (
        _PLACE,
        f"{_PLACE}\nread_only = {{ retry_after = true }}",
        "credentials.Key.read_only.retry_after: expected it in used_up, got it in read_only",
    ),
    "nobodys-limit": (
        _PLACE,
        f"{_PLACE}\n[rate_limit]\ncredentials = {{ Kye = 7 }}",
        'rate_limit.credentials.Kye: expected the name of a credential, got "Kye"; did you mean "Key"?',
    ),
    "no-size": (
        _PLACE,
        f"{_PLACE}\n[errors.too_large]\nreject = 413",
        "errors.too_large.bytes: expected bytes that are taken at most, got nothing",
    ),
    "no-bytes": (
        _PLACE,
        f"{_PLACE}\n[errors.too_large]\nbytes = 0",
        "errors.too_large.bytes: expected a whole number from 1 to 20000000, got 0",
    ),
    "a-wrong-value-for-several": (
        _PLACE,
        f'{_PLACE}\nwrong = "nobody"',
        "credentials.Key.wrong: expected false or nothing beside query, which has several values, got a value",
    ),
    "a-wrong-one-of-no-kind": (
        _PLACE,
        f"{_PLACE}\nwrong = true",
        "credentials.Key.wrong: expected false, or a value that opens nothing, got true",
    ),
    "nothing-to-send": (
        "query = {",
        'scheme = "Key"  # query = {',
        "credentials.Key: expected exactly one of header, query and cookie, got none",
    ),
    "value-twice": (
        "[credentials.Key]",
        '[credentials.Key]\nvalue = "${ODD_KEY}"',
        "credentials.Key.value: expected no value beside query, which has its values, got one",
    ),
    "a-name-beside-a-table": (
        "[credentials.Key]",
        '[credentials.Key]\nheader = "X-Key"',
        "credentials.Key.header: expected a table of names and values like the others, got a name",
    ),
    "written-out": (
        '{ key = "${ODD_KEY}", token = "${ODD_TOKEN}", realm = "shop" }',
        '{ key = "key-1" }',
        "credentials.Key.query.key: expected the secret as ${NAME}, from the environment, got it written out",
    ),
    "a-number": (
        '"shop"',
        "7",
        "credentials.Key.query: expected the name of a parameter, or a table of names and values",
    ),
    "nobodys-scheme": (
        "[credentials.Key]",
        "[credentials.Keys]",
        'credentials.Keys: expected a security scheme of v1.json, got "Keys"; did you mean "Key"?',
    ),
    "nobodys-named-scheme": (
        "[credentials.Key]",
        '[credentials.Key]\nscheme = "Spares"',
        'credentials.Key.scheme: expected a security scheme of v1.json, got "Spares"; did you mean "Spare"?',
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_once(name: str, tmp_path: Path) -> None:
    """Each slip of the pen makes one message with its place; nothing shows a secret."""
    right, wrong, told = SLIPS[name]
    assert right in TWO

    with pytest.raises(PolicyError) as caught:
        loaded(tmp_path, TWO.replace(right, wrong))

    assert told in str(caught.value)
    assert "key-1" not in str(caught.value)
    assert "1 mistake\n" in str(caught.value) or name == "nothing-to-send"


def test_the_default_needs_no_scheme(tmp_path: Path) -> None:
    """Where a contract says nothing of who asks, the credential named `default` is sent, and others of its scheme may stand beside it."""
    silent = document({"/things": {"get": operation({200: record(id=TEXT)})}})
    text = '\n[credentials.default]\nheader = "X-Key"\nvalue = "${ODD_KEY}"\n[credentials.pro]\nscheme = "default"\nheader = "X-Key"\nvalue = "${ODD_TOKEN}"\n'
    path = folder(tmp_path, HEAD + text, {"v1": silent})

    assert [each.name for each in load_target(path, SECRETS).policy.credentials] == ["default", "pro"]

    path.write_text((HEAD + text).replace('scheme = "default"\n', ""), "utf-8")
    with pytest.raises(PolicyError, match=r"of v1.json \(none there\), got .*; the credential named default is sent"):
        load_target(path, SECRETS)


def test_what_is_there_to_be_refused(tmp_path: Path) -> None:
    """`true` is the usual refusal; a table says more. No usual request goes with such a credential."""
    more = """
[credentials.Used]
scheme = "Key"
header = "X-Key"
value = "${ODD_KEY}"
used_up = true
[credentials.Reader]
scheme = "Key"
header = "X-Key"
value = "${ODD_KEY}"
read_only = { reject = [403, 405], code = "READ_ONLY", envelope = "error" }
"""
    key, used, reader = loaded(tmp_path, TWO + more)

    assert (key.limited, used.limited, reader.limited) == (False, True, True)
    assert (used.used_up.statuses, used.used_up.place, used.waits) == ({429}, "credentials.Used.used_up", True)
    assert (reader.read_only.statuses, reader.read_only.codes) == ({403, 405}, {"READ_ONLY"})
    assert reader.read_only.envelope == "error"
