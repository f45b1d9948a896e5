"""Sessions of `requests` that connect as they are told, and why one did not."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import InsecureRequestWarning

from pytest_apiversion.core.policy.connection import FROM_ENVIRONMENT, Connection
from pytest_apiversion.shell.transport.certificates import explained
from pytest_apiversion.shell.transport.proxies import proxy_of_environment


@contextmanager
def opened(connection: Connection, address: str) -> Iterator[requests.Session]:
    """A session for one address; of the environment only the proxies are taken, and only where they are asked for."""
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    proxy = proxy_of_environment(origin) if connection.proxy == FROM_ENVIRONMENT else connection.proxy
    with requests.Session() as session, warnings.catch_warnings():
        warnings.simplefilter("ignore", InsecureRequestWarning)  # whoever asked for it is told in our own words
        session.trust_env = False
        session.verify = connection.ca or connection.verify
        if connection.certificate is not None:
            session.cert = (connection.certificate, connection.key) if connection.key else connection.certificate
        if proxy:
            session.proxies = dict.fromkeys(("http", "https"), proxy)
        yield session


def why_not(error: Exception) -> str:
    """Why an address could not be fetched, to stand behind that."""
    cause: Any = error
    for _ in range(8):
        if isinstance(cause, ssl.SSLError) or cause is None:
            break
        cause = getattr(cause, "reason", None) or next(
            (each for each in cause.args if isinstance(each, Exception)), None
        )
    return f": {explained(cause)}" if isinstance(cause, ssl.SSLError) else f" ({type(error).__name__})"
