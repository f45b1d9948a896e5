"""Presets: settings the package ships, which a policy file adds to with `extends`."""

from __future__ import annotations

from importlib import resources
from typing import Any

from pytest_apiversion.shell.policy_schema import jsonable, nearest, quoted
from pytest_apiversion.shell.toml_source import Mistake, read_toml


def preset_names() -> list[str]:
    """The presets the package ships."""
    folder = resources.files("pytest_apiversion").joinpath("presets")
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def preset(name: str) -> dict[str, Any]:
    """The settings of a preset."""
    text = resources.files("pytest_apiversion").joinpath("presets", f"{name}.toml").read_text("utf-8")
    settings: dict[str, Any] = jsonable(read_toml(text).document)
    return settings


def with_presets(document: dict[str, Any]) -> tuple[dict[str, Any], list[Mistake]]:
    """A document over the presets it extends: later presets over earlier ones, tables merged, all else replaced."""
    extends = document.get("extends", [])
    names = [("extends", extends)] if isinstance(extends, str) else []
    if isinstance(extends, list):
        names = [(f"extends[{number}]", name) for number, name in enumerate(extends) if isinstance(name, str)]
    mistakes, merged, known = [], dict[str, Any](), preset_names()
    for place, name in names:
        if name in known:
            merged = _merge(merged, preset(name))
        else:
            mistakes.append(
                Mistake(place=place, text=f"expected the name of a preset, got {quoted(name)}{nearest(name, known)}")
            )
    return _merge(merged, document), mistakes


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merge(merged[key], value) if both else value
    return merged
