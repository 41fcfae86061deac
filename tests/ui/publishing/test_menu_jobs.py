"""Publications that cannot go straight through, seen from the outbox and the card: offline, refused, cut, cancelled, left over by
an earlier run. At the end LINE has each menu once."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.operations.line import uploading
from desktop.operations.planning import publishing
from desktop.operations.planning.publishing import MenuImage
from desktop.simulator.simulator import Simulator
from desktop.store import publishing as stored
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from desktop.ui.desk import Desk
from desktop.ui.menu_image.picture_file import image_bytes
from desktop.ui.opening.program import Program
from desktop.ui.outbox.details.publication_dialog import PublicationDetails
from desktop.ui.outbox.filters import OutboxPart
from desktop.ui.outbox.page import OutboxPage
from desktop.ui.outbox.rows import either
from desktop.ui.outbox.upload_table import ACT, NAME, PROGRESS, STATE
from desktop.ui.publishing.states import MenuAct
from tests.ui.line_shop import start
from tests.ui.publishing.place import Place, make_place
from tests.ui.publishing.planned_menus import menu, save
from tests.ui.shop_window import FakeDialogs, open_page, settle


def begin(place: Place) -> None:
    """Press, and wait for the job."""
    place.plan("新好友版")
    place.look().accept()
    place.qtbot.waitUntil(lambda: bool(place.jobs), timeout=10_000)


def outbox_page(place: Place, **arguments: object) -> OutboxPage:
    return cast(OutboxPage, open_page(place.window, "outbox", place.qtbot, **arguments))


def cell(page: OutboxPage, column: int) -> str:
    return str(page.table.uploads.index(0, column).data())


def until(place: Place, state: str) -> None:
    """Let the outbox work until the newest publication is in a state."""

    def arrived() -> bool:
        if place.jobs[0].state == state:
            return True
        if place.desk.jobs.is_idle:
            place.desk.line.try_now()
        return False

    place.qtbot.waitUntil(arrived, timeout=20_000)
    place.settle()


def test_a_publication_is_a_row_of_the_outbox_with_its_steps(place: Place) -> None:
    begin(place)
    place.finish()
    page = outbox_page(place, publishing=place.jobs[0].id)
    assert (cell(page, NAME), cell(page, STATE), cell(page, ACT)) == ("圖文選單：發佈", "完成", "看選單")
    assert page.table.current_row == place.jobs[0]
    assert page.table.current_job is None
    assert page.tabs.tabText(0).endswith("1")
    page.show_details(place.jobs[0])
    place.settle()
    dialog = place.dialogs.shown[-1]
    assert isinstance(dialog, PublicationDetails)
    assert dialog.known is not None
    methods = [request.method for request, _ in dialog.known.requests]
    assert methods[:3] == ["validate", "create", "image"]
    assert {name for _, name in dialog.known.requests} == {"新好友版"}
    assert {request.state for request, _ in dialog.known.requests} == {"done"}
    page.tabs.choose(OutboxPart.ATTENTION)
    assert page.stack.currentWidget() is page.none_here


def test_offline_it_waits_and_goes_out_by_itself(place: Place, line: Simulator) -> None:
    line.faults.add("captive_portal", path="richmenu", count=None)
    begin(place)
    page = outbox_page(place)
    place.qtbot.waitUntil(lambda: bool(page.seen.rows) and cell(page, STATE) == "等待網路", timeout=10_000)
    line.faults.clear()
    until(place, "done")
    assert len(line.state.menus.menus) == 1


def test_a_refused_key_stops_it_and_names_the_cure(place: Place, line: Simulator) -> None:
    line.faults.add("status", status=401, method="POST", path="richmenu", count=None)
    begin(place)
    until(place, "action_needed")
    place.refresh()
    assert "重新連線" in place.banner.text
    assert "重新連線" in " ".join(label.text() for label in place.card.findChildren(QLabel))
    page = outbox_page(place)
    assert cell(page, STATE) == "需要處理"
    assert cell(page, ACT) == "開啟設定"
    assert "LINE" in cell(page, PROGRESS)
    page.table.press(0)
    place.settle()
    assert place.window.shell is not None
    assert place.window.shell.stack.current is not None
    assert place.window.shell.stack.current.page_id == "settings"
    line.faults.clear()
    page.do(place.jobs[0], MenuAct.RETRY)
    until(place, "done")
    assert len(line.state.menus.menus) == 1


def test_signing_in_again_lets_it_go_on(place: Place, line: Simulator) -> None:
    line.faults.add("status", status=401, method="POST", path="richmenu", count=None)
    begin(place)
    until(place, "action_needed")
    line.faults.clear()
    assert place.desk.jobs.in_writer(uploading.after_sign_in).count == 1
    until(place, "done")
    assert len(line.state.menus.menus) == 1
    assert place.desk.jobs.in_writer(uploading.after_sign_in).count == 0


@pytest.mark.parametrize("fault", ["cut_before", "cut_after"])
@pytest.mark.parametrize("path", [r"/v2/bot/richmenu$", "/content", "/user/all/richmenu"])
def test_a_cut_at_any_request_leaves_one_menu_and_the_right_default(
    place: Place, line: Simulator, fault: str, path: str
) -> None:
    line.faults.add(fault, method="POST", path=path)
    begin(place)
    until(place, "done")
    (made,) = line.state.menus.menus.values()
    assert line.state.menus.picture(made)
    assert line.state.menus.default == made.id


def test_cancelling_ends_it_and_another_press_puts_it_right(place: Place, line: Simulator) -> None:
    line.faults.add("captive_portal", path="richmenu", count=None)
    begin(place)
    page = outbox_page(place)
    place.qtbot.waitUntil(lambda: bool(page.seen.rows) and cell(page, STATE) == "等待網路", timeout=10_000)
    assert cell(page, ACT) == "取消發佈"
    page.table.press(0)
    until(place, "cancelled")
    line.faults.clear()
    place.publish()
    assert [job.state for job in place.jobs] == ["done", "cancelled"]
    assert len(line.state.menus.menus) == 1


def press(db: Database) -> int:
    """Plan and press, as an earlier run did."""
    plan = save(db, "新好友版", menu()).plan
    with db.transaction():
        shop.put_json(db, "line_account", {"userId": "U" + "0" * 32, "displayName": "日日咖啡"})
    file = image_bytes(menu(), lambda _: None)
    return publishing.press(db, {plan.id: MenuImage(file.data, file.media_type)}).job.id


def test_after_a_restart_it_goes_on_by_one_press(
    program: Program, practice_path: Path, line: Simulator, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
    dialogs: FakeDialogs,
) -> None:  # fmt: skip
    with ShopFile.open(practice_path) as file:
        db = file.writer()
        job = press(db)
        account = line.state.account.user_id
        with db.transaction():
            db.run("UPDATE publishing SET account = ?", (account,))
            db.run("UPDATE published_menu SET account = ?", (account,))
            shop.put_json(db, "line_account", {"userId": account, "displayName": "日日咖啡"})
    window = start(program, practice_path, line, qtbot, monkeypatch)
    assert window.shell is not None
    desk = window.shell.desk
    assert isinstance(desk, Desk)
    settle(window, qtbot)
    assert line.state.menus.menus == {}
    assert window.shell.stack.current is not None
    assert "1 件還沒送到 LINE" in window.shell.stack.current.bar.text
    place = make_place(window, desk, dialogs, qtbot)
    place.refresh()
    assert "1 件圖文選單" in place.banner.text
    page = outbox_page(place)
    assert cell(page, STATE) == "等您確認"
    assert either.acts(page.seen.publishings[0], page.seen.of(page.seen.publishings[0]))[0] is MenuAct.CONFIRM
    page.bar.press()
    until(place, "done")
    known = stored.job(desk.jobs.page_reader, job)
    assert known is not None
    assert known.state == "done"
    assert len(line.state.menus.menus) == 1


def test_what_line_refuses_is_said_on_the_card_with_the_way_to_its_steps(
    place: Place, line: Simulator
) -> None:
    line.faults.add("status", status=400, method="POST", path=r"/v2/bot/richmenu/validate", count=None)
    begin(place)
    until(place, "refused")
    place.refresh()
    assert place.card.badge.accessibleName() == "LINE 不接受"
    shown = [label.text() for label in place.card.findChildren(QLabel)]
    assert any("不接受「新好友版」" in words for words in shown), shown
    page = outbox_page(place, part="attention")
    assert page.table.current_row is None
    assert cell(page, STATE) == "LINE 不接受"
    line.faults.clear()
    place.publish()
    assert [job.state for job in place.jobs] == ["done", "refused"]
    assert place.card.badge.isHidden()


def test_while_line_cannot_be_reached_the_sheet_says_that_it_waits(place: Place, line: Simulator) -> None:
    place.plan("新好友版")
    line.faults.add("captive_portal", count=None)
    sheet = place.look()
    assert any("連上網路就會自動發佈" in words for words in sheet.told)
    sheet.accept()
    place.qtbot.waitUntil(lambda: bool(place.jobs), timeout=10_000)
    line.faults.clear()
    until(place, "done")
    assert len(line.state.menus.menus) == 1
