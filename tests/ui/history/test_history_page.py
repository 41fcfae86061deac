"""The history page on a real shop: the list and its filters, looking inside, undo with its buckets, the way to members."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.people import editing
from desktop.operations.tagging import tagging
from desktop.store import history
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.history.filter_row import FilterRow
from desktop.ui.history.page import HistoryPage
from desktop.ui.history.paged_rows import PagedRows
from desktop.ui.history.undo_dialog import UndoDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.paging.paged_model import PAGE
from desktop.ui.widgets.table import Column
from tests.ui.shop_window import FakeDialogs, open_page, settle


def do(desk: Desk, window: MainWindow, qtbot: QtBot, work: Callable[[Database], Any]) -> Any:
    """Let the window's writer do something; returns what came of it."""
    done: list[Any] = []
    desk.jobs.write(lambda db, ctx: done.append(work(db)), owner=desk.jobs)
    settle(window, qtbot)
    return done[0]


def page_of(window: MainWindow, qtbot: QtBot, **arguments: object) -> HistoryPage:
    return cast(HistoryPage, open_page(window, "history", qtbot, **arguments))


def titles(page: HistoryPage, qtbot: QtBot) -> list[str]:
    page.model.row(0) if page.model.ids else None
    return [str(page.model.index(row, 1).data()) for row in range(len(page.model.ids))]


def _bring_some(db: Database) -> dict[str, int]:
    steps = {}
    steps["tag"] = tagging.tag(db, Selection.of([1, 2]), "週末").step or 0
    with db.transaction():
        step = history.begin_step(db, "import", message("steps.import_members", file="十月.xlsx", n=1))
        db.run(
            "INSERT INTO person (id, name, created_step, changed_step) VALUES (99, '新人', ?1, ?1)", (step,)
        )
        reason = message("importing.problem.phone_too_short").to_json()
        report = {"rows": 3, "new": 1, "updated": 0, "unchanged": 1, "skipped": [["表", 5, reason]],
                  "problems": [["表", 7, "電話", "123", reason]]}  # fmt: skip
        db.run(
            "INSERT INTO import_file (step_id, file, sha256, report) VALUES (?, '十月.xlsx', 'x', ?)",
            (step, json.dumps(report)),
        )
        history.finish_step(db, step, 1)
        steps["import"] = step
    steps["edit"] = editing.edit(db, 1, {"phone": "0933444555", "level": "金卡"}).step or 0
    with db.transaction():
        steps["listed"] = history.list_only(db, "upload", message("steps.audience_save", audience="熟客"), 2)
    return steps


@pytest.fixture
def steps(desk: Desk, window: MainWindow, qtbot: QtBot) -> dict[str, int]:
    return do(desk, window, qtbot, _bring_some)


def test_all_steps_newest_first_with_their_states(
    window: MainWindow, qtbot: QtBot, steps: dict[str, int]
) -> None:
    page = page_of(window, qtbot)
    assert list(page.model.ids) == sorted(steps.values(), reverse=True)
    assert titles(page, qtbot)[-1] == "貼標「週末」 2 位"
    assert page.model.index(0, 3).data() == t("history_page.state.listed")
    assert page.model.index(1, 3).data() == ""
    assert t("history_page.subtitle", n=4) in page.header.subtitle.text()


def test_a_step_is_looked_into_person_by_person(
    window: MainWindow, qtbot: QtBot, steps: dict[str, int]
) -> None:
    page = page_of(window, qtbot, step=steps["edit"])
    inside = page.inside
    assert inside.name.text() == "修改「王怡君」的 2 個欄位"
    assert inside.whole.text().splitlines() == [
        "王怡君", "電話 0912-345-678 → 0933-444-555", "會員等級 空白 → 金卡",
    ]  # fmt: skip
    assert not inside.undo_button.isHidden()
    page.table.selectRow(0)
    settle(window, qtbot)
    assert inside.undo_button.isHidden()
    assert inside.why.text() == t("history_page.why.sent")


def test_an_import_says_what_was_not_taken_and_why(
    window: MainWindow, qtbot: QtBot, steps: dict[str, int]
) -> None:
    page = page_of(window, qtbot, step=steps["import"])
    assert "共 3 列＝新增 1＋更新 0＋不變 1＋略過 1" in page.inside.facts.text()
    model = page.inside.problems.model()
    rows = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert rows == [["5", "", "電話不完整，未存入"], ["7", "電話：123", "電話不完整，未存入"]]


