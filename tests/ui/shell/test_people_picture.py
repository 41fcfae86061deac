"""An open shop's queries get their picture of the people while nobody asks anything, lose it with a change, and get it again once
somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.changes import Changes, Kind
from desktop.core.people.query_text import parse
from desktop.store.condition_sql import count, query_context
from desktop.store.database import Database
from desktop.store.picture import keeping
from desktop.store.shop_file import ShopFile
from desktop.ui.jobs import Jobs
from desktop.ui.paging import people_picture
from tests.shops import make_shop

QUESTION = parse("會員")
PATIENCE_MS = 30_000
"""Loading numpy takes long on a busy machine."""


@pytest.fixture
def jobs(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    monkeypatch.setattr(keeping, "FEWEST_PEOPLE", 1)
    monkeypatch.setattr(people_picture, "PAUSE_MS", 0)

    def failed(*problem: object) -> None:
        raise AssertionError(problem)

    made = Jobs(ShopFile.open(make_shop(tmp_path / "店.tagline", 3)), on_user_error=failed, on_bug=failed)
    yield made
    made.stop()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def asked(jobs: Jobs, qtbot: QtBot) -> tuple[bool, int]:
    """Whether the picture answers in the queries' thread, and how many people are found there."""
    found: list[tuple[bool, int]] = []

    def ask(db: Database) -> tuple[bool, int]:
        return keeping.found(db, QUESTION, query_context(db)) is not None, count(db, QUESTION)

    jobs.read(ask, owner=QObject(jobs), then=found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
    return found[0]


def test_it_comes_goes_and_comes_again(jobs: Jobs, qtbot: QtBot) -> None:
    people_picture.PeoplePicture(jobs)
    qtbot.waitUntil(lambda: asked(jobs, qtbot) == (True, 3), timeout=PATIENCE_MS)

    def rename(db: Database, _ctx: object) -> None:
        db.run("UPDATE person SET name = '別人' WHERE id = 1")

    jobs.write(rename, owner=QObject(jobs), then=lambda _done: jobs.tell(Changes.of(Kind.PEOPLE)))
    qtbot.waitUntil(lambda: asked(jobs, qtbot) == (True, 2), timeout=PATIENCE_MS)


def test_nothing_is_left_under_way(jobs: Jobs, qtbot: QtBot) -> None:
    people_picture.PeoplePicture(jobs)
    qtbot.waitUntil(lambda: asked(jobs, qtbot)[0], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=PATIENCE_MS)
