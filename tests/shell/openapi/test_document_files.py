"""Contract documents on disk: what is read, what is refused, and where the mistake is said to be."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from yaml.scanner import ScannerError

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.shell.openapi.broken_parts import Notes
from pytest_apiversion.shell.openapi.document_files import FILES, read_document
from pytest_apiversion.shell.texts import yaml_text
from pytest_apiversion.shell.texts.json_text import MAX_DEPTH, Unreadable
from pytest_apiversion.shell.texts.yaml_text import parse_yaml

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"


def mistakes(folder: Path, name: str, text: str | bytes) -> tuple[str, ...]:
    """What reading a text as a contract is refused for."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PolicyError) as caught:
        read_document(folder / name, folder)
    return caught.value.mistakes


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("a: 2024-01-01", {"a": "2024-01-01"}, id="a date is a text"),
        pytest.param("a: 2024-01-01T00:00:00Z", {"a": "2024-01-01T00:00:00Z"}, id="a time is a text"),
        pytest.param("a: [no, on, yes, off]", {"a": ["no", "on", "yes", "off"]}, id="Norway is a country"),
        pytest.param(
            "a: [true, null, ~, 0x1F, 0o17, 1e3, .5]", {"a": [True, None, None, 31, 15, 1000.0, 0.5]}, id="core schema"
        ),
        pytest.param("a: '1'\nb: 012\nc: 12:30", {"a": "1", "b": 12, "c": "12:30"}, id="no octal, no sexagesimal"),
        pytest.param("200: a\n1.0: b\nno: c", {"200": "a", "1.0": "b", "no": "c"}, id="keys keep their spelling"),
        pytest.param(
            "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}", {"x": {"a": 1, "b": 2}, "y": {"a": 1, "b": 3}}, id="merge"
        ),
        pytest.param("x: &x [1]\ny: *x", {"x": [1], "y": [1]}, id="alias"),
        pytest.param("a: .inf", {"a": ".inf"}, id="no infinity"),
    ],
)
def test_yaml_is_read_by_its_core_schema(text: str, value: object) -> None:
    """YAML is read as OpenAPI asks: the core schema of YAML 1.2, keys as texts."""
    assert parse_yaml(text) == value


