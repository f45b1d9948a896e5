"""Reads the tables about who asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pytest_apiversion.core.http.statuses import TOO_MANY
from pytest_apiversion.core.policy.credentials import (
    Credential,
    CredentialField,
    Minted,
    TokenEndpoint,
    made_up,
    with_near_misses,
)
from pytest_apiversion.core.policy.selection import FLOATING, Answer
from pytest_apiversion.shell.policy_file.answers import read_answer
from pytest_apiversion.shell.policy_file.names import exactly_one
from pytest_apiversion.shell.policy_file.tiers import tier_mistakes
from pytest_apiversion.shell.policy_file.walk import table, texts
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted, shown, variables

_PLACES = ("header", "query", "cookie")


def read_credentials(
    document: Mapping[str, Any], raw: Mapping[str, Any], folder: Path, secrets: Mapping[str, str]
) -> tuple[Credential, ...]:
    """The credentials, in the order of the file.

    Args:
        document: The document, variables replaced.
        raw: The same before they were.
        folder: Where the policy file is.
        secrets: What is masked, by the names of the variables.
    """
    return tuple(
        each if "wrong" in document["credentials"][each.name] else with_near_misses(each, secrets)
        for each in _read(document, raw, folder)
    )


def _read(document: Mapping[str, Any], raw: Mapping[str, Any], folder: Path) -> Iterator[Credential]:
    yield from (
        Credential(
            name=name,
            scheme=credential.get("scheme", name),
            fields=tuple(
                CredentialField(kind=kind, name=field, value=value, shown=shown(text))
                for (kind, field, value), (_, _, text) in zip(
                    _written(name, credential), _written(name, raw["credentials"][name]), strict=True
                )
            ),
            versions=frozenset(credential["versions"]) if "versions" in credential else None,
            used_up=_refusal(credential, "used_up", name),
            waits=table(credential, "used_up").get("retry_after", True),
            read_only=_refusal(credential, "read_only", name),
            pinned=_pinned(credential, name),
            minted=_minted(name, credential, folder),
            wrong=tuple(_wrong(name, credential, raw["credentials"][name])),
        )
        for name, credential in document.get("credentials", {}).items()
    )


_USUAL = {"used_up": TOO_MANY, "read_only": 403}


def _refusal(credential: Mapping[str, Any], key: str, name: str) -> Answer | None:
    """What a credential gets that is there to be refused, where it is."""
    if key not in credential:
        return None
    return read_answer({"reject": _USUAL[key], **table(credential, key)}, f"{dotted('credentials', name)}.{key}")


def _pinned(credential: Mapping[str, Any], name: str) -> Answer | None:
    """What answers who names no version, where that is for the account to say."""
    if "pinned" not in credential:
        return None
    return read_answer({"default": credential["pinned"]}, f"{dotted('credentials', name)}.pinned")


def _wrong(name: str, credential: Mapping[str, Any], raw: Mapping[str, Any]) -> Iterator[CredentialField]:
    """The places of a credential with what it is not: the value that the file gives, or a made-up text where a secret stands.

    Nothing of the secret is in it. Of one that is all written out, or that is the very text, there is none.
    """
    given = credential.get("wrong")
    if given is False or {"used_up", "read_only"} & credential.keys():
        return
    made = []
    for (kind, field, value), (_, _, text) in zip(_written(name, credential), _written(name, raw), strict=True):
        if isinstance(given, str):
            other, told = given, shown(raw["wrong"])
        else:
            other = told = made_up(shown(text))
        made.append((value, CredentialField(kind=kind, name=field, value=other, shown=told)))
    if any(value != each.value for value, each in made):
        yield from (each for _, each in made)


_HOLE = "{token}"
"""Where a token goes in a value."""
_HERE = re.compile(r"http://(localhost|127\.[0-9.]{5,11}|\[::1\])(:[0-9]{1,5})?(/|$)", re.ASCII)
"""An address of this machine, where nothing is heard by others."""


def _variable(name: str) -> str:
    """The name that stands for the token of a credential."""
    return re.sub(r"[^A-Z0-9]+", "_", f"{name}_token".upper()).lstrip("_0123456789") or "TOKEN"


def _minted(name: str, credential: Mapping[str, Any], folder: Path) -> Minted | None:
    """What makes the token of a credential; None where its value comes from the environment."""
    if not {"command", "token"} & credential.keys():
        return None
    told = dict(table(credential, "token"))
    in_body = told.pop("authentication", "basic") == "body"
    return Minted(
        variable=_variable(name),
        command=tuple(credential.get("command", ())),
        lifetime=credential.get("lifetime"),
        endpoint=TokenEndpoint(**told, in_body=in_body) if told else None,
        folder=str(folder),
    )


def _written(name: str, credential: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Where a credential stands, and what is written there: kind, name and value; a token's name stands for it."""
    for kind in _PLACES:
        place = credential.get(kind)
        if isinstance(place, str):
            bearer = kind == "header" and place.lower() == "authorization"
            usual = (f"Bearer {_HOLE}" if bearer else _HOLE) if {"command", "token"} & credential.keys() else ""
            yield kind, place, str(credential.get("value", usual)).replace(_HOLE, f"${_variable(name)}")
        elif isinstance(place, dict):
            yield from ((kind, field, value) for field, value in place.items())


