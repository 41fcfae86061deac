"""The sheet keeps itself, its goals are targets; journeys are taken ready-made, told worst step first, and lead to audiences; all
of it goes out as PDF and workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.planning.operating.journey import Journey, JourneyStage
from desktop.core.planning.operating.sheet import Sheet
from desktop.operations.history import undoing
from desktop.operations.planning.operating import journeys, sheets
from desktop.store.insights.targets import Target, all_targets
from desktop.ui.desk import Desk
from desktop.ui.insights.overview.targets import TargetQuestion
from desktop.ui.main_window import MainWindow
from desktop.ui.operating_plan.journeys.condition_dialog import ConditionDialog
from desktop.ui.operating_plan.journeys.journey_dialog import JourneyDialog
from desktop.ui.operating_plan.page import OperatingPlanPage
from tests.ui.operating_plan.plan_window import page, shown_page, write
from tests.ui.shop_window import FakeDialogs, settle

__all__ = ["page"]


def sheet(desk: Desk) -> Sheet:
    """The sheet as it is kept."""
    return sheets.sheet_of(desk.jobs.page_reader)


def test_what_is_written_is_kept_when_the_tab_is_left(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_tab("sheet")
    settle(window, qtbot)
    QTest.keyClicks(page.sheet.persona.name, "Rita")
    page.sheet.image.area.setPlainText("巷口的老鄰居")
    page.sheet.rhythm.times.set_value(2)
    page.sheet.content.rows["news"].box.click()
    assert page.sheet.autosave.pending
    page.show_tab("board")
    settle(window, qtbot)
    kept = sheet(desk)
    assert (kept.persona.name, kept.image, kept.frequency.times) == ("Rita", "巷口的老鄰居", 2)
    assert [one.id for one in kept.content_types] == ["news"]
    write(page, window, qtbot, undoing.undo)
    page.show_tab("sheet")
    settle(window, qtbot)
    assert page.sheet.persona.name.text() == ""
    assert not page.sheet.content.rows["news"].box.isChecked()


def test_undo_right_after_typing_takes_the_typing_back(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_tab("sheet")
    settle(window, qtbot)
    QTest.keyClicks(page.sheet.persona.name, "Rita")
    desk.actions.trigger("shell.undo")
    settle(window, qtbot)
    assert not page.sheet.autosave.pending
    assert sheet(desk).persona.name == ""
    assert page.sheet.persona.name.text() == ""


def test_an_idea_is_put_behind_what_is_written(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_tab("sheet")
    settle(window, qtbot)
    card = page.sheet.pictures
    card.area.setPlainText("只用綠色")
    menu = card.ideas.menu()
    assert menu is not None
    idea = menu.actions()[0]
    idea.trigger()
    page.flush()
    settle(window, qtbot)
    assert sheet(desk).pictures == f"只用綠色\n{idea.text()}"


def test_an_empty_sheet_starts_from_the_shops_own_figures(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_tab("sheet")
    settle(window, qtbot)
    page.sheet.start.click()
    settle(window, qtbot)
    assert {goal.kpi for goal in sheet(desk).goals} >= {"first_purchase", "repeat_purchase"}
    assert page.sheet.start.isHidden()
    assert "沒填" in page.sheet.missing.text()


def test_a_goal_is_a_target_with_a_day_and_is_taken_away(
    page: OperatingPlanPage, desk: Desk, dialogs: FakeDialogs, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_tab("sheet")
    settle(window, qtbot)
    QTest.keyClicks(page.sheet.whom.own, "Offices")
    page.sheet.whom.own.submitted.emit()
    page.sheet.goals.ask("repeat_purchase")
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, TargetQuestion)
    dialog.percent.setText("80")
    dialog.due.setText("2099/12/31")
    dialog.accept()
    page.flush()
    settle(window, qtbot)
    assert all_targets(desk.jobs.page_reader)["repeat_purchase"] == Target(0.8, date(2099, 12, 31))
    kept = sheet(desk)
    assert [goal.kpi for goal in kept.goals] == ["repeat_purchase"]
    assert [one.name for one in kept.audiences] == ["Offices"]
    page.sheet.goals._remove("repeat_purchase")
    settle(window, qtbot)
    assert sheet(desk).goals == ()
    assert [one.name for one in sheet(desk).audiences] == ["Offices"]


def test_own_days_are_kept_once_they_have_a_day(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_tab("sheet")
    settle(window, qtbot)
    card = page.sheet.own_days
    card.add.click()
    row = card.rows[0]
    QTest.keyClicks(row.name, "Anniversary")
    QTest.keyClicks(row.first, "13/40")
    assert row.first.property("wrong") is True
    page.flush()
    settle(window, qtbot)
    assert sheet(desk).own_days == ()
    row.first.clear()
    QTest.keyClicks(row.first, "3/15")
    page.flush()
    settle(window, qtbot)
    assert [(one.name, one.first) for one in sheet(desk).own_days] == [("Anniversary", (3, 15))]


@pytest.fixture
def journey(page: OperatingPlanPage, window: MainWindow, qtbot: QtBot) -> OperatingPlanPage:
    """The page with a journey on which most stop at the first step."""
    stages = (
        JourneyStage("1", "全部", "id:any", advice="打聲招呼"),
        JourneyStage("2", "VIP", "tag:VIP"),
        JourneyStage("3", "外帶", "tag:外帶"),
    )
    page.show_tab("journeys")
    write(page, window, qtbot, lambda db: journeys.save(db, None, Journey("測試旅程", stages)))
    return page


def test_a_journey_tells_the_worst_step_first_and_leads_to_its_audience(
    journey: OperatingPlanPage, window: MainWindow, qtbot: QtBot
) -> None:
    card = journey.journeys.cards[0]
    assert [bar.text() for bar in card.bars] == ["12", "2", "0"]
    worst = card.found.worst
    lost = [one.lost for one in worst]
    assert lost == sorted(lost, key=lambda share: -(share or 0))
    assert len(card.worst) == 2
    card.audience_asked.emit(worst[0].stopped_query)
    settle(window, qtbot)
    assert shown_page(window) == "audiences"


def test_a_ready_journey_is_taken_with_one_press(
    page: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_tab("journeys")
    settle(window, qtbot)
    assert page.journeys.ready
    name = page.journeys.ready[0].title.text()
    page.journeys.ready[0].take.click()
    settle(window, qtbot)
    assert [one.journey.name for one in journeys.journeys(desk.jobs.page_reader)] == [name]
    assert page.journeys.cards[0].title.text() == name
    assert all(one.title.text() != name for one in page.journeys.ready)


def test_a_mistake_in_a_condition_is_said_in_the_form_and_nothing_is_lost(
    journey: OperatingPlanPage, desk: Desk, dialogs: FakeDialogs, window: MainWindow, qtbot: QtBot
) -> None:
    card = journey.journeys.cards[0]
    card.edit.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, JourneyDialog)
    dialog.forms[1].query.setText("tga:VIP")
    dialog.accept()
    settle(window, qtbot)
    assert not dialog.wrong.isHidden()
    dialog.forms[1].query.setText("tag:熟客")
    dialog.forms[1].moved.emit(1)
    dialog.accept()
    settle(window, qtbot)
    kept = journeys.journeys(desk.jobs.page_reader)[0].journey
    assert [stage.query for stage in kept.stages] == ["id:any", "tag:外帶", "tag:熟客"]
    assert journey.journeys.cards[0].bars[0].text() == "12"


def test_a_stages_condition_is_built_in_sentences(
    journey: OperatingPlanPage, desk: Desk, dialogs: FakeDialogs, window: MainWindow, qtbot: QtBot
) -> None:
    journey.journeys.cards[0].edit.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, JourneyDialog)
    form = dialog.forms[1]
    form.query.setText("tga:VIP")
    form.build.click()
    assert dialogs.shown[-1] is dialog
    assert not dialog.wrong.isHidden()
    form.query.setText("tag:熟客")
    form.build.click()
    builder = dialogs.shown[-1]
    assert isinstance(builder, ConditionDialog)
    settle(window, qtbot)
    assert builder.count.text() == "符合 4 位"
    builder.card.text.setText("id:any")
    builder.card.read_text()
    builder.read_count()
    settle(window, qtbot)
    assert builder.count.text() == "符合 12 位"
    builder.card.text.setText("tag:熟客 OR tag:外帶")
    builder.accept()
    assert form.query.text() == "tag:熟客 OR tag:外帶"
    dialog.accept()
    settle(window, qtbot)
    assert journeys.journeys(desk.jobs.page_reader)[0].journey.stages[1].query == form.query.text()


def test_the_plan_goes_out_as_pdf_and_workbook(
    journey: OperatingPlanPage, dialogs: FakeDialogs, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    import openpyxl

    dialogs.answers["save_file"] = tmp_path / "企劃.pdf"
    journey.out.save_pdf()
    settle(window, qtbot)
    assert (tmp_path / "企劃.pdf").read_bytes().startswith(b"%PDF")
    dialogs.answers["save_file"] = tmp_path / "企劃.xlsx"
    journey.out.save_workbook()
    settle(window, qtbot)
    book = openpyxl.load_workbook(tmp_path / "企劃.xlsx")
    cells = [str(cell.value) for sheet_ in book for row in sheet_.iter_rows() for cell in row]
    assert any("VIP" in cell for cell in cells)


def test_the_plan_is_printed_where_the_dialog_says(
    journey: OperatingPlanPage, dialogs: FakeDialogs, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    journey.out.print_plan()
    settle(window, qtbot)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, QPrintDialog)
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    dialog.accepted.emit(printer)
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
