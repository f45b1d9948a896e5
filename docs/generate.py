"""Writes the pages of the reference that the code itself can tell: `python docs/generate.py`.

`--check` writes nothing and exits with 1 when a page is not as it would be written.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

from pytest_apiversion.core.contracts.change_rule import Rule
from pytest_apiversion.diff.rule_table import STRICT
from pytest_apiversion.diff.rules import names, rule
from pytest_apiversion.shell.catalogue.entries import checks
from pytest_apiversion.shell.commands.explain import paragraphs
from pytest_apiversion.shell.policy_file.presets import preset_names, preset_text
from pytest_apiversion.shell.pytest_plugin.option_definitions import add_options

FOLDER = Path(__file__).parent / "reference"

THEMES = {
    "1": ("the policy", "What the policy file and its contracts say by themselves."),
    "2": ("version selection", "How a request names a version, and what a wrong one gets."),
    "3": ("the contract", "What the frozen contract of a version says."),
    "4": ("errors", "What errors look like."),
    "5": ("deprecation", "What a deprecated version announces, and a live one does not."),
    "6": ("sunset", "What happens after the sunset, and what does not happen before it."),
    "7": ("headers and the service", "What holds of every answer."),
}
"""Hundreds of a code -> what such checks are about."""

_BLANK = "\n\n"


def checks_page() -> str:
    """Every check, by code, as its file describes it."""
    rows = list(checks())
    lines = [
        "# Checks",
        "",
        "Each check is one promise put to the test, in one file of `pytest_apiversion/checks`.",
        "A code is never renumbered and never used again. A source such as `ARA-07` is a sentence of one of the five embedded",
        "policies: [requirements](requirements.md) has them.",
        "",
        "| code | name | promise |",
        "|---|---|---|",
        *(f"| [{row.code}](#{_anchor(f'{row.code} {row.title}')}) | `{row.name}` | {row.title} |" for row in rows),
    ]
    for hundred, group in groupby(rows, key=lambda row: row.code[2]):
        theme, sentence = THEMES[hundred]
        lines += ["", f"## {hundred}xx: {theme}", "", sentence]
        for row in group:
            level = (
                ""
                if row.severity.value == "error"
                else f" A finding is a {row.severity.value}: it does not fail the run."
            )
            lines += ["", f"### {row.code} {row.title}", "", _BLANK.join(paragraphs(row)) + level]
    return "\n".join(lines) + "\n"


def options_page() -> str:
    """Every option and its ini twin, as `pytest --help` tells them."""
    seen = _Recorder()
    add_options(seen)  # type: ignore[arg-type]  # it asks for these three methods only
    lines = [
        "# Options",
        "",
        "Most options have a twin for the ini file; the command line goes before the ini file, and both before the policy file.",
        "An ini twin is written without the two dashes and with underscores: `apiversion_base_url`.",
        "",
        "| option | ini | meaning |",
        "|---|---|---|",
        *(
            f"| `{name}` | {f'`{_ini(name)}`' if _ini(name) in seen.twins else ''} | {text} |"
            for name, text in seen.options
        ),
        "",
        "These options of other plugins matter as well:",
        "",
        "| option | meaning |",
        "|---|---|",
        "| `--hypothesis-seed=N` | repeats a run: the seed is in its report |",
        "| `-k`, `-m apiversion`, a node id | hold a part; the matrix then says *not run* instead of *not exercised* |",
        "| `-n N` | spread the items over processes, with pytest-xdist |",
        "| `--junit-xml=FILE` | findings in the format of CI servers |",
    ]
    return "\n".join(lines) + "\n"


class _Recorder:
    """Stands where pytest's parser does, and writes down what is declared."""

    def __init__(self) -> None:
        self.options: list[tuple[str, str]] = []
        self.twins: set[str] = set()

    def getgroup(self, *_: object) -> _Recorder:
        return self

    def addini(self, name: str, *_: object, **__: object) -> None:
        self.twins.add(name)

    def addoption(self, name: str, **told: Any) -> None:
        value = f"={told['metavar']}" if told.get("metavar") else ""
        self.options.append((f"{name}{value}", told["help"]))


def _ini(option: str) -> str:
    return option.partition("=")[0].removeprefix("--").replace("-", "_")


