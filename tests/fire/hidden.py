"""Secrets: random ones, in random spellings, at random places of answers, appear in nothing that a run says or keeps."""

from __future__ import annotations

import datetime as dt
import html
import io
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
from pytest_apiversion.core.policy.secrets import secret_segments
from pytest_apiversion.shell.commands.baseline import baseline_command
from pytest_apiversion.shell.commands.replay import replay_command
from pytest_apiversion.shell.execution.judging import judge
from pytest_apiversion.shell.execution.options import Options
from pytest_apiversion.shell.execution.outcome import Outcome
from pytest_apiversion.shell.publishing.ci_files import workflow_commands
from pytest_apiversion.shell.publishing.formats import FORMATS
from pytest_apiversion.shell.publishing.report_values import Values
from pytest_apiversion.shell.reporting.finding_text import failure, finding_text
from pytest_apiversion.shell.reporting.json_report import report_of
from pytest_apiversion.shell.reporting.masking import Cleaner
from pytest_apiversion.shell.reporting.session import Session
from pytest_apiversion.shell.target.load import Target, load_target
from pytest_apiversion.shell.transport.curl import curl
from pytest_apiversion.shell.transport.har import Recording, har_text
from tests.core.policy.spellings import SPELLINGS
from tests.fire.result import Result
from tests.plugin.small_api import write_suite

TODAY = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
URL = "http://127.0.0.1:9"
_GIVEN = "g1ven-by-the-service"
"""What the service calls a token, and no variable holds."""
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
            target = load_target(path, _environment(secret, chance))
            case = f"{seed}/{number} {spelling}"
            forms = {
                form
                for each in (secret, spelled)
                for form in (each, json.dumps(each)[1:-1], html.escape(each), quote(each))
            } | {_GIVEN}
            with result.case(case):
                outputs = _outputs(target, _answer(spelled, chance), secret, Path(name))
                for output, said in outputs.items():
                    if any(form in said for form in forms):
                        result.faults.append(("leak", f"{case} in {output}"))
    return result


def _environment(secret: str, chance: random.Random) -> dict[str, str]:
    """Variables with the secret in one of them: as the key, or where it looks like one, in the path of the service's address."""
    segment = quote(secret, safe="")
    if chance.random() < 1 / 4 and any(secret_segments(segment)):
        return {"SMALL_URL": f"{URL}/hooks/{segment}", "SMALL_TOKEN": "another-s3cret"}
    return {"SMALL_URL": URL, "SMALL_TOKEN": secret}


def _answer(spelled: str, chance: random.Random) -> Response:
    """An answer that breaks promises, with a secret somewhere in it."""
    before = "x" * chance.choice((0, 1, 30, 55, 59, 140, 150, 158, 160, 190, 380, 399))
    body = chance.choice(
        (
            f"{before}{spelled}",
            json.dumps({"error": f"{before}{spelled}", "access_token": _GIVEN}),
            json.dumps([{"id": spelled, "name": 1, "clientSecret": _GIVEN}]),
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


def _har(policy: Policy, sent: Request, answer: Response) -> str:
    recording = Recording()
    recording.of(policy)(sent, answer)
    return har_text(recording)


def _files(report: Values, folder: Path) -> dict[str, str]:
    """What is made of a report for others, and what the commands say that read it."""
    run, baseline = folder / "run.json", folder / "baseline.toml"
    run.write_text(json.dumps(report), "utf-8")
    baseline.unlink(missing_ok=True)
    said = io.StringIO()
    baseline_command([run], file=baseline, reason="x", out=said, errors=said)
    replay_command(run, "", options=(), out=said, errors=said)
    return {
        **{name: form.write(report) for name, form in FORMATS.items() if not form.lacks()},
        "github": "\n".join(workflow_commands(report)),
        "baseline": baseline.read_text("utf-8") if baseline.exists() else "",
        "commands": said.getvalue(),
    }


def _outputs(target: Target, answer: Response, secret: str, folder: Path) -> dict[str, str]:
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
    findings, tallies = judge([exchange], scene, lambda each: curl(each, policy.base_url or "", secrets=policy.secrets))
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
    report = report_of(session)
    return {
        **_files(report, folder),
        "har": _har(policy, sent, answer),
        "terminal": "\n".join(texts),
        "junit": f"{shown.message}\n{shown.text}" if shown else "",
        "json": json.dumps(report, ensure_ascii=False),
        "xdist": json.dumps(clean.to_dict(), ensure_ascii=False),
        "crash": cleaner.text(f"{ValueError(answer.text)}\n{answer.headers!r}"),
        "repr": repr(policy) + repr(scene),
    }
