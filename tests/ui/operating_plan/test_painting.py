"""Where entries are painted: none over another, none outside its days, and what has no room is counted."""

from __future__ import annotations

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from desktop.core.figures.message_cost import SendCost
from desktop.core.planning.operating.calendar import Entry, month_grid
from desktop.operations.planning.operating.months import CalendarNow, EntryNow, MonthCost
from desktop.ui.operating_plan.calendar import painting
from desktop.ui.operating_plan.words import parse_day, parse_time

FIRST = datetime.date(2026, 11, 1)
TODAY = datetime.date(2026, 11, 22)
SPANS = st.lists(st.tuples(st.integers(-10, 40), st.integers(0, 12)), max_size=25)


def page_with(spans: list[tuple[int, int]]) -> CalendarNow:
    """November 2026 with entries of so many days from so many days after its first."""
    entries = tuple(
        EntryNow(
            number,
            Entry(
                str(number),
                FIRST + datetime.timedelta(days=start),
                FIRST + datetime.timedelta(days=start + length) if length else None,
            ),
        )
        for number, (start, length) in enumerate(spans, 1)
    )
    return CalendarNow(month_grid(2026, 11), TODAY, entries, (), MonthCost(0, 0, SendCost(0, 0)))


@settings(max_examples=60, deadline=None)
@given(spans=SPANS, height=st.integers(160, 1200))
def test_no_entry_is_painted_over_another(
    qapp: QApplication, spans: list[tuple[int, int]], height: int
) -> None:
    page, area = page_with(spans), QRect(0, 0, 800, height)
    found = painting.boxes(page, area, QFontMetrics(QFont()))
    painted = [box for box in found if box.entry is not None]
    for at, one in enumerate(painted):
        assert not any(one.rect.intersects(other.rect) for other in painted[at + 1 :])
    for box in painted:
        assert box.entry is not None
        day = painting.day_at(page, area, box.rect.center())
        assert day is None or box.entry.entry.on(day)
        assert box.rect.width() > 0


@settings(max_examples=60, deadline=None)
@given(spans=SPANS, height=st.sampled_from((180, 420, 600)))
def test_what_has_no_room_is_counted(qapp: QApplication, spans: list[tuple[int, int]], height: int) -> None:
    page, area = page_with(spans), QRect(0, 0, 800, height)
    found = painting.boxes(page, area, QFontMetrics(QFont()))
    for week in page.grid.weeks:
        for day in week:
            cell = painting.cell(page, area, day)
            here = sum(
                1 for box in found if box.entry and box.rect.intersects(cell) and box.entry.entry.on(day)
            )
            more = sum(box.more for box in found if cell.contains(box.rect.center()))
            assert here + more == len(page.on(day))


@given(day=st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: datetime.date) -> None:
    assert parse_day(f"{day.year}/{day.month}/{day.day}", TODAY) == day
    assert parse_day(day.isoformat(), TODAY) == day
    short = parse_day(f"{day.month}/{day.day}", TODAY)
    assert short is not None
    assert (short.month, short.day) == (day.month, day.day)


def test_a_day_without_a_year_lies_ahead_rather_than_far_behind() -> None:
    assert parse_day("1/5", TODAY) == datetime.date(2027, 1, 5)
    assert parse_day("11/1", TODAY) == datetime.date(2026, 11, 1)
    assert parse_day("13/1", TODAY) is None
    assert parse_day("", TODAY) is None


@given(hours=st.integers(0, 23), minutes=st.integers(0, 59))
def test_a_time_is_read_as_it_is_written(hours: int, minutes: int) -> None:
    wanted = f"{hours:02}:{minutes:02}"
    assert parse_time(f"{hours}:{minutes:02}") == wanted
    assert parse_time(f"{hours:02}：{minutes:02}") == wanted
    assert parse_time(f"{hours}{minutes:02}") == wanted


def test_what_is_no_time_is_refused() -> None:
    assert parse_time(" ") == ""
    assert parse_time("25:00") is None
    assert parse_time("晚上") is None


def test_a_narrow_day_says_the_title_rather_than_the_time_and_never_three_dots_alone(
    qapp: QApplication,
) -> None:
    metrics = QFontMetrics(QFont("Noto Sans CJK TC", 10))
    title = "週末新品試喝"
    words = f"18:00 {title}"
    wide, narrow = metrics.horizontalAdvance(words), metrics.horizontalAdvance("18:00 週")
    said = [painting.words_in(words, title, metrics, width) for width in range(wide + 2)]
    assert said[-1] == words
    assert said[narrow].startswith("週")
    assert all(not one or one.lstrip("18:0 ").startswith("週") for one in said)
    assert "" in said


def test_a_row_with_little_room_says_titles_below_the_numbers_and_counts_the_rest(qapp: QApplication) -> None:
    metrics = QFontMetrics(QFont("Noto Sans CJK TC", 10))
    page = page_with([(8, 0), (8, 0), (8, 0), (16, 2)])
    height = painting.head_height() + len(page.grid.weeks) * (2 * metrics.height() + 8)
    area = QRect(0, 0, 7 * 72, height)
    found = painting.boxes(page, area, metrics)
    cell = painting.cell(page, area, FIRST + datetime.timedelta(days=8))
    (first,) = (box for box in found if box.entry is not None and box.entry.id == 1)
    assert first.rect.top() >= cell.top() + metrics.height()
    assert first.rect.width() > cell.width() - 12
    assert [box.more for box in found if box.entry is None] == [2]
    (lasting,) = (box for box in found if box.entry is not None and box.entry.id == 4)
    assert lasting.rect.width() > 2 * cell.width()


def test_a_title_is_cut_without_three_dots(qapp: QApplication) -> None:
    metrics = QFontMetrics(QFont("Noto Sans CJK TC", 10))
    title = "週末新品試喝"
    for many in range(len(title) + 1):
        assert painting.letters_in(title, metrics, metrics.horizontalAdvance(title[:many])) == title[:many]
