"""The `apiversion diff` command, and the comparison of two documents for whoever else wants it."""

from __future__ import annotations

import datetime as dt
import gc
import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.policy.compatibility import Allowance
from pytest_apiversion.diff.compare import compare
from pytest_apiversion.diff.document import Document
from pytest_apiversion.diff.pairs import Setting, TooEntangled
from pytest_apiversion.shell import POLICY_FILE
from pytest_apiversion.shell.comparison.report_formats import FORMATS
from pytest_apiversion.shell.comparison.sources import read_source
from pytest_apiversion.shell.openapi.swagger2_upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import BinaryIO, TextIO

    from pytest_apiversion.core.contracts.change import Change
    from pytest_apiversion.core.policy.compatibility import Objection, Step, Waiver
    from pytest_apiversion.shell.comparison.change_policy import Weighed
    from pytest_apiversion.shell.comparison.witness import Witness


PROOF_SECONDS = 60.0
"""Time that all proofs of one comparison may take."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What two documents differ in.

    Attributes:
        old: The source of the old document, as the user named it.
        new: The source of the new one.
        changes: Every difference that means something to a client, gravest first.
        witnesses: What proves a break, by fingerprint; None where proof was looked for and not found. Empty where nobody looked.
        weighed: What a policy makes of the changes; None where there is none.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    witnesses: Mapping[str, Witness | None] = field(default_factory=dict)
    weighed: Weighed | None = None

    def of(self, severity: Severity) -> tuple[Change, ...]:
        """The changes of one severity that are not waived."""
        return tuple(change for change in self.changes if change.severity is severity and not self.waiver(change))

    def waiver(self, change: Change) -> Waiver | None:
        """What waives a change, if anything does."""
        return self.weighed.waived.get(change.fingerprint) if self.weighed else None

    @property
    def step(self) -> Step | None:
        """The step between two versions that this is, and what it may carry; None where no policy says."""
        return self.weighed.step if self.weighed else None

    @property
    def objections(self) -> tuple[Objection, ...]:
        """What the policy has against it as a whole."""
        return self.weighed.objections if self.weighed else ()

    @property
    def free(self) -> bool:
        """Whether the new document may differ in any way."""
        return self.step is not None and self.step.allowance is Allowance.ANY

    @property
    def breaking(self) -> bool:
        """Whether a client that keeps to the old document may break, and the policy does not allow it."""
        return bool(self.of(Severity.ERROR)) and not self.free

    @property
    def rejected(self) -> bool:
        """Whether it breaks a client, or the policy has something against it."""
        return self.breaking or any(each.severity is Severity.ERROR for each in self.objections)


def document_of(raw: dict[str, Any], source: str) -> Document:
    """A read document, ready to be compared.

    Raises:
        PolicyError: It is no OpenAPI document this package reads.
    """
    told = str(raw.get("openapi", raw.get("swagger", "")))
    field = "swagger" if "swagger" in raw and "openapi" not in raw else "openapi"
    known = re.fullmatch(r"(3\.[012])(\.\d+)?(-.*)?" if field == "openapi" else r"(2)(\.0)?", told)
    if not known:
        raise PolicyError(
            source, [f"{source} /{field}: expected 3.0, 3.1, 3.2 (or `swagger` 2.0), got {told[:40] or 'none'}"]
        )
    for name in ("paths", "components"):
        if not isinstance(raw.get(name, {}), dict):
            raise PolicyError(source, [f"{source} /{name}: expected an object, got something else"])
    document = Document(raw, known[1]) if field == "openapi" else Document(upgrade(raw), "3.0")
    if rings := document.rings():
        raise PolicyError(source, [f"{source} {one}: the reference leads round in a ring" for one in rings])
    return document


def changes_between(
    old: Document, new: Document, old_source: str, new_source: str, setting: Setting | None = None
) -> tuple[Change, ...]:
    """What changed from one document to another, gravest first.

    Raises:
        PolicyError: They cannot be compared within bounds.
    """
    try:
        return compare(old, new, setting)
    except RecursionError:
        raise PolicyError(
            new_source, [f"{old_source} and {new_source}: schemas nest too deeply to be compared"]
        ) from None
    except TooEntangled:
        raise PolicyError(
            new_source, [f"{old_source} and {new_source}: references are too entangled to be compared"]
        ) from None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for what can be let go: of two documents nothing can, and looking costs a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def compare_sources(
    old: str, new: str, *, stdin: BinaryIO, setting: Setting | None = None, witness: bool = False
) -> Comparison:
    """Read and compare two documents.

    Args:
        old: What clients were given; see `sources.read_source`.
        new: What is to take its place.
        stdin: Standard input.
        setting: The day, the time of grace, and whose severities.
        witness: Whether breaks are to be proved, which takes longer.

    Raises:
        PolicyError: One of them cannot be read or compared.
    """
    if old == new == "-":
        raise PolicyError("-", ["-: standard input can be one of the two documents, not both"])
    with _uncollected():
        documents = [readable(source, partial(_read, source, stdin)) for source in (old, new)]
        changes = changes_between(documents[0], documents[1], old, new, setting)
    comparison = Comparison(old=old, new=new, changes=changes)
    return proved(comparison, documents[0], documents[1]) if witness else comparison


def _read(source: str, stdin: BinaryIO) -> Document:
    return document_of(read_source(source, stdin), source)


def readable(source: str, read: Callable[[], Document]) -> Document:
    """What is read from a source.

    Raises:
        PolicyError: Whatever keeps it from being read.
    """
    try:
        return read()
    except RecursionError:
        raise PolicyError(source, [f"{source}: nests too deeply"]) from None
    except (OSError, MemoryError, UnicodeError, ValueError) as error:
        raise PolicyError(source, [f"{source}: could not be read ({type(error).__name__})"]) from None


def proved(comparison: Comparison, old: Document, new: Document) -> Comparison:
    """A comparison with a witness of each break, where one is found within the bounds."""
    from pytest_apiversion.shell.comparison.witness import prove  # noqa: PLC0415  draws values, which most comparisons need not

    return replace(comparison, witnesses=prove(old, new, comparison.of(Severity.ERROR), seconds=PROOF_SECONDS))


def diff_command(
    old: str | None,
    new: str | None,
    *,
    form: str,
    policy: Path | None = None,
    version: str | None = None,
    witness: bool = False,
    as_of: dt.date | None = None,
    grace_days: int = 0,
    preview_grace_days: int = 0,
    stdin: BinaryIO,
    out: TextIO,
    errors: TextIO,
) -> int:
    """Compare two documents and tell what changed.

    Args:
        old: What clients were given: a file, `-`, `git:REF:PATH`, an http(s) address, or with a policy the name of a version.
        new: What is to take its place.
        form: A name of `diff_report.FORMATS`.
        policy: A policy file, which then says what each change weighs; where a version is told, `apiversion.toml` unless told.
        version: The version the documents are of; one of them can then be left out, and is its frozen contract.
        witness: Whether breaks are to be proved.
        as_of: The day sunsets are read at; today where not told.
        grace_days: Days a deprecation has to be announced before its sunset.
        preview_grace_days: The same for what is marked `beta`.
        stdin: Standard input.
        out: Where the report goes.
        errors: Where it is said why the input cannot be used.

    Returns:
        0 when nothing breaks and the policy objects to nothing, 1 otherwise, 2 when the input cannot be used.
    """
    today = as_of or dt.datetime.now(dt.UTC).date()  # noqa: TID251  the one place of this command that reads the clock
    setting = Setting(as_of=today, grace_days=grace_days, preview_grace_days=preview_grace_days)
    if policy is None and version is not None:
        policy = Path(POLICY_FILE)
    try:
        if policy is not None:
            from pytest_apiversion.shell.comparison.compare_under_policy import compare_under  # noqa: PLC0415  reads policies, which is heavy

            comparison = compare_under(policy, version, old, new, stdin=stdin, setting=setting, witness=witness)
        else:
            comparison = compare_sources(*_both(old, new), stdin=stdin, setting=setting, witness=witness)
    except PolicyError as error:
        errors.writelines(printable_line(line) + "\n" for line in _complaint(error, policy))
        return 2
    out.writelines(printable_line(line) + "\n" for line in FORMATS[form](comparison))
    return 1 if comparison.rejected else 0


def _both(old: str | None, new: str | None) -> tuple[str, str]:
    """The two sources, neither of which can be left out where no policy says what stands in its place."""
    if old is None or new is None:
        raise PolicyError("-", ["apiversion diff: expected OLD and NEW"])
    return old, new


def _complaint(error: PolicyError, policy: Path | None) -> list[str]:
    """Why the input cannot be used: every mistake of a policy file, the first of a document."""
    if policy is not None and error.source == str(policy):
        return str(error).split("\n")
    more = f" (and {len(error.mistakes) - 1} more)" if len(error.mistakes) > 1 else ""
    return [f"{error.mistakes[0]}{more}"]


def printable_line(line: str) -> str:
    """A line a terminal can be given: nothing in it moves the cursor, breaks the line, or cannot be encoded."""
    if line.isprintable():
        return line
    kept = "".join(letter if letter.isprintable() or letter == " " else "\N{REPLACEMENT CHARACTER}" for letter in line)
    return kept.encode("utf-8", "replace").decode("utf-8")
