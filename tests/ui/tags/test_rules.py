"""Rules on the page of tags: built with a live preview, saved, run, failing plainly, undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.operations.tagging import rules
from desktop.store.tagging import rules as saved_rules
from desktop.ui.choosing.chooser import Chooser
from desktop.ui.tags.page import RULES, TagsPage
from desktop.ui.tags.rules.rule_list import CONDITION, STATE
from desktop.ui.tags.rules.rules_view import RulesView
from tests.ui.tags.conftest import Hands


@pytest.fixture
def view(page: TagsPage, hands: Hands) -> RulesView:
    hands.do(page.tabs.setCurrentIndex, RULES)
    return page.rules


def rule_named(view: RulesView, name: str) -> saved_rules.Rule:
    return next(rule for rule in view.rules if rule.name == name)


def ask(view: RulesView, hands: Hands, query: str) -> None:
    view.editor.conditions.text.setText(query)
    view.editor.conditions.read_text()
    hands.do(view.editor.preview)


def test_the_list_says_what_each_does_and_which_fails(view: RulesView) -> None:
    assert [rule.name for rule in view.rules] == ["常來", "壞掉的"]
    model = view.list.model
    assert "10" in model.index(0, CONDITION).data()
    assert model.index(0, STATE).data() == "還沒執行"
    assert model.index(1, STATE).data() == "無法執行"


def test_a_rule_is_built_previewed_saved_and_run(
    view: RulesView, hands: Hands, page: TagsPage, qtbot: QtBot
) -> None:
    hands.do(view.new)
    assert view.is_editing
    assert not view.run_button.isEnabled()
    ask(view, hands, "orders:>=20")
    many = hands.db.value("SELECT count(*) FROM person WHERE orders >= 20")
    assert view.editor.gains.figures.value("gains") == str(many)
    view.editor.name.setText("大客")
    view.editor.name.textEdited.emit("大客")
    hands.do(view.editor.choose.click)
    chooser = page.findChild(Chooser)
    chooser.field.setText("大客人")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    hands.do(view.editor.preview)
    assert view.run_button.isEnabled()
    hands.do(view.run)
    assert len(hands.holders("大客人")) == many > 1
    assert f"規則「大客」：貼上 {many} 位、移除 0 位" in hands.said()[-1]
    assert view.editor.gains.figures.value("already") == str(many)
    assert (
        hands.db.value(
            "SELECT DISTINCT origin FROM person_tag h JOIN tag t ON t.id = h.tag_id WHERE t.name = '大客人'"
        )
        == "rule"
    )
    view._desk.notices.press()  # type: ignore[attr-defined]
    hands.settle()
    assert hands.holders("大客人") == []
    assert view.editor.gains.figures.value("gains") == str(many)


def test_the_preview_names_who_gains_and_loses(view: RulesView, hands: Hands) -> None:
    rule = rule_named(view, "常來")
    hands.do(view.runs.run, rule.id)
    hands.do(view.open_rule, rule.id)
    ask(view, hands, "orders:>=25")
    gains = view.editor.gains
    lost = gains.figures.value("loses")
    assert int(lost) > 0
    assert gains.names["loses"].text().startswith("移除：")
    hands.do(view.editor.takes_off.click)
    hands.do(view.editor.preview)
    assert gains.figures.value("loses") == "0"
    assert "會保留" in gains.only_own.text()


def test_a_failing_rule_says_why_and_the_others_run(view: RulesView, hands: Hands) -> None:
    hands.do(view.run_all)
    assert len(hands.holders("熟客")) > 4
    assert any("規則「壞掉的」沒有執行：這個規則的標籤已經刪除" in text for text in hands.said())
    hands.do(view.open_named, "壞掉的")
    assert "標籤已經刪除" in view.editor.wrong.text()
    assert not view.run_button.isEnabled()


def test_a_rule_that_cannot_be_read_is_shown_with_its_mistake(
    view: RulesView, hands: Hands, page: TagsPage
) -> None:
    rule = rule_named(view, "常來")
    page.desk.jobs.write(
        lambda db, ctx: db.run("UPDATE rule SET query = 'orders:>= (' WHERE id = ?", (rule.id,)), owner=page
    )
    hands.settle()
    hands.do(view.open_rule, rule.id)
    assert "讀不懂" in view.editor.wrong.text()


def test_deleting_a_rule_keeps_its_tags_and_can_be_undone(view: RulesView, hands: Hands) -> None:
    rule = rule_named(view, "常來")
    hands.do(view.runs.run, rule.id)
    held = hands.holders("熟客")
    hands.do(view.open_rule, rule.id)
    hands.do(view.editor.delete.click)
    assert not view.is_editing
    assert [one.name for one in view.rules] == ["壞掉的"]
    assert hands.holders("熟客") == held
    view._desk.notices.press()  # type: ignore[attr-defined]
    hands.settle()
    assert len(view.rules) == 2


def test_a_template_begins_a_rule(view: RulesView, hands: Hands) -> None:
    button = view.begin._flow.itemAt(0).widget()  # type: ignore[union-attr]
    hands.do(button.click)
    draft = view.editor.draft
    assert (draft.name, draft.tag) == ("熟客", "熟客")
    assert "orders" in draft.query
    assert draft.after_imports
    hands.do(view.save)
    assert [rule.name for rule in view.rules][-1] == "熟客"
    hands.do(view.show_list)
    hands.do(view.begin._flow.itemAt(0).widget().click)  # type: ignore[union-attr]
    assert view.editor.draft.name == "熟客 2"


def test_what_is_not_saved_can_be_brought_back(view: RulesView, hands: Hands) -> None:
    hands.do(view.new)
    ask(view, hands, "orders:>=3")
    hands.do(view.show_list)
    assert not view.is_editing
    view._desk.notices.press()  # type: ignore[attr-defined]
    hands.settle()
    assert view.is_editing
    assert view.editor.draft.query == "orders:>=3"


def test_a_rules_name_must_be_free(view: RulesView, hands: Hands, page: TagsPage) -> None:
    hands.do(view.new)
    ask(view, hands, "orders:>=3")
    view.editor.name.setText("常來")
    view.editor.set_tag("甲")
    hands.do(view.save)
    assert "已經有「常來」這個規則" in page.bar.text
    assert view.editor.name.property("wrong")


def test_saved_rules_run_after_an_import(view: RulesView, hands: Hands, page: TagsPage) -> None:
    hands.do(view.open_named, "常來")
    hands.do(view.editor.after_imports.click)
    hands.do(view.save)
    results: list[object] = []
    page.desk.jobs.write(lambda db, ctx: rules.run_after_import(db), owner=page, then=results.append)
    hands.settle()
    (runs,) = results
    assert [run.rule for run in runs] == ["常來"]  # type: ignore[attr-defined]


def test_a_new_rule_pressed_twice_is_saved_and_run_once(
    view: RulesView, hands: Hands, page: TagsPage
) -> None:
    hands.do(view.new)
    ask(view, hands, "orders:>=20")
    view.editor.name.setText("大客")
    view.editor.set_tag("大客人")
    view.run()
    view.run()
    hands.settle()
    assert page.bar.text == ""
    assert hands.db.value("SELECT count(*) FROM step WHERE kind = 'rule'") == 1
    assert view.editor.delete.isVisible()


def test_escape_leaves_the_editor_and_keeps_the_draft_at_hand(
    view: RulesView, hands: Hands, qtbot: QtBot
) -> None:
    hands.do(view.new)
    ask(view, hands, "orders:>=20")
    qtbot.keyClick(view.editor.name, Qt.Key.Key_Escape)
    assert not view.is_editing
    assert len(hands.said()) == 1
