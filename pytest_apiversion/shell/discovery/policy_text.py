"""Writes a policy file from what was seen: what is sure as keys, what is not as comments. Pure: facts in, text out."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_apiversion.shell.discovery.documented_versions import scheme_of

if TYPE_CHECKING:
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.shell.discovery.documented_versions import Carrier
    from pytest_apiversion.shell.discovery.refusals import Refusal, Seen
    from pytest_apiversion.shell.openapi.security_schemes import KeyEntry

_FIRST_ERROR = 400
PROBLEM = "application/problem+json"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a policy file is written from.

    Attributes:
        name: The API's name.
        base_url: Its address; empty for an application.
        app: `package.module:attribute`; empty for a service.
        mount: What its application is mounted at, as far as no document says so.
        carrier: Where the version stands.
        versions: The versions, the oldest first, each with its contract's file.
        seen: What was seen of it.
        keys: The credentials that its operations ask for.
        unasked: Schemes that the service was seen not to ask for.
        document: The newest version's document.
        deprecated: Versions whose document marks every operation as deprecated.
        preset: A preset that is taken instead of what was seen.
        problems: Whether the document says that errors are problem details.
        published: The path of the operation that gives the document itself, without the version; empty where it describes none.
    """

    name: str
    base_url: str
    app: str
    carrier: Carrier
    versions: Mapping[str, str]
    seen: Seen
    keys: Sequence[KeyEntry]
    document: Mapping[str, Any]
    deprecated: frozenset[str] = frozenset()
    unasked: Collection[str] = ()
    preset: str = ""
    problems: bool = False
    mount: str = ""
    published: str = ""

    @property
    def outside(self) -> str:
        """The part of the mount that stands before all that a version's path begins with."""
        in_path = self.carrier.kind == "path" and not self.carrier.name.startswith(f"{self.mount}/")
        return "" if in_path else self.mount


def policy_text(facts: Facts) -> str:
    """The text of the policy file."""
    return "\n".join(_lines(facts)).rstrip("\n") + "\n"


def _lines(facts: Facts) -> Iterator[str]:
    seen = facts.seen
    yield "# Written by `apiversion init` from what the service answered."
    yield "# `# seen` is what it did, `# guessed` is to be checked."
    yield ""
    envelope = error_envelope(seen.errors)
    extends = [
        *([facts.preset] if facts.preset else []),
        *(["rfc9745"] if (seen.deprecated or seen.sunset) and not seen.drafted else []),
        *(["rfc9457"] if envelope == PROBLEM and facts.problems and not facts.preset else []),
    ]
    if extends:
        yield f"extends = {_toml(extends)}"
        yield ""
    yield "[api]"
    yield f"name = {_toml(facts.name)}"
    if facts.app:
        yield f"app = {_toml(facts.app)}"
    else:
        where = f" # seen: the paths of the document are below {facts.outside}" if facts.outside else ""
        yield f"base_url = {_toml(f'{facts.base_url}{facts.outside}')}{where}"
    if not facts.preset:
        yield ""
        yield from _versioning(facts)
    yield from _versions(facts)
    yield from _drafted(seen)
    if seen.neutral:
        yield ""
        yield "[operations]"
        neutral = [each.replace(f" {facts.outside}/", " /", 1) for each in seen.neutral]
        yield f"neutral = {_toml(neutral)} # seen: they take every version, or declare none"
    if facts.published and f"GET {facts.outside}{facts.published}" not in seen.neutral:
        yield ""
        yield f"[operations.rules.{_toml(f'GET {facts.published}')}]"
        yield "skip = true # seen: it gives the document"
    if isinstance(envelope, dict) and not facts.preset:
        yield from _envelope(envelope)
    elif seen.errors and not facts.preset and "rfc9457" not in extends:
        yield ""
        told = (
            "errors of several shapes"
            if envelope is None
            else f'errors as {PROBLEM}: extends = ["rfc9457"] would hold them all'
        )
        yield f"# seen: {told}; see [envelopes] and [errors]"
    for key in facts.keys:
        yield ""
        unasked = key.scheme in facts.unasked
        if unasked:
            yield "# seen: the document asks for it, and a read that needs it answered without."
            yield "# Without the marks it is sent:"
        yield from (f"{'# ' * unasked}{line}" for line in key.table)


