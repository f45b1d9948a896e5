"""An OpenAPI document that was read, ready to be compared."""

from __future__ import annotations

import re
from typing import Any

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.diff.document import Document
from pytest_apiversion.shell.openapi.swagger2_upgrade import upgrade


def document_of(raw: dict[str, Any], source: str) -> Document:
    """A read document, ready to be compared.

    Raises:
        PolicyError: It is no OpenAPI document this package reads.
    """
    told = str(raw.get("openapi", raw.get("swagger", "")))
    field = "swagger" if "swagger" in raw and "openapi" not in raw else "openapi"
    known = re.fullmatch(r"(3\.[012])(\.\d+)?(-.*)?" if field == "openapi" else r"(2)(\.0)?", told)
    if not known:
        raise PolicyError(
            source, [f"{source} /{field}: expected 3.0, 3.1, 3.2 (or `swagger` 2.0), got {told[:40] or 'none'}"]
        )
    for name in ("paths", "components"):
        if not isinstance(raw.get(name, {}), dict):
            raise PolicyError(source, [f"{source} /{name}: expected an object, got something else"])
    document = Document(raw, known[1]) if field == "openapi" else Document(upgrade(raw), "3.0")
    if rings := document.rings():
        raise PolicyError(source, [f"{source} {one}: the reference leads round in a ring" for one in rings])
    return document
