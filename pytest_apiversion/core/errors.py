"""Every error this package raises, in one tree.

    ApiVersionError
    ├── PolicyError        the policy file, or a contract it names, is wrong: the reader mends the file
    ├── ContractBroken     the service broke its promise: the reader mends the service
    ├── ServiceUnreachable the service could not be asked: neither held nor broken
    └── ToolError          this tool failed: the reader reports a bug

The four never share a type, so that a report can say in its first word whose turn it is. `ApiVersionWarning` is no error: it
stands outside, among Python's warnings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_apiversion.core.finding import Finding


class ApiVersionError(Exception):
    """The root of the tree; never raised itself."""


class PolicyError(ApiVersionError):
    """A policy file or contract is wrong.

    Attributes:
        source: The file, as the user named it.
        mistakes: Every mistake found, in the order of the file; never empty.
    """

    def __init__(self, source: str, mistakes: Sequence[str]) -> None:
        self.source = source
        self.mistakes = tuple(mistakes)
        noun = "mistake" if len(self.mistakes) == 1 else "mistakes"
        super().__init__("\n".join([f"{source}: {len(self.mistakes)} {noun}", *(f"  {m}" for m in self.mistakes)]))


class ContractBroken(ApiVersionError, AssertionError):  # noqa: N818  says what happened, not what failed
    """The service broke at least one promise.

    Attributes:
        findings: What was broken; never empty.
    """

    def __init__(self, findings: Sequence[Finding], text: str) -> None:
        self.findings = tuple(findings)
        super().__init__(text)


class ApiVersionWarning(UserWarning):
    """The service broke a promise that the policy wants to be warned of only; the text is the finding's."""


class ServiceUnreachable(ApiVersionError):  # noqa: N818  says what happened, not what failed
    """The service could not be asked at all (refused, unknown host, no answer to anything), or gives nothing that could be held."""


class ToolError(ApiVersionError):
    """This tool failed; the message says at what."""
