"""The calendar, a stage of the board and the things to do today look as approved, from days and figures that stand still."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.figures.message_cost import SendCost
from desktop.core.figures.rate import Rate
from desktop.core.message import message
from desktop.core.planning.operating.board import READY_TASKS, Stage, Task
from desktop.core.planning.operating.calendar import Channel, Entry, State, month_grid
from desktop.core.planning.operating.seasons import seasons_between
from desktop.operations.planning.operating.boards import Column, Figure, TaskNow
from desktop.operations.planning.operating.due import Due, Go, Source
from desktop.operations.planning.operating.months import CalendarNow, EntryNow, MonthCost
from desktop.ui import i18n, theme
from desktop.ui.operating_plan.board.column import BoardColumn
from desktop.ui.operating_plan.calendar.grid import CalendarGrid
from desktop.ui.operating_plan.today.today_card import TodayCard
from tests.ui.approved.compare import Approved

FIRST, TODAY = datetime.date(2026, 11, 1), datetime.date(2026, 11, 22)
LOOKS = [("zh_TW", "light"), ("zh_TW", "dark"), ("en", "light"), ("ja", "light")]
ENTRIES = (
    ("回購感謝", 12, 12, Channel.MANAGER, State.DONE),
    ("三題問卷", 17, 17, Channel.MANAGER, State.SKIPPED),
    ("新豆開箱", 20, 20, Channel.VOOM, State.PLANNED),
    ("週末新品試喝", 21, 21, Channel.MANAGER, State.READY),
    ("換上會員版選單", 23, 23, Channel.RICH_MENU, State.PLANNED),
    ("沉睡客回來走走", 26, 26, Channel.HERE, State.PLANNED),
    ("櫃檯立牌換新", 26, 26, Channel.SHOP, State.PLANNED),
    ("問候新朋友", 26, 26, Channel.GREETING, State.PLANNED),
    ("年末感謝祭", 29, 32, Channel.MANAGER, State.PLANNED),
)


@pytest.fixture(params=LOOKS, ids=".".join)
def look(request: pytest.FixtureRequest, qapp: QApplication, approved: Approved) -> Iterator[str]:
    """Language and theme; the window's own stand again afterwards."""
    language, name = request.param
    i18n.use(language)
    theme.apply(qapp, theme=name, scale=100, language=language)
    yield f"{language}.{name}"
    i18n.use("zh_TW")
    theme.apply(qapp, theme="light", scale=100, language="zh_TW")


def calendar() -> CalendarNow:
    """November 2026 with a bit of everything."""
    grid = month_grid(2026, 11)
    entries = tuple(
        EntryNow(
            number,
            Entry(
                title,
                FIRST + datetime.timedelta(days=start),
                FIRST + datetime.timedelta(days=end) if end > start else None,
                channel=channel,
                state=state,
                at="18:00" if channel is Channel.MANAGER else "",
            ),
            overdue=title == "新豆開箱",
        )
        for number, (title, start, end, channel, state) in enumerate(ENTRIES, 1)
    )
    seasons = seasons_between(grid.first, grid.last, ("TW",), ())
    return CalendarNow(grid, TODAY, entries, seasons, MonthCost(0, 0, SendCost(0, 0)))


def due() -> list[Due]:
    """One thing late, one of people, one that goes away by itself."""
    what = message("operating.due_entry", title="週末新品試喝")
    late = message("operating.due_reminder", title="回購感謝")
    return [
        Due(
            "reminder:1",
            Source.REMINDER,
            late,
            TODAY - datetime.timedelta(days=2),
            True,
            query="tag:熟客",
            people=612,
            sends=True,
            reachable=612,
            tick=message("operating.tick_reminded"),
            steps=(message("operating.remind_1", title="回購感謝", fewest=50),),
        ),
        Due(
            "entry:4",
            Source.ENTRY,
            what,
            TODAY,
            detail=message("operating.channel.manager"),
            query="tag:熟客",
            people=812,
            sends=True,
            reachable=640,
            go=Go("operating_plan"),
            tick=message("operating.tick_done"),
        ),
        Due("menus:1", Source.MENUS, message("operating.as_written", text="LINE"), go=Go("rich_menu")),
    ]


def stage() -> Column:
    """A stage with two figures, a task late, one with its day, one done."""
    return Column(
        Stage.RETENTION,
        message("operating.stage.retention"),
        (
            Figure(
                "repurchase", message("operating.figure_new_friends"), Rate(510, 1000), query="orders:>=2"
            ),
            Figure("friends", message("operating.figure_friends"), people=5230),
        ),
        (
            TaskNow(1, Task("請店員練習綁定流程", Stage.RETENTION, TODAY - datetime.timedelta(days=2)), True),
            TaskNow(
                2, Task("叫醒沉睡客", Stage.RETENTION, TODAY + datetime.timedelta(days=7), ready="win_back")
            ),
        ),
        (TaskNow(3, Task("生日禮", Stage.RETENTION, done_on=TODAY)),),
        (READY_TASKS["review"],),
    )


def drawn(widget: QWidget, width: int, height: int, qtbot: QtBot) -> QWidget:
    """A widget of that size, laid out."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.ensurePolished()
    return widget


def test_the_calendar_looks_as_approved(look: str, approved: Approved, qtbot: QtBot) -> None:
    grid = CalendarGrid()
    grid.show_page(calendar())
    grid.choose(TODAY)
    for name, width, height in (("roomy", 700, 420), ("tight", 511, 300), ("low", 511, 240)):
        if name == "roomy" or look == "zh_TW.light":
            picture = drawn(grid, width, height, qtbot).grab().toImage()
            approved(picture, f"operating_plan/calendar_{name}.{look}")


def test_a_stage_of_the_board_looks_as_approved(look: str, approved: Approved, qtbot: QtBot) -> None:
    column = BoardColumn(stage())
    column.show_column(stage(), TODAY)
    approved(drawn(column, 230, 430, qtbot).grab().toImage(), f"operating_plan/stage.{look}")


def test_the_things_to_do_today_look_as_approved(look: str, approved: Approved, qtbot: QtBot) -> None:
    card = TodayCard()
    card.show_due(due(), TODAY)
    approved(drawn(card, 760, 190, qtbot).grab().toImage(), f"operating_plan/today.{look}")
    if look == "zh_TW.light":
        narrow = drawn(card, 560, 190, qtbot).grab().toImage()
        assert card.rows[1].people.text() == "640／812 位"
        approved(narrow, f"operating_plan/today_narrow.{look}")
