"""From nothing to a finished set of menus, and what can be done with whole menus: open, rename, copy, delete, move, undo."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.changes import Kind
from desktop.core.planning.actions import ActionKind
from desktop.core.planning.rich_menu.start import SHOP_KINDS
from desktop.operations.planning import rich_menus
from desktop.store.planning import pictures
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.rich_menu.page import RichMenuPage
from tests.ui.rich_menu.menus_page import LINK, begun_page, empty_page, kept, order, pressed_page, save
from tests.ui.shop_window import FakeDialogs, settle


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot) -> RichMenuPage:
    return begun_page(window, desk, qtbot)


def undo(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.actions.trigger("shell.undo")
    settle(window, qtbot)


def test_a_shop_without_menus_is_offered_ready_sets(window: MainWindow, qtbot: QtBot) -> None:
    page = empty_page(window, qtbot)
    assert page.stack.currentWidget() is page.start
    assert not page.buttons.publish.isVisible()
    assert set(page.start.kinds.tiles) == set(SHOP_KINDS)
    assert "3" in page.start.go.text()
    for box in page.start.which.values():
        box.setChecked(False)
    assert not page.start.go.isEnabled()


def test_one_press_makes_a_set_that_line_takes(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = pressed_page(window, qtbot)
    menus = kept(desk)
    assert order(desk) == ["VIP 版", "會員版", "新好友版"]
    assert [menus[name].for_whom for name in order(desk)] == ["tag:VIP", "bound:yes", ""]
    assert page.is_editing
    assert page.open_menu.menu.name == "新好友版"
    assert page.open_menu.menu.areas[0].action.uri == LINK
    assert page.editor.checks.errors == 0
    assert all(finding.state == "ok" for finding in page.editor.goals.list.findings())


def test_each_menu_tells_how_many_have_it(page: RichMenuPage) -> None:
    rows = page.editor.menus.list.rows()
    # Two have the tag VIP; of the nine with a user ID the rest is bound.
    assert [(row.name, row.people) for row in rows] == [("VIP 版", 2), ("會員版", 7), ("新好友版", None)]
    assert rows[0].told == "標籤 VIP 2"


def test_moving_a_menu_changes_who_comes_first(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    listed = page.editor.menus.list
    listed.setCurrentRow(1)
    settle(window, qtbot)
    qtbot.keyClick(listed, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(window, qtbot)
    assert order(desk) == ["會員版", "VIP 版", "新好友版"]
    assert [row.people for row in listed.rows()] == [9, 0, None]
    undo(window, desk, qtbot)
    assert [row.name for row in listed.rows()] == ["VIP 版", "會員版", "新好友版"]


def test_dragging_a_row_moves_the_menu(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    listed = page.editor.menus.list
    # What a drop of the first row behind the last does.
    assert listed.model().moveRow(listed.rootIndex(), 0, listed.rootIndex(), 3)
    settle(window, qtbot)
    assert order(desk) == ["會員版", "新好友版", "VIP 版"]
    assert listed.model().moveRow(listed.rootIndex(), 2, listed.rootIndex(), 0)
    settle(window, qtbot)
    assert order(desk) == ["VIP 版", "會員版", "新好友版"]


def test_edits_save_themselves_and_undo_brings_them_back(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.open_menu.choose(1)
    page.editor.area.words.setText("本週限定")
    page.editor.area.words.textEdited.emit("本週限定")
    assert not page.open_menu.is_saved
    qtbot.waitUntil(lambda: page.open_menu.is_saved, timeout=5_000)
    settle(window, qtbot)
    assert kept(desk)["新好友版"].areas[1].title == "本週限定"
    before = page.open_menu.menu
    page.open_menu.undo()
    assert page.open_menu.menu.areas[1].title == "最新活動"
    page.open_menu.redo()
    assert page.open_menu.menu == before


def test_ctrl_z_takes_back_an_edit_then_the_shop_s_last_step(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    canvas = page.editor.stage.canvas
    canvas.setFocus()
    page.open_menu.choose(1)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(page.open_menu.menu.areas) == 6
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(page.open_menu.menu.areas) == 7
    assert not page.open_menu.can_undo
    page.buttons.copy.click()
    settle(window, qtbot)
    page.editor.menus.list.setCurrentRow(2)
    settle(window, qtbot)
    before = page.open_menu.menu.chat_bar_text
    page.open_menu.change(chat_bar_text="看這裡")
    # What is not kept yet, or is on its way, is kept first: it would be written over what undo brings back.
    page.open_menu.save()
    page.open_menu.change(chat_bar_text="點開看看")
    undo(window, desk, qtbot)
    assert page.open_menu.is_saved
    assert page.open_menu.menu.chat_bar_text == kept(desk)["新好友版"].chat_bar_text == before


def test_leaving_the_page_keeps_what_was_typed(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.open_menu.change("bar", chat_bar_text="點我")
    desk.go("members")
    settle(window, qtbot)
    assert kept(desk)["新好友版"].chat_bar_text == "點我"


def test_opening_another_menu_keeps_the_first(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.open_menu.change("bar", chat_bar_text="點我")
    page.editor.menus.list.setCurrentRow(0)
    settle(window, qtbot)
    assert page.open_menu.menu.name == "VIP 版"
    assert kept(desk)["新好友版"].chat_bar_text == "點我"
    assert page.buttons.publish.isVisible()
    assert "VIP" in page.header.subtitle.text()


def test_copy_rename_delete_and_undo(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot, dialogs: FakeDialogs
) -> None:
    page.buttons.copy.click()
    settle(window, qtbot)
    assert order(desk) == ["VIP 版", "會員版", "新好友版", "新好友版 2"]
    assert page.open_menu.menu.name == "新好友版 2"
    dialogs.answers["ask_text"] = "週年慶"
    page.deeds.do("rename")
    settle(window, qtbot)
    assert page.open_menu.menu.name == "週年慶"
    assert "週年慶" in page.header.subtitle.text()
    page.deeds.do("delete")
    settle(window, qtbot)
    assert order(desk) == ["VIP 版", "會員版", "新好友版"]
    assert page.open_menu.menu.name == "新好友版"
    undo(window, desk, qtbot)
    assert order(desk)[-1] == "週年慶"


def test_an_empty_menu_and_the_way_back(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.start_new()
    assert page.stack.currentWidget() is page.start
    assert page.start.back.isVisible()
    assert page.step_back()
    assert page.is_editing
    page.start_new()
    page.start.blank.click()
    settle(window, qtbot)
    assert page.is_editing
    assert page.open_menu.menu.name == "新的選單"
    assert len(page.open_menu.menu.areas) == 6
    assert page.editor.checks.errors > 0


def test_deleting_the_last_menu_leads_back_to_the_ready_sets(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    for _ in range(3):
        page.deeds.do("delete")
        settle(window, qtbot)
    assert order(desk) == []
    assert page.stack.currentWidget() is page.start
    assert not page.open_menu.is_open


def test_a_menu_can_be_gone_to_and_is_found_again(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    vip = rich_menus.all_menus(desk.jobs.page_reader)[0]
    desk.go("rich_menu", plan=vip.id)
    settle(window, qtbot)
    assert page.open_menu.plan_id == vip.id
    assert page.remember() == {"plan": vip.id}


def test_for_whom_takes_a_query_and_refuses_a_mistake(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page._whom_chosen("標籤:熟客")
    save(page, window, qtbot)
    assert kept(desk)["新好友版"].for_whom == "標籤:熟客"
    assert page.editor.settings.whom.text() == "標籤 熟客"
    page._whom_chosen("訂單數:>很多")
    assert page.bar.isVisible()
    assert page.open_menu.menu.for_whom == "標籤:熟客"


def test_a_menu_whose_period_is_over_takes_nobody(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.editor.menus.list.setCurrentRow(0)
    settle(window, qtbot)
    page.open_menu.change(ends=(date.today() - timedelta(days=1)).isoformat())
    save(page, window, qtbot)
    rows = page.editor.menus.list.rows()
    assert rows[0].past
    assert [row.people for row in rows] == [None, 9, None]


def test_a_picture_dropped_becomes_the_photo_or_the_whole_menu(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "latte.png"
    image = QImage(3200, 1600, QImage.Format.Format_RGB32)
    image.fill(QColor("#884422"))
    image.save(str(file))
    page.open_menu.choose(2)
    assert page.take_files([file])
    settle(window, qtbot)
    photo = page.open_menu.menu.areas[2].photo
    assert photo is not None
    stored = pictures.picture(desk.jobs.page_reader, photo)
    assert stored is not None
    assert (stored.width, stored.height) == (3000, 1500)
    page.open_menu.choose()
    assert page.take_files([file])
    settle(window, qtbot)
    assert page.open_menu.menu.own_picture == photo
    page.editor.stage.draw()
    shown = page.editor.stage.canvas._image
    assert QColor(shown.pixel(shown.width() // 2, shown.height() // 2)).name() == "#884422"
    page.editor.look.back.click()
    assert page.open_menu.menu.own_picture is None
    assert not page.take_files([tmp_path / "list.csv"])


def test_what_is_no_picture_is_said_on_the_page(
    page: RichMenuPage, window: MainWindow, qtbot: QtBot, tmp_path: Path, dialogs: FakeDialogs
) -> None:
    file = tmp_path / "broken.jpg"
    file.write_bytes(b"not a picture")
    dialogs.answers["open_files"] = [file]
    page.editor.look.own.click()
    settle(window, qtbot)
    assert page.bar.isVisible()
    assert page.open_menu.menu.own_picture is None


def test_the_picture_leaves_as_line_s_manager_takes_it(
    page: RichMenuPage, window: MainWindow, qtbot: QtBot, tmp_path: Path, dialogs: FakeDialogs
) -> None:
    dialogs.answers["save_file"] = tmp_path / "menu.png"
    page.exports.picture()
    settle(window, qtbot)
    image = QImage(str(tmp_path / "menu.png"))
    assert (image.width(), image.height()) == (2500, 1686)
    assert (tmp_path / "menu.png").stat().st_size <= 1_000_000
    dialogs.answers["save_file"] = tmp_path / "phone.png"
    page.exports.phone()
    settle(window, qtbot)
    assert QImage(str(tmp_path / "phone.png")).height() > 1000
    assert not list(tmp_path.glob("*.part"))


def test_the_json_is_what_the_simulator_s_rules_take(page: RichMenuPage) -> None:
    page.exports.copy_json()
    text = QApplication.clipboard().text()
    assert text == rich_menus.as_json(page.open_menu.menu)
    assert '"chatBarText"' in text
    page.open_menu.choose(1)
    page.editor.area.action.kind.chosen.emit(ActionKind.SWITCH)
    page.exports.copy_json()
    assert page.bar.isVisible()
    assert QApplication.clipboard().text() == text


def test_checking_says_first_what_has_to_be_mended(page: RichMenuPage) -> None:
    page.open_menu.change(chat_bar_text="")
    page.editor.checks.check()
    page.buttons.check.click()
    assert page.bar.isVisible()
    assert page.editor.checks.errors == 1


def test_every_saving_tells_that_plans_changed(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    told = []
    desk.jobs.changed.connect(told.append)
    page.open_menu.change(opened_at_first=False)
    save(page, window, qtbot)
    assert any(changes.touches(Kind.PLANS) for changes in told)
    assert not kept(desk)["新好友版"].opened_at_first
