"""Other honest ways of the reference servers: each keeps the policy in a form that a careless check would take for a fault."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.detection.plants import Environ, Plant, answering, copied


def says(old: str, new: str) -> Callable[[Path], contextlib.AbstractContextManager[Path]]:
    """A policy that says one thing otherwise."""
    return lambda folder: copied(folder, "apiversion.toml", lambda text: text.replace(old, new), locked=True)


@contextlib.contextmanager
def of_no_version(folder: Path) -> Iterator[Path]:
    """Aragora's policy, in which rejections have no envelope of their own, and what nobody declared selects nothing."""
    ignored = 'carriers = ["path", "header", "accept"]\nundeclared_carriers = "ignored"'
    with (
        says(', envelope = "coded" }', " }")(folder) as once,
        says('carriers = ["path", "header", "accept"]', ignored)(once) as twice,
    ):
        yield twice


def header(name: str, value: str) -> Callable[[Environ, dict[str, str], bytes], bytes]:
    """A header that is written otherwise, where it is there."""

    def edit(_environ: Environ, headers: dict[str, str], body: bytes) -> bytes:
        if name in headers:
            headers[name] = value
        return body

    return edit


def pointing(where: Callable[[str], str]) -> Callable[[Environ, dict[str, str], bytes], bytes]:
    """Moonborn's answers after the sunset point elsewhere, by the path they were asked for."""

    def edit(environ: Environ, _headers: dict[str, str], body: bytes) -> bytes:
        if b'"version_removed"' not in body:
            return body
        said = json.loads(body)
        said["error"]["migration"] = where(environ["PATH_INFO"].removeprefix("/v1"))
        return json.dumps(said).encode()

    return edit


FORMS: Mapping[tuple[str, str], Plant] = {
    ("moonborn", "sunset-is-the-last-second-of-its-day"): answering(
        header("Sunset", "Sun, 16 May 2027 23:59:59 GMT"),
        folder=says('boundary = "start-of-day"', 'boundary = "end-of-day"'),
    ),
    ("moonborn", "sunset-points-to-the-version"): answering(pointing(lambda _: "/v2")),
    ("moonborn", "sunset-points-to-the-same-thing"): answering(pointing("/v2{}".format)),
    ("aragora", "rejections-wear-the-usual-envelope"): Plant(folder=of_no_version),
    ("aragora", "deprecated-at-ten-of-its-day"): answering(header("Deprecation", "@1735725600")),
}
"""By policy and name of the form."""

DAYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("moonborn", "sunset-is-the-last-second-of-its-day"): ("2026-11-20",),
    ("moonborn", "sunset-points-to-the-version"): ("2027-05-16",),
    ("moonborn", "sunset-points-to-the-same-thing"): ("2027-05-16",),
    ("aragora", "rejections-wear-the-usual-envelope"): ("2026-04-01",),
    ("aragora", "deprecated-at-ten-of-its-day"): ("2026-04-01",),
}
"""When each is held to its policy."""
