"""Rules about responses: statuses, and the media types of their bodies."""

from __future__ import annotations

from pytest_apiversion.core.contracts.change_rule import Area, Kind
from pytest_apiversion.diff.rule_table import ADD, CHANGE, ERROR, INFO, NARROW, REMOVE, WARNING, WIDEN, one_way

RULES = (
    *one_way(Area.RESPONSES, Kind.EXISTENCE,
        ("request-default-status-added",    ADD,    "default-response", INFO,    "the receiver may answer anything else too",
         "The service understands more answers."),
        ("response-default-status-added",   ADD,    "default-response", INFO,    "answers of other statuses are described", "More is said."),
        ("request-default-status-removed",  REMOVE, "default-response", WARNING, "the receiver may no longer answer anything else",
         "Receivers may answer what the service no longer understands."),
        ("response-default-status-removed", REMOVE, "default-response", WARNING, "answers of other statuses are no longer described",
         "Clients may rely on the shape of an error."),
        ("request-error-status-added",      ADD,    "error-status",     INFO,    "the receiver may answer `{name}`",
         "The service understands one answer more."),
        ("response-error-status-added",     ADD,    "error-status",     INFO,    "the answer may be `{name}`",
         "Any request may fail; one more way is named."),
        ("request-error-status-removed",    REMOVE, "error-status",     WARNING, "the receiver may no longer answer `{name}`",
         "Receivers may answer what the service no longer understands."),
        ("response-error-status-removed",   REMOVE, "error-status",     INFO,    "the answer is no longer `{name}`", "One way to fail fewer."),
        ("response-media-type-added",       ADD,    "media-type",       INFO,    "the body may be `{name}`",
         "A client that asks for a type it knows still gets it."),
        ("response-media-type-removed",     REMOVE, "media-type",       ERROR,   "the body may no longer be `{name}`",
         "A client that asks for that type no longer gets it."),
        ("response-schema-added",           ADD,    "schema",           INFO,    "the body `{name}` has a schema, was free",
         "Every response is still one that clients were told of."),
        ("response-schema-removed",         REMOVE, "schema",           WARNING, "the body `{name}` is free, had a schema",
         "Nothing is promised about the body any more, though nothing need have changed."),
        ("request-success-status-added",    ADD,    "success-status",   INFO,    "the receiver may answer `{name}`",
         "The service understands one answer more."),
        ("response-success-status-added",   ADD,    "success-status",   INFO,    "the answer may be `{name}`",
         "A client that judges by the class of the status is well."),
        ("request-success-status-removed",  REMOVE, "success-status",   ERROR,   "the receiver may no longer answer `{name}`",
         "Receivers answer what the service no longer takes for a success."),
        ("response-success-status-removed", REMOVE, "success-status",   ERROR,   "the answer is no longer `{name}`",
         "Clients wait for a status that does not come."),
    ),
    *one_way(Area.RESPONSES, Kind.TYPE,
        ("response-encoding-changed",    CHANGE, "encoding",        WARNING, "the part `{name}` is written as `{after}`, was `{before}`",
         "Clients may read the part in another way."),
        ("response-media-type-narrowed", NARROW, "media-type-name", INFO,    "the body is `{after}`, was `{before}`",
         "A special case of what clients were told of."),
        ("response-media-type-widened",  WIDEN,  "media-type-name", ERROR,   "the body is `{after}`, was `{before}`",
         "Clients may meet bodies of a type they were never told of."),
    ),
)  # fmt: skip
