"""The views of the page: who moved and who falls opens exactly these people, answers that come late are dropped, RFM waits under
進階, cards can be copied, and the keyboard keeps its place when numbers change."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.changes import Changes, Kind
from desktop.core.figures.nasl import CLASSES
from desktop.operations.insights import nasl as asking
from desktop.operations.insights.questions import Population, Questions, joined
from desktop.store.database import Database
from desktop.store.insights.campaigns import typed
from desktop.ui.audiences.figures.people_dialog import PeopleDialog
from desktop.ui.desk import Desk
from desktop.ui.insights.cohorts.cohort_card import BOUND
from desktop.ui.insights.page import InsightsPage
from desktop.ui.insights.repurchase.falling_card import BY_DAY
from desktop.ui.main_window import MainWindow
from tests.ui.insights.insights_window import shop_path
from tests.ui.shop_window import FakeDialogs, open_page, settle

__all__ = ["shop_path"]


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> InsightsPage:
    """The page, at rest."""
    return cast(InsightsPage, open_page(window, "insights", qtbot))


@pytest.mark.parametrize("population", list(Population))
def test_every_move_opens_exactly_those_who_made_it(
    page: InsightsPage, desk: Desk, population: Population
) -> None:
    db = desk.jobs.page_reader
    found = asking.movement(db, 12, population)
    assert found is not None
    assert sum(found.flow.values()) > 0
    asked = Questions(db)
    for before in ("", *CLASSES):
        for now in CLASSES:
            query = asking.move_query(found, before, now)
            assert query is not None
            expected = found.flow.get((before, now), 0)
            assert asked.counts([joined(population.query, query)]) == [expected], (before, now, query)


def test_the_class_on_a_day_is_asked_by_orders(page: InsightsPage, desk: Desk) -> None:
    db = desk.jobs.page_reader
    found = asking.movement(db, 6)
    assert found is not None
    for month in found.months:
        for letter in CLASSES:
            query = asking.class_on_query(letter, month.day, found.cycle.window_days)
            assert Questions(db).counts([query]) == [month.people[letter]], (month.day, letter)


def test_who_was_bound_of_a_month_can_be_opened_where_a_condition_says_it(
    page: InsightsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_section("cohorts")
    settle(window, qtbot)
    table = page.cohorts.table
    months = page.cohorts.answer.found.months
    # The overview counts back from a day: whoever compares the two has to see which months these are.
    assert all(one.month.replace("-", "/") in page.cohorts.told.text() for one in (months[0], months[-1]))
    cell = table.rows_model.index(0, BOUND)
    row = table.rows_model.row(0)
    assert table.is_link(cell)
    assert Questions(page.desk.jobs.page_reader).counts([row.rate.query]) == [row.rate.part]
    page.cohorts.within.set_value(7)
    page.cohorts.read()
    settle(window, qtbot)
    assert not table.is_link(table.rows_model.index(0, BOUND))


def test_a_count_typed_over_can_be_brought_back(
    page: InsightsPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    sql = (
        "INSERT INTO upload (id, key, audience_name, line_name, query, state, members, ids, pressed_at, changed_at)"
        " VALUES (1, 'k', '熟客', '熟客', '', 'ready', 90, 90, '2026-11-01T00:00:00.000000Z', '2026-11-01')"
    )
    desk.jobs.write(lambda db, _ctx: db.run(sql), owner=page)
    settle(window, qtbot)
    for number in (20, 30):
        page.result.keep_count(1, "answered", number)
        settle(window, qtbot)
    reader = desk.jobs.page_reader
    assert typed(reader, 1) == {"answered": 30}
    assert window.shell is not None
    window.shell.notices.press()
    settle(window, qtbot)
    assert typed(reader, 1) == {"answered": 20}


def test_the_people_of_a_send_are_listed_and_opened(
    page: InsightsPage, window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    def sent(db: Database, _ctx: object) -> None:
        db.run(
            "INSERT INTO upload (id, key, audience_name, line_name, query, state, members, ids, pressed_at, changed_at)"
            " VALUES (1, 'k', '熟客', '熟客', '', 'ready', 5, 5, '2026-10-20T00:00:00.000000Z', '2026-10-20')"
        )
        db.run(
            "INSERT INTO upload_person (upload_id, line_user_id, person_id) SELECT 1, 'U' || id, id FROM person LIMIT 5"
        )

    desk.jobs.write(sent, owner=page)
    settle(window, qtbot)
    page.result.read(1)
    settle(window, qtbot)
    assert page.result.lists[0].text() == "名單裡的 5 位"
    page.result.lists[0].click()
    settle(window, qtbot)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, PeopleDialog)
    assert dialog.model.rowCount() == 5
    dialog.open_person(dialog.model.rows[0])
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "members"


def test_tabs_have_the_whole_width_so_that_none_is_cut(page: InsightsPage) -> None:
    page.show_section("campaigns")
    assert page.tabs.width() == page.stack.width()
    assert not any(arrow.isVisible() for arrow in page.tabs.findChildren(QToolButton))


def test_moves_of_nobody_cannot_be_pressed(page: InsightsPage, window: MainWindow, qtbot: QtBot) -> None:
    page.show_section("repurchase")
    settle(window, qtbot)
    found = page.movement.found
    assert found is not None
    for move, button in page.movement.moves.items():
        assert button.isEnabled() == bool(found.flow.get(move, 0))
        assert str(found.flow.get(move, 0)) in button.text()


def test_who_falls_is_listed_by_day_and_each_day_opens_its_people(
    page: InsightsPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page.show_section("repurchase")
    page.falling.span.set_value(60)
    page.falling.span.chosen.emit(60)
    page.classes.population.set_value("bound")
    page.classes.population.chosen.emit("bound")
    settle(window, qtbot)
    assert page.falling.population is Population.BOUND
    assert page.movement.population is Population.BOUND
    page.falling.by.set_value(BY_DAY)
    page.falling.by.chosen.emit(BY_DAY)
    found = page.falling.found
    assert found is not None
    rows = page.falling.days.rows_model.rows
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    asked = Questions(desk.jobs.page_reader)
    assert all(asked.counts([row[1].query]) == [row[1].people] for row in rows)
    assert asked.counts([found.total.query or ""]) == [sum(row[1].people for row in rows)]
    assert page.falling.table.isHidden() or not page.falling.table.rows_model.rows


def test_an_answer_to_an_older_question_is_dropped(
    page: InsightsPage, window: MainWindow, qtbot: QtBot
) -> None:
    shown: list[str] = []
    page.funnel.ask(lambda _db: "old", shown.append, "one name")
    page.funnel.ask(lambda _db: "new", shown.append, "another name")
    settle(window, qtbot)
    assert shown == ["new"]
    assert not page.funnel.waiting.isVisible()


def test_a_slow_answer_is_announced_and_what_stands_stays(
    page: InsightsPage, window: MainWindow, qtbot: QtBot
) -> None:
    rows = page.nasl.table.rows_model.rows
    page.nasl._timer.start(0)
    qtbot.waitUntil(page.nasl.waiting.isVisible)
    assert page.nasl.table.rows_model.rows == rows
    page.nasl.read()
    settle(window, qtbot)
    assert not page.nasl.waiting.isVisible()


def test_rfm_waits_under_advanced_and_is_remembered(
    page: InsightsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_section("spread")
    settle(window, qtbot)
    assert not page.rfm.isVisible()
    assert page.rfm.cells == []
    page.concentration.advanced.click()
    settle(window, qtbot)
    assert page.rfm.isVisible()
    assert page.rfm.cells
    kept = page.remember()
    page.concentration.advanced.click()
    assert not page.rfm.isVisible()
    page.recall(kept)
    assert page.concentration.advanced.isChecked()


def test_a_card_is_copied_as_a_picture(page: InsightsPage) -> None:
    QApplication.clipboard().clear()
    QTest.mouseClick(page.nasl.copy, Qt.MouseButton.LeftButton)
    picture = QApplication.clipboard().pixmap()
    assert picture.width() >= page.nasl.width()


def test_the_keyboard_keeps_its_place_when_numbers_change(
    page: InsightsPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    bar = page.funnel.rows[2].bar
    bar.setFocus()
    assert window.focusWidget() is bar
    leave = "UPDATE person SET line_user_id = NULL WHERE id = (SELECT min(id) FROM person WHERE line_user_id IS NOT NULL)"
    desk.jobs.write(lambda db, _ctx: db.run(leave), owner=page)
    settle(window, qtbot)
    page.changed(Changes.of(Kind.PEOPLE))
    settle(window, qtbot)
    assert window.focusWidget() is bar
    assert bar.text() == "79"


def test_making_the_page_shows_nothing_outside_the_window(page: InsightsPage, desk: Desk) -> None:
    class Watch(QObject):
        seen: list[QObject] = []  # noqa: RUF012 - one watch, one test

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.seen.append(watched)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)  # type: ignore[union-attr]
    made = InsightsPage(desk)
    QApplication.instance().removeEventFilter(watch)  # type: ignore[union-attr]
    made.deleteLater()
    assert watch.seen == []
