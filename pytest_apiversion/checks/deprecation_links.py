"""A deprecated version's answers point to what the policy says they point to, and the successor is really there.

The target of a successor link is the same operation in the successor version, under its own name where it was renamed (of a request in a
method that the path does not have, the same path will do); asked for, it must not be an unknown route. A link to another host is not followed; a note of the run says so.

Source: RFC 8288 (Link), RFC 5829 (`successor-version`), RFC 9745 §3 (`deprecation`); VEL-12, ARA-17. Silence: take
the link out of `[[deprecation.links]]`, or give it the `href` that is really sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.aim import Aim
from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.contracts.named_queries import asks_for, pairs_of
from pytest_apiversion.core.http.link_header import LinkValue, parse_links, parts
from pytest_apiversion.core.http.statuses import status_matches
from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.judging.answer_kinds import Kind
from pytest_apiversion.core.judging.deprecation_headers import said_lines, successor_pattern, successor_template
from pytest_apiversion.core.judging.promises import announced_headers, deprecated_place
from pytest_apiversion.core.judging.reading import read
from pytest_apiversion.core.judging.wording import answer_text
from pytest_apiversion.core.policy.announcements import announcement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.exchange import Exchange
    from pytest_apiversion.core.checking.scene import Scene
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.core.policy.responses import DeprecationLink


def _promised(scene: Scene) -> str | None:
    return deprecated_place(scene) if announcement(scene.policy, scene.subject).links else None


def _judge(exchange: Exchange, scene: Scene) -> Iterable[Broken] | None:
    if exchange.aim is Aim.SUCCESSOR:
        return list(_dead(exchange, read(exchange, scene).kind))
    response = read(exchange, scene).announcing
    if response is None or _promised(scene) is None:
        return None
    due = [header for header in announced_headers(scene) if status_matches(response.status, header.statuses)]
    if due and not any(said_lines(response, header) for header in due):
        return None  # nothing is announced at all: AV501's
    return [
        broken
        for link in announcement(scene.policy, scene.subject).links
        for broken in _link(exchange, scene, response, link)
    ]


def _dead(exchange: Exchange, kind: Kind) -> Iterator[Broken]:
    if kind is Kind.NOTHING or kind is Kind.NOT_FOUND:
        yield Broken(
            summary="the successor link is dead",
            expected="the linked successor answers",
            received=f"{exchange.request.method} {exchange.request.target}: {answer_text(exchange)}",
            place="deprecation.links",
        )


def _link(exchange: Exchange, scene: Scene, response: Response, link: DeprecationLink) -> Iterator[Broken]:
    value = response.header("link") or ""
    links = [found for found in parse_links(value) if link.rel.lower() in found.rels]
    targets = [found.target for found in links]
    template = successor_template(exchange, scene) if link.successor else None
    href = link.href.replace("{version}", scene.version) if link.href is not None else None
    if link.successor and template is None:
        return  # the operation has no successor to point to
    if not targets:
        yield Broken(
            summary=f'no link with rel="{link.rel}"',
            expected=f'Link: <{href or template or "…"}>; rel="{link.rel}"',
            received=f"Link: {value}" if value else "no Link header",
            place=link.place,
        )
    elif href is not None and href not in targets:
        yield Broken(
            summary=f'the link rel="{link.rel}" leads elsewhere',
            expected=f"<{href}>",
            received=f"Link: {value}",
            place=link.place,
        )
    elif template is not None and not any(
        _leads(target, successor_pattern(exchange, scene, query=False) or "", template) for target in targets
    ):
        yield Broken(
            summary=f'the link rel="{link.rel}" leads to another operation',
            expected=f"<{template}>",
            received=f"Link: {value}",
            place=link.place,
        )
    else:
        for name, said in (("type", link.media_type), ("hreflang", link.language)):
            if said is not None and not any(_says(each, name, said) for each in links):
                yield Broken(
                    summary=f'the link rel="{link.rel}" has not the promised {name}',
                    expected=f'Link: <{targets[0]}>; rel="{link.rel}"; {name}="{said}"',
                    received=f"Link: {value}",
                    place=f"{link.place}.{name}",
                )


def _says(link: LinkValue, name: str, value: str) -> bool:
    """Whether a link has a parameter with a value; neither media types nor language tags know case."""
    return any(known == name and text.lower() == value.lower() for known, text in link.parameters)


def _leads(target: str, pattern: str, template: str) -> bool:
    split = parts(target)
    if split is None or not asks_for(pairs_of(split.query), template.partition("?")[2]):
        return False
    return BoundedPattern(f"(?:.*?){pattern}").fullmatch(split.path)


CHECK = Check(code="AV505", name="deprecation-links", title="deprecation links", promised=_promised, judge=_judge)
