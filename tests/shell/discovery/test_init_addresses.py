"""The addresses that `apiversion init` is given: refused where they hold too much, and shown without their secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_apiversion.cli import main
from tests.apps.kit import serving
from tests.shell.discovery.test_init import Shop


def test_the_query_of_a_documents_address_is_not_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document may be at another place than its service, behind a key in its query; the name of the document is enough to tell of it."""
    with serving(Shop()) as documents, serving(Shop()) as url:
        source = f"{documents}/openapi.json?token=SECRET9"
        code = main(["init", source, "--base-url", url, "--policy", str(tmp_path / "apiversion.toml"), "--no-run"])
    said = "".join(capsys.readouterr())

    assert code == 0, said
    assert "found openapi.json: " in said
    assert "SECRET9" not in said
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and "SECRET9" in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:9/api?x=1", "the base URL 'http://127.0.0.1:9/api' holds a query; "),
        ("http://127.0.0.1:9/api#x", "holds a fragment; "),
        ("localhost:8000", "the base URL 'localhost:8000' is not an http or https URL of a host"),
        ("127.0.0.1:9/api", "the base URL '127.0.0.1:9/api' is not an http or https URL of a host"),
        ("http://[x", "the base URL 'http://[x' is not a URL"),
    ],
)
def test_a_base_url_that_holds_something_else_is_refused(
    address: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, the address as it was typed, and no file."""
    with serving(Shop()) as url:
        arguments = [f"{url}/openapi.json", "--base-url", address, "--policy", str(tmp_path / "apiversion.toml")]
        code = main(["init", *arguments, "--no-run"])

    assert code == 2
    assert words in " ".join(capsys.readouterr().err.split())
    assert list(tmp_path.iterdir()) == []
