"""Work crosses threads in one place: results come back in the window's thread, in order, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.changes import Changes, Kind
from desktop.core.errors import Cancelled, UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from desktop.ui.jobs import Jobs
from desktop.ui.lanes import State

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
HERE = threading.main_thread()


@dataclass(frozen=True)
class Done:
    """A result that changed something."""

    changes: Changes
    thread: threading.Thread


class Listener:
    """What jobs told the window besides results."""

    def __init__(self) -> None:
        self.errors: list[tuple[QObject, UserError]] = []
        self.bugs: list[BaseException] = []

    def user_error(self, owner: QObject, error: UserError) -> None:
        self.errors.append((owner, error))

    def bug(self, error: BaseException) -> None:
        self.bugs.append(error)


@pytest.fixture
def heard() -> Listener:
    return Listener()


@pytest.fixture
def jobs(shop_path: Path, qtbot: QtBot, heard: Listener) -> Iterator[Jobs]:
    made = Jobs(ShopFile.open(shop_path), on_user_error=heard.user_error, on_bug=heard.bug)
    yield made
    made.stop()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def rest(jobs: Jobs, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: jobs.is_idle)


def here_and(got: list[Any]) -> Any:
    """A receiver that also notes the thread it was called in."""
    return lambda result: got.append((result, threading.current_thread()))


def test_a_write_runs_in_the_writers_thread_and_comes_back_here(
    jobs: Jobs, owner: QObject, qtbot: QtBot
) -> None:
    got: list[Any] = []

    def work(db: Database, ctx: JobContext) -> Done:
        with db.transaction():
            shop.put(db, "name", "另一家")
        return Done(Changes.of(Kind.SHOP), threading.current_thread())

    jobs.write(work, owner=owner, then=here_and(got))
    rest(jobs, qtbot)
    [(done, thread)] = got
    assert thread is HERE
    assert done.thread.name == "writer"
    assert shop.get(jobs.page_reader, "name") == "另一家"


def test_reads_see_what_was_written_before(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    got: list[Any] = []

    def written(_: None) -> None:
        jobs.read(lambda db: shop.get(db, "name"), owner=owner, then=got.append)

    def work(db: Database, ctx: JobContext) -> None:
        with db.transaction():
            shop.put(db, "name", "新名字")

    jobs.write(work, owner=owner, then=written)
    qtbot.waitUntil(lambda: got == ["新名字"])


def test_readers_cannot_write(jobs: Jobs, owner: QObject, heard: Listener, qtbot: QtBot) -> None:
    jobs.read(lambda db: db.run("DELETE FROM person"), owner=owner, then=print)
    rest(jobs, qtbot)
    assert len(heard.bugs) == 1


def test_changes_are_told_after_the_result_and_merged(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    order: list[Any] = []
    jobs.changed.connect(lambda changes: order.append(changes.kinds))
    for kind in (Kind.TAGS, Kind.PEOPLE):
        jobs.write(
            lambda db, ctx, kind=kind: Done(Changes.of(kind), threading.current_thread()),
            owner=owner,
            then=lambda _: order.append("then"),
        )
    rest(jobs, qtbot)
    assert order[0] == "then"
    assert frozenset().union(*(kinds for kinds in order if kinds != "then")) == {Kind.TAGS, Kind.PEOPLE}


def test_only_the_latest_of_a_name_is_delivered(
    jobs: Jobs, owner: QObject, heard: Listener, qtbot: QtBot
) -> None:
    got: list[Any] = []
    started = threading.Event()

    def endless(db: Database) -> Any:
        started.set()
        return db.value(ENDLESS)

    jobs.read(endless, owner=owner, then=got.append, latest="rows")
    assert started.wait(10)
    jobs.read(lambda db: "second", owner=owner, then=got.append, latest="rows")
    jobs.read(lambda db: "third", owner=owner, then=got.append, latest="rows")
    jobs.read(lambda db: "other", owner=owner, then=got.append, latest="counts")
    rest(jobs, qtbot)
    assert got == ["third", "other"]
    assert not heard.bugs


def test_a_user_error_goes_to_who_asked_for_it(
    jobs: Jobs, owner: QObject, heard: Listener, qtbot: QtBot
) -> None:
    mine: list[UserError] = []

    def fail(db: Database, ctx: JobContext) -> None:
        raise UserError(message("shell.line.not_connected"))

    jobs.write(fail, owner=owner, on_error=mine.append)
    jobs.write(fail, owner=owner)
    rest(jobs, qtbot)
    assert [error.text.key for error in mine] == ["shell.line.not_connected"]
    assert [(who is owner, error.text.key) for who, error in heard.errors] == [
        (True, "shell.line.not_connected")
    ]


def test_anything_else_is_a_bug_even_when_nobody_is_left(jobs: Jobs, heard: Listener, qtbot: QtBot) -> None:
    gone = QObject()

    def fail(db: Database, ctx: JobContext) -> None:
        raise ZeroDivisionError

    jobs.write(fail, owner=gone)
    gone.deleteLater()
    QApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    rest(jobs, qtbot)
    assert [type(error) for error in heard.bugs] == [ZeroDivisionError]


def test_results_for_who_is_gone_are_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    gone = QObject()
    got: list[Any] = []
    jobs.read(lambda db: 1, owner=gone, then=got.append)
    gone.deleteLater()
    QApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    rest(jobs, qtbot)
    assert got == []


def test_cancel_stops_at_the_next_safe_place(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    ended: list[str] = []
    started = threading.Event()

    def work(db: Database, ctx: JobContext) -> None:
        started.set()
        while True:
            ctx.raise_if_cancelled()

    job = jobs.background(
        work, owner=owner, on_cancelled=lambda: ended.append("cancelled"), title=message("shell.cancel")
    )
    assert started.wait(10)
    assert jobs.running == [job]
    job.cancel()
    rest(jobs, qtbot)
    assert ended == ["cancelled"]
    assert job.state is State.CANCELLED
    assert jobs.running == []


def test_a_waiting_job_that_is_cancelled_does_not_begin(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    go, ran = threading.Event(), []
    jobs.background(lambda db, ctx: go.wait(10), owner=owner)
    second = jobs.background(lambda db, ctx: ran.append(1), owner=owner)
    second.cancel()
    go.set()
    rest(jobs, qtbot)
    assert ran == []


def test_progress_arrives_here_with_numbers_and_words(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    seen: list[Any] = []
    told = threading.Event()

    def work(db: Database, ctx: JobContext) -> None:
        ctx.report(12_400, 30_000, message("shell.jobs.title"))
        assert told.wait(10)

    def progress(*what: Any) -> None:
        seen.append((*what, threading.current_thread()))
        if what[0]:
            told.set()

    jobs.background(work, owner=owner, progress=progress)
    rest(jobs, qtbot)
    done, total, text, thread = seen[-1]
    assert (done, total, text.key, thread) == (12_400, 30_000, "shell.jobs.title", HERE)


def test_a_flood_of_reports_is_thinned(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    seen: list[int] = []

    def work(db: Database, ctx: JobContext) -> None:
        for number in range(50_000):
            ctx.report(number, 50_000)

    jobs.background(work, owner=owner, progress=lambda done, total, text: seen.append(done))
    rest(jobs, qtbot)
    assert len(seen) < 500


def test_a_network_job_reaches_the_writer_and_the_reader(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    got: list[Any] = []
    changed: list[Changes] = []
    jobs.changed.connect(changed.append)

    def put(db: Database) -> Done:
        with db.transaction():
            shop.put(db, "name", "從網路來")
        return Done(Changes.of(Kind.LINE), threading.current_thread())

    def work(ctx: JobContext) -> Any:
        done = jobs.in_writer(put)
        return (
            done.thread.name,
            jobs.in_reader(lambda db: shop.get(db, "name")),
            threading.current_thread().name,
        )

    jobs.network(work, owner=owner, then=got.append)
    rest(jobs, qtbot)
    assert got == [("writer", "從網路來", "network")]
    assert changed[0].touches(Kind.LINE)


def test_what_the_writer_raises_reaches_the_network_job(
    jobs: Jobs, owner: QObject, heard: Listener, qtbot: QtBot
) -> None:
    def fail(db: Database) -> None:
        raise UserError(message("shell.line.not_connected"))

    jobs.network(lambda ctx: jobs.in_writer(fail), owner=owner)
    rest(jobs, qtbot)
    assert len(heard.errors) == 1


def test_stopping_finishes_short_writes_and_cancels_long_ones(
    jobs: Jobs, owner: QObject, shop_path: Path
) -> None:
    began, seen = threading.Event(), []

    def long_one(db: Database, ctx: JobContext) -> None:
        began.set()
        while True:
            ctx.raise_if_cancelled()

    def short_one(db: Database, ctx: JobContext) -> None:
        with db.transaction():
            shop.put(db, "name", "存好了")

    jobs.write(long_one, owner=owner, title=message("shell.cancel"), then=seen.append)
    jobs.write(short_one, owner=owner, then=seen.append)
    assert began.wait(10)
    jobs.stop()
    assert seen == []
    with ShopFile.open(shop_path) as again:
        assert shop.get(again.writer(), "name") == "存好了"


def test_after_stopping_nothing_can_be_asked_of_the_writer(jobs: Jobs) -> None:
    jobs.stop()
    with pytest.raises(Cancelled):
        jobs.in_writer(lambda db: None)


def test_stopping_interrupts_a_running_query(jobs: Jobs, owner: QObject) -> None:
    started = threading.Event()

    def endless(db: Database) -> Any:
        started.set()
        return db.value(ENDLESS)

    jobs.read(endless, owner=owner, then=print)
    assert started.wait(10)
    jobs.stop()
    assert jobs._query.is_idle()


def test_first_jobs_of_several_threads_start_a_lane_once(jobs: Jobs, owner: QObject, qtbot: QtBot) -> None:
    got: list[Any] = []
    jobs.network(lambda ctx: jobs.in_writer(lambda db: shop.get(db, "name")), owner=owner, then=got.append)
    jobs.background(
        lambda db, ctx: jobs.in_writer(lambda db: shop.get(db, "name")), owner=owner, then=got.append
    )
    jobs.write(lambda db, ctx: shop.get(db, "name"), owner=owner, then=got.append)
    rest(jobs, qtbot)
    assert got == ["日日咖啡"] * 3
