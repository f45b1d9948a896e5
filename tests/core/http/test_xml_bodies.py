"""XML bodies: a place in one, and what is not read."""

from __future__ import annotations

import pytest

from pytest_apiversion.core.http.xml_bodies import text_at, xml_of

S3 = b"<Error><Code>NoSuchKey</Code><Message>No.</Message></Error>"
OGC = b'<r:Report xmlns:r="urn:r" xmlns:x="urn:x"><r:Group><r:Exception x:code="Bad">\n No. </r:Exception></r:Group></r:Report>'
FOUND: dict[str, tuple[bytes, str, str | None]] = {
    # name: the body, the path, and what stands there
    "below-the-root": (S3, "Code", "NoSuchKey"),
    "from-the-root": (S3, "/Error/Code", "NoSuchKey"),
    "another-root": (S3, "/Fault/Code", None),
    "anything": (S3, "/*/Code", "NoSuchKey"),
    "anywhere": (OGC, "//Exception", "No."),
    "anywhere-below": (OGC, ".//Exception/@code", "Bad"),
    "an-attribute": (OGC, "Group/Exception/@code", "Bad"),
    "no-such-attribute": (OGC, "Group/Exception/@locator", None),
    "of-the-root": (b'<e code="7"/>', "@code", "7"),
    "the-root-anywhere": (b'<e code="7"/>', "//e/@code", "7"),
    "an-empty-element": (b"<e><Code/></e>", "Code", None),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_place_is_read_in_every_namespace(name: str) -> None:
    """Names stand for themselves, whatever prefix they have; `/`, `//`, `*` and an attribute are known."""
    body, path, expected = FOUND[name]
    root = xml_of(body).root

    assert root is not None
    assert text_at(root, path) == expected


REFUSED = {
    "nothing": b"",
    "json": b'{"code": 1}',
    "cut-short": S3[:-3],
    "document-type": b'<!DOCTYPE e [<!ENTITY a "b">]><e>&a;</e>',
    "too-deep": b"<e>" * 101 + b"</e>" * 101,
    "too-many": b"<e>" + b"<i/>" * 20_000 + b"</e>",
    "unknown-encoding": b'<?xml version="1.0" encoding="nobody-knows"?><e/>',
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_is_a_problem(name: str) -> None:
    """No XML, a document type, too much of it: a sentence and no root."""
    root, problem = xml_of(REFUSED[name])

    assert root is None
    assert problem
