"""「今天要做的事」: each thing has a press to whom or what it is about, is ticked off or put off, and ticking can be taken back."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.planning.operating.board import Stage, Task
from desktop.core.planning.operating.calendar import Entry, State
from desktop.operations.audiences import audiences
from desktop.operations.history import undoing
from desktop.operations.planning.operating import boards, entries, today
from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.operating_plan.page import OperatingPlanPage
from desktop.ui.operating_plan.today.due_row import DueRow
from tests.ui.operating_plan.plan_window import DAY, page, shown_page, write
from tests.ui.shop_window import settle

__all__ = ["page"]


def plan_one(db: Database) -> object:
    """An entry of today to an audience."""
    kept = audiences.save(db, "熟客們", "tag:熟客")
    day = entries.today(db)
    return entries.save(db, None, Entry("新品試喝", day, audience_id=kept.audience.id))


def row_of(page: OperatingPlanPage, words: str) -> DueRow:
    """The row that says so."""
    page.today.set_open(True)
    return next(row for row in page.today.rows if words in row.text.text())


def test_an_entry_of_today_is_ticked_and_the_tick_is_taken_back(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    saved = write(page, window, qtbot, plan_one)
    row_of(page, "新品試喝").box.click()
    settle(window, qtbot)
    assert entries.existing(desk.jobs.page_reader, saved.plan.id).entry.state is State.DONE
    assert not any("新品試喝" in row.text.text() for row in page.today.rows)
    write(page, window, qtbot, undoing.undo)
    assert entries.existing(desk.jobs.page_reader, saved.plan.id).entry.state is State.PLANNED
    assert row_of(page, "新品試喝").box.isChecked() is False


def test_its_people_are_one_press_away(page: OperatingPlanPage, window: MainWindow, qtbot: QtBot) -> None:
    write(page, window, qtbot, plan_one)
    row = row_of(page, "新品試喝")
    assert row.people.text() == "4 位，可發送 3"
    row.people.click()
    settle(window, qtbot)
    assert shown_page(window) == "audiences"


def test_the_press_to_an_entry_opens_its_form(
    page: OperatingPlanPage, window: MainWindow, qtbot: QtBot
) -> None:
    saved = write(page, window, qtbot, plan_one)
    row_of(page, "新品試喝").go.click()
    settle(window, qtbot)
    assert not page.today.is_open
    assert page.calendar.entry_id == saved.plan.id
    assert page.calendar.side.form.title.text() == "新品試喝"


def test_what_is_put_off_comes_back_later(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    saved = write(page, window, qtbot, plan_one)
    row_of(page, "新品試喝").later_menu().actions()[0].trigger()
    settle(window, qtbot)
    assert not any("新品試喝" in row.text.text() for row in page.today.rows)
    assert entries.existing(desk.jobs.page_reader, saved.plan.id).entry.state is State.PLANNED


def test_only_the_first_are_shown_until_it_is_opened_out(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    def fill(db: Database) -> object:
        day = entries.today(db)
        made = [
            boards.save_task(db, None, Task(f"工作 {number}", Stage.REVENUE, day - DAY))
            for number in range(6)
        ]
        return made[-1]

    write(page, window, qtbot, fill)
    found = today.today(desk.jobs.page_reader)
    assert len(page.today.rows) < len(found)
    assert f"逾期 {sum(one.overdue for one in found)} 件" in page.today.hint.text()
    page.today.all.click()
    assert len(page.today.rows) == len(found)
    assert page.below.isHidden()
    page.show_tab("board")
    assert not page.below.isHidden()


def test_a_reminder_shows_the_steps_in_the_manager(
    page: OperatingPlanPage, window: MainWindow, qtbot: QtBot
) -> None:
    def sent(db: Database) -> object:
        day = entries.today(db)
        entry = Entry("三題問卷", day - 5 * DAY, remind_after=3)
        return entries.save(db, None, entry.marked(State.DONE, day - 5 * DAY))

    write(page, window, qtbot, sent)
    row = row_of(page, "三題問卷")
    assert row.steps.isHidden()
    row.steps_button.click()
    assert not row.steps.isHidden()


@pytest.mark.parametrize("tab", ["sheet", "calendar", "board", "journeys"])
def test_the_page_opens_on_the_tab_asked_for(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot, tab: str
) -> None:
    desk.go("operating_plan", tab="today")
    settle(window, qtbot)
    assert page.today.is_open
    desk.go("operating_plan", tab=tab)
    settle(window, qtbot)
    assert not page.today.is_open
    assert page.tab == tab
