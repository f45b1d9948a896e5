"""What CI servers and badges read: GitLab's code quality, GitHub's annotations, an endpoint badge."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pytest_apiversion.shell.publishing.fingerprints import causes_by_name
from pytest_apiversion.shell.publishing.report_values import Values, example, heading, where

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_MOST = 10
"""Annotations of a kind that GitHub shows of one step."""
_COLOURS = {"broken": "red", "not exercised": "yellow", "not run": "yellow", "held": "brightgreen"}


def code_quality(report: Values) -> str:
    """GitLab's code quality: an issue for each cause, at the line of its promise."""
    issues = [
        {
            "description": f"{heading(cause)}: {cause['at']}",
            "check_name": cause["code"],
            "fingerprint": name,
            "severity": _SEVERITIES[cause["severity"]],
            "location": {
                "path": example(policy, cause)["file"],
                "lines": {"begin": example(policy, cause)["line"]},
            },
        }
        for policy in report["policies"]
        for name, cause in causes_by_name(policy)
    ]
    return f"{json.dumps(issues, indent=1)}\n"


def badge(report: Values) -> str:
    """The JSON of an endpoint badge: how many promises are held, broken or not exercised."""
    verdicts = [row["verdict"] for policy in report["policies"] for row in policy["promises"]]
    worst = next((name for name in _COLOURS if name in verdicts), "")
    counted = f"{verdicts.count(worst)} {worst}" if worst else "nothing promised"
    made = {
        "schemaVersion": 1,
        "label": "API versions",
        "message": counted,
        "color": _COLOURS.get(worst, "lightgrey"),
        "isError": worst == "broken",
    }
    return f"{json.dumps(made)}\n"


def workflow_commands(report: Values) -> Iterator[str]:
    """GitHub's workflow commands: a line for each of the first causes, which it shows at the line of the promise."""
    counted = dict.fromkeys(_COMMANDS.values(), 0)
    for policy in report["policies"]:
        for cause in policy["causes"]:
            command, first = _COMMANDS[cause["severity"]], example(policy, cause)
            counted[command] += 1
            if counted[command] > _MOST:
                continue
            text = [f"at {cause['at']}", f"example {where(first)}: {first['summary']}"]
            text += [f"{word} {first[key]}" for word, key in _DETAILS if first[key]]
            yield (
                f"::{command} file={_property(first['file'])},line={first['line']},title={_property(heading(cause))}"
                f"::{_data(chr(10).join(text))}"
            )


_DETAILS = (("expected", "expected"), ("received", "received"), ("promised", "place"), ("repeat", "reproduce"))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
