"""AV316: what asks for a credential is refused without one, with a wrong one, and with one that opens other operations only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pytest_apiversion.checks.credential_required import CHECK
from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.check import Ask
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.contracts.contract import Operation, ResponseSpec
from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Response
from pytest_apiversion.core.policy.credentials import Credential
from pytest_apiversion.core.policy.responses import ErrorRules
from pytest_apiversion.core.versions.lifecycle import Stage
from tests.checks.builders import (
    THING,
    Row,
    agrees,
    alias,
    answers,
    asked,
    concluded,
    credential,
    error,
    exchange,
    instant,
    living,
    operation,
    policy,
    response,
    scene,
)
from tests.checks.moments import MOMENTS, is_promised

KEY = credential("key", scheme="Key")
OAUTH = credential("oauth", scheme="OAuth", field="Authorization")
EITHER = ({"Key": ()}, {"OAuth": ()})
OPEN = operation("GET /open", answers(THING), security=())
PLAIN = operation("GET /things", answers(THING), security=EITHER)
STRICT = operation("GET /me", answers(THING), security=({"OAuth": ("read",)},))
OPTIONAL = operation("GET /maybe", answers(THING), security=({"Key": ()}, {}))
SILENT_ON_IT = operation("GET /unsaid", answers(THING))
WRITE = operation("POST /things", ResponseSpec(status="201"), security=EITHER)
OPERATIONS: list[Operation] = [OPEN, PLAIN, STRICT, OPTIONAL, SILENT_ON_IT, WRITE]


def own(of: Scene) -> list[Ask]:
    """What is asked in the operation's own method, through the strongest carrier."""
    return [ask for ask in asked(CHECK, of) if ask.method is None and not ask.once]


FINE = response(200, {"id": "t"})


def where(key: str = "GET /things", *credentials: Credential, **changes: Any) -> Scene:
    """An operation of `v2` and the policy's credentials."""
    rules = policy(credentials=credentials or (KEY, OAUTH), **changes)
    return scene(rules, key=key, operations=OPERATIONS)


def tried(
    expected: str | tuple[str, ...],
    answer: Response | NoAnswer,
    of: Scene | None = None,
    aim: Aim = Aim.ANONYMOUS,
    plain: Response | None = FINE,
) -> Row:
    """A row in which the operation was asked for without its credential, and with it."""
    of = of or where()
    lesser = "key" if aim is Aim.LESSER else None
    found = [exchange(of, answer, aim, probe=lesser)]
    return Row(expected=expected, scene=of, exchanges=(*found, *([exchange(of, plain)] if plain else [])))


def in_method(expected: str | tuple[str, ...], answer: Response, method: str) -> Row:
    """A row in which a reading was asked for in another method without its credential."""
    found = exchange(where(), answer, Aim.ANONYMOUS, method=method)
    return Row(expected=expected, scene=where(), exchanges=(found, exchange(where(), FINE)))


ME = where("GET /me")
FORBIDDEN = response(403, error("FORBIDDEN"))
UNAUTHORIZED = response(401, error("UNAUTHORIZED"))


def forged(expected: str | tuple[str, ...], answer: Response, nobody: Response = UNAUTHORIZED) -> Row:
    """A row in which the operation was asked without a credential, with a wrong one and with its own."""
    of = where()
    tried = (exchange(of, nobody, Aim.ANONYMOUS), exchange(of, answer, Aim.FORGED, probe="key"))
    return Row(expected=expected, scene=of, exchanges=(*tried, exchange(of, FINE)))


def nearly(
    expected: str | tuple[str, ...],
    shorter: Response,
    longer: Response,
    other: Response = UNAUTHORIZED,
    nothing: Response = UNAUTHORIZED,
    **changes: Any,
) -> Row:
    """A row in which the operation was asked with what is nearly right, beside no credential, a wrong one and its own."""
    of = where(**changes)
    tried = (
        exchange(of, UNAUTHORIZED, Aim.ANONYMOUS),
        exchange(of, other, Aim.FORGED, probe="key"),
        exchange(of, longer, Aim.LENGTHENED, probe="key"),
        exchange(of, shorter, Aim.SHORTENED, probe="key"),
        exchange(of, nothing, Aim.BLANK, probe="key"),
    )
    return Row(expected=expected, scene=of, exchanges=(*tried, exchange(of, FINE)))