def credential_mistakes(document: Mapping[str, Any], raw: Mapping[str, Any]) -> Iterator[Mistake]:
    """Credentials that stand nowhere, or whose secret is written out; tiers of no credential."""
    for name, credential in table(document, "credentials").items():
        if isinstance(credential, dict):
            yield from _places(credential, dotted("credentials", name))
            yield from _secrets(table(raw, "credentials", name), dotted("credentials", name))
            yield from _refusals(document, credential, dotted("credentials", name))
    yield from _alike_names(document, raw)
    yield from tier_mistakes(document, document.get("tiers"), "tiers")
    known = table(document, "credentials")
    for name in table(document, "rate_limit", "credentials"):
        if name not in known:
            text = f"expected the name of a credential, got {quoted(name)}{nearest(name, known)}"
            yield Mistake(place=dotted("rate_limit.credentials", name), text=text)


def _alike_names(document: Mapping[str, Any], raw: Mapping[str, Any]) -> Iterator[Mistake]:
    """Tokens that would have one name, or that of a variable of the environment."""
    used: dict[str, str] = {}
    written = json.dumps(raw, default=str)
    for name, credential in table(document, "credentials").items():
        if not isinstance(credential, dict) or not {"command", "token"} & credential.keys():
            continue
        variable = _variable(name)
        other = used.setdefault(variable, name)
        if other != name or f"${{{variable}}}" in written:
            what = f"that of {dotted('credentials', other)}" if other != name else f"that of ${{{variable}}}"
            text = f"expected a name whose token has one of its own, got {what} ({variable})"
            yield Mistake(place=dotted("credentials", name), text=text)


