"""The forms beside the phone: an area's words and action, layouts, looks, settings; and the checks with their cures."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.goals import GOALS
from desktop.core.planning.rich_menu.grid import covers
from desktop.core.planning.rich_menu.layouts import LAYOUTS
from desktop.core.planning.rich_menu.looks import LOOKS
from desktop.core.planning.rich_menu.menu import COMPACT, Area
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.rich_menu.area.action_fields import FIELDS_OF, KINDS
from desktop.ui.rich_menu.cards.finding_row import Finding
from desktop.ui.rich_menu.cards.goals_card import with_entry
from desktop.ui.rich_menu.page import RichMenuPage
from tests.ui.rich_menu.menus_page import LINK, action_of, begun_page, kept
from tests.ui.shop_window import settle


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot) -> RichMenuPage:
    return begun_page(window, desk, qtbot)


def type_into(field: object, text: str) -> None:
    field.setText(text)  # type: ignore[attr-defined]
    field.textEdited.emit(text)  # type: ignore[attr-defined]


def finding(page: RichMenuPage, check: str) -> Finding | None:
    page.editor.checks.check()
    return next((one for one in page.editor.checks.list.findings() if one.key[0] == check), None)  # type: ignore[index]


def test_each_kind_shows_its_own_fields(page: RichMenuPage) -> None:
    page.open_menu.choose(1)
    form = page.editor.area.action
    fields = {**form.typed, **form.chosen}
    for kind in KINDS:
        form._choose_kind(ActionKind(kind))
        wanted = set(FIELDS_OF[ActionKind(kind)]) - {"fill_in_text"}
        assert {name for name, field in fields.items() if form.rows.is_shown(field)} == wanted
        assert action_of(page, 1).kind == kind
    form._choose_kind(ActionKind.POSTBACK)
    form.chosen["input_option"].chosen.emit("openKeyboard")
    assert form.rows.is_shown(form.typed["fill_in_text"])


def test_what_was_typed_for_another_kind_comes_back(page: RichMenuPage) -> None:
    page.open_menu.choose(0)
    form = page.editor.area.action
    form._choose_kind(ActionKind.CALL)
    type_into(form.typed["phone"], "02-2345-6789")
    form._choose_kind(ActionKind.MESSAGE)
    # A message begins with what stands on the area.
    assert action_of(page, 0).text == page.open_menu.menu.areas[0].title != ""
    form._choose_kind(ActionKind.CALL)
    assert action_of(page, 0) == Action(ActionKind.CALL, text="02-2345-6789", uri=LINK)
    form._choose_kind(ActionKind.URI)
    assert form.typed["uri"].text() == LINK


def test_an_address_without_its_beginning_is_completed(page: RichMenuPage) -> None:
    page.open_menu.choose(0)
    uri = page.editor.area.action.typed["uri"]
    type_into(uri, "daydaycoffee.example/bind?a=1")
    assert page.editor.area.action.rows.set_error is not None
    uri.editingFinished.emit()
    assert action_of(page, 0).uri == "https://daydaycoffee.example/bind?a=1"
    assert uri.text() == "https://daydaycoffee.example/bind?a=1"


def test_what_line_refuses_is_said_below_its_field(page: RichMenuPage) -> None:
    page.open_menu.choose(0)
    form = page.editor.area.action
    type_into(form.typed["uri"], "ftp://shop.example")
    assert form.rows._wrong[form.typed["uri"]].isVisible()
    type_into(form.typed["uri"], LINK)
    assert not form.rows._wrong[form.typed["uri"]].isVisible()
    type_into(form.label, "很長的名稱" * 5)
    assert form.rows._wrong[form.label].text()


def test_composing_changes_nothing_until_it_is_committed(page: RichMenuPage) -> None:
    page.open_menu.choose(1)
    words = page.editor.area.words
    words.setFocus()
    words.clear()
    before = page.open_menu.menu.areas[1].title
    QApplication.sendEvent(words, QInputMethodEvent("ㄎㄚ", []))
    page.open_menu.change(chat_bar_text="別的編輯")
    assert words.composing
    assert page.open_menu.menu.areas[1].title == before
    commit = QInputMethodEvent("", [])
    commit.setCommitString("咖啡")
    QApplication.sendEvent(words, commit)
    assert page.open_menu.menu.areas[1].title == "咖啡"


def test_typing_in_one_field_is_undone_at_once(page: RichMenuPage) -> None:
    page.open_menu.choose(1)
    before = page.open_menu.menu
    for text in ("新", "新品", "新品上"):
        type_into(page.editor.area.words, text)
    type_into(page.editor.area.small, "限量")
    page.open_menu.undo()
    assert page.open_menu.menu.areas[1].title == "新品上"
    page.open_menu.undo()
    assert page.open_menu.menu == before
    assert page.editor.area.words.text() == before.areas[1].title


def test_icon_colour_and_goal_are_the_area_s(page: RichMenuPage) -> None:
    page.open_menu.choose(2)
    area = page.editor.area
    area.icon.click()
    area.icons.tiles["crown"].click()
    colour = list(area.colours.swatches)[1]
    area.colours.swatches[colour].click()
    area.goal.chosen.emit("news")
    changed = page.open_menu.menu.areas[2]
    assert (changed.icon, changed.colour, changed.goal) == ("crown", colour, "news")


def test_a_layout_keeps_what_the_areas_say(page: RichMenuPage) -> None:
    titles = [area.title for area in page.open_menu.menu.areas]
    page.editor.layouts.ours.tiles["large_9"].click()
    menu = page.open_menu.menu
    assert menu.layout == "large_9"
    assert [area.title for area in menu.areas][:7] == titles
    page.editor.layouts.size_choice.chosen.emit(COMPACT)
    menu = page.open_menu.menu
    assert menu.size == COMPACT
    assert covers([area.rect for area in menu.areas], COMPACT)
    offered = {*page.editor.layouts.lines.tiles, *page.editor.layouts.ours.tiles}
    assert offered == {one.id for one in LAYOUTS.values() if one.size == COMPACT}


def test_looks_are_drawn_on_the_menu_itself(page: RichMenuPage, qtbot: QtBot) -> None:
    look = page.editor.look
    page.editor.show_panel("look")
    qtbot.waitUntil(lambda: set(look._samples) == set(LOOKS), timeout=10_000)
    assert len({bytes(image.constBits()[:40_000]) for image in look._samples.values()}) > 4  # type: ignore[index]
    look.looks.tiles["night"].click()
    look.palettes.swatches["ocean"].click()
    style = page.open_menu.menu.style
    assert (style.look, style.palette) == ("night", "ocean")


def test_days_are_read_as_owners_write_them(page: RichMenuPage) -> None:
    starts, ends = (page.editor.settings.days[day] for day in ("starts", "ends"))
    type_into(starts, "2026/12/1")
    type_into(ends, "2026-12-3")
    menu = page.open_menu.menu
    assert (menu.starts, menu.ends) == ("2026-12-01", "2026-12-03")
    type_into(ends, "下個月")
    assert page.open_menu.menu.ends == "2026-12-03"
    assert ends.property("wrong")
    type_into(ends, "")
    assert page.open_menu.menu.ends == ""


def test_a_long_bar_is_counted_as_line_counts_and_mended_by_one_press(page: RichMenuPage) -> None:
    type_into(page.editor.settings.bar, "點這裡看本月所有活動與優惠內容")
    found = finding(page, "chat_bar_long")
    assert found is not None
    assert found.run is not None
    assert "15" in page.editor.settings.rows._wrong[page.editor.settings.bar].text()
    found.run()
    assert page.open_menu.menu.chat_bar_text == "點這裡看本月所有活動與優惠內"
    assert page.editor.checks.errors == 0


def test_a_missing_address_is_taken_from_another_menu(
    page: RichMenuPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.open_menu.put(page.open_menu.menu.with_area(0, action=Action(ActionKind.URI)))
    found = finding(page, "uri_missing")
    assert found is not None
    assert found.cure == "用同一個網址"
    assert found.run is not None
    found.run()
    # The button is gone with its line: the focus stays on the page, at what was filled in.
    assert page.editor.area.action.typed["uri"].hasFocus()
    assert action_of(page, 0).uri == LINK


def test_what_only_the_owner_can_mend_is_one_press_away(page: RichMenuPage) -> None:
    page.open_menu.put(page.open_menu.menu.with_area(3, action=Action()))
    found = finding(page, "none")
    assert found is not None
    assert found.run is not None
    page.editor.show_panel("layout")
    found.run()
    assert page.open_menu.areas == (3,)
    assert page.editor.area.isVisible()
    assert page.editor.area.action.kind.hasFocus()


def test_every_finding_that_is_not_in_order_has_a_press(page: RichMenuPage) -> None:
    broken = page.open_menu.menu.with_area(1, action=Action(ActionKind.URI, uri="ftp://x"), title="", icon="")
    broken = broken.with_area(2, action=Action(ActionKind.SWITCH), subtitle="")
    page.open_menu.put(broken)
    page.open_menu.change(chat_bar_text="", starts="2026-12-09", ends="2026-12-01")
    page.editor.checks.check()
    bad = [one for one in page.editor.checks.list.findings() if one.state != "ok"]
    assert len(bad) >= 4
    assert all(one.cure and one.run is not None for one in bad)


def test_a_missing_goal_is_put_in_by_one_press(page: RichMenuPage) -> None:
    page.open_menu.choose(5)
    news = next(at for at, area in enumerate(page.open_menu.menu.areas) if area.goal == "news")
    page.open_menu.put(page.open_menu.menu.with_area(news, goal="", title="樹", icon="", subtitle=""))
    page.editor.goals.check()
    row = next(row for row in page.editor.goals.list.rows if row.finding.key == "news")
    assert row.finding.state == "warning"
    row.cure.click()
    menu = page.open_menu.menu
    assert len(menu.areas) == 8
    assert menu.areas[page.open_menu.areas[0]].goal == "news"
    assert covers([area.rect for area in menu.areas], menu.size)
    assert next(row for row in page.editor.goals.list.rows if row.finding.key == "news").finding.state == "ok"


def test_goals_fill_blank_areas_first(page: RichMenuPage) -> None:
    menu = page.open_menu.menu
    blank = menu.with_area(4, title="", subtitle="", icon="", goal="", action=Action())
    assert blank.areas[4] == Area(blank.areas[4].rect)
    for goal in GOALS:
        filled, at = with_entry(blank, goal)
        assert at == 4
        assert (filled.areas[4].goal, len(filled.areas)) == (goal, len(menu.areas))


def test_two_menus_that_switch_lead_to_each_other(
    page: RichMenuPage, window: MainWindow, qtbot: QtBot
) -> None:
    other = next(number for number, name in page.editor.area.menus if name == "會員版")
    page.open_menu.put(page.open_menu.menu.with_area(0, action=Action(ActionKind.SWITCH, menu=other)))
    found = finding(page, "no_way_back")
    assert found is not None
    assert found.run is not None
    found.run()
    settle(window, qtbot)
    assert page.open_menu.plan_id == other


def test_a_tab_is_made_by_one_press_with_a_way_back(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.editor.layouts.ours.tiles["large_tabs_2"].click()
    page.open_menu.choose(1)
    kinds = page.editor.area.action.kind
    kinds.activated.emit(kinds.findData(ActionKind.SWITCH))
    assert page.open_menu.menu.areas[1].action.kind is ActionKind.SWITCH
    assert page.editor.area.action.tab.isVisible()
    page.editor.area.action.tab.click()
    settle(window, qtbot)
    first, tab = kept(desk)["新好友版"], kept(desk)["新好友版：分頁"]
    made = next(number for number, name in page.editor.area.menus if name == "新好友版：分頁")
    assert page.open_menu.menu.areas[1].action.menu == made
    assert (tab.areas[0].action.menu, tab.areas[1].action.menu) == (page.open_menu.plan_id, made)
    assert tab.for_whom == first.for_whom == ""
    # It stands behind the default, so that the default stays the one everybody sees.
    assert [row.whom for row in page.editor.menus.list.rows()][2:] == ["所有好友", "分頁"]
    assert finding(page, "no_way_back") is None
    assert not page.editor.area.action.tab.isVisible()


def test_a_menu_nobody_would_see_says_so(
    page: RichMenuPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    def told() -> bool:
        page.editor.checks.check()
        return any(one.key == "nobody" for one in page.editor.checks.list.findings())

    assert not told()
    page.buttons.copy.click()
    settle(window, qtbot)
    assert told()
    row = next(row for row in page.editor.checks.list.rows if row.finding.key == "nobody")
    row.cure.click()
    assert page.editor.settings.whom.hasFocus()
    page.open_menu.change(for_whom="tag:熟客")
    assert not told()


def test_the_weight_of_the_picture_is_told(page: RichMenuPage, window: MainWindow, qtbot: QtBot) -> None:
    page.files.weigh()
    settle(window, qtbot)
    found = finding(page, "image_ok")
    assert found is not None
    assert "2500" in found.text
    assert "KB" in found.text
