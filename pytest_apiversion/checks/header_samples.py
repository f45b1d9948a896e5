"""The samples the documentation shows are written as the headers are, and an old form is owned up to.

A sample is copied more often than a specification is read, and a weekday that is not the date's is easily written: the
example of RFC 8594 has one. `sample` repeats in the policy file what the documentation shows. `Deprecation` and `Sunset` belong to RFC 9745 and RFC 8594;
`legacy = true` says that another form of theirs is known, and kept.

Source: VEL-10, VEL-11, ARA-15, ARA-16, GIR-18, MOO-16; RFC 9745 §2, RFC 8594 §3, RFC 9110 §5.6.7. Silence: correct the sample;
`legacy = true` beside the header.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.finding import Severity
from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.judging.deprecation_headers import lenient_pattern
from pytest_apiversion.core.judging.promises import is_newest
from pytest_apiversion.core.policy.announcements import announcement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.policy.responses import DeprecationHeader

_STANDARD: Mapping[str, tuple[str, str]] = {
    "deprecation": ("sf-date", "RFC 9745"),
    "sunset": ("imf-fixdate", "RFC 8594"),
}
"""Registered header, in lower case → the dialect its standard asks for, and the standard."""


def _judged(scene: Scene) -> list[DeprecationHeader]:
    policy = scene.policy
    own = announcement(policy, scene.subject)
    headers = [
        *(policy.deprecation.headers if is_newest(scene) else ()),
        *(own.headers if own is not policy.deprecation else ()),
    ]
    return [header for header in headers if header.sample is not None or header.name.lower() in _STANDARD]


def _promised(scene: Scene) -> str | None:
    return next((header.place for header in _judged(scene)), None)


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    return [broken for header in _judged(scene) for broken in (*_sample(header), *_form(header))]


def _sample(header: DeprecationHeader) -> Iterator[Broken]:
    sample, dialect = header.sample, header.dialect
    if sample is None:
        return
    problems = dialect.read(sample).problems if dialect else ()
    if dialect is not None and problems:
        yield Broken(
            summary=f"the sample of {header.name} is no {dialect.name}: {problems[0].message}",
            expected=f"{dialect.name} ({dialect.source})",
            received=f"{header.name}: {sample}",
            place=f"{header.place}.sample",
        )
    pattern = lenient_pattern(header.pattern) if header.pattern else None  # a sample is of no operation in particular
    if pattern is not None and not BoundedPattern(pattern).fullmatch(sample):
        yield Broken(
            summary=f"the sample of {header.name} has not the promised form",
            expected=f"{header.name}: {header.pattern}",
            received=f"{header.name}: {sample}",
            place=f"{header.place}.sample",
        )


def _form(header: DeprecationHeader) -> Iterator[Broken]:
    due, source = _STANDARD.get(header.name.lower(), ("", ""))
    written = header.dialect.name if header.dialect else "a pattern"
    if due and written != due and not header.legacy:
        yield Broken(
            summary=f"{header.name} is not written as its standard says",
            expected=f"dialect = {due} ({source}); legacy = true where another form is meant",
            received=written,
            place=header.place,
        )


CHECK = Check(
    code="AV106",
    name="header-samples",
    title="samples and forms of headers",
    promised=_promised,
    inspect=_inspect,
    severity=Severity.WARNING,
)
