"""Whichever of these plugins a team has, a finding reads there as it does on the page."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plugin.small_api import SECRET, small_api, write_suite

Run = Callable[..., subprocess.CompletedProcess[str]]
SAID = ("\n  expected  ", "\n  received  ", "\n  promised  v2.json GET /things 200 ", "\n  repeat    curl ")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs pytest in a process of its own, where other plugins are loaded as they come, against an API with a bug."""

    def running(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        write_suite(tmp_path)
        with small_api("nameless") as (_, url):
            return subprocess.run(
                [
                    *(sys.executable, "-m", "pytest", "-q", "--apiversion-today=2026-06-01"),
                    *("--apiversion-max-examples=1", "--apiversion-database=none", *arguments),
                ],
                cwd=tmp_path,
                env={**os.environ, "SMALL_URL": url, "SMALL_TOKEN": SECRET, **variables},
                capture_output=True,
                text=True,
                check=False,
                timeout=120,
            )

    return running


def test_pytest_html(run: Run, tmp_path: Path) -> None:
    """The row of the failed item has the whole finding."""
    pytest.importorskip("pytest_html")
    done = run("--html=report.html", "--self-contained-html")

    assert done.returncode == 1, done.stdout + done.stderr
    text = (tmp_path / "report.html").read_text("utf-8")
    data = json.loads(html.unescape(re.findall(r'data-jsonblob="([^"]*)"', text)[0]))
    ((name, (row, *_)),) = [each for each in data["tests"].items() if each[1][0]["result"] == "Failed"]
    log = html.unescape(re.sub(r"<br ?/?>", "\n", row["log"]))
    assert "apiversion.toml::v2::GET /things" in name
    assert [each for each in SAID if each not in log] == []
    assert SECRET not in text


def test_allure(run: Run, tmp_path: Path) -> None:
    """The failed result has the message in a line, and the whole finding as its trace."""
    pytest.importorskip("allure_pytest")
    done = run("--alluredir=allure")

    assert done.returncode == 1, done.stdout + done.stderr
    results = [json.loads(file.read_text("utf-8")) for file in (tmp_path / "allure").glob("*-result.json")]
    (failed,) = [each for each in results if each["status"] in {"failed", "broken"}]
    details = failed["statusDetails"]
    assert failed["status"] == "failed"
    assert "AV301 answers conform to the frozen contract" in details["message"]
    assert [each for each in SAID if each not in details["trace"]] == []
    assert SECRET not in json.dumps(results)


def test_annotations_on_github(run: Run) -> None:
    """The annotation stands at the policy file, and has the message and the whole finding."""
    pytest.importorskip("pytest_github_actions_annotate_failures")
    done = run(GITHUB_ACTIONS="true")

    lines = [line for line in f"{done.stdout}\n{done.stderr}".splitlines() if line.startswith("::error ")]
    assert len(lines) == 1, done.stdout + done.stderr
    told = lines[0].replace("%0A", "\n")
    assert re.search(r"file=[^,:]*apiversion\.toml[,:]", told)
    assert [each for each in SAID if each not in told] == []
    assert SECRET not in told
