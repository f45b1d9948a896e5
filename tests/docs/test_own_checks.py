"""The guide to own checks, carriers and dialects: its conftest.py files over a real server, which is honest or is not."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from werkzeug.wrappers import Request, Response

from tests.apps import kit
from tests.conftest import Spawn
from tests.docs.blocks import ROOT, blocks_of
from tests.plugin.small_api import POLICY, SECRET, SEED, TODAY, SmallApi, contract

PAGE = {block.title: block.text for block in blocks_of(ROOT / "docs" / "guides" / "own-checks.md")}
PARTS = {
    "checks": ("", ""),
    "carriers": ("[versioning]", "[versions.v1]"),
    "dialects": ("[deprecation]", "[envelopes.error]"),
}
"""What each example takes the place of in the policy file: from the first table to before the second."""


@dataclass(kw_only=True)
class Shop(SmallApi):
    """The small API as the guide's three examples describe it, with its bugs.

    - `newest-first`: lists begin with the newest thing;
    - `no-head`: HEAD is not routed;
    - `cookie-ignored`: whoever names a version, however, gets v2;
    - `first-cookie`: of two versions that a request names, the first is served;
    - `no-vary`: nothing says that answers vary with the cookie;
    - `day-late`: the header gives the day after.
    """

    example: str

    def dispatch(self, request: Request) -> Response:
        """Answer one request."""
        if self.example == "carriers":
            named, *more = request.cookies.getlist("api") or [""]
            version = "v2" if self.bug("cookie-ignored") else f"v{named}" if named in {"1", "2"} else "none"
            if more and not self.bug("first-cookie"):
                raise kit.ApiError(400, "TWICE", "two versions")
            request = Request({**request.environ, "PATH_INFO": f"/{version}{request.environ['PATH_INFO']}"})
        response = self._varying(super().dispatch(request))
        if request.method == "HEAD" and self.bug("no-head"):
            response.status_code = 404
        if self.example == "dialects" and "Sunset" in response.headers:
            end = dt.date(2026, 12, 1) + dt.timedelta(days=self.bug("day-late"))
            response.headers["X-Sunset-Day"] = str((end - dt.date(1970, 1, 1)).days)
        return response

    def render_error(self, request: Request, error: kit.ApiError) -> Response:
        """Write an error."""
        return self._varying(super().render_error(request, error))

    def _varying(self, response: Response) -> Response:
        if self.example == "carriers" and not self.bug("no-vary"):
            response.headers["Vary"] = "Cookie"
        return response

    def _list(self, request: Request) -> Response:
        response = super()._list(request)
        rows = sorted(response.get_json(), key=lambda row: str(row["id"]), reverse=self.bug("newest-first"))
        return kit.reply(rows)


Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(warm: None, pytester: pytest.Pytester, spawn: Spawn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Serves an example, with bugs, and holds it to the guide's files by pytest in this process, or in two of their own."""
    with contextlib.ExitStack() as stack:

        def held(example: str, *bugs: str, arguments: tuple[str, ...] = (), apart: bool = False) -> pytest.RunResult:
            today = dt.datetime.fromisoformat(TODAY).replace(tzinfo=dt.UTC)
            app = Shop(today=today, bugs=frozenset(bugs), example=example)
            app.things |= {"t2": "two", "t3": "three"}
            monkeypatch.setenv("SMALL_URL", stack.enter_context(kit.serving(app)))
            monkeypatch.setenv("SMALL_TOKEN", SECRET)
            monkeypatch.setenv("COLUMNS", "100")
            for version in ("v1", "v2"):
                document = contract(version)
                document["paths"] = {"/things": {"get": document["paths"]["/things"]["get"]}}
                if example == "carriers":
                    del document["servers"]
                (pytester.path / f"{version}.json").write_text(json.dumps(document), "utf-8")
            first, last = PARTS[example]
            before, after = (
                (POLICY, "") if not first else (POLICY.partition(first)[0], last + POLICY.partition(last)[2])
            )
            text = before + PAGE[f"{example}/apiversion.toml"] + after
            (pytester.path / "apiversion.toml").write_text(text, "utf-8")
            (pytester.path / "conftest.py").write_text(PAGE[f"{example}/conftest.py"], "utf-8")
            words = (
                f"--apiversion-today={TODAY}",
                f"--hypothesis-seed={SEED}",
                "--apiversion-database=none",
                *arguments,
            )
            return spawn(*words, "-n1") if apart else pytester.runpytest_inprocess(*words)

        yield held


@pytest.mark.parametrize("example", PARTS)
def test_an_honest_server_passes(example: str, run: Run) -> None:
    """What the guide adds is held, and says nothing of a server that keeps it, in whichever process it runs."""
    result = run(example, apart=True)

    assert result.ret == 0, result.stdout.str()
    assert not [line for line in result.outlines if "BROKEN" in line or "warned" in line]
    assert next(line.split()[-1] for line in result.outlines if line.startswith("AV200")).isdigit()


BUGS = {
    "head": ("checks", "no-head", "SHOP2", "warned"),
    "carrier": ("carriers", "cookie-ignored", "AV203", "broken"),
    "carrier-twice": ("carriers", "first-cookie", "AV209", "broken"),
    "carrier-unsaid": ("carriers", "no-vary", "AV214", "warned"),
    "dialect": ("dialects", "day-late", "AV504", "broken"),
}
"""Example, bug, the code that speaks, and how."""


@pytest.mark.parametrize("name", BUGS)
def test_a_server_that_breaks_it_is_told(name: str, run: Run) -> None:
    """The check of the guide speaks, with the weight the policy file gives it, and so do ours through what the guide adds."""
    example, bug, code, how = BUGS[name]

    result = run(example, bug)

    rows = [line for line in result.outlines if line.startswith(f"{code}  ")]
    assert len(rows) == 1, result.stdout.str()
    assert how.upper() in rows[0].upper()
    assert result.ret == (0 if how == "warned" else 1)


@pytest.mark.parametrize(("example", "bug"), [("checks", "newest-first"), ("carriers", "no-vary")])
def test_the_page_is_as_the_guide_shows_it(example: str, bug: str, run: Run) -> None:
    """The lines of the guide are printed in its order."""
    said, at = [" ".join(line.split()) for line in run(example, bug).outlines], 0
    for line in [" ".join(line.split()) for line in PAGE[example].splitlines()]:
        assert line in said[at:], f"{line!r} is not printed after what stands before it:\n" + "\n".join(said)
        at = said.index(line, at)


def test_it_is_explained(run: Run) -> None:
    """`--apiversion-explain` knows codes and names of one's own, and near misses of them."""
    told = run("checks", arguments=("--apiversion-explain=shop1",)).outlines
    assert told[0] == "SHOP1 lists are in order (lists-in-order)"
    assert "Every list is ordered by id" in told[2]

    missed = run("checks", arguments=("--apiversion-explain=SHOPP1",))
    missed.stderr.fnmatch_lines(["*no check is called 'SHOPP1'; did you mean \"SHOP1\"?*"])
