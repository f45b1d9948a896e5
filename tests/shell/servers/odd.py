"""What every odd API of this folder is: an application, a policy file, and contracts by file name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.shell.servers.kit import Api


@dataclass(frozen=True, kw_only=True)
class Odd:
    """An odd API.

    Attributes:
        app: The application.
        policy: The text of its policy file; `${ODD_URL}` is where it runs.
        contracts: Contracts by file name without its ending.
        prefix: What stands before every path, put into the base URL.
        barren: Operations that honestly cannot succeed.
    """

    app: Api
    policy: str
    contracts: Mapping[str, Any]
    prefix: str = ""
    barren: tuple[str, ...] = ()


Make = Callable[[], Odd]
