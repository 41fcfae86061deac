"""The page of one member on a real shop: what it shows, editing where it stands, tags, note, undo, the file of her data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.people.selection import Selection
from desktop.operations.audiences import audiences
from desktop.operations.line import uploading
from desktop.operations.people import editing, merging
from desktop.operations.tagging import tagging
from desktop.store import shop
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.duplicates.erase_dialog import EraseDialog
from desktop.ui.duplicates.merge_dialog import MergeDialog
from desktop.ui.history.undo_dialog import UndoDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.member import leaving
from desktop.ui.member.page import MemberPage
from desktop.ui.member.parts.field_rows import ChoiceRow, FieldRow
from desktop.ui.member.pick_person import PickPerson
from tests.ui.shop_window import FakeDialogs, open_page, settle


def do(desk: Desk, window: MainWindow, qtbot: QtBot, work: Callable[[Database], Any]) -> Any:
    """Let the window's writer do something; returns what came of it."""
    done: list[Any] = []

    def run(db: Database, ctx: object) -> Any:
        outcome = work(db)
        done.append(outcome)
        return outcome

    desk.jobs.write(run, owner=desk.jobs)
    settle(window, qtbot)
    return done[0]


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MemberPage:
    return cast(MemberPage, open_page(window, "member", qtbot, person=1, ids=[2, 1, 5]))


def value(desk: Desk, column: str, person: int = 1) -> Any:
    return desk.jobs.page_reader.value(f"SELECT {column} FROM person WHERE id = ?", (person,))


def row(page: MemberPage, field: str) -> FieldRow:
    found = page.details.rows[field]
    assert isinstance(found, FieldRow)
    return found


def type_into(page: MemberPage, field: str, text: str, window: MainWindow, qtbot: QtBot) -> FieldRow:
    """Open a field, type, press Return."""
    one = row(page, field)
    one.value.click()
    one.editor.setText(text)
    qtbot.keyClick(one.editor, Qt.Key.Key_Return)
    settle(window, qtbot)
    return one


