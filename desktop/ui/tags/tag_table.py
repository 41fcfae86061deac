"""The table of tags. A tag can be dragged onto another one, which asks to join the two; typing goes on in the search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.core.people.tag import Tag
from desktop.operations.tagging.tags import KINDS, LONGEST_EXPIRY
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.members.tagging.dragging import drag_tag, far_enough, tag_in
from desktop.ui.members.tagging.pinned_tags import PLACES, key_of
from desktop.ui.tags import words
from desktop.ui.widgets.chips import chip_size, paint_chip
from desktop.ui.widgets.progress import paint_progress
from desktop.ui.widgets.table import VALUE_ROLE, BadgeDelegate, Column, SimpleTableModel, Table

NAME, PEOPLE, SHARE, KIND, GROUP, MEANING, LAST, PIN, EXPIRY, RULE = range(10)
WIDTHS = (128, 64, 104, 60, 84, 0, 92, 66, 64, 104)
LEAST_MEANING = 120
GIVEN_UP = (RULE, EXPIRY, GROUP, KIND, PIN, LAST, SHARE)
"""The columns a narrow table does without, the first to go first; the panel beside it has them all."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class TagRow:
    """One row: the tag, how many people the shop has, the rules that put it on, when it was put on last."""

    tag: Tag
    of: int
    rules: tuple[str, ...]
    put_on: str | None


SORTS: Mapping[int, tuple[Callable[[TagRow], Any], bool]] = {
    NAME: (lambda row: row.tag.name.casefold(), False),
    PEOPLE: (lambda row: row.tag.people, True),
    SHARE: (lambda row: row.tag.people, True),
    KIND: (lambda row: row.tag.kind, False),
    GROUP: (lambda row: (not row.tag.group, row.tag.group), False),
    MEANING: (lambda row: (not row.tag.meaning, row.tag.meaning), False),
    LAST: (lambda row: words.last_at(row.tag, row.put_on), True),
    PIN: (lambda row: row.tag.pinned or len(WIDTHS) + 1, False),
    EXPIRY: (lambda row: row.tag.expires_after or 1 << 30, False),
    RULE: (lambda row: (not row.rules, row.rules), False),
}
"""By what each column sorts, and whether its first order is the descending one."""


