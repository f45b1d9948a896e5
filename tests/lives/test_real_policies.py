"""What the files of three real policies say by themselves: marks in the documentation, and notice in minor releases."""

from __future__ import annotations

import copy
from pathlib import Path

from tests.lives.catalogue import LIVES
from tests.lives.real_policies import GITLAB_DAY, GITLAB_V4, K8S_LAST, KUBERNETES


def test_a_field_that_the_documentation_does_not_mark_is_told(tmp_path: Path) -> None:
    """GitLab's deprecated fields and parameters are marked in its document, since no answer says it."""
    silent = copy.deepcopy(GITLAB_V4)
    read = silent["paths"]["/merge_requests/{iid}"]["get"]["responses"]["200"]
    del read["content"]["application/json"]["schema"]["properties"]["merged_by"]["deprecated"]

    result = LIVES["gitlab"].run(tmp_path, GITLAB_DAY, documents={"v4.json": silent})

    assert [(each.code, each.summary) for each in result.findings] == [
        (
            "AV315",
            "answer /merged_by of GET /merge_requests/{iid} is deprecated, and the contract of v4 does not say so",
        )
    ]


def test_a_beta_lives_for_nine_months_and_three_minor_releases(tmp_path: Path) -> None:
    """Kubernetes, rule 4a: whichever is longer, so that both hold together."""
    life = LIVES["kubernetes-group"]
    releases = life.run(tmp_path, K8S_LAST, policy=KUBERNETES.replace('sunset_in = "1.32"', 'sunset_in = "1.31"'))
    months = life.run(tmp_path, K8S_LAST, policy=KUBERNETES.replace("months = 9", "months = 13"))

    assert (releases.codes, months.codes) == ({"AV103"}, {"AV103"})
