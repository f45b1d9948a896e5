"""The application a policy file's items ask in this process: the policy's `api.app`, or the fixture `api_app`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.fixtures import TopRequest  # as pytest's own doctest items do; tried on the oldest and the newest pytest

from pytest_apiversion.core.errors import PolicyError, ToolError
from pytest_apiversion.shell.transport.application_host import takes
from pytest_apiversion.shell.transport.applications import import_application

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.shell.target.load import Target
    from pytest_apiversion.shell.transport.in_process import Application

FIXTURE = "api_app"
"""The fixture's name."""

NOWHERE = "http://localhost"
"""Where an application without a base URL is said to be."""


def housed(target: Target, node: pytest.Collector, base_url: str | None) -> Target:
    """A target with a base URL for an application that has none.

    Args:
        target: The policy and its contracts.
        node: The policy file as pytest collects it.
        base_url: The base URL of the run, which goes before any application.
    """
    if target.policy.base_url is not None or not (target.policy.app or given_by_fixture(node, base_url)):
        return target
    return replace(target, policy=replace(target.policy, base_url=NOWHERE))


def given_by_fixture(node: pytest.Collector | pytest.Item, base_url: str | None) -> bool:
    """Whether a conftest.py or a plugin around a node gives an application, and no base URL of the run takes its place."""
    if base_url is not None:
        return False
    return is_overridden(node, FIXTURE)


def is_overridden(node: pytest.Collector | pytest.Item, name: str) -> bool:
    """Whether a conftest.py or a plugin around a node has one of our fixtures itself."""
    definition = _definition(node, name)
    return definition is not None and definition.func.__module__ != "pytest_apiversion.plugin"


def named(policy: Policy) -> Application | None:
    """The application a policy names, imported; None where it names none.

    Raises:
        PolicyError: It cannot be imported, or is none.
    """
    if policy.app is None:
        return None
    source = f"app:{policy.app}"
    try:
        return import_application(source)
    except PolicyError as error:
        told = [mistake.replace(f"{source}: ", "", 1) for mistake in error.mistakes]
        raise PolicyError(policy.source, [f"api.app: {text}" for text in told]) from error


def given(item: pytest.Item, base_url: str | None) -> Application | None:
    """The application the fixture gives an item; None where it gives none.

    Raises:
        ToolError: What it gives is no application, or is made anew for each test.
    """
    if not given_by_fixture(item, base_url):
        return None
    found = session_value(item, FIXTURE, "one application for all items")
    if found is None:
        return None
    if not (takes(found, 2) or takes(found, 3)):
        raise ToolError(f"the fixture {FIXTURE} gave {type(found).__name__}: expected a WSGI or ASGI application")
    application: Application = found
    return application


def session_value(item: pytest.Item, name: str, meaning: str) -> Any:
    """What a fixture of session scope gives an item.

    Args:
        item: An item of a policy file, which has no function of its own.
        name: The fixture's name.
        meaning: Why it must be of session scope.

    Raises:
        ToolError: It is of another scope.
    """
    definition = _definition(item, name)
    if definition is not None and definition.scope != "session":
        raise ToolError(f'the fixture {name} is of scope "{definition.scope}": expected "session", {meaning}')
    vars(item).setdefault("funcargs", {})
    vars(item)["_fixtureinfo"] = item.session._fixturemanager.getfixtureinfo(node=item, func=_nothing, cls=None)  # noqa: SLF001
    return TopRequest(item, _ispytest=True).getfixturevalue(name)  # type: ignore[arg-type]


def _definition(node: pytest.Collector | pytest.Item, name: str) -> pytest.FixtureDef[Any] | None:
    """The definition of one of our fixtures that counts at a node."""
    where: Any = node if pytest.version_tuple >= (8, 1) else node.nodeid
    found = node.session._fixturemanager.getfixturedefs(name, where)  # noqa: SLF001  see the import
    return found[-1] if found else None


def _nothing() -> None:
    """What an item without a function of its own asks fixtures for."""
