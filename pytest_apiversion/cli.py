"""The `apiversion` command; each subcommand is one call into the shell."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_apiversion.shell import BASELINE_FILE, POLICY_FILE
from pytest_apiversion.shell.commands.connection_arguments import add_connection, take_connection
from pytest_apiversion.shell.target.garbage_collector import to_the_end
from pytest_apiversion.shell.texts.standard_output import written

FORMATS = ("text", "json", "markdown", "github", "changelog", "html", "sarif")

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  argparse has no public name for it


def main(arguments: list[str] | None = None) -> int:
    """Run the command.

    Returns:
        0 when all is well, 1 when something is not as locked or may break clients, 2 when the input cannot be used or the output not
        written, 141 when the reader of its output left, 130 after Ctrl-C.
    """
    if arguments is not None or sys.argv[1:2] != ["diff"]:
        return written(lambda: _main(arguments))
    return to_the_end(lambda: written(lambda: _main(None)))  # of two documents nothing can be let go before


def _main(arguments: list[str] | None) -> int:
    parser = argparse.ArgumentParser(
        prog="apiversion", description="Policies and frozen contracts of versioned HTTP APIs."
    )
    parser.add_argument(
        "-p",
        metavar="MODULE",
        help="before the command: a module with own checks, carriers or dialects; may come again",
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, dest=argparse.SUPPRESS, help="print this package's version and end"
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", prog=parser.prog
    )  # whose name argparse would find out too, and load what measures terminals for it
    policy = f"the policy file ({POLICY_FILE})"
    _init(_command(commands, "init", "look at a service and write its policy file, contracts and lock"))
    lock = _command(commands, "lock", "write, or check, the digests of a policy's frozen contracts")
    lock.add_argument("policy", nargs="?", type=_file, default=Path(POLICY_FILE), help=policy)
    lock.add_argument("--check", action="store_true", help="write nothing; fail when a contract is not as locked")
    freeze = _command(commands, "freeze", "make an OpenAPI document the frozen contract of a version, and lock it")
    places = "a file, `-` for standard input, `git:REF:PATH`, or an http(s) address"
    freeze.add_argument("source", help=f"the document: {places}, or `app:package.module:attribute` (WSGI or ASGI)")
    freeze.add_argument("--policy", type=_file, default=Path(POLICY_FILE), metavar="FILE", help=policy)
    freeze.add_argument("--version", required=True, metavar="V", help="the version whose contract it becomes")
    freeze.add_argument("--path", default="/openapi.json", help="where an application is asked for it (/openapi.json)")
    freeze.add_argument("--check", action="store_true", help="write nothing; say what would come of it")
    add_connection(freeze)
    diff = _command(
        commands, "diff", "compare two OpenAPI documents; exit code 1 when clients of the old one may break"
    )
    diff.add_argument("old", nargs="?", help=f"what clients were given: {places}; with --policy, a version's name too")
    diff.add_argument("new", nargs="?", help="what is to take its place")
    diff.add_argument(
        "--policy",
        type=_file,
        metavar="FILE",
        help=f"the policy file that says what each change weighs (with --version, {POLICY_FILE})",
    )
    diff.add_argument(
        "--version", metavar="V", help="the version it is about; its frozen contract is OLD if there is one document"
    )
    diff.add_argument("--witness", action="store_true", help="prove each break in the data with a value (takes longer)")
    diff.add_argument(
        "--fail-on", choices=("error", "warning"), default="error", help="what ends with 1: errors, or warnings too"
    )
    diff.add_argument("--strict", action="store_true", help="weigh by the letter, not by what clients usually feel")
    diff.add_argument(
        "--witness-effort",
        choices=("low", "normal", "high"),
        help="the same, trying so many values (normal: some hundred for each break)",
    )
    for command in (freeze, diff):
        command.add_argument("--format", choices=FORMATS, default="text", dest="form")
        command.add_argument(
            "--as-of", type=dt.date.fromisoformat, metavar="DATE", help="the day sunsets are read at (today)"
        )
        command.add_argument(
            "--root",
            type=_file,
            metavar="FOLDER",
            help="where the files must be that a document refers to (its own folder)",
        )
    diff.add_argument("--max-megabytes", type=_positive, default=64, metavar="N", help="size a document may have (64)")
    diff.add_argument(
        "--lenient", action="store_true", help="read the rest of a broken document; say what was left out"
    )
    add_connection(diff)
    diff.add_argument("--grace-days", type=int, default=0, metavar="N", help="days from a deprecation to its sunset")
    diff.add_argument("--preview-grace-days", type=int, default=0, metavar="N", help="the same for what is marked beta")
    _report(_command(commands, "report", "put the JSON reports of runs together, and write them in another format"))
    _baseline(_command(commands, "baseline", "take down what a run found as known, and remove what is fixed"))
    _replay(_command(commands, "replay", "send the requests of a finding again; exit code 1 when it still shows"))
    _small(commands, policy)
    _command(commands, "send", "send one request, written as curl's arguments, to an application in this process")
    words = list(sys.argv[1:] if arguments is None else arguments)
    modules = []
    while words[:1] == ["-p"] and len(words) > 1:
        modules.append(words[1])
        words = words[2:]
    if modules:
        from pytest_apiversion.shell.catalogue.conftest_additions import added_modules  # noqa: PLC0415  most need none

        if (sentence := added_modules(modules)) is not None:
            sys.stderr.write(f"apiversion: {sentence}\n")
            return 2
    if words[:1] == ["send"]:  # whose arguments are curl's
        from pytest_apiversion.shell.commands.send import send_command  # noqa: PLC0415  only this command asks

        return send_command(words[1:], stdin=sys.stdin.buffer, out=sys.stdout, errors=sys.stderr)
    return _run(parser.parse_args(words))


def _run(given: argparse.Namespace) -> int:
    """Run one of the commands whose arguments argparse reads."""
    if given.command in {"init", "diff", "freeze"}:
        return _run_of_addresses(given)
    if given.command in {"baseline", "replay", "report"}:
        return _run_of_runs(given)
    return _run_of_files(given)


def _run_of_addresses(given: argparse.Namespace) -> int:
    """Run one of the commands that may be told an address."""
    from pytest_apiversion.shell.commands.masked_streams import masked_streams  # noqa: PLC0415  only these may be told a secret

    told = {name: value for name, value in vars(given).items() if name not in {"command", "p"}}
    sources = given.source if given.command == "init" else [told.get(name) for name in ("source", "old", "new")]
    out, errors = masked_streams([*sources, told.get("base_url"), given.proxy], sys.stdout, sys.stderr)
    connection = take_connection(told)
    if given.command == "init":
        from pytest_apiversion.shell.commands.init import init_command  # noqa: PLC0415  only this command looks

        return init_command(**told, connection=connection, stdin=sys.stdin.buffer, out=out, errors=errors)
    if given.command == "diff":
        from pytest_apiversion.shell.commands.diff import diff_command  # noqa: PLC0415  only this command compares

        return diff_command(**told, connection=connection, stdin=sys.stdin.buffer, out=out, errors=errors)
    from pytest_apiversion.shell.commands.freeze import freeze_command  # noqa: PLC0415  only this command writes contracts

    return freeze_command(**told, connection=connection, stdin=sys.stdin.buffer, out=out, errors=errors)


def _small(commands: Commands, policy: str) -> None:
    """Commands that write one thing that belongs to a policy file."""
    schema = _command(commands, "schema", "write the JSON Schema of policy files, or of baselines, for editors")
    schema.add_argument("kind", nargs="?", choices=("policy", "baseline"), default="policy", help="of which files")
    token = _command(commands, "token", "write the token of a credential that a command or a token endpoint makes")
    token.add_argument("policy", type=_file, help=policy)
    token.add_argument("name", help="the credential")


def _run_of_files(given: argparse.Namespace) -> int:
    """Run one of the commands that read a policy file and compare nothing."""
    if given.command == "schema":
        from pytest_apiversion.shell.commands.schema import schema_command  # noqa: PLC0415  only this command writes it

        return schema_command(given.kind, out=sys.stdout)
    if given.command == "token":
        from pytest_apiversion.shell.commands.token import token_command  # noqa: PLC0415  only this command makes tokens

        return token_command(given.policy, given.name, os.environ, out=sys.stdout, errors=sys.stderr)
    from pytest_apiversion.shell.commands.lock import lock_command  # noqa: PLC0415  `--help` needs none of it

    return lock_command(given.policy, check=given.check, out=sys.stdout, errors=sys.stderr)


def _run_of_runs(given: argparse.Namespace) -> int:
    """Run one of the commands that read the JSON files of runs."""
    if given.command == "baseline":
        from pytest_apiversion.shell.commands.baseline import baseline_command  # noqa: PLC0415  only this command knows findings

        return baseline_command(given.runs, file=given.baseline, reason=given.reason, out=sys.stdout, errors=sys.stderr)
    if given.command == "replay":
        from pytest_apiversion.shell.commands.replay import replay_command  # noqa: PLC0415  only this command runs pytest

        return replay_command(given.run, given.name, options=given.options, out=sys.stdout, errors=sys.stderr)
    from pytest_apiversion.shell.commands.report import report_command  # noqa: PLC0415  only this command writes reports

    files = {name: text for name in REPORTS if (text := getattr(given, name.replace("-", "_"))) is not None}
    return report_command(given.runs, files=files, out=sys.stdout, errors=sys.stderr)


def _file(text: str) -> Path:
    """The place of a file.

    Raises:
        argparse.ArgumentTypeError: It is an address, whose password the words for a file that is not there would show.
    """
    if "://" in text:
        message = "expected a file, got an address"
        raise argparse.ArgumentTypeError(message)
    return Path(text)


def _output(text: str) -> str:
    return text if text == "-" else str(_file(text))


def _positive(text: str) -> int:
    """A whole number from 1 on.

    Raises:
        ValueError: It is none.
    """
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415  only who asks pays

        sys.stdout.write(f"pytest-apiversion {version('pytest-apiversion')}\n")
        parser.exit()


REPORTS = {
    "json": "the JSON report of all of them together",
    "html": "one HTML file that needs no network",
    "markdown": "Markdown, for a pull request or the summary of a CI job",
    "sarif": "SARIF 2.1.0, for code scanning and editors",
    "code-quality": "the code quality report of GitLab",
    "badge": "the JSON of an endpoint badge",
}
"""The formats of `report`."""


def _report(report: argparse.ArgumentParser) -> None:
    """The arguments of `report`."""
    report.add_argument(
        "runs", nargs="+", type=_file, help="files that --apiversion-json wrote: of shards, of versions"
    )
    for name, text in REPORTS.items():
        report.add_argument(f"--{name}", type=_output, metavar="FILE", help=f"{text}; `-` for standard output")


def _replay(replay: argparse.ArgumentParser) -> None:
    """The arguments of `replay`."""
    replay.add_argument("run", type=_file, help="a file that --apiversion-json wrote")
    replay.add_argument(
        "name",
        nargs="?",
        default="",
        metavar="ID",
        help="the fingerprint of a finding, or its first digits; without it all are listed",
    )
    replay.add_argument("options", nargs="*", help="options of pytest, after `--`: -- --apiversion-base-url=URL")


def _baseline(baseline: argparse.ArgumentParser) -> None:
    """The arguments of `baseline`."""
    baseline.add_argument("action", choices=("update",), help="write the file anew: reasons and days are kept")
    baseline.add_argument("runs", nargs="+", type=_file, help="files that --apiversion-json wrote")
    baseline.add_argument(
        "--baseline", type=_file, default=Path(BASELINE_FILE), metavar="FILE", help=f"the file ({BASELINE_FILE})"
    )
    baseline.add_argument("--reason", default="not yet looked at", metavar="TEXT", help="the reason of what is new")


def _init(init: argparse.ArgumentParser) -> None:
    """The arguments of `init`."""
    init.add_argument(
        "source",
        nargs="+",
        help="an http(s) address, `app:package.module:attribute` (WSGI or ASGI), or documents: one, or one for each version",
    )
    init.add_argument("--policy", type=_file, default=Path(POLICY_FILE), metavar="FILE", help="the file to write")
    init.add_argument("--base-url", default="", metavar="URL", help="where a document's service answers")
    init.add_argument(
        "--carrier", default="", metavar="KIND:NAME", help="where the version stands: header:X-API-Version"
    )
    init.add_argument(
        "--from-preset", default="", dest="preset", metavar="NAME", help="a preset that says how versions are chosen"
    )
    init.add_argument("--yes", action="store_true", help="ask nobody, and write over what is there")
    init.add_argument("--no-run", action="store_false", dest="run", help="do not run the policy once")
    add_connection(init)


def _command(commands: Commands, name: str, text: str) -> argparse.ArgumentParser:
    """A command whose own help begins with what the list of commands says of it."""
    return commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
