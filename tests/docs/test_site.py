"""The documentation as a site: it builds without a warning, every link and anchor of it leads somewhere, and its search knows the words."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.blocks import ROOT

pytest.importorskip("mkdocs")


def _build(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--config-file",
        str(config),
        "--site-dir",
        str(site),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site."""
    folder = tmp_path_factory.mktemp("site")
    done = _build(ROOT / "mkdocs.yml", folder)
    assert (done.returncode, "WARNING" in done.stderr) == (0, False), done.stderr
    return folder


class _Page(HTMLParser):
    """The places of a page, and where it leads."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.places, self.leads = {""}, set[str]()
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element's names and references."""
        for name, value in attrs:
            if name in {"id", "name"} and value:
                self.places.add(value)
            if name in {"href", "src"} and value:
                self.leads.add(value)


def test_every_link_leads_somewhere(site: Path) -> None:
    """Each reference within the site names a file, and a place in it where it names one; nothing leads out of the site by a path."""
    pages = {file: _Page(file) for file in site.rglob("*.html") if file.name != "404.html"}
    astray = []
    for file, page in pages.items():
        for each in page.leads:
            url = urlsplit(each)
            if url.scheme or url.netloc:
                continue
            target = (file.parent / unquote(url.path)).resolve() if url.path else file
            target = target / "index.html" if target.is_dir() else target
            inside = target.is_file() and target.is_relative_to(site.resolve())
            if not inside or (target in pages and unquote(url.fragment) not in pages[target].places):
                astray.append(f"{file.relative_to(site)}: {each}")

    assert astray == []
    assert len(pages) == len(list((ROOT / "docs").rglob("*.md")))


def test_search_finds(site: Path) -> None:
    """The index of the search holds every page, with its headings."""
    rows = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    found = {row["location"].partition("#")[0] for row in rows if "sunset" in f"{row['title']} {row['text']}".lower()}

    assert {"reference/checks.html", "guides/plan-a-sunset.html"} <= found
    assert any(row["location"].endswith("#av301-answers-conform-to-the-frozen-contract") for row in rows)


def test_what_leads_nowhere_fails(tmp_path: Path) -> None:
    """A link to nothing, to a heading that is not there, and a page in a folder of no section are a warning each, which ends the build."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    with (tmp_path / "docs" / "guides" / "reports.md").open("a", encoding="utf-8") as file:
        file.write("\n[gone](nowhere.md)\n\n[gone](ci.md#no-such-heading)\n")
    (tmp_path / "docs" / "elsewhere").mkdir()
    (tmp_path / "docs" / "elsewhere" / "page.md").write_text(
        "# A page in a folder that the list of pages does not have\n", "utf-8"
    )

    done = _build(tmp_path / "mkdocs.yml", tmp_path / "site")

    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Aborted with 3 warnings" in said
    warnings = said.split("WARNING")[1:]
    for each in ("elsewhere/page.md", "nowhere.md", "no-such-heading"):
        assert sum(each in warning for warning in warnings) == 1, said
