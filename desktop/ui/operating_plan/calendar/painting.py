"""Paints a page of the calendar: the days, the seasons beside their numbers, and the entries as bars over the days they last."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from desktop.core.planning.operating.calendar import Channel, State
from desktop.operations.planning.operating.months import CalendarNow, EntryNow
from desktop.text import render, t
from desktop.ui import icons, theme
from desktop.ui.audiences.figures.cost_line import cost_text
from desktop.ui.operating_plan.words import full_day, weekday

if TYPE_CHECKING:
    from desktop.ui.operating_plan.calendar.grid import CalendarGrid

CHANNELS = {
    Channel.MANAGER: ("chat", "green"),
    Channel.HERE: ("upload", "green"),
    Channel.VOOM: ("newspaper", "orange"),
    Channel.RICH_MENU: ("rich-menu", "purple"),
    Channel.GREETING: ("greeting", "teal"),
    Channel.SHOP: ("storefront", "yellow"),
    Channel.OTHER: ("more", "grey"),
}
"""Channel → its icon and the colour of its bar."""

GAP = 2
ENOUGH = 4
"""Letters of a title by which it is known again."""
LEFT, CENTRE, RIGHT = (
    int(one | Qt.AlignmentFlag.AlignVCenter)
    for one in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
)


@dataclass(frozen=True)
class Box:
    """Where an entry is painted; ``more`` of its day are not. Without an entry only that number is."""

    rect: QRect
    entry: EntryNow | None
    more: int = 0


def head_height() -> int:
    """The line of the weekdays' names."""
    return theme.px(28)


def cell(page: CalendarNow, area: QRect, day: datetime.date) -> QRect:
    """Where a day is painted; an empty rectangle of a day not shown."""
    for row, week in enumerate(page.grid.weeks):
        if day in week:
            column = week.index(day)
            rows, top = len(page.grid.weeks), head_height()
            height = area.height() - top
            y0, y1 = top + height * row // rows, top + height * (row + 1) // rows
            x0, x1 = area.width() * column // 7, area.width() * (column + 1) // 7
            return QRect(x0, y0, x1 - x0, y1 - y0)
    return QRect()


def day_at(page: CalendarNow, area: QRect, at: QPoint) -> datetime.date | None:
    """The day at a point; None in the line of names or outside."""
    return next((day for week in page.grid.weeks for day in week if cell(page, area, day).contains(at)), None)


def boxes(page: CalendarNow, area: QRect, metrics: QFontMetrics) -> list[Box]:
    """Where everything is painted, week by week."""
    return [box for week in page.grid.weeks for box in _week_boxes(page, area, metrics, week)]


