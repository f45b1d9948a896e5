"""Error envelopes: which one an error must have, whether it has, and the error code in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_apiversion.core.checking.aim import Receiver
from pytest_apiversion.core.contracts.policy_schemas import schema_faults, schema_problems
from pytest_apiversion.core.http.statuses import status_matches
from pytest_apiversion.core.http.xml_bodies import local, text_at, xml_of
from pytest_apiversion.core.json.pointer import MISSING, lookup
from pytest_apiversion.core.judging.promises import answer_for, limited_answer
from pytest_apiversion.core.policy.sunset_answers import sunset_answer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.policy import Policy
    from pytest_apiversion.core.policy.responses import Envelope
    from pytest_apiversion.core.policy.selection import Answer


def envelopes_for(policy: Policy, exchange: Exchange) -> tuple[Envelope, ...]:
    """The envelopes an error answer may wear: any of them will do; none where nothing is promised."""
    return exchange.once("envelopes", policy, lambda: _envelopes_for(policy, exchange))


def _envelopes_for(policy: Policy, exchange: Exchange) -> tuple[Envelope, ...]:
    response = exchange.response
    if response is None:
        return ()
    meaning, named = exchange.aim.meaning, None
    if meaning.receiver is Receiver.LIMITED:
        answer = limited_answer(policy, exchange)
        named = answer.envelope if answer is not None else None
    elif meaning.receiver is Receiver.SUNSET:
        named = sunset_answer(policy, exchange.version).envelope
    elif exchange.expected_version is not None:
        return tuple(
            policy.envelopes.values()
        )  # which version answered is another check's to say; any envelope is one of the API's
    elif meaning.wrongs or meaning.receiver is Receiver.NO_ALIAS:
        return tuple(
            policy.envelopes[name] for name in dict.fromkeys(_of_no_version(policy, exchange, response.status))
        )
    version = policy.aliases[exchange.version].version if exchange.version in policy.aliases else exchange.version
    named = named or _by_class(policy, response.status, version)
    if named is None and version in policy.versions:
        named = policy.versions[version].envelope
    named = named or policy.envelope
    return (policy.envelopes[named],) if named else ()


def _of_no_version(policy: Policy, exchange: Exchange, status: int) -> Iterator[str]:
    """The names of the envelopes of what is refused for its version, or has none: those declared for it, or any that errors of the API wear."""
    alias = policy.aliases.get(exchange.via)
    if exchange.aim.meaning.receiver is Receiver.NO_ALIAS:
        answers = [alias.absent_answer if alias is not None else None]
    else:
        carrier, operation = exchange.via or None, exchange.operation or None
        answers = [policy.answer(wrong, carrier=carrier, operation=operation) for wrong in exchange.aim.meaning.wrongs]
    names = [rejection_envelope(policy, answer, exchange.as_of, status) for answer in answers]
    yield from (name for name in names if name is not None)
    if None not in names:
        return
    usual = _by_class(policy, status, None)
    if usual is None and policy.envelope is None:
        yield from policy.envelopes
        return
    yield usual or policy.envelope or ""
    if usual is None:  # no version was named, so that no version's own envelope is due: each may be
        own = [_by_class(policy, status, name) or version.envelope for name, version in policy.versions.items()]
        yield from (name for name in own if name is not None)


def rejection_envelope(
    policy: Policy, answer: Answer | None, as_of: dt.datetime, status: int | None = None
) -> str | None:
    """The name of the envelope that a rejection is declared to wear on a day; None where it wears what errors of no version do.

    Args:
        policy: The policy.
        answer: The rejection; None where none is declared.
        as_of: The instant it is asked about.
        status: Its status, for errors of some statuses that wear another; None looks at none of these.
    """
    if answer is None or answer.envelope is not None:
        return None if answer is None else answer.envelope
    version = policy.serving(answer.envelope_of, as_of) if answer.envelope_of is not None else None
    if version is None:
        return None
    by_class = _by_class(policy, status, version) if status is not None else None
    return by_class or policy.versions[version].envelope or policy.envelope


def has_codes(policy: Policy, version: str) -> bool:
    """Whether some envelope that a version's errors may wear has a place for a code; where none is promised, any may."""
    rows = [row.envelope for row in policy.error_classes if row.versions is None or version in row.versions]
    own = policy.versions[version].envelope or policy.envelope
    names = [*rows, own] if own is not None else list(policy.envelopes)
    return any(policy.envelopes[name].code_place is not None for name in names)


def _by_class(policy: Policy, status: int, version: str | None) -> str | None:
    for row in policy.error_classes:
        if status_matches(status, row.statuses) and (row.versions is None or version in row.versions):
            return row.envelope
    return None


_SHOWN = 60
"""Characters of a body that are shown."""


