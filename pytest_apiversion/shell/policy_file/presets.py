"""Presets: settings the package ships, which a policy file adds to with `extends`."""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

from pytest_apiversion.shell.catalogue.entries import carriers
from pytest_apiversion.shell.policy_file.walk import listed_carriers, table
from pytest_apiversion.shell.texts.suggestions import nearest, quoted
from pytest_apiversion.shell.texts.toml_text import Mistake, jsonable, read_toml

_ARGUMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
"""What may stand for a preset's parameter: nothing that means something in a pattern, but for the dot and the dash."""


def preset_names() -> list[str]:
    """The presets the package ships."""
    folder = resources.files("pytest_apiversion").joinpath("presets")
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def preset_text(name: str) -> str:
    """The file of a preset: what it is and where it is from in the comment at its top, then its settings."""
    return resources.files("pytest_apiversion").joinpath("presets", f"{name}.toml").read_text("utf-8")


def preset(name: str, argument: str = "") -> dict[str, Any]:
    """The settings of a preset.

    Args:
        name: Its name.
        argument: What stands for its parameter, if it has one; else the parameter's default does.

    Raises:
        ValueError: It has no parameter.
    """
    settings: dict[str, Any] = jsonable(read_toml(preset_text(name)).document)
    parameter = settings.pop("parameter", None)
    if parameter is None:
        if argument:
            raise ValueError(f"the preset {name} has no parameter")
        return settings
    mark = f"<{parameter['name']}>"
    return {key: _filled(value, mark, argument or parameter["default"]) for key, value in settings.items()}


def _filled(value: Any, mark: str, text: str) -> Any:
    """A value in whose texts the parameter is replaced."""
    if isinstance(value, dict):
        return {key: _filled(each, mark, text) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, mark, text) for each in value]
    return value.replace(mark, text) if isinstance(value, str) else value


def with_presets(document: dict[str, Any]) -> tuple[dict[str, Any], list[Mistake]]:
    """A document over the presets it extends: later presets over earlier ones, tables merged, all else replaced."""
    extends = document.get("extends", [])
    names = [("extends", extends)] if isinstance(extends, str) else []
    if isinstance(extends, list):
        names = [(f"extends[{number}]", name) for number, name in enumerate(extends) if isinstance(name, str)]
    mistakes, merged, known = [], dict[str, Any](), preset_names() if names else []
    for place, told in names:
        name, colon, argument = told.partition(":")
        if name not in known:
            text = f"expected the name of a preset, got {quoted(name)}{nearest(name, known)}"
        elif colon and not _ARGUMENT.fullmatch(argument):
            text = f"expected a word behind the colon, got {quoted(argument)}"
        else:
            try:
                merged = _merge(merged, preset(name, argument))
            except ValueError as error:
                text = f"{error}, got {quoted(argument)}"
            else:
                continue
        mistakes.append(Mistake(place=place, text=text))
    return _without_unlisted(_merge(merged, document), document), mistakes


_ALTERNATIVES = (
    frozenset({"parameter", "template"}),
    frozenset({"header", "body"}),
    frozenset({"schema", "schema_file"}),
    *(frozenset({"served_by", refusal}) for refusal in ("status", "code", "envelope", "pointer")),
)
"""Keys that exclude each other in a table: the file's own goes before the preset's."""


def _without_unlisted(merged: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """The settings without a preset's tables for carriers the file does not list: a preset may describe several."""
    listed, own = listed_carriers(merged), table(document, "versioning")
    if listed is None:
        return merged
    unused = {kind for kind in carriers() if kind not in listed and kind not in own}
    kept = {key: value for key, value in merged["versioning"].items() if key not in unused}
    return {**merged, "versioning": kept}


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    if over.keys() & {"reject", "default"} or over.get("accept") is True:
        return over  # an answer is one value; `accept` is a carrier's table too
    merged = {
        key: value
        for key, value in under.items()
        if not any(key in group and (group & over.keys()) - {key} for group in _ALTERNATIVES)
    }
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merge(merged[key], value) if both else value
    return merged
