"""The calendar: entries are written, moved with mouse and keys, planned from seasons, copied and deleted; all of it in the shop."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.planning.operating.calendar import Channel, Entry, State
from desktop.operations.history import undoing
from desktop.operations.planning.operating import entries
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from desktop.ui.operating_plan.page import OperatingPlanPage
from tests.ui.operating_plan.plan_window import DAY, page, write
from tests.ui.shop_window import settle

__all__ = ["page"]


@pytest.fixture
def entry_id(page: OperatingPlanPage, window: MainWindow, qtbot: QtBot) -> int:
    """An entry in the middle of the month shown."""
    day = page.calendar.today.replace(day=14)
    return int(write(page, window, qtbot, lambda db: entries.save(db, None, Entry("月中試喝", day))).plan.id)


def kept(desk: Desk) -> list[Entry]:
    """All entries of the shop."""
    return [one.entry for one in entries.all_entries(desk.jobs.page_reader)]


def middle_of(page: OperatingPlanPage, entry_id: int) -> QPoint:
    """Where an entry is painted."""
    boxes = page.calendar.grid.boxes()
    return next(box.rect.center() for box in boxes if box.entry is not None and box.entry.id == entry_id)


def test_an_entry_is_dragged_to_another_day(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot, entry_id: int
) -> None:
    grid = page.calendar.grid
    day = kept(desk)[0].day
    start, end = middle_of(page, entry_id), grid.cell(day + 7 * DAY).center()
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(grid, start + QPoint(0, 20))
    QTest.mouseMove(grid, end)
    assert grid.dragged is not None
    assert grid.dragged.shift == 7
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    settle(window, qtbot)
    assert [one.day for one in kept(desk)] == [day + 7 * DAY]
    write(page, window, qtbot, undoing.undo)


def test_escape_leaves_a_dragged_entry_where_it_was(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot, entry_id: int
) -> None:
    grid, before = page.calendar.grid, kept(desk)
    start = middle_of(page, entry_id)
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(grid, start + QPoint(150, 40))
    assert grid.dragged is not None
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    settle(window, qtbot)
    assert kept(desk) == before


def test_the_end_of_an_entry_is_dragged_and_taken_back(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot, entry_id: int
) -> None:
    grid, day = page.calendar.grid, kept(desk)[0].day
    # A day whose next one stands in the same week.
    monday = day - day.weekday() * DAY
    write(page, window, qtbot, lambda db: entries.move(db, entry_id, monday))
    (box,) = (one for one in grid.boxes() if one.entry is not None and one.entry.id == entry_id)
    start, end = QPoint(box.rect.right() - 2, box.rect.center().y()), grid.cell(monday + 3 * DAY).center()
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(grid, start + QPoint(30, 0))
    QTest.mouseMove(grid, end)
    widths = [one.rect.width() for one in grid.boxes() if one.entry is not None and one.entry.id == entry_id]
    assert sum(widths) > 3 * grid.cell(monday).width()
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    settle(window, qtbot)
    assert [(one.day, one.last) for one in kept(desk)] == [(monday, monday + 3 * DAY)]
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Minus)
    settle(window, qtbot)
    assert [(one.day, one.last) for one in kept(desk)] == [(monday, monday + 2 * DAY)]
    write(page, window, qtbot, undoing.undo)
    write(page, window, qtbot, undoing.undo)
    assert [(one.day, one.until) for one in kept(desk)] == [(monday, None)]
    QTest.keyClick(grid, Qt.Key.Key_Minus)
    settle(window, qtbot)
    assert [(one.day, one.until) for one in kept(desk)] == [(monday, None)]


def test_the_keys_choose_carry_finish_and_delete(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot, entry_id: int
) -> None:
    grid, day = page.calendar.grid, kept(desk)[0].day
    grid.choose(day - DAY)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.day == day
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert grid.entry_id == entry_id
    QTest.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    settle(window, qtbot)
    assert kept(desk)[0].day == day + 7 * DAY
    assert grid.day == day + 7 * DAY
    QTest.keyClick(grid, Qt.Key.Key_D)
    settle(window, qtbot)
    assert kept(desk)[0].state is State.DONE
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    settle(window, qtbot)
    assert kept(desk) == []
    assert not page.calendar.side.shows_entry
    write(page, window, qtbot, undoing.undo)
    assert [one.title for one in kept(desk)] == ["月中試喝"]


def test_a_new_entry_is_made_once_however_fast_it_is_written(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    day = page.calendar.today + 3 * DAY
    page.calendar.new_entry(day)
    form = page.calendar.side.form
    for text in ("雙", "雙 12", "雙 12 預告"):
        form.title.setText(text)
        form.autosave.touch()
        form.autosave.flush()
    form.text.setPlainText("先看先選")
    form.autosave.flush()
    settle(window, qtbot)
    assert [(one.title, one.day, one.text) for one in kept(desk)] == [("雙 12 預告", day, "先看先選")]
    assert page.calendar.entry_id is not None


def test_what_cannot_be_a_day_is_said_and_not_kept(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot, entry_id: int
) -> None:
    before = kept(desk)
    page.calendar.open_entry(entry_id)
    settle(window, qtbot)
    form = page.calendar.side.form
    form.day.setText("下週二")
    form.autosave.touch()
    form.autosave.flush()
    settle(window, qtbot)
    assert form.day.property("wrong") is True
    assert not form.wrong.isHidden()
    assert kept(desk) == before
    form.day.setText("2027/1/5")
    form.at.setText("1830")
    form.channel.set_value(Channel.RICH_MENU)
    form.channel.chosen.emit(Channel.RICH_MENU)
    settle(window, qtbot)
    changed = kept(desk)[0]
    assert (changed.day, changed.at, changed.channel) == (
        datetime.date(2027, 1, 5),
        "18:30",
        Channel.RICH_MENU,
    )
    assert form.plan_box.isHidden() is False
    assert form.whom_box.isHidden()
    assert page.calendar.found is not None
    assert page.calendar.found.page.grid.month == 1


def test_a_season_is_planned_with_its_idea_and_then_no_longer_offered(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    assert page.calendar.found is not None
    season = page.calendar.found.offered.seasons[0]
    page.calendar.plan_season(season)
    settle(window, qtbot)
    entry = kept(desk)[0]
    assert (entry.season, entry.day) == (season.id, season.first)
    assert entry.note
    assert season not in page.calendar.found.offered.seasons
    assert page.calendar.side.shows_entry


def test_a_month_of_last_year_is_copied(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    now = page.calendar.today
    old = now.replace(year=now.year - 1, day=14)

    def last_year(db: Database) -> object:
        return entries.save(db, None, Entry("去年的活動", old).marked(State.DONE, old))

    write(page, window, qtbot, last_year)
    page.calendar.bar.copy_asked.emit(now.year - 1, now.year, now.month)
    settle(window, qtbot)
    years = {one.day.year: one.state for one in kept(desk)}
    assert years == {now.year - 1: State.DONE, now.year: State.PLANNED}


def test_a_turn_shows_the_next_month_and_the_week_its_days(
    page: OperatingPlanPage, window: MainWindow, qtbot: QtBot
) -> None:
    calendar = page.calendar
    month = calendar.today.month
    calendar.turn(1)
    settle(window, qtbot)
    assert calendar.found is not None
    assert calendar.found.page.grid.month == month % 12 + 1
    calendar.go_today()
    calendar.view.set_value("week")
    calendar.read()
    settle(window, qtbot)
    assert len(calendar.found.page.grid.weeks) == 1
    assert calendar.today in calendar.found.page.grid.weeks[0]


def test_a_space_just_typed_stays_while_the_entry_is_kept(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot, entry_id: int
) -> None:
    page.calendar.open_entry(entry_id)
    settle(window, qtbot)
    form = page.calendar.side.form
    form.title.setText("Tasting ")
    form.day.setText("12/1")
    form.autosave.touch()
    form.autosave.flush()
    settle(window, qtbot)
    assert kept(desk)[0].title == "Tasting"
    assert form.title.text() == "Tasting "
    assert form.day.text() == "12/1"


def test_what_is_being_written_is_kept_when_the_page_is_left(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot, entry_id: int
) -> None:
    page.calendar.open_entry(entry_id)
    settle(window, qtbot)
    page.calendar.side.form.text.setPlainText("寫到一半")
    assert page.calendar.side.form.autosave.pending
    desk.go("members")
    settle(window, qtbot)
    assert kept(desk)[0].text == "寫到一半"


def test_what_is_being_written_is_kept_when_the_shop_is_closed(
    page: OperatingPlanPage,
    program: Program,
    window: MainWindow,
    qtbot: QtBot,
    shop_path: Path,
    entry_id: int,
) -> None:
    page.calendar.open_entry(entry_id)
    settle(window, qtbot)
    page.calendar.side.form.text.setPlainText("寫到一半")
    program.close_shop()
    with ShopFile.open(shop_path) as shop:
        assert [one.entry.text for one in entries.all_entries(shop.writer())] == ["寫到一半"]