def _versioning(facts: Facts) -> Iterator[str]:
    carrier = facts.carrier
    yield "[versioning]"
    if carrier.guessed:
        yield from _one_version(carrier)
        if facts.app and facts.outside:
            yield f"base_path = {_toml(facts.outside)} # seen: the paths of the document are below it"
        return
    yield f"scheme = {_toml(scheme_of(facts.versions))} # seen: {carrier.why}"
    yield f"carriers = [{_toml(carrier.kind)}]"
    if facts.app and facts.outside and carrier.kind != "path":
        yield f"base_path = {_toml(facts.outside)} # seen: the paths of the document are below it"
    how, _, name = carrier.name.partition(":")
    tables = {
        "path": f"path = {{ template = {_toml(carrier.name if facts.app else carrier.name.removeprefix(facts.outside))} }}",
        "header": f"header = {{ name = {_toml(carrier.name)} }}",
        "query": f"query = {{ name = {_toml(carrier.name)} }}",
        "accept": f"accept = {{ {'parameter' if how == 'parameter' else 'template'} = {_toml(name)} }}",
    }
    yield tables[carrier.kind]
    if facts.seen.waterfall:
        yield "waterfall = true # seen: a date after the newest version is served by it"
    for kind, refusal in facts.seen.refusals.items():
        yield _answer(kind, refusal, waterfall=facts.seen.waterfall)
    for kind in ("missing", "unknown", "malformed"):
        if kind not in facts.seen.refusals:
            yield f"# {kind} = {{ reject = 400 }} # nothing could be asked: what is promised?"


def _one_version(carrier: Carrier) -> Iterator[str]:
    """How a service without versions is held: as one version, which a header names that nothing reads."""
    only = carrier.versions[0]
    yield "# No version was seen in paths, parameters, media types or answers:"
    yield f"# all is held as one version, {only}."
    yield f"# Nothing reads the header {carrier.name} yet, and none is sent. Say here where versions stand once there are two."
    yield f"scheme = {_toml(scheme_of(carrier.versions))}"
    yield f"carriers = [{_toml(carrier.kind)}]"
    yield f"{carrier.kind} = {{ name = {_toml(carrier.name)} }} # guessed"
    yield f"missing = {{ default = {_toml(only)} }}"
    yield "unknown = { accept = true }"
    yield "malformed = { accept = true }"
    yield 'tolerated = ".*" # nothing is asked of a header that nothing reads'


def _answer(kind: str, refusal: Refusal, *, waterfall: bool) -> str:
    errors = [each for each in refusal.statuses if each >= _FIRST_ERROR]
    statuses: Any = errors[0] if len(errors) == 1 else errors
    got = ", ".join(map(str, refusal.statuses))
    asked = f": {', '.join(map(repr, refusal.texts[:2]))} got {got}" if any(refusal.texts) else ""
    if refusal.refused:
        return f"{kind} = {{ reject = {_toml(statuses)} }} # seen{asked}"
    if kind == "unknown" and waterfall:
        return f"# unknown = {{ reject = 404 }} # seen{asked}"
    if refusal.serves and kind == "missing":
        return f"{kind} = {{ default = {_toml(refusal.serves)} }} # seen: the same answer"
    if errors and refusal.taken:
        told = f"{', '.join(map(repr, refusal.taken[:3]))} got no error, others {', '.join(map(str, errors))}"
        return f"{kind} = {{ accept = true }} # seen: {told}; {{ reject = {_toml(statuses)} }} would find it"
    return f"{kind} = {{ accept = true }} # seen: {got}; a refusal would be safer for clients"


