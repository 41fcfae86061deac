"""The page of audiences: the list, the editor's live count, saving, exporting, deleting, and coming back."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.core.people.selection import Selection
from desktop.operations.audiences import audiences
from desktop.operations.tagging import tagging
from desktop.store import condition_sql
from desktop.text import t
from desktop.ui.audiences.audience_list import ACT
from desktop.ui.audiences.page import AudiencesPage
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import FakeDialogs, open_page, settle


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> AudiencesPage:
    return cast(AudiencesPage, open_page(window, "audiences", qtbot))


def edit(page: AudiencesPage, window: MainWindow, qtbot: QtBot, query: str) -> None:
    window.shell.go("audiences", query=query)  # type: ignore[union-attr]
    settle(window, qtbot)


def save(page: AudiencesPage, window: MainWindow, qtbot: QtBot, name: str) -> None:
    page.editor.name.setText(name)
    page.save()
    settle(window, qtbot)


def test_an_empty_shop_of_audiences_explains_itself(page: AudiencesPage) -> None:
    assert page.stack.currentWidget() is page.empty
    assert "LINE 後台稱「受眾」" in page.empty.text.text()
    assert not page.buttons.build.isVisible()


def test_counts_add_up_and_each_opens_its_people(
    page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "orders:>=2")
    counts = page.editor.counts
    assert counts is not None
    parts = counts.parts
    assert (
        parts["reachable"] + parts["without_user_id"] + parts["no_longer_friend"] + parts["refused"]
        == counts.people
    )
    opened: list[str] = []
    page.editor.desk = cast(Desk, _Recorder(desk, opened))
    for part, row in page.editor.count_card.rows.items():
        if row.isEnabled():
            row.click()
            found = condition_sql.count(
                desk.jobs.page_reader, audiences.condition_of(desk.jobs.page_reader, opened[-1])
            )
            assert found == parts[part]
    assert len(opened) == 3


class _Recorder:
    """A desk that notes where it is asked to go."""

    def __init__(self, desk: Desk, opened: list[str]) -> None:
        self._desk = desk
        self._opened = opened

    def go(self, page_id: str, **arguments: object) -> None:
        assert page_id == "members"
        self._opened.append(str(arguments["query"]))

    def __getattr__(self, name: str) -> object:
        return getattr(self._desk, name)


def test_the_preview_says_why(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "tag:熟客 orders:>=20")
    model = page.editor.preview.model
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    reasons = [model.index(row, 3).data() for row in range(model.rowCount())]
    assert names == ["郭子軒", "王怡君"]
    assert reasons == ["熟客 · 訂單 22 筆", "熟客 · 訂單 28 筆"]
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "王怡君，標籤 熟客、VIP，熟客 · 訂單 28 筆"


def test_counts_follow_the_data(page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "tag:VIP")
    assert page.editor.count_card.number.text() == "2"
    everybody = audiences.condition_of(desk.jobs.page_reader, "")
    desk.jobs.write(lambda db, ctx: tagging.tag(db, Selection.matching(everybody), "VIP"), owner=page)
    settle(window, qtbot)
    assert page.editor.count_card.number.text() == "12"


def test_a_tag_the_shop_lacks_is_pointed_out(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "-tag:勿擾")
    assert "「勿擾」" in page.editor.count_card.hint.text()


def test_saving_listing_and_opening_again(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "(tag:熟客 OR tag:VIP) -tag:市集")
    assert page.editor.name_text == "熟客、VIP"
    assert page.buttons.save.isEnabled()
    save(page, window, qtbot, "主顧")
    assert not page.buttons.save.isEnabled()
    page.show_list()
    settle(window, qtbot)
    (row,) = page.list.model.rows
    assert (row.audience.name, row.reach.people, row.reach.reachable) == ("主顧", 5, 4)
    page.list.table.opened.emit(page.list.model.index(0, 0))
    settle(window, qtbot)
    assert page.is_editing
    assert page.editor.name_text == "主顧"
    save(page, window, qtbot, "老主顧")
    page.show_list()
    settle(window, qtbot)
    assert [row.audience.name for row in page.list.model.rows] == ["老主顧"]


def test_a_name_is_not_given_twice(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "tag:熟客")
    save(page, window, qtbot, "VIP 群")
    edit(page, window, qtbot, "tag:VIP")
    save(page, window, qtbot, "vip 群")
    assert "已經有「VIP 群」" in page.bar.text
    assert page.editor.name.property("wrong") is True
    page.show_list()
    settle(window, qtbot)
    (row,) = page.list.model.rows
    assert row.audience.query == "tag:熟客"


def test_renaming_can_be_undone(page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "tag:熟客")
    save(page, window, qtbot, "甲")
    save(page, window, qtbot, "乙")
    window.shell.register.trigger("shell.undo")  # type: ignore[union-attr]
    settle(window, qtbot)
    page.show_list()
    settle(window, qtbot)
    assert [row.audience.name for row in page.list.model.rows] == ["甲"]
    assert audiences.existing(desk.jobs.page_reader, "甲").query == "tag:熟客"


def test_deleting_can_be_undone_from_the_notice(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:熟客")
    save(page, window, qtbot, "甲")
    page.show_list()
    settle(window, qtbot)
    page.list.table.setCurrentIndex(page.list.model.index(0, 0))
    qtbot.keyClick(page.list.table, Qt.Key.Key_Delete)
    settle(window, qtbot)
    assert page.stack.currentWidget() is page.empty
    window.shell.notices.press()  # type: ignore[union-attr]
    settle(window, qtbot)
    assert [row.audience.name for row in page.list.model.rows] == ["甲"]


def test_exporting_writes_the_user_ids_of_the_reachable(
    page: AudiencesPage, window: MainWindow, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:熟客")
    target = tmp_path / "ids.txt"
    dialogs.answers["save_file"] = target
    page.editor.name.setText("a/b:c")
    page.export()
    settle(window, qtbot)
    assert dialogs.asked[-1] == ("save_file", "export", "a_b_c.txt")
    assert target.read_bytes() == b"".join(b"U%032x\n" % number for number in (1, 5, 8))


def test_the_link_of_a_row_opens_the_editor(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "tag:外帶")
    save(page, window, qtbot, "外帶客")
    page.show_list()
    settle(window, qtbot)
    index: QModelIndex = page.list.model.index(0, ACT)
    assert index.data() == "上傳"
    page.list._act("copy", page.list.model.row(index))
    settle(window, qtbot)
    assert page.is_editing
    assert page.editor.name_text == t("audiences_page.copy_of", audience="外帶客")
    assert page.editor.audience_id is None


def test_a_draft_survives_a_rebuilt_window(
    page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:熟客 orders:>=5")
    page.editor.name.setText("草稿")
    desk.door.rebuild()
    qtbot.waitUntil(lambda: window.shell is not None and window.shell.desk is not desk, timeout=5000)
    settle(window, qtbot)
    again = cast(AudiencesPage, open_page(window, "audiences", qtbot))
    assert again is not page
    assert again.is_editing
    assert again.editor.name_text == "草稿"
    assert again.editor.count_card.number.text() == "4"


def test_leaving_unsaved_work_can_be_taken_back(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:熟客")
    page.show_list()
    settle(window, qtbot)
    window.shell.notices.press()  # type: ignore[union-attr]
    settle(window, qtbot)
    assert page.is_editing
    assert page.editor.conditions.text.text() == "標籤:熟客"


def test_a_broken_query_is_told_and_not_opened(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "tga:熟客")
    assert not page.is_editing
    assert "最接近的是" in page.bar.text


def test_everything_to_press_has_a_name(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "tag:熟客 last_order:>60d (orders:>=5 OR level:金卡) -last_order:none")
    page.editor.conditions.show_advanced(True)
    nameless = [
        type(widget).__name__
        for widget in page.findChildren(QAbstractButton)
        if widget.isVisible() and not widget.accessibleName()
    ]
    assert nameless == []