SILENT = {
    "near-misses-refused": nearly("held", UNAUTHORIZED, UNAUTHORIZED),
    "nothing-is-refused-otherwise": nearly("held", UNAUTHORIZED, UNAUTHORIZED, nothing=response(400, error())),
    "near-misses-refused-otherwise": nearly("held", response(400, error()), response(302)),
    "wrong-one-refused": forged("held", UNAUTHORIZED),
    "wrong-one-refused-in-another-way": forged("held", response(400, error())),
    "wrong-one-sent-to-a-login-page": forged("held", response(302)),
    "a-crash-over-a-wrong-one-is-av402s": forged("held", response(500)),
    "head-refused": in_method("held", UNAUTHORIZED, "HEAD"),
    "no-head": in_method("unspoken", response(405, error()), "HEAD"),
    "no-such-method": in_method("unspoken", response(405, error()), "PUT"),
    "sent-elsewhere-by-what-nobody-declared": in_method("unspoken", response(302), "PUT"),
    "refused": tried("held", UNAUTHORIZED),
    "forbidden": tried("held", FORBIDDEN),
    "declared-otherwise": tried(
        "held", response(404, error()), where(error_rules=ErrorRules(unauthorized=frozenset({404})))
    ),
    "lesser-credential-forbidden": tried("held", FORBIDDEN, ME, Aim.LESSER),
    "lesser-credential-refused": tried("held", UNAUTHORIZED, ME, Aim.LESSER),
    "lesser-credential-heeds-both": tried(
        "held", FORBIDDEN, where("GET /me", error_rules=ErrorRules(unauthorized=frozenset({404}))), Aim.LESSER
    ),
    "refused-for-another-reason": tried("unspoken", response(422, error()), plain=response(422, error())),
    "never-tried-with-its-own": tried("unspoken", response(404, error()), plain=None),
    "one-too-many": tried("unspoken", response(429, error())),
    "crash-is-av402s": tried("unspoken", response(500)),
    "no-answer-is-av700s": tried("unspoken", NoAnswer(kind=NoAnswerKind.CLOSED, detail="")),
    "early-sunset-is-av604s": tried("unspoken", response(410, error())),
    "no-credentials": Row(
        expected="unpromised", scene=scene(operations=OPERATIONS), exchanges=(exchange(where(), response()),)
    ),
    "nothing-asked": Row(expected="unspoken", scene=where(), exchanges=(exchange(where(), response()),)),
    "credential-of-another-version": tried(
        "unpromised", response(), where("GET /things", replace(KEY, versions=frozenset({"v1"})))
    ),
    "nothing-is-closed": Row(
        expected="unpromised",
        scene=scene(policy(credentials=(KEY,)), "v2", "GET /open", operations=[OPEN, OPTIONAL, SILENT_ON_IT]),
        exchanges=(),
    ),
}

