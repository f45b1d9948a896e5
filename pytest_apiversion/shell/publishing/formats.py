"""The formats that a report can be written in, by the name of their option."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pytest_apiversion.shell.publishing.ci_files import badge, code_quality
from pytest_apiversion.shell.publishing.html import MISSING, can_write_html, html_page
from pytest_apiversion.shell.publishing.markdown import markdown
from pytest_apiversion.shell.publishing.report_values import Values
from pytest_apiversion.shell.publishing.sarif import sarif


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format.

    Attributes:
        text: What it is, for `--help`.
        write: Makes the file's text from what the JSON report holds.
        lacks: Says what must be installed for it; empty where nothing is missing.
    """

    text: str
    write: Callable[[Values], str]
    lacks: Callable[[], str] = lambda: ""


FORMATS: dict[str, Format] = {
    "html": Format(
        text="one HTML file that needs no network",
        write=html_page,
        lacks=lambda: "" if can_write_html() else MISSING,
    ),
    "markdown": Format(text="Markdown, for a pull request or the summary of a CI job", write=markdown),
    "sarif": Format(text="SARIF 2.1.0, for code scanning and editors", write=sarif),
    "code-quality": Format(text="the code quality report of GitLab", write=code_quality),
    "badge": Format(text="the JSON of an endpoint badge", write=badge),
}
"""By name, which is that of the option."""
