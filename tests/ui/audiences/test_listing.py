"""The list of audiences: counted bit by bit, sorted, found, renamed, copied, deleted and back again, refreshed with one click."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.operations.audiences import audiences, comparing
from desktop.operations.line import uploading
from desktop.store import audiences as saved
from desktop.store.database import Database
from desktop.ui.audiences.listing import columns
from desktop.ui.audiences.listing.list_view import AudienceList
from desktop.ui.audiences.page import AudiencesPage
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import FakeDialogs, open_page, settle

QUERIES = {"主顧": "tag:熟客 OR tag:VIP", "一次": "orders:1", "沒綁": "line_user_id:none", "全部": ""}


def _save_all(db: Database, _ctx: object) -> object:
    return [audiences.save(db, name, query) for name, query in QUERIES.items()][-1]


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot) -> AudiencesPage:
    desk.jobs.write(_save_all, owner=desk.jobs)
    return cast(AudiencesPage, open_page(window, "audiences", qtbot))


def _names(view: AudienceList) -> list[str]:
    return [row.audience.name for row in view.table.rows_model.rows]


def _cell(view: AudienceList, name: str, column: int) -> str:
    model = view.table.rows_model
    return str(model.index(_names(view).index(name), column).data())


def _select(view: AudienceList, name: str) -> None:
    view.table.setCurrentIndex(view.table.rows_model.index(_names(view).index(name), columns.NAME))


def test_every_row_is_counted_and_keeps_its_size_of_today(page: AudiencesPage, desk: Desk) -> None:
    view = page.list
    assert _names(view) == ["全部", "沒綁", "一次", "主顧"]
    counted = {
        name: (_cell(view, name, columns.PEOPLE), _cell(view, name, columns.REACHABLE)) for name in QUERIES
    }
    assert counted == {"全部": ("12", "9"), "沒綁": ("3", "0"), "一次": ("4", "3"), "主顧": ("5", "4")}
    kept = {name: comparing.growth(desk.jobs.page_reader, _id(desk, name))[-1] for name in QUERIES}
    assert {name: (day.people, day.reachable) for name, day in kept.items()} == {
        "全部": (12, 9), "沒綁": (3, 0), "一次": (4, 3), "主顧": (5, 4),
    }  # fmt: skip
    QAbstractItemModelTester(view.table.rows_model)


def _id(desk: Desk, name: str) -> int:
    found = saved.find(desk.jobs.page_reader, name)
    assert found is not None
    return found.id


def test_nothing_is_offered_where_nobody_can_be_reached(page: AudiencesPage) -> None:
    assert _cell(page.list, "沒綁", columns.ACT) == ""
    assert _cell(page.list, "主顧", columns.ACT) == "上傳"
    assert page.list.reachable_of(page.list.table.rows_model.rows[-1].audience.id) == 4


def test_a_click_on_a_header_sorts_and_another_turns_the_order(page: AudiencesPage) -> None:
    header = page.list.table.horizontalHeader()
    header.sectionClicked.emit(columns.PEOPLE)
    assert _names(page.list) == ["全部", "主顧", "一次", "沒綁"]
    header.sectionClicked.emit(columns.PEOPLE)
    assert _names(page.list) == ["沒綁", "一次", "主顧", "全部"]
    assert header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
    header.sectionClicked.emit(columns.ACT)
    assert header.sortIndicatorSection() == columns.PEOPLE
    for column in (columns.NAME, columns.CONDITION, columns.MOVED, columns.STATE, columns.TIME):
        header.sectionClicked.emit(column)
        assert sorted(_names(page.list)) == sorted(QUERIES)


def test_what_is_looked_for_stands_in_name_or_condition(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert page.list.finder.isHidden()
    page.list.finder.setText("ｖｉｐ")
    assert _names(page.list) == ["主顧"]
    page.list.finder.setText("沒綁")
    assert _names(page.list) == ["沒綁"]
    page.list.finder.setText("沒有這個")
    assert _names(page.list) == []
    page.list.finder.clear()
    settle(window, qtbot)
    assert len(_names(page.list)) == 4


def test_renaming_asks_and_can_be_undone(
    page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    cast(FakeDialogs, desk.dialogs).answers["ask_text"] = "老主顧"
    _select(page.list, "主顧")
    qtbot.keyClick(page.list.table, Qt.Key.Key_F2)
    settle(window, qtbot)
    assert "老主顧" in _names(page.list)
    page.list.changes._undo(_last_step(desk))
    settle(window, qtbot)
    assert "主顧" in _names(page.list)


def _last_step(desk: Desk) -> int:
    return int(desk.jobs.page_reader.value("SELECT max(id) FROM step WHERE state = 'done'"))


def test_a_name_taken_is_refused(page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    cast(FakeDialogs, desk.dialogs).answers["ask_text"] = "一次"
    _select(page.list, "主顧")
    page.list.table.act("rename")
    settle(window, qtbot)
    assert sorted(_names(page.list)) == sorted(QUERIES)


def test_a_copy_has_a_name_of_its_own(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    _select(page.list, "主顧")
    page.list.table.act("copy")
    settle(window, qtbot)
    page.list.table.act("copy")
    settle(window, qtbot)
    assert {"主顧", "主顧 2", "主顧 3"} <= set(_names(page.list))
    assert _cell(page.list, "主顧 3", columns.PEOPLE) == "5"


def test_deleting_can_be_undone(page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    _select(page.list, "一次")
    qtbot.keyClick(page.list.table, Qt.Key.Key_Delete)
    settle(window, qtbot)
    assert "一次" not in _names(page.list)
    page.list.changes._undo(_last_step(desk))
    settle(window, qtbot)
    assert "一次" in _names(page.list)


def test_the_last_one_gone_there_are_templates_to_begin_with(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    for name in QUERIES:
        _select(page.list, name)
        page.list.table.act("delete")
        settle(window, qtbot)
    assert page.list.is_empty
    assert page.list.stack.currentIndex() == 1
    assert page.list.gallery.tiles
    with qtbot.waitSignal(page.list.template_asked) as asked:
        page.list.gallery.tiles[0].click()
    assert asked.args == [page.list.gallery.tiles[0].template.id]


def test_what_changed_since_the_upload_is_shown_and_one_click_asks_to_refresh(
    page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    audience = _id(desk, "主顧")

    def press(db: Database, _ctx: object) -> object:
        known = saved.by_id(db, audience)
        assert known is not None
        return uploading.press(db, known)

    desk.jobs.write(press, owner=page)
    settle(window, qtbot)
    assert _cell(page.list, "主顧", columns.STATE) != ""
    assert _cell(page.list, "主顧", columns.ACT) == "上傳中"
    asked: list[int] = []
    page.list.upload_asked.disconnect()
    page.list.upload_asked.connect(asked.append)
    row = _names(page.list).index("主顧")
    page.list.table.itemDelegateForColumn(columns.ACT).activated.emit(
        page.list.table.rows_model.index(row, columns.ACT)
    )
    assert asked == [audience]


def test_two_hundred_audiences_are_counted_one_at_a_time(
    page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    def many(db: Database, _ctx: object) -> object:
        with db.transaction():
            for number in range(200):
                saved.create(
                    db, f"第 {number:03}", f"orders:>={number % 30}", "2026-11-01T00:00:00.000000Z", 0
                )
        return audiences.save(db, "最後", "")

    desk.jobs.write(many, owner=page)
    waiting: list[int] = []
    read = desk.jobs.read

    def watched(*args: object, **kwargs: object) -> object:
        if kwargs.get("owner") is page.list.counting:
            waiting.append(
                sum(1 for order in desk.jobs._orders.values() if order.owner is page.list.counting)
            )
        return read(*args, **kwargs)  # type: ignore[arg-type]

    desk.jobs.read = watched  # type: ignore[method-assign, assignment]
    settle(window, qtbot)
    assert len(page.list.table.rows_model.rows) == 205
    assert all(row.looked is not None for row in page.list.table.rows_model.rows)
    assert set(waiting) == {0}
    assert not page.list.finder.isHidden()
    assert desk.jobs.page_reader.value("SELECT count(*) FROM audience_day") == 205
