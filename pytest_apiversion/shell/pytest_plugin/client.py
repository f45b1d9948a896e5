"""`api_client`: a `requests.Session` pinned to one version."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import requests

from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.secrets import Secrets
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.selection import select
from pytest_apiversion.shell.reporting.masking import printable
from pytest_apiversion.shell.requests.building import credentials_for, with_credentials
from pytest_apiversion.shell.transport.opening import tokens_of

if TYPE_CHECKING:
    from pytest_apiversion.shell.target.load import Target


class _Hiding(logging.Filter):
    """Masks secrets in what urllib3 logs of requests, which pytest shows below a test that fails.

    Attributes:
        secrets: They.
    """

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[Secrets, None] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Write the record's message without secrets."""
        said = record.getMessage()
        for each in self.secrets:
            said = each.masked(said)
        record.msg, record.args = said, ()
        return True


_HIDING = _Hiding()


def _hide(secrets: Secrets) -> None:
    """Keep secrets out of the logs of urllib3, which knows what is sent by its address."""
    if secrets not in _HIDING.secrets:
        _HIDING.secrets[secrets] = None
        for name in ("urllib3", "urllib3.connectionpool", "urllib3.connection", "urllib3.util.retry"):
            logging.getLogger(name).addFilter(_HIDING)


class ApiClient(requests.Session):
    """Sends version-less paths (`/debates`) to one version: base URL, version and credentials come from the policy.

    Args:
        target: The policy and its contracts.
        version: The version to ask for.

    Attributes:
        api_version: The version; every response carries it too, for `assert_api_contract`.
    """

    def __init__(self, target: Target, version: str) -> None:
        super().__init__()
        self.trust_env = False
        self.api_version = version
        self._target = target
        _hide(target.policy.secrets)

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request. A whole URL is sent as it is; headers given by the caller win over the policy's.

        Redirects are not followed unless the caller says so. What requests raises has lost its inner frames: they hold
        credentials, and `--showlocals` would print them.
        """
        __tracebackhide__ = True
        path = url.decode() if isinstance(url, bytes) else url
        name = (method.decode() if isinstance(method, bytes) else method).upper()
        kwargs.setdefault("allow_redirects", False)
        kwargs.setdefault("timeout", self._target.policy.limits.timeout)
        try:
            if not path.startswith(("http://", "https://")):
                kwargs["headers"], path = self._pinned(name, path, kwargs.get("headers"))
            response = super().request(name, path, *args, **kwargs)
        except ServiceUnreachable as error:
            failed: Exception = error.with_traceback(None)
        except requests.RequestException as error:
            said = printable(self._target.policy.secrets.masked(str(error)))
            failed = type(error)(said) if type(error).__module__ == requests.exceptions.__name__ else error
            failed = failed.with_traceback(None)
        else:
            vars(response)["api_version"] = self.api_version  # read by assert_api_contract
            return response
        kwargs.clear()
        raise failed from None

    def _pinned(self, method: str, path: str, given: Mapping[str, str] | None) -> tuple[dict[str, str], str]:
        policy, parts = self._target.policy, urlsplit(path)
        contract = self._target.contracts.get(self.api_version)
        operation = contract.match(method, parts.path) if contract else None
        request = Request(method=method, path=parts.path, query=tuple(parse_qsl(parts.query, keep_blank_values=True)))
        if not (operation and operation.neutral):
            kind = next(iter(policy.carriers))
            request = select(request, policy, [(kind, spell(policy, kind, self.api_version))])
        request = with_credentials(request, credentials_for(policy, self.api_version, operation))
        if (tokens := tokens_of(policy)) is not None:
            request = tokens.filled(request)
        headers = dict(request.headers)
        if request.host:
            headers["Host"] = request.host
        own = dict(given or {})
        names = {name.lower() for name in own}
        headers = {name: value for name, value in headers.items() if name.lower() not in names} | own
        return headers, f"{(policy.base_url or '').rstrip('/')}{request.target}"