SPEAK = {
    "wrong-one-let-in": forged(("answers 200 with a wrong key",), FINE),
    "its-beginning-let-in": nearly(("answers 200 with the beginning of key alone",), FINE, UNAUTHORIZED),
    "what-goes-on-let-in": nearly(("answers 200 with key and more behind it",), UNAUTHORIZED, FINE),
    "both-near-misses-let-in": nearly(("answers 200 with key and more behind it",), FINE, FINE),
    "nothing-let-in": nearly(("answers 200 with an empty key",), UNAUTHORIZED, UNAUTHORIZED, nothing=FINE),
    "any-let-in": nearly(("answers 200 with a wrong key",), FINE, FINE, FINE),
    "everybody-let-in-is-told-once": forged(("answers 200 with no credential",), FINE, nobody=FINE),
    "let-in-by-head": in_method(("answers 200 with no credential to HEAD",), response(200), "HEAD"),
    "let-in-by-what-nobody-declared": in_method(("answers 204 with no credential to PUT",), response(204), "PUT"),
    "let-in": tried(("answers 200 with no credential",), response(200, {"id": "t"})),
    "let-in-and-never-with-its-own": tried(("answers 200 with no credential",), response(200), plain=None),
    "sent-to-a-login-page": tried(("answers 302 with no credential",), response(302)),
    "hidden": tried(("gets 404 with no credential",), response(404, error())),
    "bad-request": tried(("gets 400 with no credential",), response(400, error())),
    "another-status-is-declared": tried(
        ("gets 403 with no credential",), FORBIDDEN, where(error_rules=ErrorRules(unauthorized=frozenset({401})))
    ),
    "lesser-credential-let-in": tried(
        ("answers 200 with the credential key",), response(200, {"id": "t"}), ME, Aim.LESSER
    ),
    "lesser-credential-hidden": tried(("gets 404 with the credential key",), response(404, error()), ME, Aim.LESSER),
    "write-let-in": tried(("answers 201",), response(201, {"id": "t"}), where("POST /things")),
}


def test_one_request_without_and_one_with_each_useless_credential() -> None:
    """What every credential opens is asked for once; what takes one only is tried with the other, too."""
    assert [(ask.aim, ask.anonymous, ask.credential) for ask in own(where())] == [(Aim.ANONYMOUS, True, None)]
    assert [(ask.aim, ask.anonymous, ask.credential) for ask in own(ME)] == [
        (Aim.ANONYMOUS, True, None),
        (Aim.LESSER, False, "key"),
    ]
    assert [ask.selection for ask in own(ME)] == [(("path", "v2"),)] * 2


FORGING = replace(KEY, wrong=(replace(KEY.fields[0], value="other"),))
PASSWORD = replace(FORGING, fields=(replace(KEY.fields[0], value="Basic bmFtZTp3b3Jk"),))


@pytest.mark.parametrize(
    ("key", "credential", "unsafe", "tried"),
    [
        pytest.param("GET /things", FORGING, True, True, id="each-operation"),
        pytest.param("POST /things", FORGING, True, True, id="each-write"),
        pytest.param("POST /things", FORGING, False, False, id="one-where-only-safe-methods-may-be-sent"),
        pytest.param("GET /things", FORGING, False, True, id="that-one"),
        pytest.param("POST /things", PASSWORD, True, False, id="one-where-attempts-are-counted"),
        pytest.param("GET /things", PASSWORD, True, True, id="that-one-of-a-password"),
        pytest.param("GET /things", KEY, True, False, id="none-is-wanted"),
        pytest.param("GET /maybe", FORGING, True, False, id="optional"),
    ],
)
def test_a_wrong_credential_is_tried(key: str, credential: Credential, *, unsafe: bool, tried: bool) -> None:
    """Each operation that asks for a credential is asked with a wrong one, or one of a version where somebody may count."""
    of = scene(policy(credentials=(credential,)), key=key, operations=OPERATIONS, unsafe=unsafe)

    assert [ask.wrong_credential for ask in asked(CHECK, of) if ask.aim is Aim.FORGED] == ["key"] * tried


NEAR = replace(FORGING, shortened=FORGING.wrong, lengthened=FORGING.wrong, blank=FORGING.wrong)
PARTS = replace(NEAR, fields=KEY.fields * 2)
NAMED = replace(NEAR, fields=PASSWORD.fields)