def test_aliases_make_copies() -> None:
    """Two aliases of one anchor are two values: changing one does not change the other."""
    value = parse_yaml("x: &x {a: 1}\ny: *x")

    assert value["x"] is not value["y"]


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        pytest.param(
            "c.yaml",
            "a: 1\nb: {c: 1, c: 2}",
            "c.yaml /b/c: expected one member of this name, got it twice",
            id="YAML key twice",
        ),
        pytest.param(
            "c.json",
            '{"b": [{"c": 1, "c": 2}]}',
            "c.json /b/0/c: expected one member of this name, got it twice",
            id="JSON key twice",
        ),
        pytest.param(
            "c.yaml",
            "a: &a [*a]",
            "c.yaml /a/0: expected a value, got the alias *a to a value that contains it",
            id="alias ring",
        ),
        pytest.param("c.yaml", "a: *b", "expected", id="unknown alias"),
        pytest.param("c.yaml", "a: !!python/object:os.system x", "got the tag", id="foreign tag"),
        pytest.param("c.yaml", "a: 1\n---\nb: 2", "expected one YAML document", id="two documents"),
        pytest.param("c.yaml", "a: [1", "expected YAML", id="broken YAML"),
        pytest.param("c.json", '{"a": }', "expected JSON", id="broken JSON"),
        pytest.param("c.json", '{"a": NaN}', "expected a JSON number, got NaN", id="NaN"),
        pytest.param("c.json", '{"a": 1e999}', "expected finite numbers", id="too large a number"),
        pytest.param("c.json", "[" * 100_000, f"expected at most {MAX_DEPTH} levels", id="deep JSON"),
        pytest.param("c.yaml", "[" * 100_000, f"expected at most {MAX_DEPTH} levels", id="deep YAML"),
        pytest.param("c.yaml", "", "got an empty file", id="empty"),
        pytest.param("c.yaml", "[1]", "expected an OpenAPI document (an object), got an array", id="no object"),
        pytest.param("c.yaml", b"a: \xff\xfe", "expected UTF-8", id="no UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(tmp_path: Path, name: str, text: str | bytes, part: str) -> None:
    """A text that is no contract is refused with the file, the place and what was expected."""
    found = mistakes(tmp_path, name, text)

    assert len(found) == 1
    assert found[0].startswith(name)
    assert part in found[0]


class _Shallow(yaml.SafeLoader):
    """A parser that reads ahead and gives up at fewer levels, in words of its own."""

    def fetch_flow_collection_start(self, TokenClass: Any) -> None:  # noqa: N803  the parser's name
        """Start no sequence or mapping inside 400 others."""
        if self.flow_level >= 400:
            raise ScannerError(None, None, "no further", self.get_mark())
        super().fetch_flow_collection_start(TokenClass)


@pytest.mark.parametrize("loader", [yaml_text._LOADER, yaml.SafeLoader, _Shallow])  # noqa: SLF001  what is read with
@pytest.mark.parametrize(
    "text",
    [
        "[" * 600 + "]" * 600,
        "x: " + "[" * 5_000,
        "{a: " * 2_000 + "}" * 2_000,
        "- " * 2_000 + "x",
        "".join(f"{' ' * level}a:\n" for level in range(1_500)),
    ],
    ids=["lists", "open", "mappings", "block-lists", "block-mappings"],
)
def test_a_yaml_text_that_nests_too_deeply_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch, loader: type[yaml.SafeLoader], text: str
) -> None:
    """Where the parser has a limit of its own, its words are not ours."""
    monkeypatch.setattr(yaml_text, "_LOADER", loader)

    with pytest.raises(Unreadable, match=rf"expected at most {MAX_DEPTH} levels of nesting, got more$") as caught:
        parse_yaml(text)

    assert len(caught.value.mistakes) == 1


def test_a_broken_yaml_text_of_many_levels_is_broken() -> None:
    """A text that is none is told as such, whatever it nests before."""
    text = "[" * (MAX_DEPTH - 1) + "x, " * 100 + "}"

    with pytest.raises(Unreadable, match="expected YAML, got a text that is none"):
        parse_yaml(text)


def test_an_alias_bomb_is_refused(tmp_path: Path) -> None:
    """Nine levels of ten aliases each are refused before they fill the memory."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]

    assert "values from aliases" in mistakes(tmp_path, "c.yaml", "\n".join(lines))[0]


def test_a_missing_file_is_a_mistake(tmp_path: Path) -> None:
    """A contract that is not there is the reader's to mend."""
    with pytest.raises(PolicyError, match="expected a file, got none"):
        read_document(tmp_path / "none.yaml", tmp_path)


def test_one_file_has_the_digest_of_its_bytes(tmp_path: Path) -> None:
    """The digest of a contract in one file is SHA-256 of its bytes, byte order mark included."""
    raw = b"\xef\xbb\xbf" + HEAD.encode()
    (tmp_path / "c.yaml").write_bytes(raw)

    document, digest = read_document(tmp_path / "c.yaml", tmp_path)

    assert digest == hashlib.sha256(raw).hexdigest()
    assert document["openapi"] == "3.1.0"


