"""A run as Markdown: for a pull request, and for the summary of a CI job."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pytest_apiversion.shell.publishing.report_values import (
    Values,
    counts,
    day,
    every_cause,
    example,
    file_name,
    heading,
    known,
    matrix,
    requirements_of,
    where,
    word,
)

_LONGEST = 60_000
"""Characters; what takes comments takes 65 536."""
_LONGEST_VALUE = 300
_LONGEST_LINE = 2_000
_TELLING = ("broken", "not exercised")

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&-])")


def markdown(report: Values) -> str:
    """The page.

    Args:
        report: What the JSON report holds.
    """
    parts: list[str] = []
    left = _LONGEST
    for policy in report["policies"]:
        for part in _policy(policy, report):
            left -= len(part) + 1
            if left < 0:
                return "\n".join([*parts, "", "There is more: the JSON and HTML reports have it.", ""])
            parts.append(part)
    return "\n".join([*parts, ""])


def plain(text: str) -> str:
    """A text of one line in which nothing is Markdown, HTML, a reference or somebody's name."""
    escaped = _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
    return re.sub(r"(@|#(?=\d)|:(?=//)|\bwww(?=\.))", "\\1\u2060", escaped)


def code(text: str, longest: int = _LONGEST_VALUE) -> str:
    """A text of one line as code, cut."""
    line = " ".join(text.split())
    line = line if len(line) <= longest else f"{line[:longest]}…"
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    return f"{fence} {line} {fence}" if "`" in line else f"`{line}`" if line else ""


def _policy(policy: Values, report: Values) -> Iterator[str]:
    yield f"## API versions: {plain(policy['name'])}"
    yield ""
    told = ", ".join(f"{count} {name}" for name, count in counts(policy).items())
    yield (
        f"{code(file_name(policy['source']))} as of {day(report['as_of'])}: {policy['exchanges']} exchanges, "
        f"seed {report['seed']}. Promises by version: {told or 'none'}."
    )
    for warning in policy.get("warnings", ()):
        yield ""
        yield f"**Warning:** {plain(warning)}"
    yield ""
    yield from _matrix(policy)
    for cause in policy["causes"]:
        yield from _cause(policy, cause)
    broken = [row for row in policy["requirements"] if row["verdict"] in _TELLING]
    if broken:
        yield ""
        yield "### Requirements"
        yield ""
        yield from (f"- {plain(row['id'])} {row['verdict']}: {plain(row['text'])}" for row in broken)
    if policy["milestones"]:
        yield ""
        rows = [f"{day(row['at'])} {plain(row['version'])} {plain(row['what'])}" for row in policy["milestones"][:5]]
        yield f"Next: {'; '.join(rows)}."
    yield ""


def _matrix(policy: Values) -> Iterator[str]:
    """The rows that a red run is read for, and how many others there are."""
    versions, rows = matrix(policy)
    told = [row for row in rows if any(_telling(cell) for cell in row[2])]
    if not told:
        yield f"Nothing against {len(rows)} promises."
        return
    yield _row(["promise", *(f"{plain(name)}<br>{policy['versions'][name]}" for name in versions)])
    yield _row(["---"] * (len(versions) + 1))
    for name, title, cells in told:
        words = [f"**{word(cell)}**" if cell and cell["verdict"] == "broken" else word(cell) for cell in cells]
        yield _row([f"{name} {plain(title)}", *words])
    if len(told) < len(rows):
        yield ""
        yield f"And nothing against {len(rows) - len(told)} other promises."


def _telling(cell: Values | None) -> bool:
    return cell is not None and (bool(cell["findings"] or cell["warnings"]) or cell["verdict"] == "not exercised")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cause(policy: Values, cause: Values) -> Iterator[str]:
    first = example(policy, cause)
    yield ""
    yield f"### {plain(heading(cause))}"
    yield ""
    yield f"- at {plain(cause['at'])}"
    if cause["seen"]:
        yield f"- seen {plain(cause['seen'])}"
    for row in requirements_of(policy, cause["code"]):
        yield f"- {plain(row['id'])}: {plain(row['text'])}"
    if reason := known(policy, cause):
        yield f"- known: {plain(reason)}"
    if first["summary"] != cause["cause"]:
        yield f"- example {plain(where(first))}: {plain(first['summary'])}"
    if first["expected"]:
        yield f"- expected {code(first['expected'])}"
    if first["received"]:
        yield f"- received {code(first['received'])}"
    yield f"- promised at {code(first['place'])}, {code(first['file'] + ':' + str(first['line']))}"
    for other in list(every_cause(cause["also"]))[:6]:
        yield f"- also {plain(heading(other))}"
    if first["reproduce"] and len(first["reproduce"]) <= _LONGEST_LINE:
        fence = "`" * max(3, max((len(run) for run in re.findall("`+", first["reproduce"])), default=0) + 1)
        yield ""
        yield f"{fence}shell\n{first['reproduce']}\n{fence}"
