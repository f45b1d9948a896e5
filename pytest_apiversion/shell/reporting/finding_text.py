"""A finding as text: what was promised and where, what came back, how to repeat it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.compat.pytest_internals import makes_text
from pytest_apiversion.shell.texts.wrapping import terminal_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pytest

    from pytest_apiversion.core.finding import Finding

_BRIEFLY = 12
"""Findings of one item that the FAILURES section names."""
_SHOWN = 3
"""Findings of one item that the FAILURES section shows the answer and the reproduction of; the page below groups items by promise."""


def finding_text(finding: Finding, policy_file: str) -> str:
    """One finding as a block of lines.

    Args:
        finding: The finding.
        policy_file: The policy file, as the user would type it.
    """
    where = f"{finding.version} {finding.operation}".strip()
    times = f" ({finding.count} times)" if finding.count > 1 else ""
    lines = [f"{finding.code} {finding.promise}{level(finding)} · {where}{times}", f"  {finding.summary}"]
    return "\n".join([*lines, *detail_lines(finding, policy_file)])


def level(finding: Finding) -> str:
    """How much a finding weighs, where that is less than usual."""
    return "" if finding.severity.value == "error" else f" [{finding.severity.value}]"


def detail_lines(finding: Finding, policy_file: str) -> list[str]:
    """What a finding says below its first line."""
    return _rows(
        ("expected", finding.expected.removeprefix("expected ")),
        ("received", finding.received),
        ("promised", f"{finding.place} ({policy_file})"),
        ("repeat", finding.reproduce),
        ("shrunk", finding.shrunk),
    )


def _rows(*rows: tuple[str, str]) -> list[str]:
    return [f"  {name:<10}{indented(text)}" for name, text in rows if text]


def indented(text: str) -> str:
    """A text of several lines below its own beginning."""
    return text.replace("\n", "\n            ")


def shown(path: str | Path, config: pytest.Config) -> str:
    """A file as the user would type it."""
    try:
        return Path(path).relative_to(config.invocation_params.dir).as_posix()
    except ValueError:
        return str(path)


@dataclass(frozen=True, kw_only=True)
class Crash:
    """What pytest's short summary, `--tb=line` and JUnit say of a failure: a place and one line."""

    path: str
    lineno: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A failure as pytest represents one: whole as text (JUnit), by name in the terminal, where the page says the rest.

    Attributes:
        path: The policy file, as the user would type it.
        message: One line.
        text: Everything.
        brief: What the FAILURES section says.
    """

    path: str
    message: str
    text: str
    brief: str

    @property
    def reprcrash(self) -> Crash:
        """The line of the short summary."""
        return Crash(path=self.path, lineno=1, message=self.message)

    def toterminal(self, writer: Any) -> None:
        """Write the brief text; all of it where a text is made for others."""
        if makes_text(writer):
            writer.line(self.text)
            return
        width = terminal_width()
        for whole in self.brief.splitlines():
            for line in wrapped(whole, width):
                writer.line(line)

    def __str__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, str]:
        """Plain values, for reports that cross processes."""
        return {"path": self.path, "message": self.message, "text": self.text, "brief": self.brief}

    @classmethod
    def from_dict(cls, data: Mapping[str, str]) -> Failure:
        """The inverse of `to_dict`."""
        return cls(**data)


def one_line(text: str, policy_file: str) -> Failure:
    """A failure that is said in a sentence."""
    return Failure(path=policy_file, message=text.partition("\n")[0], text=text, brief=text)


def failure(findings: Sequence[Finding], policy_file: str) -> Failure:
    """The failure of an item with these findings, the gravest first."""
    first = findings[0]
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    lines = []
    for number, each in enumerate(findings[:_BRIEFLY]):
        lines.append(f"{each.code} {each.promise}{level(each)}: {each.summary}")
        if number < _SHOWN:
            lines += _rows(("received", each.received), ("repeat", each.reproduce))
    if len(findings) > _BRIEFLY:
        lines.append(f"and {len(findings) - _BRIEFLY} more")
    return Failure(
        path=policy_file,
        message=f"{first.code} {first.promise}: {first.summary}{more}",
        text="\n\n".join(finding_text(finding, policy_file) for finding in findings),
        brief="\n".join(lines),
    )
