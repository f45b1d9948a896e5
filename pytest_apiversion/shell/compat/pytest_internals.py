"""What is used of pytest beyond its documentation: the fixture an item that is no function asks for, what JUnit's file will say, who is written for."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.compat.names import find

TRIED = "8.0 to 9.2"
"""The releases that were tried."""

_JUNIT: Any = find("_pytest.junitxml", "xml_key")
_ESCAPE: Any = find("_pytest.junitxml", "bin_xml_escape")

_ExceptionRepr: Any = find("_pytest._code.code", "ExceptionRepr")

_TopRequest: Any = find("_pytest.fixtures", "TopRequest")


def makes_text(writer: Any) -> bool:
    """Whether a terminal writer writes for `report.longreprtext`, which plugins put into reports of their own."""
    return isinstance(getattr(writer, "_file", None), io.StringIO)


def like_exception(told: Any, message: str, line: int) -> Any:
    """A failure as pytest represents an exception, for plugins that look into nothing else; the failure itself where there is no such thing.

    What it stands for is its `told`.

    Args:
        told: The failure.
        message: What was raised, in words.
        line: Where.
    """
    if not isinstance(_ExceptionRepr, type):
        return told

    def shown(_: Any, writer: Any) -> None:
        told.toterminal(writer)

    made = type("ExceptionLike", (_ExceptionRepr,), {"__init__": lambda _: None, "toterminal": shown})()
    vars(made).update(
        reprcrash=SimpleNamespace(path=told.path, message=message, lineno=line),
        reprtraceback=SimpleNamespace(reprentries=[]),
        sections=[],
        told=told,
    )
    return made


def is_overridden(node: pytest.Collector | pytest.Item, name: str, home: str) -> bool:
    """Whether a conftest.py or a plugin around a node gives a fixture in the place of ours.

    Args:
        node: The node.
        name: The fixture's name.
        home: The module that ours is in.
    """
    try:
        definition = _definition(node, name)
        where = definition.func.__module__ if definition is not None else home
    except (AttributeError, TypeError):  # fixtures are kept elsewhere: then what has something of that name gives it
        plugins = (each for each in node.config.pluginmanager.get_plugins() if getattr(each, "__name__", "") != home)
        return any(_gives(each, node.path, name) for each in plugins)
    return bool(where != home)


def _definition(node: pytest.Collector | pytest.Item, name: str) -> Any:
    """The definition of a fixture that counts at a node."""
    where: Any = node if pytest.version_tuple >= (8, 1) else node.nodeid
    found = node.session._fixturemanager.getfixturedefs(name, where)  # noqa: SLF001  no other way to ask
    return found[-1] if found else None


def _gives(plugin: Any, path: Path, name: str) -> bool:
    file = Path(getattr(plugin, "__file__", None) or "")
    return hasattr(plugin, name) and (file.name != "conftest.py" or file.parent in path.parents)


def session_fixture(item: pytest.Item, name: str, *, meaning: str, instead: str) -> Any:
    """The value of a fixture of scope `session`, for an item that takes no arguments.

    Args:
        item: The item.
        name: The fixture's name.
        meaning: Why it must be of session scope, in words.
        instead: What does without the fixture, in words.

    Raises:
        ToolError: The fixture is of another scope; or this pytest keeps fixtures elsewhere than those that were tried.
    """
    try:
        definition = _definition(item, name)
        if definition is not None and definition.scope != "session":
            raise ToolError(f'the fixture {name} is of scope "{definition.scope}": expected "session", {meaning}')
        vars(item).setdefault("funcargs", {})
        manager = item.session._fixturemanager  # noqa: SLF001  see above
        vars(item)["_fixtureinfo"] = manager.getfixtureinfo(node=item, func=_nothing, cls=None)
        request = _TopRequest(item, _ispytest=True)  # as pytest's own doctest items do
    except (AttributeError, TypeError) as error:
        raise ToolError(
            f"the fixture {name} cannot be asked with pytest {pytest.__version__} ({error}): {instead}, "
            f"or install a pytest that was tried ({TRIED})"
        ) from error
    return request.getfixturevalue(name)


def _nothing() -> None:
    """What an item without a function of its own asks fixtures for."""


def junit_failure(config: pytest.Config, report: pytest.TestReport) -> Callable[[str, str], None] | None:
    """What changes, until the file is written, what it says of a failure that was just reported: the message and the text.

    None where no such file is written, or pytest keeps it elsewhere: then the file says what was known when the item ended.
    """
    try:
        found = [node for node in config.stash[_JUNIT].node_reporter(report).nodes if node.tag == "failure"]
    except (AttributeError, KeyError, TypeError):
        return None

    def retell(message: str, text: str) -> None:
        for node in found:
            node.set("message", _escaped(message))
            node.text = _escaped(text)

    return retell if found else None


def _escaped(text: str) -> str:
    return str(_ESCAPE(text)) if _ESCAPE is not None else text
