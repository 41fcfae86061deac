"""The program is killed for good, at each point of an upload in turn: after the next start there is one audience, and the right one."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_files import ROOT
from tests.scenarios.test_upload_kill_points import LEADS_TO, REQUESTS
from tests.scenarios.upload_world import upload_world

POINTS = list(LEADS_TO)
USUAL = set(random.Random(12).sample(POINTS, 3)) | {"marked"}


@pytest.mark.parametrize(
    "point", [pytest.param(one, marks=() if one in USUAL else pytest.mark.long) for one in POINTS]
)
def test_killed(tmp_path: Path, point: str) -> None:
    with upload_world(tmp_path) as world:
        meant = world.people(40)
        world.press()
        world.shop.close()
        method, path = REQUESTS["create"]
        if point in {"withdrawn", "problem_saved"}:
            world.simulator.faults.add("status", method=method, path=path, status=429)
        elif point == "not_found_saved":
            world.simulator.faults.add("cut_before", method=method, path=path)
        elif point != "answered":
            world.simulator.faults.add("cut_after", method=method, path=path)
        arguments = [str(world.shop.path), world.simulator.url, world.simulator.token, point, "1"]
        command = [sys.executable, "-m", "tests.scenarios.upload_child", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8", timeout=50
        )
        assert done.returncode == 137, done.stderr
        assert world.restart() == int(point not in {"accepted_saved", "polled", "ready_saved"})
        assert world.insist().state == "ready"
        assert world.only_audience() == meant
