"""The foreign suite is run by pytester, in a folder of its own; it is nobody's business here."""

from __future__ import annotations

collect_ignore = ["foreign"]
