"""What every part of an OpenAPI document is read with: references, contents, examples, and the oddities told on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.openapi.grammar import resolve, unescape

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_json(media_type: str) -> bool:
    """Whether a media type, without parameters, holds JSON."""
    return media_type in {"application/json", "text/json"} or media_type.endswith("+json")


def plain(media_type: str) -> str:
    """A media type without its parameters."""
    return media_type.partition(";")[0].strip()


class Parts:
    """Reads parts of one document.

    Args:
        document: The whole document.

    Attributes:
        warnings: The oddities told, in order, each once.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self.warnings: dict[str, None] = {}

    def follow(self, value: Any) -> Any:
        """What a reference leads to, through others; None where that is nothing."""
        for _ in range(50):
            reference = value.get("$ref") if isinstance(value, dict) else None
            if not isinstance(reference, str):
                return value
            try:
                value = resolve(self._document, unescape(reference[1:])) if reference.startswith("#/") else None
            except LookupError:
                value = None
            if value is None:
                self.warn(f"{reference}: nothing stands there")
        self.warn("a reference leads round in a ring")
        return None

    def content(self, holder: Any) -> dict[str, dict[str, Any]]:
        """The `content` of a body, answer, parameter or header by media type in lower case."""
        content = holder.get("content") if isinstance(holder, dict) else None
        made = (
            {str(name).strip().lower(): self.follow(media) for name, media in content.items()}
            if isinstance(content, dict)
            else {}
        )
        return {name: media if isinstance(media, dict) else {} for name, media in made.items()}

    def examples(self, holder: dict[str, Any]) -> tuple[Any, ...]:
        """The examples of a parameter or media type; those of its schema where it has none."""
        found: list[Any] = [holder["example"]] if "example" in holder else []
        examples = holder.get("examples")
        for value in examples.values() if isinstance(examples, dict) else ():
            example = self.follow(value)
            if isinstance(example, dict):
                found.extend(example[key] for key in ("value", "dataValue") if key in example)
        if not found:
            schema = self.follow(holder.get("schema"))
            if isinstance(schema, dict):
                found.extend([schema["example"]] if "example" in schema else [])
                found.extend(schema["examples"] if isinstance(schema.get("examples"), list) else [])
        return tuple(found)

    def warn(self, line: str) -> None:
        """Tell an oddity; the same one counts once."""
        self.warnings.setdefault(line)
