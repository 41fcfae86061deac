"""The page of the audiences at LINE, against LINE on loopback: what LINE holds afterwards is what counts."""

from __future__ import annotations

from typing import cast

from pytestqt.qtbot import QtBot

from desktop.operations.audiences import audiences
from desktop.operations.line import uploading
from desktop.simulator.simulator import Simulator
from desktop.store.outbox import UploadJob
from desktop.ui.desk import Desk
from desktop.ui.line_audiences.dialogs import AdoptDialog, DeleteDialog
from desktop.ui.line_audiences.listing_table import BELONGS, MAKER
from desktop.ui.line_audiences.page import LineAudiencesPage, ListedPart
from desktop.ui.main_window import MainWindow
from tests.ui.line_shop import wait_for
from tests.ui.shop_window import FakeDialogs, open_page, settle


def queue(desk: Desk, qtbot: QtBot, name: str, query: str) -> UploadJob:
    """Upload an audience and wait until LINE has it ready."""
    done: list[UploadJob] = []
    desk.jobs.write(
        lambda db, ctx: uploading.press(db, audiences.save(db, name, query).audience),
        owner=desk.jobs,
        then=lambda pressed: done.append(pressed.job),
    )
    qtbot.waitUntil(lambda: bool(done), timeout=5000)
    return wait_for(desk, qtbot, done[0].id, "ready")


def open_listing(window: MainWindow, qtbot: QtBot) -> LineAudiencesPage:
    return cast(LineAudiencesPage, open_page(window, "line_audiences", qtbot))


def names(page: LineAudiencesPage) -> list[str]:
    return [one.name for one in page.table.audiences.rows]


def test_ours_and_those_made_elsewhere_are_listed_apart(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    queue(practice_desk, qtbot, "熟客", "tag:熟客")
    line.add_foreign_audience("後台做的")
    page = open_listing(practice_window, qtbot)
    settle(practice_window, qtbot)
    assert sorted(names(page)) == ["後台做的", "熟客"]
    assert "1,000" in page.gauge.text.text()
    page.tabs.setCurrentIndex(list(ListedPart).index(ListedPart.OTHERS))
    assert names(page) == ["後台做的"]
    assert page.table.audiences.index(0, MAKER).data() == "LINE 後台"
    page.tabs.setCurrentIndex(list(ListedPart).index(ListedPart.OURS))
    assert page.table.audiences.index(0, BELONGS).data() == "熟客"


def test_deleting_says_what_is_lost_and_happens_at_line(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    job = queue(practice_desk, qtbot, "熟客", "tag:熟客")
    page = open_listing(practice_window, qtbot)
    settle(practice_window, qtbot)
    assert page.table.select(job.audience_group_id or 0)
    page.ask_delete()
    settle(practice_window, qtbot)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, DeleteDialog)
    assert len(line.audiences()) == 1
    dialog.accept()

    def gone() -> bool:
        if practice_desk.jobs.is_idle:
            practice_desk.line.try_now()
        return line.audiences() == []

    qtbot.waitUntil(gone, timeout=20_000)


def test_closing_the_question_deletes_nothing(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    job = queue(practice_desk, qtbot, "熟客", "tag:熟客")
    page = open_listing(practice_window, qtbot)
    settle(practice_window, qtbot)
    page.table.select(job.audience_group_id or 0)
    page.ask_delete()
    settle(practice_window, qtbot)
    dialogs.shown[-1].reject()
    practice_desk.line.try_now()
    settle(practice_window, qtbot)
    assert len(line.audiences()) == 1


def test_offline_the_last_listing_stays_with_its_time(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    queue(practice_desk, qtbot, "熟客", "tag:熟客")
    page = open_listing(practice_window, qtbot)
    settle(practice_window, qtbot)
    when = page.gauge.when.text()
    line.faults.add("captive_portal", count=None)
    page.ask_line()
    settle(practice_window, qtbot)
    assert page.bar.text
    assert names(page) == ["熟客"]
    assert page.gauge.when.text() == when
    assert page.refresh_button.isEnabled()


def test_an_audience_made_elsewhere_is_linked_and_unlinked(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    practice_desk.jobs.write(lambda db, ctx: audiences.save(db, "熟客", "tag:熟客"), owner=practice_desk.jobs)
    settle(practice_window, qtbot)
    group = line.add_foreign_audience("熟客（另一個程式）")
    line.change_audience(group, permission="READ_WRITE")
    page = open_listing(practice_window, qtbot)
    settle(practice_window, qtbot)
    assert page.table.select(group)
    one = page.table.current
    assert one is not None
    assert one.can_be_adopted
    page.ask_adopt()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, AdoptDialog)
    dialog.accept()
    settle(practice_window, qtbot)
    page.table.select(group)
    assert page.table.current is not None
    assert page.table.current.adopted
    page.release()
    settle(practice_window, qtbot)
    assert not any(each.adopted for each in page.table.audiences.rows)


def test_without_an_account_the_page_leads_to_connecting(window: MainWindow, qtbot: QtBot) -> None:
    page = open_listing(window, qtbot)
    assert page.stack.currentWidget() is page.not_connected
    assert not page.refresh_button.isEnabled()
