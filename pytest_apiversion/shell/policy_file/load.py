"""Loads the policy file: TOML in, a `Policy` out, or every mistake at once."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path

from pytest_apiversion.core.errors import PolicyError
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.secrets import SHORTEST, Secrets
from pytest_apiversion.shell.policy_file.answers import answer_mistakes, header_mistakes
from pytest_apiversion.shell.policy_file.build import build_policy
from pytest_apiversion.shell.policy_file.changes import change_mistakes
from pytest_apiversion.shell.policy_file.credentials import credential_mistakes
from pytest_apiversion.shell.policy_file.lifecycles import alone_as_row, lifecycle_mistakes
from pytest_apiversion.shell.policy_file.maintenance import upkeep_mistakes
from pytest_apiversion.shell.policy_file.mistakes import told, without_echoes
from pytest_apiversion.shell.policy_file.names import name_mistakes
from pytest_apiversion.shell.policy_file.presets import preset_names, with_presets
from pytest_apiversion.shell.policy_file.referenced_files import file_mistakes
from pytest_apiversion.shell.policy_file.releases import release_mistakes
from pytest_apiversion.shell.policy_file.requirements import requirement_mistakes
from pytest_apiversion.shell.policy_file.schema import rename_unknown, schema_mistakes
from pytest_apiversion.shell.policy_file.secrets import read_secrets, secret_mistakes
from pytest_apiversion.shell.policy_file.tied_dates import tie_mistakes, with_tied_dates
from pytest_apiversion.shell.policy_file.unquoted_names import put_in_quotes
from pytest_apiversion.shell.policy_file.versions import version_mistakes
from pytest_apiversion.shell.texts.toml_text import Mistake, expand, jsonable, read_toml, variables

__all__ = ["load_policy", "preset_names"]


def load_policy(
    path: Path, environment: Mapping[str, str], *, base_url: str | None = None, unfrozen: bool = False
) -> Policy:
    """Read a policy file.

    Args:
        path: The file.
        environment: Where `${NAME}` is looked up.
        base_url: A base URL that overrides the file's, and its application.
        unfrozen: Whether contracts may not be there yet.

    Raises:
        PolicyError: With every mistake found.
    """
    text = _text_of(path)
    try:
        return _read(text, path, environment, base_url, unfrozen=unfrozen)
    except RecursionError:
        raise PolicyError(str(path), ["expected tables and lists nested less deeply"]) from None


def _read(text: str, path: Path, environment: Mapping[str, str], base_url: str | None, *, unfrozen: bool) -> Policy:
    toml = read_toml(text)
    if not toml.document:
        nothing = [Mistake(place="", text="expected [api], [versioning] and [versions], got no table at all")]
        raise PolicyError(str(path), told(toml.mistakes or nothing, toml.lines, {}, _masks(text, environment)))
    document, extends = with_presets(jsonable(toml.document))
    alone = alone_as_row(document)
    unquoted, meant = put_in_quotes(document)
    unknown, written, right = rename_unknown(document)
    written |= alone | meant
    raw = copy.deepcopy(document)
    unset = [
        Mistake(place=place, text=f"expected the environment variable {name} to be set, got nothing")
        for place, name in expand(document, environment)
        if base_url is None or place != "api.base_url"
    ]
    if base_url is not None and isinstance(document.get("api"), dict):
        document["api"]["base_url"] = base_url
        document["api"].pop("app", None)  # the run says where to ask
    found = schema_mistakes(document, raw if right else None)
    wrong = [mistake for mistake in found if mistake.place not in written]
    untied = list(tie_mistakes(document))
    misnamed = list(requirement_mistakes(document))
    document = with_tied_dates(document)
    later = (
        wrong,
        [
            *untied,
            *version_mistakes(document),
            *name_mistakes(document),
            *credential_mistakes(document, raw),
            *answer_mistakes(document),
            *header_mistakes(document, document.get("headers"), "headers"),
            *change_mistakes(document),
            *upkeep_mistakes(document),
            *lifecycle_mistakes(document),
            *release_mistakes(document),
            *misnamed,
            *file_mistakes(document, path.parent, unfrozen=unfrozen),
            *secret_mistakes(raw, environment, base_url),
        ],
    )
    mistakes = without_echoes([toml.mistakes, extends, unquoted, unknown, unset, *later])
    if mistakes:
        raise PolicyError(str(path), told(mistakes, toml.lines, written, _masks(text, environment)))
    return build_policy(document, raw, path, read_secrets(raw, environment))


def _masks(text: str, environment: Mapping[str, str]) -> Secrets:
    """What no message about a file may show, while it is not known what the file says of it."""
    return Secrets({name: environment[name] for name in variables(text) if len(environment.get(name, "")) >= SHORTEST})


def _text_of(path: Path) -> str:
    """The text of a file. Raises `PolicyError` when there is none to read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        mistake = f"line {line}: expected UTF-8, got the byte 0x{error.object[error.start]:02x}"
        raise PolicyError(str(path), [mistake]) from error
    except IsADirectoryError as error:
        raise PolicyError(str(path), ["expected a file, got a directory"]) from error
    except FileNotFoundError as error:
        raise PolicyError(str(path), ["expected a file, got nothing"]) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise PolicyError(str(path), [f"expected a file that can be read, got: {reason}"]) from error
