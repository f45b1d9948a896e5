"""Strategies of Hypothesis and schemathesis; heavy, imported by the first drawing."""

from __future__ import annotations

import contextlib
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.drawn_case import DrawnCase
from pytest_apiversion.core.errors import ToolError
from pytest_apiversion.shell.compat.hypothesis_internals import many_has_more
from pytest_apiversion.shell.compat.requests_internals import requoted
from pytest_apiversion.shell.compat.schemathesis_internals import member, sized_binary, version, without_feedback
from pytest_apiversion.shell.generation.hypothesis_backend import backend
from pytest_apiversion.shell.generation.interruption import go_on, is_over

if TYPE_CHECKING:
    from collections.abc import Callable

try:
    from schemathesis import GenerationMode
except ImportError:  # where 4.x moved it about
    from schemathesis.generation import GenerationMode

_BASE = "http://draw.invalid"
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_NO_COOKIE = re.compile(r"[\x00-\x20\",;\\\x7f]")
_BOUNDARY = re.compile(rb"boundary=\"?([^\";\s]+)")


def misfit(schemathesis_version: str, *, many_has_more: bool) -> str | None:
    """Why two installed libraries cannot draw together, and which do; None where they can.

    schemathesis before 4.25 draws through hypothesis-jsonschema, which calls a method that Hypothesis took away in a 6.170 patch release.

    Args:
        schemathesis_version: Its version.
        many_has_more: Whether Hypothesis still has the method.
    """
    major, minor = (int(part) for part in schemathesis_version.split(".")[:2])
    if many_has_more or (major, minor) >= (4, 25):
        return None
    return (
        f"schemathesis {schemathesis_version} cannot draw with Hypothesis {hypothesis.__version__}: "
        "install hypothesis<6.170, or schemathesis>=4.25 (the newest needs pytest>=8.4)"
    )


_MISFIT = misfit(version(), many_has_more=many_has_more)
if (_sized := sized_binary()) is not None:
    schemathesis.openapi.format("binary", st.binary().map(_sized))


_TOGETHER = 4
"""Values drawn in one test case of Hypothesis, whose cost beside the drawing is considerable."""


class _Enough(BaseException):
    """Ends a drawing; no Exception, so that Hypothesis does not take it for a failure to study."""


def run(strategy: st.SearchStrategy[Any], take: Callable[[Any], bool], *, seed: int, count: int) -> str | None:
    """Draw values and hand each to `take`, until it says that it has enough.

    Args:
        strategy: What is drawn from.
        take: Says whether it has enough.
        seed: Decides what is drawn.
        count: How many values may be drawn; four times as many may be begun, since a schema may reject them half made.

    Returns:
        Why it stopped before either, or None.

    Raises:
        ToolError: The run was interrupted.
    """
    quiet = settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        derandomize=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
        print_blob=False,
        backend=backend(),
    )
    begun = 0

    @st.composite
    def several(draw: st.DrawFn) -> None:
        nonlocal begun
        for _ in range(_TOGETHER):
            begun += 1
            if is_over() or begun > 4 * count + 20 or take(draw(strategy)):
                raise _Enough

    @hypothesis.seed(seed)
    @quiet
    @given(several())
    def drawn(_: None) -> None:
        """All is done while values are drawn."""

    try:
        drawn()
    except _Enough:
        go_on()
        return None if begun <= 4 * count + 20 else "nearly everything that was drawn had to be thrown away"
    except Exception as error:  # noqa: BLE001  whatever a schema does to the libraries is a line for the reader, not a crash
        return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
    except BaseException as error:
        if "Skip" not in type(error).__name__:  # pytest's way to skip is no Exception
            raise
        return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
    return None


def draw_cases(
    document: dict[str, Any], *, negative: bool, seed: int, count: int
) -> tuple[tuple[DrawnCase, ...], str | None]:
    """Draw cases of the one operation of a document.

    Args:
        document: OpenAPI 3.1, one operation, path parameters in segments of their own.
        negative: Whether the contract is to be broken.
        seed: Decides what is drawn.
        count: How many are wanted; what comes twice is given once, and twice as many are drawn at most.

    Returns:
        The cases, and why there are no more where something went wrong.

    Raises:
        ToolError: The installed libraries cannot draw at all.
    """
    if _MISFIT is not None:
        raise ToolError(_MISFIT)
    member(schemathesis.Case, "as_transport_kwargs")  # without it every case would look like one that cannot be sent
    ((template, item),) = document["paths"].items()
    (operation,) = item.values()
    config = SchemathesisConfig(seed=seed)
    with contextlib.suppress(
        AttributeError, TypeError
    ):  # a version that configures this elsewhere: filtered below anyway
        config.projects.default.generation.update(allow_x00=False, codec="utf-8")
    found: dict[tuple[object, ...], DrawnCase] = {}

    def take(case: Any) -> bool:
        made = _plain(case, template, operation, negative=negative)
        if made is not None:
            found.setdefault(made.data, made)
        return len(found) >= count

    try:
        schema = member(schemathesis.openapi, "from_dict")(document, config=config)
        result: Any = next(iter(member(schema, "get_all_operations")()))
        if type(result).__name__ == "Err":
            return (), " ".join(str(result.err()).split())[:300]
        mode = GenerationMode.NEGATIVE if negative else GenerationMode.POSITIVE
        as_strategy = member(result.ok(), "as_strategy")
        strategy = as_strategy(generation_mode=mode, **without_feedback(as_strategy))
    except ToolError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a schema does to the library is a line for the reader, not a crash
        return (), f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
    problem = run(strategy, take, seed=seed, count=2 * count)
    return tuple(found.values()), problem


