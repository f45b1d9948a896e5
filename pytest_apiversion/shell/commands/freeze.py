"""The `apiversion freeze` command: makes a document the frozen contract of a version."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.connection import PLAIN, Connection
from pytest_apiversion.shell.commands.connection_arguments import warning_of
from pytest_apiversion.shell.comparison.formats import FORMATS
from pytest_apiversion.shell.comparison.freeze import DOCUMENT_PATH, State, freeze_sentence, freeze_source
from pytest_apiversion.shell.comparison.sources import Bounds
from pytest_apiversion.shell.texts.printable import printable_line

if TYPE_CHECKING:
    from typing import BinaryIO, TextIO


def freeze_command(
    source: str,
    policy: Path,
    version: str,
    *,
    form: str,
    path: str = DOCUMENT_PATH,
    check: bool = False,
    as_of: dt.date | None = None,
    root: Path | None = None,
    connection: Connection = PLAIN,
    stdin: BinaryIO,
    out: TextIO,
    errors: TextIO,
) -> int:
    """Freeze a document and tell what came of it.

    Returns:
        0 when it is frozen (or would be), 1 when it breaks what is frozen already, 2 when the input cannot be used.
    """
    try:
        bounds = Bounds(root=root, connection=connection)
        frozen = freeze_source(source, policy, version, path=path, check=check, as_of=as_of, stdin=stdin, bounds=bounds)
    except PolicyError as error:
        named = error.mistakes[0].startswith(error.source)
        errors.writelines(printable_line(line) + "\n" for line in (error.mistakes if named else str(error).split("\n")))
        return 2
    errors.write(warning_of(connection))
    errors.writelines(f"warning: {printable_line(note)}\n" for note in frozen.comparison.notes)
    if frozen.comparison.changes or form == "json":
        out.writelines(printable_line(line) + "\n" for line in FORMATS[form](frozen.comparison))
    told = out if form == "text" and frozen.state is not State.REFUSED else errors
    told.write(printable_line(freeze_sentence(frozen, check=check)) + "\n")
    return 1 if frozen.state is State.REFUSED else 0
