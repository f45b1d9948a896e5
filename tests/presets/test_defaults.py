"""A declared default is held through every carrier: who names no version is answered, and a server that refuses them is found."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import ClassVar

import pytest
from werkzeug.http import parse_options_header
from werkzeug.wrappers import Request, Response

from pytest_apiversion.shell.catalogue.entries import carriers
from tests.apps import kit
from tests.presets.kit import Life, Shop, contract
from tests.shell.running import TODAY, Result, run_file
from tests.thorough import drawn, sample

CARRIERS = {
    "path": 'path = { template = "/v{version}" }',
    "header": 'header = { name = "X-Version" }',
    "query": 'query = { name = "version" }',
    "accept": 'accept = { parameter = "version" }',
    "host": 'host = { template = "v{version}.shop.test" }',
}
"""Every carrier of the package, and how the shop reads it."""

REFUSALS = (400, 404, 406, 500)
"""What a server says to who names no version, where it should serve them."""


@dataclass(kw_only=True)
class Defaulting(Shop):
    """A shop that takes the version from one place, and has a default."""

    lives: ClassVar[Mapping[str, Life]] = {"1": Life(), "2": Life(), "3": Life()}
    carrier: str
    refusal: int | None = None
    default: str = "2"

    def select(self, request: Request) -> tuple[str, str]:
        """The version that is named, or the default."""
        name, path = self._named(request)
        if name is None and self.refusal is not None:
            raise kit.ApiError(self.refusal, "NO_VERSION", "a version is required")
        if name is None:
            return self.default, path
        if name not in self.lives:
            raise kit.ApiError(400, "VERSION", "there is no such version")
        return name, path

    def _named(self, request: Request) -> tuple[str | None, str]:
        if self.carrier == "path":
            match = re.match(r"/v([^/]*)(?=/)", request.path)
            return (match[1], request.path[match.end() :]) if match else (None, request.path)
        if self.carrier == "host":
            host = re.fullmatch(r"v(.*)\.shop\.test", request.host.partition(":")[0])
            return (host[1] if host else None), request.path
        if self.carrier == "accept":
            return parse_options_header(request.headers.get("Accept", ""))[1].get("version"), request.path
        given = request.headers if self.carrier == "header" else request.args
        return given.get("X-Version" if self.carrier == "header" else "version"), request.path

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """A code and a sentence."""
        return kit.reply({"code": error.code, "message": error.message}, error.status)


def held(folder: Path, carrier: str, *, refusal: int | None = None, default: str = "2", inside: bool = False) -> Result:
    """Hold a shop to a policy that says version 2 answers who names none: for the API, or inside the carrier's table."""
    lines = ['[api]\nname = "Shop"\nbase_url = "${SHOP_URL}"', '[versioning]\nscheme = "integer"']
    said = 'missing = { default = "2" }'
    lines.append(f'carriers = ["{carrier}"]')
    lines += [CARRIERS[carrier].replace(" }", f", {said} }}")] if inside else [CARRIERS[carrier], said]
    if carrier not in {"path", "host"}:
        lines.append("empty = { reject = 400 }")
    for age, name in enumerate(Defaulting.lives):
        (folder / f"{name}.json").write_text(json.dumps(contract(age)), "utf-8")
        lines.append(f'[versions.{name}]\ncontract = "{name}.json"')
    (folder / "apiversion.toml").write_text("\n".join(lines) + "\n", "utf-8")
    with kit.serving(Defaulting(today=TODAY, carrier=carrier, refusal=refusal, default=default)) as url:
        return run_file(folder / "apiversion.toml", {"SHOP_URL": url}, max_examples=drawn(2))


@pytest.mark.parametrize("carrier", sample(CARRIERS, 2))
def test_an_honest_default_is_held(carrier: str, tmp_path: Path) -> None:
    """No finding, and AV207 was tried for every version."""
    result = held(tmp_path, carrier)

    assert result.said == []
    assert all("AV207" in result.exercised(version) for version in Defaulting.lives)


@pytest.mark.parametrize(("carrier", "status"), sample(product(CARRIERS, REFUSALS), 7))
def test_a_refused_default_is_found(carrier: str, status: int, tmp_path: Path) -> None:
    """Whatever the refusal is, AV207 says so, and no other check does."""
    result = held(tmp_path, carrier, refusal=status)

    assert result.codes == {"AV207"}, result.said
    assert {finding.version for finding in result.findings} == {"1", "2", "3"}


@pytest.mark.parametrize("carrier", sample(CARRIERS, 4))
def test_a_default_of_one_carrier_is_held(carrier: str, tmp_path: Path) -> None:
    """A default that stands in the carrier's own table is a promise as well."""
    result = held(tmp_path, carrier, refusal=404, inside=True)

    assert result.codes == {"AV207"}, result.said


def test_every_carrier_is_tried() -> None:
    """A carrier that comes to the package comes to this table."""
    assert CARRIERS.keys() == carriers().keys()


@pytest.mark.parametrize("carrier", sample(CARRIERS, 3))
def test_another_default_is_found(carrier: str, tmp_path: Path) -> None:
    """A version that is not the declared one may answer as well as it likes."""
    result = held(tmp_path, carrier, default="3")

    assert result.codes == {"AV207"}, result.said
