"""Pictures to choose from in rows: layouts, styles, icons. Arrow keys go from one to the next, Return and Space take it; the
chosen one has the frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from desktop.ui import theme

PaintPicture = Callable[[QPainter, QRect], object]
GAP = 6


class Tile(QAbstractButton):
    """One picture.

    Args:
        name: what it is, said and shown as its tooltip.
        picture: draws it into a rectangle.
        size: at 100 % text size.
        caption: whether the name stands below it.
    """

    def __init__(self, name: str, picture: PaintPicture, size: QSize, *, caption: bool = False) -> None:
        super().__init__()
        self._picture, self._size, self._caption = picture, size, caption
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setText(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().lineSpacing() + theme.px(2) if self._caption else 0
        return QSize(theme.px(self._size.width()), theme.px(self._size.height()) + text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        # Arrow keys belong to the rows around it, not to Qt's groups of buttons.
        event.ignore() if event.key() != Qt.Key.Key_Space else super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._caption:
            frame.setHeight(frame.height() - self.fontMetrics().lineSpacing() - theme.px(2))
        marked = self.isChecked() or self.hasFocus()
        role = "accent" if self.isChecked() else "focus" if marked else "line_strong"
        painter.setPen(
            QPen(theme.colour(role if marked or self.underMouse() else "line"), 2 if marked else 1)
        )
        painter.setBrush(theme.colour("hover" if self.underMouse() and not marked else "field"))
        painter.drawRoundedRect(frame, theme.px(5), theme.px(5))
        inside = frame.toRect().adjusted(theme.px(4), theme.px(4), -theme.px(4), -theme.px(4))
        painter.save()
        self._picture(painter, inside)
        painter.restore()
        if self._caption:
            painter.setPen(theme.colour("ink" if self.isChecked() else "muted"))
            line = QRect(
                0, round(frame.bottom()) + theme.px(2), self.width(), self.fontMetrics().lineSpacing()
            )
            shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.end()


class TileGrid(QWidget):
    """``taken(value)``: one was taken by hand.

    Args:
        name: what is chosen here.
        columns: how many stand beside one another where there is room.
    """

    taken = Signal(object)

    def __init__(self, name: str, columns: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._most, self._columns = columns, 0
        self.tiles: dict[object, Tile] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(GAP))

    def show_tiles(self, tiles: Sequence[tuple[object, Tile]]) -> None:
        """Offer these instead of those there."""
        for old in self.tiles.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = dict(tiles)
        for value, tile in tiles:
            tile.clicked.connect(partial(self._take, value))
        self._columns = 0
        self._arrange()

    def set_value(self, value: object) -> None:
        """Mark one without saying so; None or a stranger: none."""
        for one, tile in self.tiles.items():
            tile.setChecked(one == value)

    def value(self) -> object:
        """What is marked."""
        return next((value for value, tile in self.tiles.items() if tile.isChecked()), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        order = list(self.tiles.values())
        at = next((index for index, tile in enumerate(order) if tile.hasFocus()), None)
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        by = steps.get(Qt.Key(event.key()))
        if at is None or by is None:
            super().keyPressEvent(event)
        elif 0 <= at + by < len(order):
            order[at + by].setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self, value: object) -> None:
        self.set_value(value)
        self.taken.emit(value)

    def _arrange(self) -> None:
        if not self.tiles:
            return
        widest = max(tile.sizeHint().width() for tile in self.tiles.values()) + theme.px(GAP)
        columns = max(1, min(self._most, (self.width() + theme.px(GAP)) // widest))
        if columns == self._columns:
            return
        self._columns = columns
        for at, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, at // columns, at % columns)
            tile.show()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
