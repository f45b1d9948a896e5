"""What the Girard server stores and shows: body shapes, seeded records, and the two versions' views of a run."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.apps.girard_fields import (
    Field,
    Json,
    Record,
    Shelf,
    array,
    choice,
    integer,
    mapping,
    nullable,
    number,
    record,
    text,
)

MODELS = ("gpt-4", "claude-3", "llama-3")
WORKFLOW_STATES = ("draft", "active", "archived")
RUN_STATES = ("queued", "running", "succeeded", "failed", "cancelled")
DEFAULT_TEMPERATURE = 0.7

STEP = record(
    {
        "name": Field(reader=text(1, 60), required=True),
        "kind": Field(reader=choice("prompt", "transform", "webhook"), required=True),
        "settings": Field(reader=mapping(text(0, 200), 5), default={}),
        "timeout_seconds": Field(reader=nullable(integer(1, 3600))),
    }
)


def workflow_fields(*, longest_name: int = 120, description_required: bool = False) -> dict[str, Field]:
    """The members of a workflow body; the arguments are what planted bugs turn."""
    return {
        "name": Field(reader=text(1, longest_name), required=True),
        "description": Field(reader=nullable(text(0, 2000)), required=description_required),
        "status": Field(reader=choice(*WORKFLOW_STATES), default="draft"),
        "tags": Field(reader=array(text(1, 30), 10), default=[]),
        "steps": Field(reader=array(STEP, 8), default=[]),
    }


EXECUTION_EXTRAS = {
    "variables": Field(reader=mapping(text(0, 200), 10), default={}),
    "priority": Field(reader=integer(0, 9), default=5),
}
EXECUTION_V1 = record(
    {
        "input": Field(reader=text(1, 4000), required=True),
        "model": Field(reader=choice(*MODELS), default=MODELS[0]),
        **EXECUTION_EXTRAS,
    }
)
EXECUTION_V2 = record(
    {
        "prompt": Field(reader=text(1, 4000), required=True),
        "config": Field(
            required=True,
            reader=record(
                {
                    "model": Field(reader=choice(*MODELS), required=True),
                    "temperature": Field(reader=number(0, 2), default=DEFAULT_TEMPERATURE),
                    "max_tokens": Field(reader=nullable(integer(1, 8192))),
                }
            ),
        ),
        **EXECUTION_EXTRAS,
    }
)


def instant(moment: dt.datetime) -> str:
    """A UTC moment in RFC 3339, whole seconds, with `Z`."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def workflow_v1(item: Record) -> Record:
    """A workflow as v1 shows it: without the revision."""
    return {name: value for name, value in item.items() if name != "revision"}


def workflow_v2(item: Record) -> Record:
    """A workflow as v2 shows it."""
    return dict(item)


def run_v1(item: Record) -> Record:
    """A run as v1 shows it: `input` and `model` side by side."""
    shown = {name: value for name, value in item.items() if name not in {"prompt", "config"}}
    return {**shown, "input": item["prompt"], "model": item["config"]["model"]}


def run_v2(item: Record) -> Record:
    """A run as v2 shows it: `prompt`, and the model inside `config`."""
    return dict(item)


def execution_v1(body: Record) -> Record:
    """A v1 execution body in the stored form."""
    config = {"model": body["model"], "temperature": DEFAULT_TEMPERATURE, "max_tokens": None}
    return {"prompt": body["input"], "config": config, "variables": body["variables"], "priority": body["priority"]}


@dataclass(kw_only=True, slots=True)
class Store:
    """Workflows and runs, with ids that count up and times that follow `today`."""

    today: dt.datetime
    workflows: Shelf = field(default_factory=Shelf)
    runs: Shelf = field(default_factory=Shelf)
    workflow_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    run_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        """Seed six workflows and as many runs, the oldest six days old."""
        read: Callable[[Json, str], Json] = record(workflow_fields())
        for age in range(6, 0, -1):
            when = self.today - dt.timedelta(days=age)
            body = {
                "name": f"Weekly digest {7 - age}",
                "description": None if age % 2 else "Collects the week's tickets and mails a summary.",
                "status": WORKFLOW_STATES[age % 3],
                "tags": ["digest", f"team-{age}"],
                "steps": [
                    {"name": "Summarise", "kind": "prompt", "settings": {"tone": "plain"}, "timeout_seconds": 60}
                ],
            }
            workflow = self.add_workflow(read(body, ""), when=when, seed=True)
            run = {"prompt": "Summarise the open tickets", "variables": {"week": str(40 + age)}, "priority": 5}
            config = {"model": MODELS[age % 3], "temperature": 0.2, "max_tokens": 512}
            status = RUN_STATES[age % 4]
            done = status in {"succeeded", "failed"}
            self.add_run(
                workflow["id"],
                {**run, "config": config},
                when=when,
                seed=True,
                status=status,
                progress=1.0 if done else 0.0,
                finished_at=instant(when) if done else None,
                output="Eleven tickets, two urgent." if status == "succeeded" else None,
            )

    def add_workflow(self, body: Record, *, when: dt.datetime | None = None, seed: bool = False) -> Record:
        """Store a new workflow made of a read body."""
        stamp = instant(when or self.today)
        item = {"id": f"wf_{next(self.workflow_ids):06d}", **body, "owner": "ops@girardai.example", "revision": 1}
        return self.workflows.put({**item, "created_at": stamp, "updated_at": stamp}, seed=seed)

    def change_workflow(self, item: Record, body: Record) -> Record:
        """Store `item` with the members of `body` in place of its own."""
        return self.workflows.put(
            {**item, **body, "revision": item["revision"] + 1, "updated_at": instant(self.today)},
            seed=item["id"] in self.workflows.seeded,
        )

    def add_run(
        self, workflow: str, body: Record, *, when: dt.datetime | None = None, seed: bool = False, **more: Json
    ) -> Record:
        """Store a new run of the workflow with id `workflow`, queued unless `more` says otherwise."""
        item: Record = {"id": f"run_{next(self.run_ids):06d}", "workflow_id": workflow, "status": "queued", **body}
        item |= {"progress": 0.0, "output": None, "created_at": instant(when or self.today), "finished_at": None}
        return self.runs.put({**item, **more}, seed=seed)

    def cancel_run(self, item: Record) -> Record:
        """Cancel a run that has not finished; a finished one stays as it is."""
        if item["finished_at"] is not None:
            return item
        return self.runs.put(
            {**item, "status": "cancelled", "finished_at": instant(self.today)}, seed=item["id"] in self.runs.seeded
        )
