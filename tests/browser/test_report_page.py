"""The HTML report as people meet it: with a mouse, with keys alone, on a phone, on paper, in the dark, through a screen reader's eyes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_apiversion.core.finding import Severity
from pytest_apiversion.shell.publishing.html import html_page
from tests.browser.chromium import browsing, executable
from tests.shell.publishing.made_reports import found, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

for _module in ("jinja2", "playwright.sync_api", "axe_playwright_python.sync_playwright"):
    pytest.importorskip(_module)
if executable() is None:
    pytest.skip("no Chromium is installed", allow_module_level=True)

WIDTHS = {"phone": 390, "tablet": 768, "desk": 1280}
_SECOND = 1000
"""Milliseconds."""


def _until(page: Page, expression: str) -> None:
    """Wait for what an expression says; Playwright's own way evaluates in the page, whose policy forbids it."""
    end = time.monotonic() + 10
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(10)


def _two_hundred() -> Any:
    """A red run: 200 findings of five checks, in two versions, with long answers and one very long word."""
    rows = [
        found(
            number,
            code=f"AV40{number % 5}",
            promise="errors wear the envelope",
            version=f"v{1 + number % 2}",
            summary=f"a 404 is wrong in way {number % 5}",
            answer="404\nContent-Type: application/json\n\n" + '{"key": "<value>"}, ' * 60,
            reproduce=f"curl -sS -i http://localhost/v2/things/{number}?{'x' * 300}",
            severity=Severity.WARNING if number % 5 == 4 else Severity.ERROR,
        )
        for number in range(200)
    ]
    return report(rows, warnings=["certificates are not verified"])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page in a file."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html_page(_two_hundred()), "utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with browsing() as started:
        yield started


Open = Callable[..., AbstractContextManager["Page"]]


