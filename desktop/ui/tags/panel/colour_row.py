"""The colours a tag can have, side by side; each is told by its name too. The first lets the tag's name decide."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.widgets.chips import FlowLayout

BY_NAME = ""
SIDE = 24


class Swatch(QAbstractButton):
    """One colour; a tick says that it is the tag's."""

    def __init__(self, colour: str, name: str) -> None:
        super().__init__()
        self.colour = colour
        self._shown = colour
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_colour(self, colour: str) -> None:
        """The colour painted: for the one that follows the name, what the name gives."""
        self._shown = colour
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(SIDE), theme.px(SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        background, ink = theme.tag_pair(self._shown)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(
            theme.colour("focus") if self.hasFocus() else ink if self.isChecked() else Qt.PenStyle.NoPen
        )
        painter.setBrush(background)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        middle = area.adjusted(theme.px(5), theme.px(5), -theme.px(5), -theme.px(5))
        if self.isChecked():
            icons.paint(painter, middle, "check", ink)
        elif not self.colour:
            icons.paint(painter, middle, "text-size", ink)
        painter.end()


class ColourRow(QWidget):
    """``chosen(colour)``: one of theme.TAG_COLOURS, or BY_NAME. Arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("tags_page.colour"))
        row = FlowLayout(self, gap=1)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.swatches = {BY_NAME: Swatch(BY_NAME, t("tags_page.colour_by_name"))}
        for colour in theme.TAG_COLOURS:
            self.swatches[colour] = Swatch(colour, t(f"tags_page.colour.{colour}"))
        for swatch in self.swatches.values():
            self._group.addButton(swatch)
            row.addWidget(swatch)
        self._group.buttonClicked.connect(lambda swatch: self.chosen.emit(swatch.colour))

    def show_colour(self, colour: str, name: str) -> None:
        """Mark a tag's colour; nothing is said."""
        self.swatches[BY_NAME].show_colour(theme.tag_colour(name))
        self.swatches[colour if colour in self.swatches else BY_NAME].setChecked(True)
