"""Writing every user ID into a file, one a line: the sqlite3 shell (limit, without a hash) and pandas (a rival)."""

from __future__ import annotations

import shutil
import subprocess

from tests.bench.measure import Bench, NotHereError
from tests.bench.plain_database import connect

QUESTION = "SELECT line_user_id FROM member WHERE line_user_id <> ''"


def shell(bench: Bench) -> None:
    """`sqlite3 FILE "SELECT …" > ids.txt`."""
    program = shutil.which("sqlite3")
    if program is None:
        raise NotHereError("no sqlite3 shell on this machine")
    source, target = bench.copy("plain.sqlite"), bench.folder / "ids.txt"
    with bench.measured(), target.open("wb") as file:
        subprocess.run([program, str(source), QUESTION], stdout=file, check=True)
    bench.notes["bytes"] = target.stat().st_size


def with_pandas(bench: Bench) -> None:
    """DataFrame.to_csv of the whole column, and the file's SHA-256."""
    source, target = bench.copy("plain.sqlite"), bench.folder / "ids.txt"
    with bench.measured():
        import hashlib

        import pandas

        db = connect(source)
        frame = pandas.DataFrame(db.execute(QUESTION).fetchall(), columns=["id"])
        frame.to_csv(target, index=False, header=False, lineterminator="\n")
        bench.notes["sha256"] = hashlib.sha256(target.read_bytes()).hexdigest()
        db.close()
    bench.notes["bytes"] = target.stat().st_size
