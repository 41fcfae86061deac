"""The condition as lines and as query text: two faces that follow each other."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.people.condition import EVERYBODY, Condition, simplified
from desktop.core.people.fields import FIELDS
from desktop.core.people.query_text import parse, to_text
from desktop.core.people.sentences import Form, Sentence
from desktop.text import t
from desktop.ui.audiences.builder.draft import Line, meant, walk
from desktop.ui.audiences.builder.groups import GroupWidget
from desktop.ui.audiences.builder.lines import LineWidget, SentenceLine, WrittenLine
from desktop.ui.audiences.conditions.condition_card import ConditionCard
from desktop.ui.audiences.conditions.value_editors import AgeEditor, ChoiceEditor, ListEditor, WrittenEditor
from desktop.ui.audiences.page import AudiencesPage
from desktop.ui.choosing.chooser import Chooser
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import open_page, settle
from tests.unit.core.people.test_query_round_trip import as_text_has_it, conditions, extra_columns

FULL = "(tag:熟客 OR tag:VIP) last_order:>60d -tag:市集 orders:>=2 (level:金卡 OR total:>1000) bound:yes 陳"


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> AudiencesPage:
    return cast(AudiencesPage, open_page(window, "audiences", qtbot, query=""))


@pytest.fixture
def card(page: AudiencesPage) -> ConditionCard:
    return page.editor.conditions


def line(card: ConditionCard, at: int) -> SentenceLine:
    widget = card.tree.parts[at]
    assert isinstance(widget, SentenceLine)
    return widget


def lines(card: ConditionCard) -> list[LineWidget]:
    numbers = [node.id for node in walk(card.draft) if isinstance(node, Line)]
    widgets = [card.tree.widget_of(number) for number in numbers]
    return [widget for widget in widgets if isinstance(widget, LineWidget)]


def compose(field: QWidget, text: str) -> None:
    """What an input method does when a word is finished."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def press(chooser: Chooser, key: Qt.Key, qtbot: QtBot) -> None:
    qtbot.keyClick(chooser.field, key)


def opened(editor: ListEditor, window: MainWindow, qtbot: QtBot) -> Chooser:
    editor.choose()
    settle(window, qtbot)
    assert editor.chooser is not None
    return editor.chooser


def test_lines_show_the_condition_and_give_it_back(card: ConditionCard) -> None:
    card.show_condition(parse(FULL))
    assert [type(widget).__name__ for widget in card.tree.parts] == [
        *["SentenceLine"] * 4, "GroupWidget", "SentenceLine", "SentenceLine",
    ]  # fmt: skip
    assert card.condition == parse(FULL)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(conditions)
def test_the_builder_shows_any_tree_and_its_fields_give_the_same_people(
    card: ConditionCard, condition: Condition
) -> None:
    """Every line's own fields are read again, as if the owner had touched each of them."""
    card.set_columns(sorted(extra_columns(condition)))
    card.show_condition(condition)
    assert card.condition == simplified(condition)
    for widget in lines(card):
        if isinstance(widget, SentenceLine):
            widget._take_values()
        elif isinstance(widget, WrittenLine):
            widget._read()
            assert widget.wrong.isHidden()
    assert as_text_has_it(meant(card.draft)) == as_text_has_it(condition)
    card.read_text()
    assert card.mistake == ""
    assert as_text_has_it(card.condition) == as_text_has_it(condition)


def test_a_number_typed_changes_condition_text_and_count(
    page: AudiencesPage, card: ConditionCard, window: MainWindow, qtbot: QtBot
) -> None:
    card.add_row("orders")
    editor = line(card, 0).editor
    assert isinstance(editor, WrittenEditor)
    qtbot.keyClicks(editor.fields[0], "20")
    assert to_text(card.condition) == "orders:>=20"
    assert parse(card.text.text()) == card.condition
    qtbot.waitUntil(lambda: page.editor.side.count_card.number.text() == "3", timeout=5000)


def test_an_unfinished_line_excludes_nobody(card: ConditionCard) -> None:
    card.add_row("orders")
    editor = line(card, 0).editor
    assert isinstance(editor, WrittenEditor)
    compose(editor.fields[0], "很多")
    assert card.condition == EVERYBODY
    assert editor.fields[0].property("wrong") is True


