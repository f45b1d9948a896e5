"""One file per carrier: how a request names its version."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.policy.version_texts import spelling

if TYPE_CHECKING:
    from pytest_apiversion.core.policy.carriers import CarrierKind
    from pytest_apiversion.core.policy.policy import Policy


@cache
def carriers() -> Mapping[str, CarrierKind]:
    """The carrier kinds by name: every file of this folder exports one."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    found: list[CarrierKind] = [importlib.import_module(f"{__name__}.{name}").CARRIER for name in names]
    return MappingProxyType({carrier.kind: carrier for carrier in found})


def select(request: Request, policy: Policy, pairs: Iterable[tuple[str, str]]) -> Request:
    """The request with a version's texts written into it.

    Args:
        request: With the version-less path of an operation.
        policy: Whose carriers are used.
        pairs: Carrier kind and the text to write there; a kind may come twice, to name two versions.

    Returns:
        A request whose path is as it would be sent: without a text for the path, the policy's base path stands before
        it, unless it is there already or the operation has no version.

    Raises:
        ToolError: The policy has no such carrier.
    """
    chosen = tuple(pairs)
    for kind, _ in chosen:
        if kind not in policy.carriers:
            message = f"the policy {policy.source} has no carrier {kind!r} to write a version into"
            raise ToolError(message)
    if not any(policy.carriers[kind].form.in_path for kind, _ in chosen) and not _is_whole(request, policy):
        request = replace(request, path=policy.base_path + request.path)
    for kind, text in chosen:
        carrier = policy.carriers[kind]
        request = carrier.form.write(request, carrier, text)
    return request if request.path else replace(request, path="/")


def served_path(policy: Policy, full_path: str) -> tuple[str | None, str]:
    """A path as it would be sent, taken apart.

    Returns:
        The version's text as written in the path, or None, and the path without version and base path. Only a text
        that spells a version counts: of `/api/debates` under `/api/{version}`, `debates` is no version.
    """
    request = Request(method="GET", path=full_path)
    for kind, carrier in policy.carriers.items():
        texts = carrier.form.read(request, carrier) if carrier.form.in_path else ()
        if texts and _spells(policy, kind, texts[0]):
            return texts[0], carrier.form.clean(request, carrier).path
    if policy.base_path and _is_below(full_path, policy.base_path):
        return None, full_path[len(policy.base_path) :] or "/"
    return None, full_path


def _spells(policy: Policy, kind: str, text: str) -> bool:
    version = spelling(policy, kind).read(text)
    return version is not None and (policy.scheme != "opaque" or version in policy.versions)


def _is_whole(request: Request, policy: Policy) -> bool:
    return (
        not policy.base_path
        or f"{request.method} {request.path}" in policy.neutral
        or request.path.startswith(("http://", "https://"))
        or _is_below(request.path, policy.base_path)
    )


def _is_below(path: str, base: str) -> bool:
    return path == base or path.startswith(f"{base}/")
