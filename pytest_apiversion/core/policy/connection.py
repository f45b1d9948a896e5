"""How a service is connected to: whom TLS believes, who we say we are, and through which proxy."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

FROM_ENVIRONMENT = "environment"
"""The proxy that stands for whatever `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say."""


_UNVERIFIED = (
    "TLS certificates are not verified (verify = false, or --apiversion-insecure): "
    "the answers may be somebody else's, and credentials were sent to whoever that is"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Connection:
    """What `[requests.tls]` and `proxy` say, or the options of the same names.

    Attributes:
        ca: Path of the authorities that certificates are verified by, a file or a folder; None for those of the `certifi` package.
        certificate: Path of the client's certificate and, where `key` is None, its key; None where none is shown.
        key: Path of the client certificate's key.
        password: What opens the key.
        verify: Whether the service's certificate is verified.
        proxy: `http://` address of a proxy, `environment` for those of the environment, None for none.
    """

    ca: str | None = None
    certificate: str | None = None
    key: str | None = None
    password: str | None = field(default=None, repr=False)
    verify: bool = True
    proxy: str | None = field(default=None, repr=False)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What whoever reads the results must know, a sentence each."""
        if self.verify:
            return ()
        return (_UNVERIFIED,)


PLAIN = Connection()
"""A connection of which nothing is said."""


def wrong_proxy(address: str) -> str | None:
    """What is wrong with the address of a proxy, without what may be secret in it; None where nothing is."""
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = parts.port
    except ValueError:
        return "is no address such as http://proxy.example.org:3128"
    if parts.scheme in {"https", "socks4", "socks4a", "socks5", "socks5h"}:
        return (
            f"is asked by {parts.scheme}, which is not spoken here; only http:// proxies are, also for https services"
        )
    if parts.scheme != "http" or not parts.hostname or port == 0 or parts.path.strip("/") or parts.query:
        return "is no address such as http://proxy.example.org:3128"
    return None
