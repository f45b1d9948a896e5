"""The document of an application in this process, asked of it without a socket."""

from __future__ import annotations

import importlib
import json
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.policy_file.schema import nearest
from pytest_apiversion.shell.transport.in_process import is_asgi, takes

if TYPE_CHECKING:
    from pytest_apiversion.shell.transport.in_process import Application


def import_application(source: str) -> Application:
    """The application that `app:package.module:attribute` names, found from the current folder as by a server's command line.

    Raises:
        PolicyError: There is none.
    """
    module, colon, attribute = source.removeprefix("app:").partition(":")
    if not (module and colon and attribute):
        raise PolicyError(source, [f"{source}: expected app:package.module:attribute"])
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.insert(0, here)
    try:
        found: Any = importlib.import_module(module)
    except Exception as error:  # noqa: BLE001  whatever the user's module does when it is imported
        told = " ".join(str(error).split())[:200]
        raise PolicyError(
            source, [f"{source}: {module} could not be imported ({type(error).__name__}: {told})"]
        ) from None
    for name in attribute.split("."):
        if not hasattr(found, name):
            near = nearest(name, [each for each in dir(found) if not each.startswith("_")])
            raise PolicyError(source, [f"{source}: {module} has no {name}{near}"])
        found = getattr(found, name)
    return application_of(found, source)


def application_of(given: Any, source: str) -> Application:
    """An application, or what a factory of one makes.

    Raises:
        PolicyError: It is neither.
    """
    if takes(given, 0):
        try:
            given = given()
        except Exception as error:  # noqa: BLE001  whatever the user's factory does
            told = " ".join(str(error).split())[:200]
            raise PolicyError(source, [f"{source}: the factory failed ({type(error).__name__}: {told})"]) from None
    if not (takes(given, _WSGI) or takes(given, _ASGI)):
        raise PolicyError(
            source, [f"{source}: expected a WSGI or ASGI application, or a factory of one, got {type(given).__name__}"]
        )
    application: Application = given
    return application


_WSGI, _ASGI = 2, 3
"""Arguments an application is called with: PEP 3333; ASGI 3."""


def served_by_application(application: Application, path: str, source: str) -> bytes:
    """What an application answers at a path, as JSON.

    Raises:
        PolicyError: No document.
    """
    import schemathesis  # noqa: PLC0415  heavy, and only applications need it

    load = schemathesis.openapi.from_asgi if is_asgi(application) else schemathesis.openapi.from_wsgi
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # what the libraries in between think of each other
            return json.dumps(load(path, application).raw_schema, default=str).encode()
    except Exception as error:  # noqa: BLE001  whatever the application does when it is asked
        told = " ".join(str(error).split())[:200]
        raise PolicyError(source, [f"{source}: no document at {path} ({type(error).__name__}: {told})"]) from None
