"""Rules about security requirements and security schemes."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, CHANGE, ERROR, INFO, REMOVE, WARNING, one_way

RULES = (
    *one_way(Area.SECURITY, Kind.EXISTENCE,
        ("security-added",   ADD,    "security", ERROR, "`{name}` asks for credentials: `{after}`", "Calls without credentials are refused."),
        ("security-removed", REMOVE, "security", INFO,  "`{name}` asks for no credentials, asked for `{before}`",
         "Every call that was let in still is."),
    ),
    *one_way(Area.SECURITY, Kind.TYPE,
        ("security-scheme-changed", CHANGE, "security-scheme", ERROR, "the credentials `{name}` are `{after}`, were `{before}`",
         "Clients present credentials in a way that is no longer understood."),
    ),
    *one_way(Area.SECURITY, Kind.VALUES,
        ("security-flow-added",             ADD,    "security-flow",           INFO,    "credentials `{name}` are given by `{after}` too",
         "There is one way more to get them."),
        ("security-flow-removed",           REMOVE, "security-flow",           WARNING, "credentials `{name}` are no longer given by `{before}`",
         "Credentials that exist stay good, but clients that get theirs so have to get them in another way."),
        ("security-scheme-address-changed", CHANGE, "security-scheme-address", INFO,  "credentials `{name}` are given at `{after}`, were at `{before}`",
         "Clients that follow the document find the new address; credentials that exist stay good."),
        ("security-scope-added",            ADD,    "security-scope",          ERROR, "`{name}` asks for the scope `{after}` too",
         "Calls with a token that lacks it are refused."),
        ("security-scope-removed",          REMOVE, "security-scope",          INFO,  "`{name}` no longer asks for the scope `{before}`",
         "Every call that was let in still is."),
    ),
    *one_way(Area.SECURITY, Kind.STRUCTURE,
        ("security-alternative-added",   ADD,    "security-alternative", INFO,  "`{name}` takes the credentials `{after}` too",
         "Every call that was let in still is."),
        ("security-alternative-removed", REMOVE, "security-alternative", ERROR, "`{name}` no longer takes the credentials `{before}`",
         "Calls with those credentials are refused."),
        ("security-credentials-added",   ADD,    "security-credentials", ERROR, "`{name}` asks for the credentials `{after}` at once",
         "Calls with only some of them, which were enough, are refused."),
    ),
)  # fmt: skip
