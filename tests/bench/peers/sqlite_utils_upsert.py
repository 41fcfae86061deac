"""A rival for the import: `sqlite-utils upsert members.db members people.csv --csv --pk 會員編號`, as its handbook says."""

from __future__ import annotations

import subprocess
import sys

from tests.bench.measure import Bench


def upsert(bench: Bench) -> None:
    """The whole command, Python's start included (it is small beside the work)."""
    source, target = bench.data("people.csv"), bench.folder / "members.db"
    command = [
        sys.executable,
        "-X",
        "utf8",
        "-m",
        "sqlite_utils",
        "upsert",
        str(target),
        "members",
        str(source),
    ]
    with bench.measured():
        subprocess.run([*command, "--csv", "--pk", "會員編號"], check=True, capture_output=True)
