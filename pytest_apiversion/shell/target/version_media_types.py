"""The media types of a document of several versions that are one version's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.carrier_positions import negotiates
from pytest_apiversion.core.policy.version_texts import spell
from pytest_apiversion.shell.openapi.grammar import METHODS

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.policy import Policy

_COMPONENTS = ("requestBodies", "responses")
"""The components that have media types of bodies."""

Change = Callable[[Any], Any]


def own_media_types(document: Mapping[str, Any], policy: Policy, version: str) -> Mapping[str, Any]:
    """A document without the bodies whose media type names another version, where one beside it names this one.

    Args:
        document: The document, as it was read; left as it is, and given back where nothing is left out.
        policy: Says where media types name a version.
        version: The version.
    """
    kinds = [kind for kind in policy.carriers if negotiates(policy, kind)]
    if not kinds:
        return document
    own = partial(_with, key="content", change=partial(_own, version=version, named=_naming(policy, kinds)))
    made = _with(document, "paths", partial(_each, change=partial(_item, own=own)))
    components = partial(_with_all, keys=_COMPONENTS, change=partial(_each, change=own))
    found: Mapping[str, Any] = _with(made, "components", components)
    return found


def _naming(policy: Policy, kinds: list[str]) -> Callable[[str], str | None]:
    """Which declared version a media type names, if any."""

    @cache
    def named(media_type: str) -> str | None:
        request = Request(method="GET", path="/", headers=(("Accept", media_type),))
        texts = {text for kind in kinds for text in policy.carriers[kind].form.read(request, policy.carriers[kind])}
        return next(
            (each for each in policy.versions if any(spell(policy, kind, each) in texts for kind in kinds)), None
        )

    return named


def _own(content: Any, *, version: str, named: Callable[[str], str | None]) -> Any:
    """The media types of a body, those of other versions left out."""
    told = {kind: named(str(kind)) for kind in content} if isinstance(content, Mapping) else {}
    if version not in told.values() or set(told.values()) <= {None, version}:
        return content
    return {kind: media for kind, media in content.items() if told[kind] in {None, version}}


def _item(item: Any, own: Change) -> Any:
    return _with_all(item, METHODS, partial(_operation, own=own))


def _operation(operation: Any, own: Change) -> Any:
    return _with(_with(operation, "requestBody", own), "responses", partial(_each, change=own))


def _with(holder: Any, key: str, change: Change) -> Any:
    """A mapping with one value changed; itself where there is none, or it stays."""
    if not isinstance(holder, Mapping) or key not in holder:
        return holder
    made = change(holder[key])
    return holder if made is holder[key] else {**holder, key: made}


def _with_all(holder: Any, keys: tuple[str, ...], change: Change) -> Any:
    for key in keys:
        holder = _with(holder, key, change)
    return holder


def _each(holder: Any, change: Change) -> Any:
    """A mapping with every value changed; itself where all stay."""
    if not isinstance(holder, Mapping):
        return holder
    made = {key: change(value) for key, value in holder.items()}
    return holder if all(made[key] is value for key, value in holder.items()) else made
