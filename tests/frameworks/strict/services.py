"""The three strict services, started and held to their policies."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.apps.kit import serving
from tests.frameworks.serving import serving_asgi
from tests.frameworks.strict import drf, fastapi, reader, reader_contract
from tests.shell.running import Result, run_file


@dataclass(frozen=True, kw_only=True)
class Strict:
    """A strict service.

    Attributes:
        policy: Its policy file.
        contract: Its contract.
        served: Starts it and gives its base URL.
        barren: Operations that nobody can succeed with.
    """

    policy: str
    contract: Callable[[], dict[str, Any]]
    served: Callable[[], contextlib.AbstractContextManager[str]]
    barren: tuple[str, ...] = ()


@contextlib.contextmanager
def _reader() -> Iterator[str]:
    with serving(reader.application(reader.Service())) as url:
        yield url


@contextlib.contextmanager
def _fastapi() -> Iterator[str]:
    with serving_asgi(fastapi.application()) as url:
        yield url


SERVICES = {
    "reader": Strict(
        policy=reader_contract.POLICY,
        contract=lambda: reader_contract.CONTRACT,
        served=_reader,
        barren=("POST /locked", "POST /token"),
    ),
    "fastapi": Strict(policy=fastapi.POLICY, contract=fastapi.contract, served=_fastapi),
    "drf": Strict(policy=drf.POLICY, contract=lambda: drf.CONTRACT, served=drf.served),
}
"""The services by name."""


def run(name: str, folder: Path, *, seed: int) -> Result:
    """Hold a service to its contract."""
    return held(SERVICES[name], folder, seed=seed)


def narrowed(most: int) -> Strict:
    """The service by hand, which takes smaller counts than its contract says."""

    @contextlib.contextmanager
    def served() -> Iterator[str]:
        with serving(reader.application(reader.Service(most=most))) as url:
            yield url

    return replace(SERVICES["reader"], served=served)


def held(service: Strict, folder: Path, *, seed: int) -> Result:
    """Hold a service to its contract."""
    (folder / "apiversion.toml").write_text(service.policy, "utf-8")
    (folder / "v1.json").write_text(json.dumps(service.contract()), "utf-8")
    with service.served() as url:
        return run_file(folder / "apiversion.toml", {"STRICT_URL": url, "STRICT_KEY": "k3y-0"}, seed=seed, whole=True)
