"""The page of tags: the table, the panel edited where it stands, joining, splitting, deleting, and the way back."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.operations.history import undoing
from desktop.store.tagging.health import Ill
from desktop.ui.main_window import MainWindow
from desktop.ui.members.tagging.dragging import TAG
from desktop.ui.members.tagging.pinned_tags import key_of
from desktop.ui.tags.page import HEALTH, RULES, TAGS, TagsPage
from desktop.ui.tags.split_dialog import SplitDialog
from desktop.ui.tags.tag_table import EXPIRY, GROUP, NAME, PEOPLE, RULE
from tests.ui.shop_window import FakeDialogs, open_page
from tests.ui.tags.conftest import Hands


def test_all_tags_with_their_counts_most_held_first(page: TagsPage, hands: Hands) -> None:
    assert set(page.list.names) == hands.names()
    people = {row.tag.name: row.tag.people for row in page.list.table.rows.rows}
    assert people == {name: len(hands.holders(name)) for name in people}
    assert list(people.values()) == sorted(people.values(), reverse=True)
    assert page.tabs.tabText(TAGS) == f"標籤　{len(people)}"


def test_it_is_said_where_these_tags_live(page: TagsPage) -> None:
    said = [label.text() for label in page.list.findChildren(QLabel)]
    assert any("只存在這台電腦" in text and "LINE" in text for text in said)


def test_a_row_is_spoken_as_a_sentence(page: TagsPage) -> None:
    at = page.list.names.index("熟客")
    said = page.list.table.rows.index(at, NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "熟客，4 位會員，占 33%，行為，一個月來三次"


def test_the_model_behaves(page: TagsPage, qtmodeltester: object) -> None:
    qtmodeltester.check(page.list.table.rows, force_py=True)  # type: ignore[attr-defined]


def test_a_header_sorts_and_says_so(page: TagsPage, hands: Hands) -> None:
    table = page.list.table
    hands.do(table.rows.sort_by, NAME)
    assert page.list.names == sorted(page.list.names, key=str.casefold)
    hands.do(table.rows.sort_by, NAME)
    assert page.list.names == sorted(page.list.names, key=str.casefold, reverse=True)
    title = table.rows.headerData(NAME, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
    assert title == "標籤 ▾"
    hands.do(table.rows.sort_by, PEOPLE)
    assert page.list.names[-1] == "沒人"


def test_typing_in_the_table_searches_and_return_takes_the_first(
    page: TagsPage, hands: Hands, qtbot: QtBot
) -> None:
    page.list.table.setFocus()
    qtbot.keyClicks(page.list.table, "vi")
    assert page.list.search.text() == "vi"
    assert page.list.names == ["VIP"]
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    hands.settle()
    assert page.details.name.text() == "VIP"
    page.list.search.setText("一個月")
    assert page.list.names == ["熟客"]
    page.list.search.setText("沒有這種")
    assert page.list.stack.currentWidget() is page.list.nothing
    page.list.show_all()
    assert len(page.list.names) > 3


def test_one_group_only(page: TagsPage, hands: Hands) -> None:
    page.list.group.set_value("消費")
    page.list.group.chosen.emit("消費")
    assert set(page.list.names) == {"熟客", "VIP"}


def test_columns_nobody_needs_are_left_out(page: TagsPage, hands: Hands) -> None:
    page.resize(1600, 800)
    hands.settle()
    assert not page.list.table.isColumnHidden(GROUP)
    assert not page.list.table.isColumnHidden(EXPIRY)
    page.list.search.setText("沒人")
    hands.settle()
    assert all(page.list.table.isColumnHidden(column) for column in (GROUP, EXPIRY, RULE))


def test_the_panel_tells_all_about_a_tag(page: TagsPage, hands: Hands) -> None:
    hands.select("熟客")
    panel = page.details
    assert page.panel.currentWidget() is panel
    assert panel.people.text() == "4"
    assert "33%" in panel.share.text()
    assert panel.origins.value("hand") == "4"
    used = [panel._used.itemAt(at).widget().accessibleName() for at in range(panel._used.count())]
    assert used == ["規則「常來」", "受眾包「久沒來」"]
    assert panel.colours.swatches["green"].isChecked()
    hands.select("新客")
    assert "3 位已超過期限" in panel.over.text()
    hands.select("沒人")
    assert not panel.members.isEnabled()


def test_editing_in_place_is_saved_and_undone(page: TagsPage, hands: Hands, qtbot: QtBot) -> None:
    hands.select("VIP")
    panel = page.details
    panel.meaning.setText("每年消費兩萬")
    qtbot.keyClick(panel.meaning, Qt.Key.Key_Return)
    hands.do(panel.colours.swatches["pink"].click)
    hands.do(panel.kind.chosen.emit, "behaviour")
    hands.do(panel.expiry.chosen.emit, 90)
    hands.do(panel.pin.chosen.emit, 5)
    row = hands.db.row("SELECT meaning, colour, kind, expires_after, pinned FROM tag WHERE name = 'VIP'")
    assert row == ("每年消費兩萬", "pink", "behaviour", 90, 5)
    assert panel.expiry.value() == 90
    for _ in range(5):
        hands.do(lambda: page.desk.jobs.write(lambda db, ctx: undoing.undo(db), owner=page))
    row = hands.db.row("SELECT meaning, colour, kind, expires_after, pinned FROM tag WHERE name = 'VIP'")
    assert row == ("年消費一萬", "", "attribute", None, 2)
    assert panel.meaning.text() == "年消費一萬"
    assert panel.pin.currentText() == key_of(2)


def test_a_new_group_and_other_days_are_asked_for(page: TagsPage, hands: Hands, dialogs: FakeDialogs) -> None:
    hands.select("沒人")
    dialogs.answers["ask_text"] = "活動"
    hands.do(page.details.asked.emit, "group")
    dialogs.answers["ask_text"] = "45"
    hands.do(page.details.asked.emit, "days")
    assert hands.db.row("SELECT grp, expires_after FROM tag WHERE name = '沒人'") == ("活動", 45)
    dialogs.answers["ask_text"] = "很久"
    hands.do(page.details.asked.emit, "days")
    assert dialogs.asked[-1][2] == "refused"


def test_renaming_rewrites_the_audience_and_keeps_the_tag_selected(
    page: TagsPage, hands: Hands, qtbot: QtBot
) -> None:
    hands.select("熟客")
    hands.do(page.asking.rename)
    page.details.name.setText("老朋友")
    qtbot.keyClick(page.details.name, Qt.Key.Key_Return)
    hands.settle()
    assert hands.db.value("SELECT query FROM audience") == "tag:老朋友 last_order:>60d"
    assert [tag.name for tag in page.selected] == ["老朋友"]
    assert "「熟客」已改名為「老朋友」，也改寫了 1 個用到它的條件" in hands.said()[-1]
    page.desk.notices.press()  # type: ignore[attr-defined]
    hands.settle()
    assert "熟客" in hands.names()
    assert hands.db.value("SELECT query FROM audience") == "tag:熟客 last_order:>60d"


def test_renaming_to_a_taken_name_offers_to_merge(page: TagsPage, hands: Hands, qtbot: QtBot) -> None:
    hands.select("臺北店")
    both = sorted({*hands.holders("臺北店"), *hands.holders("台北店")})
    page.details.name.setText("台北店")
    qtbot.keyClick(page.details.name, Qt.Key.Key_Return)
    hands.settle()
    assert page.details.name.text() == "臺北店"
    assert page.bar.text.startswith("把「臺北店」合併到「台北店」？")
    hands.do(page.bar.press)
    assert "臺北店" not in hands.names()
    assert hands.holders("台北店") == both
    page.desk.notices.press()  # type: ignore[attr-defined]
    hands.settle()
    assert "臺北店" in hands.names()


def test_an_input_method_keeps_its_return(page: TagsPage, hands: Hands, qtbot: QtBot) -> None:
    hands.select("VIP")
    field = page.details.name
    field.setFocus()
    field.selectAll()
    QApplication.sendEvent(field, QInputMethodEvent("ㄍㄨㄟ", []))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    hands.settle()
    assert "VIP" in hands.names()
    commit = QInputMethodEvent()
    commit.setCommitString("貴賓")
    QApplication.sendEvent(field, commit)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    hands.settle()
    assert "貴賓" in hands.names()


def test_dropping_a_tag_on_another_asks_to_merge(page: TagsPage, hands: Hands) -> None:
    table = page.list.table
    data = QMimeData()
    data.setData(TAG, "臺北店".encode())
    at = table.visualRect(table.rows.index(page.list.names.index("台北店"), NAME)).center()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(at, copy, data, left, none)
    table.dragEnterEvent(entering)
    assert entering.isAccepted()
    moving = QDragMoveEvent(at, copy, data, left, none)
    table.dragMoveEvent(moving)
    assert moving.isAccepted()
    table.dropEvent(QDropEvent(QPointF(at), copy, data, left, none))
    hands.settle()
    assert "把「臺北店」合併到「台北店」？" in page.bar.text
    own = table.visualRect(table.rows.index(page.list.names.index("臺北店"), NAME)).center()
    moving = QDragMoveEvent(own, copy, data, left, none)
    table.dragMoveEvent(moving)
    assert not moving.isAccepted()
    table.dragMoveEvent(QDragMoveEvent(QPoint(5, table.viewport().height() - 2), copy, data, left, none))
    assert table._over == -1


def test_several_are_merged_into_the_one_chosen(page: TagsPage, hands: Hands) -> None:
    hands.select("台北店", "臺北店", "沒人")
    assert page.panel.currentWidget() is page.many
    assert page.many.title.text() == "已選 3 個標籤"
    assert page.many.into.value() == "台北店"
    hands.do(page.many.merge.click)
    assert "「臺北店」" in page.bar.text
    hands.do(page.bar.press)
    assert {"臺北店", "沒人"}.isdisjoint(hands.names())


def test_deleting_says_what_uses_it_first(page: TagsPage, hands: Hands, qtbot: QtBot) -> None:
    hands.select("熟客")
    qtbot.keyClick(page.list.table, Qt.Key.Key_Delete)
    hands.settle()
    assert "有 4 位會員貼著" in page.bar.text
    assert "受眾包「久沒來」的條件" in page.bar.text
    assert "規則「常來」貼上它" in page.bar.text
    assert "熟客" in hands.names()
    hands.do(page.bar.press)
    assert "熟客" not in hands.names()
    page.desk.notices.press()  # type: ignore[attr-defined]
    hands.settle()
    assert hands.holders("熟客") == [1, 5, 8, 11]


def test_an_unused_tag_is_deleted_at_once(page: TagsPage, hands: Hands) -> None:
    hands.select("沒人")
    hands.do(page.asking.delete)
    assert "沒人" not in hands.names()
    assert page.bar.text == ""


def test_a_new_tag_is_selected_or_refused(page: TagsPage, hands: Hands, dialogs: FakeDialogs) -> None:
    dialogs.answers["ask_text"] = "週末客"
    hands.do(page.ask_new)
    assert [tag.name for tag in page.selected] == ["週末客"]
    hands.do(page.ask_new)
    assert "已經有「週末客」" in page.bar.text


def test_splitting(page: TagsPage, hands: Hands, dialogs: FakeDialogs) -> None:
    hands.select("熟客")
    hands.do(page.asking.split)
    dialog = cast(SplitDialog, dialogs.shown[-1])
    assert not dialog.yes.isEnabled()
    dialog.conditions.text.setText("orders:>=20")
    dialog.conditions.read_text()
    hands.do(dialog.count)
    assert dialog.told.text() == "4 位之中，2 位符合"
    assert not dialog.yes.isEnabled()
    dialog.name.setText("大熟客")
    assert dialog.yes.isEnabled()
    before = hands.holders("熟客")
    hands.do(dialog.yes.click)
    assert len(hands.holders("大熟客")) == 2
    assert sorted(hands.holders("熟客") + hands.holders("大熟客")) == before
    dialog.deleteLater()


def test_members_of_the_selected_tags(page: TagsPage, hands: Hands, window: MainWindow) -> None:
    hands.select("熟客", "VIP")
    hands.do(page.show_members)
    shell = window.shell
    assert shell is not None
    members = shell.stack.current
    assert members is not None
    assert members.page_id == "members"
    assert members.list.bar.condition is not None  # type: ignore[attr-defined]


def test_what_could_be_better_is_cured_or_set_aside(page: TagsPage, hands: Hands) -> None:
    hands.do(page.tabs.setCurrentIndex, HEALTH)
    kinds = [card.finding.ill for card in page.health.cards]
    assert kinds == [Ill.EXPIRED, Ill.ALIKE, Ill.UNUSED, Ill.NO_MEANING]
    hands.do(page.health.cards[0].cure.click)
    assert hands.holders("新客") == []
    kinds = [card.finding.ill for card in page.health.cards]
    assert kinds == [Ill.ALIKE, Ill.UNUSED, Ill.NO_MEANING]
    hands.do(page.health.cards[0].cure.click)
    assert "臺北店" not in hands.names()
    hands.do(page.tabs.setCurrentIndex, HEALTH)
    hands.do(page.health.cards[0].cure.click)
    assert {"沒人", "新客"}.isdisjoint(hands.names())
    assert page.bar.text == ""
    (last,) = page.health.cards
    missing = {tag.name for tag in last.finding.tags}
    hands.do(last.cure.click)
    assert page.tabs.currentIndex() == TAGS
    assert set(page.list.names) == missing
    hands.do(page.tabs.setCurrentIndex, HEALTH)
    hands.do(last.aside.click)
    assert page.health.cards == []
    assert not page.health.well.isHidden()
    hands.do(page.health.back.click)
    assert len(page.health.cards) == 1


def test_it_opens_at_a_tag_or_a_rule_and_comes_back_where_it_was(
    page: TagsPage, hands: Hands, window: MainWindow, qtbot: QtBot
) -> None:
    rule = hands.db.value("SELECT id FROM rule WHERE name = '常來'")
    open_page(window, "tags", qtbot, rule=rule)
    assert page.tabs.currentIndex() == RULES
    assert page.rules.editor.name.text() == "常來"
    tag = hands.db.value("SELECT id FROM tag WHERE name = 'VIP'")
    page.list.search.setText("熟客")
    open_page(window, "tags", qtbot, tag=tag)
    assert [one.name for one in page.selected] == ["VIP"]
    assert page.remember() == {"tab": "tags", "tag": tag}
    page.recall({"tab": "health", "tag": None})
    assert page.tabs.currentIndex() == HEALTH


def test_what_is_being_typed_survives_a_change_from_elsewhere(
    page: TagsPage, hands: Hands, qtbot: QtBot
) -> None:
    hands.select("VIP")
    field = page.details.meaning
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "abc")
    hands.do(lambda: page.actions_of_tags.pin("VIP", 7))
    assert field.text() == "abc"


@pytest.mark.parametrize(
    "state", ["one", "several", "merge", "delete", "nothing", "split", "health", "rules", "rule"]
)
def test_the_pictures_can_be_taken(page: TagsPage, hands: Hands, state: str) -> None:
    hands.do(page.pictures()[state])
    assert page.isVisible()
