"""Where errors have a shape, those of every version that answers have one, and every promised code can be read in it.

A version that was forgotten is a version whose errors nothing holds; a code promised inside an envelope without a place for it can
never be found. That every version has a frozen contract, and every carrier its spelling, is held when the file is read.

Source: POL-09, GIR-22, MOO-31, ARA-34, ARA-35, AUG-12. Silence: `errors.envelope`, `versions.NAME.envelope`, `envelopes.NAME.code`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_apiversion.core.checking.broken import Broken
from pytest_apiversion.core.checking.check import Check
from pytest_apiversion.core.http.response_differences import NOTHING
from pytest_apiversion.core.judging.error_envelopes import rejection_envelope
from pytest_apiversion.core.judging.promises import is_newest, sunset_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_apiversion.core.checking.scene import Scene


def _envelope(scene: Scene) -> str | None:
    return scene.policy.versions[scene.version].envelope or scene.policy.envelope


def _promised(scene: Scene) -> str | None:
    policy = scene.policy
    if scene.is_alias or not scene.stage.answers:
        return None
    if policy.envelope is not None:
        return "errors.envelope"
    return next((f"versions.{each.name}.envelope" for each in policy.versions.values() if each.envelope), None)


def _inspect(scene: Scene) -> Iterable[Broken] | None:
    return [*_forgotten(scene), *_unreadable(scene)]


def _forgotten(scene: Scene) -> Iterator[Broken]:
    policy = scene.policy
    classes = [row for row in policy.error_classes if row.versions is None or scene.version in row.versions]
    if _envelope(scene) is None and not classes:
        yield Broken(
            summary=f"{scene.subject} has no error envelope, and other versions have one",
            expected="an envelope for every version that answers",
            received=f"neither errors.envelope nor versions.{scene.subject}.envelope",
            place=f"versions.{scene.subject}.envelope",
        )


def _unreadable(scene: Scene) -> Iterator[Broken]:
    policy = scene.policy
    rows = []
    if policy.lifecycle(scene.subject).sunset is not None:
        sunset = sunset_of(scene)
        rows.append((sunset.codes, sunset.envelope or _envelope(scene), f"{sunset.place}.code"))
    if is_newest(scene):
        holders = [policy.answers, *(carrier.answers for carrier in policy.carriers.values())]
        holders += [rule.answers for rule in policy.operations.values()]
        found = {answer.place: answer for holder in holders for answer in holder.values()}
        rows += [
            (each.codes, rejection_envelope(policy, each, scene.as_of) or policy.envelope, f"{place}.code")
            for place, each in found.items()
        ]
    for codes, name, place in rows:
        if codes and name is not None and policy.envelopes[name].code_place is None:
            yield Broken(
                summary=f"the code {' or '.join(sorted(codes))} has no place in the envelope {name}",
                expected=f"envelopes.{name}.code: where the code stands in the body",
                received=NOTHING,
                place=place,
            )


CHECK = Check(
    code="AV109", name="envelope-declared", title="every version has an envelope", promised=_promised, inspect=_inspect
)
