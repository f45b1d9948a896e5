"""Tokens that are made when they are first needed: by a command, or by a token endpoint (RFC 6749 §4.4).

A request holds the name of a token until it leaves, so that nothing that is kept of it holds the token.
"""

from __future__ import annotations

import base64
import math
import re
import shlex
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from pytest_apiversion.core.errors import ServiceUnreachable
from pytest_apiversion.core.http.messages import NoAnswer, Request, Response
from pytest_apiversion.core.policy.secrets import SHORTEST
from pytest_apiversion.shell.processes.guarded import run_guarded

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.credentials import Credential, Minted, TokenEndpoint
    from pytest_apiversion.core.policy.policy import Policy

Ask = Callable[[str, Request], Response | NoAnswer]
"""Sends a request to an address: a whole one, or a path of the API itself."""

_TOKEN = re.compile(r"[!-~]{1,20000}", re.ASCII)
"""What can stand in a header: RFC 6750 §2.1 allows fewer characters."""
_SECONDS = 60
"""Seconds that a command may take."""
_EARLY, _SHARE = 30.0, 0.1
"""Seconds, and the share of its life, before the end of a token at which another one is made: whichever is less."""
_RENEWALS = 10
"""How often tokens are made anew because one was refused; a service may have other reasons to refuse."""
_REFUSED, _OK = 401, 200
_LONGEST = 200
"""Characters of an answer, or of what a command says, that are told."""


@dataclass(kw_only=True, eq=False)
class _Source:
    """A credential's token.

    Attributes:
        credential: The credential.
        token: The token; None where there is none yet.
        ends: When it is over, by the steady clock; None is never.
        taken: Whether it got anything but a 401.
        failure: Why there is none, once making one has failed.
        renewals: How often it was made anew because it was refused.
    """

    credential: Credential
    minted: Minted
    token: str | None = field(default=None, repr=False)
    ends: float | None = None
    taken: bool = False
    failure: str | None = None
    renewals: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Tokens:
    """The tokens of one policy.

    Args:
        policy: Its credentials say where tokens come from; its secrets learn each one.
        ask: Asks a token endpoint.
        clock: Seconds of a steady clock.
    """

    def __init__(self, policy: Policy, ask: Ask, clock: Callable[[], float] = time.monotonic) -> None:
        self._secrets, self._ask, self._clock = policy.secrets, ask, clock
        self._sources = [
            _Source(credential=each, minted=each.minted) for each in policy.credentials if each.minted is not None
        ]

    def filled(self, request: Request) -> Request:
        """The request with tokens in the place of their names.

        Raises:
            ServiceUnreachable: One could not be made.
        """
        for source in self._of(request):
            token, stands = self._token(source), source.minted.stands_in
            put = partial(source.minted.put, token)
            places = {place.lower() for place, shown in request.secrets if stands(shown)}
            request = replace(
                request,
                headers=tuple(
                    (key, put(value) if key.lower() in {*places, "cookie"} else value) for key, value in request.headers
                ),
                query=tuple((key, put(value) if key.lower() in places else value) for key, value in request.query),
            )
        return request

    def renewed(self, request: Request, sent: Request, answer: Response | NoAnswer) -> bool:
        """Whether a request is worth sending again: a token that was good before was refused, and another one is there, or is to be made.

        Args:
            request: The request with the names of tokens in it.
            sent: The same with the tokens it was sent with.
            answer: What came back.
        """
        if isinstance(answer, NoAnswer) or not request.renews:
            return False
        again = False
        values = [value for _, value in (*sent.headers, *sent.query)]
        for source in self._of(request):
            with source.lock:
                current = source.token is not None and any(source.token in value for value in values)
                if answer.status != _REFUSED:
                    source.taken = source.taken or current
                elif not current:
                    again = True  # another request in flight has seen to it
                elif source.taken and source.renewals < _RENEWALS:
                    source.token, source.taken, source.renewals, again = None, False, source.renewals + 1, True
        return again

    def token(self, credential: str) -> str | None:
        """The token of a credential, by its name; None where it has none.

        Raises:
            ServiceUnreachable: It could not be made.
        """
        found = next((each for each in self._sources if each.credential.name == credential), None)
        return None if found is None else self._token(found)

    def _of(self, request: Request) -> list[_Source]:
        """The sources of the tokens whose names a request holds."""
        shown = [text for _, text in request.secrets]
        return [source for source in self._sources if any(map(source.minted.stands_in, shown))]

    def _token(self, source: _Source) -> str:
        with source.lock:
            if source.failure is not None:
                raise ServiceUnreachable(source.failure)
            if source.token is None or (source.ends is not None and self._clock() >= source.ends):
                try:
                    source.token, lifetime = self._made(source.minted)
                except _NoTokenError as error:
                    source.failure = f"credentials.{source.credential.name} has no token: {error}"
                    raise ServiceUnreachable(source.failure) from None
                early = min(_EARLY, _SHARE * lifetime) if lifetime is not None else 0.0
                source.ends = None if lifetime is None else self._clock() + lifetime - early
                source.taken = False
                self._secrets.learned.append((source.minted.variable, source.token))
            return source.token

    def _made(self, minted: Minted) -> tuple[str, float | None]:
        """A new token, and the seconds it is good for, where that is known."""
        if minted.endpoint is not None:
            return self._given(minted.endpoint)
        return self._written(minted), minted.lifetime

    def _written(self, minted: Minted) -> str:
        shown = self._secrets.masked(shlex.join(minted.command))
        try:
            done = run_guarded(minted.command, seconds=_SECONDS, folder=minted.folder)
        except subprocess.TimeoutExpired:
            raise _NoTokenError(f"{shown} took longer than {_SECONDS} s") from None
        except OSError as error:
            raise _NoTokenError(f"{shown} cannot be run: {error.strerror}") from None
        if done.returncode:
            raise _NoTokenError(f"{shown} ended with {done.returncode}{self._told(done.stderr)}")
        return _checked(done.stdout.decode("utf-8", "replace").strip(), f"what {shown} wrote")

    def _given(self, endpoint: TokenEndpoint) -> tuple[str, float | None]:
        shown = self._secrets.masked(endpoint.url)
        answer = self._ask(endpoint.url, _grant(endpoint))
        if isinstance(answer, NoAnswer):
            raise _NoTokenError(f"{shown}: {answer.kind.value}")
        body = answer.json
        if answer.status != _OK or not isinstance(body, dict) or not isinstance(body.get("access_token"), str):
            raise _NoTokenError(f"{shown} answers {answer.status}{self._error(answer)}")
        return _checked(body["access_token"], f"the access_token of {shown}"), _lifetime(body.get("expires_in"))

    def _error(self, answer: Response) -> str:
        """What an endpoint says of its refusal (RFC 6749 §5.2), and no more of its body: it may hold a token."""
        body = answer.json
        if answer.status == _OK or not isinstance(body, dict):
            return " without an access_token" if answer.status == _OK else ""
        said = (body.get(name) for name in ("error", "error_description"))
        return self._told(": ".join(text for text in said if isinstance(text, str)).encode("utf-8", "replace"))

    def _told(self, said: bytes) -> str:
        """What a command or an endpoint says of its failure, in a line of its own."""
        text = " ".join(self._secrets.beginning(said.decode("utf-8", "replace"), _LONGEST).split())
        return f": {text}" if text else ""


