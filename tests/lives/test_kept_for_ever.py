"""What only another version deletes is deleted nowhere else, and nothing is tried on what a run did not make."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apps.kit import serving
from tests.lives.kept_for_ever import DAY, LIFE, Service
from tests.lives.kit import instant
from tests.shell.running import run_file


@pytest.mark.parametrize(("makes", "deletes"), [(True, True), (False, False)], ids=["made", "was-there"])
def test_only_what_the_run_made_is_asked_about(*, makes: bool, deletes: bool, tmp_path: Path) -> None:
    """The version's own thing is tried once it was made; a thing that a creation only gives back is not."""
    service = Service(instant(DAY), makes=makes)

    with serving(service) as url:
        run_file(LIFE.write(tmp_path), {"ODD_URL": url}, as_of=instant(DAY))

    asked = [path for method, path in service.seen if method == "DELETE" and path.startswith("/v2/")]
    assert bool(asked) is deletes
    assert "/v2/things/t1" not in asked