@pytest.mark.parametrize(
    ("key", "subject", "credential", "aims"),
    [
        pytest.param("GET /things", "v2", NEAR, [Aim.LENGTHENED, Aim.SHORTENED, Aim.BLANK], id="a-reading"),
        pytest.param("GET /things", "v1", NEAR, [Aim.LENGTHENED, Aim.SHORTENED, Aim.BLANK], id="of-each-version"),
        pytest.param("POST /things", "v2", NEAR, [], id="no-write"),
        pytest.param("GET /things", "v2", NAMED, [Aim.LENGTHENED], id="one-where-attempts-are-counted"),
        pytest.param("GET /things", "v1", NAMED, [], id="of-the-newest-version"),
        pytest.param("GET /things", "v2", PARTS, [Aim.LENGTHENED], id="one-where-other-parts-say-whose-it-is"),
        pytest.param("GET /things", "v2", FORGING, [], id="none-can-be-made"),
    ],
)
def test_what_is_nearly_right_is_tried(key: str, subject: str, credential: Credential, aims: list[Aim]) -> None:
    """One reading of each version is asked with each near miss; where somebody may count, one of the run with one of them."""
    of = scene(policy(credentials=(credential,)), subject, key, operations=OPERATIONS)
    near = [ask for ask in asked(CHECK, of) if ask.aim in {Aim.LENGTHENED, Aim.SHORTENED, Aim.BLANK}]

    assert [ask.aim for ask in near] == aims
    assert all(ask.once and ask.wrong_credential == "key" and ask.wrong == FORGING.wrong for ask in near)


def test_one_wrong_credential_of_an_account_is_sent_in_a_run() -> None:
    """Of the newest version's reading, once it has succeeded; where a right one beside it tells whose it is, too."""
    both = [operation("GET /things", answers(THING), security=({"key": (), "OAuth": ()},)), WRITE]
    named = replace(FORGING, scheme="key")

    def sent(subject: str, credentials: tuple[Credential, ...], operations: list[Operation]) -> list[bool]:
        of = scene(policy(credentials=credentials), subject, "GET /things", operations=operations)
        return [ask.once for ask in asked(CHECK, of) if ask.wrong_credential == "key"]

    assert sent("v2", (FORGING,), OPERATIONS) == sent("v1", (FORGING,), OPERATIONS) == [False]
    assert [sent(each, (PASSWORD,), OPERATIONS) for each in ("v1", "v2")] == [[], [True]]
    assert [sent(each, (named, OAUTH), both) for each in ("v1", "v2")] == [[], [True]]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        pytest.param("Bearer one", "Bearer other", False, id="a-kind-of-token"),
        pytest.param("Basic one", "Basic other", True, id="a-name-and-a-password"),
        pytest.param("Key shop:one", "Key shop:other", True, id="an-identifier"),
        pytest.param('Key id="shop", secret="one"', 'Key id="shop", secret="two"', True, id="a-named-identifier"),
        pytest.param("one", "other", False, id="nothing-else"),
    ],
)
def test_what_is_left_of_a_right_credential_tells_whose_a_wrong_one_is(
    right: str, wrong: str, *, expected: bool
) -> None:
    """A service can count wrong secrets only for who is named."""
    field = KEY.fields[0]
    made = replace(KEY, fields=(replace(field, value=right),), wrong=(replace(field, value=wrong),))

    assert made.counts_attempts is expected


def test_each_weaker_carrier_is_asked_without_a_credential_once() -> None:
    """A guard that is written for paths leaves a header open: one reading of a version, and one write for each method, show it; an alias has no other carrier."""
    weaker = [(ask.aim, ask.via, ask.anonymous, ask.once) for ask in asked(CHECK, where()) if ask.via != "path"]

    assert weaker == [(Aim.ANONYMOUS, "header", True, True), (Aim.ANONYMOUS, "accept", True, True)]


def through_the_header(answer: Response) -> Any:
    """A request without a credential, and the version in the header."""
    return exchange(where(), answer, Aim.ANONYMOUS, via="header")


