"""A newcomer's way in practice mode, only with what the page shows: from nothing to menus that friends see."""

from __future__ import annotations

from typing import cast

from pytestqt.qtbot import QtBot

from desktop.operations.planning import publishing
from desktop.simulator.simulator import Simulator
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.publishing.dialogs.sheet import PublishSheet
from tests.ui.line_shop import BOUND
from tests.ui.rich_menu.menus_page import LINK, action_of, empty_page
from tests.ui.shop_window import FakeDialogs, settle


def finish(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    """Let the outbox work until the publication is over."""

    def over() -> bool:
        jobs = publishing.jobs(desk.jobs.page_reader)
        if jobs and jobs[0].state in ("done", "refused", "action_needed"):
            return True
        if desk.jobs.is_idle:
            desk.line.try_now()
        return False

    qtbot.waitUntil(over, timeout=20_000)
    settle(window, qtbot)


def test_from_nothing_to_published(
    practice_window: MainWindow,
    practice_desk: Desk,
    line: Simulator,
    dialogs: FakeDialogs,
    qtbot: QtBot,
) -> None:
    window, desk = practice_window, practice_desk
    page = empty_page(window, qtbot)
    page.start.kinds.tiles["bakery"].click()
    page.start.addresses["products"].setText("shop.example/cakes")
    page.start.which["vip"].setChecked(False)
    page.start.go.click()
    settle(window, qtbot)

    # One thing is missing, and one press leads to it.
    assert page.buttons.check.text() == "檢查（1）"
    page.buttons.check.click()
    page.editor.checks.go_to_first()
    field = page.editor.area.action.typed["uri"]
    assert field.hasFocus()
    qtbot.keyClicks(field, "shop.example/join")
    page.editor.stage.canvas.setFocus()
    assert action_of(page, 0).uri == LINK
    page.editor.checks.check()
    assert page.buttons.check.text() == "檢查"
    page.buttons.check.click()
    settle(window, qtbot)

    # The members' menu has the same gap, and takes the same address by one press.
    page.editor.menus.list.setCurrentRow(0)
    settle(window, qtbot)
    for row in page.editor.checks.list.rows:
        if row.finding.state == "error":
            row.cure.click()
    assert page.editor.checks.errors == 0

    page.buttons.publish.click()
    settle(window, qtbot)
    cast(PublishSheet, dialogs.shown[-1]).accept()
    finish(desk, window, qtbot)
    live = publishing.live(desk.jobs.page_reader)
    assert [(one.name, one.role, one.people) for one in live.menus] == [
        ("會員版", "people", 9),
        ("新好友版", "default", 0),
    ]
    assert set(line.state.menus.links) == set(BOUND)
    made = line.state.menus.menus[str(line.state.menus.default)].object
    assert made["areas"][0]["action"]["uri"] == LINK