def problems(envelope: Envelope, response: Response, but: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every way in which an answer does not wear an envelope.

    Args:
        envelope: The envelope.
        response: The answer.
        but: JSON pointers that are left to another check.
    """
    if envelope.empty:
        if response.body:
            yield f"the body is not empty: {_beginning(response)}"
        return
    if envelope.media_types and response.media_type not in envelope.media_types:
        yield f"the content type is {response.media_type or 'absent'}, not {' or '.join(envelope.media_types)}"
    place = envelope.code_place
    wrong = list(_xml_problems(envelope, response)) if envelope.is_xml else []
    yield from wrong
    in_text = envelope.xpath is not None or envelope.code_header is not None
    if in_text and not wrong and place not in but and code_in(envelope, response) is None:
        yield f"no error code at {place}"
    if envelope.is_xml or (envelope.schema is None and envelope.code is None and envelope.status is None):
        return
    if response.parsed.problem is not None:
        start = f": {_beginning(response)}" if response.body else ""
        yield f"the body is {'not JSON' if response.body else 'empty'}{start}"
        return
    if envelope.schema is not None:
        yield from schema_problems(envelope.schema, response.json, but)
    if envelope.code is not None and envelope.code not in but and _lacks_code(envelope, response):
        yield f"no error code at {envelope.code}"
    if envelope.status is not None and (found := lookup(response.json, envelope.status)) != response.status:
        yield f"{envelope.status} says {'nothing' if found is MISSING else found}, the status line {response.status}"


def _lacks_code(envelope: Envelope, response: Response) -> bool:
    found = lookup(response.json, envelope.code or "")
    return not _is_code(found) and not ((found is MISSING or found is None) and _code_optional(envelope))


def _code_optional(envelope: Envelope) -> bool:
    """Whether an error may lack its code: the schema names it, or an object round it, among `properties` and does not require it."""
    schema: Any = envelope.schema
    for name in (envelope.code or "").split("/")[1:]:
        if not isinstance(schema, Mapping) or name not in schema.get("properties", {}):
            return False
        if name not in schema.get("required", ()):
            return True
        schema = schema["properties"][name]
    return False


def wrong_place(envelope: Envelope, response: Response, but: frozenset[str] = frozenset()) -> str:
    """JSON pointer of the first place at which an answer does not wear an envelope; empty where that is all of it."""
    if envelope.schema is not None and response.parsed.problem is None:
        for where, _ in schema_faults(envelope.schema, response.json, but):
            return where
    for pointer in (envelope.code, envelope.status):
        if pointer is not None and pointer not in but:
            return pointer if lookup(response.json, pointer) is not MISSING else pointer.rpartition("/")[0]
    return ""


def wears(policy: Policy, exchange: Exchange) -> bool:
    """Whether an error answer wears an envelope it may wear (true where none is promised)."""
    wrong = () if exchange.request.method == "HEAD" else envelope_problems(policy, exchange)
    return not wrong or not all(wrong)


def envelope_problems(policy: Policy, exchange: Exchange) -> tuple[tuple[str, ...], ...]:
    """The problems of an error answer with each envelope that it may wear, but for what other checks hold; none where there is no answer."""
    return exchange.once("envelope problems", policy, lambda: _envelope_problems(policy, exchange))


def _envelope_problems(policy: Policy, exchange: Exchange) -> tuple[tuple[str, ...], ...]:
    response, allowed = exchange.response, envelopes_for(policy, exchange)
    if response is None or not allowed:
        return ()
    but = spoken_for(policy, exchange)
    return tuple(tuple(problems(envelope, response, but)) for envelope in allowed)


def spoken_for(policy: Policy, exchange: Exchange) -> frozenset[str]:
    """JSON pointers of an error body that other checks hold: a rejection's or a sunset's own code and pointer, and what no error says."""
    return exchange.once("spoken for", policy, lambda: _spoken_for(policy, exchange))


def _spoken_for(policy: Policy, exchange: Exchange) -> frozenset[str]:
    if exchange.aim.meaning.receiver is Receiver.SUNSET:
        sunset = sunset_answer(policy, exchange.version)
        held = set(sunset.pointers)
        codes = sunset.codes
    else:
        answer = answer_for(policy, exchange)
        held, codes = set(), answer.codes if answer else frozenset()
    if exchange.response is not None and (place := denied(policy, exchange.response)):
        held.add(place)
    if codes:
        held |= {place for envelope in envelopes_for(policy, exchange) if (place := envelope.code_place) is not None}
    return frozenset(held)


def denied(policy: Policy, response: Response) -> str | None:
    """The place at which an error's body says what the policy says no error says; None where it does not."""
    for pointer, value in policy.error_rules.never.items():
        found = lookup(response.json, pointer)
        if type(found) is type(value) and found == value:
            return pointer
    return None


def error_code(policy: Policy, exchange: Exchange) -> str | None:
    """The error code of an answer, read where its envelope says; None where there is none to read."""
    response = exchange.response
    if response is None:
        return None
    envelopes = envelopes_for(policy, exchange) or tuple(policy.envelopes.values())
    return next((found for each in envelopes if (found := code_in(each, response)) is not None), None)


def code_in(envelope: Envelope, response: Response) -> str | None:
    """The error code of an answer, where an envelope says that it is; a number as its text. None where there is none."""
    if envelope.code_header is not None:
        return (response.header(envelope.code_header) or "").strip() or None
    if envelope.xpath is not None:
        root = xml_of(response.body).root
        return text_at(root, envelope.xpath) if root is not None else None
    found = lookup(response.json, envelope.code) if envelope.code is not None else MISSING
    return str(found) if _is_code(found) else None


def _xml_problems(envelope: Envelope, response: Response) -> Iterator[str]:
    root, problem = xml_of(response.body)
    if root is None:
        yield f"the body is {'no XML that is read' if response.body else 'empty'}: {problem}"
    elif envelope.root is not None and local(root.tag) != envelope.root:
        yield f"the root of the body is {local(root.tag)[:_SHOWN]}, not {envelope.root}"


def _is_code(value: Any) -> bool:
    """Whether a JSON value can be an error code: a text or a number; true and false are none."""
    return isinstance(value, str | int) and not isinstance(value, bool)


def _beginning(response: Response) -> str:
    return repr(response.text if len(response.text) <= _SHOWN else f"{response.text[:_SHOWN]}…")
