"""Whether a contract accepts a case that was changed after it was drawn."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.json.members import followed
from pytest_apiversion.shell.generation.body_values import fits, holder
from pytest_apiversion.shell.generation.client_numbers import as_clients_write
from pytest_apiversion.shell.generation.pools.text_readings import may_fit
from pytest_apiversion.shell.openapi.request_shapes import shapes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_apiversion.core.checking.drawn_case import DrawnCase
    from pytest_apiversion.core.contracts.contract import Contract, Operation, Parameter

    _Fits = Callable[[Contract, Any, str], bool]

_SCALARS = frozenset({"string", "integer", "number", "boolean", "null"})


class Acceptance:
    """What one operation of a contract accepts.

    Args:
        contract: The contract.
        operation: The operation.
    """

    def __init__(self, contract: Contract, operation: Operation) -> None:
        self._contract = contract
        self._operation = operation
        self._held = holder(contract, operation)
        self._fitting: dict[tuple[str, str, str, _Fits], bool] = {}

    def accepts(self, case: DrawnCase, original: DrawnCase) -> bool | None:
        """Whether a case is accepted; None where that cannot be told.

        A case that is to be refused is accepted where somebody may read it as what the contract says.
        Lists and objects outside a body are written in ways that are not read here: they are taken for what the original has.

        Args:
            case: The case.
            original: The case it was made from.
        """
        told = [self._parameter(each, case, original) for each in self._operation.parameters]
        told += [self._body(case), self._named(case)]
        return False if False in told else None if None in told else True

    def written(self, case: DrawnCase) -> DrawnCase:
        """The case, the numbers of its JSON body as clients write them."""
        if case.json is None or self._operation.body_schema is None:
            return case
        shapes = shapes_of(self._contract.schemas)
        made = as_clients_write(shapes, self._operation.body_schema, case.json, exactly=case.aim is Aim.REFUSED)
        return case if repr(made) == repr(case.json) else replace(case, json=made, body=json.dumps(made).encode())

    def reaches(self, path: Mapping[str, str]) -> bool:
        """Whether every path parameter is what its schema says."""
        return all(
            self._fits(each, unquote(path.get(each.name, "")), fits)
            for each in self._operation.parameters
            if each.place == "path"
        )

    def _parameter(self, parameter: Parameter, case: DrawnCase, original: DrawnCase) -> bool | None:
        texts = _texts(parameter, case)
        if not texts:
            return not parameter.required
        if not self._scalar(parameter):
            return True if texts == _texts(parameter, original) else None
        if len(texts) > 1:
            return None
        return self._fits(parameter, texts[0], may_fit if case.aim is Aim.REFUSED else fits)

    def _named(self, case: DrawnCase) -> bool:
        """Whether the contract names every query parameter; lists and objects may be written under names of their parts."""
        query = [each for each in self._operation.parameters if each.place == "query"]
        scalars = all(self._scalar(each) for each in query)
        return not scalars or {name for name, _ in case.query} <= {each.name for each in query}

    def _scalar(self, parameter: Parameter) -> bool:
        schema: Any = followed(self._contract.schemas, parameter.schema)
        kinds = schema.get("type", ()) if isinstance(schema, dict) else ()
        return bool(kinds) and set([kinds] if isinstance(kinds, str) else kinds) <= _SCALARS

    def _fits(self, parameter: Parameter, text: str, reads: _Fits) -> bool:
        key = (parameter.place, parameter.name, text, reads)
        if key not in self._fitting:
            self._fitting[key] = reads(self._contract, parameter.schema, text)
        return self._fitting[key]

    def _body(self, case: DrawnCase) -> bool | None:
        if case.body is None:
            return not self._operation.request.get("requestBody", {}).get("required", False)
        kind = (case.media_type or "").partition(";")[0].strip().lower()
        if kind not in {each.partition(";")[0].strip().lower() for each in self._operation.body_media_types}:
            return False
        if not kind.endswith(("/json", "+json")):
            return True
        if case.json is None and case.body.strip() != b"null":
            return False
        return self._held(case.json)


def _texts(parameter: Parameter, case: DrawnCase) -> list[str]:
    """What a case has for a parameter, decoded."""
    if parameter.place == "path":
        return [unquote(text) for name, text in case.path_parameters.items() if name == parameter.name]
    if parameter.place == "header":
        return [text for name, text in case.headers if name.lower() == parameter.name.lower()]
    pairs = case.query if parameter.place == "query" else case.cookies
    return [text for name, text in pairs if name == parameter.name]
