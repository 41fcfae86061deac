"""The command palette: everything the window can do, by typing a few letters of its name in any of the three languages. A
child of the window, not a popup: input methods cannot compose in popup windows on Windows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import text as texts
from desktop.paths import resources_folder
from desktop.text import LANGUAGES, t
from desktop.ui import icons, theme
from desktop.ui.actions import Actions, Registered
from desktop.ui.palette.matching import score
from desktop.ui.widgets.fields import SearchField
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.shadow import lift

WIDTH = 560
ROWS = 9
ENTRY_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@cache
def names_of(key: str) -> tuple[str, ...]:
    """A command's name in all languages."""
    return tuple(catalogue[key] for catalogue in _catalogues() if isinstance(catalogue.get(key), str))


@cache
def _catalogues() -> tuple[dict[str, Any], ...]:
    return tuple(texts.load_catalogue(resources_folder() / "i18n" / language) for language in LANGUAGES)


@dataclass(frozen=True)
class Entry:
    """One line of the palette."""

    name: str
    names: tuple[str, ...]
    keys: str
    icon: str
    run: Callable[[], object]


def entry_of(command: Registered) -> Entry:
    """The palette's line for a command."""
    shown = command.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    names = (command.action.text(), *names_of(command.command.text))
    return Entry(
        command.action.text(), names, shown, command.command.icon or "command", command.action.trigger
    )


class Palette(QFrame):
    """Shown over the top of ``over``; Return does what is marked, Escape and a click elsewhere close it."""

    def __init__(self, over: QWidget, actions: Actions) -> None:
        super().__init__(over)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over = over
        self._actions = actions
        self._entries: list[Entry] = []
        self._before: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), theme.px(8))
        column.setSpacing(theme.px(6))
        self.field = SearchField(t("shell.palette.placeholder"), t("shell.palette.name"))
        self.field.textChanged.connect(self._filter)
        self.field.submitted.connect(self._run)
        self.field.installEventFilter(self)
        self.list = QListView()
        self.list.setAccessibleName(t("shell.palette.list"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = _Entries(self.list)
        self.list.setModel(self._model)
        self.list.clicked.connect(self._run)
        lift(self)
        self.nothing = muted(t("shell.palette.nothing"))
        self.nothing.setMargin(theme.px(8))
        for part in (self.field, self.list, self.nothing):
            column.addWidget(part)
        self.hide()

    def open(self) -> None:
        """Show the palette with everything that can be done now."""
        self._before = QApplication.focusWidget()
        entries = [entry_of(command) for command in self._actions.available()]
        self._entries = [entry for entry in entries if entry.name]
        self.field.clear()
        self._filter("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Hide it and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> list[str]:
        """The names listed now, best first."""
        return [entry.name for entry in self._model.entries]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if watched is self.field and event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in (
                Qt.FocusReason.ActiveWindowFocusReason,
                Qt.FocusReason.PopupFocusReason,
            ):
                self.hide()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if self.field.composing:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.close_palette()
            return True
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            return False
        count = self._model.rowCount()
        if count:
            row = self.list.currentIndex().row() + step
            row = row % count if abs(step) == 1 else max(0, min(count - 1, row))
            self.list.setCurrentIndex(self._model.index(row))
        return True

    def _filter(self, typed: str) -> None:
        found = [(score(typed, entry.names), at, entry) for at, entry in enumerate(self._entries)]
        found = sorted((each for each in found if each[0]), key=lambda each: (-each[0], each[1]))
        self._model.set([entry for _, _, entry in found])
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self._model.index(0))
        self._place(len(found))

    def _place(self, count: int) -> None:
        width = min(theme.px(WIDTH), self._over.width() - theme.px(32))
        row = self.list.sizeHintForRow(0) if count else 0
        self.list.setFixedHeight(min(count, ROWS) * row + 2)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._over.width() - width) // 2, theme.px(64))

    def _run(self, *_: object) -> None:
        index = self.list.currentIndex()
        if index.isValid() and self._model.rowCount():
            entry = self._model.entries[index.row()]
            self.close_palette()
            entry.run()


class _Entries(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def set(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.name} {entry.keys}".strip()
        if role == ENTRY_ROLE:
            return entry
        return None


class _Line(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, option.fontMetrics.height() + theme.px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        entry: Entry = index.data(ENTRY_ROLE)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        side = theme.px(16)
        left = option.rect.x() + theme.px(10)
        place = QRect(left, option.rect.y() + (option.rect.height() - side) // 2, side, side)
        icons.paint(painter, place, entry.icon, theme.colour("selection_muted" if chosen else "muted"))
        painter.save()
        painter.setPen(theme.colour("selection_ink" if chosen else "ink"))
        words = option.rect.adjusted(theme.px(36), 0, -theme.px(12), 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), entry.name)
        painter.setPen(theme.colour("selection_muted" if chosen else "muted"))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), entry.keys)
        painter.restore()
