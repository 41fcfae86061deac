"""The plan on paper: days, numbers and short words stay whole beside long texts, and a heading stands where its table begins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from desktop.exporter.plan_book import Section
from desktop.ui.operating_plan.paper.html import document

LONG = "我們的客人多半住在附近，下班後順路來買一杯咖啡，所以訊息要短、要有照片。" * 5
ADDRESS = "https://www.daydaycoffee.example/" + "abcdefghij" * 12
COLUMNS = ("Day", "Time", "What", "Channel", "People", "State", "Text and notes")
ROW = (
    "2026-11-03",
    "18:30",
    "Holiday menu for regulars",
    "Message from LINE Official Account Manager",
    1_234,
    "Planned",
)


def blocks(made: QTextDocument) -> Iterator[QTextBlock]:
    block = made.begin()
    while block.isValid():
        yield block
        block = block.next()


def lines(block: QTextBlock) -> list[str]:
    layout = block.layout()
    found = [layout.lineAt(number) for number in range(layout.lineCount())]
    return [block.text()[line.textStart() : line.textStart() + line.textLength()] for line in found]


@pytest.mark.parametrize("note", [LONG, ADDRESS, ""])
def test_nothing_short_is_broken_by_what_stands_beside_it(qtbot: QtBot, note: str) -> None:
    made = document("計畫", [Section("Calendar", COLUMNS, tuple((*ROW, note) for _ in range(3)))])
    made.documentLayout().documentSize()
    for block in blocks(made):
        if block.text() not in (LONG, ADDRESS):
            words = [word for line in lines(block) for word in line.split()]
            assert words == block.text().split()
        if block.text() in (ROW[0], ROW[1], "1,234", ROW[5], *COLUMNS):
            assert len(lines(block)) == 1
    assert made.idealWidth() <= made.pageSize().width() + 1


@pytest.mark.parametrize("before", [*range(20, 56, 5)])
def test_a_heading_stands_on_the_page_of_its_table(qtbot: QtBot, before: int) -> None:
    first = Section("Sheet", ("One", "Two"), tuple((str(n), "x") for n in range(before)))
    titles = ("Board", "Journey", "Last")
    made = document("計畫", [first, *(Section(t, ("A", "B"), (("1", LONG),) * 4) for t in titles)])
    layout, high, at = made.documentLayout(), made.pageSize().height(), QTextCursor(made)
    found = []
    for block in blocks(made):
        if block.text() in titles:
            found.append(block.text())
            row = block
            while at.currentTable() is None:
                row = row.next()
                at.setPosition(row.position())
            table = at.currentTable()
            assert table is not None
            body = table.cellAt(1, 0).firstCursorPosition().block()
            tops = [layout.blockBoundingRect(one).top() for one in (block, row, body)]
            assert len({top // high for top in tops}) == 1
            assert tops == sorted(tops)
            at = QTextCursor(made)
    assert tuple(found) == titles
