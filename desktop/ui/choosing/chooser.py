"""A field with a list under it, laid over the page: type a few letters, take one. A child of the page and no popup window,
because input methods cannot compose in popup windows on Windows; the list never takes the focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.core.people.search_text import fold
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.widgets.chips import chip_size, paint_chip
from desktop.ui.widgets.fields import TextField

ROWS = 8
WIDTH = 280
HEADING = "\0heading"
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Choice:
    """One thing to take.

    Args:
        name: as it is shown.
        colour: a tag's; "" for plain text.
        people: how many have it; None: not told.
        key: what ``pick`` is given instead of the name.
        group: the heading it stands under; those of one group follow each other.
        words: further words it is found by.
        hint: grey text behind the name.
    """

    name: str
    colour: str = ""
    people: int | None = None
    key: str = ""
    group: str = ""
    words: tuple[str, ...] = ()
    hint: str = ""

    @property
    def picked(self) -> str:
        """What ``pick`` is given."""
        return self.key or self.name

    @property
    def is_heading(self) -> bool:
        """Whether it only heads its group and cannot be taken."""
        return self.key == HEADING


class Chooser(QFrame):
    """See the module.

    Args:
        over: the page it is laid over.
        name: what is chosen, said in the empty field.
        choices: everything there is to take, most likely first.
        pick: called with each name taken.
        free: whether a text that is not among the choices may be taken too.
        once: close when one is taken.
        rows: how many lines the list shows.
    """

    def __init__(
        self,
        over: QWidget,
        name: str,
        choices: Sequence[Choice],
        pick: Callable[[str], object],
        *,
        free: bool,
        once: bool = False,
        rows: int = ROWS,
    ) -> None:
        super().__init__(over)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)
        self._over = over
        self._choices = list(choices)
        self._pick = pick
        self._free = free
        self._once = once
        self._rows = rows
        self._anchor: QWidget | None = None
        self._left = False
        self.field = TextField(name, name)
        self.list = QListView()
        self._model = _Choices(self.list)
        self._lay_out(name)
        self.list.clicked.connect(lambda index: self._take(self._model.choices[index.row()]))
        self.field.textChanged.connect(self._filter)
        self.field.submitted.connect(self._submit)
        self.field.installEventFilter(self)

    def _lay_out(self, name: str) -> None:
        column = QVBoxLayout(self)
        edge = theme.px(8)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(6))
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_ChoiceLine(self.list))
        column.addWidget(self.field)
        column.addWidget(self.list)

    def open_at(self, anchor: QWidget) -> None:
        """Show it under ``anchor``."""
        self._anchor = anchor
        anchor.installEventFilter(self)
        self.window().installEventFilter(self)
        self._filter("")
        self._place(anchor)
        self.show()
        self.raise_()
        self.field.setFocus()

    @property
    def is_closed(self) -> bool:
        """Whether it was left."""
        return self._left

    @property
    def offered(self) -> list[str]:
        """The names in the list now."""
        return [choice.name for choice in self._model.choices if not choice.is_heading]

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices: what is looked for outside while one types."""
        self._choices = list(choices)
        self._filter(self.field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            if event.type() == QEvent.Type.Hide and not self._left:
                # Another page or another part of the page is shown: a list over it would belong to nothing.
                self._left = True
                self.close()
            elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
                self._pressed_beside(event)
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.field.composing:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._leave()
                return True
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            stays = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
            if event.reason() not in stays and not self._left:
                self._left = True
                self.close()
        return False

    def _pressed_beside(self, event: QMouseEvent) -> None:
        """A press on what takes no focus comes to the window in the end: the list is left for that too."""
        inside = self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint()))
        if not inside and not self._left:
            self._left = True
            self.close()

    def _filter(self, text: str) -> None:
        wanted = fold(text.strip())
        known = [choice for choice in self._choices if wanted in _sought(choice)]
        if wanted:
            known.sort(key=lambda choice: not fold(choice.name).startswith(wanted))
        if self._free and wanted and wanted not in {fold(choice.name) for choice in known}:
            known.append(Choice(text.strip()))
        self._model.show_choices(known if wanted else _headed(known))
        self.list.setCurrentIndex(self._model.index(0))
        self._step(0)
        self.list.scrollToTop()

    def _submit(self) -> None:
        index = self.list.currentIndex()
        if index.isValid() and (self.field.text().strip() or self._model.choices):
            self._take(self._model.choices[index.row()])

    def _take(self, choice: Choice) -> None:
        if choice.is_heading:
            return
        if self._once:
            self._leave()
            self._pick(choice.picked)
            return
        self._choices = [other for other in self._choices if other.picked != choice.picked]
        self._pick(choice.picked)
        self.field.clear()
        self._filter("")
        if not self._choices and not self._free:
            self._leave()

    def _leave(self) -> None:
        self._left = True
        if self._anchor is not None:
            self._anchor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close()

    def _step(self, by: int) -> None:
        """To the next choice (or, by 0, from a heading to the first under it); headings are passed over."""
        count = self._model.rowCount()
        row = max(0, self.list.currentIndex().row()) + by
        for _ in range(count):
            if not self._model.choices[row % count].is_heading:
                self.list.setCurrentIndex(self._model.index(row % count))
                return
            row += by or 1

    def _place(self, anchor: QWidget) -> None:
        line = self.list.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self.list.setFixedHeight(line * self._rows + theme.px(2))
        self.setFixedWidth(min(theme.px(WIDTH), self._over.width() - theme.px(16)))
        self.adjustSize()
        at = anchor.mapTo(self._over, QPoint(0, anchor.height() + theme.px(2)))
        if at.y() + self.height() > self._over.height():
            at.setY(max(0, anchor.mapTo(self._over, QPoint(0, 0)).y() - self.height() - theme.px(2)))
        at.setX(max(0, min(at.x(), self._over.width() - self.width() - theme.px(8))))
        self.move(at)


