"""What `[[lifecycle]]` names is in the contracts, or it is a mistake with its place and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.parts import Part
from pytest_apiversion.shell.target.load import load_target
from tests.shell.policies import ENVIRONMENT, WHOLE, write

ROW = 'operations = ["GET /things/{id}"]\nversions = ["v1"]\n'
NAMES: dict[str, tuple[str, str, str]] = {
    # name: what the file says, what it says instead, and what is told
    "operation": (
        ROW,
        'operations = ["GET /thing/{id}"]\n',
        'lifecycle[0].operations[0]: expected an operation of v1.yaml, v2.yaml, got "GET /thing/{id}"; did you mean "GET /things/{id}"?',
    ),
    "operation-of-another-version": (
        ROW,
        'operations = ["POST /things"]\nversions = ["v1"]\n',
        'lifecycle[0].operations[0]: expected an operation of v1.yaml, got "POST /things"; did you mean "POST /thing"?',
    ),
    "path": (
        ROW,
        'paths = ["/thngs"]\n',
        'lifecycle[0].paths[0]: expected a path, or the beginning of one, of v1.yaml, v2.yaml, got "/thngs"; did you mean "/things"?',
    ),
    "tag": (ROW, 'tags = ["old"]\n', 'lifecycle[0].tags[0]: expected a tag of v1.yaml, v2.yaml, got "old"'),
    "successor": (
        'operation = "POST /things" }',
        'operation = "POST /thing" }',
        'lifecycle[0].successor: expected an operation of v2.yaml, got "POST /thing"; did you mean "POST /things"?',
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_what_no_contract_has_is_a_mistake(name: str, tmp_path: Path) -> None:
    """Operations, paths, tags and successors are those of the contracts of the row's versions."""
    right, wrong, told = NAMES[name]
    with pytest.raises(PolicyError) as caught:
        load_target(write(tmp_path, WHOLE.replace(right, wrong)), ENVIRONMENT)

    assert len(caught.value.mistakes) == 1
    assert told in caught.value.mistakes[0]


def test_every_key_arrives(tmp_path: Path) -> None:
    """A row is read whole: what it is about, its life, how it is announced, what comes after."""
    policy = load_target(write(tmp_path), ENVIRONMENT).policy
    part = policy.parts["v1"]["GET /things/{id}"]

    assert isinstance(part, Part)
    assert list(policy.parts) == ["v1"]
    assert (part.name, part.place, part.versions) == ("GET /things/{id}", "lifecycle[0]", frozenset({"v1"}))
    assert [f"{what} {when:%F}" for what, when in part.lifecycle.milestones()] == [
        "deprecated 2025-06-02",
        "sunset 2026-02-03",
    ]
    assert (part.lifecycle.successor, part.lifecycle.heir) == ("v2", "POST /things")
    assert part.deprecation is not None
    assert [(each.name, each.place) for each in part.deprecation.headers] == [
        ("X-Part-Ends", "lifecycle[0].headers[0]")
    ]
    assert [each.place for each in part.deprecation.links] == ["deprecation.links[0]"]
    assert part.gone is not None
    assert (part.gone.statuses, part.gone.envelope, part.gone.place) == (
        frozenset({404}),
        "problem",
        "lifecycle[0].gone",
    )


def test_a_deprecation_may_have_no_date(tmp_path: Path) -> None:
    """`deprecated = true` of a version, and of a part."""
    text = WHOLE.replace("deprecated = 2025-06-02", "deprecated = true")
    part = load_target(write(tmp_path, text), ENVIRONMENT).policy.parts["v1"]["GET /things/{id}"]

    assert part.lifecycle.undated
    assert part.lifecycle.deprecated is None


MARKED = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
components: {securitySchemes: {key: {type: http, scheme: bearer}}}
paths:
  /api/v1/things/{id}:
    get:
      tags: [old]
      deprecated: true
      x-deprecated-since: "2025-06-02"
      x-sunset: "2026-02-02"
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: A thing.}}
  /api/v1/thing:
    post:
      deprecated: true
      x-sunset: soon
      responses: {"201": {description: A thing.}}
"""


def test_a_contract_says_what_is_deprecated(tmp_path: Path) -> None:
    """`from_contract` reads `deprecated`, `x-deprecated-since` and `x-sunset`, whatever prefix the document's paths carry."""
    start, end = WHOLE.index("[[lifecycle]]"), WHOLE.index("[credentials.key]")
    path = write(tmp_path, f"{WHOLE[:start]}[[lifecycle]]\nfrom_contract = true\n\n{WHOLE[end:]}")
    (tmp_path / "v1.yaml").write_text(MARKED, "utf-8")

    parts = load_target(path, ENVIRONMENT).policy.parts

    assert list(parts) == ["v1"]
    assert {
        key: [f"{what} {when:%F}" for what, when in part.lifecycle.milestones()] for key, part in parts["v1"].items()
    } == {
        "GET /things/{id}": ["deprecated 2025-06-02", "sunset 2026-02-03"],
        "POST /thing": [],
    }
    assert parts["v1"]["POST /thing"].lifecycle.undated
