"""`apiversion diff --policy`: which contracts are compared, and what the policy says of the changes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.connection import PLAIN
from pytest_apiversion.core.versions.lifecycle import instant
from pytest_apiversion.shell.comparison.change_policy import weighing
from pytest_apiversion.shell.comparison.compare import changes_between, noted, proved, read_both, readable
from pytest_apiversion.shell.comparison.own_names import without_own_names
from pytest_apiversion.shell.comparison.result import Comparison
from pytest_apiversion.shell.comparison.sources import USUAL, Bounds, read_file, read_source, shown_source
from pytest_apiversion.shell.comparison.version_steps import Steps
from pytest_apiversion.shell.openapi.kinds.wrong_kinds import hold_kinds
from pytest_apiversion.shell.policy_file.environment import AnyEnvironment
from pytest_apiversion.shell.policy_file.load import load_policy
from pytest_apiversion.shell.target.garbage_collector import uncollected
from pytest_apiversion.shell.target.releases import on_day
from pytest_apiversion.shell.target.version_documents import narrowed
from pytest_apiversion.shell.texts.real_paths import real_path
from pytest_apiversion.shell.texts.suggestions import nearest, quoted

if TYPE_CHECKING:
    from typing import BinaryIO

    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.subjects import Version
    from pytest_apiversion.diff.document import Document
    from pytest_apiversion.diff.pairs import Setting
    from pytest_apiversion.shell.openapi.broken_parts import Notes


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two documents.

    Attributes:
        source: Where it is read from, as it may be shown.
        address: The same, as it is asked.
        version: The version it is of; None where the policy knows none.
        frozen: Whether it is that version's frozen contract.
    """

    source: str
    version: str | None
    frozen: bool = False
    address: str = dataclasses.field(default="", repr=False)


def compare_under(
    file: Path,
    version: str | None,
    old: str | None,
    new: str | None,
    *,
    stdin: BinaryIO,
    setting: Setting,
    witness: str | None = None,
    bounds: Bounds = USUAL,
) -> Comparison:
    """Compare two documents as a policy says.

    Args:
        file: The policy file.
        version: The version that documents are of which are nobody's frozen contract.
        old: A source, or the name of a version, whose frozen contract it then is.
        new: The same. Where only one of the two is told, it is the new one, and the old one is the frozen contract of `version`.
        stdin: Standard input.
        setting: The day, and the times of grace.
        witness: The effort with which breaks are to be proved; None for no proofs.
        bounds: How far the reading may go; what a frozen contract refers to stands in the policy's folder.

    Raises:
        PolicyError: Policy or documents cannot be used.
    """
    with uncollected():
        policy = load_policy(file, AnyEnvironment(), base_url="http://unset.invalid", unfrozen=True)
        as_of = setting.as_of
        if as_of is None:
            raise PolicyError(str(file), [f"{file}: expected a day to read it at, got none"])
        policy = on_day(policy, instant(as_of))
        sides = _sides(policy, file.parent, version, old, new)
        versions = tuple(dict.fromkeys(side.version for side in sides if side.version is not None))
        reading = _Reading(policy, file.parent, stdin, bounds)
        readings = [(side.source, partial(_read, side, reading)) for side in sides]
        documents, notes = read_both(readings, lenient=bounds.lenient)
        rules = weighing(policy, *versions, as_of=as_of).between(documents[0].raw, documents[1].raw)
        setting = replace(
            rules.setting,
            grace_days=setting.grace_days,
            preview_grace_days=setting.preview_grace_days,
            severities={**setting.severities, **rules.setting.severities},
        )
        changes = changes_between(documents[0], documents[1], sides[0].source, sides[1].source, setting)
        changes = without_own_names(changes, policy, versions)
        weighed = rules.weigh(changes)
        if idle := [each for each in policy.changes.waivers if not each.versions and each not in weighed.used]:
            steps = Steps(policy, partial(_frozen, policy, file.parent, bounds), as_of)
            weighed = replace(
                weighed, objections=(*weighed.objections, *steps.idle(idle, alone=False, unwaived=weighed.unwaived))
            )
        comparison = Comparison(
            old=sides[0].source, new=sides[1].source, changes=changes, weighed=weighed, **noted(notes)
        )
    return proved(comparison, documents[0], documents[1], witness) if witness else comparison


def _sides(policy: Policy, folder: Path, version: str | None, old: str | None, new: str | None) -> tuple[Side, Side]:
    if version is not None and version not in policy.versions:
        text = f"expected a version that the policy declares, got {quoted(version)}{nearest(version, policy.versions)}"
        raise PolicyError("--version", [f"--version: {text}"])
    told = [source for source in (old, new) if source is not None]
    if len(told) == 1 and version is not None:
        told = [version, *told]
    if len(told) != 2:  # noqa: PLR2004  old and new
        raise PolicyError(
            "-", ["apiversion diff: expected OLD and NEW, or --version and the document to compare with its contract"]
        )
    if told == ["-", "-"]:
        raise PolicyError("-", ["-: standard input can be one of the two documents, not both"])
    sides = [_side(policy, folder, source, version) for source in told]
    known = next((side.version for side in sides if side.version is not None), None)
    return replace(sides[0], version=sides[0].version or known), replace(sides[1], version=sides[1].version or known)


def _side(policy: Policy, folder: Path, source: str, version: str | None) -> Side:
    if source in policy.versions:
        return Side(source=str(folder / str(policy.versions[source].contract)), version=source, frozen=True)
    if source != "-" and "://" not in source and not source.startswith("git:"):
        path = real_path(Path(source))
        named = [name for name, each in policy.versions.items() if path in _contracts(each, folder)]
        if named:
            return Side(source=source, version=version if version in named else named[0], frozen=True)
    return Side(source=shown_source(source), version=version, address=source)


def _contracts(version: Version, folder: Path) -> list[Path]:
    """The contracts of a version, those of its minor releases included."""
    return [real_path(folder / str(file)) for file in (version.contract, *(row.contract for row in version.releases))]


class _Reading(NamedTuple):
    """What both sides are read with."""

    policy: Policy
    folder: Path
    stdin: BinaryIO
    bounds: Bounds


def _reaching(given: _Reading) -> Bounds:
    """The bounds, with the policy's way to connect where nothing else is said."""
    known = given.bounds.connection if given.bounds.connection != PLAIN else given.policy.limits.connection
    return replace(given.bounds, connection=known)


def _read(side: Side, given: _Reading, notes: Notes) -> Document:
    if side.frozen:
        content = read_file(Path(side.source), given.folder, notes, given.bounds)
    else:
        content = read_source(side.address or side.source, given.stdin, notes, _reaching(given))
    hold_kinds(content, side.source, notes)
    return narrowed(content, given.policy, side.version, side.source, notes)


def _frozen(policy: Policy, folder: Path, bounds: Bounds, version: str) -> Document:
    side = Side(source=str(folder / str(policy.versions[version].contract)), version=version)

    def read() -> Document:
        return narrowed(read_file(Path(side.source), folder, None, bounds), policy, version, side.source)

    return readable(side.source, read)
