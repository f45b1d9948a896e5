"""Builds a `Policy` from a policy document without mistakes; fills in defaults."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pytest_apiversion.core.json.bounded_patterns import BoundedPattern
from pytest_apiversion.core.policy.connection import Connection
from pytest_apiversion.core.policy.policy import Policy
from pytest_apiversion.core.policy.publishing import Covers, Hold, Publishing
from pytest_apiversion.core.policy.requests import Limits, OperationRule, Rules, Values
from pytest_apiversion.core.policy.secrets import Secrets
from pytest_apiversion.core.policy.selection import Echo, RefusedEcho
from pytest_apiversion.core.policy.sequences import Sequences
from pytest_apiversion.core.policy.subjects import Alias, Declared, Version
from pytest_apiversion.core.versions.schemes import parse
from pytest_apiversion.shell.catalogue.entries import carriers
from pytest_apiversion.shell.policy_file.answers import (
    as_list,
    read_all_answers,
    read_answer,
    read_answers,
    read_carrier,
    read_patterns,
    read_sunset,
)
from pytest_apiversion.shell.policy_file.changes import read_changes
from pytest_apiversion.shell.policy_file.credentials import read_credentials
from pytest_apiversion.shell.policy_file.lifecycles import read_lifecycle, read_parts
from pytest_apiversion.shell.policy_file.maintenance import read_notice, read_previews, read_sdks, read_waivers
from pytest_apiversion.shell.policy_file.promises import (
    announced_members,
    read_announcement,
    read_deprecation,
    read_envelopes,
    read_error_classes,
    read_error_rules,
    read_headers,
    read_listings,
    read_successes,
)
from pytest_apiversion.shell.policy_file.releases import read_releases
from pytest_apiversion.shell.policy_file.requirements import read_requirements
from pytest_apiversion.shell.policy_file.service import read_cors, read_identifiers, read_rate_limit, read_release
from pytest_apiversion.shell.policy_file.tied_dates import read_ties
from pytest_apiversion.shell.policy_file.tiers import read_tiers
from pytest_apiversion.shell.texts.toml_text import dotted


def _versions(document: Mapping[str, Any]) -> dict[str, Version]:
    versioning = document["versioning"]
    scheme, codenames = versioning["scheme"], tuple(versioning.get("codenames", ()))
    rows = list(document["versions"].items())
    parsed = {name: parse(scheme, name, codenames) for name, _ in rows}
    if scheme != "opaque":
        rows.sort(key=lambda row: parsed[row[0]].key if parsed[row[0]] else ())  # type: ignore[union-attr]
    return {
        name: Version(
            name=name,
            contract=table.get("contract"),
            lifecycle=read_lifecycle(
                table,
                {**document.get("sunset", {}), **table.get("gone", {})},
                table.get("successor"),
                ties=read_ties(document, table, dotted("versions", name)),
            ),
            spellings=table.get("spelling", {}),
            envelope=table.get("envelope"),
            order=order,
            notice=read_notice(document, table, dotted("versions", name)),
            count=table.get("count"),
            served=table.get("served"),
            success=table.get("success"),
            gone=read_sunset(table["gone"], f"{dotted('versions', name)}.gone") if "gone" in table else None,
            releases=read_releases(name, table),
            deprecation=read_announcement(document, table, dotted("versions", name)),
        )
        for order, (name, table) in enumerate(rows)
    }


def _aliases(document: Mapping[str, Any]) -> dict[str, Alias]:
    return {
        name: Alias(
            name=name,
            version=table["version"],
            prefix=table["prefix"],
            operations=frozenset(table["operations"]) if "operations" in table else None,
            absent=frozenset(table.get("absent", ())),
            absent_answer=read_answer(table["absent_answer"], f"aliases.{name}.absent_answer")
            if "absent_answer" in table
            else None,
            lifecycle=read_lifecycle(
                table,
                {**document.get("sunset", {}), **table.get("gone", {})},
                table["version"],
                ties=read_ties(document, table, dotted("aliases", name)),
            ),
            gone=read_sunset(table.get("gone", document.get("sunset", {})), f"aliases.{name}.gone"),
            notice=read_notice(document, table, dotted("aliases", name)),
            count=table.get("count"),
            equivalent=table.get("equivalent", True),
            deprecation=read_announcement(document, table, dotted("aliases", name)),
        )
        for name, table in document.get("aliases", {}).items()
    }


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _operation_rule(key: str, table: Mapping[str, Any]) -> OperationRule:
    values = table.get("values", {})
    texts = {
        place: {name: _text(item) for name, item in values.get(place, {}).items()}
        for place in ("path", "query", "headers")
    }
    return OperationRule(
        answers=read_answers(table, f'operations.rules."{key}"'),
        values=Values(**texts, body=values.get("body", {})),
        skip=table.get("skip", False),
        refusals=read_patterns(table.get("refusals"), ()),
        harmless=table.get("harmless", False),
        reads=table.get("reads", False),
        additions=table.get("additions"),
    )


def _limits(table: Mapping[str, Any], folder: Path) -> Limits:
    """What is sent, and how; paths of certificates count from the policy file's folder."""
    known = {key: value for key, value in table.items() if key not in {"rate", "tls", "proxy"}}
    if "rate" in table:
        count, _, unit = table["rate"].partition("/")
        known["rate"] = int(count) / {"s": 1, "m": 60, "h": 3600}[unit]
    tls = dict(table.get("tls", {}))
    tls |= {key: str(folder / tls[key]) for key in ("ca", "certificate", "key") if key in tls}
    return Limits(**known, connection=Connection(**tls, proxy=table.get("proxy")))


