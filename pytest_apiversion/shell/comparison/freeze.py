"""Freezes a document as a version's contract: in canonical form, with its entry in the lock, and never over a promise."""

from __future__ import annotations

import copy
import datetime as dt
import enum
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.change import brief
from pytest_apiversion.core.errors import ContractBroken, PolicyError
from pytest_apiversion.core.finding import Finding, Severity
from pytest_apiversion.core.policy.compatibility import Allowance
from pytest_apiversion.core.policy.connection import PLAIN
from pytest_apiversion.shell.comparison.change_policy import weighing
from pytest_apiversion.shell.comparison.compare import changes_between, noted
from pytest_apiversion.shell.comparison.formats import FORMATS
from pytest_apiversion.shell.comparison.report_formats import summary
from pytest_apiversion.shell.comparison.result import Comparison
from pytest_apiversion.shell.comparison.sources import USUAL, Bounds, held, no_application, read_source, shown_source
from pytest_apiversion.shell.openapi.broken_parts import Notes
from pytest_apiversion.shell.openapi.bundling import bundled
from pytest_apiversion.shell.openapi.canonical_form import canonical_bytes, same
from pytest_apiversion.shell.openapi.comparable_document import document_of
from pytest_apiversion.shell.openapi.document_files import read_document
from pytest_apiversion.shell.policy_file.environment import AnyEnvironment
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.policy_file.referenced_files import is_file
from pytest_apiversion.shell.target.garbage_collector import lasting
from pytest_apiversion.shell.target.load import read_contracts, with_parts
from pytest_apiversion.shell.target.lock_file import LOCK_NAME, lock_bytes, read_lock, read_sunsets, sunsets
from pytest_apiversion.shell.target.releases import contract_files, of_release
from pytest_apiversion.shell.target.version_documents import kept
from pytest_apiversion.shell.texts.atomic_files import inside, replace_files
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.transport.applications import application_of, import_application, served_by_application

if TYPE_CHECKING:
    from typing import BinaryIO

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.diff.document import Document
    from pytest_apiversion.shell.comparison.change_policy import Weighing

DOCUMENT_PATH = "/openapi.json"
"""Where an application is asked for its document."""

Source = str | Path | Mapping[str, Any] | Callable[..., Any]
"""What can be frozen: a source as `apiversion freeze` takes it, a document, or a WSGI or ASGI application (or a factory of one)."""


