"""The outbox works by itself while a shop is open, and never sends again by itself what an earlier run left."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.changes import Changes, Kind
from desktop.core.message import message
from desktop.line_api.errors import RetryLater, SignInAgain, Why
from desktop.operations.audiences import audiences
from desktop.operations.line import uploading
from desktop.simulator.simulator import Simulator
from desktop.store import outbox
from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.line_link import is_fresh
from desktop.ui.opening.program import Program
from tests.ui.line_shop import care_at_once, line, practice_desk, practice_path, practice_window, start
from tests.ui.shop_window import settle

__all__ = ["line", "practice_desk", "practice_path", "practice_window"]


def press(db: Database, ctx: object) -> uploading.Pressed:
    saved = audiences.save(db, "全部已綁定", "")
    return uploading.press(db, saved.audience)


def states(desk: Desk) -> list[str]:
    return [job.state for job in outbox.jobs(desk.jobs.page_reader)]


def test_a_pressed_upload_goes_out_by_itself(
    practice_desk: Desk, practice_window: MainWindow, line: Simulator, qtbot: QtBot
) -> None:
    practice_desk.jobs.write(press, owner=practice_desk.jobs)
    qtbot.waitUntil(lambda: states(practice_desk) in (["processing"], ["ready"]), timeout=20_000)
    job = outbox.jobs(practice_desk.jobs.page_reader)[0]
    assert job.audience_group_id is not None
    assert len(line.ids_of(job.audience_group_id)) == 9


def test_the_account_stands_in_the_status_bar(practice_window: MainWindow, qtbot: QtBot) -> None:
    assert practice_window.shell is not None
    figures = practice_window.shell.status.figures
    qtbot.waitUntil(lambda: "12" in figures.text(), timeout=20_000)


def test_uploads_of_last_time_wait_for_a_press(
    program: Program, practice_path: Path, line: Simulator, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.store.shop_file import ShopFile

    with ShopFile.open(practice_path) as shop:
        press(shop.writer(), None)
    window = start(program, practice_path, line, qtbot, monkeypatch)
    assert window.shell is not None
    page = window.shell.stack.current
    assert page is not None
    assert "1 件" in page.bar.text
    desk = window.shell.desk
    assert isinstance(desk, Desk)
    assert states(desk) == ["waiting"]
    page.bar.press()
    qtbot.waitUntil(lambda: states(desk) in (["processing"], ["ready"]), timeout=20_000)


def test_without_waiting_uploads_nothing_is_asked(
    program: Program, shop_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    care_at_once(monkeypatch)
    program.start(shop_path)
    settle(program.window, qtbot)
    assert program.window.shell is not None
    assert program.window.shell.stack.current is not None
    assert program.window.shell.stack.current.bar.text == ""


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (RetryLater(message("line.dns"), why=Why.DNS), "離線"),
        (SignInAgain(message("line.dns")), "重新連接"),
        (RetryLater(message("line.busy"), why=Why.BUSY), "練習"),
    ],
)
def test_the_last_real_call_decides_what_the_status_bar_says(
    practice_desk: Desk, practice_window: MainWindow, qtbot: QtBot, problem: Exception, words: str
) -> None:
    link = practice_desk.line
    shell = practice_window.shell
    assert shell is not None
    shell.status._practice = words == "練習"

    class Client:
        def send(self) -> str:
            raise problem

    client = Client()
    link._listen(client)  # type: ignore[attr-defined]

    def call(ctx: object) -> None:
        client.send()

    practice_desk.jobs.network(call, owner=shell, on_error=lambda error: None)
    qtbot.waitUntil(lambda: words in shell.status.line.text(), timeout=20_000)


def test_figures_are_fresh_for_an_hour_and_not_from_the_future() -> None:
    now = dt.datetime.now(dt.UTC)

    def text(away: dt.timedelta) -> str:
        return (now + away).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    assert is_fresh(text(dt.timedelta(minutes=-59)))
    assert not is_fresh(text(dt.timedelta(minutes=-61)))
    assert not is_fresh(text(dt.timedelta(days=2)))
    assert not is_fresh("")


def test_only_another_account_or_key_makes_another_client(window: MainWindow, desk: Desk) -> None:
    link = desk.line
    link._client = kept = object()  # type: ignore[attr-defined]
    desk.jobs.changed.emit(Changes.of(Kind.LINE))
    assert link._client is kept  # type: ignore[attr-defined]
    desk.jobs.changed.emit(Changes.of(Kind.LINE, Kind.ACCOUNT))
    assert link._client is None  # type: ignore[attr-defined]


def test_leaving_a_shop_ends_what_is_under_way_at_line_first(
    program: Program, practice_desk: Desk, practice_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, jobs, stopped = practice_desk.line.client(), practice_desk.jobs, []
    abort = client.abort
    monkeypatch.setattr(client, "abort", lambda: (stopped.append(jobs._stopped), abort()))
    program.leave_shop()
    assert stopped == [False]