def _base_path(versioning: Mapping[str, Any]) -> str:
    if "base_path" in versioning:
        return str(versioning["base_path"])
    prefixes = [versioning[kind] for kind in versioning["carriers"] if carriers()[kind].in_path]
    template = str(prefixes[0].get("template", "")) if prefixes else ""
    return "/".join(segment for segment in template.split("/") if "{version}" not in segment)


def build_policy(
    document: Mapping[str, Any], raw: Mapping[str, Any], path: Path, secrets: Secrets | None = None
) -> Policy:
    """The policy a document says.

    Args:
        document: Without mistakes, variables replaced, dates as text.
        raw: The same before variables were replaced.
        path: The policy file.
        secrets: What no report may show.
    """
    versioning, operations = document["versioning"], document.get("operations", {})
    carriers = {kind: read_carrier(kind, versioning[kind]) for kind in versioning["carriers"]}
    echo, unnamed = versioning.get("echo"), operations.get("without_version", ())
    return Policy(
        name=document["api"]["name"],
        source=str(path),
        base_url=document["api"].get("base_url"),
        app=document["api"].get("app"),
        scheme=versioning["scheme"],
        codenames=tuple(versioning.get("codenames", ())),
        versions=_versions(document),
        carriers=carriers,
        base_path=_base_path(versioning),
        answers=read_all_answers(versioning, carriers),
        tolerated=BoundedPattern(versioning["tolerated"]) if "tolerated" in versioning else None,
        bounds=(versioning["bounds"][0], versioning["bounds"][1]) if "bounds" in versioning else None,
        keywords=versioning.get("keywords", {}),
        range=versioning.get("range", False),
        waterfall=versioning.get("waterfall", False),
        fall_through=versioning.get("fall_through", False),
        echo=Echo(
            header=echo.get("header"),
            pointer=echo.get("body"),
            spelling=echo.get("spelling", "{version}"),
            statuses=read_patterns(echo.get("on"), ("2xx",)),
            versions=frozenset(echo["versions"]) if "versions" in echo else None,
            aliases=echo.get("aliases", True),
            refused=RefusedEcho(echo["refused"]) if "refused" in echo else None,
        )
        if echo
        else None,
        volatile=(*versioning.get("volatile", ()), *announced_members(document)),
        elsewhere=tuple(document.get("links", {}).get("elsewhere", ())),
        same_codes=document.get("errors", {}).get("same_codes", False),
        lists=read_listings(versioning.get("lists", [])),
        vary=versioning.get("vary", False),
        decoys=tuple(versioning.get("decoys", ())),
        exclusive="undeclared_carriers" in versioning,
        preflight=versioning.get("preflight"),
        envelopes=read_envelopes(document, path.parent),
        envelope=document.get("errors", {}).get("envelope"),
        successes=read_successes(document, path.parent),
        error_classes=read_error_classes(document.get("errors", {})),
        error_rules=read_error_rules(document.get("errors", {})),
        headers=read_headers(document.get("headers", [])),
        cors=read_cors(document),
        rate_limit=read_rate_limit(document),
        release=read_release(document),
        deprecation=read_deprecation(document.get("deprecation", {})),
        sunset=read_sunset(document.get("sunset", {}), "sunset"),
        aliases=_aliases(document),
        credentials=read_credentials(document, raw, path.parent, secrets.values if secrets is not None else {}),
        tiers=read_tiers(document.get("tiers", [])),
        neutral=frozenset((*operations.get("neutral", ()), *(key.partition("?")[0] for key in unnamed))),
        without_version=frozenset(unnamed),
        operations={key: _operation_rule(key, table) for key, table in operations.get("rules", {}).items()},
        renamed=tuple(operations.get("renamed", ())),
        renamed_count=operations.get("count"),
        complete=operations.get("complete", False),
        isolated=operations.get("isolated", False),
        old_names_rejected=operations.get("old_names") == "reject",
        fields=tuple(document.get("fields", ())),
        identifiers=read_identifiers(document),
        values={
            name: tuple(_text(item) for item in as_list(value)) for name, value in document.get("values", {}).items()
        },
        limits=_limits(document.get("requests", {}), path.parent),
        rules=_rules(document.get("contract", {})),
        publishing=_publishing(document.get("contract", {})),
        changes=read_changes(document.get("changes", {})),
        severities=document.get("severity", {}),
        requirements=read_requirements(document),
        declared=tuple(Declared(id=row.get("id", ""), text=row["text"]) for row in document.get("declared", [])),
        reminders=tuple(sorted(document.get("notice", {}).get("reminders", ()), reverse=True)),
        previews=read_previews(document.get("previews", {})),
        sdks=read_sdks(document),
        waivers=read_waivers(document),
        sequences=Sequences(**document.get("sequences", {})),
        secrets=secrets if secrets is not None else Secrets(),
        lifecycles=read_parts(document),
    )


def _rules(table: Mapping[str, Any]) -> Rules:
    patterns = {key: read_patterns(table[key], ()) for key in ("undeclared", "refusals") if key in table}
    return Rules(**{**{name: table[name] for name in Rules.__slots__ if name in table}, **patterns})


def _publishing(table: Mapping[str, Any]) -> Publishing:
    return Publishing(
        served=table.get("served"),
        covers=Covers(table.get("covers", Covers.ALL.value)),
        hold=Hold(table.get("hold", Hold.ADDITIVE.value)),
        copies=tuple(tuple(group) for group in table.get("copies", ())),
    )
