"""The files that `apiversion init` writes: all of them, or all is as it was."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.catalogue.policy_schema import SCHEMA_NAME, schema_text
from pytest_apiversion.shell.commands.schema import may_replace
from pytest_apiversion.shell.comparison.freeze import freeze_sentence, freeze_source
from pytest_apiversion.shell.discovery.looking import Published
from pytest_apiversion.shell.target.lock_file import LOCK_NAME
from pytest_apiversion.shell.texts.atomic_files import replace_file

_USUAL = tuple(
    f"{folder}{name}.{end}"
    for folder in ("", "docs/", "api/", "doc/", "spec/")
    for name in ("openapi", "swagger")
    for end in ("yaml", "yml", "json")
)
"""Where repositories keep the document of their service."""


def file_way(folder: Path, address: str) -> str:
    """What to do where a service publishes no document: the command to type, with the document's file where it lies at a usual place.

    Args:
        folder: Where the command was given.
        address: Where the service answers; empty for an application.
    """
    if not address:
        return "give its address, or its file with --base-url"
    name = next((each for each in _USUAL if (folder / each).is_file()), "FILE")
    return f"give its address, or its file: apiversion init {name} --base-url {address}"


def contract_name(version: str) -> str:
    """The name of the file that a version's contract is frozen in."""
    return f"{re.sub(r'[^A-Za-z0-9._-]+', '-', version if version.startswith('v') else f'v{version}')}.openapi.json"


def write_files(policy: Path, text: str, documents: Mapping[str, Published]) -> list[str]:
    """Write the policy and its schema for editors, and freeze the contracts; a schema of somebody else's is left.

    Returns:
        What was done, a sentence each.

    Raises:
        PolicyError: All is as it was, since they do not fit each other: a preset says otherwise than the service, or a document cannot
            be frozen; or since a file cannot be written.
    """
    schema, folder = policy.with_name(SCHEMA_NAME), policy.parent
    wanted = {policy: text.encode(), schema: schema_text().encode()}
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        before = {
            path: path.read_bytes() if path.is_file() else None
            for path in (*wanted, folder / LOCK_NAME, *(folder / contract_name(each) for each in documents))
        }
        ours = may_replace(schema, schema_text())
        if not ours:
            del wanted[schema]
    except OSError as error:
        raise _unwritten(policy, error) from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in wanted.items():
            if path == policy or before[path] != content:
                replace_file(path, content)
        told = [
            freeze_source(published.published, policy, version, path="", check=False, as_of=None, stdin=None)
            for version, published in documents.items()
        ]
    except BaseException as error:  # Ctrl-C and what nobody foresaw, too
        _restore(before)
        with contextlib.suppress(OSError):
            for each in made:
                each.rmdir()
        if isinstance(error, OSError):
            raise _unwritten(policy, error) from None
        raise
    written = [f"wrote {path}" for path, content in wanted.items() if path == policy or before[path] != content]
    left = [] if ours else [f"{schema} is left as it is: it is no schema of policy files"]
    return [*written, *left, *(freeze_sentence(each, check=False) for each in told)]


def _restore(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        with contextlib.suppress(OSError):
            if content is not None and path.read_bytes() != content:
                replace_file(path, content)
            elif content is None and path.is_file():
                path.unlink()


def _unwritten(policy: Path, error: OSError) -> PolicyError:
    return PolicyError(str(policy), [f"{policy}: nothing was written ({error.strerror or type(error).__name__})"])
