"""What an owner is told and can press where a publication did not simply go through: what is in the way and where it is mended, what
a stopped press left, whom LINE refused, and what waits in the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.operations.planning import plans, publishing
from desktop.operations.planning.publishing.roster import shop_day
from desktop.simulator.simulator import Simulator
from desktop.ui import theme
from desktop.ui.outbox.details.publication_dialog import PublicationDetails
from desktop.ui.outbox.filters import OutboxPart
from desktop.ui.outbox.page import OutboxPage
from desktop.ui.outbox.rows import either
from desktop.ui.outbox.rows.prepared_row import PreparedRow
from desktop.ui.outbox.upload_table import ACT, NAME, PEOPLE, PROGRESS, STATE, TIME
from desktop.ui.publishing.dialogs.fitting_area import FittingArea
from desktop.ui.publishing.states import MenuAct
from desktop.ui.rich_menu.page import RichMenuPage
from tests.ui.publishing.place import Place, user_id
from tests.ui.publishing.planned_menus import menu, save
from tests.ui.shop_window import open_page


@pytest.fixture
def two(place: Place) -> Place:
    """Two menus are live: the linked people's and the default."""
    place.plan("會員版", "bound:yes")
    place.plan("新好友版")
    place.publish()
    return place


def outbox(place: Place) -> OutboxPage:
    page = cast(OutboxPage, open_page(place.window, "outbox", place.qtbot))
    place.settle()
    return page


def cells(page: OutboxPage, *columns: int) -> tuple[str, ...]:
    return tuple(str(page.table.uploads.index(0, column).data()) for column in columns)


def on_card(place: Place) -> str:
    return " ".join(label.text() for label in place.card.findChildren(QLabel) if not label.isHidden())


def lacking() -> RichMenu:
    """A menu with two things to mend: no words on its bar, and an address that is missing."""
    made = replace(menu(), chat_bar_text="")
    return made.with_area(1, action=Action(ActionKind.URI, uri=""))


def test_each_line_of_what_is_in_the_way_leads_to_its_field(place: Place, qapp: QApplication) -> None:
    number = place.desk.jobs.in_writer(lambda db: save(db, "缺的", lacking())).plan.id
    place.plan("好的", "bound:yes")
    theme.apply(qapp, theme="light", scale=100, language="zh_TW", window=place.window)
    sheet = place.look()
    assert [one.field for one in sheet.publication.obstacles] == ["chat_bar_text", "action.uri"]
    assert [way.text() for way in sheet.ways] == ["去修改", "去修改"]
    # Both lines are high enough to be read, as they are dressed in the window.
    area = sheet.findChildren(FittingArea)[0]
    assert area.sizeHint().height() >= area.widget().heightForWidth(area.sizeHint().width())
    assert area.sizeHint().height() > 2 * sheet.ways[0].sizeHint().height()
    sheet.ways[1].click()
    place.settle()
    page = place.window.shell.stack.current
    assert isinstance(page, RichMenuPage)
    assert (page.open_menu.plan_id, page.open_menu.areas) == (number, (1,))
    page.flow.start()
    place.settle()
    place.dialogs.shown[-1].ways[0].click()
    place.settle()
    assert page.editor.settings.isVisible()


def test_what_was_to_be_mended_in_a_deleted_menu_is_looked_for_in_no_other(place: Place) -> None:
    number = place.desk.jobs.in_writer(lambda db: save(db, "缺的", lacking())).plan.id
    place.plan("好的", "bound:yes")
    sheet = place.look()
    place.desk.jobs.in_writer(lambda db: plans.delete(db, number))
    sheet.ways[1].click()
    place.settle()
    page = place.window.shell.stack.current
    assert isinstance(page, RichMenuPage)
    assert (page.open_menu.menu.name, page.open_menu.areas) == ("好的", ())


def test_without_a_menu_for_today_it_leads_to_the_menus(place: Place) -> None:
    place.plan("以後", starts="2099-01-01")
    sheet = place.look()
    sheet.ways[0].click()
    place.settle()
    assert isinstance(place.window.shell.stack.current, RichMenuPage)


