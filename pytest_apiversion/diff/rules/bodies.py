"""Rules about request bodies, and about the bodies that webhooks and callbacks take: `requestBody` and its media types."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, CHANGE, ERROR, INFO, NARROW, REMOVE, WIDEN, one_way

RULES = (
    *one_way(Area.BODY, Kind.EXISTENCE,
        ("request-body-added",            ADD,    "optional-body", INFO,  "the request may have a body", "A request may go without."),
        ("response-body-added",           ADD,    "optional-body", INFO,  "what the service sends has a body",
         "Receivers ignore what they do not know."),
        ("request-body-removed",          REMOVE, "optional-body", ERROR, "the request has no body", "What the body says is no longer heard."),
        ("response-body-removed",         REMOVE, "optional-body", ERROR, "what the service sends has no body",
         "Receivers were told that there is one."),
        ("request-media-type-added",      ADD,    "media-type",    INFO,  "the body may be `{name}`", "Every request that was valid still is."),
        ("request-media-type-removed",    REMOVE, "media-type",    ERROR, "the body may no longer be `{name}`", "Bodies of that type are refused."),
        ("request-required-body-added",   ADD,    "required-body", ERROR, "the request must have a body",
         "Requests without one, all that exist, are refused."),
        ("request-required-body-removed", REMOVE, "required-body", ERROR, "the request has no body, and had to have one",
         "What the body says is no longer heard."),
        ("request-schema-added",          ADD,    "schema",        ERROR, "the body `{name}` has a schema, was free",
         "Requests that were valid may now be refused."),
        ("request-schema-removed",        REMOVE, "schema",        INFO,  "the body `{name}` is free, had a schema",
         "Every request that was valid still is."),
    ),
    *one_way(Area.BODY, Kind.REQUIREDNESS,
        ("request-body-became-optional",  WIDEN,  "body-required", INFO,  "the request may go without a body",
         "Every request that was valid still is."),
        ("response-body-became-optional", WIDEN,  "body-required", ERROR, "what the service sends may lack a body",
         "Receivers were told that there is one."),
        ("request-body-became-required",  NARROW, "body-required", ERROR, "the request must have a body", "Requests without one are refused."),
        ("response-body-became-required", NARROW, "body-required", INFO,  "what the service sends always has a body",
         "Every response is still one that clients were told of."),
    ),
    *one_way(Area.BODY, Kind.TYPE,
        ("request-encoding-changed",    CHANGE, "encoding",        ERROR,   "the part `{name}` is written as `{after}`, was `{before}`",
         "The service reads the part in another way, or refuses it."),
        ("request-charset-changed",     CHANGE, "charset",         ERROR,   "the text `{name}` is written in `{after}`, was in `{before}`",
         "The service reads the bytes in another way, or refuses them."),
        ("request-media-type-narrowed", NARROW, "media-type-name", ERROR,   "the body is `{after}`, was `{before}`",
         "Bodies of the wider type are refused."),
        ("request-media-type-widened",  WIDEN,  "media-type-name", INFO,    "the body is `{after}`, was `{before}`",
         "Every request that was valid still is."),
    ),
)  # fmt: skip
