"""Reads which of the environment variables of a policy file are secrets: all of them, but for those it says are public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_apiversion.core.http.masked_members import NAMES
from pytest_apiversion.core.policy.secrets import SHORTEST, Secrets, is_origin
from pytest_apiversion.shell.policy_file.walk import texts
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, dotted, variables


def read_secrets(raw: Mapping[str, Any], environment: Mapping[str, str]) -> Secrets:
    """What no report may show.

    The mere address of a host is no secret unless it is named as one: where requests go is what a report is about.

    Args:
        raw: The document before variables were replaced.
        environment: What they hold.
    """
    public, named = texts(raw.get("public", [])), texts(raw.get("secrets", []))
    used = [name for _, name in _uses(raw) if name not in public and not is_origin(environment.get(name, ""))]
    found = {name: environment[name] for name in dict.fromkeys((*used, *named)) if environment.get(name)}
    members = texts(raw["masked_members"]) if "masked_members" in raw else NAMES
    return Secrets(found, members=tuple(members))


def secret_mistakes(raw: Mapping[str, Any], environment: Mapping[str, str], base_url: str | None) -> Iterator[Mistake]:
    """Secrets that are too short to be masked; names that are public and secret, or public and nowhere used.

    Args:
        raw: The document before variables were replaced.
        environment: What they hold.
        base_url: What takes the place of the file's base URL, if anything does.
    """
    public, named = texts(raw.get("public", [])), texts(raw.get("secrets", []))
    found = list(_uses(raw))
    uses = [use for use in found if base_url is None or use[0] != "api.base_url"]
    for place, name in (*uses, *((f"secrets[{number}]", name) for number, name in enumerate(named))):
        value = environment.get(name)
        if value is not None and len(value) < SHORTEST and name not in public:
            got = f"{len(value)}" if value else "none"
            text = f"expected at least {SHORTEST} characters in the environment variable {name}, got {got}: "
            why = f'what is shorter cannot be masked in reports; if it is no secret, write public = ["{name}"]'
            yield Mistake(place=place, text=f"{text}{why}")
    known = list(dict.fromkeys(name for _, name in found))
    for number, name in enumerate(public):
        place = f"public[{number}]"
        if name in named:
            yield Mistake(place=place, text=f"expected a variable that is not in secrets, got {quoted(name)}")
        elif name not in known:
            text = f"expected a variable that this file uses, got {quoted(name)}{nearest(name, known)}"
            yield Mistake(place=place, text=text)


def _uses(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every place of a document that takes a variable, with its name."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        inner = f"{place}[{key}]" if isinstance(value, list) else dotted(place, str(key))
        if isinstance(item, str):
            yield from ((inner, name) for name in variables(item))
        else:
            yield from _uses(item, inner)