def _sought(choice: Choice) -> str:
    return "\n".join(fold(text) for text in (choice.name, *choice.words))


def _headed(choices: Sequence[Choice]) -> list[Choice]:
    """With a line before each group that says its name."""
    found: list[Choice] = []
    for choice in choices:
        if choice.group and (not found or found[-1].group != choice.group):
            found.append(Choice(choice.group, key=HEADING, group=choice.group))
        found.append(choice)
    return found


class _Choices(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.choices: list[Choice] = []

    def show_choices(self, choices: list[Choice]) -> None:
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.choices)

    def flags(self, index: Index) -> Qt.ItemFlag:
        heading = index.isValid() and self.choices[index.row()].is_heading
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        choice = self.choices[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            people = choice.people
            if people is None:
                return f"{choice.name} {choice.hint}".strip()
            return t("shell.choice", name=choice.name, n=people)
        return None


class _ChoiceLine(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice: Choice = index.data(Qt.ItemDataRole.UserRole)
        if choice.is_heading:
            self._heading(painter, option, choice)
            return
        marked = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if marked or hovered:
            painter.fillRect(option.rect, theme.colour("selection" if marked else "hover"))
        area = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        metrics = painter.fontMetrics()
        room = area.width()
        if choice.people is not None:
            count = i18n.number(choice.people)
            painter.setPen(theme.colour("selection_muted" if marked else "muted"))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), count)
            room -= metrics.horizontalAdvance(count) + theme.px(8)
        if choice.colour:
            size = chip_size(choice.name, metrics)
            chip = QRect(
                area.x(), area.y() + (area.height() - size.height()) // 2, size.width(), size.height()
            )
            chip.setWidth(min(size.width(), room))
            paint_chip(painter, chip, choice.name, choice.colour)
            return
        painter.setPen(theme.colour("selection_ink" if marked else "ink"))
        shown = metrics.elidedText(choice.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        if choice.hint:
            area.setLeft(area.left() + metrics.horizontalAdvance(shown) + theme.px(10))
            painter.setPen(theme.colour("selection_muted" if marked else "muted"))
            hint = metrics.elidedText(choice.hint, Qt.TextElideMode.ElideRight, max(0, area.width()))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), hint)

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, choice: Choice) -> None:
        area = option.rect.adjusted(theme.px(8), 0, -theme.px(8), -theme.px(2))
        painter.setPen(theme.colour("muted"))
        shown = painter.fontMetrics().elidedText(choice.name, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        parent = self.parent()
        metrics = parent.fontMetrics() if isinstance(parent, QWidget) else option.fontMetrics
        return QSize(theme.px(120), metrics.height() + theme.px(10))
