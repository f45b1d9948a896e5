"""`apiversion send`: one request to an application in this process, written as curl's arguments are: what findings repeat."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, BinaryIO, TextIO
from urllib.parse import quote, urlsplit

from pytest_apiversion.core.checking.exchange import NoAnswer, Request
from pytest_apiversion.core.errors import ApiVersionError
from pytest_apiversion.shell.reporting.masking import printable
from pytest_apiversion.shell.transport.applications import import_application
from pytest_apiversion.shell.transport.base_url import address
from pytest_apiversion.shell.transport.in_process import host_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_WAIT = 60.0
"""Seconds an answer may take; somebody is watching."""

_MOST = 100_000_000


def send_command(arguments: Sequence[str], *, stdin: BinaryIO, out: TextIO, errors: TextIO) -> int:
    """Ask an application one request and print its answer as `curl -i` would.

    Returns:
        0 with an answer, whatever its status; 1 without one; 2 where there is nothing to ask.
    """
    given = _parser().parse_args(arguments)
    try:
        url = urlsplit(given.url)
        place = address(f"{url.scheme}://{url.netloc}")
        host = host_of(import_application(f"app:{given.application}"), place, timeout=_WAIT, max_body=_MOST)
        answer = host.exchange(_request(given, stdin))
        host.close()
    except ApiVersionError as error:
        errors.write(f"{printable(str(error))}\n")
        return 2
    if isinstance(answer, NoAnswer):
        errors.write(f"{answer.kind.value}: {printable(answer.detail)}\n")
        return 1
    out.write(f"HTTP/1.1 {answer.status}\n")
    out.writelines(f"{name}: {printable(value)}\n" for name, value in answer.headers)
    out.write(f"\n{printable(answer.text)}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    """The arguments of curl that a reproduction can hold."""
    parser = argparse.ArgumentParser(
        prog="apiversion send",
        description="Send one request to a WSGI or ASGI application in this process; the arguments are curl's.",
        allow_abbrev=False,
    )
    parser.add_argument("application", help="package.module:attribute")
    parser.add_argument("url", help="the whole URL")
    parser.add_argument("-X", dest="method", metavar="METHOD", help="the method")
    parser.add_argument("-H", dest="headers", action="append", default=[], metavar="HEADER", help="a header")
    parser.add_argument("--data-raw", metavar="TEXT", help="the body")
    parser.add_argument("--data-binary", choices=["@-"], help="the body, from standard input")
    parser.add_argument("--data-urlencode", action="append", default=[], metavar="NAME=VALUE", help="a query parameter")
    parser.add_argument("-I", dest="head", action="store_true", help="a HEAD request")
    for flag in ("-i", "-G", "-g", "--path-as-is"):
        parser.add_argument(flag, action="store_true", help="as it is anyway")
    parser.add_argument("-m", type=float, help=argparse.SUPPRESS)
    return parser


def _request(given: argparse.Namespace, stdin: BinaryIO) -> Request:
    body = stdin.read() if given.data_binary else None
    if given.data_raw is not None:
        body = given.data_raw.encode("utf-8", "surrogateescape")
    url = urlsplit(given.url)
    query = [url.query] if url.query else []
    for pair in given.data_urlencode:
        name, _, value = pair.partition("=")
        query.append(f"{name}={quote(value, safe='')}")
    headers = [_header(line) for line in given.headers]
    host = next((value for name, value in headers if name.lower() == "host"), None)
    return Request(
        method=given.method or ("HEAD" if given.head else "GET" if body is None else "POST"),
        path=(url.path or "/") + (f"?{'&'.join(query)}" if query else ""),
        headers=tuple((name, value) for name, value in headers if name.lower() != "host" and value is not None),
        body=body,
        host=host,
    )


def _header(line: str) -> tuple[str, str | None]:
    """A header as curl takes it: `Name: value`, `Name;` for an empty one, `Name:` for none of curl's own."""
    name, colon, value = line.partition(":")
    if not colon and name.endswith(";"):
        return name[:-1], ""
    return name, value.strip() or None
