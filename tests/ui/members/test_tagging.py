"""Tagging: the box, the keys, the chips, who is full, undo; on a real shop file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.core.people.selection import Selection
from desktop.operations.people import members
from desktop.operations.tagging import tagging
from desktop.store import history
from desktop.ui.members.page import MembersPage
from tests.ui.members.conftest import CTRL, Hands


def fill(hands: Hands, name: str) -> None:
    """Give a person ten tags."""
    (person,) = hands.desk.jobs.page_reader.column("SELECT id FROM person WHERE name = ?", (name,))
    held = len(hands.tags_of(name))
    for number in range(10 - held):
        hands.write(lambda db, number=number: tagging.tag(db, Selection.of([person]), f"舊標籤{number}"))


def pin(hands: Hands, *names: str) -> None:
    for place, name in enumerate(names, start=1):
        hands.write(lambda db, place=place, name=name: tagging.pin(db, name, place))


def test_type_return_and_the_tag_is_on_without_losing_place_or_selection(
    page: MembersPage, hands: Hands
) -> None:
    hands.click(1)
    hands.click(2, CTRL)
    hands.key(Qt.Key.Key_T, CTRL)
    assert page.panel.box.field.hasFocus()
    hands.type("市")
    assert [one.name for one in page.panel.box.list.lines.suggestions] == ["市集", "市"]
    hands.key(Qt.Key.Key_Return)
    assert hands.tags_of("李佳穎") == ["市集"]
    assert hands.tags_of("洪詩涵") == ["市集"]
    assert hands.selected_names() == ["李佳穎", "洪詩涵"]
    assert page.panel.box.field.hasFocus()
    assert page.panel.box.field.text() == ""
    assert "市集" in page.panel.held.chips
    assert page.list.table.rows.index(1, 4).data() == "市集"
    hands.key(Qt.Key.Key_Escape)
    assert page.list.table.hasFocus()


def test_a_new_tag_is_made_by_its_line_or_by_ctrl_return(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.type("外")
    hands.key(Qt.Key.Key_Up)
    assert page.panel.box.list.highlighted is not None
    assert page.panel.box.list.highlighted.new
    hands.key(Qt.Key.Key_Return)
    hands.type("客")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert hands.tags_of("吳雅婷") == ["市集", "外", "客"]


def test_a_tag_in_another_writing_is_the_same_tag(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.type("ｖｉｐ")
    hands.key(Qt.Key.Key_Return, CTRL)
    assert hands.tags_of("吳雅婷") == ["市集", "VIP"]


def test_a_name_too_long_for_a_tag_is_said_and_kept(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    page.panel.box.field.setText("很" * 41)
    page.panel.box.field.submitted.emit()
    assert "40" in page.panel.box.problem.text()
    assert len(page.panel.box.field.text()) == 41
    assert hands.tags_of("吳雅婷") == ["市集"]


def test_escape_closes_the_list_first_then_empties_then_leaves(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.type("外")
    box = page.panel.box
    assert not box.list.isHidden()
    hands.key(Qt.Key.Key_Escape)
    assert (box.list.isHidden(), box.field.text()) == (True, "外")
    hands.key(Qt.Key.Key_Escape)
    assert (box.field.hasFocus(), box.field.text()) == (True, "")
    hands.key(Qt.Key.Key_Escape)
    assert page.list.table.hasFocus()


def test_tab_moves_on_and_closes_the_list_which_never_had_the_focus(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.type("外")
    assert page.panel.box.list.focusPolicy() == Qt.FocusPolicy.NoFocus
    hands.key(Qt.Key.Key_Tab)
    assert not page.panel.box.field.hasFocus()
    assert page.panel.box.list.isHidden()
    assert hands.tags_of("吳雅婷") == ["市集"]


def test_down_in_an_empty_box_shows_what_is_likely(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.key(Qt.Key.Key_Return)
    assert hands.tags_of("吳雅婷") == ["市集"]
    hands.key(Qt.Key.Key_Down)
    assert page.panel.box.list.highlighted is not None
    assert page.panel.box.list.highlighted.name == "熟客"
    hands.key(Qt.Key.Key_Return)
    assert hands.tags_of("吳雅婷") == ["市集", "熟客"]


def test_a_click_on_a_suggestion_takes_it(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.type("V")
    suggestions = page.panel.box.list
    place = suggestions.visualRect(suggestions.lines.index(0)).center()
    hands.qtbot.mouseClick(suggestions.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hands.rest()
    assert hands.tags_of("吳雅婷") == ["市集", "VIP"]
    assert page.panel.box.field.hasFocus()


def test_ctrl_t_with_nobody_selected_takes_the_current_row(page: MembersPage, hands: Hands) -> None:
    page.list.table.setFocus()
    hands.key(Qt.Key.Key_T, CTRL)
    assert hands.selected_names() == ["吳雅婷"]
    assert page.panel.box.field.hasFocus()


def test_mixed_tags_show_how_many_have_them_and_a_click_evens_them_out(
    page: MembersPage, hands: Hands
) -> None:
    for row in (4, 5, 7):
        hands.click(row, CTRL)
    assert hands.selected_names() == ["王怡君", "劉俊傑", "陳冠宇"]
    chips = page.panel.held.chips
    assert {chip.text() for chip in chips.values()} == {"VIP 2/3", "熟客 2/3"}
    chips["熟客"].click()
    hands.rest()
    assert hands.tags_of("劉俊傑") == ["VIP", "熟客"]
    assert page.panel.held.chips["熟客"].text() == "熟客"
    page.panel.held.chips["熟客"].click()
    hands.rest()
    assert [hands.tags_of(name) for name in ("王怡君", "劉俊傑", "陳冠宇")] == [["VIP"], ["VIP"], []]
    page.panel.held.chips["VIP"].removed.emit()
    hands.rest()
    assert hands.tags_of("王怡君") == []


def test_while_the_tags_of_many_are_counted_no_others_stand_there(page: MembersPage, hands: Hands) -> None:
    hands.click(4)
    assert set(page.panel.held.chips) == {"熟客", "VIP"}
    page.panel._patience.timeout.emit()
    assert page.panel.held.chips == {}
    assert page.panel.held._none.text() == "計算中…"
    page.feed.read_facts()
    hands.rest()
    assert set(page.panel.held.chips) == {"熟客", "VIP"}
    hands.click(1)
    assert page.panel.held._none.text() == "還沒有標籤"


def test_pinned_tags_toggle_by_the_current_row(page: MembersPage, hands: Hands) -> None:
    pin(hands, "VIP", "外帶")
    hands.click(3)
    hands.click(4, CTRL)
    hands.key(Qt.Key.Key_1, CTRL)
    assert hands.tags_of("王怡君") == ["熟客"]
    hands.key(Qt.Key.Key_1, CTRL)
    assert hands.tags_of("王怡君") == ["熟客", "VIP"]
    assert "VIP" in hands.tags_of("郭子軒")


def test_ctrl_and_a_digit_work_in_the_tag_box_and_the_search_field_too(
    page: MembersPage, hands: Hands
) -> None:
    pin(hands, "VIP")
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.key(Qt.Key.Key_1, CTRL)
    assert hands.tags_of("吳雅婷") == ["市集", "VIP"]
    page.list.bar.field.setFocus()
    hands.key(Qt.Key.Key_1, CTRL)
    assert hands.tags_of("吳雅婷") == ["市集"]
    assert page.list.bar.field.text() == ""


@pytest.mark.parametrize("where", ["table", "search", "tag box", "chip", "pinned", "mode"])
def test_ctrl_and_a_digit_tag_wherever_the_focus_is(page: MembersPage, hands: Hands, where: str) -> None:
    hands.write(lambda db: tagging.pin(db, "VIP", 1))
    hands.click(1)
    places = {
        "table": page.list.table,
        "search": page.list.bar.field,
        "tag box": page.panel.box.field,
        "chip": page.list.bar.add,
        "pinned": page.panel.pinned.buttons[1],
        "mode": page.list.table,
    }
    if where == "mode":
        page.mode.begin()
    places[where].setFocus()
    hands.key(Qt.Key.Key_1, CTRL)
    assert hands.tags_of("李佳穎") == ["VIP"]
    hands.key(Qt.Key.Key_1, CTRL)
    assert hands.tags_of("李佳穎") == []


def test_a_key_held_down_toggles_once(page: MembersPage, hands: Hands) -> None:
    pin(hands, "VIP")
    hands.click(0)
    table = page.list.table
    hands.qtbot.keyPress(table, Qt.Key.Key_1, CTRL)
    from PySide6.QtTest import QTest

    for _ in range(4):
        QTest.simulateEvent(table, True, int(Qt.Key.Key_1), CTRL, "", True, -1)
    hands.qtbot.keyRelease(table, Qt.Key.Key_1, CTRL)
    hands.rest()
    assert hands.tags_of("吳雅婷") == ["市集", "VIP"]
    assert not hands.desk.actions.action("members.pinned_1").autoRepeat()


def test_an_unpinned_key_says_so(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_3, CTRL)
    assert "Ctrl+3" in hands.notices()[-1]


def test_the_commonest_tags_are_pinned_with_one_click(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    page.panel.pinned._offer.click()
    hands.rest()
    assert [page.panel.pinned.buttons[place].tag.name for place in (1, 2, 3, 4)] == [
        "熟客",
        "VIP",
        "市集",
        "外帶",
    ]
    page.panel.pinned.buttons[2].click()
    hands.rest()
    assert hands.tags_of("吳雅婷") == ["市集", "VIP"]


def test_ctrl_r_repeats_the_last_tag(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_R, CTRL)
    assert "沒有可以重複的" in hands.notices()[-1]
    hands.key(Qt.Key.Key_T, CTRL)
    hands.type("外帶")
    hands.key(Qt.Key.Key_Return)
    hands.click(1)
    hands.key(Qt.Key.Key_R, CTRL)
    assert hands.tags_of("李佳穎") == ["外帶"]
    assert page.remember()["last_tag"] == "外帶"


def test_undo_takes_the_tag_off_again_where_it_was(page: MembersPage, hands: Hands) -> None:
    hands.click(1)
    page.tagger.put("外帶")
    hands.rest()
    step = history.steps(hands.desk.jobs.page_reader)[0]
    assert page.panel.now.steps[0].id == step.id
    hands.key(Qt.Key.Key_Z, CTRL)
    assert hands.tags_of("李佳穎") == []
    assert hands.selected_names() == ["李佳穎"]
    hands.key(Qt.Key.Key_Y, CTRL)
    assert hands.tags_of("李佳穎") == ["外帶"]


def test_undoing_an_older_step_says_who_is_kept(page: MembersPage, hands: Hands) -> None:
    for row in (0, 1):
        hands.click(row, CTRL)
    page.tagger.put("問卷")
    hands.rest()
    older = page.panel.now.steps[0].id
    hands.click(1)
    page.tagger.take("問卷")
    hands.rest()
    page.panel.steps.buttons[older].click()
    hands.rest()
    assert hands.tags_of("吳雅婷") == ["市集"]
    assert hands.notices()[-1].startswith("貼標「問卷」 2 位：已復原 1 位。")


def test_undoing_an_older_step_keeps_what_was_changed_since_and_names_it(
    page: MembersPage, hands: Hands
) -> None:
    hands.write(lambda db: tagging.tag(db, Selection.of([1, 2, 3]), "問卷"))
    older = page.panel.now.steps[0].id
    hands.write(lambda db: tagging.untag(db, Selection.of([2]), "問卷"))
    hands.write(lambda db: tagging.tag(db, Selection.of([2]), "問卷"))
    page.panel.steps.buttons[older].click()
    hands.rest()
    assert hands.tags_of("吳雅婷") == ["市集", "問卷"]
    assert hands.tags_of("李佳穎") == []
    said = hands.notices()[-1]
    assert said.startswith("貼標「問卷」 3 位：已復原 2 位。1 位之後又改過")
    assert "吳雅婷" in said


def test_ten_tags_are_full_and_one_can_be_chosen_to_go(page: MembersPage, hands: Hands) -> None:
    fill(hands, "郭子軒")
    hands.click(3)
    assert page.panel.box.count.text() == "已達 10 個標籤"
    assert not page.panel.full.isHidden()
    page.tagger.put("VIP")
    hands.rest()
    assert len(hands.tags_of("郭子軒")) == 10
    assert "郭子軒" in hands.notices()[-1]
    page.panel.full.choose.click()
    (person,) = hands.page.list.selection().ids or ()
    page.panel.full.chips[(person, "舊標籤0")].click()
    hands.rest()
    tags = hands.tags_of("郭子軒")
    assert len(tags) == 10
    assert "VIP" in tags
    assert "舊標籤0" not in tags


def test_several_selected_one_full_the_others_get_it_and_she_is_named(
    page: MembersPage, hands: Hands
) -> None:
    fill(hands, "郭子軒")
    for row in (3, 4, 5):
        hands.click(row, CTRL)
    assert page.panel.full._title.text() == "1 位已有 10 個標籤"
    assert "郭子軒" in page.panel.full._text.text()
    page.panel.box.field.setFocus()
    hands.type("市集")
    assert page.panel.full._pending == "市集"
    hands.key(Qt.Key.Key_Return)
    assert "市集" in hands.tags_of("王怡君")
    assert "市集" not in hands.tags_of("郭子軒")
    assert hands.notices()[-1] == "「市集」已貼上 2 位；1 位已滿，沒有貼上：郭子軒。"
    assert hands.window.shell is not None
    hands.window.shell.notices.press()
    assert not page.panel.full._choices.isHidden()


def test_how_many_tags_one_person_has(page: MembersPage, hands: Hands) -> None:
    hands.click(4)
    assert page.panel.box.count.text() == "2 / 10"
    hands.click(5, CTRL)
    assert page.panel.box.count.text() == ""


def test_putting_on_what_everybody_has_says_so(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    page.tagger.put("市集")
    hands.rest()
    assert hands.notices()[-1] == "1 位都已經有「市集」。"


def test_while_nobody_is_selected_tags_are_filters_with_three_states(page: MembersPage, hands: Hands) -> None:
    filters = page.panel.filters
    tags = {tag.name: tag for tag in filters.lines.tags}
    assert tags["熟客"].people == 4
    filters.ask(tags["熟客"])
    hands.rest()
    assert page.list.count == 4
    assert page.list.bar.chips.texts == ["標籤 熟客"]
    filters.ask(tags["熟客"])
    hands.rest()
    assert page.list.count == 8
    assert page.list.bar.chips.texts == ["沒有標籤 熟客"]
    filters.ask(tags["熟客"])
    hands.rest()
    assert page.list.count == 12
    alt, ctrl = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
    shown = []
    for modifiers in (alt, ctrl, ctrl, ctrl, alt, alt):
        filters.ask(tags["VIP"], modifiers)
        hands.rest()
        shown.append(page.list.count)
    assert shown == [10, 2, 12, 2, 10, 12]


def test_filters_by_mouse_and_keys(page: MembersPage, hands: Hands) -> None:
    filters = page.panel.filters
    place = filters.visualRect(filters.lines.index(0)).center()
    hands.qtbot.mouseClick(filters.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hands.rest()
    assert page.list.count == 4
    filters.setFocus()
    filters.setCurrentIndex(filters.lines.index(0))
    hands.key(Qt.Key.Key_Space)
    assert page.list.count == 8


def test_tagging_keeps_the_rows_under_the_hand_until_asked(page: MembersPage, hands: Hands) -> None:
    page.list.bar.set_query("-tag:any")
    hands.rest()
    before = hands.names()
    assert len(before) == 5
    hands.click(0)
    page.tagger.put("外帶")
    hands.rest()
    assert hands.names() == before
    assert hands.selected_names() == before[:1]
    assert not page.list.hints.refresh.isHidden()
    page.tagger.put("VIP")
    hands.rest()
    assert hands.tags_of(before[0]) == ["外帶", "VIP"]
    page.list.hints.refresh.click()
    hands.rest()
    assert hands.names() == before[1:]
    assert page.list.hints.refresh.isHidden()


def test_all_that_matched_stay_the_ones_meant_after_they_match_no_more(
    page: MembersPage, hands: Hands
) -> None:
    page.list.bar.set_query("-tag:any")
    hands.rest()
    five = hands.names()
    page.list.table.setFocus()
    hands.key(Qt.Key.Key_A, CTRL)
    page.tagger.put("外帶")
    hands.rest()
    page.tagger.put("VIP")
    hands.rest()
    assert [hands.tags_of(name) for name in five] == [["外帶", "VIP"]] * 5
    assert "VIP" not in hands.tags_of("郭子軒")


def test_a_change_from_elsewhere_changes_the_list_and_keeps_place_and_selection(
    page: MembersPage, hands: Hands
) -> None:
    page.list.bar.set_query("tag:熟客")
    hands.rest()
    hands.click(1)
    assert hands.selected_names() == ["王怡君"]
    hands.write(lambda db: tagging.tag(db, Selection.of([2]), "熟客"))
    assert hands.names() == ["吳雅婷", "郭子軒", "王怡君", "陳冠宇", "黃志明"]
    assert hands.selected_names() == ["王怡君"]
    hands.write(lambda db: tagging.untag(db, Selection.of([1]), "熟客"))
    assert page.list.selected_count() == 0


def test_many_people_are_asked_about_first(
    page: MembersPage, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.members.tagging.tagger.MANY", 5)
    page.list.table.setFocus()
    hands.key(Qt.Key.Key_A, CTRL)
    page.tagger.put("外帶")
    hands.rest()
    method, title, text = hands.desk.dialogs.asked[-1]
    assert (method, title) == ("confirm", "把「外帶」貼給 12 位？")
    assert "吳雅婷" in text
    assert hands.tags_of("吳雅婷") == ["市集"]
    hands.desk.dialogs.answers["confirm"] = True
    page.tagger.put("外帶")
    hands.rest()
    assert hands.tags_of("吳雅婷") == ["市集", "外帶"]


def test_no_messages_from_the_rows_menu(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    page.list.table.menu_asked.emit(page.mapToGlobal(page.rect().center()))
    menu = page.menus.shown
    assert menu is not None
    texts = [action.text() for action in menu.actions()]
    assert "設為不發訊息" in texts
    assert "恢復可發訊息" not in texts
    next(action for action in menu.actions() if action.text() == "設為不發訊息").trigger()
    menu.close()
    hands.rest()
    assert page.list.table.rows.index(0, 8).data() == "不發訊息"
    hands.desk.actions.trigger("shell.undo")
    hands.rest()
    assert page.list.table.rows.index(0, 8).data() == "已綁定"


def test_tags_on_and_off_from_the_rows_menu(page: MembersPage, hands: Hands) -> None:
    hands.click(4)
    page.list.table.menu_asked.emit(page.mapToGlobal(page.rect().center()))
    menu = page.menus.shown
    assert menu is not None
    menus = {action.text(): action.menu() for action in menu.actions() if action.menu()}
    put, take = menus["貼上標籤"], menus["移除標籤"]
    assert put is not None
    assert take is not None
    assert {action.text() for action in take.actions()} == {"VIP", "熟客"}
    next(action for action in put.actions() if action.text() == "外帶").trigger()
    menu.close()
    hands.rest()
    assert hands.tags_of("王怡君") == ["熟客", "VIP", "外帶"]


def test_a_tags_menu_pins_unpins_and_shows_its_people(page: MembersPage, hands: Hands) -> None:
    tag = next(tag for tag in page.panel.now.tags if tag.name == "VIP")
    page.menus.tag(tag, page.mapToGlobal(page.rect().center()))
    menu = page.menus.shown
    assert menu is not None
    places = menu.actions()[0].menu()
    assert places is not None
    places.actions()[2].trigger()
    menu.close()
    hands.rest()
    assert page.panel.now.pinned[3].name == "VIP"
    page.menus.tag(tag, page.mapToGlobal(page.rect().center()))
    menu = page.menus.shown
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    actions["取消釘選"].trigger()
    actions["只看「VIP」的會員"].trigger()
    menu.close()
    hands.rest()
    assert page.panel.now.pinned == {}
    assert hands.names() == ["王怡君", "劉俊傑"]


def test_without_a_mouse_search_select_tag_and_take_back(page: MembersPage, hands: Hands) -> None:
    page.list.table.setFocus()
    hands.key(Qt.Key.Key_F, CTRL)
    assert page.list.bar.field.hasFocus()
    hands.type("store:信義店")
    hands.key(Qt.Key.Key_Return)
    assert page.list.table.hasFocus()
    hands.key(Qt.Key.Key_A, CTRL)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.type("信義常客")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.list.table
    assert all("信義常客" in hands.tags_of(name) for name in ("王怡君", "劉俊傑", "曾柏翰", "陳冠宇"))
    hands.key(Qt.Key.Key_Z, CTRL)
    assert all("信義常客" not in hands.tags_of(name) for name in ("王怡君", "劉俊傑", "曾柏翰", "陳冠宇"))
    assert members.selection_facts(hands.desk.jobs.page_reader, page.list.selection()).people == 4
