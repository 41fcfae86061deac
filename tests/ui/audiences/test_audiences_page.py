"""The page of audiences: the list, the editor's live count, saving, exporting, deleting, and coming back."""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.people.condition import EVERYBODY
from desktop.core.people.query_text import parse, to_text
from desktop.core.people.selection import Selection
from desktop.operations.audiences import audiences
from desktop.operations.tagging import tagging
from desktop.store import audiences as saved_audiences
from desktop.store import condition_sql
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


def names(desk: Desk) -> list[str]:
    return [audience.name for audience in saved_audiences.all_audiences(desk.jobs.page_reader)]


def test_an_empty_shop_of_audiences_explains_itself(page: AudiencesPage) -> None:
    assert page.list.is_empty
    assert any("LINE 後台稱「受眾」" in label.text() for label in page.list.findChildren(QLabel))
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
    page.editor.side.query_asked.disconnect()
    page.editor.side.query_asked.connect(opened.append)
    for part, row in page.editor.side.count_card.rows.items():
        if row.isEnabled():
            row.click()
            found = condition_sql.count(
                desk.jobs.page_reader, audiences.condition_of(desk.jobs.page_reader, opened[-1])
            )
            assert found == parts[part]
    assert len(opened) == 3


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
    assert page.editor.side.count_card.number.text() == "2"
    everybody = audiences.condition_of(desk.jobs.page_reader, "")
    desk.jobs.write(lambda db, ctx: tagging.tag(db, Selection.matching(everybody), "VIP"), owner=page)
    settle(window, qtbot)
    assert page.editor.side.count_card.number.text() == "12"


def test_a_tag_the_shop_lacks_is_pointed_out(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "-tag:勿擾")
    assert "「勿擾」" in page.editor.side.count_card.hint.text()


def test_saving_listing_and_opening_again(
    page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "(tag:熟客 OR tag:VIP) -tag:市集")
    assert page.editor.name_text == "熟客、VIP"
    assert page.buttons.save.isEnabled()
    save(page, window, qtbot, "主顧")
    assert not page.buttons.save.isEnabled()
    page.show_list()
    settle(window, qtbot)
    assert names(desk) == ["主顧"]
    assert page.buttons.build.isVisible()
    page.list.opened.emit(audiences.existing(desk.jobs.page_reader, "主顧").id)
    settle(window, qtbot)
    assert page.is_editing
    assert page.editor.name_text == "主顧"
    save(page, window, qtbot, "老主顧")
    assert names(desk) == ["老主顧"]


def test_a_name_is_not_given_twice(page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "tag:熟客")
    save(page, window, qtbot, "VIP 群")
    edit(page, window, qtbot, "tag:VIP")
    save(page, window, qtbot, "vip 群")
    assert "已經有「VIP 群」" in page.bar.text
    assert page.editor.name.property("wrong") is True
    assert names(desk) == ["VIP 群"]
    assert audiences.existing(desk.jobs.page_reader, "VIP 群").query == "tag:熟客"


def test_renaming_can_be_undone(page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "tag:熟客")
    save(page, window, qtbot, "甲")
    save(page, window, qtbot, "乙")
    window.shell.register.trigger("shell.undo")  # type: ignore[union-attr]
    settle(window, qtbot)
    assert names(desk) == ["甲"]
    assert audiences.existing(desk.jobs.page_reader, "甲").query == "tag:熟客"


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


def test_an_audience_deleted_while_it_is_edited_leaves_the_editor(
    page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:外帶")
    save(page, window, qtbot, "外帶客")
    known = audiences.existing(desk.jobs.page_reader, "外帶客")
    page.list.deleted.emit(known.id)
    assert not page.is_editing


def test_the_people_of_a_list_are_written_to_call_them_and_it_is_listed(
    page: AudiencesPage, window: MainWindow, desk: Desk, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "shop_member:yes bound:no")
    target = tmp_path / "打電話.csv"
    dialogs.answers["save_file"] = target
    page.editor.name.setText("打電話")
    assert page.buttons.call.isVisible()
    page.buttons.call.click()
    settle(window, qtbot)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["姓名"] for row in rows} == {"楊承翰", "黃志明", "謝佩珊"}
    assert next(row["電話"] for row in rows if row["姓名"] == "楊承翰") == "0958-410-729"
    kinds = desk.jobs.page_reader.column("SELECT kind FROM step ORDER BY id")
    assert kinds[-1] == "audience_export"


