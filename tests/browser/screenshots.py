"""Takes the pictures of the HTML report that the documentation shows, of a real red run: `python -m tests.browser.screenshots`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from pytest_apiversion.shell.publishing.html import html_page
from tests.apps.girard import create_app
from tests.apps.kit import serving
from tests.browser.chromium import browsing
from tests.shell.running import TODAY

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "guides" / "images"
BUGS = frozenset(
    {
        "deprecated-header-missing-on-errors",
        "unknown-version-served-by-newest",
        "name-limit-tightened",
        "wrong-method-is-html",
    }
)
WINDOWS = {
    "desk": (1280, 900, False, "body"),
    "tablet": (768, 900, False, ".cause"),
    "phone": (390, 900, True, ".cause"),
}
"""Width and height of each picture, whether it is dark, and what stands at its top."""


def red_run(folder: Path) -> str:
    """The page of a run of an embedded policy against a server with bugs."""
    with serving(create_app(today=TODAY, bugs=BUGS)) as url:
        file = folder / "run.json"
        arguments = [
            f"--apiversion-base-url={url}",
            f"--apiversion-json={file}",
            f"--apiversion-today={TODAY:%Y-%m-%dT%H:%M:%SZ}",
        ]
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "contracts/girard", "--hypothesis-seed=1", *arguments],
            cwd=ROOT,
            check=False,
            stdout=subprocess.DEVNULL,
        )
        return html_page(json.loads(file.read_text("utf-8")))


def main() -> int:
    """Take them."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        page_file = Path(folder) / "report.html"
        page_file.write_text(red_run(Path(folder)), "utf-8")
        for name, (width, height, dark, top) in WINDOWS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            page = context.new_page()
            page.goto(page_file.as_uri())
            page.locator(top).first.evaluate("each => each.scrollIntoView()")
            page.screenshot(path=FOLDER / f"report-{name}.png")
            context.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
