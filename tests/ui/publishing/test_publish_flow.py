"""Publishing from a page, against LINE on loopback: from the press to what friends see, and the ways back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop import text
from desktop.core.changes import Changes, Kind
from desktop.core.message import message
from desktop.core.people.query_text import parse
from desktop.operations.planning import publishing
from desktop.operations.planning.publishing.roster import shop_day
from desktop.simulator.simulator import Simulator
from desktop.store import condition_sql
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_dialog import ConnectDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.publishing import words
from desktop.ui.publishing.dialogs.insight_dialog import InsightDialog
from desktop.ui.publishing.drawing import drawn
from desktop.ui.publishing.watch import MenuWatch
from tests.ui.line_shop import BOUND
from tests.ui.publishing.place import Place, make_place, user_id
from tests.ui.publishing.planned_menus import menu, save
from tests.ui.shop_window import FakeDialogs, open_page


def named(line: Simulator, menu_id: str | None) -> str:
    """What the owner calls a menu that LINE has; "" for none."""
    if menu_id is None:
        return ""
    return str(line.state.menus.menus[menu_id].object["name"]).split(" (")[0]


def seen_by(line: Simulator, person: int) -> str:
    return named(line, line.state.menus.seen_by(user_id(person)))


def said(place: Place) -> str:
    """Everything the card says."""
    parts = [label.text() for label in place.card.findChildren(QLabel) if not label.isHidden()]
    return " ".join(parts + [button.text() for button in place.card.findChildren(QAbstractButton)])


@pytest.fixture
def two(place: Place) -> Place:
    """Two menus are live: the linked people's and the default."""
    place.plan("會員版", "bound:yes")
    place.plan("新好友版")
    place.publish()
    assert place.jobs[0].state == "done", place.jobs[0].error
    return place


def test_two_menus_are_published_after_a_press_and_everybody_sees_hers(place: Place, line: Simulator) -> None:
    place.plan("會員版", "bound:yes")
    place.plan("新好友版")
    sheet = place.look()
    assert sheet.no.isDefault()
    assert not sheet.yes.autoDefault()
    assert any("2 個選單" in told for told in sheet.told)
    assert any("9 位" in told for told in sheet.told)
    assert line.state.menus.menus == {}
    sheet.accept()
    place.finish()
    assert place.jobs[0].state == "done", place.jobs[0].error
    live = publishing.live(place.desk.jobs.page_reader)
    assert [(one.name, one.role, one.people) for one in live.menus] == [
        ("會員版", "people", 9),
        ("新好友版", "default", 0),
    ]
    assert {named(line, which) for which in line.state.menus.links.values()} == {"會員版"}
    assert set(line.state.menus.links) == set(BOUND)
    assert named(line, line.state.menus.default) == "新好友版"
    for made in line.state.menus.menus.values():
        picture = line.state.menus.picture(made)
        assert picture[:2] in (b"\xff\xd8", b"\x89P")
        assert len(picture) <= 1_000_000
    assert place.card.badge.isHidden()
    assert "會員版" in said(place)
    assert "9 位" in said(place)


def test_cancel_publishes_nothing(place: Place, line: Simulator) -> None:
    place.plan("新好友版")
    place.look().reject()
    place.settle()
    assert place.jobs == []
    assert not any("richmenu" in one.path and one.method == "POST" for one in line.requests)


def test_a_menu_that_breaks_a_rule_is_named_and_cannot_be_pressed(place: Place) -> None:
    place.desk.jobs.in_writer(lambda db: save(db, "空的", menu(titles=("", "", ""), act=False)))
    sheet = place.look()
    assert not sheet.yes.isEnabled()
    assert sheet.yes.isHidden()
    assert any("空的" in told for told in sheet.told)
    sheet.reject()
    assert place.jobs == []


def test_a_menu_somebody_deleted_at_line_is_offered_again(two: Place, line: Simulator) -> None:
    menus = line.state.menus
    assert menus.default is not None
    menus.delete(menus.menus[menus.default])
    assert seen_by(line, 25) == ""
    two.publish()
    assert two.jobs[0].state == "done"
    assert named(line, menus.default) == "新好友版"