def test_every_way_to_export_is_in_the_menu(
    page: AudiencesPage, window: MainWindow, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:熟客")
    menu = page.buttons.export.menu()
    ids, people, ads = menu.actions()
    dialogs.answers["save_file"] = tmp_path / "名單.txt"
    ids.trigger()
    settle(window, qtbot)
    assert len((tmp_path / "名單.txt").read_text("utf-8").split()) == 3
    dialogs.answers["save_file"] = tmp_path / "名單.csv"
    people.trigger()
    settle(window, qtbot)
    assert "王怡君" in (tmp_path / "名單.csv").read_text("utf-8-sig")
    inner = ads.menu()
    assert isinstance(inner, QMenu)
    dialogs.answers["save_file"] = tmp_path / "廣告.csv"
    inner.actions()[0].trigger()
    settle(window, qtbot)
    hashed = (tmp_path / "廣告.csv").read_text("utf-8-sig")
    assert sha256(b"+886912345678").hexdigest() in hashed
    assert "王怡君" not in hashed


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
    assert again.editor.side.count_card.number.text() == "4"


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


def test_a_new_audience_begins_with_templates_and_their_numbers(
    page: AudiencesPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page.build()
    settle(window, qtbot)
    gallery, preview = page.editor.gallery, page.editor.preview
    assert gallery.isVisible()
    assert not preview.isVisible()
    reader = desk.jobs.page_reader
    for tile in gallery.tiles:
        expected = condition_sql.count(reader, audiences.condition_of(reader, tile.template.query))
        assert tile.count_text == f"{expected} 位"
        assert tile.count_text in tile.accessibleName()
    tile = next(tile for tile in gallery.tiles if tile.template.id == "not_bound")
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert to_text(page.editor.condition) == tile.template.query
    assert page.editor.name_text == tile.text()
    assert preview.isVisible()
    assert not gallery.isVisible()
    page.editor.conditions.tree.undo()
    settle(window, qtbot)
    assert page.editor.condition == EVERYBODY
    assert gallery.isVisible()


def test_a_first_line_without_its_value_shows_everybody_as_counted(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.build()
    settle(window, qtbot)
    page.editor.conditions.add_row("tag")
    settle(window, qtbot)
    counts, preview = page.editor.counts, page.editor.preview
    assert counts is not None
    assert preview.model.rowCount() == counts.people > 0
    assert preview.stack.currentWidget() is preview.table


def test_a_template_of_the_list_opens_the_editor(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.shell.go("audiences", template="not_bound")  # type: ignore[union-attr]
    settle(window, qtbot)
    assert page.is_editing
    assert "bound:no" in to_text(page.editor.condition)


def test_a_list_to_call_has_no_upload_button(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "shop_member:yes bound:no")
    assert not page.buttons.upload.isVisible()
    assert page.buttons.export.isEnabled()
    page.upload()
    settle(window, qtbot)
    assert not page.flow.busy
    edit(page, window, qtbot, "bound:yes")
    assert page.buttons.upload.isVisible()


def test_each_line_says_how_many_it_holds(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(page, window, qtbot, "tag:熟客 orders:>=20")
    first, second = page.editor.conditions.tree.parts
    assert (first.count.text(), second.count.text()) == ("4 位", "3 位")
    assert "名單會多 2 位" in first.count.toolTip() or "名單會多 1 位" in first.count.toolTip()
    assert first.count.accessibleName() == first.count.toolTip()


def test_figures_of_lines_and_groups_stay_when_the_text_is_opened(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:熟客 (tag:VIP OR orders:>=2)")
    card = page.editor.conditions
    before = [part.count.text() for part in card.tree.parts]
    assert all(before)
    card.show_advanced(True)
    assert [part.count.text() for part in card.tree.parts] == before


def test_nothing_of_another_condition_stays_where_nothing_can_be_counted(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:熟客")
    editor = page.editor
    assert editor.side.count_card.number.text() == "4"
    assert editor.preview.model.rowCount() == 4
    editor.conditions.take_condition(parse("tag:熟客 audience:沒有這個"))
    editor.count()
    settle(window, qtbot)
    assert editor.counts is None
    assert editor.side.count_card.number.text() == "—"
    assert editor.preview.model.rowCount() == 0
    assert editor.side.cost_card.isHidden()
    editor.conditions.take_condition(parse("tag:熟客"))
    editor.count()
    settle(window, qtbot)
    assert editor.side.count_card.number.text() == "4"
    assert editor.side.cost_card.isVisible()


def test_a_line_that_cannot_be_counted_says_so_itself(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:熟客 audience:沒有這個")
    first, second = page.editor.conditions.tree.parts
    assert first.count.text() == "4 位"
    assert second.count.text() == "?"
    assert "沒有這個" in second.count.toolTip()
    assert "沒有這個" in page.bar.text
    page.editor.conditions.tree.remove(second.node.id)
    page.editor.count()
    settle(window, qtbot)
    assert not page.bar.isVisible()


def ask_for(page: AudiencesPage, window: MainWindow, qtbot: QtBot, text: str) -> None:
    page.editor.asking.open()
    chooser = page.editor.asking.chooser
    assert chooser is not None
    chooser.field.setText(text)
    settle(window, qtbot)
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    settle(window, qtbot)


def test_why_somebody_is_missing_and_the_line_that_keeps_her_out_is_removed(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:熟客 orders:>=20")
    ask_for(page, window, qtbot, "0958410729")
    panel = page.editor.asking.panel
    assert panel.isVisible()
    assert not panel.inside
    assert "楊承翰 不在名單裡" in panel.title.text()
    assert len(panel.texts) == 2
    removals = [button for button in panel.findChildren(QAbstractButton) if "拿掉" in button.text()]
    removals[0].click()
    settle(window, qtbot)
    assert to_text(page.editor.condition) == "orders:>=20"
    assert len(panel.texts) == 1
    page.editor.conditions.tree.undo()
    settle(window, qtbot)
    assert to_text(page.editor.condition) == "tag:熟客 orders:>=20"
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_row_of_the_preview_tells_all_her_reasons(
    page: AudiencesPage, window: MainWindow, qtbot: QtBot
) -> None:
    edit(page, window, qtbot, "tag:熟客 orders:>=20")
    preview = page.editor.preview
    preview.table.clicked.emit(preview.model.index(0, 0))
    settle(window, qtbot)
    panel = page.editor.asking.panel
    assert panel.inside
    assert "郭子軒 在名單裡" in panel.title.text()
    assert panel.texts[:2] == ["熟客", "訂單 22 筆"]


def test_everything_to_press_has_a_name(page: AudiencesPage, window: MainWindow, qtbot: QtBot) -> None:
    edit(
        page,
        window,
        qtbot,
        "tag:熟客 last_order:>60d (orders:>=5 OR (level:金卡 -total:>5)) -last_order:none",
    )
    page.editor.conditions.show_advanced(True)
    ask_for(page, window, qtbot, "王怡君")
    nameless = [
        type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not isinstance(widget, QScrollArea)
    ]
    assert nameless == []
