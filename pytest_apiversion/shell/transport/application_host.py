"""What asks an application in this process: the host of its kind, WSGI or ASGI."""

from __future__ import annotations

import inspect
from typing import Any

from pytest_apiversion.shell.transport.base_url import Address
from pytest_apiversion.shell.transport.in_process import Application, Host


def is_asgi(application: Application) -> bool:
    """Whether an application is to be called as ASGI 3 asks; else it is a WSGI one."""
    if not takes(application, 3):
        return False
    called = application if inspect.isfunction(application) else getattr(application, "__call__", application)  # noqa: B004  what is called is what counts
    return inspect.iscoroutinefunction(called) or not takes(application, 2)


def takes(given: Any, count: int) -> bool:
    """Whether something can be called with so many arguments."""
    try:
        inspect.signature(given).bind(*range(count))
    except (TypeError, ValueError):
        return False
    return True


def host_of(application: Application, address: Address, *, timeout: float, max_body: int) -> Host:
    """What asks an application: the host of its kind, made of the same."""
    if is_asgi(application):
        from pytest_apiversion.shell.transport.asgi import AsgiHost  # noqa: PLC0415  WSGI applications need no event loop

        return AsgiHost(application, address, timeout=timeout, max_body=max_body)
    from pytest_apiversion.shell.transport.wsgi import WsgiHost  # noqa: PLC0415  nor ASGI ones this

    return WsgiHost(application, address, timeout=timeout, max_body=max_body)