@pytest.fixture
def opened(browser: Browser, file: Path) -> Open:
    """Opens the page in a window of its own, and holds at its end that nothing was complained of and nothing was loaded."""

    @contextlib.contextmanager
    def opening(**window: Any) -> Iterator[Page]:
        context = browser.new_context(viewport={"width": window.pop("width", 1280), "height": 900}, **window)
        page, said = context.new_page(), list[str]()
        page.on("console", lambda message: said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("request", lambda request: said.append(request.url) if request.url != file.as_uri() else None)
        try:
            page.goto(file.as_uri())
            yield page
            assert [each for each in said if not each.startswith(f"{file.as_uri()}#")] == []
        finally:
            context.close()

    return opening


def _visible(page: Page) -> int:
    count: int = page.locator(".finding:not([hidden]):not(.title-only)").count()
    return count


def test_it_opens_within_a_second(opened: Open) -> None:
    """A page of 200 findings is loaded, scripts included, within a second, and a filter answers within a fifth of one."""
    with opened() as page:
        loaded = []
        for _ in range(3):
            page.reload()
            loaded.append(
                page.evaluate(
                    "performance.getEntriesByType('navigation').map(each => each.loadEventEnd - each.startTime)[0]"
                )
            )
        filtered = page.evaluate(
            """() => { const words = document.querySelector('[name=words]'), began = performance.now();
            words.value = 'way 3'; words.dispatchEvent(new Event('input', {bubbles: true}));
            document.body.getBoundingClientRect(); return performance.now() - began; }"""
        )

    assert 0 < min(loaded) <= _SECOND, loaded
    assert filtered <= _SECOND / 5


@pytest.mark.parametrize("width", [320, *WIDTHS.values()])
def test_it_fits_every_width(opened: Open, width: int) -> None:
    """Nothing makes the page scroll sideways, on the narrowest phone too; tables and the timeline scroll by themselves."""
    with opened(width=width) as page:
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")

        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        assert page.locator(".exchange").first.evaluate(
            "each => getComputedStyle(each).gridTemplateColumns.split(' ').length"
        ) == (2 if width > 720 else 1)


@pytest.mark.parametrize("width", WIDTHS.values(), ids=list(WIDTHS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Open, scheme: str, width: int) -> None:
    """axe-core, which knows what keeps people out, finds nothing, in light and in dark."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  an extra

    with opened(width=width, color_scheme=scheme) as page:
        page.evaluate("document.querySelectorAll('details').forEach((each, number) => { each.open = number < 12; })")
        found_ = Axe().run(page).response["violations"]

    assert [f"{each['impact']} {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found_] == []


def test_axe_would_find_it(opened: Open) -> None:
    """A text that cannot be told from its paper, and a control without a name, are found."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  an extra

    with opened() as page:
        page.evaluate(
            """() => { document.querySelector('h1').style.color = '#f4f4f4';
            document.querySelector('[name=words]').parentElement.replaceWith(document.querySelector('[name=words]')); }"""
        )
        names = {each["id"] for each in Axe().run(page).response["violations"]}

    assert {"color-contrast", "label"} <= names


def test_filters(opened: Open) -> None:
    """By version, check, operation and words; together; the count says how many; a cell of the matrix sets them; All takes them back."""
    with opened() as page:
        assert _visible(page) == 200
        page.select_option("[name=version]", "v2")
        assert _visible(page) == 100
        page.select_option("[name=check]", "AV403")
        assert _visible(page) == 20
        assert page.locator("#shown").inner_text() == "20 of 200 findings"
        assert page.locator(".title-only").first.locator("h3").is_visible()
        assert not page.locator(".title-only").first.locator("dl").is_visible()
        page.fill("[name=words]", "no such words")
        assert _visible(page) == 0
        page.click("button[type=reset]")
        _until(page, "document.querySelector('#shown').value === '200 of 200 findings'")
        page.select_option("[name=operation]", "GET /things/7")
        assert page.locator("#shown").inner_text() == "1 of 200 findings"
        assert page.locator(".finding[data-operation='GET /things/7']").is_visible()
        page.click("td a[data-code=AV402][data-version=v1]")
        _until(page, "document.querySelector('#shown').value === '20 of 200 findings'")
        assert page.url.endswith("#findings")


def test_keys_are_enough(opened: Open) -> None:
    """Everything can be reached with Tab, in the order in which it stands, and seen where it is; Enter opens and follows."""
    with opened() as page:
        focused = (
            "() => document.activeElement.className || document.activeElement.id || document.activeElement.tagName"
        )
        page.keyboard.press("Tab")
        assert page.evaluate(focused) == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        page.keyboard.press("Enter")
        _until(page, "document.activeElement.id === 'findings'")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "version"
        page.keyboard.press("ArrowDown")
        _until(page, "document.querySelector('#shown').value === '100 of 200 findings'")
        reached, outlined, tops = [], [], []
        for _ in range(16):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.tagName"))
            outlined.append(page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'"))
            tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
        assert {"SELECT", "INPUT", "BUTTON", "PRE", "SUMMARY"} <= set(reached)
        assert all(outlined)
        assert all(later >= earlier - 60 for earlier, later in pairwise(tops))
        page.locator(".others > summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator(".others").first.evaluate("each => each.open")


def test_a_line_can_be_copied(opened: Open) -> None:
    """The button puts the whole command into the clipboard, and says so."""
    with opened(permissions=["clipboard-read", "clipboard-write"]) as page:
        line = page.locator(".line pre").first.inner_text()
        page.locator(".copy").first.click()
        _until(page, "document.querySelector('.copy').textContent.startsWith('Copied')")
        page.focus("[name=words]")
        page.keyboard.press("Control+V")

        assert page.input_value("[name=words]") == line


def test_dark_and_light(opened: Open) -> None:
    """It begins as the reader's system is, and the button changes it."""
    paper = "getComputedStyle(document.body).backgroundColor"
    with opened(color_scheme="dark") as page:
        dark = page.evaluate(paper)
        page.click("#theme")
        assert page.evaluate(paper) == "rgb(255, 255, 255)" != dark
        page.click("#theme")
        assert page.evaluate(paper) == dark


def test_paper(opened: Open) -> None:
    """Printed, everything is open, and what can only be clicked is gone; the ink is black, in the dark too."""
    with opened(color_scheme="dark") as page:
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")

        assert not page.locator("#filters").is_visible()
        assert not page.locator(".copy").first.is_visible()
        assert page.locator("details:not([open])").count() == 0
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert page.evaluate("getComputedStyle(document.querySelector('.cause .code')).color") == "rgb(0, 0, 0)"
        assert len(page.pdf()) > 50_000


def test_without_scripts(opened: Open) -> None:
    """Where scripts are not run, as in some mail readers, everything is there but the filters."""
    with opened(java_script_enabled=False) as page:
        assert page.locator(".cause").count() >= 5
        assert not page.locator("#filters").is_visible()
        assert page.locator(".cause h3").first.is_visible()
