"""The pytest hooks; each body is one call into the shell."""

from __future__ import annotations
