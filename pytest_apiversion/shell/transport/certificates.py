"""TLS: the authorities that are believed, the client's own certificate, and what to do where a handshake fails."""

from __future__ import annotations

import ssl
import threading
from pathlib import Path

from requests.certs import where  # type: ignore[attr-defined]  # not in its stubs

from pytest_apiversion.core.policy.connection import PLAIN, Connection
from pytest_apiversion.shell.texts.real_paths import is_file, is_folder

GUIDE = "docs/guides/staging.md#tls"
"""Where the ways out are written."""


class CertificateError(Exception):
    """A file of certificates cannot be used; the message is the reason."""


class Trust:
    """The certificates to be trusted and the one that is shown, read when they are first needed.

    Args:
        connection: What is said of them.
    """

    def __init__(self, connection: Connection = PLAIN) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._context: ssl.SSLContext | None = None

    @property
    def context(self) -> ssl.SSLContext:
        """What wraps a socket, for every thread the same.

        Raises:
            CertificateError: A file cannot be used.
        """
        with self._lock:
            if self._context is None:
                self._context = self._made()
            return self._context

    def _made(self) -> ssl.SSLContext:
        said = self._connection
        if said.verify:
            path = said.ca or where()
            folder = is_folder(Path(path))
            if not folder and not is_file(Path(path)):
                raise CertificateError(f"there are no certificates at {path!r}")
            try:
                context = ssl.create_default_context(cafile=None if folder else path, capath=path if folder else None)
            except (ssl.SSLError, OSError) as error:
                raise CertificateError(f"{path!r} holds no certificates that can be read (PEM)") from error
        else:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if said.certificate is not None:
            self._show(context, said.certificate)
        context.set_alpn_protocols(["http/1.1"])
        return context

    def _show(self, context: ssl.SSLContext, certificate: str) -> None:
        """Let the client's certificate be shown to whoever asks for one."""
        key, asked = self._connection.key, []

        def password() -> str:
            asked.append(True)
            return self._connection.password or ""  # without one, OpenSSL would ask the terminal

        for path in (certificate, *([key] if key is not None else [])):
            if not is_file(Path(path)):
                raise CertificateError(f"there is no client certificate or key at {path!r}")
        try:
            context.load_cert_chain(certificate, key, password)
        except (ssl.SSLError, ValueError, OSError) as error:
            held = f"the client certificate {certificate!r} cannot be used"
            if asked:
                what = "does not open" if self._connection.password else "is needed to open"
                raise CertificateError(f"{held}: `password` {what} its key") from error
            if isinstance(error, ssl.SSLError) and error.reason == "KEY_VALUES_MISMATCH":
                raise CertificateError(f"{held}: the key {key or certificate!r} is another one's") from error
            where_key = "" if key is not None else ", and no `key` is named"
            raise CertificateError(
                f"{held}: it must hold a certificate and its key must be one (PEM){where_key}"
            ) from error


def refused(error: BaseException) -> bool:
    """Whether it says that the other side ended TLS since it wants a certificate, or another one."""
    reason = (error.reason or "") if isinstance(error, ssl.SSLError) else ""
    return "ALERT" in reason and any(each in reason for each in ("CERTIFICATE", "UNKNOWN_CA", "ACCESS_DENIED"))


def explained(error: ssl.SSLError) -> str:
    """Why TLS failed and what can be done, on one line."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"TLS failed: its certificate is not accepted ({error.verify_message}); {_way(error)} ({GUIDE})"
    reason = (error.reason or "handshake failed").replace("_", " ").lower()
    if refused(error):
        return f"TLS failed: it wants a client certificate, or another one ({reason}); name it by `certificate` in [requests.tls], or --certificate of a command ({GUIDE})"
    return f"TLS failed: {reason}"


_OTHER_NAME = frozenset({62, 63, 64})
"""OpenSSL's codes for a certificate that is for another name or address."""

_OUT_OF_DATE = frozenset({9, 10})

_NOT_AS_WRITTEN = range(80, 95)
"""OpenSSL's codes for certificates that lack what RFC 5280 asks for, which are refused from Python 3.13 on (`ssl.VERIFY_X509_STRICT`)."""


def _way(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code in _OTHER_NAME:
        return "ask it by a name that its certificate is for"
    if error.verify_code in _OUT_OF_DATE:
        return "it needs a certificate that is valid today"
    if error.verify_code in _NOT_AS_WRITTEN:
        return "have it, or its authority's, made with what RFC 5280 asks for, on which Python 3.13 and later insist"
    return "name its authority by `ca` in [requests.tls], or --ca of a command"
