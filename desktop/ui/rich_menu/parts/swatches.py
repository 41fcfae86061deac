"""A row of colours to choose from, each with its name for who cannot tell them apart, and a last one for any colour at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.widgets.chips import FlowLayout

SIDE = 26


class Swatch(QAbstractButton):
    """One colour; without one it stands for the style's own, with ``icon`` for any other.

    Args:
        name: said, and shown as its tooltip.
        colours: one, or several side by side.
    """

    def __init__(self, name: str, colours: Sequence[str] = (), icon: str = "") -> None:
        super().__init__()
        self.colours, self._icon = tuple(colours), icon
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(SIDE), theme.px(SIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self.isChecked() or self.hasFocus()
        disc = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        if not self.colours:
            painter.setBrush(theme.colour("field"))
            painter.drawEllipse(disc)
            inside = disc.adjusted(
                disc.width() * 0.2, disc.width() * 0.2, -disc.width() * 0.2, -disc.width() * 0.2
            )
            icons.paint(painter, inside, self._icon or "minus", theme.colour("muted"))
        else:
            for at, colour in enumerate(self.colours):
                painter.setBrush(QColor(colour))
                whole = 360 * 16
                if len(self.colours) == 1:
                    painter.drawEllipse(disc)
                else:
                    share = whole // len(self.colours)
                    painter.drawPie(disc, 90 * 16 - at * share, -share)
        if marked:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent" if self.isChecked() else "focus"), 2))
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


class Swatches(QWidget):
    """``taken(value)``: one was taken by hand; ``any_wanted``: another colour than those shown."""

    taken = Signal(str)
    any_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.swatches: dict[str, Swatch] = {}
        self._flow = FlowLayout(self, gap=4)
        self.own = Swatch(t("rich_menu_page.any_colour"), icon="plus")
        self.own.clicked.connect(self._any)

    def offer(self, choices: Sequence[tuple[str, str, Sequence[str]]]) -> None:
        """Offer these: (value, name, colours)."""
        while self._flow.count():
            self._flow.takeAt(0)
        for old in self.swatches.values():
            old.hide()
            old.deleteLater()
        self.swatches = {value: Swatch(name, colours) for value, name, colours in choices}
        for value, swatch in self.swatches.items():
            swatch.clicked.connect(partial(self._take, value))
            self._flow.addWidget(swatch)
            swatch.show()
        self._flow.addWidget(self.own)
        self.updateGeometry()

    def set_value(self, value: str, any_colour: str = "") -> None:
        """Mark one; ``any_colour`` is one of none of these."""
        known = value if not any_colour else None
        for one, swatch in self.swatches.items():
            swatch.setChecked(one == known)
        self.own.colours = (any_colour,) if any_colour else ()
        self.own.setChecked(bool(any_colour))
        self.own.update()

    def _take(self, value: str) -> None:
        self.set_value(value)
        self.taken.emit(value)

    def _any(self) -> None:
        self.own.setChecked(bool(self.own.colours))
        self.any_wanted.emit()
