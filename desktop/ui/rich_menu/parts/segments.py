"""A choice of one among two to four, all in view beside one another: what a list that opens would hide."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.ui import icons, theme

PADDING = 10
ICON = 16
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Segment(QAbstractButton):
    """One of the choices."""

    def __init__(self, text: str, icon: str = "") -> None:
        super().__init__()
        self._icon = icon
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        if icon:
            self.setToolTip(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        text = 0 if self._icon else self.fontMetrics().horizontalAdvance(self.text())
        width = text + (theme.px(ICON) if self._icon else 0) + 2 * theme.px(PADDING)
        return QSize(width, max(theme.px(28), self.fontMetrics().height() + theme.px(10)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse() or self.hasFocus():
            painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if on else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        ink = theme.colour("disabled" if not self.isEnabled() else "selection_ink" if on else "muted")
        if self._icon:
            side = theme.px(ICON)
            middle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            icons.paint(painter, middle, self._icon, ink)
        else:
            painter.setPen(ink)
            room = self.rect().adjusted(theme.px(4), 0, -theme.px(4), 0)
            shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.end()


class Segments(QWidget):
    """``chosen(value)``: another one was taken by hand.

    Args:
        name: what is chosen, for who cannot see it.
        choices: (value, text) or (value, text, icon), in their order.
    """

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[object, str] | tuple[object, str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._values = [choice[0] for choice in choices]
        self.segments: list[Segment] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(2), theme.px(2), theme.px(2), theme.px(2))
        row.setSpacing(theme.px(2))
        for value, text, *icon in choices:
            segment = Segment(str(text), str(icon[0]) if icon else "")
            segment.setAccessibleName(f"{name}: {text}")
            segment.clicked.connect(partial(self._click, value))
            self.segments.append(segment)
            row.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if self._values:
            self.set_value(self._values[0])

    def value(self) -> object:
        """What is chosen."""
        return next(
            (v for v, segment in zip(self._values, self.segments, strict=True) if segment.isChecked()), None
        )

    def set_value(self, value: object) -> None:
        """Choose without saying so."""
        for one, segment in zip(self._values, self.segments, strict=True):
            segment.setChecked(one == value)
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == value else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = STEPS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        at = self._values.index(self.value())
        to = max(0, min(len(self._values) - 1, at + by))
        self.segments[to].setFocus()
        self._click(self._values[to])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("line_strong"))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(8), theme.px(8))
        painter.end()

    def _click(self, value: object) -> None:
        changed = value != self.value() or sum(segment.isChecked() for segment in self.segments) != 1
        before = self.value()
        self.set_value(value)
        if changed or before != value:
            self.chosen.emit(value)