def test_a_name_leads_to_the_member(window: MainWindow, qtbot: QtBot, steps: dict[str, int]) -> None:
    page = page_of(window, qtbot, step=steps["import"])
    page.inside._open(page.inside.people.model().index(0, 0))
    settle(window, qtbot)
    assert window.shell is not None
    shown = window.shell.stack.current
    assert shown is not None
    assert (shown.page_id, shown.card.id) == ("member", 99)  # type: ignore[attr-defined]


def test_filters_by_kind_words_and_day(window: MainWindow, qtbot: QtBot, steps: dict[str, int]) -> None:
    page = page_of(window, qtbot)
    page.filters.group.set_value("tags")
    page.filters.group.chosen.emit("tags")
    settle(window, qtbot)
    assert list(page.model.ids) == [steps["tag"]]
    page.filters.clear()
    page.filters.field.setText("十月")
    page.filters.field.submitted.emit()
    settle(window, qtbot)
    assert list(page.model.ids) == [steps["import"]]
    page.filters.field.setText("貼標")
    page.filters.field.submitted.emit()
    settle(window, qtbot)
    assert list(page.model.ids) == [steps["tag"]]
    page.filters.field.setText("2020/1/1")
    page.filters.field.submitted.emit()
    settle(window, qtbot)
    assert page.stack.currentIndex() == 2
    page.filters.clear()
    settle(window, qtbot)
    assert len(page.model.ids) == 4


def test_a_typed_day_asks_for_that_day_on_this_computers_clock(qapp: QApplication) -> None:
    row = FilterRow()
    row.field.setText("2026-11-20")
    wanted = row.wanted()
    start = dt.datetime.fromisoformat(wanted.since + "+00:00").astimezone()
    assert (start.date(), start.time()) == (dt.date(2026, 11, 20), dt.time())
    assert dt.datetime.fromisoformat(wanted.until) - dt.datetime.fromisoformat(wanted.since) >= dt.timedelta(
        hours=23
    )
    assert wanted.text == ""
    row.field.setText("")
    row.span.set_value("week")
    first = dt.datetime.fromisoformat(row.wanted(dt.date(2026, 11, 20)).since + "+00:00").astimezone()
    assert first.date() == dt.date(2026, 11, 14)
    row.deleteLater()


def dialog_for(page: HistoryPage, dialogs: FakeDialogs, window: MainWindow, qtbot: QtBot) -> UndoDialog:
    """Press undo of the step looked into, and let it be worked out."""
    page.inside.undo_button.click()
    settle(window, qtbot)
    made = dialogs.shown[-1]
    assert isinstance(made, UndoDialog)
    return made


def test_what_undoing_would_come_to_is_said_before_anything_is_changed(
    window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot, steps: dict[str, int]
) -> None:
    do(desk, window, qtbot, lambda db: tagging.tag(db, Selection.of([99]), "熟客"))
    page = page_of(window, qtbot, step=steps["import"])
    before = desk.jobs.page_reader.value("SELECT count(*) FROM step")
    dialog = dialog_for(page, dialogs, window, qtbot)
    assert dialog.figures.value("reverted") == "0 筆"
    assert dialog.figures.value("kept") == "1 筆"
    assert dialog.tables["kept"].model().index(0, 0).data() == "新人"
    assert not dialog.yes.isEnabled()
    assert desk.jobs.page_reader.value("SELECT count(*) FROM step") == before
    dialog.reject()


def test_undone_with_somebody_kept_is_told_by_name_and_leads_to_her(
    window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot, steps: dict[str, int]
) -> None:
    do(desk, window, qtbot, lambda db: tagging.untag(db, Selection.of([2]), "週末"))
    page = page_of(window, qtbot, step=steps["tag"])
    dialog = dialog_for(page, dialogs, window, qtbot)
    assert (dialog.figures.value("reverted"), dialog.figures.value("kept")) == ("1 筆", "1 筆")
    dialog.yes.click()
    settle(window, qtbot)
    reader = desk.jobs.page_reader
    assert (
        reader.value("SELECT count(*) FROM person_tag h JOIN tag t ON t.id = h.tag_id WHERE t.name = '週末'")
        == 0
    )
    assert dialog.said.text() == t("history_page.undo.done")
    dialog._open("kept", dialog.tables["kept"].model().index(0, 0))
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current.card.id == 2  # type: ignore[union-attr]


