"""Secrets: random ones, in random spellings, at random places of answers, appear in nothing that a run says or keeps."""

from __future__ import annotations

import datetime as dt
import json
import random
import string
import tempfile
from pathlib import Path
from urllib.parse import quote

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.checking.scene import Scene
from pytest_apiversion.core.http.messages import Request, Response
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.shell.execution.judging import judge
from pytest_apiversion.shell.execution.options import Options
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.reporting.finding_text import failure, finding_text
from pytest_apiversion.shell.reporting.json_report import report_of
from pytest_apiversion.shell.reporting.masking import Cleaner
from pytest_apiversion.shell.reporting.session import Session
from pytest_apiversion.shell.target.load import Target, load_target
from pytest_apiversion.shell.transport.curl import curl
from tests.core.policy.spellings import SPELLINGS
from tests.fire.result import Result
from tests.plugin.small_api import write_suite

TODAY = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
URL = "http://127.0.0.1:9"
_ALPHABET = string.ascii_letters + string.digits + "+/=-_.&%$é"


def secrets(seed: int, most: int) -> Result:
    """Judge answers with secrets in them, and read every output of what is found."""
    result, chance = Result(name="secrets"), random.Random(seed)  # noqa: S311  a seed
    with tempfile.TemporaryDirectory() as name:
        path = write_suite(Path(name))
        for number in range(most):
            secret = "".join(chance.choice(_ALPHABET) for _ in range(chance.randint(8, 40)))
            spelling = chance.choice(sorted(SPELLINGS))
            spelled = SPELLINGS[spelling](secret)
            target = load_target(path, {"SMALL_URL": URL, "SMALL_TOKEN": secret})
            case = f"{seed}/{number} {spelling}"
            with result.case(case):
                for output, said in _outputs(target, _answer(spelled, chance), secret).items():
                    if any(
                        form in said for form in (secret, spelled, json.dumps(secret)[1:-1], json.dumps(spelled)[1:-1])
                    ):
                        result.faults.append(("leak", f"{case} in {output}"))
    return result


def _answer(spelled: str, chance: random.Random) -> Response:
    """An answer that breaks promises, with a secret somewhere in it."""
    before = "x" * chance.choice((0, 1, 30, 55, 59, 140, 150, 158, 160, 190, 380, 399))
    body = chance.choice(
        (
            f"{before}{spelled}",
            json.dumps({"error": f"{before}{spelled}"}),
            json.dumps([{"id": spelled, "name": 1}]),
            f"<html><p>{before}</p>{spelled}</html>",
        )
    )
    line = "".join(each for each in spelled if each.isprintable() and each.isascii()) or "x"
    headers = chance.choice(
        (
            (),
            (("Sunset", line),),
            (("Link", f'<{URL}/v1/{quote(line, safe="%")}>; rel="successor-version"'),),
            (("X-Echo", line),),
        )
    )
    kind = chance.choice(("application/json", "text/html", line))
    status = chance.choice((200, 201, 400, 404, 500, 302))
    return Response(status=status, headers=(("Content-Type", kind), *headers), body=body.encode("utf-8", "replace"))


def _outputs(target: Target, answer: Response, secret: str) -> dict[str, str]:
    policy: Policy = target.policy
    operation = target.contracts["v2"].operations["GET /things"]
    scene = Scene(
        policy=policy, contracts=target.contracts, as_of=TODAY, subject="v2", version="v2", operation=operation
    )
    sent = Request(
        method="GET",
        path=f"/v2/things/{quote(secret, safe='')}",
        headers=(("X-Key", f"Key {secret}"), ("X-Other", secret.encode().decode("latin-1"))),
        body=json.dumps({"name": secret}).encode(),
        secrets=(("X-Key", "Key $SMALL_TOKEN"),),
    )
    exchange = Exchange(
        aim=Aim.ACCEPTED,
        version="v2",
        via="path",
        operation=operation.key,
        request=sent,
        answer=answer,
        as_of=TODAY,
        stage=policy.stage("v2", TODAY),
        lifecycle=policy.lifecycle("v2"),
        secrets=policy.secrets,
    )
    findings, tallies = judge([exchange], scene, lambda each: curl(each, URL, secrets=policy.secrets))
    outcome = Outcome(
        policy=policy.name,
        source=policy.source,
        subject="v2",
        label=operation.key,
        findings=tuple(findings),
        tallies=tallies,
    )
    cleaner = Cleaner(policy)
    (clean,) = cleaner.outcomes([outcome])
    session = Session(options=Options(as_of=TODAY, seed=1), strict=False)
    session.named(policy, lambda _: scene)
    session.outcomes[policy.source].append(clean)
    texts = [finding_text(each, "apiversion.toml") for each in clean.findings]
    shown = failure(clean.findings, "apiversion.toml") if clean.findings else None
    return {
        "terminal": "\n".join(texts),
        "junit": f"{shown.message}\n{shown.text}" if shown else "",
        "json": json.dumps(report_of(session), ensure_ascii=False),
        "xdist": json.dumps(clean.to_dict(), ensure_ascii=False),
        "crash": cleaner.text(f"{ValueError(answer.text)}\n{answer.headers!r}"),
        "repr": repr(policy) + repr(scene),
    }
