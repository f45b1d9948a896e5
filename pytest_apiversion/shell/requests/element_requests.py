"""Drawn cases with and without an element of their operation that has a life of its own: a parameter, a member, a value of either."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.contracts.elements import Element, ElementKind
from pytest_apiversion.core.http.messages import Request
from pytest_apiversion.core.json.choices import choices
from pytest_apiversion.core.json.pointer import standing
from pytest_apiversion.core.judging.element_use import in_request, is_pair, places_of
from pytest_apiversion.core.policy.element_lives import ended
from pytest_apiversion.shell.json_schema.validators import holds
from pytest_apiversion.shell.openapi.serialization import body_bytes

if TYPE_CHECKING:
    import datetime as dt

    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Pairs
    from pytest_apiversion.shell.target.load import Target


def served_cases(
    target: Target, version: str, operation: Operation, cases: tuple[DrawnCase, ...], at: dt.datetime
) -> tuple[DrawnCase, ...]:
    """The cases without elements that are over at an instant, or not there yet; one that its contract would not take so is left out."""
    mine = [each for each in ended(target.policy, version, operation.key, at) if each.kind is not ElementKind.RESPONSE]
    if not mine:
        return cases
    contract, found = target.contracts[version], []
    for case in cases:
        made = without(operation, case, mine)
        if made is case or case.json is None or holds(contract.schemas, operation.body_schema, made.json):
            found.append(made)
    return tuple(found)


def without(operation: Operation, case: DrawnCase, elements: Iterable[Element]) -> DrawnCase:
    """The case without elements; the case itself where it has none of them."""
    for element in elements:
        if not _has(operation, case, element):
            continue
        if element.kind is ElementKind.REQUEST:
            case = _with_body(case, _cut(case.json, element.name))
            continue
        name = element.name
        for place in places_of(operation, element):
            if place == "query":
                case = replace(case, query=tuple(pair for pair in case.query if not is_pair(pair[0], name)))
            elif place == "header":
                case = replace(case, headers=tuple(pair for pair in case.headers if pair[0].lower() != name.lower()))
            elif place == "cookie":
                case = replace(case, cookies=tuple(pair for pair in case.cookies if pair[0] != name))
    return case


def using(operation: Operation, case: DrawnCase, element: Element, donors: Iterable[DrawnCase]) -> DrawnCase | None:
    """The case with an element: with its own value, or one of a case that has it; None where nobody has one.

    Args:
        operation: The operation.
        case: A case without the element.
        element: The element, of requests.
        donors: Cases to take a value from.
    """
    donor = next((each for each in donors if _has(operation, each, element)), None)
    if element.kind is ElementKind.REQUEST:
        found = standing(donor.json, element.name) if donor is not None else []
        values = list(element.values) or found or _examples(operation, element)
        if not values or not isinstance(case.json, dict | list):
            return None
        made = _put(case.json, element.name, values[0])
        return None if made is None else _with_body(case, made)
    place = places_of(operation, element)[0]
    pairs = list(_pairs(operation, donor, element)) if donor is not None and not element.values else []
    told = [str(each).lower() if isinstance(each, bool) else str(each) for each in element.values]
    pairs = pairs or [(element.name, text) for text in (told or _examples(operation, element))[:1]]
    if not pairs:
        return None
    if place == "header":
        return replace(case, headers=(*case.headers, *pairs))
    if place == "cookie":
        return replace(case, cookies=(*case.cookies, *pairs))
    return replace(case, query=(*case.query, *pairs))


def _pairs(operation: Operation, case: DrawnCase, element: Element) -> Iterator[tuple[str, str]]:
    for place in places_of(operation, element):
        held: Pairs = {"header": case.headers, "cookie": case.cookies}.get(place, case.query)
        for name, value in held:
            if is_pair(name, element.name) if place == "query" else name.lower() == element.name.lower():
                yield name, value


def _examples(operation: Operation, element: Element) -> list[str]:
    """Values that the contract shows of a parameter: its examples, its default, what it enumerates."""
    for each in operation.parameters:
        if each.name.lower() == element.name.lower() and each.place != "path":
            schema = each.schema if isinstance(each.schema, dict) else {}
            listed = [value for value in choices({}, schema) or () if value is not None]
            found = [*each.examples, *listed, *([schema["default"]] if "default" in schema else [])]
            plain: dict[str, list[Any]] = {"integer": [1], "number": [1], "boolean": [True], "string": ["a"]}
            found += plain.get(str(schema.get("type")), [])
            return [str(one).lower() if isinstance(one, bool) else str(one) for one in found]
    return []


def _has(operation: Operation, case: DrawnCase, element: Element) -> bool:
    if element.kind is ElementKind.REQUEST:
        request = Request(method=operation.method, path="/", body=case.body).with_header(
            "Content-Type", case.media_type or ""
        )
        return bool(standing(case.json, element.name)) and in_request(element, operation, request)
    crumbs = "; ".join(f"{name}={value}" for name, value in case.cookies)
    headers = (*case.headers, ("Cookie", crumbs)) if crumbs else case.headers
    return in_request(element, operation, Request(method=operation.method, path="/", query=case.query, headers=headers))


def _with_body(case: DrawnCase, value: Any) -> DrawnCase:
    raw = body_bytes(case.media_type or "", value)
    return case if raw is None else replace(case, json=value, body=raw)


def _cut(value: Any, place: str) -> Any:
    """The value without what stands at a place."""
    made = copy.deepcopy(value)
    above, _, last = place.rpartition("/")
    for holder in standing(made, above):
        if isinstance(holder, dict):
            holder.pop(last.replace("~1", "/").replace("~0", "~"), None)
    return made


def _put(value: Any, place: str, what: Any) -> Any:
    """The value with something at a place; None where there is no object for it."""
    made = copy.deepcopy(value)
    above, _, last = place.rpartition("/")
    holders = [each for each in standing(made, above) if isinstance(each, dict)]
    for holder in holders:
        holder[last.replace("~1", "/").replace("~0", "~")] = what
    return made if holders else None