def _week_boxes(
    page: CalendarNow, area: QRect, metrics: QFontMetrics, week: tuple[datetime.date, ...]
) -> list[Box]:
    alone = len(page.grid.weeks) == 1
    line = metrics.height() * (4 if alone else 1) + theme.px(8 if alone else 4)
    first = cell(page, area, week[0])
    if is_low(first, metrics):
        return _low_boxes(page, area, metrics, week)
    top = first.top() + metrics.height() + theme.px(8)
    room = first.bottom() - theme.px(3) - top
    if room < line:
        top, room, line = first.top() + metrics.height() + theme.px(5), metrics.height(), metrics.height()
    lanes, over = _lanes(page, week, max(1, (room + GAP) // (line + GAP)))
    made = []
    for entry, lane, start, end in lanes:
        left, right = cell(page, area, week[start]), cell(page, area, week[end])
        x0, x1 = left.left() + theme.px(4), right.right() - theme.px(3)
        made.append(Box(QRect(x0, top + lane * (line + GAP), x1 - x0, line), entry))
    for column, n in enumerate(over):
        if n:
            there = cell(page, area, week[column])
            y, width = there.top() + theme.px(3), there.width() - theme.px(6)
            made.append(Box(QRect(there.left(), y, width, metrics.height()), None, n))
    return made


def is_low(row: QRect, metrics: QFontMetrics) -> bool:
    """Whether a week has no room for a line below the days' numbers."""
    return row.height() < 2 * metrics.height() + theme.px(6)


def _low_boxes(
    page: CalendarNow, area: QRect, metrics: QFontMetrics, week: tuple[datetime.date, ...]
) -> list[Box]:
    """In a low row the first entry of a day stands beside the day's number, and says how many more there are."""
    made = []
    for day in week:
        here, there = page.on(day), cell(page, area, day)
        if here:
            number = metrics.horizontalAdvance("12/1" if day.day == 1 else "00") + theme.px(14)
            x0 = there.left() + number
            height = min(metrics.height() + theme.px(4), there.height() - theme.px(4))
            rect = QRect(x0, there.top() + theme.px(2), there.right() - theme.px(3) - x0, height)
            made.append(Box(rect, here[0], len(here) - 1))
    return made


def _lanes(
    page: CalendarNow, week: tuple[datetime.date, ...], most: int
) -> tuple[list[tuple[EntryNow, int, int, int]], list[int]]:
    """Each entry of a week with its lane and first and last column, and for each day how many found no room."""
    here = [one for one in page.entries if one.entry.day <= week[-1] and one.entry.last >= week[0]]
    here.sort(
        key=lambda one: (
            max(one.entry.day, week[0]),
            -(one.entry.last - one.entry.day).days,
            one.entry.at or "99",
        )
    )
    taken: list[set[int]] = [set() for _ in week]
    placed, over = [], [0] * 7
    for one in here:
        start = max(0, (one.entry.day - week[0]).days)
        end = min(6, (one.entry.last - week[0]).days)
        span = range(start, end + 1)
        free = (lane for lane in range(most) if all(lane not in taken[column] for column in span))
        lane = next(free, None)
        if lane is None:
            for column in span:
                over[column] += 1
            continue
        for column in span:
            taken[column].add(lane)
        placed.append((one, lane, start, end))
    return placed, over


def paint(painter: QPainter, grid: CalendarGrid, found: list[Box]) -> None:
    """Paint all of it."""
    page = grid.page
    assert page is not None
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(theme.colour("muted"))
    for column, day in enumerate(page.grid.weeks[0]):
        x0, x1 = grid.width() * column // 7, grid.width() * (column + 1) // 7
        painter.drawText(QRect(x0, 0, x1 - x0, head_height()), CENTRE, weekday(day.weekday()))
    for week in page.grid.weeks:
        for day in week:
            _paint_day(painter, grid, day)
    for box in found:
        if box.entry is None:
            painter.setPen(theme.colour("ink"))
            painter.drawText(box.rect, RIGHT, t("operating_page.more_entries", n=box.more))
        else:
            _paint_entry(painter, grid, box, box.entry, box.rect)
    _paint_dragged(painter, grid, found)


def _paint_day(painter: QPainter, grid: CalendarGrid, day: datetime.date) -> None:
    page = grid.page
    assert page is not None
    area = grid.cell(day)
    chosen = day == grid.day
    target = grid.dragged is not None and grid.dragged.over == day
    other_month = len(page.grid.weeks) > 1 and day.month != page.grid.month
    painter.fillRect(
        area,
        theme.colour(
            "selection" if target else "accent_soft" if chosen else "background" if other_month else "panel"
        ),
    )
    painter.setPen(theme.colour("line"))
    painter.drawLine(area.topLeft(), area.topRight())
    if day != page.grid.weeks[0][0] and day.weekday() != page.grid.weeks[0][0].weekday():
        painter.drawLine(area.topLeft(), area.bottomLeft())
    if chosen and grid.hasFocus() and grid.entry_id is None:
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.drawRect(area.adjusted(1, 1, -2, -2))
    _paint_number(painter, grid, day, area)


def _paint_number(painter: QPainter, grid: CalendarGrid, day: datetime.date, area: QRect) -> None:
    page = grid.page
    assert page is not None
    metrics = painter.fontMetrics()
    words = (
        t("operating_page.month_day", month=str(day.month), day=str(day.day))
        if day.day == 1
        else str(day.day)
    )
    width = max(metrics.horizontalAdvance(words) + theme.px(10), metrics.height() + theme.px(4))
    place = QRect(area.left() + theme.px(4), area.top() + theme.px(3), width, metrics.height() + theme.px(2))
    today = day == page.today
    if today:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_fill"))
        painter.drawRoundedRect(QRectF(place), place.height() / 2, place.height() / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    marked = day == grid.day or (grid.dragged is not None and grid.dragged.over == day)
    muted = len(page.grid.weeks) > 1 and day.month != page.grid.month and not marked
    painter.setPen(theme.colour("accent_ink" if today else "muted" if muted else "ink"))
    painter.drawText(place, CENTRE, words)
    seasons = [one for one in page.seasons_on(day) if one.first == day or day == page.grid.first]
    if seasons and not (is_low(area, metrics) and page.on(day)):
        names = "・".join(render(one.name) for one in seasons)
        room = QRect(
            place.right() + theme.px(4),
            place.top(),
            area.right() - place.right() - theme.px(28 if len(page.on(day)) > 1 else 8),
            place.height(),
        )
        painter.setPen(theme.colour("accent_text"))
        short = metrics.elidedText(names, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, LEFT, short if names[:2] in short else "")


def _paint_entry(painter: QPainter, grid: CalendarGrid, box: Box, one: EntryNow, rect: QRect) -> None:
    icon, background, ink = look(one)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen = one.id == grid.entry_id
    painter.setPen(QPen(theme.colour("focus"), 2) if chosen else Qt.PenStyle.NoPen)
    painter.setBrush(background)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(5), theme.px(5))
    painter.setPen(ink)
    metrics = painter.fontMetrics()
    side = min(theme.px(13), metrics.height())
    if box.more:
        painter.drawText(rect.adjusted(0, 0, -theme.px(4), 0), RIGHT, _more(box))
        rect = rect.adjusted(0, 0, -metrics.horizontalAdvance(_more(box)) - theme.px(5), 0)
    width = rect.width() - side - theme.px(12)
    if rect.height() > 2 * metrics.height():
        lines = _lines(one, metrics, width)
    else:
        lines = [words_in(words_of(one)[0], one.entry.title, metrics, width)]
        if not _says_enough(one, lines[0]):
            # Where a few letters fit, those of the title matter more than the sign of its channel, which the colour tells.
            side = 0
            lines = [letters_in(one.entry.title, metrics, rect.width() - theme.px(8))]
    y = rect.top() + (rect.height() - len(lines) * metrics.height()) // 2
    if side:
        place = QRect(rect.left() + theme.px(5), y + (metrics.height() - side) // 2, side, side)
        icons.paint(painter, place, icon, ink)
    left = rect.left() + (side + theme.px(9) if side else theme.px(4))
    font = painter.font()
    font.setStrikeOut(one.entry.state is State.SKIPPED)
    painter.setFont(font)
    for line in lines:
        room = QRect(left, y, rect.right() - left - theme.px(3), metrics.height())
        painter.drawText(room, LEFT, metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width()))
        y += metrics.height()
    painter.restore()


def _more(box: Box) -> str:
    return t("operating_page.more_entries", n=box.more)


def _says_enough(one: EntryNow, words: str) -> bool:
    """Whether the title stands in the words, or at least enough of it."""
    title = one.entry.title
    return title[:ENOUGH] in words


def letters_in(title: str, metrics: QFontMetrics, width: int) -> str:
    """As many letters of a title as fit: in a narrow day three dots would take the room of one of two."""
    fits = next((n for n in range(len(title), 0, -1) if metrics.horizontalAdvance(title[:n]) <= width), 0)
    return title[:fits].rstrip()


def words_in(words: str, title: str, metrics: QFontMetrics, width: int) -> str:
    """What an entry says in one line: without its time where little more than the time would fit, and nothing at all where
    not even a letter does.

    Args:
        words: time and title.
        title: the title alone.
        metrics: of the font it is painted with.
        width: pixels there are.
    """
    whole = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
    if whole == words or title[:2] in whole:
        return whole
    short = metrics.elidedText(title, Qt.TextElideMode.ElideRight, width)
    return short if title[:1] in short else ""


def _lines(one: EntryNow, metrics: QFontMetrics, width: int) -> list[str]:
    """An entry's words where there is room for four lines: a long title takes two of them."""
    title, *others = words_of(one)
    fits = next((n for n in range(len(title), 0, -1) if metrics.horizontalAdvance(title[:n]) <= width), 1)
    if fits < len(title) and (space := title.rfind(" ", 1, fits + 1)) > 0 and title.isascii():
        fits = space
    return [one for one in (title[:fits].rstrip(), title[fits:].lstrip(), *others) if one]


def _paint_dragged(painter: QPainter, grid: CalendarGrid, found: list[Box]) -> None:
    carried = grid.dragged
    if carried is None or carried.by_end:
        return
    box = next((one for one in found if one.entry is not None and one.entry.id == carried.entry_id), None)
    if box is not None and box.entry is not None:
        rect = QRect(box.rect)
        rect.setWidth(min(rect.width(), theme.px(180)))
        rect.moveTopLeft(carried.at + QPoint(theme.px(10), theme.px(6)))
        painter.setOpacity(0.92)
        _paint_entry(painter, grid, box, box.entry, rect)
        painter.setOpacity(1.0)


def look(one: EntryNow) -> tuple[str, QColor, QColor]:
    """The icon and the colours of an entry: by its channel, by its state once that matters more."""
    icon, colour = CHANNELS[one.entry.channel]
    if one.overdue:
        return ("warning-circle", *theme.tag_pair("red"))
    if one.entry.state is State.DONE:
        return ("check", *theme.tag_pair("grey"))
    if one.entry.state is State.SKIPPED:
        return ("prohibit", *theme.tag_pair("grey"))
    return (icon, *theme.tag_pair(colour))


def words_of(one: EntryNow) -> list[str]:
    """An entry in up to three parts: when and what, to whom, at what cost."""
    entry = one.entry
    lines = [f"{entry.at} {entry.title}" if entry.at else entry.title]
    if one.audience is not None:
        lines.append(one.audience)
    elif entry.everybody:
        lines.append(t("operating_page.everybody"))
    if one.cost is not None:
        lines.append(cost_text(one.cost))
    return lines


def tip(page: CalendarNow, one: EntryNow | None, day: datetime.date) -> str:
    """What stands beside the pointer: the whole entry, or the day with its seasons and what they are good for."""
    if one is not None:
        state = t(f"operating.state.{one.entry.state.value}")
        channel = t(f"operating.channel.{one.entry.channel.value}")
        others = [each.entry.title for each in page.on(day) if each.id != one.id]
        return "\n".join([*words_of(one), t("operating_page.two", one=channel, two=state), *others])
    seasons = [f"{render(each.name)}\n{render(each.idea)}" for each in page.seasons_on(day)]
    return "\n".join([full_day(day, page.today), *seasons]) if seasons else ""
