"""What the Moonborn server stores and shows: body shapes, seeded records, and the views of its two versions.

Records are stored in the shape of v2. v2 renamed `name` to `displayName` and `text` to `content`, and retyped `warmth`
and `importance` (whole numbers in v1, a share of one in v2) and `voice` (a name in v1, an object in v2).
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.apps.girard_fields import (
    Field,
    Json,
    Record,
    Shelf,
    array,
    boolean,
    choice,
    integer,
    nullable,
    number,
    record,
    text,
)

ARCHETYPES = ("sage", "rebel", "caregiver", "jester", "explorer")
TONES = ("calm", "bright", "gravelly")
KINDS = ("fact", "episode", "preference")
NORMAL_SPEED = 1.0


def persona_fields(version: str, *, longest_name: int = 80, tagline_required: bool = False) -> dict[str, Field]:
    """The members of a persona body in `version`; the other arguments are what planted bugs turn."""
    shared = {
        "tagline": Field(reader=nullable(text(0, 200)), required=tagline_required),
        "archetype": Field(reader=choice(*ARCHETYPES), required=True),
        "traits": Field(reader=array(text(1, 40), 12, unique=True), default=[]),
        "isPublic": Field(reader=boolean, default=False),
    }
    if version == "v1":
        return {
            "name": Field(reader=text(1, longest_name), required=True),
            **shared,
            "warmth": Field(reader=integer(0, 100), default=50),
            "voice": Field(reader=choice(*TONES), default="calm"),
        }
    voice = {
        "tone": Field(reader=choice(*TONES), required=True),
        "speed": Field(reader=number(0.5, 2), default=NORMAL_SPEED),
    }
    return {
        "displayName": Field(reader=text(1, longest_name), required=True),
        **shared,
        "warmth": Field(reader=number(0, 1), default=0.5),
        "voice": Field(reader=record(voice), default={"tone": "calm", "speed": NORMAL_SPEED}),
    }


def memory_fields(version: str) -> dict[str, Field]:
    """The members of a memory body in `version`."""
    shared = {
        "kind": Field(reader=choice(*KINDS), required=True),
        "pinned": Field(reader=boolean, default=False),
    }
    if version == "v1":
        words, weight = {"text": Field(reader=text(1, 5000), required=True)}, Field(reader=integer(1, 10), default=5)
    else:
        words, weight = {"content": Field(reader=text(1, 5000), required=True)}, Field(reader=number(0, 1), default=0.5)
    return {**words, **shared, "importance": weight}


CLONE = record({"displayName": Field(reader=nullable(text(1, 80)))})


def renamed(item: Mapping[str, Json], old: str, new: str) -> Record:
    """`item` with the member `old`, if it is there, called `new`, in the same place."""
    return {new if name == old else name: value for name, value in item.items()}


def persona_from_v1(body: Record) -> Record:
    """A v1 persona body, whole or partial, in the stored shape."""
    stored = renamed(body, "name", "displayName")
    if "warmth" in stored:
        stored["warmth"] /= 100
    if "voice" in stored:
        stored["voice"] = {"tone": stored["voice"], "speed": NORMAL_SPEED}
    return stored


def persona_v1(item: Record) -> Record:
    """A persona as v1 shows it."""
    shown = renamed(item, "displayName", "name")
    return {**shown, "warmth": round(shown["warmth"] * 100), "voice": shown["voice"]["tone"]}


def memory_from_v1(body: Record) -> Record:
    """A v1 memory body in the stored shape."""
    return {**renamed(body, "text", "content"), "importance": body["importance"] / 10}


def memory_v1(item: Record) -> Record:
    """A memory as v1 shows it."""
    return {**renamed(item, "content", "text"), "importance": max(1, round(item["importance"] * 10))}


def instant(moment: dt.datetime) -> str:
    """A UTC moment in RFC 3339, whole seconds, with `Z`."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def identifier(kind: int, count: int) -> str:
    """The `count`-th UUID of a kind of record."""
    return f"{kind:08d}-0000-4000-8000-{count:012d}"


@dataclass(kw_only=True, slots=True)
class Store:
    """Personas and memories, with ids that count up and times that follow `today`."""

    today: dt.datetime
    personas: Shelf = field(default_factory=Shelf)
    memories: Shelf = field(default_factory=Shelf)
    persona_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    memory_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        """Seed five personas with a memory each, the oldest five days old."""
        for age, name in zip(range(5, 0, -1), ("Selene", "Orion", "Vesper", "Lyra", "Castor"), strict=True):
            when = self.today - dt.timedelta(days=age)
            body: Record = {
                "displayName": name,
                "tagline": f"{name} never sleeps." if age % 2 else None,
                "archetype": ARCHETYPES[age % 5],
                "traits": ["curious", "blunt"],
                "isPublic": age % 2 == 0,
                "warmth": age / 5,
                "voice": {"tone": TONES[age % 3], "speed": NORMAL_SPEED},
            }
            persona = self.add_persona(body, when=when, seed=True)
            memory = {"content": f"{name} likes long trains.", "kind": KINDS[age % 3], "pinned": age == 1}
            self.add_memory(persona["id"], {**memory, "importance": age / 10}, when=when, seed=True)

    def add_persona(self, body: Record, *, when: dt.datetime | None = None, seed: bool = False) -> Record:
        """Store a new persona made of a body in the stored shape."""
        stamp = instant(when or self.today)
        item = {"id": identifier(1, next(self.persona_ids)), **body, "createdAt": stamp, "updatedAt": stamp}
        return self.personas.put(item, seed=seed)

    def change_persona(self, item: Record, body: Record) -> Record:
        """Store `item` with the members of `body` in place of its own."""
        changed = {**item, **body, "updatedAt": instant(self.today)}
        return self.personas.put(changed, seed=item["id"] in self.personas.seeded)

    def add_memory(self, persona: str, body: Record, *, when: dt.datetime | None = None, seed: bool = False) -> Record:
        """Store a new memory of the persona with id `persona`."""
        item = {"id": identifier(2, next(self.memory_ids)), "personaId": persona, **body}
        return self.memories.put({**item, "createdAt": instant(when or self.today)}, seed=seed)

    def change_memory(self, item: Record, body: Record) -> Record:
        """Store `item` with the members of `body` in place of its own."""
        return self.memories.put({**item, **body}, seed=item["id"] in self.memories.seeded)
