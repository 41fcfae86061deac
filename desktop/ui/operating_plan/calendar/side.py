"""The column beside the calendar: the form of the chosen entry, else what is ahead."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.operating_plan.calendar.entry_form import EntryForm
from desktop.ui.operating_plan.calendar.season_list import SeasonList
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import heading

WIDTH, ANY_WIDTH = 288, (1 << 24) - 1


class CalendarSide(Card):
    """See the module."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName(t("operating_page.beside"))
        self.stack = QStackedWidget()
        self.leave_ahead = icon_button("x", t("operating_page.close"))
        self.body.addWidget(self.stack)
        self.seasons = SeasonList()
        self.form = EntryForm()
        self.done = icon_button("check", t("operating_page.mark_done"))
        self.copy = icon_button("copy", t("operating_page.copy"))
        self.delete = icon_button("trash", t("operating_page.delete"))
        self.leave = icon_button("x", t("operating_page.close"))
        top = QHBoxLayout()
        self.name = heading(t("operating_page.entry"))
        top.addWidget(self.name, 1)
        for each in (self.done, self.copy, self.delete, self.leave):
            top.addWidget(each)
        entry = QWidget()
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(top)
        column.addWidget(self.form)
        column.addStretch(1)
        ahead = QWidget()
        rows = QVBoxLayout(ahead)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.leave_ahead, 0, Qt.AlignmentFlag.AlignRight)
        rows.addWidget(self.seasons)
        self._ahead = _scrolled(ahead)
        self._entry = _scrolled(entry)
        self.stack.addWidget(self._ahead)
        self.stack.addWidget(self._entry)

    def set_wide(self, wide: bool) -> None:
        """As wide as there is room, in the place of the days; else a column beside them."""
        self.setMinimumWidth(0 if wide else theme.px(WIDTH))
        self.setMaximumWidth(ANY_WIDTH if wide else theme.px(WIDTH))

    @property
    def shows_entry(self) -> bool:
        """Whether the form is shown."""
        return self.stack.currentWidget() is self._entry

    def show_form(self, *, kept: bool) -> None:
        """Show the form; of an entry that is not kept yet there is nothing to mark, copy or delete."""
        self.stack.setCurrentWidget(self._entry)
        self.name.setText(t("operating_page.entry" if kept else "operating_page.new_entry"))
        for each in (self.done, self.copy, self.delete):
            each.setVisible(kept)

    def show_ahead(self) -> None:
        """Show what is ahead."""
        self.stack.setCurrentWidget(self._ahead)


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside = QWidget()
    column = QVBoxLayout(inside)
    edge = theme.px(14)
    column.setContentsMargins(edge, theme.px(12), edge, theme.px(12))
    column.addWidget(widget)
    column.addStretch(1)
    area.setWidget(inside)
    return area