class State(enum.Enum):
    """What came, or would come, of a freeze."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Frozen:
    """What a freeze did, or would do.

    Attributes:
        version: The version.
        path: Its contract.
        state: What came of it: `SAME` leaves the contract as it is, `REFUSED` leaves everything as it is.
        comparison: What the document changes in the frozen contract; nothing where there was none.
        written: The files it wrote, or would write: the contract, the lock, or both.
    """

    version: str
    path: Path
    state: State
    comparison: Comparison
    written: tuple[Path, ...]


def freeze(
    source: Source,
    *,
    policy: str | Path,
    version: str,
    path: str = DOCUMENT_PATH,
    check: bool = False,
    as_of: dt.date | None = None,
) -> Frozen:
    """Freeze a document as the contract of a version.

    Args:
        source: A file, `git:REF:PATH`, an http(s) address or `app:package.module:attribute`, as `apiversion freeze` takes it; a document;
            or a WSGI or ASGI application, or a factory of one.
        policy: The policy file, which names the contract.
        version: The version.
        path: Where an application is asked for its document.
        check: Whether nothing is to be written.
        as_of: The day sunsets are read at; today where not told.

    Raises:
        PolicyError: Document, policy, contract or lock cannot be used.
        ContractBroken: The document breaks what is frozen already; nothing is written.
    """
    frozen = freeze_source(source, Path(policy), version, path=path, check=check, as_of=as_of, stdin=None)
    if frozen.state is State.REFUSED:
        findings = [
            Finding(
                code="AV305",
                promise=f"what is frozen as {version} is kept",
                version=version,
                operation=change.operations[0] if change.operations else "",
                summary=change.text,
                expected=brief(change.before),
                received=brief(change.after),
                place=change.place or change.old_place,
            )
            for change in _beyond(frozen.comparison)
        ] or [
            Finding(
                code=objection.code,
                promise="the policy",
                version=version,
                summary=objection.text,
                expected="",
                received="",
                place=objection.place,
            )
            for objection in frozen.comparison.objections
        ]
        raise ContractBroken(
            findings, "\n".join([*FORMATS["text"](frozen.comparison), freeze_sentence(frozen, check=check)])
        )
    return frozen


def freeze_sentence(frozen: Frozen, *, check: bool) -> str:
    """What came of a freeze, in words."""
    name, version = frozen.path.name, frozen.version
    if frozen.state is State.REFUSED:
        why = f"what is frozen as {version} may not break its clients"
        return f"{name} is left as it is: {why if _beyond(frozen.comparison) else 'see what the policy has against it'}"
    if frozen.state is State.SAME:
        locked = f"; {LOCK_NAME} {'would be' if check else 'was'} mended" if frozen.written else ""
        return f"{version} is frozen as this already: {name} is left as it is{locked}"
    silent = frozen.state is State.CHANGED and not frozen.comparison.changes
    told = f": {summary(frozen.comparison)}" if silent else ""
    allowed = any(change.severity is Severity.ERROR for change in frozen.comparison.changes)
    told += " (the policy allows it)" if allowed else ""
    return f"{'would freeze' if check else 'froze'} {version} in {name} and {LOCK_NAME}{told}"


@lasting()
def freeze_source(
    source: Source,
    policy_path: Path,
    version: str,
    *,
    path: str,
    check: bool,
    as_of: dt.date | None,
    stdin: BinaryIO | None,
    bounds: Bounds = USUAL,
) -> Frozen:
    """Freeze what a source gives, or say why that is refused; nothing is raised for a break.

    An address is connected to as the bounds say, and where it says nothing, as the policy does.

    Raises:
        PolicyError: Policy or document cannot be read.
    """
    try:
        policy = load_policy(policy_path, AnyEnvironment(), base_url="http://unset.invalid", unfrozen=True)
        if version not in policy.versions:
            text = (
                f"expected a version that the policy declares, got {quoted(version)}{nearest(version, policy.versions)}"
            )
            raise PolicyError(str(policy_path), [f"{policy_path}: {text}"])
        notes = Notes()
        known = bounds.connection if bounds.connection != PLAIN else policy.limits.connection
        document, shown = _read(source, path, stdin, notes, replace(bounds, connection=known))
        files, policy = contract_files(policy), of_release(policy, version, document)
        today = as_of or dt.datetime.now(dt.UTC).date()  # noqa: TID251  the one place of this command that reads the clock
        sharing = [row.name for row in policy.versions.values() if row.contract == policy.versions[version].contract]
        weighings = [weighing(policy, name, as_of=today) for name in sharing]
        frozen, contents = _planned(weighings, policy_path, version, bundled(document, shown), shown, files)
        frozen = replace(frozen, comparison=replace(frozen.comparison, **noted([notes])))
        if contents and not check:
            replace_files(contents, policy_path.parent)
    except RecursionError:
        shown = _called(source, path)
        raise PolicyError(shown, [f"{shown}: nests too deeply"]) from None
    except (OSError, MemoryError, UnicodeError) as error:
        raise PolicyError(
            str(policy_path), [f"{policy_path}: nothing was frozen ({type(error).__name__}: {error})"]
        ) from None
    return frozen


def _planned(
    weighings: Sequence[Weighing],
    policy_path: Path,
    version: str,
    document: dict[str, Any],
    shown: str,
    files: Sequence[str],
) -> tuple[Frozen, dict[Path, bytes]]:
    """What a freeze comes to, and the files it would write, the contract before the lock.

    Args:
        weighings: What the policy says of changes of each version whose contract this is.
        policy_path: The policy file.
        version: The version.
        document: What is to be frozen.
        shown: What its source is called.
        files: The contracts of versions with minor releases, which a first lock has too.
    """
    policy, folder = weighings[0].policy, policy_path.parent
    name = str(policy.versions[version].contract)
    target, lock = inside(folder / name, folder), folder / LOCK_NAME
    locked, sharing = read_lock(lock), [each.versions[0] for each in weighings]
    content = canonical_bytes(kept(document, policy, sharing, shown), target)
    document, digest = held(content, shown)
    new, state = _comparable(document, shown), State.NEW
    comparison = Comparison(old=name, new=shown, changes=())
    if target.is_file():
        frozen, old_digest = read_document(target, folder)
        free = all(each.allowance is Allowance.ANY for each in weighings)
        if not free and locked is not None and locked.get(name, old_digest) != old_digest:
            text = f"{target} is not as it was locked: undo the edit, or accept it with: apiversion lock {policy_path}"
            raise PolicyError(str(target), [text])
        frozen = kept(frozen, policy, sharing, name)
        weighings = [each.between(frozen, document) for each in weighings]
        changes = changes_between(_comparable(frozen, name), new, name, shown, weighings[0].setting)
        found = [Comparison(old=name, new=shown, changes=changes, weighed=each.weigh(changes)) for each in weighings]
        comparison = next((each for each in found if each.rejected or _beyond(each)), found[0])
        if same(bundled(frozen, name), document):
            state, digest = State.SAME, old_digest
        else:
            state = State.REFUSED if comparison.rejected or _beyond(comparison) else State.CHANGED
    contracts = read_contracts(policy, policy_path, {name: (document, digest)}, unfrozen=True)
    others = locked if locked is not None else {each.source: each.digest for each in contracts.values()}
    if locked is None:
        others = {
            **{file: read_document(folder / file, folder)[1] for file in files if is_file(folder, file)},
            **others,
        }
    contents = {} if state in {State.SAME, State.REFUSED} else {target: content}
    if state is not State.REFUSED and locked != {**others, name: digest}:
        ends = sunsets(with_parts(policy, contracts)) if locked is None else read_sunsets(lock)
        contents[lock] = lock_bytes({**others, name: digest}, ends)
    return (
        Frozen(version=version, path=target, state=state, comparison=comparison, written=tuple(contents)),
        contents,
    )


def _beyond(comparison: Comparison) -> tuple[Change, ...]:
    """What the policy does not allow."""
    return comparison.weighed.beyond if comparison.weighed else ()


def _comparable(document: dict[str, Any], source: str) -> Document:
    """A document, ready to be compared; the given one is left as it is."""
    return document_of(copy.deepcopy(document) if "swagger" in document else document, source)


def _read(
    source: Source, path: str, stdin: BinaryIO | None, notes: Notes, bounds: Bounds
) -> tuple[dict[str, Any], str]:
    """The document of a source, and what the source is called."""
    shown = _called(source, path)
    if isinstance(source, Mapping):
        try:
            content = json.dumps(source).encode()
        except (TypeError, ValueError) as error:
            raise PolicyError(shown, [f"{shown}: expected plain JSON values ({error})"]) from None
        return held(content, shown, notes=notes)[0], shown
    if callable(source):
        served = served_by_application(application_of(source, shown), path, shown)
        return held(served, shown, notes=notes)[0], shown
    if isinstance(source, str) and source.startswith("app:"):
        served = served_by_application(import_application(source), path, shown)
        return held(served, shown, notes=notes)[0], shown
    no_application(str(source))
    return read_source(str(source), stdin or io.BytesIO(), notes, bounds), shown


def _called(source: Source, path: str) -> str:
    """What a source is called in messages."""
    if isinstance(source, Mapping):
        return "the document"
    return f"the application's {path}" if callable(source) else shown_source(str(source))
