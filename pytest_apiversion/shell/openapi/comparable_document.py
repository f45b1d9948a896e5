"""An OpenAPI document that was read, ready to be compared."""

from __future__ import annotations

import re
from typing import Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.diff.document import Document
from pytest_apiversion.diff.left_out import MARK
from pytest_apiversion.shell.openapi.broken_parts import Notes, leave_out
from pytest_apiversion.shell.openapi.swagger2_upgrade import upgrade

_USUAL = "3.1"
"""What a document is read as that does not say what it is, where it is read leniently."""


def document_of(raw: dict[str, Any], source: str, notes: Notes | None = None) -> Document:
    """A read document, ready to be compared.

    Args:
        raw: The document.
        source: What it is called.
        notes: What was seen when it was read; where it is read leniently, what else is left out is put there, and left out of `raw` itself.

    Raises:
        PolicyError: It is no OpenAPI document this package reads.
    """

    def hold(place: str, what: str) -> None:
        if notes is None or not notes.lenient:
            raise PolicyError(source, [f"{source} {place}: {what}"])
        notes.leave_out(f"{source} {place}", what)

    told = str(raw.get("openapi", raw.get("swagger", "")))
    field = "swagger" if "swagger" in raw and "openapi" not in raw else "openapi"
    known = re.fullmatch(r"(3\.[012])(\.\d+)?(-.*)?" if field == "openapi" else r"(2)(\.0)?", told)
    if not known:
        hold(f"/{field}", f"expected 3.0, 3.1, 3.2 (or `swagger` 2.0), got {told[:40] or 'none'}")
    for name in ("paths", "components"):
        if not isinstance(raw.get(name, {}), dict):
            hold(f"/{name}", "expected an object, got something else")
            raw[name] = {MARK: True}
    upgraded = upgrade(raw) if field == "swagger" else raw
    dialect = "3.0" if field == "swagger" else known[1] if known else _USUAL
    every = None if notes is None or field == "swagger" else notes.references
    document = Document(upgraded, dialect, partial=notes is not None and bool(notes.left_out), every=every)
    rings = document.rings()
    if rings and (notes is None or not notes.lenient):
        raise PolicyError(source, [f"{source} {one}: the reference leads round in a ring" for one in rings])
    for one in rings:
        leave_out(document.target(one).raw)
        hold(one, "the reference leads round in a ring")
    return Document(upgraded, dialect, partial=True) if rings else document
