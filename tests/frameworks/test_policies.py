"""The six policy files are read without a mistake, and so are their contracts."""

from __future__ import annotations

import pathlib

import pytest

from pytest_apiversion.shell.openapi.document_files import read_document
from pytest_apiversion.shell.policy_file.load import load_policy

FILES = sorted((pathlib.Path(__file__).parent / "policies").glob("*/apiversion.toml"))
ENVIRONMENT = {
    "CADWYN_URL": "http://127.0.0.1:1",
    "DRF_PATH_URL": "http://127.0.0.1:1",
    "DRF_NAMESPACE_URL": "http://127.0.0.1:1",
    "DRF_HOST_URL": "http://127.0.0.1:1",
    "DRF_QUERY_URL": "http://127.0.0.1:1",
    "DRF_ACCEPT_URL": "http://127.0.0.1:1",
}


def test_there_is_a_policy_for_each_framework_and_class() -> None:
    """One for Cadwyn, one for each of the five classes of Django REST framework."""
    expected = {"cadwyn", "drf_path", "drf_namespace", "drf_host", "drf_query", "drf_accept"}

    assert expected == {file.parent.name for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_policy_file_and_its_contracts_are_read(file: pathlib.Path) -> None:
    """Reading raises for any mistake; every version's contract describes operations."""
    policy = load_policy(file, ENVIRONMENT)

    assert len(policy.versions) > 1
    for version in policy.versions.values():
        assert version.contract is not None
        assert read_document(file.parent / version.contract, file.parent)[0]["paths"]
