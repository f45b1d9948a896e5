"""Certificates that are made while tests run, by the `openssl` that is there, and servers behind them."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.shell.hostile import Behaviour, Peer

PASSWORD = "0pen-Sesame"
_IDENTIFIERS = "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid"
_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")


def secure(base_url: str) -> str:
    """The same over TLS, by the name that certificates are for."""
    return base_url.replace("http:", "https:").replace("127.0.0.1", "localhost")


def self_signed(folder: Path) -> Path:
    """A certificate for `localhost` that is its own authority, with its key in the same file."""
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    _openssl(folder, "req", "-x509", *_KEY, "-nodes", "-days", "2", *names, "-keyout", "key", "-out", "crt")
    both = folder / "both.pem"
    both.write_bytes((folder / "key").read_bytes() + (folder / "crt").read_bytes())
    return both


@dataclass(frozen=True, kw_only=True)
class Authority:
    """An authority of our own and what it signed, as files.

    Attributes:
        ca: Its certificate.
        server: A certificate for `localhost` and its key.
        client: A client's certificate.
        key: Its key.
        locked: The same key behind `PASSWORD`.
        other: The key of another certificate.
    """

    ca: Path
    server: Path
    client: Path
    key: Path
    locked: Path
    other: Path


def authority(folder: Path, *, strict: bool = True) -> Authority:
    """Make one; unless it is `strict`, without what RFC 5280 §4.2.1.3 asks of it."""
    usage = ("-addext", "keyUsage=critical,keyCertSign,cRLSign") if strict else ()
    _openssl(folder, "req", "-x509", *_KEY, "-nodes", "-days", "2", "-subj", "/CN=Our CA", *usage, "-keyout", "ca.key", "-out", "ca.pem")  # fmt: skip
    for name, extension in (
        ("server", "subjectAltName=DNS:localhost"),
        ("client", "extendedKeyUsage=clientAuth"),
    ):
        _openssl(folder, "req", "-new", *_KEY, "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")  # fmt: skip
        (folder / f"{name}.ext").write_text(f"{extension}\n{_IDENTIFIERS}", "utf-8")
        _openssl(
            folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", f"{name}.ext", "-out", f"{name}.crt",
        )  # fmt: skip
    _openssl(folder, "ec", "-in", "client.key", "-aes256", "-passout", f"pass:{PASSWORD}", "-out", "locked.key")
    (folder / "server.pem").write_bytes((folder / "server.key").read_bytes() + (folder / "server.crt").read_bytes())
    return Authority(
        ca=folder / "ca.pem", server=folder / "server.pem", client=folder / "client.crt", key=folder / "client.key",
        locked=folder / "locked.key", other=folder / "server.key",
    )  # fmt: skip


def encrypted(certificate: Path, behaviour: Behaviour, *, clients: Path | None = None) -> Behaviour:
    """The same behaviour behind TLS; with an authority, only for clients that it signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if clients is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(clients)

    def behave(peer: Peer) -> None:
        plain = peer.sock
        with context.wrap_socket(plain, server_side=True) as peer.sock:
            peer.server.sockets.append(peer.sock)
            behaviour(peer)

    return behave


def _openssl(folder: Path, *arguments: str) -> None:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl, which makes the certificate, is not on this machine")
    subprocess.run([program, *arguments], cwd=folder, check=True, capture_output=True)
