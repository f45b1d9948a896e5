"""The `apiversion report` command: runs read from their JSON files, together, in another format."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.publishing.formats import FORMATS
from pytest_apiversion.shell.reporting.json_reader import read_runs
from pytest_apiversion.shell.reporting.json_report import report_of, report_text
from pytest_apiversion.shell.texts.atomic_files import replace_file

JSON = "json"
"""The format that is read; runs put together may be written in it, too."""


def report_command(runs: Sequence[Path], *, files: Mapping[str, str], out: TextIO, errors: TextIO) -> int:
    """Write what some runs say together.

    Args:
        runs: Files that `--apiversion-json` wrote.
        files: Where to, by format; `-` is the output.
        out: The output.
        errors: Where mistakes are told.

    Returns:
        0 when written, 2 when something cannot be read or written.
    """
    lacking = [f"--{name}: {said}" for name in files if name != JSON and (said := FORMATS[name].lacks())]
    wanted = [f"--{name}" for name in (JSON, *FORMATS)]
    if not files:
        lacking = [f"expected a format: {', '.join(wanted)}"]
    if lacking:
        errors.writelines(f"apiversion: {said}\n" for said in lacking)
        return 2
    texts: list[str] = []
    try:
        session, sentences = read_runs(runs)
        errors.writelines(f"apiversion: {each}\n" for each in sentences)
        report = report_of(session)
        values = json.loads(json.dumps(report))
        for name, file in files.items():
            text = report_text(report) if name == JSON else FORMATS[name].write(values)
            if file == "-":
                texts.append(text)
            else:
                Path(file).parent.mkdir(parents=True, exist_ok=True)
                replace_file(Path(file), text.encode())
    except (PolicyError, OSError) as error:
        errors.write(f"apiversion: {error}\n")
        return 2
    out.writelines(texts)
    return 0
