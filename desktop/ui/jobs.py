"""The one place where work crosses threads. Pages hand in plain functions; they run in the writer's, the query's, the long
readers' or the network's thread, and what comes of them is given back in the window's own thread, or dropped if nobody is
left to take it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from desktop.core.changes import Changes
from desktop.core.errors import Cancelled, UserError
from desktop.core.job import JobContext
from desktop.core.message import Message
from desktop.store.database import Database
from desktop.ui.lanes import Job, Lane, State

MERGE_MS = 60
NETWORK_STOP_SECONDS = 3.0
T = TypeVar("T")


class OpenShop(Protocol):
    """What jobs need of an open shop file."""

    def writer(self) -> Database:
        """The one read-write connection; asked for in the writer's thread."""

    def reader(self) -> Database:
        """A new read-only connection for the calling thread."""

    def close(self) -> object:
        """Close the shop file; called in the writer's thread."""


class Jobs(QObject):
    """The work of one open shop.

    Args:
        shop: the open shop file; its writer belongs to the jobs from now on, which also close it in :meth:`stop`.
        on_user_error: shows a UserError that no job's own ``on_error`` takes: (owner, error).
        on_bug: shows any other exception.
    """

    changed = Signal(object)
    saved = Signal()
    listed = Signal()

    def __init__(
        self,
        shop: OpenShop,
        *,
        on_user_error: Callable[[QObject, UserError], None],
        on_bug: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._shop = shop
        self._on_user_error = on_user_error
        self._on_bug = on_bug
        self._page_reader: Database | None = None
        self._orders: dict[Job, _Order] = {}
        self._pending = Changes()
        self._stopped = False
        self._post = _PostBox(self)
        self._told = 0.0
        self._merge = QTimer(self, singleShot=True)
        self._merge.timeout.connect(self._tell_changes)
        self._writer = Lane("writer", shop.writer, lambda _db: _close(shop))
        self._query = Lane("query", shop.reader, interruptible=True)
        self._background = Lane("background", shop.reader, interruptible=True)
        self._network = Lane("network")

    @property
    def page_reader(self) -> Database:
        """The window's own read-only connection, for the rows that are visible now."""
        if self._page_reader is None:
            self._page_reader = self._shop.reader()
        return self._page_reader

    @property
    def running(self) -> list[Job]:
        """Jobs with a title that wait or run, oldest first."""
        return sorted((job for job in self._orders if job.title is not None), key=lambda job: job.started)

    @property
    def is_idle(self) -> bool:
        """Whether no job waits or runs and every result was given back."""
        return not self._orders and not self._merge.isActive()

    def write(
        self,
        work: Callable[[Database, JobContext], T],
        *,
        owner: QObject,
        then: Callable[[T], None] | None = None,
        on_error: Callable[[UserError], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        progress: Callable[[int, int | None, Message | None], None] | None = None,
        title: Message | None = None,
    ) -> Job:
        """Run ``work`` on the writer. Its result is durable when ``then`` gets it."""
        order = _Order(owner, then, on_error, on_cancelled, progress, wrote=True)
        return self._submit(self._writer, lambda db, ctx: work(_open(db), ctx), order, title)

    def read(
        self,
        work: Callable[[Database], T],
        *,
        owner: QObject,
        then: Callable[[T], None],
        latest: str | None = None,
        on_error: Callable[[UserError], None] | None = None,
    ) -> Job:
        """Run a short query. With ``latest``, earlier ones of that name are dropped and interrupted."""
        order = _Order(owner, then, on_error)
        return self._submit(self._query, lambda db, _ctx: work(_open(db)), order, None, latest)

    def background(
        self,
        work: Callable[[Database, JobContext], T],
        *,
        owner: QObject,
        then: Callable[[T], None] | None = None,
        on_error: Callable[[UserError], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        progress: Callable[[int, int | None, Message | None], None] | None = None,
        title: Message | None = None,
    ) -> Job:
        """Run something long that only reads the shop: the first phase of an import, an export, a check."""
        order = _Order(owner, then, on_error, on_cancelled, progress)
        return self._submit(self._background, lambda db, ctx: work(_open(db), ctx), order, title)

    def network(
        self,
        work: Callable[[JobContext], T],
        *,
        owner: QObject,
        then: Callable[[T], None] | None = None,
        on_error: Callable[[UserError], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        progress: Callable[[int, int | None, Message | None], None] | None = None,
        title: Message | None = None,
    ) -> Job:
        """Run something that talks to LINE; it reaches the shop file through in_writer and in_reader only."""
        order = _Order(owner, then, on_error, on_cancelled, progress)
        return self._submit(self._network, lambda _db, ctx: work(ctx), order, title)

    def in_writer(self, work: Callable[[Database], T]) -> T:
        """From a background or network job: run ``work`` on the writer and wait for what it returns or raises."""
        return self._inside(self._writer, work, wrote=True)

    def in_reader(self, work: Callable[[Database], T]) -> T:
        """From a background or network job: run ``work`` in the query's thread and wait."""
        return self._inside(self._query, work, wrote=False)

    def tell(self, changes: Changes) -> None:
        """Pass on that data changed; several within a moment become one."""
        self._pending |= changes
        if not self._merge.isActive():
            recent = time.monotonic() - self._told < MERGE_MS / 1000
            self._merge.start(MERGE_MS if recent else 0)

    def publish(self, changes: Changes) -> None:
        """As :meth:`tell`, from any thread."""
        self._post.put(self.tell, changes)

    def stop(self) -> None:
        """Cancel and end everything, then close the shop file. Nothing is delivered afterwards."""
        if self._stopped:
            return
        self._stopped = True
        self._query.interrupt()
        self._background.interrupt()
        self._network.stop(timeout=NETWORK_STOP_SECONDS)
        self._background.stop()
        self._query.stop()
        if self._page_reader is not None:
            self._page_reader.close()
            self._page_reader = None
        # Short writes were promised with the press of a key: they are finished. Long ones end at their next safe place.
        self._writer.stop(lambda job: job.title is not None)
        self._merge.stop()
        self._orders.clear()

    def _inside(self, lane: Lane, work: Callable[[Database], T], *, wrote: bool) -> T:
        if threading.current_thread() is lane:
            raise RuntimeError("already in this thread: call the function itself")
        if self._stopped:
            raise Cancelled
        ended = _nobody if not wrote else self._wrote_inside
        job = Job(lambda db, _ctx: work(_open(db)), ended, _nobody)
        lane.submit(job)
        job.ended.wait()
        if job.state is State.CANCELLED:
            raise Cancelled
        if job.error is not None:
            raise job.error
        result: T = job.result
        return result

    def _wrote_inside(self, job: Job) -> None:
        if job.state is State.DONE and not self._stopped:
            self._post.put(self._wrote, job.result)

    def _submit(
        self, lane: Lane, run: Any, order: _Order, title: Message | None, latest: str | None = None
    ) -> Job:
        job = Job(run, self._finished, self._progressed, title=title, latest=latest)
        # The work itself may hold something of the window; the order keeps it until it is let go of here.
        order.run = run
        self._orders[job] = order
        lane.submit(job)
        return job

    def _finished(self, job: Job) -> None:
        self._post.put(self._deliver, job)

    def _progressed(self, job: Job) -> None:
        self._post.put(self._progress, job)

    def _progress(self, job: Job) -> None:
        order = self._orders.get(job)
        if self._stopped or order is None or job.state is not State.RUNNING:
            return
        if job.title is not None:
            self.listed.emit()
        if order.progress is not None and isValid(order.owner):
            order.progress(job.done, job.total, job.text)

    def _deliver(self, job: Job) -> None:
        order = self._orders.pop(job, None)
        if self._stopped or order is None:
            return
        if job.title is not None:
            self.listed.emit()
        if job.state is State.DONE:
            self._settle_changes(job.result, wrote=order.wrote)
        if job.stale or not isValid(order.owner):
            if job.error is not None and not job.stale and not isinstance(job.error, UserError):
                self._on_bug(job.error)
            return
        if job.state is State.DONE and order.then is not None:
            order.then(job.result)
        elif job.state is State.CANCELLED and order.on_cancelled is not None:
            order.on_cancelled()
        elif job.error is not None:
            self._failed(job.error, order)

    def _failed(self, error: BaseException, order: _Order) -> None:
        if not isinstance(error, UserError):
            self._on_bug(error)
        elif order.on_error is not None:
            order.on_error(error)
        else:
            self._on_user_error(order.owner, error)

    def _wrote(self, result: Any) -> None:
        self._settle_changes(result, wrote=True)

    def _settle_changes(self, result: Any, *, wrote: bool) -> None:
        changes = getattr(result, "changes", None)
        if isinstance(changes, Changes) and changes.kinds:
            self.tell(changes)
        if wrote:
            self.saved.emit()

    @Slot()
    def _tell_changes(self) -> None:
        changes, self._pending = self._pending, Changes()
        self._told = time.monotonic()
        if changes.kinds:
            self.changed.emit(changes)


class _Order:
    """What the window wants done with a job's outcome."""

    def __init__(
        self,
        owner: QObject,
        then: Callable[[Any], None] | None,
        on_error: Callable[[UserError], None] | None,
        on_cancelled: Callable[[], None] | None = None,
        progress: Callable[[int, int | None, Message | None], None] | None = None,
        *,
        wrote: bool = False,
    ) -> None:
        self.owner = owner
        self.then = then
        self.on_error = on_error
        self.on_cancelled = on_cancelled
        self.progress = progress
        self.wrote = wrote
        self.run: Any = None


class _PostBox(QObject):
    """Takes letters from any thread and opens them one by one in the window's."""

    _arrived = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._letters: deque[tuple[Callable[[Any], None], Any]] = deque()
        self._arrived.connect(self._open_one, Qt.ConnectionType.QueuedConnection)

    def put(self, open_letter: Callable[[Any], None], content: Any) -> None:
        """Callable from any thread; ``open_letter`` is called in the window's."""
        self._letters.append((open_letter, content))
        self._arrived.emit()

    @Slot()
    def _open_one(self) -> None:
        if self._letters:
            open_letter, content = self._letters.popleft()
            open_letter(content)


def _open(db: Database | None) -> Database:
    if db is None:
        raise RuntimeError("this thread has no connection")
    return db


def _close(shop: OpenShop) -> None:
    shop.close()


def _nobody(job: Job) -> None:
    """Nobody waits for this job."""
