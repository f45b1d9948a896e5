"""The table of rules: each rule has its mirror image, or a written reason to have none."""

from __future__ import annotations

import re
import string

import pytest

from pytest_apiversion.core.contracts.change_rule import Action, Area, Direction, Kind, Rule
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.diff.rules import names, rule, tables

RULES = [rule(name) for name in names()]

NO_OTHER_DIRECTION = {
    "property-of-closed-object": "a response that lacks a member breaks a client whether its object is open or closed",
    "read-only": "a response shows a read-only member as any other",
    "required-read-only": "a response shows a read-only member as any other",
    "write-only": "a request has a write-only member as any other",
    "optional-parameter": "what a service sends beside the body are headers",
    "required-parameter": "what a service sends beside the body are headers",
    "parameter-place": "headers have one place",
    "required-parameter-place": "headers have one place",
    "parameter-name": "names of headers have no capitals of their own",
    "required-parameter-name": "names of headers have no capitals of their own",
    "parameter-required": "what a service sends beside the body are headers",
    "optional-header": "what a client sends beside the body are parameters",
    "required-header": "what a client sends beside the body are parameters",
    "header-required": "what a client sends beside the body are parameters",
    "any-of-alternative": "a request may have one more alternative of either kind: alternative-added",
    "parameter-default": "nobody leaves a header to be guessed: the service says what it means",
    "parameter-reserved-characters": "only query parameters may have them",
    "parameter-empty-value": "only query parameters may be empty",
    "parameter-after-sunset": "headers have no sunset",
    "parameter-before-sunset": "headers have no sunset",
    "unstable-parameter": "headers have no stability",
    "required-body": "a client reads a body that is there and needs none that is not",
    **{
        f"parameter-{one}": "headers have neither sunset nor stability"
        for one in (
            *("deprecation-without-sunset", "sunset-grace", "sunset", "sunset-date", "sunset-syntax"),
            *("stability", "stability-level"),
        )
    },
}
"""Subject of a rule -> why there is none for data that travel the other way."""

NO_OPPOSITE = {
    "property-of-closed-object": "a member that a closed object comes to take was optional before: optional-property-added",
    "property-after-sunset": "nothing is added by its sunset",
    "property-before-sunset": "nothing is added by its sunset",
    "further-success-status": "a success that goes is no longer answered, whatever `default` says: success-status-removed",
    "unstable-property": "an unstable member is added like any other",
    "parameter-after-sunset": "nothing is added by its sunset",
    "parameter-before-sunset": "nothing is added by its sunset",
    "unstable-parameter": "an unstable parameter is added like any other",
    "operation-after-sunset": "nothing is added by its sunset",
    "operation-before-sunset": "nothing is added by its sunset",
    "deprecated-operation": "nothing is added deprecated",
    "unstable-operation": "an unstable operation is added like any other",
    "any-of-alternative": "one alternative fewer is one fewer of either kind: alternative-removed",
    "security-credentials": "credentials that are enough without others are an alternative: security-alternative-added",
    "required-read-only": "a member that becomes read-only need no longer be sent: property-became-read-only",
    "operation-deprecation-without-sunset": "a sunset that comes is told by itself: sunset-added",
    "parameter-deprecation-without-sunset": "a sunset that comes is told by itself: sunset-added",
    "property-deprecation-without-sunset": "a sunset that comes is told by itself: sunset-added",
}
"""Subject of a rule -> why nothing undoes it."""

HOLDS = {"schema": Area.SCHEMA, "bodies": Area.BODY}
"""First word of a file's name -> its area, where that is spelled differently."""

_PAIRS = (
    (Action.ADD, Action.REMOVE),
    (Action.INCREASE, Action.DECREASE),
    (Action.WIDEN, Action.NARROW),
    (Action.CHANGE, Action.CHANGE),
)
UNDONE_BY = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
"""Action -> the action that undoes it."""

COORDINATES = {(one.direction, one.subject, one.action) for one in RULES}


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_a_rule_is_found_by_its_id_and_says_what_it_means(one: Rule) -> None:
    """A rule is found by its id; its text has no placeholder nobody fills; its reason is a sentence; its direction is the first word of its id."""
    fields = {field for _, field, _, _ in string.Formatter().parse(one.text) if field is not None}

    assert rule(one.id) is one
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", one.id)
    assert fields <= {"name", "before", "after"}
    assert re.fullmatch(r"[A-Z].*[^.\s]\.", one.reason)
    assert (one.id.partition("-")[0] == one.direction.value) == (one.direction is not Direction.NONE)


def test_no_two_rows_have_one_id() -> None:
    """Each row of each table is a rule of its own: none hides another of the same id."""
    rows = [one.id for table in tables().values() for one in table]

    assert sorted(rows) == list(names())


def test_an_unknown_id_is_no_rule() -> None:
    """Who asks for a rule that there is not is told so."""
    with pytest.raises(LookupError, match="no-such-rule"):
        rule("no-such-rule")


@pytest.mark.parametrize("name", tables())
def test_a_table_holds_one_area(name: str) -> None:
    """A file of rules is named after its area, or after the keywords of schemas it is about; marks of the lifecycle have one of their own."""
    areas = {one.area for one in tables()[name]}
    marks = {one.kind is Kind.LIFECYCLE for one in tables()[name]}

    assert marks == {name == "lifecycle"}
    assert name == "lifecycle" or areas == {HOLDS.get(name.partition("_")[0]) or Area(name)}


def test_every_rule_has_a_place_of_its_own() -> None:
    """No two rules are about the same action on the same thing."""
    assert len(COORDINATES) == len(RULES)


@pytest.mark.parametrize("one", [one for one in RULES if one.direction is not Direction.NONE], ids=lambda one: one.id)
def test_a_rule_has_its_mirror_in_the_other_direction(one: Rule) -> None:
    """What a request can do a response can do, or somebody has written down why not."""
    other = Direction.RESPONSE if one.direction is Direction.REQUEST else Direction.REQUEST
    mirrored = (other, one.subject, one.action) in COORDINATES

    assert mirrored != (one.subject in NO_OTHER_DIRECTION), f"{one.subject}: a mirror and a reason exclude each other"


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_a_rule_has_its_opposite(one: Rule) -> None:
    """What can be done can be undone, or somebody has written down why not."""
    undone = (one.direction, one.subject, UNDONE_BY[one.action]) in COORDINATES

    assert undone != (one.subject in NO_OPPOSITE), f"{one.subject}: an opposite and a reason exclude each other"


@pytest.mark.parametrize("reasons", [NO_OTHER_DIRECTION, NO_OPPOSITE], ids=["direction", "opposite"])
def test_reasons_are_about_rules_that_exist(reasons: dict[str, str]) -> None:
    """A reason that no rule needs any more is removed."""
    assert reasons.keys() <= {one.subject for one in RULES}


@pytest.mark.parametrize(
    "one",
    [one for one in RULES if one.area is Area.SCHEMA and one.action in {Action.WIDEN, Action.NARROW}],
    ids=lambda one: one.id,
)
def test_a_request_may_only_widen_and_a_response_may_only_narrow(one: Rule) -> None:
    """A rule in the harmless direction is information, and one in the other weighs more, but for additions clients ignore."""
    harmless = (one.action is Action.WIDEN) == (one.direction is Direction.REQUEST)
    ignored = one.id in {"response-additional-properties-opened", "response-unevaluated-properties-opened"}

    assert (one.severity is Severity.INFO) == (harmless or ignored)