def test_files_inside_the_folder_are_brought_in(tmp_path: Path) -> None:
    """References to other files become local ones, onward references and those back to the document too."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "pet.yaml").write_text(
        "Pet: {properties: {owner: {$ref: './owner.json#/Owner'}, tag: {$ref: '../c.yaml#/components/schemas/Tag'}}}"
    )
    (tmp_path / "parts" / "owner.json").write_text('{"Owner": {"properties": {"pet": {"$ref": "pet.yaml#/Pet"}}}}')
    (tmp_path / "c.yaml").write_text(
        HEAD + "components: {schemas: {Tag: {type: string}, Pet: {$ref: 'parts/pet.yaml#/Pet'}}}"
    )

    document, digest = read_document(tmp_path / "c.yaml", tmp_path)
    (tmp_path / "parts" / "owner.json").write_text(
        '{"Owner": {"properties": {"pet": {"$ref": "pet.yaml#/Pet"}}, "type": "object"}}'
    )
    changed = read_document(tmp_path / "c.yaml", tmp_path)[1]

    assert document["components"]["schemas"]["Pet"] == {"$ref": f"#/{FILES}/parts~1pet.yaml/Pet"}
    pet = document[FILES]["parts/pet.yaml"]["Pet"]["properties"]
    assert pet == {"owner": {"$ref": f"#/{FILES}/parts~1owner.json/Owner"}, "tag": {"$ref": "#/components/schemas/Tag"}}
    assert document[FILES]["parts/owner.json"]["Owner"]["properties"]["pet"] == {
        "$ref": f"#/{FILES}/parts~1pet.yaml/Pet"
    }
    assert changed != digest


@pytest.mark.parametrize(
    "reference",
    [
        pytest.param("https://example.org/a.yaml#/A", id="URL"),
        pytest.param("//example.org/a.yaml", id="URL without scheme"),
        pytest.param("../outside.yaml#/A", id="outside"),
        pytest.param("%2e%2e/outside.yaml", id="outside, escaped"),
    ],
)
def test_a_reference_that_leads_out_is_a_mistake_with_its_place(tmp_path: Path, reference: str) -> None:
    """A reference outside the folder, to a URL is named by the place of its `$ref`; whatever uses it."""
    (tmp_path / "outside.yaml").write_text("A: {}")
    folder = tmp_path / "inside"
    folder.mkdir()

    found = mistakes(folder, "c.yaml", HEAD + f"components: {{schemas: {{A: {{items: {{$ref: '{reference}'}}}}}}}}")

    assert len(found) == 1
    assert found[0].startswith("c.yaml /components/schemas/A/items/$ref: expected a reference")
    assert found[0].count(reference) == 1


def test_a_reference_to_no_file_harms_where_it_is_used(tmp_path: Path) -> None:
    """Where no operation leads to it, a reference to a file that is not there is told and nothing more."""
    broken = HEAD + "components: {schemas: {A: {items: {$ref: 'absent.yaml'}}, B: {$ref: 'absent.yaml'}}}\n"
    (tmp_path / "c.yaml").write_text(broken)
    notes = Notes()
    read_document(tmp_path / "c.yaml", tmp_path, notes)
    used = (
        "paths: {/a: {get: {responses: {'200': {description: x, content: "
        "{application/json: {schema: {$ref: '#/components/schemas/B'}}}}}}}}\n"
    )

    assert notes.unused == [
        f"c.yaml /components/schemas/{place}/$ref: expected a reference to a file, got absent.yaml"
        for place in ("A/items", "B")
    ]
    assert "c.yaml /components/schemas/B/$ref: expected a reference to a file, got absent.yaml" in mistakes(
        tmp_path, "c.yaml", broken + used
    )


def test_every_mistake_is_said_at_once(tmp_path: Path) -> None:
    """Two wrong references are two mistakes of one reading."""
    assert (
        len(
            mistakes(
                tmp_path, "c.yaml", HEAD + "components: {schemas: {A: {$ref: '../x.yaml'}, B: {$ref: 'http://x'}}}"
            )
        )
        == 2
    )


def test_a_reference_in_an_example_is_data(tmp_path: Path) -> None:
    """`$ref` inside examples, defaults, enumerations and extensions is no reference; a member called `example` is a schema."""
    (tmp_path / "c.yaml").write_text(
        HEAD
        + """
components:
  schemas:
    A: {example: {$ref: 'no.yaml'}, default: {$ref: 'no.yaml'}, enum: [{$ref: 'no.yaml'}], x-y: {$ref: 'no.yaml'}}
    B: {properties: {example: {$ref: '#/components/schemas/A'}}}
"""
    )

    document, _ = read_document(tmp_path / "c.yaml", tmp_path)

    assert document["components"]["schemas"]["A"]["example"] == {"$ref": "no.yaml"}
