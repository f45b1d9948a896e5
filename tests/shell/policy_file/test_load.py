"""Mistakes in policy files: every one is reported, once, with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.policy_file.load import load_policy
from tests.shell.policies import ENVIRONMENT, SLIPS, WHOLE, write
from tests.thorough import sample

TEN = (
    "unknown-key-in-api",
    "default-nobody-declared",
    "bad-status",
    "impossible-date",
    "missing-contract-file",
    "unknown-key-in-version",
    "unknown-envelope",
    "unknown-dialect",
    "unset-secret",
    "rate-in-words",
)

THIRTY = (
    "unknown-preset",
    "not-toml",
    "unset-base-url",
    "carrier-without-table",
    "base-path-with-slash",
    "two-answers",
    "bad-range",
    "text-for-flag",
    "template-without-version",
    "spelling-unknown-field",
    "echo-pointer",
    "contract-with-nul",
    "impossible-date",
    "instant-before-its-day",
    "own-successor",
    "unknown-key-in-version",
    "version-of-another-scheme",
    "media-type",
    "bad-pointer",
    "invalid-schema",
    "schema-file-no-json",
    "unknown-envelope",
    "bad-regex",
    "header-for-nobody",
    "unknown-dialect",
    "notice-bad-regex",
    "unknown-boundary",
    "secret-written-out",
    "neutral-no-operation",
    "unknown-table",
)


def with_slips(*names: str) -> str:
    """The whole policy file with these slips made in it."""
    text = WHOLE
    for name in names:
        right, wrong, _ = SLIPS[name]
        assert text.count(right) == 1, f"{name}: where is {right!r}?"
        text = text.replace(right, wrong)
    return text


def mistakes_in(folder: Path, text: str) -> tuple[str, ...]:
    """What is told of a policy file with this text."""
    with pytest.raises(PolicyError) as caught:
        load_policy(write(folder, text), ENVIRONMENT)
    return caught.value.mistakes


def test_the_whole_file_is_right(tmp_path: Path) -> None:
    """The file the slips are made in has no mistake itself."""
    policy = load_policy(write(tmp_path), ENVIRONMENT)

    assert policy.name == "Shop"
    assert list(policy.versions) == ["v1", "v2"]


def _with_accept(more: str) -> str:
    header = '[versioning.header]\nname = "X-API-Version"\nspelling = "{number}"\n'
    text = WHOLE.replace('["path", "header"]', '["path", "accept"]').replace('spelling = { header = "two" }\n', "")
    return text.replace(header, f'[versioning.accept]\nparameter = "v"\n{more}')


@pytest.mark.parametrize("key", ["weights", "other_forms"])
def test_what_is_promised_of_accept_is_a_flag(key: str, tmp_path: Path) -> None:
    """`weights` and `other_forms` of an `Accept` carrier are true or false."""
    mistakes = mistakes_in(tmp_path, _with_accept(f'{key} = "no"\n'))

    assert [each.partition(": ")[2] for each in mistakes if key in each] == [
        f'versioning.accept.{key}: expected true or false, got "no"'
    ]


def test_other_forms_are_promised_of_each_header_by_itself(tmp_path: Path) -> None:
    """Of a header and of `Accept`, where nothing else is said; a path and a query have none."""
    named = 'name = "X-API-Version"\n'
    one = load_policy(write(tmp_path, WHOLE.replace(named, f"{named}other_forms = false\n")), ENVIRONMENT)
    other = load_policy(write(tmp_path, _with_accept("other_forms = false\n")), ENVIRONMENT)
    mistakes = mistakes_in(tmp_path, WHOLE.replace("[versioning.path]\n", "[versioning.path]\nother_forms = false\n"))

    assert {kind: each.other_forms for kind, each in one.carriers.items()} == {"path": True, "header": False}
    assert {kind: each.other_forms for kind, each in other.carriers.items()} == {"path": True, "accept": False}
    assert any("versioning.path.other_forms: unknown key" in each for each in mistakes), mistakes


@pytest.mark.parametrize(("more", "held"), [("", False), ("weights = true\n", True), ("weights = false\n", False)])
def test_weights_are_held_where_it_is_said(more: str, tmp_path: Path, *, held: bool) -> None:
    """That weights decide between ranges is promised by a policy that says so, and by no other."""
    policy = load_policy(write(tmp_path, _with_accept(more)), ENVIRONMENT)

    assert policy.carriers["accept"].weights is held


@pytest.mark.parametrize("name", sample(SLIPS, 2))
def test_every_slip_is_one_mistake(name: str, tmp_path: Path) -> None:
    """One slip of the pen makes one message, which says where, what was expected, and what is there.

    The line is one of those that were changed; where something is missing, the line of the table it is missing from.
    """
    right, wrong, told = SLIPS[name]

    mistakes = mistakes_in(tmp_path, WHOLE.replace(right, wrong))

    assert len(mistakes) == 1, mistakes
    assert told in mistakes[0]
    found = re.match(r"line (\d+): ", mistakes[0])
    assert found is not None
    first = WHOLE[: WHOLE.index(right)].count("\n") + 1
    last = first + max(right.count("\n"), wrong.count("\n"))
    table = WHOLE[: WHOLE.index(right)].rfind("\n[")
    header = WHOLE[: table + 1].count("\n") + 1 if table >= 0 else 1
    assert int(found[1]) in {*range(first, last + 1), header}


def test_what_a_variable_holds_is_held_to_the_schema_too(tmp_path: Path) -> None:
    """A file is right until its variables are replaced: what makes it wrong then is told where it stands, and what it holds is not shown."""
    text = WHOLE.replace('"[0-9a-f]+"', '"${PATTERN}"')

    assert load_policy(write(tmp_path, text), {**ENVIRONMENT, "PATTERN": "[0-9]+"}).headers[0].pattern is not None
    with pytest.raises(PolicyError) as caught:
        load_policy(write(tmp_path, text), {**ENVIRONMENT, "PATTERN": "[0-9+"})
    (mistake,) = caught.value.mistakes
    assert "headers[0].pattern: expected a regular expression, got " in mistake
    assert "[0-9+" not in mistake


def test_ten_mistakes_are_ten(tmp_path: Path) -> None:
    """A file with ten mistakes reports ten, in the order of the file."""
    mistakes = mistakes_in(tmp_path, with_slips(*TEN))

    assert len(mistakes) == 10, mistakes
    for name in TEN:
        assert sum(SLIPS[name][2] in mistake for mistake in mistakes) == 1, name
    lines = [int(mistake.split(":")[0].removeprefix("line ")) for mistake in mistakes]
    assert lines == sorted(lines)


def test_thirty_mistakes_are_thirty(tmp_path: Path) -> None:
    """A file with thirty mistakes of every kind, broken TOML among them, reports thirty: none hides or breeds another."""
    mistakes = mistakes_in(tmp_path, with_slips(*THIRTY))

    assert len(mistakes) == 30, mistakes
    for name in THIRTY:
        assert sum(SLIPS[name][2].partition(" (known")[0] in mistake for mistake in mistakes) == 1, name


def test_the_error_says_file_and_count(tmp_path: Path) -> None:
    """The error begins with the file and how many mistakes it has."""
    with pytest.raises(PolicyError) as caught:
        load_policy(write(tmp_path, with_slips(*TEN)), ENVIRONMENT)

    assert str(caught.value).startswith(f"{tmp_path / 'apiversion.toml'}: 10 mistakes\n  line ")


def test_below_a_misspelled_table_is_looked_at_too(tmp_path: Path) -> None:
    """A misspelled table is one mistake, what is wrong in it is another, and nothing else is missed because of it."""
    text = WHOLE.replace("[versions.v", "[verions.v").replace("preview = false", "preview = 3")

    assert mistakes_in(tmp_path, text) == (
        f'line {WHOLE[: WHOLE.index("[versions.v1]")].count(chr(10)) + 1}: verions: unknown key; did you mean "versions"?',
        f"line {WHOLE[: WHOLE.index('preview')].count(chr(10)) + 1}: verions.v2.preview: expected true or false, got 3",
    )


def test_unknown_keys_at_every_level(tmp_path: Path) -> None:
    """Wherever a key is misspelled, the nearest known name is told."""
    text = (
        WHOLE.replace("scheme =", "shceme =")
        .replace('successor = "v2"', 'succesor = "v2"')
        .replace("on_live =", "on_lvie =")
        .replace("boundary =", "boundry =")
        .replace("max_examples =", "max_example =")
        .replace('rel = "successor-version", successor', 'rel = "successor-version", sucessor')
        .replace("pattern = ", "patern = ")
    )

    told = [mistake.partition(": ")[2] for mistake in mistakes_in(tmp_path, text)]

    assert told == [
        'versioning.shceme: unknown key; did you mean "scheme"?',
        'versions.v1.succesor: unknown key; did you mean "successor"?',
        'headers[0].patern: unknown key; did you mean "pattern"?',
        'deprecation.headers[2].patern: unknown key; did you mean "pattern"?',
        'deprecation.headers[4].patern: unknown key; did you mean "pattern"?',
        'deprecation.links[0].sucessor: unknown key; did you mean "successor"?',
        'deprecation.on_lvie: unknown key; did you mean "on_live"?',
        'sunset.boundry: unknown key; did you mean "boundary"?',
        'requests.max_example: unknown key; did you mean "max_examples"?',
    ]


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ('methods = "save"', 'requests.methods: expected one of all, safe, got "save"; did you mean "safe"?'),
        ("clean_up = 1", "requests.clean_up: expected true or false, got 1"),
    ],
)
def test_wrong_values_of_what_is_sent(tmp_path: Path, line: str, mistake: str) -> None:
    """Whether only safe methods are sent, and whether what was created is deleted, are told exactly."""
    told = [each.partition(": ")[2] for each in mistakes_in(tmp_path, WHOLE.replace("timeout = 2.5", line))]

    assert told == [mistake]


@pytest.mark.parametrize("key", ["harmless", "reads", "additions"])
def test_a_wrong_word_on_harm(key: str, tmp_path: Path) -> None:
    """`harmless`, `reads` and `additions` are true or false."""
    rule = f'\n[operations.rules."GET /things"]\n{key} = "yes"\n'
    told = mistakes_in(tmp_path, WHOLE.replace("\n[requests]\n", f"{rule}\n[requests]\n"))

    assert [each.partition(key)[2] for each in told] == [': expected true or false, got "yes"']


def test_no_message_shows_a_secret(tmp_path: Path) -> None:
    """A secret put into the wrong place is not printed: its variable is."""
    text = WHOLE.replace('header = "Authorization"', 'header = "Bearer ${SHOP_TOKEN}"')

    mistakes = mistakes_in(tmp_path, text)

    assert len(mistakes) == 1
    assert 'got "Bearer ${SHOP_TOKEN}"' in mistakes[0]
    assert ENVIRONMENT["SHOP_TOKEN"] not in mistakes[0]


def test_no_message_shows_a_secret_written_out(tmp_path: Path) -> None:
    """A secret that stands in the file itself is not printed either, not even from a line that is no TOML."""
    broken = mistakes_in(tmp_path, WHOLE.replace('"Bearer ${SHOP_TOKEN}"', "sk_live_51f0a9"))
    literal = mistakes_in(tmp_path, WHOLE.replace("${SHOP_TOKEN}", "sk_live_51f0a9"))

    assert len(broken) == len(literal) == 1
    assert "sk_live_51f0a9" not in broken[0] + literal[0]


FILES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "line 1: expected [api], [versioning] and [versions], got no table at all"),
    "comments": (b"# later\n\n", "line 1: expected [api], [versioning] and [versions], got no table at all"),
    "byte-order-mark": (b"\xef\xbb\xbf", "line 1: expected [api], [versioning] and [versions], got no table at all"),
    "latin-1": (b'[api]\nname = "Caf\xe9"\n', "line 2: expected UTF-8, got the byte 0xe9"),
    "utf-16": ("[api]\n".encode("utf-16"), "line 1: expected UTF-8, got the byte 0xff"),
    "zip": (b"PK\x03\x04\x80\x00", "line 1: expected UTF-8, got the byte 0x80"),
    "json": (b'{"api": {}}', "line 1: expected TOML, got '{\"api\": {}}'"),
    "tables-too-deep": (b"[" + b"a." * 5_000 + b"a]\n", "expected tables and lists nested less deeply"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_policy(name: str, tmp_path: Path) -> None:
    """A file that holds something else is told in one line."""
    content, told = FILES[name]
    path = tmp_path / "apiversion.toml"
    path.write_bytes(content)

    with pytest.raises(PolicyError) as caught:
        load_policy(path, {})

    assert len(caught.value.mistakes) == 1
    assert caught.value.mistakes[0].startswith(told)


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    """A directory in the file's place is said to be one."""
    with pytest.raises(PolicyError, match="expected a file, got a directory"):
        load_policy(tmp_path, {})


