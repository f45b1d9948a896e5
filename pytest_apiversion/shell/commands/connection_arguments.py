"""The arguments by which commands are told of TLS and of a proxy, the same as the options of a run."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pytest_apiversion.core.policy.connection import FROM_ENVIRONMENT, Connection, wrong_proxy
from pytest_apiversion.shell.texts.real_paths import is_there

_FILES = {
    "ca": "authorities to verify the service by, in PEM: a file, or a folder",
    "certificate": "the client's certificate, in PEM",
    "certificate-key": "its key, where the certificate's file does not hold it",
}
_WARNING = "warning: TLS certificates are not verified (--insecure): what was read may be somebody else's\n"


def add_connection(command: argparse.ArgumentParser) -> None:
    """Let a command be told of TLS and of a proxy."""
    group = command.add_argument_group("connection", "for what is read from http(s) addresses")
    for name, text in _FILES.items():
        group.add_argument(f"--{name}", type=_file, metavar="FILE", help=text)
    group.add_argument(
        "--proxy", type=_proxy, metavar="URL", help="an http:// proxy, or `environment` for those it names"
    )
    group.add_argument("--insecure", action="store_true", help="believe whoever answers, whatever its certificate says")


def take_connection(told: dict[str, Any]) -> Connection:
    """The connection that arguments tell of, which are taken out of them."""
    return Connection(
        ca=told.pop("ca"),
        certificate=told.pop("certificate"),
        key=told.pop("certificate_key"),
        proxy=told.pop("proxy"),
        verify=not told.pop("insecure"),
    )


def warning_of(connection: Connection) -> str:
    """What whoever reads the result must know; empty where nothing."""
    return "" if connection.verify else _WARNING


def run_options(connection: Connection) -> Iterator[str]:
    """The options that tell a run the same."""
    proxy = connection.proxy
    if proxy and proxy != FROM_ENVIRONMENT and "://" not in proxy:
        proxy = f"http://{proxy}"  # so that what may be shown of it is told apart
    named = {"ca": connection.ca, "certificate": connection.certificate, "certificate-key": connection.key}
    yield from (f"--apiversion-{name}={text}" for name, text in {**named, "proxy": proxy}.items() if text)
    if not connection.verify:
        yield "--apiversion-insecure"


def _file(text: str) -> str:
    if not is_there(Path(text)):
        message = f"there is no file {text!r}"
        raise argparse.ArgumentTypeError(message)
    return text


def _proxy(text: str) -> str:
    wrong = None if text == FROM_ENVIRONMENT else wrong_proxy(text)
    if wrong is not None:
        message = f"it {wrong}"
        raise argparse.ArgumentTypeError(message)
    return text
