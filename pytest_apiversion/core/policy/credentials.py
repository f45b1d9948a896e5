"""Credentials: who asks, and what single ones see more."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pytest_apiversion.core.policy.secrets import masks_beginning
from pytest_apiversion.core.policy.selection import Answer

DEFAULT = "default"
"""Name of the credential that is sent wherever a contract says nothing: it proves nothing of an operation."""
_BETWEEN = re.compile(r"[\s:,;=\"]+")
"""What stands between the pieces of a value."""
_NAME = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_END = re.compile(r"[A-Za-z0-9][^A-Za-z0-9]*\Z|\Z")
"""The last character of a secret, with what pads it and may say nothing."""
_MORE = "a1a1"
"""What more is written behind a secret: four characters, digits of base64 and of base 16, so that nobody who decodes them reads the same bytes."""
_QUARTET = 4
"""Characters of base64 that stand for whole bytes (RFC 4648 §4)."""
_BASIC = "basic "
_MADE_UP = "not-a-credential"
_NOBODY = "bm9ib2R5Ondyb25n"
"""Nobody's name and password as `Basic` has them (RFC 7617): `nobody:wrong`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CredentialField:
    """One place of a request that a credential stands in.

    Attributes:
        kind: `header`, `query` or `cookie`.
        name: The header, parameter or cookie name.
        value: The whole value, secret included.
        shown: What reports show instead: the value with `$VARIABLE` where a secret was.
    """

    kind: str
    name: str
    value: str = field(repr=False)
    shown: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenEndpoint:
    """Where an OAuth 2.0 client gets a token for itself (RFC 6749 §4.4).

    Attributes:
        url: An address, or a path of the API itself.
        client_id: Who asks.
        client_secret: What proves it.
        scope: What the token is to be good for, or None.
        in_body: Whether id and secret stand in the body, and not in `Authorization` (RFC 6749 §2.3.1).
        parameters: What else the body says, such as an audience.
    """

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str | None = None
    in_body: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Minted:
    """A token that is made when it is first needed, and again when it is over.

    Attributes:
        variable: The name that stands for it wherever it is shown: `PARTNER_TOKEN`.
        command: The program that writes it to its standard output, with its arguments; empty where an endpoint gives it.
        lifetime: Seconds that a command's token is good for; None is until it is refused.
        endpoint: What gives it; None where a command does.
        folder: Where the command is run: the policy file's folder.
    """

    variable: str
    command: tuple[str, ...] = ()
    lifetime: float | None = None
    endpoint: TokenEndpoint | None = None
    folder: str = "."

    def stands_in(self, text: str) -> bool:
        """Whether its name stands in a text, and is not the beginning of another one."""
        return self._name.search(text) is not None

    def put(self, token: str, text: str) -> str:
        """The text with the token in the place of its name."""
        return self._name.sub(lambda _: token, text)

    @property
    def _name(self) -> re.Pattern[str]:
        return re.compile(rf"\${self.variable}(?![A-Z0-9_])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Credential:
    """What shows who asks: secrets from the environment, sent with requests.

    Attributes:
        name: Its name in the policy file.
        scheme: The contract's security scheme it satisfies.
        fields: Where it stands; several where a key comes in parts.
        versions: The versions it is for; None is all.
        used_up: What it gets, where it has no request left; None where it has.
        waits: Whether that says when to come back (`Retry-After`).
        read_only: What it gets for a request that writes, where it may only read; None where it may write.
        pinned: The version that answers who shows it and names none, as the default it is; None where its account is as any other.
        minted: The token that its value holds the name of, until it is sent; None where the environment has all of it.
        wrong: The same places with what nobody's credential is; empty where no wrong one is to be tried.
        shortened: The same places where the secret lacks its end; empty where that is not to be tried, or reports could show it.
        lengthened: The same places where the secret has more behind it; empty likewise.
        blank: The same places where nothing stands for the secret; empty likewise.
    """

    name: str
    scheme: str
    fields: tuple[CredentialField, ...]
    versions: frozenset[str] | None = None
    used_up: Answer | None = None
    waits: bool = True
    read_only: Answer | None = None
    pinned: Answer | None = None
    minted: Minted | None = None
    wrong: tuple[CredentialField, ...] = ()
    shortened: tuple[CredentialField, ...] = ()
    lengthened: tuple[CredentialField, ...] = ()
    blank: tuple[CredentialField, ...] = ()

    @property
    def limited(self) -> bool:
        """Whether it is there to be refused, so that no usual request goes with it."""
        return self.used_up is not None or self.read_only is not None

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The names of its fields, each with the text to show instead of the value."""
        return tuple((each.name, each.shown) for each in self.fields)

    @property
    def counts_attempts(self) -> bool:
        """Whether a wrong one may still tell whose it is: a service may lock the account that several wrong ones are given for.

        So it is with a name and a password (`Basic`), and where a part of the right one stands in the wrong one, such as an identifier
        beside the secret.
        """
        if any(_is_basic(each.value) for each in self.fields):
            return True
        pairs = zip(self.fields, self.wrong, strict=False)
        return any(_pieces(right.value) & _pieces(wrong.value) for right, wrong in pairs)


def _pieces(value: str) -> frozenset[str]:
    """What a value is made of, without the word that says of what kind it is: `shop` and `secret` of `Key shop:secret`."""
    return frozenset(_BETWEEN.split(value.partition(" ")[2] or value)) - {""}


def made_up(shown: str) -> str:
    """A value as reports show it, with nobody's in the place of the secrets."""
    return _NAME.sub(_NOBODY if _is_basic(shown) else _MADE_UP, shown)


def with_near_misses(credential: Credential, secrets: Mapping[str, str]) -> Credential:
    """A credential that a wrong one is tried of, with what is nearly right.

    Args:
        credential: Any.
        secrets: The secrets by the names of their variables, all of which are masked. Others are sent as they are.
    """
    if not credential.wrong:
        return credential
    fields = credential.fields
    blank = tuple(
        replace(each, value=each.value.rstrip(), shown=each.shown.rstrip()) for each in _nearly(fields, secrets, _none)
    )
    return replace(
        credential,
        shortened=_nearly(fields, secrets, _cut),
        lengthened=_nearly(fields, secrets, _more),
        blank=blank,
    )


def _cut(name: str, secret: str, *, basic: bool) -> tuple[str, str] | None:
    """A secret without its end; None where what is left of it could be shown."""
    size = _QUARTET if basic else len(_END.search(secret)[0])  # type: ignore[index]  # there is always an end
    kept = secret[:-size]
    hidden = masks_beginning(secret, len(kept)) and (not basic or _hides_password(secret, kept))
    return (kept, f"${{{name}%{'?' * size}}}") if hidden else None


def _more(name: str, secret: str, *, basic: bool) -> tuple[str, str] | None:
    """A secret with more behind it; None where it may be at its end for who decodes it, so that nobody reads on."""
    whole = len(secret) % _QUARTET == 0 or not basic
    return (secret + _MORE, f"${{{name}}}{_MORE}") if secret[-1].isalnum() and whole else None


def _none(_name: str, _secret: str, *, basic: bool) -> tuple[str, str] | None:
    """Nothing in the place of a secret."""
    return None if basic else ("", "")


def _nearly(
    fields: tuple[CredentialField, ...],
    secrets: Mapping[str, str],
    change: Callable[..., tuple[str, str] | None],
) -> tuple[CredentialField, ...]:
    """The places, the last secret in them changed: what is sent, and what reports show, which a shell makes of the variable."""
    for index, each in reversed(list(enumerate(fields))):
        names = list(_NAME.finditer(each.shown))
        if not names:
            continue
        last, end = names[-1], each.shown[names[-1].end() :]
        secret = secrets.get(last[1], "")
        if not secret.isascii() or not secret or not each.value.endswith(secret + end):
            return ()
        made = change(last[1], secret, basic=_is_basic(each.value))
        if made is None:
            return ()
        value = each.value[: -len(secret + end)] + made[0] + end
        near = replace(each, value=value, shown=each.shown[: last.start()] + made[1] + end)
        return (*fields[:index], near, *fields[index + 1 :])
    return ()


def _is_basic(value: str) -> bool:
    """Whether it is a name with a password (RFC 7617)."""
    return value[: len(_BASIC)].lower() == _BASIC


def _hides_password(secret: str, kept: str) -> bool:
    """Whether what is left of a name and a password is masked, should somebody decode it."""
    try:
        whole, left = (base64.b64decode(text, validate=True).decode() for text in (secret, kept))
    except ValueError:
        return False
    password = whole.partition(":")[2]
    return masks_beginning(password, len(left.partition(":")[2]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Tier:
    """Members of answers that one credential sees and the usual one does not.

    Attributes:
        credential: Name of the credential that sees them.
        members: Names of members, or JSON pointers to them.
        operations: The operations whose answers show them.
        versions: The versions whose answers show them; None is all that have the credential.
        place: Dotted place in the policy file.
    """

    credential: str
    members: tuple[str, ...]
    operations: frozenset[str]
    versions: frozenset[str] | None = None
    place: str = ""
