"""Hypothesis strategies for versions: drawn from each scheme's own pattern."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from pytest_apiversion.core.versions.schemes import SCHEMES, parse

CODENAMES = ("crucible", "forge", "anvil")
"""Declared order; on purpose not the alphabet's."""

NAMES = sorted(SCHEMES)


def versions(scheme: str) -> st.SearchStrategy[str]:
    """Versions of a scheme; codenames are declared ones half of the time."""
    drawn = st.from_regex(SCHEMES[scheme].pattern, fullmatch=True)
    if "codename" in SCHEMES[scheme].own_fields:
        named = st.tuples(drawn, st.sampled_from(CODENAMES))
        drawn = drawn | named.map(lambda pair: re.sub(r"(?<=\.)[a-z][a-z0-9]*", pair[1], pair[0]))
    return drawn.filter(lambda text: parse(scheme, text, CODENAMES) is not None)


ANY_VERSION = st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), versions(name)))
"""Pairs of a scheme and one of its versions."""

ANY_VERSIONS = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), st.lists(versions(name), min_size=1, max_size=5, unique=True))
)
"""Pairs of a scheme and some of its versions."""
