"""Tags and states as small coloured pills: as widgets where there are few, as painting functions where a table has many.
The colour never stands alone; the name is always in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from desktop.text import t
from desktop.ui import icons, theme

BADGE_ROLES = {
    "good": ("good_soft", "good"),
    "info": ("info_soft", "info"),
    "neutral": ("neutral_soft", "neutral"),
    "warning": ("warning_soft", "warning"),
    "error": ("error_soft", "error"),
}


def chip_size(text: str, metrics: QFontMetrics) -> QSize:
    """How much room a chip or badge with this text takes."""
    return QSize(metrics.horizontalAdvance(text) + theme.px(16), metrics.height() + theme.px(3))


def paint_chip(painter: QPainter, rect: QRect, text: str, colour: str) -> None:
    """Draw a tag's chip into ``rect``; ``colour`` is one of theme.TAG_COLOURS."""
    background, ink = theme.tag_pair(colour)
    _paint_pill(painter, rect, text, background, ink)


def paint_badge(painter: QPainter, rect: QRect, text: str, kind: str) -> None:
    """Draw a state's badge into ``rect``; ``kind`` is good, info, neutral, warning or error."""
    background, ink = BADGE_ROLES[kind]
    _paint_pill(painter, rect, text, theme.colour(background), theme.colour(ink))


def _paint_pill(painter: QPainter, rect: QRect, text: str, background: QColor, ink: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(background)
    radius = rect.height() / 2
    painter.drawRoundedRect(QRectF(rect), radius, radius)
    painter.setPen(ink)
    inner = rect.adjusted(theme.px(7), 0, -theme.px(7), 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter), shown)
    painter.restore()


class Badge(QWidget):
    """A state in a word or two, e.g. 可使用."""

    def __init__(self, text: str = "", kind: str = "neutral") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(text, kind)

    def set(self, text: str, kind: str) -> None:
        """Show another state."""
        self._text, self._kind = text, kind
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._text, self.fontMetrics())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, self.rect(), self._text, self._kind)
        painter.end()


class Chip(QAbstractButton):
    """A tag or a filter as a widget. ``removable`` adds a cross; Delete and Backspace remove it too."""

    removed = Signal()

    def __init__(self, text: str, colour: str = "grey", removable: bool = False) -> None:
        super().__init__()
        self.setText(text)
        self.colour = colour
        self.removable = removable
        self._hovered = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if removable else Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(t("shell.chip_removable", name=text) if removable else text)
        if removable:
            self.setToolTip(t("shell.chip_remove", name=text))

    def sizeHint(self) -> QSize:
        size = chip_size(self.text(), self.fontMetrics())
        # A text is as wide as a fraction of a pixel more than its rounded width says.
        slack = theme.px(2)
        extra = theme.px(14) if self.removable else 0
        return QSize(size.width() + extra + slack, max(size.height(), theme.px(24)))

    def paintEvent(self, event: QPaintEvent) -> None:
        background, ink = theme.tag_pair(self.colour)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(background)
        painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
        area = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setPen(ink)
        text_area = self.rect().adjusted(theme.px(8), 0, -theme.px(22 if self.removable else 8), 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, text_area.width())
        painter.drawText(text_area, int(Qt.AlignmentFlag.AlignCenter), shown)
        if self.removable:
            icons.paint(painter, self._cross(), "x", ink)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.removable and self._cross().adjusted(-6, -6, 6, 6).contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        super().leaveEvent(event)

    def _cross(self) -> QRect:
        side = theme.px(10)
        return QRect(self.width() - side - theme.px(8), (self.height() - side) // 2, side, side)


class FlowLayout(QLayout):
    """Puts widgets side by side and goes on in the next line when there is no more room."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, at: int, widget: QWidget) -> None:
        """Put ``widget`` at a place instead of at the end."""
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _place(self, rect: QRect, *, move: bool) -> int:
        gap, margins = theme.px(self._gap), self.contentsMargins()
        outer, rect = rect, rect.marginsRemoved(margins)
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), rect.width())) if rect.width() > 0 else None
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + gap
            line = max(line, size.height())
        return y + line + margins.bottom() - outer.y()
