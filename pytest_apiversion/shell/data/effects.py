"""What an operation does to data: whether it reads, adds, or alters what is there, as far as a contract tells."""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING

from pytest_apiversion.core.contracts.names import words
from pytest_apiversion.core.contracts.path_values import bare
from pytest_apiversion.core.http.messages import SAFE_METHODS
from pytest_apiversion.shell.data.identifiers import singular

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Contract

_CONSUMING = frozenset(
    [
        "abort",
        "activate",
        "adopt",
        "approve",
        "archive",
        "ban",
        "block",
        "burn",
        "cancel",
        "cancellation",
        "capture",
        "claim",
        "clean",
        "cleanup",
        "clear",
        "close",
        "complete",
        "confirm",
        "consume",
        "consumption",
        "deactivate",
        "delete",
        "deletion",
        "demote",
        "deny",
        "destroy",
        "detach",
        "disable",
        "discard",
        "dismiss",
        "drop",
        "edit",
        "empty",
        "enable",
        "end",
        "erase",
        "evict",
        "expire",
        "expunge",
        "finalize",
        "finalise",
        "finish",
        "flush",
        "forget",
        "freeze",
        "invalidate",
        "kick",
        "kill",
        "lock",
        "merge",
        "modify",
        "move",
        "overwrite",
        "patch",
        "pause",
        "promote",
        "prune",
        "publish",
        "purge",
        "put",
        "recycle",
        "redeem",
        "redemption",
        "refund",
        "reject",
        "release",
        "remove",
        "removal",
        "rename",
        "replace",
        "reset",
        "restart",
        "restore",
        "resume",
        "retire",
        "revert",
        "revoke",
        "revocation",
        "rollback",
        "rotate",
        "set",
        "shred",
        "shutdown",
        "split",
        "spend",
        "stop",
        "suspend",
        "swap",
        "sync",
        "terminate",
        "termination",
        "transfer",
        "transition",
        "trash",
        "truncate",
        "unban",
        "unblock",
        "undo",
        "unlink",
        "unlock",
        "unpublish",
        "unset",
        "update",
        "upsert",
        "use",
        "void",
        "wipe",
        "withdraw",
        "withdrawal",
    ]
)
"""Words of a path that ends so: it uses up, or changes, what is named before it, or in its body."""
_READING = frozenset(
    [
        "aggregate",
        "autocomplete",
        "calculate",
        "check",
        "compare",
        "compute",
        "count",
        "diff",
        "echo",
        "estimate",
        "evaluate",
        "export",
        "facet",
        "filter",
        "find",
        "graphql",
        "introspect",
        "list",
        "login",
        "lookup",
        "mget",
        "msearch",
        "parse",
        "ping",
        "preview",
        "query",
        "quote",
        "read",
        "render",
        "report",
        "resolve",
        "scroll",
        "search",
        "select",
        "simulate",
        "suggest",
        "test",
        "translate",
        "validate",
        "verify",
    ]
)
"""Words of a path that ends so: it reads, though it is a POST."""


class Effect(enum.Enum):
    """What a request does to data."""

    READS = "reads"
    ADDS = "adds"
    ALTERS = "alters, replaces or uses up"


def effect_of(contract: Contract, method: str, template: str) -> Effect:
    """What a request in a method does to what a path template names.

    `DELETE`, `PUT` and `PATCH` alter what they name. A `POST` adds, where it goes to a collection or declares `201`; any other
    `POST` about a thing, and one whose path ends with a word such as `archive`, alters that thing.

    Args:
        contract: For the other operations around it.
        method: The method, which the contract need not have there.
        template: A path template of the contract.
    """
    if method in SAFE_METHODS:
        return Effect.READS
    if method != "POST":
        return Effect.ALTERS
    last = re.split(r"[/:]", bare(template))[-1]
    said = set(words(last)) | {singular(word) for word in words(last)}
    if "{" not in last and said & _CONSUMING:
        return Effect.ALTERS
    if "{" not in template or said & _READING or _adds(contract, template, last):
        return Effect.ADDS
    return Effect.ALTERS


def _adds(contract: Contract, template: str, last: str) -> bool:
    """Whether a `POST` to a template goes to a collection, or says that it creates."""
    place, own = bare(template), contract.operations.get(f"POST {template}")
    if own is not None and "201" in own.responses:
        return True
    if contract.alike(f"{place}/{{}}") or any(each.method == "GET" for each in contract.alike(place)):
        return "{" not in last
    return "{" not in last and singular(last) != last
