"""The list of fields a column can be given: searched by typing, in groups, with what else can be decided about
the column below. A child of the page and no popup window, because input methods cannot compose in popup windows
on Windows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.core.people.search_text import fold
from desktop.text import t
from desktop.ui import theme
from desktop.ui.importing.mapping.column_words import groups_for
from desktop.ui.widgets.fields import SearchField, Select
from desktop.ui.widgets.labels import muted

ROWS = 9
WIDTH = 300
FIELD_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class MoreChoice:
    """A decision about a column besides its field: what it is called, its choices, the one that holds, what choosing does."""

    name: str
    choices: tuple[tuple[str, str], ...]
    value: str
    choose: Callable[[str], object]


class FieldMenu(QFrame):
    """See the module.

    Args:
        over: the page it is laid over.
        name: which column it is about.
        kind: the kind of file.
        current: the field the column has.
        pick: called with the field chosen.
        more: what else can be decided.
    """

    def __init__(
        self,
        over: QWidget,
        name: str,
        kind: str,
        current: str,
        pick: Callable[[str], object],
        more: list[MoreChoice],
    ) -> None:
        super().__init__(over)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)
        self._over, self._pick, self._current = over, pick, current
        self._groups = groups_for(kind)
        self._anchor: QWidget | None = None
        self.field = SearchField(t("import_page.find_field"), name)
        self.list = QListWidget()
        self._lay_out(name, more)
        self.field.textChanged.connect(self._filter)
        self.field.submitted.connect(self._submit)
        self.field.installEventFilter(self)
        self.list.itemClicked.connect(self._clicked)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def _lay_out(self, name: str, more: list[MoreChoice]) -> None:
        column = QVBoxLayout(self)
        edge = theme.px(8)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(6))
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.more: list[Select] = []
        for one in more:
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            row.addWidget(muted(one.name))
            select = Select(one.name, one.choices)
            select.set_value(one.value)
            select.chosen.connect(lambda value, one=one: self._chosen(one, value))
            select.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            row.addWidget(select, 1)
            column.addLayout(row)
            self.more.append(select)

    def open_at(self, anchor: QWidget) -> None:
        """Show it under ``anchor``."""
        self._anchor = anchor
        self._filter("")
        self.setFixedWidth(min(theme.px(WIDTH), self._over.width() - theme.px(16)))
        self.list.setFixedHeight(theme.px(28 * ROWS))
        self.adjustSize()
        at = anchor.mapTo(self._over, QPoint(0, anchor.height() + theme.px(2)))
        if at.y() + self.height() > self._over.height():
            at.setY(max(0, self._over.height() - self.height() - theme.px(8)))
        at.setX(max(0, min(at.x(), self._over.width() - self.width() - theme.px(8))))
        self.move(at)
        self.show()
        self.raise_()
        self.field.setFocus()

    @property
    def offered(self) -> list[str]:
        """The fields in the list now."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.data(FIELD_ROLE) for item in items if item.data(FIELD_ROLE)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.field.composing:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def _filter(self, text: str) -> None:
        wanted = fold(text.strip())
        self.list.clear()
        current = None
        line = QSize(0, self.fontMetrics().height() + theme.px(11))
        for group, fields in self._groups:
            heading = t(f"import_page.group.{group}")
            named = [(field, t(f"importing.field.{field}")) for field in fields]
            found = [one for one in named if wanted in fold(one[1]) or wanted in one[0]]
            if not found:
                continue
            title = QListWidgetItem(heading, self.list)
            title.setFlags(Qt.ItemFlag.NoItemFlags)
            title.setSizeHint(line)
            title.setForeground(theme.colour("muted"))
            for field, name in found:
                item = QListWidgetItem("    " + name, self.list)
                item.setData(FIELD_ROLE, field)
                item.setSizeHint(line)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
                if current is None or (field == self._current and not wanted):
                    current = item
        if current is not None:
            self.list.setCurrentItem(current)
            self.list.scrollToItem(current)

    def _step(self, by: int) -> None:
        count = self.list.count()
        row = self.list.currentRow()
        for _ in range(count):
            row = (row + by) % count
            if self.list.item(row).data(FIELD_ROLE):
                self.list.setCurrentRow(row)
                return

    def _submit(self) -> None:
        item = self.list.currentItem()
        if self.list.currentRow() >= 0 and item.data(FIELD_ROLE):
            self._clicked(item)

    def _clicked(self, item: QListWidgetItem) -> None:
        field = item.data(FIELD_ROLE)
        if field:
            self._leave()
            self._pick(field)

    def _chosen(self, one: MoreChoice, value: str) -> None:
        self._leave()
        one.choose(value)

    def _leave(self) -> None:
        if self._anchor is not None and isValid(self._anchor):
            self._anchor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close()

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isVisible():
            return
        widget: QObject | None = now
        while widget is not None and widget is not self:
            widget = widget.parent()
        if widget is None:
            self.close()