class TagModel(SimpleTableModel):
    """The rows that are shown, in the order asked for; its headers tell the order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), spoken=lambda row: words.spoken(row.tag, row.of), parent=parent)
        self.column, self.descending = PEOPLE, True

    def sort_by(self, column: int) -> None:
        """Order by a column; the same one again turns the order round."""
        same = column == self.column
        self.descending = not self.descending if same else SORTS[column][1]
        self.column = column
        self.set_rows(self.rows)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(WIDTHS) - 1)

    def set_rows(self, rows: Sequence[TagRow]) -> None:
        super().set_rows(sorted(rows, key=SORTS[self.column][0], reverse=self.descending))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        title = super().headerData(section, orientation, role)
        if role == Qt.ItemDataRole.DisplayRole and section == self.column and title:
            return f"{title} {'▾' if self.descending else '▴'}"
        return title


class TagTable(Table):
    """``merge_asked(a tag, into another)``; ``delete_asked``; ``typed(text)``: what belongs into the search."""

    merge_asked = Signal(str, str)
    delete_asked = Signal()
    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("tags_page.list"))
        self.rows = TagModel(self)
        self.setModel(self.rows)
        self.setItemDelegateForColumn(NAME, TagCell(self))
        self.setItemDelegateForColumn(SHARE, _ShareCell(self))
        self.widths = _widths(self)
        self.fit_columns(stretch=MEANING, widths=[LEAST_MEANING] * len(WIDTHS))
        for column, width in enumerate(self.widths):
            self.setColumnWidth(column, width)
        self.horizontalHeader().sectionClicked.connect(self.rows.sort_by)
        self.setAcceptDrops(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pressed: tuple[QPoint, str] | None = None
        self._over = -1
        self._unneeded: frozenset[int] = frozenset()

    def show_rows(self, rows: Sequence[TagRow]) -> None:
        """Show these; columns that would be empty all the way are left out."""
        self.rows.set_rows(rows)
        filled = {
            GROUP: any(row.tag.group for row in rows),
            PIN: any(row.tag.pinned for row in rows),
            EXPIRY: any(row.tag.expires_after for row in rows),
            RULE: any(row.rules for row in rows),
        }
        self._unneeded = frozenset(column for column, has in filled.items() if not has)
        self._fit()

    def selected(self) -> list[TagRow]:
        """The rows selected, from the top."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.row(row) for row in chosen]

    def select(self, ids: Sequence[int]) -> bool:
        """Select the rows of these tags, if they are shown; False if none is."""
        found = [at for at, row in enumerate(self.rows.rows) if row.tag.id in set(ids)]
        self.clearSelection()
        for at in found:
            flags = self.selectionModel().SelectionFlag.Select | self.selectionModel().SelectionFlag.Rows
            self.selectionModel().select(self.rows.index(at, NAME), flags)
        if found:
            self.selectionModel().setCurrentIndex(
                self.rows.index(found[0], NAME), self.selectionModel().SelectionFlag.NoUpdate
            )
            self.scrollTo(self.rows.index(found[0], NAME))
        return bool(found)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_asked.emit()
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    # Dragging

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton and index.isValid() and not event.modifiers()
        self._pressed = (event.position().toPoint(), self.rows.row(index).tag.name) if left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            start, name = self._pressed
            if far_enough(start, event.position().toPoint()):
                self._pressed = None
                tag = next((row.tag for row in self.rows.rows if row.tag.name == name), None)
                if tag is not None:
                    drag_tag(self, name, tag.colour)
            return
        super().mouseMoveEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if tag_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self._row_for(event)
        self._show_over(row)
        event.setAccepted(row >= 0)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        row, name = self._row_for(event), tag_in(event.mimeData())
        self._show_over(-1)
        if row >= 0 and name is not None:
            event.acceptProposedAction()
            self.merge_asked.emit(name, self.rows.row(row).tag.name)

    def _row_for(self, event: QDropEvent) -> int:
        """The row another tag can be dropped on here, or -1."""
        name = tag_in(event.mimeData())
        index = self.indexAt(event.position().toPoint())
        if name is None or not index.isValid() or self.rows.row(index).tag.name == name:
            return -1
        return int(index.row())

    def _show_over(self, row: int) -> None:
        if row != self._over:
            self._over = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._over < 0:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.colour("accent"), theme.px(2)))
        painter.drawRect(self._row_area(self._over).adjusted(1, 1, -2, -2))
        painter.end()

    def _row_area(self, row: int) -> QRect:
        area = self.visualRect(self.rows.index(row, NAME))
        return QRect(0, area.top(), self.viewport().width(), area.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        room = self.viewport().width() - theme.px(LEAST_MEANING)
        shown = [column for column in range(len(WIDTHS)) if column not in self._unneeded]
        needed = sum(self.widths[column] for column in shown)
        for column in GIVEN_UP:
            hide = column in self._unneeded or needed > room
            needed -= self.widths[column] if hide and column in shown else 0
            self.setColumnHidden(column, hide)


def _widths(table: TagTable) -> list[int]:
    """How wide each column has to be for its title and what it says in the language in use."""
    metrics = table.fontMetrics()
    said = {
        KIND: [t(f"tags_page.kind.{kind}") for kind in KINDS],
        PIN: [key_of(place) for place in PLACES],
        EXPIRY: [words.expiry(LONGEST_EXPIRY)],
        LAST: [i18n.date("2026-12-31")],
    }
    found = []
    for column, width in enumerate(WIDTHS):
        title = table.rows.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        texts = [f"{title} ▾", *said.get(column, [])]
        content = max(metrics.horizontalAdvance(text) for text in texts) + theme.px(20)
        found.append(max(theme.px(width), content) if width else 0)
    return found


class TagCell(BadgeDelegate):
    """The tag as a chip in its colour."""

    def draw(
        self, painter: QPainter, rect: QRect, text: str, index: Index, option: QStyleOptionViewItem
    ) -> None:
        size = chip_size(text, option.fontMetrics)
        top = rect.y() + (rect.height() - size.height()) // 2
        area = QRect(rect.x(), top, min(size.width(), rect.width()), size.height())
        paint_chip(painter, area, text, index.data(VALUE_ROLE))


class _ShareCell(BadgeDelegate):
    """A share of the shop as a bar with its number."""

    def draw(
        self, painter: QPainter, rect: QRect, text: str, index: Index, option: QStyleOptionViewItem
    ) -> None:
        words_width = option.fontMetrics.horizontalAdvance("100%") + theme.px(6)
        height = theme.px(6)
        bar = rect.adjusted(0, 0, -words_width, 0)
        bar.setTop(rect.y() + (rect.height() - height) // 2)
        bar.setHeight(height)
        if index.data(VALUE_ROLE):
            paint_progress(painter, bar.toRectF(), float(index.data(VALUE_ROLE)))
        painter.setPen(theme.colour("muted"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)


def _columns() -> list[Column]:
    return [
        Column(t("tags_page.column.name"), lambda row: row.tag.name, value=lambda row: words.colour_of(row.tag)),
        Column(t("tags_page.column.people"), lambda row: i18n.number(row.tag.people), right=True),
        Column(
            t("tags_page.column.share"),
            lambda row: words.share(row.tag.people, row.of),
            value=lambda row: row.tag.people / row.of if row.of else 0.0,
        ),
        Column(t("tags_page.column.kind"), lambda row: t(f"tags_page.kind.{row.tag.kind}"), role=lambda row: "muted"),
        Column(t("tags_page.column.group"), lambda row: row.tag.group),
        Column(t("tags_page.column.meaning"), lambda row: row.tag.meaning, role=lambda row: "muted"),
        Column(t("tags_page.column.last"), lambda row: words.last_used(row.tag, row.put_on), role=lambda row: "muted"),
        Column(t("tags_page.column.pin"), lambda row: key_of(row.tag.pinned) if row.tag.pinned else ""),
        Column(t("tags_page.column.expiry"), lambda row: words.expiry(row.tag.expires_after), role=lambda row: "muted"),
        Column(t("tags_page.column.rule"), lambda row: t("tags_page.list_separator").join(row.rules)),
    ]  # fmt: skip
