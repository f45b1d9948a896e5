"""HTTP Archives: what viewers can open, without secrets, and not without end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pytest_apiversion.core.http.messages import NoAnswer, NoAnswerKind, Request, Response
from pytest_apiversion.core.policy.secrets import Secrets
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.transport import har
from pytest_apiversion.shell.transport.har import LONGEST, Recording, entry_of, har_text
from tests.shell.policies import write
from tests.shell.transport.har_schema import HAR

SECRETS = Secrets({"TOKEN": "s3cr3t-T0ken/&+"})
REQUEST = Request(
    method="POST",
    path="/things",
    query=(("key", SECRETS.values["TOKEN"]), ("a", "ä b")),
    headers=(
        ("Content-Type", f"text/plain; for={SECRETS.values['TOKEN']}"),
        ("X-Key", SECRETS.values["TOKEN"]),
        ("Cookie", f"sid={SECRETS.values['TOKEN']}; a=b"),
    ),
    body=f'{{"token": "{SECRETS.values["TOKEN"]}"}}'.encode(),
    secrets=(("key", "$TOKEN"), ("X-Key", "$TOKEN"), ("sid", "$TOKEN")),
    operation="POST /things",
)
ANSWERS: dict[str, Response | NoAnswer] = {
    "json": Response(
        status=201,
        headers=(("Content-Type", "application/json"), ("Set-Cookie", "sid=c00kie; Path=/"), ("Location", "/things/1")),
        body=b'{"echo": "s3cr3t-T0ken/&+"}',
        elapsed=0.25,
    ),
    "bytes": Response(status=200, body=bytes(range(256)), headers=(("X-Odd", "\x85"),)),
    "empty": Response(status=204),
    "odd-status": Response(status=799),
    "a-secret-in-the-type": Response(
        status=200, body=b"{}", headers=(("Content-Type", "application/json; for=s3cr3t-T0ken/&+"),)
    ),
    "none": NoAnswer(kind=NoAnswerKind.TIMEOUT, detail="after 10 s, s3cr3t-T0ken/&+"),
}


def _log(*entries: dict[str, Any]) -> Any:
    return json.loads(har_text(Recording(entries=list(entries))))


@pytest.mark.parametrize("name", ANSWERS)
def test_an_exchange_is_what_viewers_open(name: str) -> None:
    """Every kind of answer conforms to HAR 1.2, and no secret is in it, however it is spelled."""
    entry = entry_of(
        REQUEST, ANSWERS[name], base_url="http://127.0.0.1:8080/v1", secrets=SECRETS, ended=1_800_000_000.5
    )
    log = _log(entry)

    assert [error.message for error in Draft202012Validator(HAR).iter_errors(log)] == []
    assert "s3cr3t" not in json.dumps(log)
    assert "c00kie" not in json.dumps(log)
    assert log["log"]["entries"][0]["request"]["url"] == "http://127.0.0.1:8080/v1/things?key=%24TOKEN&a=%C3%A4%20b"
    assert log["log"]["entries"][0]["request"]["postData"]["text"] == '{"token": "$TOKEN"}'


def test_when_it_was_sent() -> None:
    """The time is that of the first byte, in UTC, and the entries follow it."""
    entries = [
        entry_of(REQUEST, ANSWERS["json"], base_url="http://a", secrets=SECRETS, ended=ended)
        for ended in (1_800_000_001.0, 1_800_000_000.5)
    ]
    told = [each["startedDateTime"] for each in _log(*entries)["log"]["entries"]]

    assert told == ["2027-01-15T08:00:00.250Z", "2027-01-15T08:00:00.750Z"]


def test_it_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Bodies are cut, the first exchanges are kept, and the others are counted."""
    monkeypatch.setattr(har, "MOST", 3)
    policy = load_policy(write(tmp_path), {"SHOP_URL": "http://127.0.0.1", "SHOP_TOKEN": "s3cr3t-T0ken"})
    recording = Recording()
    take = recording.of(policy)
    large = Response(status=200, body=b"x" * 100_000)
    for _ in range(5):
        take(Request(method="GET", path="/"), large)

    log = json.loads(har_text(recording))["log"]
    assert (len(log["entries"]), log["comment"]) == (3, "2 more exchanges are left out")
    content = log["entries"][0]["response"]["content"]
    assert (content["size"], len(content["text"])) == (100_000, LONGEST + 1)

    monkeypatch.setattr(har, "MOST", 100)
    small = Recording(_room=20_000)
    for _ in range(5):
        small.of(policy)(Request(method="GET", path="/"), large)
    assert (len(small.entries), small.left_out) == (2, 3)
