"""The `apiversion diff` command, and the comparison of two documents for whoever else wants it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.compare import compare
from pytest_apiversion.diff.document import Document
from pytest_apiversion.diff.pairs import Setting, TooEntangled
from pytest_apiversion.shell.diff_report import FORMATS
from pytest_apiversion.shell.sources import read_source
from pytest_apiversion.shell.upgrading import upgrade

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO, TextIO

    from pytest_apiversion.core.change import Change
    from pytest_apiversion.shell.witness import Witness


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
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    witnesses: Mapping[str, Witness | None] = field(default_factory=dict)

    def of(self, severity: Severity) -> tuple[Change, ...]:
        """The changes of one severity."""
        return tuple(change for change in self.changes if change.severity is severity)

    @property
    def breaking(self) -> bool:
        """Whether a client that keeps to the old document may break."""
        return bool(self.of(Severity.ERROR))


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
    documents = []
    for source in (old, new):
        try:
            documents.append(document_of(read_source(source, stdin), source))
        except RecursionError:
            raise PolicyError(source, [f"{source}: nests too deeply"]) from None
        except (OSError, MemoryError, UnicodeError, ValueError) as error:
            raise PolicyError(source, [f"{source}: could not be read ({type(error).__name__})"]) from None
    changes = changes_between(documents[0], documents[1], old, new, setting)
    if not witness:
        return Comparison(old=old, new=new, changes=changes)
    from pytest_apiversion.shell.witness import prove  # noqa: PLC0415  draws values, which most comparisons need not

    breaking = [change for change in changes if change.severity is Severity.ERROR]
    return Comparison(
        old=old, new=new, changes=changes, witnesses=prove(documents[0], documents[1], breaking, seconds=PROOF_SECONDS)
    )


def diff_command(
    old: str,
    new: str,
    *,
    form: str,
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
        old: What clients were given: a file, `-`, `git:REF:PATH` or an http(s) address.
        new: What is to take its place.
        form: A name of `diff_report.FORMATS`.
        witness: Whether breaks are to be proved.
        as_of: The day sunsets are read at; today where not told.
        grace_days: Days a deprecation has to be announced before its sunset.
        preview_grace_days: The same for what is marked `beta`.
        stdin: Standard input.
        out: Where the report goes.
        errors: Where it is said why the input cannot be used.

    Returns:
        0 when nothing breaks, 1 when something does, 2 when the input cannot be used.
    """
    today = as_of or dt.datetime.now(dt.UTC).date()  # noqa: TID251  the one place of this command that reads the clock
    setting = Setting(as_of=today, grace_days=grace_days, preview_grace_days=preview_grace_days)
    try:
        comparison = compare_sources(old, new, stdin=stdin, setting=setting, witness=witness)
    except PolicyError as error:
        more = f" (and {len(error.mistakes) - 1} more)" if len(error.mistakes) > 1 else ""
        errors.write(printable_line(f"{error.mistakes[0]}{more}") + "\n")
        return 2
    out.writelines(printable_line(line) + "\n" for line in FORMATS[form](comparison))
    return 1 if comparison.breaking else 0


def printable_line(line: str) -> str:
    """A line a terminal can be given: nothing in it moves the cursor, breaks the line, or cannot be encoded."""
    if line.isprintable():
        return line
    kept = "".join(letter if letter.isprintable() or letter == " " else "\N{REPLACEMENT CHARACTER}" for letter in line)
    return kept.encode("utf-8", "replace").decode("utf-8")
