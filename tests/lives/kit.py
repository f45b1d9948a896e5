"""What a service of this folder is shown by: its policy and contracts, honest days, and bugs each found by its own checks."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.apps.kit import serving
from tests.shell.running import Result, run_file

_FEW = 4
"""Requests that are drawn for an operation: some bugs show in every fourth only."""
BEFORE, WHILE, LAST, AFTER = "2026-05-31", "2026-07-01", "2026-11-30", "2026-12-01"
"""Days round the end of a part: before it is deprecated, while it is, the last one, and the first one after its sunset."""
DEPRECATED, SUNSET = dt.date(2026, 6, 1), dt.date(2026, 12, 1)
ENDING = f"""deprecated = {DEPRECATED}
sunset = {SUNSET}T00:00:00Z"""
"""What a row of `[[lifecycle]]` says of such a part."""
ANNOUNCED = """headers = [
  { name = "Deprecation", dialect = "sf-date", date = "deprecated" },
  { name = "Sunset", dialect = "imf-fixdate", date = "sunset" },
]"""
"""How it is announced, as `[deprecation]` says it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bug:
    """A planted bug: the day it shows on, the codes that speak of it, and why, where several do.

    Attributes:
        sequels: Codes of checks that may speak beside those: whether they do depends on what is drawn.
        slips: What stands wrong in the files, where the service is right: the text by file, and what stands there instead.
    """

    day: str
    codes: tuple[str, ...]
    reason: str = ""
    sequels: tuple[str, ...] = ()
    slips: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Life:
    """A service whose policy says what single versions cannot.

    Attributes:
        name: Its name in the table of bugs.
        policy: Its policy file; `${ODD_URL}` is where it answers.
        documents: Its contracts by file name, and files of text beside them.
        make: The service on a day, honest or with one bug, as a WSGI application.
        honest: The days it is honest on, and what is held then, at least.
        bugs: Its bugs by name.
        subject: The version whose promises are looked at.
        environment: Variables of the environment beside `ODD_URL`.
        whole: Whether everything that its policy promises can be exercised; a service of one operation shows little.
    """

    name: str
    policy: str
    documents: Mapping[str, Any]
    make: Callable[[dt.datetime, str], Any]
    honest: Mapping[str, frozenset[str]]
    bugs: Mapping[str, Bug] = field(default_factory=dict)
    subject: str = "v1"
    whole: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)

    def write(
        self, folder: Path, policy: str | None = None, documents: Mapping[str, Any] | None = None, bug: str = ""
    ) -> Path:
        """The policy file with its contracts, and with what a bug has wrong in them."""
        slips = self.bugs[bug].slips if bug in self.bugs else {}
        files = {"apiversion.toml": self.policy if policy is None else policy}
        for name, content in {**(self.documents if documents is None else documents), **files}.items():
            text = content if isinstance(content, str) else json.dumps(content)
            old, new = slips.get(name, ("", ""))
            assert old in text, f"{name} has no {old}"
            (folder / name).write_text(text.replace(old, new) if old else text, "utf-8")
        return folder / "apiversion.toml"

    @contextlib.contextmanager
    def serving(self, day: str, bug: str = "") -> Iterator[str]:
        """The service at an instant (a day is its first), on a real socket."""
        with serving(self.make(instant(day), bug)) as url:
            yield url

    def run(self, folder: Path, day: str, bug: str = "", **files: Any) -> Result:
        """Hold the service to its policy."""
        with self.serving(day, bug) as url:
            return run_file(
                self.write(folder, bug=bug, **files),
                {"ODD_URL": url, **self.environment},
                as_of=instant(day),
                few=_FEW,
            )


def instant(day: str) -> dt.datetime:
    """The first instant of a day, or an instant, in UTC."""
    found = dt.datetime.fromisoformat(day)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
