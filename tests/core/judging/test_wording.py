"""What came back, in a line that shows what is wrong."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pytest_apiversion.core.http.message_text import answer_text as answer_message
from pytest_apiversion.core.http.message_text import request_text
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.core.judging.wording import answer_text, members_text, place_text, value_text
from pytest_apiversion.core.policy.secrets import Secrets
from tests.checks.builders import exchange, response, scene

WHERE = scene()
LONG = {"items": [{"size": 1}] * 30 + [{"size": "1"}], "odd/name": {"a~b": "x" * 300}}


def _answered(answer: Response) -> str:
    return answer_text(exchange(WHERE, answer))


@pytest.mark.parametrize(("status", "shown"), [(302, True), (308, True), (200, False), (404, False)])
def test_a_redirection_says_where_it_leads(status: int, *, shown: bool) -> None:
    """`Location` is the evidence of a 3xx."""
    said = _answered(response(status, headers=(("Location", "/v2/things"),)))

    assert ("Location: /v2/things" in said) is shown


def test_a_redirection_to_nowhere_says_so() -> None:
    """A 3xx without `Location` leads nowhere."""
    assert "Location: None" in _answered(response(302))
    assert "Location" not in _answered(response(304)), "it leads nowhere: the client has the answer"


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("/items/30/size", 'with /items/30/size = "1"'),
        ("/odd~1name/a~0b", f'with /odd~1name/a~0b = "{"x" * 159}…'),
        ("", 'application/json): {"items"'),
        ("/items/99", 'application/json): {"items"'),
    ],
)
def test_the_place_that_is_wrong_is_shown(pointer: str, expected: str) -> None:
    """What stands at a place of a long body is shown with its whole pointer; where nothing does, the beginning of the body."""
    said = place_text(exchange(WHERE, response(200, LONG)), pointer)

    assert expected in said
    assert len(said) < len(json.dumps(LONG))


SECRET = "kJ8vQz1xN5mRwT3yB7cD"
SECRETS = Secrets(values={"TOKEN": SECRET})


def test_the_names_of_members_are_masked_before_they_are_cut() -> None:
    """A server may put what it got into a name."""
    answer = response(200, {"n" * 150: 1, SECRET: 2})

    assert SECRET[:4] not in members_text(replace(exchange(WHERE, answer), secrets=SECRETS), "")


@pytest.mark.parametrize("before", [40, 150, 158, 8_185, 8_191])
def test_no_cut_goes_through_a_secret(before: int) -> None:
    """Whatever is shown of a value, a place, a body or a message is masked before it is cut: not even the secret's beginning is left."""
    text = "x" * before + SECRET + "y" * 9_000
    asked = replace(exchange(WHERE, response(200, {"a": text})), secrets=SECRETS)
    answer = response(200, {"a": text})
    said = [
        value_text(text, SECRETS),
        place_text(asked, "/a"),
        answer_text(asked),
        answer_message(answer, SECRETS.beginning),
        request_text(Request(method="POST", path="/a", body=text.encode()), SECRETS.beginning),
    ]

    assert [each for each in said if SECRET[:4] in each] == []