def _drafted(seen: Seen) -> Iterator[str]:
    """How a service announces that writes `Deprecation` as drafts of RFC 9745 did."""
    if not seen.drafted:
        return
    form = 'dialect = "draft", date = "deprecated"' if all(seen.deprecated.values()) else 'dialect = "literal-true"'
    yield ""
    yield f"# seen: {json.dumps(seen.drafted)} in Deprecation, as drafts of RFC 9745 had it"
    yield "[deprecation]"
    yield "headers = ["
    yield f'  {{ name = "Deprecation", {form}, legacy = true }},'
    if seen.sunset:
        yield '  { name = "Sunset", dialect = "imf-fixdate", date = "sunset" },'
    yield "]"


def _versions(facts: Facts) -> Iterator[str]:
    names = list(facts.versions)
    for number, (version, contract) in enumerate(facts.versions.items()):
        yield ""
        yield f"[versions.{version if re.fullmatch(r'[A-Za-z0-9_-]+', version) else _toml(version)}]"
        yield f"contract = {_toml(contract)}"
        later = names[number + 1] if number + 1 < len(names) else ""
        deprecated, sunset = facts.seen.deprecated.get(version), facts.seen.sunset.get(version)
        if deprecated:
            yield f"deprecated = {deprecated.isoformat()} # seen in Deprecation"
        elif version in facts.seen.deprecated:
            yield "deprecated = true # seen: Deprecation names no day; since when?"
        elif version in facts.deprecated or sunset:
            yield "# deprecated = 2026-01-01 # its document marks every operation: since when?"
        if sunset:
            yield f"sunset = {sunset.strftime('%Y-%m-%dT%H:%M:%SZ')} # seen in Sunset"
        elif deprecated:
            yield "# sunset = 2027-01-01T00:00:00Z # no answer says when"
        if later and (deprecated or sunset):
            yield f"successor = {_toml(later)} # guessed"
        if version in facts.seen.answers and not facts.seen.answers[version]:
            yield "# seen: nothing of this version answered with a success"


def error_envelope(errors: Sequence[Response]) -> str | dict[str, str] | None:
    """What all errors have in common: `application/problem+json`, the JSON type of each member that every body has, or None."""
    if not errors:
        return None
    kinds = {each.media_type for each in errors}
    if kinds == {PROBLEM}:
        return PROBLEM
    bodies = [each.json for each in errors]
    if kinds != {"application/json"} or not all(isinstance(each, dict) and each for each in bodies):
        return None
    names = [name for name in bodies[0] if all(name in each for each in bodies)]
    types = {name: {_type(each[name]) for each in bodies} for name in names}
    found = {name: next(iter(kinds)) for name, kinds in types.items() if len(kinds) == 1 and kinds != {"null"}}
    return found or None


def _type(value: Any) -> str:
    kinds: tuple[tuple[type, str], ...] = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"))
    more: tuple[tuple[type, str], ...] = ((list, "array"), (dict, "object"))
    return next((name for kind, name in (*kinds, *more) if isinstance(value, kind)), "null")


def _envelope(members: Mapping[str, str]) -> Iterator[str]:
    """What the errors that were seen have in common; a comment, for a refused body could not be asked for safely."""
    properties = ", ".join(f"{_key(name)} = {{ type = {_toml(kind)} }}" for name, kind in members.items())
    yield ""
    yield "# seen on every error that was asked for; no body was sent."
    yield "# Without the marks it holds every error:"
    yield "# [envelopes.error]"
    yield '# media_type = "application/json"'
    yield "#"
    yield "# [envelopes.error.schema]"
    yield '# type = "object"'
    yield f"# required = {_toml(list(members))}"
    yield f"# properties = {{ {properties} }}"
    yield "#"
    yield "# [errors]"
    yield '# envelope = "error"'


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _toml(name)


def _toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
