"""Sends the one request an upload is made of: up to 10,000 user IDs as JSON, more as a file that is made
while it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.core.errors import Cancelled
from desktop.line_api.audience_groups import CreatedAudience, create_from_file, create_from_json
from desktop.line_api.client import LineClient
from desktop.line_api.multipart import MultipartFile
from desktop.line_api.uploading.hooks import Hooks, InDatabase
from desktop.store import outbox
from desktop.store.database import Database
from desktop.store.outbox import UploadJob

_BLOCK = 20_000
"""User IDs read from the shop file at a time while a file is sent: 680 kB in memory, however long the
list."""


class CancelledByOwner(Cancelled):
    """The owner cancelled an upload while its file was being sent; LINE never saw the end of the request."""


class Sender:
    """Makes and sends the requests of one shop's uploads; ``cancel`` may be called from any thread."""

    def __init__(self, client: LineClient, in_database: InDatabase, hooks: Hooks) -> None:
        self._client = client
        self._db = in_database
        self._hooks = hooks
        self._cancelled: set[int] = set()

    def cancel(self, upload_id: int) -> None:
        """Stop sending an upload's file, if it is being sent now and has not left completely."""
        self._cancelled.add(upload_id)

    def create(self, job: UploadJob, name: str) -> CreatedAudience:
        """Create the audience at LINE under this name.

        Raises:
            LineProblem: of any fate.
            CancelledByOwner: if it was cancelled before its last byte left.
        """
        self._cancelled.discard(job.id)
        if job.method == "create_json":
            ids = self._db(lambda db: outbox.ids_after(db, job.id, "", job.ids))
            return create_from_json(self._client, name, job.op, ids)
        return create_from_file(self._client, name, job.op, lambda fields: self._body(job, fields))

    def _body(self, job: UploadJob, fields: Mapping[str, str]) -> MultipartFile:
        shown = -1

        def progress(sent: int, total: int) -> None:
            nonlocal shown
            if sent * 100 // total != shown:
                shown = sent * 100 // total
                self._hooks.progress(job.id, sent, total)

        def checked() -> None:
            self._hooks.checkpoint("body_begun")
            if job.id in self._cancelled:
                raise CancelledByOwner

        return MultipartFile(fields, self._blocks(job.id), job.ids, progress=progress, checked=checked)

    def _blocks(self, upload_id: int) -> Iterator[list[str]]:
        after = ""
        while block := self._db(_NextIds(upload_id, after)):
            yield block
            after = block[-1]


class _NextIds:
    """The next block of a job's frozen user IDs."""

    def __init__(self, upload_id: int, after: str) -> None:
        self._upload_id = upload_id
        self._after = after

    def __call__(self, db: Database) -> list[str]:
        return outbox.ids_after(db, self._upload_id, self._after, _BLOCK)
