"""The application a policy file's items ask in this process: the policy's `api.app`, or the fixture `api_app`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.errors import PolicyError, ToolError
from pytest_apiversion.shell.compat.pytest_internals import is_overridden, session_fixture
from pytest_apiversion.shell.transport.application_host import takes
from pytest_apiversion.shell.transport.applications import import_application

if TYPE_CHECKING:
    import pytest

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
    return is_overridden(node, FIXTURE, "pytest_apiversion.plugin")


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
        ToolError: What it gives is no application, or is made anew for each test; or this pytest cannot be asked for it.
    """
    if not given_by_fixture(item, base_url):
        return None
    found: Any = session_fixture(
        item,
        FIXTURE,
        meaning="one application for all items",
        instead="name the application in api.app, give --apiversion-base-url",
    )
    if found is None:
        return None
    if not (takes(found, 2) or takes(found, 3)):
        raise ToolError(f"the fixture {FIXTURE} gave {type(found).__name__}: expected a WSGI or ASGI application")
    application: Application = found
    return application