def test_it_shows_who_she_is(page: MemberPage) -> None:
    assert page.header.title.text() == "王怡君"
    assert page.states.shown == ["已綁定"]
    assert row(page, "phone").value.text() == "0912-345-678"
    assert row(page, "email").value.text() == t("member.blank")
    assert page.orders.figures["total"] == "$18,420"
    assert page.orders.figures["average"] == "$658"
    assert page.reach.why.text() == t("member.reach.never_checked")
    assert list(page.tags.chips) == ["熟客", "VIP"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_a_field_is_edited_from_the_keyboard_as_one_step(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot, key: Qt.Key
) -> None:
    one = row(page, "phone")
    qtbot.keyClick(one.value, key)
    assert one.is_open
    assert one.editor.text() == "0912-345-678"
    one.editor.setText("０９３３ ４４４ ５５５")
    qtbot.keyClick(one.editor, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert not one.is_open
    assert one.value.text() == "0933-444-555"
    assert not one.mark.isHidden()
    assert value(desk, "phone") == "+886933444555"
    assert page.steps.undo_buttons
    desk.actions.trigger("shell.undo")
    settle(window, qtbot)
    assert one.value.text() == "0912-345-678"
    assert one.mark.isHidden()


def test_escape_gives_up_first_the_field_then_the_page(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    one = row(page, "name")
    one.value.click()
    one.editor.setText("別人")
    qtbot.keyClick(one.editor, Qt.Key.Key_Escape)
    assert not one.is_open
    settle(window, qtbot)
    assert value(desk, "name") == "王怡君"
    assert window.shell is not None
    assert window.shell.stack.current is page
    qtbot.keyClick(one.value, Qt.Key.Key_Escape)
    settle(window, qtbot)
    assert window.shell.stack.current.page_id == "members"  # type: ignore[union-attr]


def test_leaving_a_field_keeps_what_was_typed(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    one = row(page, "level")
    one.value.click()
    one.editor.setText("金卡")
    one.editor.left.emit()
    settle(window, qtbot)
    assert value(desk, "level") == "金卡"
    assert page.states.shown == ["已綁定", "金卡"]


def test_what_is_wrong_is_said_below_the_field_which_stays_open(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    one = type_into(page, "phone", "0912", window, qtbot)
    assert one.is_open
    assert one.wrong.text() == "電話不完整，未存入"
    assert value(desk, "phone") == "+886912345678"
    one = type_into(page, "phone", "0933444555", window, qtbot)
    assert not one.is_open
    assert one.wrong.isHidden()


def test_a_number_of_somebody_else_names_her(page: MemberPage, window: MainWindow, qtbot: QtBot) -> None:
    one = type_into(page, "member_no", "W00322", window, qtbot)
    assert one.wrong.text() == t("member.known.member_no", name="吳雅婷")


def test_a_shared_phone_is_kept_and_told(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    one = type_into(page, "phone", "0966-318-774", window, qtbot)
    assert value(desk, "phone") == "+886966318774"
    assert one.note.text() == t("member.shared", names="吳雅婷")


def test_composing_text_is_not_submitted(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    one = row(page, "name")
    one.value.click()
    one.editor.clear()
    QApplication.sendEvent(one.editor, QInputMethodEvent("ㄌㄧ", []))
    qtbot.keyClick(one.editor, Qt.Key.Key_Return)
    qtbot.keyClick(one.editor, Qt.Key.Key_Escape)
    assert one.is_open
    commit = QInputMethodEvent()
    commit.setCommitString("李")
    QApplication.sendEvent(one.editor, commit)
    qtbot.keyClick(one.editor, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert value(desk, "name") == "李"


def test_a_choice_is_kept_at_once_and_given_back_to_imports(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    consent = page.details.rows["consent"]
    assert isinstance(consent, ChoiceRow)
    consent.select.set_value(0)
    consent.select.chosen.emit(0)
    settle(window, qtbot)
    assert value(desk, "consent") == 0
    assert page.reach.badge.accessibleName() == t("member.reachable.no")
    assert not consent.mark.isHidden()
    consent.given_back.emit("consent")
    settle(window, qtbot)
    assert value(desk, "by_hand") is None
    assert consent.mark.isHidden()


def test_own_columns_of_the_shop_are_fields_too(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    def bring(db: Database) -> Any:
        with db.transaction():
            shop.put(db, "extra_columns", json.dumps(["口味"]))
        return editing.edit(db, 2, {"level": "x"})

    do(desk, window, qtbot, bring)
    page.show_person(1)
    type_into(page, "extra:口味", "拿鐵", window, qtbot)
    assert json.loads(value(desk, "extra")) == {"口味": "拿鐵"}
    assert row(page, "extra:口味").value.text() == "拿鐵"


def test_uploads_she_was_in_are_told(page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    assert page.reach.uploads.isHidden()
    do(
        desk,
        window,
        qtbot,
        lambda db: uploading.press(db, audiences.save(db, "熟客", "tag:熟客").audience).job,
    )
    page.show_person(1)
    assert page.reach.uploads.text().startswith("放進過 1 次上傳，最近：熟客（今天")


def test_do_not_send_is_switched(page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page.reach.switch.click()
    settle(window, qtbot)
    assert value(desk, "do_not_send") == 1
    assert t("member.reach.switched_off") in page.reach.why.text()
    page.reach.switch.click()
    settle(window, qtbot)
    assert value(desk, "do_not_send") == 0


def test_the_note_is_saved_by_itself_as_one_step(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page.note.setPlainText("喜歡靠窗")
    page.note.save()
    settle(window, qtbot)
    page.note.setPlainText("喜歡靠窗，帶狗")
    page.note.save()
    settle(window, qtbot)
    assert value(desk, "note") == "喜歡靠窗，帶狗"
    assert desk.jobs.page_reader.value("SELECT count(*) FROM step WHERE kind = 'note'") == 1
    desk.actions.trigger("shell.undo")
    settle(window, qtbot)
    assert page.note.toPlainText() == ""
    page.show_person(2)
    assert page.note.toPlainText() == ""


def test_undo_right_after_typing_takes_the_note_back(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page.note.setPlainText("打錯人了")
    desk.actions.trigger("shell.undo")
    settle(window, qtbot)
    assert not page.note.unsaved
    assert (value(desk, "note"), page.note.toPlainText()) == (None, "")


def test_the_note_waits_for_the_pause_and_is_saved_when_another_is_shown(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page.note.setPlainText("等一下")
    assert page.note._pause.isActive()
    page.show_person(5)
    settle(window, qtbot)
    assert value(desk, "note", 1) == "等一下"
    assert value(desk, "note", 5) is None
    assert page.note.toPlainText() == ""


def test_the_note_is_never_saved_while_composing(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    asked: list[str] = []
    page.note.save_asked.connect(lambda person, text: asked.append(text))
    page.note.setPlainText("喜歡")
    QApplication.sendEvent(page.note, QInputMethodEvent("ㄎㄚ", []))
    page.note.save()
    assert asked == []
    commit = QInputMethodEvent()
    commit.setCommitString("咖")
    cursor = page.note.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    page.note.setTextCursor(cursor)
    QApplication.sendEvent(page.note, commit)
    page.note.save()
    settle(window, qtbot)
    assert value(desk, "note") in ("喜歡咖", "咖喜歡")


def test_tags_say_where_they_came_from_and_are_put_on_and_taken_off(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page.tags.box.field.setText("週末")
    page.tags.box.field.submitted.emit()
    settle(window, qtbot)
    assert list(page.tags.chips) == ["熟客", "VIP", "週末"]
    why = page.tags.whys["週末"]
    assert t("member.origin.hand") in why.text()
    assert "貼標「週末」" in why.toolTip()
    assert t("member.tags.why", tag="週末") in why.accessibleName()
    page.tags.chips["熟客"].removed.emit()
    settle(window, qtbot)
    assert list(page.tags.chips) == ["VIP", "週末"]
    page.tags.whys["週末"].click()
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current.page_id == "history"  # type: ignore[union-attr]


def test_who_is_full_chooses_what_to_give_up(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    for number in range(8):
        do(desk, window, qtbot, lambda db, number=number: tagging.tag(db, Selection.of([1]), f"標籤{number}"))
    assert page.tags.full.isHidden()
    assert page.tags.box.count.text() == t("tag_panel.full", limit=10)
    page.tags.box.field.setText("第十一個")
    assert not page.tags.full.isHidden()
    page.tags.box.field.submitted.emit()
    settle(window, qtbot)
    page.tags.full.chips[(1, "VIP")].clicked.emit()
    settle(window, qtbot)
    assert "第十一個" in page.tags.chips
    assert "VIP" not in page.tags.chips


def test_her_orders_and_figures(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    def bring(db: Database) -> None:
        with db.transaction():
            for number in range(60):
                order = db.insert(
                    "INSERT INTO shop_order (order_no, person_id, ordered_at, amount, counts, status) VALUES (?, 1, ?, 90, ?, ?)",
                    (
                        f"A{number:02}",
                        f"2026-01-{number % 28 + 1:02}",
                        int(number > 0),
                        "" if number else "已取消",
                    ),
                )
                db.run("INSERT INTO order_item VALUES (?, 1, '拿鐵', 2, 90)", (order,))
            db.run("UPDATE person SET stated_orders = 99 WHERE id = 1")

    do(desk, window, qtbot, bring)
    page = cast(MemberPage, open_page(window, "member", qtbot, person=1))
    assert len(page.orders.model.rows) == 50
    assert page.orders.model.index(0, 2).data() == t("member.orders.item", item="拿鐵", n="2")
    assert page.orders.stated.text() == t("member.stated", parts=t("member.stated.orders", value="99"))
    assert not page.orders.more.isHidden()
    page.orders.more.click()
    assert len(page.orders.model.rows) == 60
    assert page.orders.more.isHidden()
    cancelled = next(at for at, order in enumerate(page.orders.model.rows) if not order.counts)
    assert page.orders.model.index(cancelled, 5).data() == "已取消・不計入"


def test_her_own_step_is_undone_at_once_and_one_of_many_says_first_what_comes_of_it(
    page: MemberPage, window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    single = do(desk, window, qtbot, lambda db: tagging.tag(db, Selection.of([1]), "單獨")).step
    many = do(desk, window, qtbot, lambda db: tagging.tag(db, Selection.of([1, 2, 3]), "很多")).step
    page.steps.undo_buttons[single].click()
    settle(window, qtbot)
    assert "單獨" not in page.tags.chips
    page.steps.undo_buttons[many].click()
    settle(window, qtbot)
    assert "很多" in page.tags.chips
    assert isinstance(dialogs.shown[-1], UndoDialog)
    dialogs.shown[-1].reject()


def test_next_and_previous_follow_the_list(page: MemberPage, window: MainWindow, qtbot: QtBot) -> None:
    page.next.click()
    assert page.header.title.text() == "郭子軒"
    assert not page.next.isEnabled()
    page.previous.click()
    page.previous.click()
    settle(window, qtbot)
    assert page.header.title.text() == "吳雅婷"
    assert not page.can_step(-1)
    page.show_person(7)
    settle(window, qtbot)
    assert page.next.isHidden()


def test_who_is_gone_is_said(page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    added = do(desk, window, qtbot, lambda db: editing.add_person(db, {"name": "一下就走"})).person
    page.show_person(added)
    settle(window, qtbot)
    assert page.header.title.text() == "一下就走"
    desk.actions.trigger("shell.undo")
    settle(window, qtbot)
    assert page._stack.currentIndex() == 1
    assert page.export_button.isHidden()


def test_everything_kept_of_her_is_written_to_a_file(
    page: MemberPage, window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.answers["save_file"] = tmp_path / "她.json"
    page.export_button.click()
    settle(window, qtbot)
    assert dialogs.asked[-1] == ("save_file", "export", "王怡君 的資料.xlsx")
    data = json.loads((tmp_path / "她.json").read_text(encoding="utf-8"))
    assert data["member"]["name"] == "王怡君"


def test_a_tag_leads_to_everybody_with_it(page: MemberPage, window: MainWindow, qtbot: QtBot) -> None:
    page.tags.chips["VIP"].click()
    settle(window, qtbot)
    assert window.shell is not None
    members: Any = window.shell.stack.current
    assert members.page_id == "members"
    assert members.list.count == 2


def test_another_member_is_picked_by_name_or_number(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    picked: list[int] = []
    dialog = PickPerson(desk, page, 1, picked.append)
    dialog.field.setText("0966318774")
    dialog.field.submitted.emit()
    settle(window, qtbot)
    assert [one.id for one in dialog.model.rows] == [2]
    dialog.yes.click()
    assert picked == [2]
    other = PickPerson(desk, page, 1, picked.append)
    other.field.setText("王怡君")
    other.field.submitted.emit()
    settle(window, qtbot)
    assert other.model.rows == []
    assert not other.yes.isEnabled()
    for made in (dialog, other):
        made.deleteLater()


@pytest.mark.parametrize("width", [1280, 900])
def test_in_a_narrow_window_tags_and_note_stand_above_the_details(
    window: MainWindow, qtbot: QtBot, width: int
) -> None:
    page = cast(MemberPage, open_page(window, "member", qtbot, person=1))
    window.resize(width, 800)
    settle(window, qtbot)
    beside = page.width() >= 860
    assert page._panel.isVisible() == beside
    assert page.tags.isVisible()
    assert page._panel.isAncestorOf(page.tags) == beside


def test_merged_with_somebody_the_page_shows_who_stays(
    page: MemberPage, window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    leaving.merge(page)
    picker = dialogs.shown[-1]
    assert isinstance(picker, PickPerson)
    picker.field.setText("W00322")
    picker.field.submitted.emit()
    settle(window, qtbot)
    picker.yes.click()
    settle(window, qtbot)
    assert isinstance(dialogs.shown[-1], MergeDialog)
    do(desk, window, qtbot, lambda db: merging.merge(db, [merging.MergeChoice(2, 1)]))
    assert page.card is not None
    assert page.card.id == 2
    assert {one.value for one in page.card.others} >= {"W00231", "+886912345678"}
    assert "W00231" in page.details.others.text()
    desk.actions.trigger("shell.undo")
    settle(window, qtbot)
    assert page.details.others.isHidden()


def test_deleted_she_is_gone_from_the_list_and_undo_brings_her_back(
    page: MemberPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    leaving.delete(page)
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current.page_id == "members"  # type: ignore[union-attr]
    assert value(desk, "id") is None
    desk.actions.trigger("shell.undo")
    settle(window, qtbot)
    open_page(window, "member", qtbot, person=1)
    assert page.header.title.text() == "王怡君"
    assert list(page.tags.chips) == ["熟客", "VIP"]


def test_erasing_is_asked_about_first(
    page: MemberPage, window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    leaving.erase(page)
    settle(window, qtbot)
    assert isinstance(dialogs.shown[-1], EraseDialog)
    assert value(desk, "id") == 1
