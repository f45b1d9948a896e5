"""Where the next page of a list is asked for beside the operation's own path."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.shell.execution.further_pages import another_place
from tests.checks.builders import HEADER, PATH, exchange, policy, response, scene

PATHS = policy(PATH, base_url="http://shop.example/root")
HEADERS = policy(HEADER, base_url="http://shop.example", base_path="")

LINKS = {
    "a-path-of-its-own": (PATHS, "/root/api/v2/pages?page=2", "/api/v2/pages"),
    "with-the-host": (PATHS, "http://shop.example/root/api/v2/pages?page=2", "/api/v2/pages"),
    "the-version-in-a-header": (HEADERS, "/pages?page=2", "/pages"),
    "the-list-itself": (PATHS, "/root/api/v2/things?page=2", None),
    "another-operation": (PATHS, "/root/api/v2/things/new?page=2", None),
    "another-version": (PATHS, "/root/api/v1/pages?page=2", None),
    "no-version": (PATHS, "/root/api/pages?page=2", None),
    "another-host": (PATHS, "https://other.example/root/api/v2/pages?page=2", None),
    "beside-the-api": (PATHS, "/root/pages?page=2", None),
    "no-query": (PATHS, "/root/api/v2/pages", None),
    "elsewhere-on-purpose": (replace(PATHS, elsewhere=("/next",)), "/root/api/v2/pages?page=2", None),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_to_what_no_contract_has_is_followed(name: str) -> None:
    """A next page whose link leads to no operation of the API, in its own version, is asked for where the link has it."""
    rules, link, path = LINKS[name]
    place = "/api/v2/things" if rules is not HEADERS else "/things"
    first = exchange(
        scene(rules),
        answer := response(200, {"things": [], "next": link}),
        Aim.ACCEPTED,
        path=place,
        via=next(iter(rules.carriers)),
    )

    found = another_place(scene(rules), first, answer)

    assert (None if found is None else (found.path, found.query)) == (path and (path, (("page", "2"),)))