def test_only_a_success_through_a_weaker_carrier_is_told() -> None:
    """How it is refused, and what the strongest carrier lets in already, says nothing more."""
    own_way, refused = exchange(where(), FINE), exchange(where(), response(401, error()), Aim.ANONYMOUS)
    let_in = exchange(where(), FINE, Aim.ANONYMOUS)

    def told(*exchanges: Any) -> list[str]:
        return [each.summary for each in CHECK.conclude(exchanges, where()) or ()] if CHECK.conclude else []

    assert told(own_way, refused, through_the_header(FINE)) == [
        "answers 200 with no credential, the version in the header"
    ]
    assert told(own_way, refused, through_the_header(response(400, error()))) == []
    assert told(own_way, let_in, through_the_header(FINE)) == ["answers 200 with no credential"]


def test_other_methods_are_asked_without_a_credential() -> None:
    """A reading as HEAD, and each path in a method its contract does not have; that only where nothing there is open to all."""
    mixed = [PLAIN, operation("POST /things", ResponseSpec(status="201"), security=())]
    open_too = scene(policy(credentials=(KEY,)), key="GET /things", operations=mixed)

    assert [(ask.method, ask.anonymous) for ask in asked(CHECK, where()) if ask.method] == [
        ("HEAD", True),
        ("PATCH", True),
    ]
    assert [ask.method for ask in asked(CHECK, open_too) if ask.method] == ["HEAD"]
    assert [ask.method for ask in asked(CHECK, where("POST /things")) if ask.method] == []


@pytest.mark.parametrize("key", ["GET /open", "GET /maybe", "GET /unsaid"])
def test_what_needs_no_credential_is_not_asked_for(key: str) -> None:
    """An empty list, an alternative without a credential, and a contract that says nothing ask for nothing."""
    assert asked(CHECK, where(key)) == []


def test_a_credential_that_is_the_same_one_is_of_use() -> None:
    """Two names of one secret, and one that is sent wherever nothing is said, prove nothing."""
    same = replace(OAUTH, name=KEY.name, scheme=KEY.scheme)
    default = replace(KEY, name="default")

    assert [ask.aim for ask in own(where("GET /me", same, OAUTH))] == [Aim.ANONYMOUS]
    assert [ask.aim for ask in own(where("GET /me", default, OAUTH))] == [Aim.ANONYMOUS]


def test_what_the_policy_has_no_credential_for_is_left_alone() -> None:
    """Where nothing opens an operation, that it stays shut says nothing."""
    assert asked(CHECK, where("GET /me", KEY)) == []


def test_only_safe_methods_where_others_may_not_be_sent() -> None:
    """Where writes may not be sent and nothing else needs a credential, nothing is promised."""
    rules = policy(credentials=(KEY,))

    assert CHECK.promised(scene(rules, operations=[WRITE], key=None)) == "credentials.key"
    assert CHECK.promised(scene(rules, operations=[WRITE], key=None, unsafe=False)) is None


def test_an_alias_is_asked_at_its_own_place() -> None:
    """The old paths need what the new ones need."""
    rules = policy(credentials=(KEY,), aliases={"plain": alias()})

    assert [
        (ask.via, ask.selection) for ask in own(scene(rules, "plain", operations=OPERATIONS, key="GET /things"))
    ] == [("plain", ())]


@pytest.mark.parametrize("name", MOMENTS)
def test_the_day_decides(name: str) -> None:
    """The promise holds as long as the version answers."""
    life, as_of, stage = MOMENTS[name]
    of = scene(living(life, credentials=(KEY,)), "v1", operations=OPERATIONS, as_of=instant(as_of))

    assert is_promised(CHECK, of) is (stage in {Stage.PREVIEW, Stage.LIVE, Stage.DEPRECATED})


@pytest.mark.parametrize("name", SILENT)
def test_stays_silent(name: str) -> None:
    """What keeps the promise, or cannot show it, makes no finding."""
    assert agrees(concluded(CHECK, SILENT[name]), SILENT[name].expected), concluded(CHECK, SILENT[name])


@pytest.mark.parametrize("name", SPEAK)
def test_speaks(name: str) -> None:
    """What breaks the promise is said once, in the words of this promise."""
    assert agrees(concluded(CHECK, SPEAK[name]), SPEAK[name].expected), concluded(CHECK, SPEAK[name])
