"""Documents that nobody should give to `apiversion diff`: it ends, says so in one line, and does nothing else."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.diff import pairs
from pytest_apiversion.shell.comparison.compare import changes_between
from pytest_apiversion.shell.openapi.comparable_document import document_of
from tests.shell.comparison.test_compare import document, run, write
from tests.thorough import drawn


def ring(*names: str) -> dict[str, Any]:
    """Schemas that only refer to each other."""
    return {
        name: {"$ref": f"#/components/schemas/{onward}"}
        for name, onward in zip(names, names[1:] + names[:1], strict=True)
    }


HOSTILE: dict[str, str | bytes] = {
    "random-bytes": bytes(range(256)),
    "empty": "",
    "null": "null",
    "list": "[1]",
    "not-openapi": '{"a": 1}',
    "future": '{"openapi": "4.0.0"}',
    "paths-a-list": '{"openapi": "3.1.0", "paths": []}',
    "components-a-list": '{"openapi": "3.1.0", "components": []}',
    "deep-json": '{"a":' * 10_000 + "1" + "}" * 10_000,
    "deep-yaml": "".join(f"{' ' * level}a:\n" for level in range(1_000)),
    "billion-laughs": "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(9)),
    "yaml-cycle": "a: &a [*a]\n",
    "yaml-tag": "a: !!python/object/apply:os.system ['x']\n",
    "ring": json.dumps(document({"$ref": "#/components/schemas/A"}) | {"components": {"schemas": ring("A", "B", "C")}}),
    "address": json.dumps(document({"$ref": "http://127.0.0.1:9/x.json"})),
    "outside": json.dumps(document({"$ref": "../../../../etc/passwd"})),
    "absolute": json.dumps(document({"$ref": "/etc/passwd"})),
    "nowhere": json.dumps(document({"$ref": "#/components/schemas/None"})),
    "twice": '{"openapi": "3.1.0", "openapi": "3.1.0"}',
    "huge-number": '{"openapi": "3.1.0", "paths": {}, "x": ' + "9" * 10_000 + "}",
    "huge-number-in-yaml": "openapi: 3.1.0\npaths: {}\nx: " + "9" * 10_000,
    "endless-number-json": '{"openapi": "3.1.0", "paths": {}, "x": 1e999999}',
    "not-a-number-json": '{"openapi": "3.1.0", "paths": {}, "x": NaN}',
    "nul": b'{"openapi": "3.1.0\x00", "paths": {}}',
    "nul-in-yaml": b"openapi: 3.1.0\npaths: {/a\x00: {}}",
    "not-utf-8": b'{"openapi": "3.1.0", "paths": {"/\xff": {}}}',
    "utf-16": json.dumps(document()).encode("utf-16"),
    "deep-flow-yaml": "{a: " * 10_000 + "}" * 10_000,
    "deep-list": "[" * 100_000 + "]" * 100_000,
    "laughs-that-merge": "a0: &a0 {x0: 1}\n"
    + "".join(f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n  x{n}: 1\n" for n in range(1, 25)),
    "several-documents": "--- {}\n--- {}\n",
    "list-as-a-key": "? [a]\n: 1\n",
    "file-address": json.dumps(document({"$ref": "file:///etc/passwd"})),
    "control-characters": '{"openapi": "\\u001b[2J\\n"}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_unusable_input_is_one_clear_line(tmp_path: Path, name: str) -> None:
    """Whatever is wrong with a document: 2, one printable line that names it, nothing compared, and nothing written."""
    content = HOSTILE[name]
    path = tmp_path / ("hostile.json" if name.endswith("json") else "hostile.yaml")
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    good = write(tmp_path / "good.json", document())

    for old, new in ((path, good), (good, path)):
        code, out, errors = run(old, new)

        assert (code, out, errors.count("\n")) == (2, "", 1)
        assert errors.startswith((str(path), path.name))
        assert errors[:-1].isprintable()
        assert len(errors) < len(str(path)) + 500
        assert set(tmp_path.iterdir()) == {good, path}


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _too_big(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)


def _nothing(_: Path) -> None:
    pass


@pytest.mark.parametrize("form", ["json", "yaml"])
@pytest.mark.parametrize("make", [_folder, _pipe, _device, _too_big, _nothing], ids=lambda make: make.__name__[1:])
def test_what_is_no_file_to_read_is_one_clear_line(tmp_path: Path, make: Callable[[Path], None], form: str) -> None:
    """A folder, a pipe nobody writes to, a device without end, a file too big, no file: said at once, not waited for, not read."""
    path = tmp_path / f"odd.{form}"
    make(path)
    good = write(tmp_path / "good.json", document())

    for old, new in ((path, good), (good, path)):
        code, out, errors = run(old, new)

        assert (code, out, errors.count("\n")) == (2, "", 1)
        assert "expected" in errors


@pytest.mark.parametrize("name", ["billion-laughs", "laughs-that-merge", "deep-json", "deep-flow-yaml", "huge-number"])
def test_unusable_input_costs_little(tmp_path: Path, name: str) -> None:
    """With half a gigabyte of memory, and ten seconds of the processor's time, the line is said too."""
    path, good = tmp_path / "hostile.yaml", write(tmp_path / "good.json", document())
    content = HOSTILE[name]
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29))\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (10, 10))\n"
        "from pytest_apiversion.cli import main\n"
        "sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "diff", str(path), str(good)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_two_rings_of_references_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rings whose lengths have nothing in common would lead to as many pairs as their product: said, not tried."""

    def looped(length: int, limit: int) -> dict[str, Any]:
        schemas = {
            f"S{n}": {
                "maxLength": n + limit,
                "properties": {"x": {"$ref": f"#/components/schemas/S{(n + 1) % length}"}},
            }
            for n in range(length)
        }
        return document({"$ref": "#/components/schemas/S0"}) | {"components": {"schemas": schemas}}

    monkeypatch.setattr(pairs, "MAX_PAIRS", 20_000)  # a tenth of it takes a tenth of the time

    code, _, errors = run(write(tmp_path / "o.json", looped(149, 0)), write(tmp_path / "n.json", looped(151, 1)))

    assert (code, errors.count("\n")) == (2, 1)
    assert "too entangled" in errors


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(["string", "object", "x", "#/components/schemas/A", "3.1.0"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "enum",
                    "properties",
                    "required",
                    "items",
                    "allOf",
                    "anyOf",
                    "oneOf",
                    "not",
                    "if",
                    "then",
                    "else",
                    "minimum",
                    "exclusiveMaximum",
                    "maxItems",
                    "minLength",
                    "uniqueItems",
                    "contains",
                    "servers",
                    "url",
                    "mapping",
                    "propertyName",
                    "format",
                    "pattern",
                    "default",
                    "discriminator",
                    "additionalProperties",
                    "const",
                    "nullable",
                    "$ref",
                    "name",
                    "in",
                    "schema",
                    "content",
                    "application/json",
                    "200",
                    "deprecated",
                    "x-sunset",
                    "x-stability-level",
                    "multipleOf",
                    "xml",
                    "tags",
                    "security",
                    "callbacks",
                    "links",
                    "headers",
                    "dependentRequired",
                    "patternProperties",
                    "prefixItems",
                    "a",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    operations=st.tuples(JSON, JSON),
    parts=st.tuples(JSON, JSON),
    schemas=st.tuples(JSON, JSON),
    versions=st.tuples(*[st.sampled_from(["3.0.3", "3.1.0", "2.0"])] * 2),
)
@settings(
    max_examples=drawn(300),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_no_document_brings_the_comparison_down(
    tmp_path: Path, operations: Any, parts: Any, schemas: Any, versions: Any
) -> None:
    """Whatever stands where an operation, a parameter or a schema should: 0, 1 or 2, and never a traceback."""
    sources = []
    for name, operation, part, schema, version in zip(("o", "n"), operations, parts, schemas, versions, strict=True):
        made = {
            "swagger" if version == "2.0" else "openapi": version,
            "servers": part,
            "definitions": {"A": schema},
            "paths": {
                "/a": {
                    "get": operation,
                    "post": {
                        "parameters": [part, {"name": "q", "in": "query", "schema": schema}],
                        "requestBody": {"content": {"application/json": {"schema": schema}}},
                        "responses": {
                            "200": part,
                            "201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}},
                        },
                        "security": part,
                        "callbacks": {"c": part},
                    },
                }
            },
            "components": {"schemas": {"A": schema}},
            "webhooks": {"w": part},
        }
        sources.append(write(tmp_path / f"{name}.json", made))

    code, _, errors = run(*sources)

    assert code in {0, 1, 2}
    assert all(line.isprintable() for line in errors.splitlines())
    with contextlib.suppress(PolicyError):  # what a mistake keeps from being compared is compared, too
        documents = [document_of(json.loads(source.read_text("utf-8")), "x") for source in sources]
        changes_between(documents[0], documents[1], "o", "n")
