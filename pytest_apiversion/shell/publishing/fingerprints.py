"""Names of causes that stay the same from run to run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from pytest_apiversion.shell.publishing.report_values import Values, every_cause


def causes_by_name(policy: Values) -> Iterator[tuple[str, Values]]:
    """Every cause of a policy, those that others explain too, each with a name that no other of the policy has.

    It is made of the check and of the first place where its promise stands: not of what was drawn, of the day, or of words.
    """
    seen: Counter[str] = Counter()
    for cause in every_cause(policy["causes"]):
        place = min(policy["findings"][number]["place"] for number in cause["findings"])
        text = "\0".join((policy["name"], cause["code"], place))
        seen[text] += 1
        again = f"\0{seen[text]}" if seen[text] > 1 else ""
        yield hashlib.sha256(f"{text}{again}".encode("utf-8", "backslashreplace")).hexdigest(), cause