def test_full_width_digits_are_numbers(card: ConditionCard) -> None:
    card.add_row("last_order")
    editor = line(card, 0).editor
    assert isinstance(editor, AgeEditor)
    compose(editor.fields[0], "６０")
    assert to_text(card.condition) == "last_order:>60d"
    editor.unit.set_value("m")
    editor.unit.chosen.emit("m")
    assert to_text(card.condition) == "last_order:>60m"


def test_changing_the_form_keeps_what_fits(card: ConditionCard) -> None:
    card.show_condition(parse("last_order:>60d"))
    line(card, 0)._change_form(Form.AGO_WITHIN.value)
    assert to_text(card.condition) == "last_order:<=60d"
    line(card, 0)._change_form(Form.IN_PERIOD.value)
    editor = line(card, 0).editor
    assert isinstance(editor, ChoiceEditor)
    assert to_text(card.condition) == "last_order:today"
    line(card, 0)._change_form(Form.ABSENT.value)
    assert to_text(card.condition) == "last_order:none"


def test_changing_the_field_begins_anew(card: ConditionCard) -> None:
    card.show_condition(parse("last_order:>60d"))
    line(card, 0).change_field("bound", extra=False)
    assert to_text(card.condition) == "bound:yes"
    assert line(card, 0).form.isHidden()
    assert line(card, 0).field.text() == t("query.field.bound")


def test_a_tag_is_chosen_by_typing(card: ConditionCard, window: MainWindow, qtbot: QtBot) -> None:
    card.add_row("tag")
    editor = line(card, 0).editor
    assert isinstance(editor, ListEditor)
    chooser = opened(editor, window, qtbot)
    assert chooser.offered[0] == "熟客"
    qtbot.keyClicks(chooser.field, "vi")
    assert chooser.offered == ["VIP"]
    press(chooser, Qt.Key.Key_Return, qtbot)
    assert to_text(card.condition) == "tag:VIP"
    assert "VIP" not in chooser.offered
    press(chooser, Qt.Key.Key_Down, qtbot)
    press(chooser, Qt.Key.Key_Return, qtbot)
    assert len(line(card, 0).sentence.values) == 2
    press(chooser, Qt.Key.Key_Escape, qtbot)
    assert chooser.isHidden()
    editor.remove("VIP")
    assert "VIP" not in to_text(card.condition)