def test_an_undone_step_is_marked_and_done_again(
    window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot, steps: dict[str, int]
) -> None:
    page = page_of(window, qtbot, step=steps["tag"])
    dialog = dialog_for(page, dialogs, window, qtbot)
    dialog.yes.click()
    settle(window, qtbot)
    row = page.model.row_of(steps["tag"])
    assert row is not None
    assert page.inside.badge.accessibleName() == t("history_page.state.undone")
    assert page.model.row(row).fate == "undone"
    page.inside.redo_button.click()
    settle(window, qtbot)
    assert page.model.row(page.model.row_of(steps["tag"]) or 0).fate == "done"
    assert (
        desk.jobs.page_reader.value("SELECT count(*) FROM person_tag WHERE step_id = ?", (steps["tag"],)) == 2
    )


def test_a_step_that_nothing_brings_back_offers_no_redo(
    window: MainWindow, desk: Desk, qtbot: QtBot, steps: dict[str, int]
) -> None:
    last = do(desk, window, qtbot, lambda db: tagging.tag(db, Selection.of([3]), "最後").step)
    do(desk, window, qtbot, undoing.undo)
    do(desk, window, qtbot, lambda db: tagging.tag(db, Selection.of([3]), "新的"))
    page = page_of(window, qtbot, step=last)
    assert page.inside.redo_button.isHidden()
    assert page.inside.why.text() in (t("history_page.why.no_way_back"), t("history_page.why.old"))


def test_the_page_follows_what_happens_and_keeps_what_is_looked_at(
    window: MainWindow, desk: Desk, qtbot: QtBot, steps: dict[str, int]
) -> None:
    page = page_of(window, qtbot, step=steps["edit"])
    do(desk, window, qtbot, lambda db: _published(desk, tagging.tag(db, Selection.of([4]), "新")))
    settle(window, qtbot)
    assert len(page.model.ids) == 5
    assert page.inside.inside is not None
    assert page.inside.inside.step.id == steps["edit"]
    assert page.table.currentIndex().row() == page.model.row_of(steps["edit"])


def _published(desk: Desk, outcome: Any) -> Any:
    desk.jobs.publish(outcome.changes)
    return outcome


def test_ctrl_h_and_the_edit_menu_lead_here(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    desk.actions.trigger("shell.history")
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "history"
    page = cast(HistoryPage, window.shell.stack.current)
    assert page.stack.currentIndex() == 1
    assert desk.actions.action("shell.history").shortcut().toString() == "Ctrl+H"


def test_a_hundred_thousand_steps_are_read_a_page_at_a_time(qtbot: QtBot, qtmodeltester: Any) -> None:
    asked: list[int] = []

    def load(ids: Any) -> dict[int, str]:
        asked.extend(ids)
        return {number: f"第 {number}" for number in ids if number != 3}

    model = PagedRows([Column("x", str), Column("y", str)], load, str)
    model.set_ids(range(100_000))
    assert asked == []
    assert model.index(50_000, 0).data() is None
    qtbot.waitUntil(lambda: model.index(50_000, 0).data() == "第 50000")
    assert len(asked) <= 2 * PAGE
    assert model.row(3) is None
    model.set_ids(range(10))
    qtmodeltester.check(model, force_py=True)


def test_the_members_panel_leads_to_all_steps(
    window: MainWindow, qtbot: QtBot, steps: dict[str, int]
) -> None:
    members = cast(Any, open_page(window, "members", qtbot))
    members.panel.steps.history_asked.emit()
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current.page_id == "history"  # type: ignore[union-attr]


def test_keys_search_and_leave_the_list_alone(
    window: MainWindow, desk: Desk, qtbot: QtBot, steps: dict[str, int]
) -> None:
    page = page_of(window, qtbot)
    desk.actions.trigger("history.search")
    assert page.filters.field.hasFocus() or window.focusWidget() is page.filters.field
    assert Qt.FocusPolicy.NoFocus != page.table.focusPolicy()
