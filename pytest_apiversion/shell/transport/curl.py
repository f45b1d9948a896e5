"""A request as a curl command line: the same bytes on the wire, and no secret in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

from pytest_apiversion.core.http.messages import Pairs, Request
from pytest_apiversion.core.policy.connection import FROM_ENVIRONMENT, Connection
from pytest_apiversion.core.policy.secrets import NO_SECRETS, Secrets
from pytest_apiversion.shell.texts.real_paths import is_folder
from pytest_apiversion.shell.transport.base_url import address
from pytest_apiversion.shell.transport.http11 import sent_headers

_LONGEST_ARGUMENT = 100_000
"""Bytes; Linux refuses single arguments from 128 KiB on."""

_LONGEST_UNASKED = 1024
"""Bytes of body; for longer ones some curls first ask whether they may send it."""

_CURLS_OWN = frozenset({"user-agent", "accept-encoding", "accept", "content-length"})
"""Headers of ours that curl has its own of, or whose lack shows the answer better."""

_PLAIN = re.compile(r"[A-Za-z0-9_@%+=:,./-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_VARIABLE = re.compile(r"(\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*(?:%(?:/|\?+))?\}))", re.ASCII)
_GOES_ON = re.compile(r"[\w:\[]")
"""What a shell may read as a part of the variable before it."""

_CALM = re.compile(r"[^\"\\`$!\x00-\x1f\x7f]*")
_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
_OCTAL = {byte: chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}" for byte in range(256)} | {  # noqa: PLR2004
    ord("%"): "%%",
    ord("\\"): "\\\\",
    ord("'"): "'\\''",
}


_PASSWORD = re.compile(r"^((?:https?://)?[^:/@]*):[^/]*@")


class _Shown(str):
    """Text that stands for a secret, in which the shell fills in variables."""

    __slots__ = ()


def curl(
    request: Request, base_url: str, command: Sequence[str] = ("curl", "-sS"), secrets: Secrets = NO_SECRETS
) -> str:
    """The line: POSIX shell, curl 7.43 or later.

    Where the request has secrets, the text to show stands instead of the value, and variables in it (`$TOKEN`) are left
    for the shell to fill in. A body that is not printable text, or too long for an argument, is piped in by `printf`,
    which makes the spaces at the end of a long one.

    Args:
        request: The request as sent.
        base_url: What it was sent to.
        command: What stands in curl's place and takes its arguments.
        secrets: What must not stand in it wherever it comes from: the variables that hold it do.

    Returns:
        One line without an end.

    Raises:
        ToolError: The request cannot be written as HTTP.
        ServiceUnreachable: The base URL is none.
    """
    place = address(base_url)
    options = [*command, *_method(request)]
    if _DOTS.search(place.target(request).partition("?")[0]):
        options.append("--path-as-is")
    shown = dict(request.secrets)
    pairs: Pairs = request.query
    tail: Pairs = ()
    while not request.body and pairs and pairs[-1][0] in shown:
        pairs, tail = pairs[:-1], (pairs[-1], *tail)
    url = [*_base(place.origin + place.prefix, secrets), *_hidden(request.path, secrets)]
    for mark, (name, value) in zip("?" + "&" * len(pairs), pairs, strict=False):
        # a variable in a URL arrives as it is: only without a body can curl be asked to encode it
        url += (
            [f"{mark}{quote(name, safe='')}=", _Shown(shown[name])]
            if name in shown
            else _hidden(mark + urlencode([(name, value)], quote_via=quote), secrets)
        )
    if any(set(part) & set("[]{}") for part in url if not isinstance(part, _Shown)):
        options.append("-g")
    options.append(_word(*url))
    if tail:
        options.append("-G")
    for name, _ in tail:
        options += ["--data-urlencode", _word(f"{quote(name, safe='')}=", _Shown(shown[name]))]
    for header in _headers(request, secrets):
        options += ["-H", header]
    return _with_body(options, request.body or b"", secrets)


def curl_options(connection: Connection, secrets: Secrets = NO_SECRETS) -> list[str]:
    """What curl must be told to connect as the run did, each a word of shell; passwords that stand in the policy file itself stay out of it."""
    words: list[str] = []
    for flag, value in (
        ("--cacert" if not is_folder(Path(connection.ca or "")) else "--capath", connection.ca),
        ("--cert", connection.certificate),
        ("--key", connection.key),
    ):
        if value is not None:
            words += [flag, _word(*_hidden(value, secrets))]
    if connection.password is not None:
        parts = _hidden(connection.password, secrets)
        words += ["--pass", _word(*parts) if any(isinstance(each, _Shown) for each in parts) else "…"]
    if not connection.verify:
        words.append("-k")
    if connection.proxy not in {None, FROM_ENVIRONMENT}:
        words += ["-x", _word(*_hidden(_PASSWORD.sub(r"\1:…@", connection.proxy or ""), secrets))]
    return words


def _method(request: Request) -> Iterator[str]:
    """The method and what to print."""
    if request.method == "HEAD" and not request.body:
        yield "-I"
        return
    yield "-i"
    if request.method != ("POST" if request.body else "GET"):
        yield from ("-X", _word(request.method))
    if request.method == "HEAD":
        yield from ("-m", "10")  # it would wait for the body that the answer announces


def _hidden(text: str, secrets: Secrets) -> list[str]:
    """A text in parts, those that are secrets replaced by their variables."""
    return [_Shown(f"${piece}") if hidden else piece for piece, hidden in secrets.pieces(text, paths=False)]


def _base(url: str, secrets: Secrets) -> Iterator[str]:
    """What stands before every path, in parts: a variable that ends in a slash gives it without the slash, with which the path begins."""
    for piece, hidden in secrets.pieces(url):
        ends = hidden and dict(secrets.known)[piece].endswith("/")
        yield _Shown(f"${{{piece}%/}}" if ends else f"${piece}") if hidden else piece


def _headers(request: Request, secrets: Secrets) -> Iterator[str]:
    """The headers to write, each as a word of shell."""
    names = {name.lower() for name, _ in request.headers}
    shown = {name.lower(): text for name, text in request.secrets}
    for name, value in sent_headers(request):
        if name.lower() in _CURLS_OWN - names and not (name == "Content-Length" and not request.body):
            continue
        if name.lower() in shown:
            text = shown[name.lower()]
            yield _word(f"{name}: ", _Shown(text)) if text else _word(f"{name};")
        elif name.lower() == "cookie":
            yield _word(f"{name}: ", *_cookies(value, request.secrets))
        else:
            yield _word(*_hidden(f"{name}: {value}" if value.strip(" \t") else f"{name};", secrets))
    yield from (f"{name}:" for name in sorted(request.without))  # which takes curl's own away
    if request.body and "content-type" not in names:
        yield "Content-Type:"  # which takes curl's own away
    if len(request.body or b"") > _LONGEST_UNASKED and "expect" not in names:
        yield "Expect:"


def _cookies(value: str, secrets: Pairs) -> Iterator[str]:
    """A `Cookie` header in parts, the values of secret cookies replaced."""
    for index, cookie in enumerate(value.split(";")):
        name, equals, _ = cookie.partition("=")
        text = dict(secrets).get(name.strip())
        start = ";" if index else ""
        yield from (f"{start}{cookie}",) if text is None else (f"{start}{name}{equals}", _Shown(text))


def _with_body(options: list[str], body: bytes, secrets: Secrets) -> str:
    """The finished line."""
    if not body:
        return " ".join(options)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = ""
    if text and not _CONTROL.search(text) and len(body) <= _LONGEST_ARGUMENT:
        return " ".join([*options, "--data-raw", _word(*_hidden(text, secrets))])
    written = body.rstrip(b" ")
    written, spaces = (written, len(body) - len(written)) if len(body) > _LONGEST_ARGUMENT else (body, 0)
    words = [f"{secrets.masked(_format(written))[:-1]}%{spaces}s'", "''"] if spaces else [secrets.masked(_format(body))]
    return " ".join(["printf", *words, "|", *options, "--data-binary", "@-"])


def _format(data: bytes) -> str:
    """Bytes as a quoted format of `printf`."""
    start = "\\055" if data.startswith(b"-") else ""  # not an option
    return f"'{start}{''.join(map(_OCTAL.__getitem__, data[bool(start) :]))}'"


def _word(*parts: str) -> str:
    """One word of shell: text is taken literally, and only in what stands for a secret are variables filled in."""
    pieces: list[tuple[str, bool]] = []
    for part in parts:
        for index, piece in enumerate(_VARIABLE.split(part) if isinstance(part, _Shown) else [part]):
            if index % 2 == 0 and pieces and not pieces[-1][1]:
                pieces[-1] = (pieces[-1][0] + piece, False)
            elif piece:
                pieces.append((piece, index % 2 == 1))
    if not any(variable for _, variable in pieces):
        return _literal("".join(parts))
    if all(variable or _CALM.fullmatch(piece) for piece, variable in pieces):
        after = [piece for piece, _ in pieces[1:]] + [""]
        return '"' + "".join(_apart(*piece, following) for piece, following in zip(pieces, after, strict=True)) + '"'
    return "".join(f'"{piece}"' if variable else _literal(piece) for piece, variable in pieces)


def _apart(piece: str, variable: bool, following: str) -> str:  # noqa: FBT001  a piece of a word
    """A piece of a word; a variable in braces where what follows would be read as a part of its name."""
    bare = variable and not piece.startswith("${") and _GOES_ON.match(following)
    return f"${{{piece[1:]}}}" if bare else piece


def _literal(text: str) -> str:
    """Text as a word of shell that nothing is filled into."""
    if _PLAIN.fullmatch(text):
        return text
    if _CONTROL.search(text):
        return f'"$(printf {_format(text.encode())})"'
    return "'" + text.replace("'", "'\\''") + "'"