def _plain(case: Any, template: str, operation: dict[str, Any], *, negative: bool) -> DrawnCase | None:
    """A schemathesis case as plain values; None where it cannot go on the wire, or not as drawn."""
    try:
        kwargs = case.as_transport_kwargs(base_url=_BASE)
        url = kwargs.pop("url")
        cookies = kwargs.pop("cookies", None) or {}
        kwargs.pop("auth", None)
        lines = dict(kwargs.pop("headers", None) or {})
        sent = {name: _wire(value) for name, value in lines.items() if name.lower() == "content-type"}
        method = kwargs.pop("method")
        prepared = requests.Request(method, f"{_BASE}/", headers=sent, **kwargs).prepare()
        body: Any = prepared.body
        body = body.encode() if isinstance(body, str) else body
        if body is not None and not isinstance(body, bytes):
            return None
        if (
            body is None and kwargs.get("data") is not None
        ):  # an empty text or form is a body of no bytes, not the want of one
            body = b""
    except Exception:  # noqa: BLE001  a value no client can write is no case
        return None
    path = re.fullmatch(
        re.sub(r"\\\{.*?\\\}", "([^/?#]+)", re.escape(template)), url.removeprefix(_BASE).partition("?")[0]
    )
    if path is None or any(part in {".", ".."} for part in path.groups()):
        return None
    names = re.findall(r"\{([^{}]+)\}", template)
    declared = {(parameter["in"], parameter["name"].lower()) for parameter in operation.get("parameters", ())}
    drawn = {name.lower() for name in (case.headers or {})}
    headers = tuple(
        (name, _wire(value))
        for name, value in lines.items()
        if name.lower() in drawn and ("header", name.lower()) in declared
    )
    query = tuple(parse_qsl(urlsplit(prepared.url or "").query, keep_blank_values=True, errors="surrogateescape"))
    crumbs = tuple((name, str(value)) for name, value in cookies.items() if ("cookie", name.lower()) in declared)
    media_type = _wire(prepared.headers.get("Content-Type") or case.media_type) if body is not None else None
    body, media_type = _steady(body, media_type)
    if not negative and (not _clean(query, headers, crumbs) or any("%00" in part for part in path.groups())):
        return None
    return DrawnCase(
        aim=Aim.REFUSED if negative else Aim.UNKNOWN_DATA,
        origin="negative" if negative else "drawn",
        path_parameters=dict(zip(names, (requoted(part) for part in path.groups()), strict=True)),
        query=query,
        headers=headers,
        cookies=crumbs,
        body=body,
        media_type=media_type,
        json=_json(body, media_type),
    )


def _wire(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _clean(
    query: tuple[tuple[str, str], ...], headers: tuple[tuple[str, str], ...], cookies: tuple[tuple[str, str], ...]
) -> bool:
    """Whether every text can be sent as it is: no NUL and no half of a surrogate pair anywhere.

    In a header no control and no space at either end (RFC 9110 §5.5), in a cookie only what one is made of (RFC 6265 §4.1.1).
    """
    texts = [text for group in (query, headers, cookies) for pair in group for text in pair]
    return (
        not any("\x00" in text or any("\ud800" <= char <= "\udfff" for char in text) for text in texts)
        and not any(_CONTROL.search(text) or text != text.strip(" \t") for pair in headers for text in pair)
        and not any(_NO_COOKIE.search(text) for pair in cookies for text in pair)
    )


def _steady(body: bytes | None, media_type: str | None) -> tuple[bytes | None, str | None]:
    """A multipart body with a boundary of our own instead of one drawn by chance."""
    found = _BOUNDARY.search((media_type or "").encode("latin-1", "replace")) if body else None
    if body is None or media_type is None or found is None:
        return body, media_type
    ours, number = b"apiversion-boundary", 0
    while ours in body:
        number += 1
        ours = b"apiversion-boundary-%d" % number
    return body.replace(found[1], ours), media_type.replace(found[1].decode("latin-1"), ours.decode())


def _json(body: bytes | None, media_type: str | None) -> Any:
    kind = (media_type or "").partition(";")[0].strip().lower()
    if not body or not kind.endswith(("/json", "+json")):
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
