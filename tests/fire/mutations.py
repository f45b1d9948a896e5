"""Broken files: contracts and policies with something changed, which are read or refused with every mistake, and nothing else."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import random
import tempfile
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Response

from pytest_apiversion.cli import main
from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.target.load import load_target
from tests.apps.kit import serving
from tests.fire.result import Result
from tests.plugin.small_api import POLICY, write_suite

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 10**30, 10**400, "", "\0", "\ud800", "x" * 5000, [], {}, [[]], {"": None},
    {"$ref": "#"}, {"$ref": "#/paths"}, {"$ref": "a\0b.json"}, {"$ref": "#/components/schemas/Thing"},
    {"allOf": [{"$ref": "#/components/schemas/Thing"}] * 2}, {"$dynamicRef": "#x", "$dynamicAnchor": "x"}, "${X}", "{", "/{id}/{id}", "2026-13-01", "http://[x",
)  # fmt: skip
"""Values that stand where another belongs."""

_BEGUN = 10
"""`apiversion init` looks at one of so many changed contracts as well: it takes some tenths of a second."""
_ENVIRONMENT = {"SMALL_URL": "http://127.0.0.1:9", "SMALL_TOKEN": "s3cr3t-T0ken"}
_VALUES = ("1", "1" + "0" * 400, '"http://[x"', "true", "[]", "{}", "2026-02-30", '""', "nan", "[[1]]")
_LINES = (
    "",
    "[api]",
    "[[headers]]",
    "x = 1",
    '"',
    "[versions.v9]",
    "carriers = []",
    "a.b.c = {}",
    "\x00",
    "\t]",
    "sunset = 1-1-1",
)


def mutations(seed: int, most: int) -> Result:
    """Contracts and policies with one to three changes each, half of either; some of the contracts are given to `apiversion init`."""
    result, chance = Result(name="mutated contracts and policies"), random.Random(seed)  # noqa: S311  a seed
    page = Response("<html></html>", content_type="text/html")
    with tempfile.TemporaryDirectory() as name, serving(page) as url:
        folder = Path(name)
        policy = write_suite(folder)
        contract = folder / "v2.json"
        document, text = json.loads(contract.read_text("utf-8")), POLICY.lstrip()
        for number in range(most):
            if number % 2:
                contract.write_text(json.dumps(_changed(document, chance)), "utf-8")
                policy.write_text(text, "utf-8")
            else:
                contract.write_text(json.dumps(document), "utf-8")
                policy.write_text(_rewritten(text, chance), "utf-8", "surrogatepass")
            with result.case(f"{seed}/{number}", PolicyError):
                if number % (2 * _BEGUN) == 1:
                    _begin(contract, url, folder)
                load_target(policy, _ENVIRONMENT)
    return result


def _begin(contract: Path, url: str, folder: Path) -> None:
    """Have `apiversion init` read a contract, of a service that answers everything with a page."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        main(["init", str(contract), "--base-url", url, "--policy", str(folder / "begun.toml"), "--yes", "--no-run"])


def _changed(document: Any, chance: random.Random) -> Any:
    made = copy.deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        places = list(_places(made))
        holder, key = chance.choice(places)
        act = chance.randrange(4)
        if act == 0:
            del holder[key]
        elif act == 1 and isinstance(holder, dict):
            holder[chance.choice(("$ref", "type", "pattern", "items", "properties", "allOf", "x"))] = copy.deepcopy(
                chance.choice(ODD)
            )
        elif act == 2:
            other, there = chance.choice(places)
            holder[key] = copy.deepcopy(other[there]) if there in other or isinstance(other, list) else None
        else:
            holder[key] = copy.deepcopy(chance.choice(ODD))
        if not made:
            break
    return made


def _places(node: Any) -> Any:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, item in list(items):
        yield node, key
        yield from _places(item)


def _rewritten(text: str, chance: random.Random) -> str:
    lines = text.splitlines()
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        act = chance.randrange(5)
        if act == 0:
            del lines[at]
        elif act == 1:
            lines.insert(at, chance.choice(_LINES))
        elif act == 2:
            cut = chance.randint(0, len(lines[at]))
            lines[at] = (
                lines[at][:cut] + chance.choice("\"'[]{}=.#\\\x01é\u202e0") + lines[at][cut + chance.randint(0, 2) :]
            )
        elif act == 3:
            lines[at] = f"{lines[at].partition(chr(61))[0]}= {chance.choice(_VALUES)}"
        else:
            lines[at], lines[-1 - at] = lines[-1 - at], lines[at]
        if not lines:
            return ""
    return "\n".join(lines)