@pytest.mark.parametrize("name", ["none.toml", "a\0b", "n" * 5000], ids=["missing", "nul", "too-long"])
def test_a_file_that_is_not_there(name: str, tmp_path: Path) -> None:
    """A file that is not there, or cannot be, is a mistake and no traceback."""
    with pytest.raises(PolicyError, match="1 mistake\n  expected a file"):
        load_policy(tmp_path / name, {})


EMPTIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "no-tables": (
        "a = 1",
        (
            "line 1: a: unknown key (known: extends, api",
            "line 1: api: expected the API, got nothing",
            "line 1: versioning: expected how a request names a version, got nothing",
            "line 1: versions: expected the declared versions, got nothing",
        ),
    ),
    "empty-versions": (
        '[api]\nname = "A"\n[versioning]\nscheme = "vN"\ncarriers = ["header"]\nheader = { name = "V" }\nmissing = { default = "v1" }\n[versions]\n',
        ("line 8: versions: expected a table with at least one entry, got {}",),
    ),
    "empty-version": (
        '[api]\nname = "A"\n[versioning]\nscheme = "vN"\ncarriers = ["header"]\nheader = { name = "V" }\n[versions.v1]\n',
        ("line 7: versions.v1.contract: expected the frozen OpenAPI document of this version, got nothing",),
    ),
    "versions-no-table": (
        'versions = "v1"\n[api]\nname = "A"\n[versioning]\nscheme = "vN"\ncarriers = ["header"]\nheader = { name = "V" }\nmissing = { default = "v1" }\n',
        ('line 1: versions: expected a table with at least one entry, got "v1"',),
    ),
}


@pytest.mark.parametrize("name", EMPTIES)
def test_what_is_missing_is_said_once(name: str, tmp_path: Path) -> None:
    """What is missing is a mistake; that nothing can refer to it is not another."""
    text, told = EMPTIES[name]

    mistakes = mistakes_in(tmp_path, text)

    assert len(mistakes) == len(told), mistakes
    for mistake in told:
        assert any(each.startswith(mistake) for each in mistakes), mistake
