"""One line of the mapping table: a column of the file, a sample, the field it fills, the sample as it will be
stored, its state."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from desktop.importer.checking.report import Report
from desktop.importer.recipe import Column, DateQuestion
from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.importing.mapping.column_words import field_name, shown_value, state_of
from desktop.ui.importing.text_link import TextLink
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import ElidedLabel, set_kind


class ColumnActions(Protocol):
    """What a line asks for."""

    def choose_field(self, column: str, anchor: QWidget) -> None:
        """Show the list of fields."""

    def show_column(self, column: str) -> None:
        """Show the column's cells before and after."""

    def order_dates(self, column: str, order: str) -> None:
        """The owner said how dates are written."""


class FieldButton(QPushButton):
    """A field's name with an arrow, cut where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._name = ""

    def show_field(self, name: str, spoken: str) -> None:
        """Show a field's name."""
        self._name = name
        self.setAccessibleName(spoken)
        self.updateGeometry()
        self.update()

    def text_shown(self) -> str:
        """The name in it."""
        return self._name

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._name) + theme.px(48), hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(88), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(11)
        painter = QPainter(self)
        area = QRect(self.width() - side - theme.px(10), (self.height() - side) // 2, side, side)
        icons.paint(painter, area, "caret-down", theme.colour("ink" if self.isEnabled() else "disabled"))
        room = self.rect().adjusted(theme.px(12), 0, -side - theme.px(16), 0)
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(theme.colour("ink" if self.isEnabled() else "disabled"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()


class ColumnRow:
    """The widgets of a line; they are put into the card's grid.

    Args:
        grid: of the card.
        row: the line's place in it; the hairline below has the next.
        actions: what the line asks for.
    """

    def __init__(self, grid: QGridLayout, row: int, actions: ColumnActions) -> None:
        self._actions = actions
        self._column = ""
        self.name = ElidedLabel()
        self.before = ElidedLabel(kind="muted")
        self.field = FieldButton()
        self.field.clicked.connect(lambda: actions.choose_field(self._column, self.field))
        self.after = ElidedLabel()
        self.state = TextLink(lambda: actions.show_column(self._column))
        self.order = Select("")
        self.order.chosen.connect(self._order_dates)
        for place, part in enumerate((self.name, self.before, self.field, self.after, self.state)):
            side = Qt.AlignmentFlag.AlignLeft if part is self.field else Qt.AlignmentFlag(0)
            grid.addWidget(part, row, place, side)
        grid.addWidget(self.order, row, 4)
        grid.addWidget(hairline(), row + 1, 0, 1, 5)

    def show_column(
        self,
        column: Column,
        question: DateQuestion | None,
        found: tuple[Report | None, int],
        chosen: Collection[str],
    ) -> None:
        """Show what is known of a column; ``found``: the report of the check, and how many of the column's cells are unusable."""
        self._column = column.name
        sample = next((one for one in column.samples if one.problem is None), None)
        sample = sample or next(iter(column.samples), None)
        unused = column.field == "ignore"
        self.name.setText(column.name)
        set_kind(self.name, "muted" if unused else "")
        self.before.setText(sample.before if sample else "")
        self.after.setText(shown_value(sample.after, column) if sample and not unused else "—")
        set_kind(self.after, "muted" if unused else "")
        name = field_name(column)
        self.field.show_field(name, t("import_page.field_of", column=column.name, field=name))
        self.order.setVisible(question is not None)
        self.state.setVisible(question is None)
        if question is not None:
            self._ask(column, question)
            return
        state = state_of(column, *found, chosen)
        spoken = t("import_page.state_of", column=column.name, state=state.text)
        self.state.show_text(state.text, role=state.role, live=bool(column.samples), spoken=spoken)

    def _order_dates(self, order: object) -> None:
        if order:
            self._actions.order_dates(self._column, str(order))

    def _ask(self, column: Column, question: DateQuestion) -> None:
        orders = [("", t("import_page.which_order"))]
        orders += [(one, t(f"importing.order.{one}")) for one in question.orders]
        self.order.setAccessibleName(t("import_page.order_of", column=column.name))
        self.order.set_choices(orders)
        self.order.set_value("")
        self.order.setToolTip("、".join(question.examples))


def hairline() -> QFrame:
    """What stands between two lines."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setAutoFillBackground(True)
    palette = line.palette()
    palette.setColor(line.backgroundRole(), theme.colour("line"))
    line.setPalette(palette)
    return line