class _NoTokenError(Exception):
    """There is no token; the message says why."""


def _checked(token: str, what: str) -> str:
    """A token that can be sent, and masked."""
    if len(token) < SHORTEST or _TOKEN.fullmatch(token) is None:
        raise _NoTokenError(f"{what} is no token: one line of {SHORTEST} visible ASCII characters at least")
    return token


def _lifetime(seconds: object) -> float | None:
    """The seconds that a token is good for (RFC 6749 §5.1), as a number or, as some endpoints write it, as a text; None where nothing is said that can be."""
    try:
        found = float(seconds) if isinstance(seconds, int | float | str) and not isinstance(seconds, bool) else 0.0
    except (ValueError, OverflowError):
        return None
    return found if 0 < found < math.inf else None


def _grant(endpoint: TokenEndpoint) -> Request:
    """The request of RFC 6749 §4.4.2."""
    form = {"grant_type": "client_credentials", **({"scope": endpoint.scope} if endpoint.scope is not None else {})}
    headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")]
    if endpoint.in_body:
        form |= {"client_id": endpoint.client_id, "client_secret": endpoint.client_secret}
    else:
        pair = ":".join(quote(each, safe="") for each in (endpoint.client_id, endpoint.client_secret))
        headers.append(("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}"))
    body = urlencode({**form, **endpoint.parameters}, quote_via=quote).encode()
    return Request(method="POST", path="/", headers=tuple(headers), body=body)
