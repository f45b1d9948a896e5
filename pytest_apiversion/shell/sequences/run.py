"""Runs a sequence: create, read, list, update, read in other versions, delete, read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pytest_apiversion.core.checking.exchange import Exchange
from pytest_apiversion.core.contracts.listed_things import lists_identifier
from pytest_apiversion.core.contracts.round_trip import (
    After,
    Follows,
    resource_schemas,
    writable_members,
)
from pytest_apiversion.core.contracts.written_values import NULLABLE, PARTS, keeps_null, kinds
from pytest_apiversion.core.http.conditions import strong_tag
from pytest_apiversion.core.http.link_header import parts as parts_of_address
from pytest_apiversion.core.http.statuses import GONE
from pytest_apiversion.shell.data.identifiers import identifiers, linked, made_by
from pytest_apiversion.shell.data.located_paths import told_location
from pytest_apiversion.shell.data.operation_index import collection_of
from pytest_apiversion.shell.requests.listing import page_limit
from pytest_apiversion.shell.requests.unique_names import taken
from pytest_apiversion.shell.sequences.across_versions import read_across
from pytest_apiversion.shell.sequences.awaiting import await_end
from pytest_apiversion.shell.sequences.created_places import follow_location
from pytest_apiversion.shell.sequences.deleted_readings import read_elsewhere, read_otherwise
from pytest_apiversion.shell.sequences.edge_values import EDGES, edge_cases, least, nothing, parts
from pytest_apiversion.shell.sequences.foreign_choices import changed_bodies, read_foreign_choices
from pytest_apiversion.shell.sequences.foreign_deletes import delete_as_elsewhere
from pytest_apiversion.shell.sequences.kept_readings import read_as_kept
from pytest_apiversion.shell.sequences.listings import compare_listed, find_listed, read_unlisted
from pytest_apiversion.shell.sequences.partial_writes import write_partly
from pytest_apiversion.shell.sequences.plan import begins
from pytest_apiversion.shell.sequences.replayed_keys import replay_key
from pytest_apiversion.shell.sequences.stale_writes import write_stale
from pytest_apiversion.shell.sequences.steps import SequenceSteps

if TYPE_CHECKING:
    from pytest_apiversion.core.contracts.contract import Operation
    from pytest_apiversion.core.http.messages import Response
    from pytest_apiversion.shell.sequences.edge_values import Edge


@dataclass(kw_only=True)
class Sequence(SequenceSteps):
    """The life of one thing of a version."""

    def run(self) -> None:
        """Go through it; what is created is deleted at the end, where that can be done."""
        create = self.resource.create
        parents = self.requests.data.path_values(self.subject, self.subject, create)
        if parents is None:
            names = ", ".join(create.path_parameters)
            self.notes.append(f"no sequence: no existing data for {names}: give [values]")
            return
        if begins(create) and not self.may(create, parents):
            self.notes.append(f"no sequence: {create.key} would alter what this run did not create")
            return
        made = self._created(parents)
        if made is None:
            self.notes.append(f"no sequence: {create.key} created nothing that could be read")
            return
        (answer, path), listed = made, None
        self.requests.data.forget(self.resource.read, path)  # nobody else is to count on it
        if self.begun(answer):
            await_end(self, path)
        elif self._there(answer, path):
            follow_location(self, answer)
            listed = self._listed(answer, parents, path)
            for update in self.resource.updates:
                self._updated(update, path)
            self._relisted(listed)
            for version, reader in self.resource.elsewhere.items() if self.requests.policy.sequences.across else ():
                if self.sound:  # what a version itself does not show says nothing of the others
                    read_across(self, answer, version, reader, path)
                    replay_key(self, answer, version, parents)
                    read_foreign_choices(self, version, reader, path, partial(self._created_with, parents))
            self._replaced(path)
            first, last = self.resource.updates[:1], self.resource.updates[1:]
            self._cleared(last, path)
            self._at_edges(parents, path)
            self._cleared(first, path)
            delete_as_elsewhere(self, answer, path)
        self._deleted(path, listed)

    def _created(self, parents: Mapping[str, str]) -> tuple[Exchange, dict[str, str]] | None:
        """The exchange that created the thing, and the path parameters that lead to it."""
        create = self.resource.create
        for case in self.bodies(create) if create.body_schema is not None else [self.case(self.subject, create)]:
            exchange = self.send(self.subject, create, case, parents)
            if self.begun(exchange) and (there := self._status_at(exchange)) is not None:
                return exchange, there
            if self.done(exchange) or self.begun(exchange):
                values = self._path(exchange.response, parents, self.resource.read, case.json)
                return None if values is None else (exchange, values)
            if taken(exchange):
                self.requests.token.renew()
        return None

    def _created_with(self, parents: Mapping[str, str], told: Mapping[str, Any]) -> Mapping[str, str] | None:
        """Create another thing with some members as they are told; the path parameters that lead to it."""
        create = self.resource.create
        for case in changed_bodies(self, create, told):
            exchange = self.send(self.subject, create, case, parents)
            if self.done(exchange):
                values = self._path(exchange.response, parents, self.resource.read, case.json)
                if values is not None:
                    self.requests.data.forget(self.resource.read, values)  # nobody else is to count on it
                return values
        return None

    def _status_at(self, exchange: Exchange) -> dict[str, str] | None:
        """The path parameters of what a header of the answer says was begun; the sequence is about that from now on."""
        told = told_location(exchange.response) if exchange.response else None
        where = self.requests.ownership.located(split.path) if told and (split := parts_of_address(told)) else None
        operations = self.contract(self.subject).operations
        read = operations.get(f"GET {where.template}") if where and where.ends_with_parameter else None
        if where is None or read is None:
            return None
        delete = operations.get(f"DELETE {where.template}")
        self.resource = replace(self.resource, read=read, listing=None, updates=(), delete=delete, elsewhere={})
        return where.values

    def _path(
        self, answer: Response | None, parents: Mapping[str, str], read: Operation, sent: Any
    ) -> dict[str, str] | None:
        """The path parameters of the thing that an answer says was created."""
        *above, last = read.path_parameters
        if answer is None or len(above) > len(parents):
            return None
        told = (
            linked(answer, link.parameters[name])
            for link in self.resource.create.links
            if link.target in {read.operation_id, read.key}
            for name in (last, f"path.{last}")
            if name in link.parameters
        )
        found = next((each for each in told if each), None)
        if found is None:
            made = made_by(answer, collection_of(read, last), last, sent)
            first = next(chain(made, identifiers(answer, collection_of(read, last), last)), None)
            found = first.text if first else None
        if found is None:
            return None
        return {**dict(zip(above, parents.values(), strict=False)), last: found}

    def _there(self, created: Exchange, path: Mapping[str, str]) -> bool:
        """Whether what was created can be read."""
        return self.done(self.see(After.CREATED, created, path, None))

    def _listed(self, created: Exchange, parents: Mapping[str, str], path: Mapping[str, str]) -> Exchange | None:
        listing = self.resource.listing
        if listing is None or self.requests.policy.sequences.listed is False:
            return None
        case, longest = self.case(self.subject, listing), page_limit(listing, self.contract(self.subject).document)
        if longest is not None:
            query = (*(pair for pair in case.query if pair[0] != longest[0]), (longest[0], str(longest[1])))
            case = replace(case, query=query)
        follows = Follows(
            after=After.LISTED,
            write=created.operation,
            version=self.subject,
            identifier=unquote(path[self.resource.read.path_parameters[-1]]),
            limit=longest[1] if longest else None,
        )
        values = {name: parents[name] for name in listing.path_parameters}
        found = find_listed(self, self.twice(self.subject, listing, values, follows, case), case, values)
        seen = next((each for each in self.exchanges if each.follows and each.follows.after is After.CREATED), None)
        return compare_listed(self, found, seen) if seen is not None else found

    def _relisted(self, listed: Exchange | None) -> None:
        """Read a list once more whose entity tag must be another one by now: where it is strong, and the list has what was updated."""
        updates, follows = {each.key for each in self.resource.updates}, listed.follows if listed else None
        done = (each for each in reversed(self.exchanges) if each.operation in updates and each.version == self.subject)
        update, before = next(filter(self.done, done), None), listed.response if listed else None
        if listed is None or follows is None or before is None or update is None:
            return
        sent = json.loads(update.request.body or b"null")
        if strong_tag(before) is None or not isinstance(sent, dict) or not lists_identifier(before, follows.identifier):
            return
        again = replace(follows, after=After.RELISTED, write=update.operation, members=sent, before=before)
        answer = self.requests.send(listed.request)
        self.exchanges.append(replace(listed, answer=answer, follows=again, before=self.writes()))

    def _updated(self, update: Operation, path: Mapping[str, str]) -> None:
        values = self.like(update, path)
        if not self.may(update, values):
            return
        if update.method == "PATCH":
            write_partly(self, update, path)  # as long as it has all that it was created with
        for case in self.bodies(update):
            before = self.last_read(values)
            exchange = self.send(self.subject, update, case, values)
            if self.done(exchange):
                seen = self.see(After.UPDATED, exchange, path, before)
                read_as_kept(self, before, seen, path)
                write_stale(self, update, case, values)
                return

    def _at_edges(self, parents: Mapping[str, str], path: Mapping[str, str]) -> None:
        """Write values at the edges of what members may be, and read them: by an update or else in things of their own.

        As little as may be is written by every operation: each has its own code for what was left out, which takes nothing for that.
        """
        said, create = self.requests.policy.sequences, self.resource.create
        if said.read_your_writes is False:
            return
        first, *others = [*(each for each in self.resource.updates if self.may(each, self.like(each, path))), create]
        nulls = (nothing,) if first is create and said.nulls is not False else ()
        for operation, edges in ((first, (*EDGES, parts, *nulls)), *((each, (least, parts)) for each in others)):
            if self.sound and operation.body_schema is not None:
                self._written_at(operation, edges, parents if operation is create else self.like(operation, path), path)

    def _written_at(
        self, operation: Operation, edges: tuple[Edge, ...], values: Mapping[str, str], path: Mapping[str, str]
    ) -> None:
        contract, resource = self.contract(self.subject), self.resource
        made, may = operation is resource.create, writable_members(contract, operation)
        replaces = self.requests.policy.sequences.replaces
        known = resource_schemas(contract, resource.read, frozenset(may))[1]
        members = {
            name: {**schema, NULLABLE: keeps_null(schema, known[name])}
            for name, schema in may.items()
            if name in known and (kinds(schema) & kinds(known[name]) or (PARTS in schema and PARTS in known[name]))
        }
        for edge in edges if members else ():
            for case in edge_cases(self, operation, members, edge):
                before = None if made else self.last_read(path)
                exchange = self.send(self.subject, operation, case, values)
                there = self._path(exchange.response, values, resource.read, case.json) if made else path
                if self.done(exchange) and there is not None:
                    self.see(After.CREATED if made else After.UPDATED, exchange, there, before)
                    if edge is parts and (operation.method == "PATCH" or (operation.method == "PUT" and replaces)):
                        write_partly(self, operation, path)
                    break

    def _replaced(self, path: Mapping[str, str]) -> None:
        """Replace it by less than it is, where the policy says that nothing of it is kept then."""
        for update in self.resource.updates if self.requests.policy.sequences.replaces else ():
            if update.method == "PUT":
                write_partly(self, update, path)

    def _cleared(self, updates: Iterable[Operation], path: Mapping[str, str]) -> None:
        """Write null over what may be null, by the first of some updates that takes it, and read it here and in the other versions."""
        contract, said = self.contract(self.subject), self.requests.policy.sequences
        for update in updates if said.nulls is not False and said.read_your_writes is not False else ():
            values, may = self.like(update, path), writable_members(contract, update)
            known = resource_schemas(contract, self.resource.read, frozenset(may))[1]
            names = [name for name in may.keys() & known.keys() if keeps_null(may[name], known[name])]
            case = next(changed_bodies(self, update, dict.fromkeys(sorted(names))), None) if names else None
            if case is None or not self.may(update, values):
                continue
            before, exchange = self.last_read(values), self.send(self.subject, update, case, values)
            if self.done(exchange):
                seen = self.see(After.UPDATED, exchange, path, before)
                for version, reader in self.resource.elsewhere.items() if said.across and self.sound else ():
                    read_across(self, exchange, version, reader, path, seen)
                return

    def _deleted(self, path: Mapping[str, str], listed: Exchange | None) -> None:
        delete = self.resource.delete
        if delete is None or not self.may(delete, values := self.like(delete, path)):
            return
        case = self.case(self.subject, delete)
        if write_stale(self, delete, case, values):
            return
        before, exchange = self.last_read(values), self.send(self.subject, delete, case, values)
        if self.done(exchange):
            seen = self.read(After.DELETED, exchange, path, ("", {}))
            if seen.response is not None and seen.response.status in GONE:
                read_otherwise(self, exchange, seen, path, before)
                read_elsewhere(self, exchange, path)
                read_unlisted(self, exchange, listed, before)
