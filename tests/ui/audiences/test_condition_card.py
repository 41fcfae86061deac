"""The condition as rows and as query text: two faces that follow each other."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.people.condition import EVERYBODY
from desktop.core.people.query_text import parse, to_text
from desktop.core.people.sentences import Form
from desktop.text import t
from desktop.ui.audiences.conditions.condition_card import ConditionCard
from desktop.ui.audiences.conditions.rows import FreeRow, GroupRow, SentenceRow
from desktop.ui.audiences.conditions.value_editors import AgeEditor, ChoiceEditor, ListEditor, WrittenEditor
from desktop.ui.audiences.page import AudiencesPage
from desktop.ui.choosing.chooser import Chooser
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import open_page, settle

FULL = "(tag:熟客 OR tag:VIP) last_order:>60d -tag:市集 orders:>=2 (level:金卡 OR total:>1000) bound:yes 陳"


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> AudiencesPage:
    return cast(AudiencesPage, open_page(window, "audiences", qtbot, query=""))


@pytest.fixture
def card(page: AudiencesPage) -> ConditionCard:
    return page.editor.conditions


def row(card: ConditionCard, at: int) -> SentenceRow:
    widget = card.row_widgets[at]
    assert isinstance(widget, SentenceRow)
    return widget


def compose(field: QWidget, text: str) -> None:
    """What an input method does when a word is finished."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def press(chooser: Chooser, key: Qt.Key, qtbot: QtBot) -> None:
    qtbot.keyClick(chooser.field, key)


def test_rows_show_the_condition_and_give_it_back(card: ConditionCard) -> None:
    card.show_condition(parse(FULL))
    assert [type(widget).__name__ for widget in card.row_widgets] == [
        *["SentenceRow"] * 4, "GroupRow", "SentenceRow", "SentenceRow",
    ]  # fmt: skip
    card._rows_edited()
    assert card.condition == parse(FULL)


def test_a_number_typed_changes_condition_text_and_count(
    page: AudiencesPage, card: ConditionCard, window: MainWindow, qtbot: QtBot
) -> None:
    card.add_row("orders")
    editor = row(card, 0).editor
    assert isinstance(editor, WrittenEditor)
    qtbot.keyClicks(editor.fields[0], "20")
    row(card, 0).form.set_value(Form.AT_LEAST.value)
    row(card, 0)._change_form(Form.AT_LEAST.value)
    assert to_text(card.condition) == "orders:>=20"
    assert parse(card.text.text()) == card.condition
    qtbot.waitUntil(lambda: page.editor.count_card.number.text() == "3", timeout=5000)


def test_an_unfinished_row_excludes_nobody(card: ConditionCard, qtbot: QtBot) -> None:
    card.add_row("orders")
    editor = row(card, 0).editor
    assert isinstance(editor, WrittenEditor)
    compose(editor.fields[0], "很多")
    assert card.condition == EVERYBODY
    assert editor.fields[0].property("wrong") is True


def test_full_width_digits_are_numbers(card: ConditionCard, qtbot: QtBot) -> None:
    card.add_row("last_order")
    editor = row(card, 0).editor
    assert isinstance(editor, AgeEditor)
    compose(editor.fields[0], "６０")
    assert to_text(card.condition) == "last_order:>60d"
    editor.unit.set_value("m")
    editor.unit.chosen.emit("m")
    assert to_text(card.condition) == "last_order:>60m"


def test_changing_the_form_keeps_what_fits(card: ConditionCard) -> None:
    card.show_condition(parse("last_order:>60d"))
    row(card, 0)._change_form(Form.AGO_WITHIN.value)
    assert to_text(card.condition) == "last_order:<=60d"
    row(card, 0)._change_form(Form.IN_PERIOD.value)
    editor = row(card, 0).editor
    assert isinstance(editor, ChoiceEditor)
    assert to_text(card.condition) == "last_order:today"
    row(card, 0)._change_form(Form.ABSENT.value)
    assert to_text(card.condition) == "last_order:none"


def test_changing_the_field_begins_anew(card: ConditionCard) -> None:
    card.show_condition(parse("last_order:>60d"))
    widget = row(card, 0)
    widget._change_field(widget._fields.index(("bound", False)))
    assert to_text(card.condition) == "bound:yes"
    assert widget.form.isHidden()


def test_a_tag_is_chosen_by_typing(card: ConditionCard, window: MainWindow, qtbot: QtBot) -> None:
    card.add_row("tag")
    editor = row(card, 0).editor
    assert isinstance(editor, ListEditor)
    editor.choose()
    settle(window, qtbot)
    chooser = editor.chooser
    assert chooser is not None
    assert chooser.offered[0] == "熟客"
    qtbot.keyClicks(chooser.field, "vi")
    assert chooser.offered == ["VIP"]
    press(chooser, Qt.Key.Key_Return, qtbot)
    assert to_text(card.condition) == "tag:VIP"
    assert "VIP" not in chooser.offered
    press(chooser, Qt.Key.Key_Down, qtbot)
    press(chooser, Qt.Key.Key_Return, qtbot)
    assert len(row(card, 0).row().values) == 2
    press(chooser, Qt.Key.Key_Escape, qtbot)
    assert chooser.isHidden()
    editor.remove("VIP")
    assert "VIP" not in to_text(card.condition)


