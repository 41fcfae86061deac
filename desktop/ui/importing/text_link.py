"""A line of text that can be pressed, in a colour of its own: the state of a column, a number with rows behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui import theme


class TextLink(QAbstractButton):
    """See the module. Without anything to do it is only text, and no stop of the Tab key.

    Args:
        run: what a press does.
        right: whether it stands at the right edge, with the width of its text.
    """

    def __init__(self, run: Callable[[], object], *, right: bool = False) -> None:
        super().__init__()
        self._role = "ink"
        self._bold = False
        self._hovered = False
        self._right = right
        horizontal = QSizePolicy.Policy.Minimum if right else QSizePolicy.Policy.Ignored
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: run())

    def show_text(
        self, text: str, *, role: str = "ink", bold: bool = False, live: bool = True, spoken: str = ""
    ) -> None:
        """Show a text in the colour of a theme role; ``live``: it can be pressed."""
        self.setText(text)
        self._role, self._bold = role, bold
        self.setEnabled(live)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if live else Qt.FocusPolicy.NoFocus)
        shape = Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setAccessibleName(spoken or text)
        self.updateGeometry()
        self._set_tool_tip()
        self.update()

    def sizeHint(self) -> QSize:
        font = self.font()
        font.setBold(self._bold)
        width = QFontMetrics(font).horizontalAdvance(self.text()) + theme.px(10)
        return QSize(max(width, theme.px(28)), max(theme.px(24), self.fontMetrics().height() + theme.px(6)))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return hint if self._right else QSize(theme.px(48), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        font = self.font()
        font.setBold(self._bold)
        font.setUnderline(self._hovered and self.isEnabled())
        painter.setFont(font)
        painter.setPen(theme.colour(self._role))
        room = self.rect().adjusted(theme.px(3), 0, -theme.px(3), 0)
        side = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_tool_tip()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def _set_tool_tip(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) + theme.px(6) > self.width()
        self.setToolTip(self.text() if cut and not self._right else "")
