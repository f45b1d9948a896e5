"""The policy: what an API promises about its versions, as frozen values. Parsed once, at the edge; nothing here does I/O.

Its parts are in `lifecycle`, `selectors`, `promises` and `sending`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pytest_apiversion.core.contracts.named_queries import whole
from pytest_apiversion.core.http.cross_origin import CrossOrigin
from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.policy.carriers import Carrier
from pytest_apiversion.core.policy.compatibility import Changes
from pytest_apiversion.core.policy.credentials import Credential, Tier
from pytest_apiversion.core.policy.maintenance import CheckWaiver, Previews, Sdk
from pytest_apiversion.core.policy.parts import Elements, Part, Parts, ending_as, ending_with, parts_of, within
from pytest_apiversion.core.policy.publishing import Publishing, Release
from pytest_apiversion.core.policy.requests import Limits, OperationRule, Rules
from pytest_apiversion.core.policy.requirements import Requirement
from pytest_apiversion.core.policy.responses import (
    Deprecation,
    Envelope,
    ErrorClass,
    ErrorRules,
    RateLimit,
    RequiredHeader,
    Success,
    Sunset,
)
from pytest_apiversion.core.policy.secrets import Secrets
from pytest_apiversion.core.policy.selection import FLOATING, Answer, Echo, Listing
from pytest_apiversion.core.policy.sequences import IdentifierForms, Sequences
from pytest_apiversion.core.policy.subjects import Alias, Declared, Version
from pytest_apiversion.core.versions.lifecycle import Lifecycle, Stage, instant
from pytest_apiversion.core.versions.notice_period import dated


@dataclass(frozen=True, kw_only=True, eq=False)
class Policy:
    """Everything one policy file says.

    Attributes:
        name: The API's name.
        source: The policy file, as the user named it.
        base_url: Where the API answers, or None where the run must say.
        app: `package.module:attribute` of an application that is asked in this process instead, or None.
        scheme: Name of the version scheme.
        codenames: Declared order of codenames, oldest first.
        versions: The declared versions by name, oldest first.
        carriers: The carriers by kind, strongest first.
        base_path: What stands before an operation's path when no version does.
        answers: What each kind of wrong gets; kinds that are absent are not promised.
        tolerated: Texts the service may read as versions though the scheme does not, or None where there are none.
        bounds: The oldest and the newest version that the service takes for one, or None where it takes any of the scheme.
        keywords: Words that stand for a version where one is written, and the version: a declared one, or one of `FLOATING`.
        waterfall: Whether a date between two versions is served by the earlier one.
        range: Whether every version between the oldest and the newest declared one is served as itself.
        fall_through: Whether a bad version in a strong carrier lets a weaker one speak.
        echo: Where a response says which version served it.
        volatile: SharedResources in bodies (JSON pointers, `*` for every element of a list) that may differ from answer to answer.
        elsewhere: SharedResources (such pointers, or names of headers) whose links may lead out of the version.
        same_codes: Whether the same fault has the same status and code in all versions that share an envelope.
        lists: Response headers that list versions.
        vary: Whether what caches keep says that it varies with the header that selected its version.
        decoys: Path segments that look like a version and are none.
        exclusive: Whether a version named where no carrier is declared has no effect.
        preflight: Origin of a page that calls the API from a browser, or None where nothing is promised to those.
        envelopes: The envelopes by name.
        envelope: Name of the envelope of all versions, or None where none is promised.
        successes: Shapes of successes by name.
        error_classes: Errors that wear another.
        error_rules: What else is promised of errors.
        headers: Promised response headers.
        cors: What a page of another origin can read, or None where nothing is promised to those.
        rate_limit: What the headers of a rate limit mean, or None where nothing is promised.
        release: Where the service says which release answers, or None.
        deprecation: How deprecation is announced.
        sunset: What a version answers after its sunset.
        aliases: Unversioned paths by name.
        credentials: Secrets, in the order of the file.
        tiers: What single credentials see more.
        neutral: `METHOD /path` operations that have no version.
        without_version: Those that answer only who names none, with their queries; `{version}` in one is each version's name.
        operations: What is said of single operations.
        renamed: Rows of version → `METHOD /template`: one operation under its names.
        alike: Operations whose templates differ from other versions' by names of parameters alone: those, by version and name; known once the contracts are read.
        renamed_count: How many such rows there are said to be, or None.
        complete: Whether every operation of a version is in its successor, or in such a row; and in an alias, or absent there.
        isolated: Whether what only another version has is promised not to be served.
        old_names_rejected: Whether a body with another version's names is refused though it has all that is required.
        fields: Rows of version → name: one member under its names.
        identifiers: How versions write one identifier.
        values: Values by parameter name, for any operation.
        limits: How much is sent.
        rules: How strictly contracts are held.
        publishing: Where it publishes its document, and which copies there are.
        changes: What is said of changes to contracts.
        severities: How much a check's findings weigh, by code, where it is not the check's own: a severity, or `off`.
        requirements: Sentences of the published policy that checks hold.
        declared: Promises that cannot be checked from outside.
        reminders: Days before a sunset at which it is spoken of again, most first.
        previews: How long previews live.
        sdks: Releases of SDKs and what they are pinned to.
        waivers: Checks of the policy that a version need not hold for a while.
        sequences: What is said of reading what was written.
        secrets: What no report may show.
        lifecycles: Parts of versions with a life of their own, as the file has them.
        parts: The part that an operation belongs to, by version and name; known once the contracts are read.
        elements: The lives of an operation's elements, by version and name; known once the contracts are read.
        lives: Lives by version or alias in the view of one operation, where they are not the whole version's.
    """

    name: str
    source: str
    base_url: str | None = field(repr=False)
    app: str | None = None
    scheme: str
    codenames: tuple[str, ...] = ()
    versions: Mapping[str, Version]
    carriers: Mapping[str, Carrier]
    base_path: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    tolerated: BoundedPattern | None = None
    bounds: tuple[str, str] | None = None
    keywords: Mapping[str, str] = field(default_factory=dict)
    waterfall: bool = False
    range: bool = False
    fall_through: bool = False
    echo: Echo | None = None
    volatile: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    same_codes: bool = False
    lists: tuple[Listing, ...] = ()
    vary: bool = False
    decoys: tuple[str, ...] = ()
    exclusive: bool = False
    preflight: str | None = None
    envelopes: Mapping[str, Envelope] = field(default_factory=dict)
    envelope: str | None = None
    successes: Mapping[str, Success] = field(default_factory=dict)
    error_classes: tuple[ErrorClass, ...] = ()
    error_rules: ErrorRules = field(default_factory=ErrorRules)
    headers: tuple[RequiredHeader, ...] = ()
    cors: CrossOrigin | None = None
    rate_limit: RateLimit | None = None
    release: Release | None = None
    deprecation: Deprecation = field(default_factory=Deprecation)
    sunset: Sunset = field(default_factory=Sunset)
    aliases: Mapping[str, Alias] = field(default_factory=dict)
    credentials: tuple[Credential, ...] = ()
    tiers: tuple[Tier, ...] = ()
    neutral: frozenset[str] = frozenset()
    without_version: frozenset[str] = frozenset()
    operations: Mapping[str, OperationRule] = field(default_factory=dict, repr=False)
    renamed: tuple[Mapping[str, str], ...] = ()
    alike: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict, repr=False)
    renamed_count: int | None = None
    complete: bool = False
    isolated: bool = False
    old_names_rejected: bool = False
    fields: tuple[Mapping[str, str], ...] = ()
    identifiers: tuple[IdentifierForms, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    limits: Limits = field(default_factory=Limits)
    rules: Rules = field(default_factory=Rules)
    publishing: Publishing = field(default_factory=Publishing)
    changes: Changes = field(default_factory=Changes)
    severities: Mapping[str, str] = field(default_factory=dict)
    requirements: tuple[Requirement, ...] = ()
    declared: tuple[Declared, ...] = ()
    reminders: tuple[int, ...] = ()
    previews: Previews = field(default_factory=Previews)
    sdks: tuple[Sdk, ...] = ()
    waivers: tuple[CheckWaiver, ...] = ()
    sequences: Sequences = field(default_factory=Sequences)
    secrets: Secrets = field(default_factory=Secrets)
    lifecycles: tuple[Part, ...] = ()
    parts: Parts = field(default_factory=dict)
    elements: Elements = field(default_factory=dict)
    lives: Mapping[str, Lifecycle] = field(default_factory=dict)

    def version_of(self, subject: str) -> str:
        """The version a subject is about: itself, or the one an alias leads to."""
        alias = self.aliases.get(subject)
        return alias.version if alias else subject

    def lifecycle(self, subject: str) -> Lifecycle:
        """The dates of a version or an alias, by name; of the operation in whose view the policy is, where that has its own."""
        if subject in self.lives:
            return self.lives[subject]
        alias = self.aliases.get(subject)
        return alias.lifecycle if alias else self.versions[subject].lifecycle

    def stage(self, subject: str, as_of: dt.datetime) -> Stage:
        """The stage of a version or an alias at an instant."""
        return self.lifecycle(subject).stage(as_of)

    def seen_by(self, version: str, operation: str) -> Policy:
        """The policy in the view of one operation: a version lives in it as that operation does there, and ends when that ends."""
        if not self.parts:
            return dataclasses.replace(self, lives={}) if self.lives else self
        own = self.parts.get(version, {}).get(operation)
        lives = {
            name: within(part.lifecycle, each.lifecycle)
            for name, each in self.versions.items()
            if (part := self.parts.get(name, {}).get(self.counterpart(operation, version, name) or "")) is not None
        }
        if not lives:
            return dataclasses.replace(self, lives={}) if self.lives else self
        aliases = {name: each for name, each in self.aliases.items() if each.version in lives}
        for name, alias in aliases.items():
            life = within(lives[alias.version], alias.lifecycle)
            lives[name] = dataclasses.replace(life, successor=alias.version, heir=None)
        if own is not None:
            aliases = {name: ending_as(alias, own) for name, alias in aliases.items()}
        return dataclasses.replace(
            self,
            lives=lives,
            aliases={**self.aliases, **aliases},
            versions=self.versions if own is None else ending_with(self.versions, version, own),
        )

    def of_part(self, version: str, part: Part) -> Policy:
        """The policy in the view of a part of a version, whatever its version's own dates."""
        return dataclasses.replace(self, lives={version: part.lifecycle})

    def parts_of(self, version: str) -> tuple[Part, ...]:
        """The parts of a version with a life of their own, each once, in the order of their operations."""
        return parts_of(self.parts.get(version, {}), self.elements.get(version, {}))

    def heir(self, subject: str, operation: str) -> tuple[str, str] | None:
        """The version and the name of the operation that takes over from one of a subject's; None where there is none."""
        life = self.lifecycle(subject)
        if life.successor is None:
            return None
        key = life.heir or self.counterpart(operation, self.version_of(subject), life.successor)
        return None if key is None else (life.successor, key)

    def milestones(self, subject: str) -> tuple[tuple[str, dt.datetime], ...]:
        """The named instants of a version's or alias' life and of its parts', and the reminders before a sunset, earliest first."""
        rows = dated(self.lifecycle(subject), self.reminders)
        if (version := self.versions.get(subject)) is not None:
            rows += [(f"release {each.release}", instant(each.begins)) for each in version.releases]
        for part in self.parts_of(subject):
            rows += [(f"{part.name} {what}", when) for what, when in dated(part.lifecycle, self.reminders)]
        return tuple(sorted(rows, key=lambda row: row[1]))

    def answering(self, as_of: dt.datetime) -> tuple[str, ...]:
        """The versions that serve requests at an instant, oldest first."""
        return tuple(name for name in self.versions if self.stage(name, as_of).answers)

    def serving(self, name: str | None, as_of: dt.datetime) -> str | None:
        """The version a default names: a declared one, or the oldest or newest that serves at an instant, previews left out.

        None where no such version serves.
        """
        if name not in FLOATING or name in self.versions:
            return name
        stable = [each for each in self.answering(as_of) if self.stage(each, as_of) is not Stage.PREVIEW]
        return None if not stable else stable[0] if name == "oldest" else stable[-1]

    def answer(self, wrong: str, *, carrier: str | None = None, operation: str | None = None) -> Answer | None:
        """The declared answer to a kind of wrong: the operation's, else the carrier's, else the API's.

        What names no version at all lacks it in every carrier: the strongest that says something of it decides.
        """
        if operation and (found := self.operations.get(operation, _NO_RULE).answers.get(wrong)):
            return found
        kinds = [carrier] if carrier else self.carriers if wrong == "missing" else ()
        for kind in kinds:
            if kind in self.carriers and (found := self.carriers[kind].answers.get(wrong)):
                return found
        return self.answers.get(wrong)

    def counterpart(self, operation: str, version: str, other: str) -> str | None:
        """The name of a version's operation in another version, by the operation map.

        None when the map says the operation has no counterpart there; when the map does not know it, the same name, or the one that
        differs by names of path parameters alone.
        """
        row = self._rows.get((version, operation))
        if row is None and "?" in operation and (common := self._rows.get((version, whole(operation)))) is not None:
            there = common.get(other)
            return there if there is None else f"{there}?{operation.partition('?')[2]}"
        return self.alike.get((version, operation), {}).get(other, operation) if row is None else row.get(other)

    @cached_property
    def _rows(self) -> dict[tuple[str, str], Mapping[str, str]]:
        """The first row of the operation map that knows an operation of a version."""
        rows = reversed(self.renamed)
        return {(version, operation): row for row in rows for version, operation in row.items()}


_NO_RULE = OperationRule()
