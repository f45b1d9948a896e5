"""All bugs that are planted around the reference servers, and all other honest ways that these go."""

from __future__ import annotations

from collections.abc import Mapping

from tests.detection import (
    ahead,
    alias_plants,
    answers,
    cache_plants,
    conditional_plants,
    credential_plants,
    date_plants,
    ended,
    forms,
    header_plants,
    inline_plants,
    link_plants,
    member_plants,
    near_misses,
    page_plants,
    part_plants,
    plants,
    rewriting,
    selecting,
    text_plants,
    unclaimed,
    wire_plants,
    write_plants,
)
from tests.detection.plants import Plant

PLANTS: Mapping[tuple[str, str], Plant] = {
    **plants.PLANTS,
    **ahead.AHEAD,
    **alias_plants.ALIASES,
    **answers.ANSWERS,
    **cache_plants.CACHES,
    **ended.ENDED,
    **rewriting.REWRITING,
    **selecting.SELECTING,
    **near_misses.NEAR_MISSES,
    **part_plants.PARTS,
    **header_plants.HEADERS,
    **date_plants.DATES,
    **unclaimed.UNCLAIMED,
    **wire_plants.WIRE,
    **conditional_plants.UNCHANGED,
    **text_plants.TEXTS,
    **write_plants.WRITES,
    **credential_plants.CREDENTIALS,
    **inline_plants.INLINE,
    **link_plants.LINKS,
    **member_plants.MEMBERS,
    **page_plants.PAGES,
}
"""By policy and name of the bug."""

FORMS: Mapping[tuple[str, str], Plant] = {
    **forms.FORMS,
    **alias_plants.HONEST_ALIASES,
    **conditional_plants.HONEST_UNCHANGED,
    **text_plants.HONEST_TEXTS,
    **inline_plants.HONEST_INLINE,
    **link_plants.HONEST_LINKS,
    **page_plants.HONEST_PAGES,
}
"""By policy and name of the form."""

DAYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    **forms.DAYS,
    **alias_plants.DAYS,
    **conditional_plants.DAYS,
    **text_plants.DAYS,
    **inline_plants.DAYS,
    **link_plants.DAYS,
    **page_plants.DAYS,
}
"""When each form is held to its policy."""
