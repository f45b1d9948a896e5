"""Findings as text: what was promised and where, what came back, and how to see it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_apiversion.core.finding import Finding


def finding_text(finding: Finding, policy_file: str) -> str:
    """One finding as a block of lines.

    Args:
        finding: The finding.
        policy_file: The policy file, as the user would type it.
    """
    where = f"{finding.version} {finding.operation}".strip()
    times = f" ({finding.count} times)" if finding.count > 1 else ""
    level = "" if finding.severity.value == "error" else f" [{finding.severity.value}]"
    lines = [f"{finding.code} {finding.promise}{level} · {where}{times}", f"  {finding.summary}"]
    return "\n".join([*lines, *detail_lines(finding, policy_file)])


def detail_lines(finding: Finding, policy_file: str) -> list[str]:
    """What a finding says below its first line."""
    lines = [
        f"  expected  {finding.expected}",
        f"  received  {finding.received}",
        f"  promised  {finding.place} ({policy_file})",
    ]
    return [*lines, f"  repeat    {finding.reproduce}"] if finding.reproduce else lines
