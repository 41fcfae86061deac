"""Days as owners write them."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.greeting.date_field import DateField, read_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", ""),
        ("2026/12/31", "2026-12-31"),
        ("2026-1-5", "2026-01-05"),
        (" 2026.02.03 ", "2026-02-03"),
        ("2026年2月3日", "2026-02-03"),
        ("12/31", "2026-12-31"),
        ("11/22", "2026-11-22"),
        ("1/5", "2027-01-05"),
        ("１２／３１", "2026-12-31"),
        ("2026/2/30", None),
        ("2026/13/1", None),
        ("下週", None),
        ("12", None),
    ],
)
def test_a_day_is_read(typed: str, day: str | None) -> None:
    assert read_day(typed, TODAY) == day


def test_only_days_are_said_and_what_is_none_is_marked(dressed: None, qtbot: QtBot) -> None:
    field = DateField("開始日")
    qtbot.addWidget(field)
    said: list[str] = []
    field.chosen.connect(said.append)
    qtbot.keyClicks(field, "2026/12/3")
    assert said == ["2026-12-03"]
    qtbot.keyClicks(field, "9")
    assert said == ["2026-12-03"]
    assert field.property("wrong")
    field.show_day("2026-12-03")
    field.clear()
    field.textEdited.emit("")
    assert said[-1] == ""
