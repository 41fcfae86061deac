"""LINE's figures: read on request and at start, kept by day, typed in where LINE tells nothing."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.operations.line import syncing
from desktop.simulator.simulator import Simulator
from desktop.store.line import day_figures
from desktop.store.shop_file import ShopFile
from desktop.ui.desk import Desk
from desktop.ui.line_account.sync_section import SyncSection
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from desktop.ui.settings.page import SettingsPage
from tests.ui.line_shop import start
from tests.ui.shop_window import open_page, settle


def section_of(window: MainWindow, qtbot: QtBot) -> SyncSection:
    page = cast(SettingsPage, open_page(window, "settings", qtbot, section="sync"))
    found = page.sections["sync"]
    assert isinstance(found, SyncSection)
    settle(window, qtbot)
    return found


def test_reading_now(practice_window: MainWindow, practice_desk: Desk, qtbot: QtBot) -> None:
    section = section_of(practice_window, qtbot)
    assert section.figures.value("last") == "還沒同步過"
    section.sync_button.click()
    section.sync()
    assert not section.sync_button.isEnabled()
    settle(practice_window, qtbot)
    days = day_figures.day_figures(practice_desk.jobs.page_reader)
    assert days
    assert f"讀到 {len(days)} 天" in section.good.text()
    assert section.figures.value("last").startswith("今天")
    assert f"{len(days)} 天" in section.figures.value("days")
    assert section.figures.value("newest") == "好友 12・目標 10・封鎖 2"
    assert section.sync_button.isEnabled()
    assert section.cancel_button.isHidden()


def test_trouble_is_told_where_it_arose(practice_window: MainWindow, line: Simulator, qtbot: QtBot) -> None:
    section = section_of(practice_window, qtbot)
    line.faults.add("captive_portal", count=None)
    section.sync()
    settle(practice_window, qtbot)
    assert "登入頁面" in section.wrong.text()
    assert section.sync_button.isEnabled()


def test_stopping_keeps_the_days_read(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    section = section_of(practice_window, qtbot)
    line.faults.add("latency", path="/insight/followers", seconds=0.05, count=None)
    section.sync()
    qtbot.waitUntil(lambda: len(day_figures.day_figures(practice_desk.jobs.page_reader)) > 1, timeout=10_000)
    section.cancel()
    settle(practice_window, qtbot)
    assert day_figures.day_figures(practice_desk.jobs.page_reader)
    assert "已停止" in section.good.text()


def test_the_switch_is_kept(practice_window: MainWindow, practice_desk: Desk, qtbot: QtBot) -> None:
    section = section_of(practice_window, qtbot)
    assert not section.at_start.isChecked()
    section.at_start.click()
    settle(practice_window, qtbot)
    assert syncing.at_start(practice_desk.jobs.page_reader)
    assert section.at_start.isChecked()
    section.at_start.click()
    settle(practice_window, qtbot)
    assert not syncing.at_start(practice_desk.jobs.page_reader)


def test_without_an_account_figures_are_typed_in_and_stand_in_the_status_bar(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    section = section_of(window, qtbot)
    assert not section.sync_button.isEnabled()
    by_hand = section.by_hand
    assert not by_hand.inside.isVisible()
    by_hand.opener.click()
    by_hand.day.setText("２０２６年１１月１日")
    for name, text in (("followers", "6,020"), ("target_reach", "５２３０"), ("blocks", "790")):
        by_hand.fields[name].setText(text)
    by_hand.keep_button.click()
    settle(window, qtbot)
    assert section.figures.value("newest") == "好友 6,020・目標 5,230・封鎖 790"
    assert by_hand.fields["followers"].text() == ""
    assert window.shell is not None
    assert "好友 6,020" in window.shell.status.figures.text()
    syncing_days = syncing.by_hand(desk.jobs.page_reader)
    assert [one.day.isoformat() for one in syncing_days] == ["2026-11-01"]


@pytest.mark.parametrize(
    ("day", "followers", "words"),
    [
        ("昨天", "1", "請填日期"),
        ("2026/13/40", "1", "請填日期"),
        ("2026/11/01", "很多", "請填整數"),
        ("2026/11/01", "", "至少"),
    ],
)
def test_what_is_no_figure_is_told(
    window: MainWindow, desk: Desk, qtbot: QtBot, day: str, followers: str, words: str
) -> None:
    by_hand = section_of(window, qtbot).by_hand
    by_hand.fold()
    by_hand.day.setText(day)
    by_hand.fields["followers"].setText(followers)
    by_hand.keep()
    settle(window, qtbot)
    assert words in by_hand.wrong.text()
    assert syncing.by_hand(desk.jobs.page_reader) == []


def test_what_was_typed_in_can_be_taken_back(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    by_hand = section_of(window, qtbot).by_hand
    by_hand.fold()
    by_hand.day.setText("2026/11/1")
    by_hand.fields["followers"].setText("100")
    by_hand.keep()
    settle(window, qtbot)
    remove = by_hand._grid.itemAtPosition(0, 2)
    assert remove is not None
    button = remove.widget()
    assert button is not None
    assert button.accessibleName() == "刪除 2026/11/01 的數字"
    button.click()  # type: ignore[attr-defined]
    settle(window, qtbot)
    assert syncing.by_hand(desk.jobs.page_reader) == []
    assert not by_hand.days.isVisible()
    assert window.shell is not None
    window.shell.notices.press()
    settle(window, qtbot)
    (back,) = syncing.by_hand(desk.jobs.page_reader)
    assert (back.day.isoformat(), back.followers) == ("2026-11-01", 100)


def test_a_day_typed_over_can_be_brought_back(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    by_hand = section_of(window, qtbot).by_hand
    by_hand.fold()
    for number in ("100", "120"):
        by_hand.day.setText("2026-11-01")
        by_hand.fields["followers"].setText(number)
        by_hand.keep()
        settle(window, qtbot)
    assert [one.followers for one in syncing.by_hand(desk.jobs.page_reader)] == [120]
    assert window.shell is not None
    window.shell.notices.press()
    settle(window, qtbot)
    assert [one.followers for one in syncing.by_hand(desk.jobs.page_reader)] == [100]


def test_at_start_line_is_read_once_it_is_switched_on(
    program: Program, practice_path: Path, line: Simulator, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ShopFile.open(practice_path) as file:
        syncing.set_at_start(file.writer(), on=True)
    window = start(program, practice_path, line, qtbot, monkeypatch)
    section = section_of(window, qtbot)
    assert section.figures.value("last").startswith("今天")
    assert section.figures.value("newest") == "好友 12・目標 10・封鎖 2"


def test_at_start_nothing_is_read_unasked(practice_window: MainWindow, line: Simulator, qtbot: QtBot) -> None:
    settle(practice_window, qtbot)
    days = [one for one in line.requests if one.path.endswith("/insight/followers")]
    assert len(days) <= 1, "the newest day for the status bar, no history"