def _anchor(heading: str) -> str:
    """A heading's anchor, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _weight(one: Rule) -> str:
    """What a rule weighs, and under `strict` where that is something else."""
    letter = STRICT.get(one.id, one.severity)
    return one.severity.value if letter is one.severity else f"{one.severity.value} (strict: {letter.value})"


def rules_page() -> str:
    """Every rule of the comparison, by direction and area, as its table describes it."""
    lines = [
        "# Rules",
        "",
        "What `apiversion diff` tells of two contracts, each with the weight it has by default;",
        "[what breaks a client](../explanation/compatibility.md) says why, and [weights](../explanation/weights.md) how they go together.",
        "*Strict* is what it weighs with `--strict`, or `strict = true` in `[changes]`: the letter, not what clients usually feel.",
        "A policy weighs them anew by their ids, in [`[changes.severity]`](policy-file.md#changes).",
        "",
    ]
    known = sorted((rule(name) for name in names()), key=lambda one: (one.direction.value, one.area.value, one.id))
    for (direction, area), group in groupby(known, key=lambda one: (one.direction.value, one.area.value)):
        lines += [
            f"## {area}" + ("" if direction == "none" else f", {direction}"),
            "",
            "| rule | weight | why |",
            "|---|---|---|",
        ]
        lines += [f"| `{one.id}` | {_weight(one)} | {one.reason} |" for one in group]
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def presets_page() -> str:
    """Every preset, as its file describes it, with its settings."""
    lines = [
        "# Presets",
        "",
        "A preset is a file of settings that the package ships; `extends` puts a policy file over it.",
        "What is left to say is `[api]` with a name and a base URL, and the versions:",
        "",
        "```toml",
        'extends = "github"',
        "",
        "[api]",
        'name = "Octopus"',
        'base_url = "${OCTOPUS_URL}"',
        "",
        "[versions.2022-11-28]",
        'contract = "2022-11-28.openapi.yaml"',
        "",
        "[versions.2026-03-10]",
        'contract = "2026-03-10.openapi.yaml"',
        "```",
        "",
        "Tables are merged, the file's own values win, lists and answers are replaced whole, later presets stand over earlier ones.",
        "Of the carriers a preset describes, those hold that `versioning.carriers` lists; a file that names others needs that one line.",
        "An answer a preset gives inside a carrier's table goes before one in `[versioning]`: override it where it stands.",
        "A preset promises what its source documents, and nothing else.",
    ]
    for name in preset_names():
        comment, _, settings = preset_text(name).partition(_BLANK)
        said = "\n".join(line.removeprefix("#").strip() for line in comment.splitlines())
        paragraphs = (" ".join(paragraph.split()) for paragraph in said.split(_BLANK))
        lines += ["", f"## {name}", "", _BLANK.join(paragraphs), "", "```toml", settings.strip(), "```"]
    return "\n".join(lines) + "\n"


def requirements_page() -> str:
    """Every sentence of the embedded policies, with the checks and places that answer it."""
    titles = {row.code: f"checks.md#{_anchor(f'{row.code} {row.title}')}" for row in checks()}
    lines = [
        "# Requirements",
        "",
        "Every sentence of the five embedded policies, in short, and what answers it: checks, with the places of the policy file that say it",
        "to them. What nobody can check from outside is declared there, and reported as that. The tables are those of the policy files;",
        "[your own requirements](policy-file.md#requirements) go the same way.",
    ]
    for path in sorted(FOLDER.parents[1].glob("contracts/*/apiversion.toml")):
        policy = tomllib.loads(path.read_text("utf-8"))
        lines += ["", f"## {policy['api']['name']}", "", "| id | what is promised | held by |", "|---|---|---|"]
        rows = [
            (name, row["text"], ", ".join(f"[{by}]({titles[by]})" if by in titles else f"`{by}`" for by in row["by"]))
            for name, row in policy["requirements"].items()
        ]
        rows += [(row["id"], row["text"], "declared, not checkable from outside") for row in policy["declared"]]
        numbered = re.compile(r"[A-Z]+-\d+")
        rows.sort(key=lambda row: (not numbered.fullmatch(row[0]), row[0]))
        lines += [f"| `{name}` | {text} | {held} |" for name, text, held in rows]
    return "\n".join(lines) + "\n"


_REST = "\n## Those that asked nothing\n"


def run_schema() -> str:
    """The schema of the JSON report."""
    return resources.files("pytest_apiversion").joinpath("shell/publishing/run.schema.json").read_text("utf-8")


def costs_page() -> str:
    """What was counted, as it stands, and the checks that are not in it."""
    counted = (FOLDER / "request-costs.md").read_text("utf-8").partition(_REST)[0]
    rest = [f"- {row.code} {row.title}" for row in checks() if f"\n| {row.code} |" not in counted]
    why = "They judge what is sent anyway, look at files only, are promised by none of the five policies, or came after the count."
    return "\n".join([f"{counted.rstrip()}\n{_REST}", f"{why}\n", *rest]) + "\n"


PAGES = {
    "checks.md": checks_page,
    "options.md": options_page,
    "presets.md": presets_page,
    "request-costs.md": costs_page,
    "requirements.md": requirements_page,
    "rules.md": rules_page,
    "run.schema.json": run_schema,
}
"""Generated pages by file name; the schema is the package's own file, where a site can publish it."""


def main() -> int:
    """Write the pages, or say which are not as they would be written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when a page is stale")
    check = parser.parse_args().check
    stale = []
    for name, page in PAGES.items():
        path, text = FOLDER / name, page()
        if not path.is_file() or path.read_text("utf-8") != text:
            stale.append(path)
            if not check:
                path.write_text(text, "utf-8")
    for path in stale:
        sys.stdout.write(f"{path.relative_to(FOLDER.parents[1])}: {'stale' if check else 'written'}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
