"""Sends the request of an upload that is due: up to 10,000 user IDs as JSON, more as a file that is made while it is sent; a
name; or a deletion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.core.errors import Cancelled
from desktop.line_api import audience_groups
from desktop.line_api.client import LineClient
from desktop.line_api.multipart import USER_ID_LINE, MultipartFile
from desktop.line_api.uploading.hooks import Hooks, InDatabase
from desktop.store import outbox
from desktop.store.database import Database
from desktop.store.outbox import UploadJob

_BLOCK = 20_000
"""User IDs read from the shop file at a time while a file is sent: 680 kB in memory, however long the
list."""


class CancelledByOwner(Cancelled):
    """The owner cancelled an upload while its file was being sent; LINE never saw the end of the request."""


@dataclass(frozen=True, slots=True)
class Sent:
    """LINE's answer: the audience the request made or was about, LINE's request ID, and the audience's end (UTC) where LINE
    said it."""

    audience_group_id: int
    request_id: str
    expires_at: str | None = None


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

    def send(self, job: UploadJob, name: str) -> Sent:
        """Send the request that is due.

        Args:
            job: the upload.
            name: what a create or a rename calls the audience.

        Raises:
            LineProblem: of any fate.
            CancelledByOwner: if it was cancelled before its last byte left.
        """
        self._cancelled.discard(job.id)
        if job.method.startswith("create"):
            return self._create(job, name)
        number = (
            job.audience_group_id if job.method == "rename_new" else job.group_id or job.audience_group_id
        )
        if number is None:
            raise ValueError(f"upload {job.id} has a request about no audience")
        if job.method == "delete":
            return Sent(number, audience_groups.delete(self._client, number))
        if job.method == "add_json":
            return Sent(number, audience_groups.add_from_json(self._client, number, job.op, self._ids(job)))
        if job.method == "add_file":
            body = self._body_maker(job)
            return Sent(number, audience_groups.add_from_file(self._client, number, job.op, body))
        return Sent(number, audience_groups.rename(self._client, number, name))

    def _create(self, job: UploadJob, name: str) -> Sent:
        if job.method == "create_json":
            made = audience_groups.create_from_json(self._client, name, job.op, self._ids(job))
        else:
            made = audience_groups.create_from_file(self._client, name, job.op, self._body_maker(job))
        return Sent(made.id, made.request_id, made.expires_at)

    def _ids(self, job: UploadJob) -> list[str]:
        ids = self._db(
            lambda db: outbox.ids_after(db, job.id, "", job.count, first=job.first, count=job.count)
        )
        self._hooks.people(job.id, job.ids_done + len(ids), job.ids)
        return ids

    def _body_maker(self, job: UploadJob) -> audience_groups.BodyMaker:
        count = self._db(lambda db: outbox.ids_left(db, job.id, first=job.first, count=job.count))
        return lambda fields: self._body(job, fields, count)

    def _body(self, job: UploadJob, fields: Mapping[str, str], count: int) -> MultipartFile:
        shown = -1

        def progress(sent: int, total: int) -> None:
            nonlocal shown
            if sent * 100 // total != shown:
                shown = sent * 100 // total
                self._hooks.progress(job.id, sent, total)
                people = max(0, sent - (total - count * USER_ID_LINE)) // USER_ID_LINE
                self._hooks.people(job.id, job.ids_done + people, job.ids)

        def checked() -> None:
            self._hooks.checkpoint("body_begun")
            if job.id in self._cancelled:
                raise CancelledByOwner

        return MultipartFile(fields, self._blocks(job), count, progress=progress, checked=checked)

    def _blocks(self, job: UploadJob) -> Iterator[list[str]]:
        after = ""
        while block := self._db(_NextIds(job, after)):
            yield block
            after = block[-1]


class _NextIds:
    """The next block of a job's frozen user IDs."""

    def __init__(self, job: UploadJob, after: str) -> None:
        self._job = job
        self._after = after

    def __call__(self, db: Database) -> list[str]:
        job = self._job
        return outbox.ids_after(db, job.id, self._after, _BLOCK, first=job.first, count=job.count)
