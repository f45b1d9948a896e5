"""A run as SARIF 2.1.0, which code hosts and editors show at the line of a file: a result for each cause."""

from __future__ import annotations

import json
from importlib import metadata
from typing import Any
from urllib.parse import quote

from pytest_apiversion.shell.publishing.fingerprints import causes_by_name
from pytest_apiversion.shell.publishing.report_values import Values, every_cause, example, known, where

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_MOST_RELATED = 20
_MOST_RESULTS = 5_000
"""What GitHub shows of one run."""


def sarif(report: Values) -> str:
    """The log.

    Args:
        report: What the JSON report holds.
    """
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return f"{json.dumps(log, indent=1)}\n"


def _run(report: Values) -> dict[str, Any]:
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for policy in report["policies"]:
        for cause in every_cause(policy["causes"]):
            rules.setdefault(cause["code"], _rule(policy, cause))
    numbers = {code: number for number, code in enumerate(sorted(rules))}
    for policy in report["policies"]:
        results += [_result(policy, cause, name, numbers, report["baseline"]) for name, cause in causes_by_name(policy)]
    return {
        "tool": {
            "driver": {
                "name": "pytest-apiversion",
                "version": metadata.version("pytest-apiversion"),
                "rules": [rules[code] for code in numbers],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": results[:_MOST_RESULTS],
        "properties": {"as_of": report["as_of"], "seed": report["seed"]},
    }


def _rule(policy: Values, cause: Values) -> dict[str, Any]:
    texts = [row["text"] for row in policy["requirements"] if cause["code"] in row["codes"]]
    return {
        "id": cause["code"],
        "shortDescription": {"text": cause["promise"]},
        "fullDescription": {"text": " ".join(texts) or cause["promise"]},
        "help": {"text": f"pytest --apiversion-explain={cause['code']} says what it asks, why, and how to silence it."},
        "defaultConfiguration": {"level": _LEVELS[cause["severity"]]},
    }


def _result(policy: Values, cause: Values, name: str, numbers: dict[str, int], baseline: Any) -> dict[str, Any]:
    first = example(policy, cause)
    others = [policy["findings"][number] for number in cause["findings"][1:]]
    lines = [cause["cause"], f"at {cause['at']}", f"example {where(first)}: {first['summary']}"]
    lines += [f"{word} {first[key]}" for word, key in _DETAILS if first[key]]
    related = [_location(each, f"{where(each)}: {each['summary']}") for each in others[:_MOST_RELATED]]
    return {
        "ruleId": cause["code"],
        "ruleIndex": numbers[cause["code"]],
        "level": _LEVELS[cause["severity"]],
        "message": {"text": "\n".join(lines)},
        "locations": [_location(first)],
        **({} if baseline is None else {"baselineState": "unchanged" if known(policy, cause) else "new"}),
        "occurrenceCount": max(1, cause["count"]),
        "partialFingerprints": {"cause/v1": name},
        **({"relatedLocations": related} if related else {}),
        "properties": {
            "policy": policy["name"],
            "findings": [first["fingerprint"], *(e["fingerprint"] for e in others)],
        },
    }


_DETAILS = (("expected", "expected"), ("received", "received"), ("promised", "place"), ("repeat", "reproduce"))


def _location(finding: Values, text: str = "") -> dict[str, Any]:
    place = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(finding["file"])},
            "region": {"startLine": finding["line"]},
        },
        "logicalLocations": [{"fullyQualifiedName": where(finding) or finding["place"], "kind": "resource"}],
    }
    return {**place, "message": {"text": text}} if text else place


def _uri(file: str) -> str:
    path = file.replace("\\", "/")
    whole = path.startswith("/") or path[1:2] == ":"
    return f"file:///{quote(path.lstrip('/'))}" if whole else quote(path)
