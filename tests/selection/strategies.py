"""Carriers of every kind, and texts to put into them."""

from __future__ import annotations

from hypothesis import strategies as st

from pytest_apiversion.core.checking.exchange import Request
from pytest_apiversion.core.policy.selection import Carrier
from pytest_apiversion.selection import carriers

CARRIERS = {
    "path": Carrier(form=carriers()["path"], template="/api/{version}"),
    "path-root": Carrier(form=carriers()["path"], template="/{version}"),
    "path-embedded": Carrier(form=carriers()["path"], template="/api-{version}/rest"),
    "path-special": Carrier(form=carriers()["path"], template="/a.b+c/v({version})"),
    "header": Carrier(form=carriers()["header"], name="X-API-Version"),
    "query": Carrier(form=carriers()["query"], name="api-version"),
    "accept": Carrier(form=carriers()["accept"], name="version", media_type="application/json"),
    "accept-any": Carrier(form=carriers()["accept"], name="v"),
    "accept-name": Carrier(form=carriers()["accept"], template="application/vnd.acme.{version}+json"),
    "host": Carrier(form=carriers()["host"], template="{version}.api.example.org"),
    "host-inside": Carrier(form=carriers()["host"], template="api-{version}.example.org:8443"),
}
"""One of each kind, and the other shapes a kind can take."""

TEXTS = (
    st.text(max_size=40)
    | st.text(alphabet="v1.0-_~%2F/\\\"'(),;=:? \t+&#@*", max_size=20)
    | st.from_regex(r"v?[a-z0-9.-]{0,12}", fullmatch=True)
    | st.sampled_from(["", ".", "..", "V2", "v٢", "v1%00", "v1;", "v1,v2", "a\r\nb", "\0", "\ud800", " v1", "\u00a0v1"])
)

REQUESTS = st.builds(
    Request,
    method=st.sampled_from(["GET", "POST"]),
    path=st.sampled_from(["/", "/debates", "/api/v1/x", "/a%2Fb/", "//"]),
    query=st.lists(st.tuples(st.sampled_from(["q", "API-VERSION"]), st.text(max_size=5)), max_size=2).map(tuple),
    headers=st.sampled_from(
        [
            (),
            (("Accept", "text/csv, application/json;q=0.5"),),
            (("X-API-Versions", "1"), ("authorization", "Bearer x")),
        ]
    ),
)
"""Requests that name no version yet."""