def test_a_press_beside_the_list_of_choices_closes_it(
    card: ConditionCard, window: MainWindow, qtbot: QtBot
) -> None:
    card.add_row("tag")
    editor = line(card, 0).editor
    assert isinstance(editor, ListEditor)
    chooser = opened(editor, window, qtbot)
    qtbot.mouseClick(chooser, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert chooser.isVisible()
    title = next(
        label for label in card.window().findChildren(QLabel) if label.text() == t("audiences_page.preview")
    )
    qtbot.mouseClick(title, Qt.MouseButton.LeftButton)
    assert chooser.is_closed
    assert chooser.isHidden()


def test_a_store_may_be_typed_that_nobody_has_yet(
    card: ConditionCard, window: MainWindow, qtbot: QtBot
) -> None:
    card.add_row("store")
    editor = line(card, 0).editor
    assert isinstance(editor, ListEditor)
    chooser = opened(editor, window, qtbot)
    assert set(chooser.offered) == {"信義店", "中山店", "官網", "快閃店"}
    compose(chooser.field, "板橋店")
    press(chooser, Qt.Key.Key_Return, qtbot)
    assert to_text(card.condition) == "store:板橋店"


def test_a_class_of_customers_is_chosen_by_its_name(
    card: ConditionCard, window: MainWindow, qtbot: QtBot
) -> None:
    card.add_row("nasl")
    editor = line(card, 0).editor
    assert isinstance(editor, ListEditor)
    chooser = opened(editor, window, qtbot)
    assert chooser.offered == ["新客", "活躍客", "沉睡客", "流失客"]
    qtbot.keyClicks(chooser.field, "S")
    compose(chooser.field, "")
    chooser.field.setText("沉睡")
    press(chooser, Qt.Key.Key_Return, qtbot)
    assert to_text(card.condition) == "nasl:S"
    assert "沉睡客" in editor.box.accessibleName()


def test_orders_are_asked_of_a_period(card: ConditionCard) -> None:
    card.show_condition(parse("orders:>=2"))
    period = line(card, 0).period
    assert period is not None
    period.shape.set_value("days")
    period.shape.chosen.emit("days")
    assert to_text(card.condition) == "orders@90d:>=2"
    compose(period.days, "")
    period.days.setText("30")
    period.days.textEdited.emit("30")
    assert to_text(card.condition) == "orders@30d:>=2"
    period.unit.set_value("w")
    period.unit.chosen.emit("w")
    assert to_text(card.condition) == "orders@30w:>=2"
    period.shape.set_value("last_month")
    period.shape.chosen.emit("last_month")
    assert to_text(card.condition) == "orders@last_month:>=2"
    period.shape.set_value("between")
    period.shape.chosen.emit("between")
    period.first.setText("2026-01-01")
    period.first.textEdited.emit("2026-01-01")
    assert to_text(card.condition) == "orders@2026-01-01..:>=2"
    line(card, 0).change_field("bound", extra=False)
    assert line(card, 0).period is None


def test_return_belongs_to_the_input_method_while_it_composes(
    card: ConditionCard, window: MainWindow, qtbot: QtBot
) -> None:
    card.add_row("tag")
    editor = line(card, 0).editor
    assert isinstance(editor, ListEditor)
    chooser = opened(editor, window, qtbot)
    QApplication.sendEvent(chooser.field, QInputMethodEvent("ㄕㄨˊ", []))
    press(chooser, Qt.Key.Key_Return, qtbot)
    press(chooser, Qt.Key.Key_Escape, qtbot)
    assert not chooser.isHidden()
    assert card.condition == EVERYBODY
    compose(chooser.field, "熟")
    press(chooser, Qt.Key.Key_Return, qtbot)
    assert to_text(card.condition) == "tag:熟客"


def test_text_changes_lines(card: ConditionCard) -> None:
    card.show_advanced(True)
    card.text.setText("標籤:熟客 最後購買:>60d")
    card.read_text()
    assert [widget.sentence.field for widget in map(line, [card] * 2, range(2))] == ["tag", "last_order"]
    assert to_text(card.condition) == "tag:熟客 last_order:>60d"


def test_text_an_input_method_composes_is_not_read(card: ConditionCard, qtbot: QtBot) -> None:
    card.show_advanced(True)
    with qtbot.assertNotEmitted(card.text.edited):
        QApplication.sendEvent(card.text, QInputMethodEvent("ㄕㄨˊ", []))
        qtbot.keyClick(card.text, Qt.Key.Key_Return)
    with qtbot.waitSignal(card.text.edited):
        compose(card.text, "熟客")
    card.read_text()
    assert to_text(card.condition) == "熟客"


def test_a_mistake_names_its_place_and_the_nearest_word_and_changes_nothing(card: ConditionCard) -> None:
    card.show_condition(parse("tag:熟客"))
    card.show_advanced(True)
    card.text.setText("標籤:熟客 最後構買:>60d")
    card.text.submitted.emit()
    assert "第 7 個字" in card.mistake
    assert "最後購買" in card.mistake
    assert card.text.selectedText().startswith("最後構買")
    (mark,) = card.text.extraSelections()
    assert mark.cursor.selectedText().startswith("最後構買")
    assert to_text(card.condition) == "tag:熟客"
    card.text.setText("標籤:熟客")
    card.read_text()
    assert card.mistake == ""
    assert card.text.extraSelections() == []


def test_a_part_without_a_sentence_is_edited_as_text(card: ConditionCard) -> None:
    card.show_condition(parse("birthday:03-01..04-15"))
    (widget,) = card.tree.parts
    assert isinstance(widget, WrittenLine)
    widget.field.setText("birthday:3月")
    widget.field.textEdited.emit(widget.field.text())
    assert not widget.wrong.isHidden()
    assert to_text(card.condition) == "birthday:03-01..04-15"
    widget.field.setText("birthday:03-01..05-15")
    widget.field.textEdited.emit(widget.field.text())
    assert widget.wrong.isHidden()
    assert to_text(card.condition) == "birthday:03-01..05-15"


def test_not_is_a_word_before_the_line_and_pressing_it_takes_it_away(
    card: ConditionCard, qtbot: QtBot
) -> None:
    card.show_condition(parse("-last_order:>60d"))
    assert line(card, 0).not_word.isVisibleTo(card)
    line(card, 0).not_word.click()
    assert to_text(card.condition) == "last_order:>60d"
    assert line(card, 0).not_word.isHidden()


def test_a_group_needs_one_of_its_lines(card: ConditionCard) -> None:
    card.add_group()
    (group,) = card.tree.parts
    assert isinstance(group, GroupWidget)
    assert card.condition == EVERYBODY
    for part, value in zip(group.parts, ("熟客", "VIP"), strict=True):
        assert isinstance(part, SentenceLine)
        assert isinstance(part.editor, ListEditor)
        part.editor.add(value)
    assert to_text(card.condition) == "tag:熟客 OR tag:VIP"
    group.parts[0].removed.emit()
    assert to_text(card.condition) == "tag:VIP"
    (group,) = card.tree.parts
    assert isinstance(group, GroupWidget)
    group.parts[0].removed.emit()
    assert card.condition == EVERYBODY
    assert card.tree.parts == []


def test_a_group_can_be_turned_to_all_any_or_none(card: ConditionCard) -> None:
    card.show_condition(parse("bound:yes (tag:熟客 OR orders:>=2)"))
    (group,) = [part for part in card.tree.parts if isinstance(part, GroupWidget)]
    menu = group.kind.menu_of_kinds()
    assert [action.text() for action in menu.actions()] == [
        "符合以下全部條件", "符合以下任一條件", "不是以下條件全部符合", "以下條件都不符合",
    ]  # fmt: skip
    menu.actions()[3].trigger()
    assert to_text(card.condition) == "bound:yes -(tag:熟客 OR orders:>=2)"
    menu.deleteLater()
    whole = card.kind.menu_of_kinds()
    assert len(whole.actions()) == 2
    whole.actions()[1].trigger()
    assert to_text(card.condition) == "bound:yes OR -(tag:熟客 OR orders:>=2)"
    assert card.kind.text() == "符合以下任一條件"
    whole.deleteLater()


def test_the_cross_removes_a_line_and_the_focus_stays_near(card: ConditionCard, qtbot: QtBot) -> None:
    card.show_condition(parse("tag:熟客 orders:>=2"))
    line(card, 0).cross.click()
    assert to_text(card.condition) == "orders:>=2"
    assert card.window().focusWidget() is line(card, 0).grip


def test_fields_are_found_in_any_language_and_offered_once(card: ConditionCard, qtbot: QtBot) -> None:
    card.set_columns(["最愛口味"])
    card.choose_field()
    chooser = card.chooser
    assert chooser is not None
    assert chooser.list.currentIndex().data() == "標籤"
    names = chooser.offered
    assert len(names) == len(set(names))
    expected = {t(f"query.field.{name}") for name in FIELDS} | {"最愛口味", "任何文字欄位", "查詢文字"}
    assert set(names) == expected
    for written, field in (("購入日", "ordered_at"), ("last_order", "last_order"), ("標籤", "tag")):
        chooser.field.setText(written)
        assert t(f"query.field.{field}") in chooser.offered
    chooser.field.setText("訂單數")
    press(chooser, Qt.Key.Key_Return, qtbot)
    assert line(card, 0).sentence == Sentence("orders", Form.AT_LEAST)
    assert chooser.isHidden()


def test_an_own_column_becomes_a_line(card: ConditionCard, qtbot: QtBot) -> None:
    card.set_columns(["最愛口味"])
    card.choose_field()
    assert card.chooser is not None
    card.chooser.field.setText("口味")
    press(card.chooser, Qt.Key.Key_Return, qtbot)
    said = line(card, 0).sentence
    assert (said.field, said.extra) == ("最愛口味", True)


def test_groups_inside_groups_are_offered_under_advanced(card: ConditionCard) -> None:
    card.show_condition(parse("bound:yes (tag:熟客 OR orders:>=2)"))
    (group,) = [part for part in card.tree.parts if isinstance(part, GroupWidget)]
    assert group.group_button.isHidden()
    card.show_advanced(True)
    (group,) = [part for part in card.tree.parts if isinstance(part, GroupWidget)]
    assert not group.group_button.isHidden()
    group.group_button.click()
    (group,) = [part for part in card.tree.parts if isinstance(part, GroupWidget)]
    inner = group.parts[-1]
    assert isinstance(inner, GroupWidget)
    assert inner.kind.kind == (False, False)
