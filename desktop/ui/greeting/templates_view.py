"""Where a greeting begins: ten kinds of shops, each with a greeting that already says what it should."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.labels import heading, muted

TILE_WIDTH = 240
LINES = 2


class KindTile(QAbstractButton):
    """A kind of shop, and what its greeting offers."""

    def __init__(self, kind: str, name: str, hint: str) -> None:
        super().__init__()
        self.kind, self._hint = kind, hint
        self.setText(name)
        self.setAccessibleName(t("greeting_page.template_spoken", name=name, text=hint))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(theme.px(TILE_WIDTH), line * (1 + LINES) + theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(140), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOption()
        option.initFrom(self)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(theme.colour("focus" if self.hasFocus() else "line_strong" if hovered else "line"))
        painter.setBrush(theme.colour("hover" if hovered else "panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(8), theme.px(8))
        line, edge = self.fontMetrics().lineSpacing(), theme.px(14)
        area = self.rect().adjusted(edge, theme.px(12), -edge, -theme.px(12))
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRect(area.left(), area.top(), area.width(), line), 0, self.text())
        painter.setFont(self.font())
        painter.setPen(theme.colour("muted"))
        words = QRect(area.left(), area.top() + line + theme.px(6), area.width(), line * LINES)
        painter.setClipRect(words)
        painter.drawText(words, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), self._hint)
        painter.end()


class TemplatesView(QWidget):
    """``chosen(kind)``: begin with the greeting of this kind of shop; ``empty_chosen``: with nothing; ``left``: go back to what
    there was.

    Args:
        kinds: id and name of each kind of shop, and what its greeting offers.
    """

    chosen = Signal(str)
    empty_chosen = Signal()
    left = Signal()

    def __init__(self, kinds: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.px(6), 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(heading(t("greeting_page.which_shop")))
        column.addWidget(muted(t("greeting_page.which_shop_hint"), wrap=True))
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(10))
        self.tiles = [KindTile(*kind) for kind in kinds]
        for tile in self.tiles:
            tile.clicked.connect(lambda _=False, kind=tile.kind: self.chosen.emit(kind))
        column.addLayout(self._grid)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.empty = link_button(t("greeting_page.from_nothing"), self.empty_chosen.emit, icon="plus")
        self.back = button(t("greeting_page.not_now"), self.left.emit)
        row.addWidget(self.empty)
        row.addStretch(1)
        row.addWidget(self.back)
        column.addLayout(row)
        column.addStretch(1)
        scroll.setWidget(inside)
        around.addWidget(scroll)
        self._columns = 0
        self._arrange()

    def can_go_back(self, possible: bool) -> None:
        """Whether there is something to go back to."""
        self.back.setVisible(possible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(4, self.width() // theme.px(TILE_WIDTH)))
        if columns == self._columns:
            return
        self._columns = columns
        for number, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, number // columns, number % columns)
            QWidget.setTabOrder(self.tiles[number - 1] if number else self, tile)
        QWidget.setTabOrder(self.tiles[-1], self.empty)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