def test_another_programs_default_is_told_of_in_the_sheet(place: Place, line: Simulator) -> None:
    menus = line.state.menus
    place.plan("新好友版")
    place.publish()
    assert menus.default is not None
    theirs = menus.create(menus.menus[menus.default].object | {"name": "別家"}, 0.0)
    menus.put_picture(theirs, b"x", "image/png")
    menus.default = theirs.id
    sheet = place.look()
    assert any(text.render(message("publishing.note_other_program")) in told for told in sheet.told)
    sheet.reject()
    assert menus.default == theirs.id


def test_what_is_there_already_is_not_published_again(two: Place, line: Simulator) -> None:
    two.dialogs.shown.clear()
    before = len(line.state.menus.menus)
    two.flow.start()
    two.settle()
    assert two.dialogs.shown == []
    assert (len(two.jobs), len(line.state.menus.menus)) == (1, before)


def test_a_menu_edited_while_the_pictures_are_drawn_is_shown_again_before_it_goes(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = place.plan("新好友版")
    changed = menu(titles=("甲", "乙", "丙"))

    def edit_after(*args: object) -> object:
        pictures = drawn(*args)  # type: ignore[arg-type]
        place.desk.jobs.in_writer(lambda db: save(db, "新好友版", changed, plan))
        monkeypatch.undo()
        return pictures

    monkeypatch.setattr("desktop.ui.publishing.flow.drawn", edit_after)
    place.look().accept()
    place.settle()
    assert place.jobs == []
    assert len(place.dialogs.shown) == 2
    place.flow.sheet.accept()  # type: ignore[union-attr]
    place.finish()
    assert [job.state for job in place.jobs] == ["done"]


def test_taking_back_shows_the_managers_menu_again(two: Place, line: Simulator) -> None:
    two.dialogs.answers["confirm"] = True
    assert two.card.shown is not None
    two.flow.take_back(two.card.shown.live)
    two.finish()
    assert (two.jobs[0].kind, two.jobs[0].state) == ("take_back", "done")
    assert line.state.menus.default is None
    assert line.state.menus.links == {}
    assert any("9 位" in text for _, _, text in two.dialogs.asked)
    assert "現在沒有從這裡發佈的選單" in said(two)


def test_the_publication_before_comes_back(two: Place, line: Simulator) -> None:
    plan = next(
        one.plan_id for one in publishing.live(two.desk.jobs.page_reader).menus if one.role == "default"
    )
    two.desk.jobs.in_writer(lambda db: save(db, "聖誕版", menu(titles=("甲", "乙", "丙")), plan))
    two.publish()
    assert seen_by(line, 12) == "聖誕版"
    two.dialogs.answers["confirm"] = True
    assert two.card.shown is not None
    two.flow.restore(two.card.shown.live)
    two.finish()
    assert (two.jobs[0].kind, two.jobs[0].state) == ("restore", "done")
    assert seen_by(line, 12) == "新好友版"
    assert seen_by(line, 1) == "會員版"


def test_a_menu_deleted_at_line_comes_back_with_its_publication(two: Place, line: Simulator) -> None:
    menus = line.state.menus
    old = menus.default
    assert old is not None
    plan = next(
        one.plan_id for one in publishing.live(two.desk.jobs.page_reader).menus if one.role == "default"
    )
    two.desk.jobs.in_writer(lambda db: save(db, "聖誕版", menu(titles=("甲", "乙", "丙")), plan))
    two.publish()
    menus.delete(menus.menus[old])
    two.dialogs.answers["confirm"] = True
    assert two.card.shown is not None
    two.flow.restore(two.card.shown.live)
    two.finish()
    assert (two.jobs[0].kind, two.jobs[0].state) == ("restore", "done")
    assert seen_by(line, 12) == "新好友版"


def test_newly_linked_people_get_their_menu_by_one_click(two: Place, line: Simulator) -> None:
    line.seed({user_id(10): {"display_name": "楊"}, user_id(11): {"display_name": "黃"}})
    assert two.banner.text == ""
    two.bind(10, 11)
    two.refresh()
    assert two.banner.text == "上次發佈後新綁定 2 位，換成「會員版」。"
    two.banner.press()
    two.finish()
    assert (two.jobs[0].kind, two.jobs[0].state, two.jobs[0].people) == ("links", "done", 2)
    assert seen_by(line, 10) == seen_by(line, 11) == "會員版"
    assert two.banner.text == ""


def test_an_import_says_whose_menu_should_change(two: Place, line: Simulator) -> None:
    line.seed({user_id(10): {"display_name": "楊"}})
    page = open_page(two.window, "import", two.qtbot)
    two.bind(10)
    two.desk.jobs.publish(Changes.of(Kind.PEOPLE, count=1))
    two.qtbot.waitUntil(lambda: bool(page.bar.text), timeout=5000)
    assert "新綁定 1 位" in page.bar.text
    page.bar.press()
    two.finish()
    assert seen_by(line, 10) == "會員版"


def test_the_start_says_it_once_and_not_where_it_is_said_anyway(two: Place) -> None:
    page = open_page(two.window, "members", two.qtbot)
    two.bind(10)
    watch = MenuWatch(two.desk.jobs, lambda: two.window.shell)
    watch.look()
    two.settle()
    assert "新綁定 1 位" in page.bar.text
    page.bar.clear()
    watch.look()
    two.settle()
    assert page.bar.text == ""


def test_a_period_that_begins_is_confirmed_by_the_owner(two: Place, line: Simulator) -> None:
    today = shop_day(two.desk.jobs.page_reader)
    two.plan("VIP 版", "tag:VIP", starts=today.isoformat(), ends=(today + timedelta(days=7)).isoformat())
    two.refresh()
    assert "VIP 版" in two.banner.text
    assert seen_by(line, 1) == "會員版"
    two.banner.press()
    two.settle()
    two.flow.sheet.accept()  # type: ignore[union-attr]
    two.finish()
    assert two.jobs[0].state == "done"
    assert two.banner.text == ""


def test_results_are_read_back_from_line(two: Place, line: Simulator) -> None:
    line.configure_account(targeted_reaches=5000)
    two.desk.jobs.in_writer(
        lambda db: db.run("UPDATE published_menu SET created_at = '2026-01-01T00:00:00.000000Z'")
    )
    for made in line.state.menus.menus.values():
        made.created -= 86_400 * 5
    two.card.show_insight()
    two.settle()
    dialog = two.dialogs.shown[-1]
    assert isinstance(dialog, InsightDialog)
    assert all("還沒有讀取過" in told for told in dialog.said)
    dialog.read.click()
    two.settle()
    default = next(one for one in publishing.live(two.desk.jobs.page_reader).menus if one.role == "default")
    assert default.insight is not None
    assert default.insight.impressions
    assert any(f"{default.insight.impressions:,}" in told for told in dialog.said)
    assert any("點擊" in told for told in dialog.said)
    (chart,) = dialog.charts
    assert chart.values() == len(default.insight.days) == 5
    last = default.insight.days[-1]
    assert f"{last.impressions:,} 次" in chart.spoken(4)


def test_the_number_beside_a_menu_leads_to_the_people_who_have_it(place: Place) -> None:
    place.plan("VIP 版", "tag:VIP OR store:官網")
    place.plan("會員版", "bound:yes")
    place.plan("新好友版")
    place.publish()
    live = publishing.live(place.desk.jobs.page_reader)
    for at, one in enumerate(live.menus[:2]):
        found = condition_sql.ids(
            place.desk.jobs.page_reader, parse(words.who_has(live, at), extra_columns=None)
        )
        assert len(found) == one.people > 0


def test_without_an_account_it_leads_to_connecting(
    window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    place = make_place(window, desk, dialogs, qtbot)
    place.plan("新好友版")
    place.refresh()
    assert "還沒有連接" in said(place)
    place.flow.start()
    place.settle()
    assert isinstance(dialogs.shown[-1], ConnectDialog)
    assert place.jobs == []