def test_a_take_back_that_was_stopped_is_said_with_what_is_live(two: Place, line: Simulator) -> None:
    line.faults.add("status", status=500, path="/bulk/unlink$", count=None)
    two.desk.jobs.in_writer(publishing.take_back)
    two.desk.line.try_now()
    two.finish()
    number = two.jobs[0].id
    two.desk.jobs.in_writer(lambda db: publishing.cancel(db, number))
    two.refresh()
    assert "「收回」中途停止" in on_card(two)
    assert "新好友版" not in on_card(two)
    assert "會員版" in on_card(two)
    assert "9 位好友，不確定看到哪個選單" in on_card(two)
    assert "「收回」中途停止" in two.banner.text
    line.faults.clear()
    two.banner.press()
    two.settle()
    two.flow.sheet.accept()  # type: ignore[union-attr]
    two.finish()
    assert "中途停止" not in on_card(two) + two.banner.text


def test_whom_line_refuses_is_named_and_tried_again(two: Place, line: Simulator) -> None:
    line.configure(foreign_ids={user_id(10)})
    two.bind(10)
    two.refresh()
    two.banner.press()
    two.finish()
    assert "LINE 沒有接受 1 位" in on_card(two)
    page = outbox(two)
    assert cells(page, NAME, STATE, ACT) == ("圖文選單：更換", "有人沒換成", "再試一次")
    assert "LINE 沒有接受 1 位" in cells(page, PROGRESS)[0]
    page.show_details(two.jobs[0])
    two.settle()
    dialog = two.dialogs.shown[-1]
    assert isinstance(dialog, PublicationDetails)
    name = two.desk.jobs.page_reader.value("SELECT name FROM person WHERE id = 10")
    assert dialog.left_out.text() == f"沒換成的人：{name}"
    assert dialog.known is not None
    assert [dialog.known.state_of(request) for request, _ in dialog.known.requests] == ["refused"]
    dialog.reject()
    line.configure(foreign_ids=set())
    line.seed({user_id(10): {"display_name": "楊"}})
    page.do(two.jobs[0], MenuAct.AGAIN)
    two.finish()
    assert user_id(10) in line.state.menus.links
    assert "沒有接受" not in on_card(two)


def test_a_period_that_begins_waits_in_the_outbox_for_its_press(two: Place, line: Simulator) -> None:
    today = shop_day(two.desk.jobs.page_reader)
    number = two.plan(
        "VIP 版",
        "tag:VIP OR store:官網",
        starts=today.isoformat(),
        ends=(today + timedelta(days=7)).isoformat(),
    )
    first = publishing.live(two.desk.jobs.page_reader).menus[0].plan_id
    two.desk.jobs.in_writer(lambda db: plans.move(db, number, before=first))
    page = outbox(two)
    row = page.seen.rows[0]
    assert isinstance(row, PreparedRow)
    assert cells(page, NAME, STATE, ACT) == ("換上「VIP 版」", "等您確認", "現在換")
    assert cells(page, PEOPLE)[0] == str(row.prepared.people) != "0"
    assert str(today.day) in cells(page, TIME)[0]
    assert "官網" in cells(page, PROGRESS)[0]
    assert "等您確認" in either.spoken(row, "等您確認", page.seen.of(row))
    page.tabs.choose(OutboxPart.ATTENTION)
    assert page.table.uploads.rows[0] == row
    page.do(row, MenuAct.MENUS)
    two.settle()
    opened = two.window.shell.stack.current
    assert isinstance(opened, RichMenuPage)
    assert opened.open_menu.plan_id == number
    page = outbox(two)
    before = len(line.requests)
    page.table.press(0)
    two.settle()
    assert not any(one.method == "POST" for one in list(line.requests)[before:])
    two.dialogs.shown[-1].accept()
    two.finish()
    two.settle()
    assert not any(isinstance(one, PreparedRow) for one in page.seen.rows)
    assert two.jobs[0].state == "done"


def test_people_who_should_have_another_menu_wait_there_too(two: Place, line: Simulator) -> None:
    line.seed({user_id(10): {"display_name": "楊"}})
    two.bind(10)
    page = outbox(two)
    assert cells(page, NAME, PEOPLE, TIME, ACT) == ("圖文選單：更換", "1", "—", "現在換")
    assert "會員版" in cells(page, PROGRESS)[0]
    page.table.press(0)
    two.finish()
    two.settle()
    assert user_id(10) in line.state.menus.links
    assert not any(isinstance(one, PreparedRow) for one in page.seen.rows)
