"""Credentials that no contract has a security scheme for: no request would ever carry them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pytest_apiversion.core.policy.credentials import DEFAULT
from pytest_apiversion.shell.openapi.security_schemes import scheme_names
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract
    from pytest_apiversion.core.policy.policy import Policy


def unknown_schemes(policy: Policy, contracts: Mapping[str, Contract]) -> Iterator[Mistake]:
    """Credentials whose scheme no contract declares or asks for; the one named `default` needs none, and neither does another of its scheme."""
    for credential in policy.credentials:
        mine = [each for name, each in contracts.items() if credential.versions is None or name in credential.versions]
        known = dict.fromkeys(name for contract in mine for name in _schemes(contract))
        if credential.scheme in known or DEFAULT in {credential.name, credential.scheme}:
            continue
        place = dotted("credentials", credential.name)
        owners = ", ".join(dict.fromkeys(contract.source for contract in mine))
        none, hint = "", nearest(credential.scheme, known)
        if not known:
            none, hint = " (none there)", "; the credential named default is sent where a contract says nothing"
        text = f"expected a security scheme of {owners}{none}, got {quoted(credential.scheme)}{hint}"
        yield Mistake(place=place if credential.scheme == credential.name else f"{place}.scheme", text=text)


def _schemes(contract: Contract) -> Iterator[str]:
    yield from scheme_names(contract.document)
    for operation in contract.operations.values():
        yield from (scheme for alternative in operation.security or () for scheme in alternative)