def test_a_store_may_be_typed_that_nobody_has_yet(
    card: ConditionCard, window: MainWindow, qtbot: QtBot
) -> None:
    card.add_row("store")
    editor = row(card, 0).editor
    assert isinstance(editor, ListEditor)
    editor.choose()
    settle(window, qtbot)
    assert editor.chooser is not None
    assert set(editor.chooser.offered) == {"信義店", "中山店", "官網", "快閃店"}
    compose(editor.chooser.field, "板橋店")
    press(editor.chooser, Qt.Key.Key_Return, qtbot)
    assert to_text(card.condition) == "store:板橋店"


def test_return_belongs_to_the_input_method_while_it_composes(
    card: ConditionCard, window: MainWindow, qtbot: QtBot
) -> None:
    card.add_row("tag")
    editor = row(card, 0).editor
    assert isinstance(editor, ListEditor)
    editor.choose()
    settle(window, qtbot)
    chooser = editor.chooser
    assert chooser is not None
    QApplication.sendEvent(chooser.field, QInputMethodEvent("ㄕㄨˊ", []))
    press(chooser, Qt.Key.Key_Return, qtbot)
    press(chooser, Qt.Key.Key_Escape, qtbot)
    assert not chooser.isHidden()
    assert card.condition == EVERYBODY
    compose(chooser.field, "熟")
    press(chooser, Qt.Key.Key_Return, qtbot)
    assert to_text(card.condition) == "tag:熟客"


def test_text_changes_rows(card: ConditionCard, qtbot: QtBot) -> None:
    card.show_advanced(True)
    card.text.setText("標籤:熟客 最後購買:>60d")
    card.read_text()
    assert [widget.row() for widget in card.row_widgets] == card.rows()
    assert to_text(card.condition) == "tag:熟客 last_order:>60d"


def test_a_mistake_names_its_place_and_the_nearest_word_and_changes_nothing(
    card: ConditionCard, qtbot: QtBot
) -> None:
    card.show_condition(parse("tag:熟客"))
    card.show_advanced(True)
    card.text.setText("標籤:熟客 最後構買:>60d")
    card.text.submitted.emit()
    assert "第 7 個字" in card.mistake
    assert "最後購買" in card.mistake
    assert card.text.selectedText().startswith("最後構買")
    assert to_text(card.condition) == "tag:熟客"
    card.text.setText("標籤:熟客")
    card.read_text()
    assert card.mistake == ""


def test_a_part_without_a_sentence_is_edited_as_text(card: ConditionCard, qtbot: QtBot) -> None:
    card.show_condition(parse("-last_order:>60d"))
    (widget,) = card.row_widgets
    assert isinstance(widget, FreeRow)
    widget.field.setText("-last_order:>9")
    widget.field.textEdited.emit(widget.field.text())
    assert not widget.wrong.isHidden()
    assert to_text(card.condition) == "-last_order:>60d"
    widget.field.setText("-last_order:>90d")
    widget.field.textEdited.emit(widget.field.text())
    assert widget.wrong.isHidden()
    assert to_text(card.condition) == "-last_order:>90d"


def test_a_group_needs_one_of_its_rows(card: ConditionCard) -> None:
    card.add_group()
    (group,) = card.row_widgets
    assert isinstance(group, GroupRow)
    assert card.condition == EVERYBODY
    for part, value in zip(group.parts, ("熟客", "VIP"), strict=True):
        assert isinstance(part, SentenceRow)
        assert isinstance(part.editor, ListEditor)
        part.editor.add(value)
    assert to_text(card.condition) == "tag:熟客 OR tag:VIP"
    group.parts[0].removed.emit()
    assert to_text(card.condition) == "tag:VIP"
    group.parts[0].removed.emit()
    assert card.condition == EVERYBODY
    assert card.row_widgets == []


def test_the_cross_removes_a_row(card: ConditionCard) -> None:
    card.show_condition(parse("tag:熟客 orders:>=2"))
    card.row_widgets[0].removed.emit()
    assert to_text(card.condition) == "orders:>=2"


def test_the_menu_offers_every_field_once(card: ConditionCard) -> None:
    card.set_columns(["最愛口味"])
    menu = card.menu()
    names: list[str] = []

    def collect(one: QMenu) -> None:
        for action in one.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                collect(inner)
            elif action.text():
                names.append(action.text())

    collect(menu)
    assert len(names) == len(set(names))
    assert {"標籤", t("query.field.last_order"), "生日月份", "最愛口味", "查詢文字"} <= set(names)
    next(action for action in menu.actions() if action.text() == "訂單數").trigger()
    assert row(card, 0).row().field == "orders"
    menu.deleteLater()
