"""The list of LINE user IDs as LINE's manager and LINE's file upload take it: plain ASCII text, one ID a
line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.core.job import QUIET, JobContext
from desktop.exporter.whole_file import whole_file


@dataclass(frozen=True, slots=True)
class AudienceFile:
    """A written file: how many IDs, and the SHA-256 of its bytes in hex."""

    path: Path
    ids: int
    sha256: str


def write_user_ids(blocks: Iterable[str], path: Path, job: JobContext = QUIET) -> AudienceFile:
    """Write the IDs, LF-ended, to ``path``; an existing file is replaced only when the new one is complete.

    Args:
        blocks: IDs, one or many to a text with LF between them and none behind the last.
        path: the file.
        job: progress and cancellation.

    Raises:
        UserError: if the file cannot be written.
        Cancelled: if the job was cancelled; ``path`` is as before.
    """
    digest = hashlib.sha256()
    written = 0
    with whole_file(path) as partial, partial.open("wb") as out:
        for block in blocks:
            lines = f"{block}\n".encode("ascii")
            out.write(lines)
            digest.update(lines)
            written += lines.count(b"\n")
            job.report(written)
            job.raise_if_cancelled()
    return AudienceFile(path, written, digest.hexdigest())