def _refusals(document: Mapping[str, Any], credential: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    """What credentials get that are there to be refused: one thing, in an envelope that there is; only what is used up waits."""
    yield from _pins(document, credential, place)
    if {"used_up", "read_only"} <= credential.keys():
        yield Mistake(place=f"{place}.read_only", text="expected used_up or read_only, got both")
    for key in ("used_up", "read_only"):
        answer, envelopes = table(credential, key), table(document, "envelopes")
        name = answer.get("envelope")
        if isinstance(name, str) and name not in envelopes:
            text = f"expected the name of an envelope, got {quoted(name)}{nearest(name, envelopes)}"
            yield Mistake(place=f"{place}.{key}.envelope", text=text)
    if "retry_after" in table(credential, "read_only"):
        yield Mistake(place=f"{place}.read_only.retry_after", text="expected it in used_up, got it in read_only")


def _pins(document: Mapping[str, Any], credential: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    """Accounts that are pinned to what is no version, or not one of theirs, or that get no answer at all."""
    version, known, mine = credential.get("pinned"), table(document, "versions"), credential.get("versions")
    if not isinstance(version, str):
        return
    if version not in known and version not in FLOATING:
        text = f"expected a declared version, oldest or newest, got {quoted(version)}{nearest(version, known)}"
        yield Mistake(place=f"{place}.pinned", text=text)
    elif version in known and isinstance(mine, list) and version not in mine:
        text = f"expected one of its versions, got {quoted(version)}{nearest(version, texts(mine))}"
        yield Mistake(place=f"{place}.pinned", text=text)
    if "used_up" in credential:
        yield Mistake(
            place=f"{place}.pinned", text="expected pinned or used_up: what is used up gets no version, got both"
        )


def _places(credential: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    """Places that exclude each other, and values that are given twice or not at all."""
    several = [kind for kind in _PLACES if isinstance(credential.get(kind), dict)]
    if not several:
        yield from exactly_one(credential, _PLACES, place)
        if {"command", "token"} & credential.keys():
            yield from _makers(credential, place)
        elif "value" not in credential:
            yield Mistake(place=f"{place}.value", text="expected the value, with the secret as ${NAME}, got nothing")
        return
    for key in ("command", "token"):
        if key in credential:
            text = f"expected the name of one header, parameter or cookie beside it, got a table in {several[0]}"
            yield Mistake(place=f"{place}.{key}", text=text)
    if isinstance(credential.get("wrong"), str):
        text = f"expected false or nothing beside {' and '.join(several)}, which has several values, got a value"
        yield Mistake(place=f"{place}.wrong", text=text)
    if "value" in credential:
        text = f"expected no value beside {' and '.join(several)}, which has its values, got one"
        yield Mistake(place=f"{place}.value", text=text)
    for kind in _PLACES:
        if kind in credential and kind not in several:
            yield Mistake(
                place=f"{place}.{kind}", text="expected a table of names and values like the others, got a name"
            )


def _makers(credential: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    """What makes a token twice, or where it must not be asked for."""
    if {"command", "token"} <= credential.keys():
        yield Mistake(place=f"{place}.token", text="expected command or token, got both")
    if "lifetime" in credential and "command" not in credential:
        yield Mistake(
            place=f"{place}.lifetime", text="expected it beside command: an endpoint says how long a token lives"
        )
    value = credential.get("value")
    if isinstance(value, str) and _HOLE not in value:
        text = f"expected {_HOLE} in it, where the token goes, got {quoted(value)}"
        yield Mistake(place=f"{place}.value", text=text)
    url = table(credential, "token").get("url")
    if isinstance(url, str) and not url.startswith(("/", "https://")) and not _HERE.match(url):
        text = f"expected an https address, or a path of the API that begins with a slash, got {quoted(url)}"
        yield Mistake(place=f"{place}.token.url", text=text)


def _secrets(credential: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    """Secrets that are written out.

    Args:
        credential: As the file has it, before variables were replaced.
        place: Where it stands.
    """
    if {"command", "token"} & credential.keys():
        secret = table(credential, "token").get("client_secret")
        texts = {f"{place}.token.client_secret": secret}
    else:
        texts = {f"{place}.value": credential.get("value")}
    texts |= {
        dotted(f"{place}.{kind}", name): value for kind in _PLACES for name, value in table(credential, kind).items()
    }
    written = {where: text for where, text in texts.items() if isinstance(text, str)}
    known = {where for where, text in written.items() if variables(text)}
    if len(written) > 1 and known:
        return  # the parts that are no secret say who asks: only some of them must come from the environment
    for where in written.keys() - known:
        yield Mistake(place=where, text="expected the secret as ${NAME}, from the environment, got it written out")
