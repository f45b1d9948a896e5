"""Hold every declared version of an HTTP API to its policy file and its frozen contracts."""

from __future__ import annotations

__all__: list[str] = []
