"""`Link` headers: RFC 8288 §3."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_apiversion.core.http.link_header import parse_links, parts

LINKS = {
    "one": ('</a>; rel="next"', [("/a", {"next"})]),
    "token": ("</a>;rel=next", [("/a", {"next"})]),
    "several-rels": ('</a>; rel="next  last"', [("/a", {"next", "last"})]),
    "case": ('</a>; REL="Next"', [("/a", {"next"})]),
    "two": ('</a>; rel="next", </b>; rel="prev"', [("/a", {"next"}), ("/b", {"prev"})]),
    "comma-in-a-title": ('</a>; title="x, </c>; y"; rel="next", </b>; rel=prev', [("/a", {"next"}), ("/b", {"prev"})]),
    "comma-in-a-target": ("</a,b;c>; rel=next", [("/a,b;c", {"next"})]),
    "escaped-quote": ('</a>; title="\\"; rel=\\"x"; rel="next"', [("/a", {"next"})]),
    "first-rel-counts": ('</a>; rel="next"; rel="prev"', [("/a", {"next"})]),
    "no-rel": ("</a>", [("/a", set())]),
    "empty-rel": ('</a>; rel=""', [("/a", set())]),
    "rel-without-value": ("</a>; rel", [("/a", set())]),
    "extension-rel": ('</a>; rel="https://x.example/Rel"', [("/a", {"https://x.example/rel"})]),
    "title-star": ("</a>; title*=UTF-8''n%c3%a4chstes; rel=next", [("/a", {"next"})]),
    "empty-target": ('<>; rel="self"', [("", {"self"})]),
    "space-around": ('  </a> ; rel = "next" , </b> ;rel=prev ', [("/a", {"next"}), ("/b", {"prev"})]),
    "empty-elements": (", ,</a>; rel=next,, </b>; rel=prev,", [("/a", {"next"}), ("/b", {"prev"})]),
    "empty-parameters": ("</a>;; rel=next; , </b>; rel=prev;", [("/a", {"next"}), ("/b", {"prev"})]),
    "no-brackets": ('/a; rel="next"', []),
    "never-closed": ("</a; rel=next", []),
    "up-to-what-cannot-be-read": ("</a>; rel=next, nonsense, </b>; rel=prev", [("/a", {"next"})]),
    "quote-never-closed": ('</a>; rel="next', [("/a", set())]),
    "nothing": ("", []),
}


@pytest.mark.parametrize("name", LINKS)
def test_links_are_read(name: str) -> None:
    """Targets and relation types as the grammar has them; rel is compared without case, and only the first counts."""
    value, expected = LINKS[name]

    assert [(link.target, set(link.rels)) for link in parse_links(value)] == expected


TOKEN = st.text("abcxyz-.", min_size=1, max_size=5)
TARGET = st.text('/ab,;="?&', max_size=8)
TITLE = st.text('ab,;<>="\\ ', max_size=6)


@settings(deadline=None)
@given(links=st.lists(st.tuples(TARGET, st.lists(TOKEN, min_size=1, max_size=3), TITLE), max_size=4))
def test_what_is_written_is_read(links: list[tuple[str, list[str], str]]) -> None:
    """Targets and titles may hold every delimiter; reading gives back what was written."""
    escaped = [title.replace("\\", "\\\\").replace('"', '\\"') for _, _, title in links]
    value = ", ".join(
        f'<{target}>; title="{title}"; rel="{" ".join(rels)}"'
        for (target, rels, _), title in zip(links, escaped, strict=True)
    )

    assert [(link.target, link.rels) for link in parse_links(value)] == [
        (target, frozenset(rels)) for target, rels, _ in links
    ]


@settings(deadline=None)
@given(value=st.text('<>;,=" \\rel/a', max_size=60))
def test_reading_never_fails(value: str) -> None:
    """Whatever a server sends, reading it ends, in links or in none."""
    assert all(">" not in link.target for link in parse_links(value))


def test_what_is_no_uri_has_no_parts() -> None:
    """A target no URI reader takes is told apart from one with an empty path."""
    assert parts("https://[x") is None
    assert [split.path for split in (parts("/a?b"), parts("")) if split] == ["/a", ""]
