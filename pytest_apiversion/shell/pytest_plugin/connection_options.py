"""Reads what the options say of TLS and of the proxy."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_apiversion.core.policy.connection import FROM_ENVIRONMENT, wrong_proxy
from pytest_apiversion.shell.pytest_plugin.option_definitions import flag, text_option
from pytest_apiversion.shell.texts.real_paths import is_there

_FILES = {"ca": "ca", "certificate": "certificate", "certificate-key": "key"}
"""Names in `Connection`, by option."""


def read_connection(config: pytest.Config) -> dict[str, Any]:
    """What is said, by its name in `Connection`: paths of the command line count from its folder, those of an ini file from that file's.

    Raises:
        pytest.UsageError: A file is not there, or the proxy has no address.
    """
    found: dict[str, Any] = {}
    for option, name in _FILES.items():
        text = text_option(config, option)
        if text is None:
            continue
        given = config.getoption(f"--apiversion-{option}") is not None
        folder = config.invocation_params.dir if given or config.inipath is None else config.inipath.parent
        path = folder / text
        if not is_there(path):
            message = f"--apiversion-{option}: there is no file {text!r}"
            raise pytest.UsageError(message)
        found[name] = str(path)
    proxy = text_option(config, "proxy")
    if proxy is not None:
        wrong = None if proxy == FROM_ENVIRONMENT else wrong_proxy(proxy)
        if wrong is not None:
            message = f"--apiversion-proxy: it {wrong}"
            raise pytest.UsageError(message)
        found["proxy"] = proxy
    if flag(config, "insecure"):
        found["verify"] = False
    return found
