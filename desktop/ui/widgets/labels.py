"""Texts in the weights the window knows: title, heading, plain, muted, the one big number, a key cap, a text cut at its end."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui import icons, theme


def title(text: str) -> QLabel:
    """The page's name."""
    return _label(text, "title")


def heading(text: str) -> QLabel:
    """The name of a card or section."""
    return _label(text, "heading", wrap=True)


def text_label(text: str = "", wrap: bool = True) -> QLabel:
    """Reading text."""
    return _label(text, "", wrap)


def muted(text: str = "", wrap: bool = False) -> QLabel:
    """Text that stands back."""
    return _label(text, "muted", wrap)


def small(text: str = "", wrap: bool = False) -> QLabel:
    """Small text that stands back: captions and hints below a field."""
    return _label(text, "small", wrap)


def big_number(text: str = "") -> QLabel:
    """The one number that matters."""
    return _label(text, "number")


def good_text(text: str = "", wrap: bool = True) -> QLabel:
    """Something went well."""
    return _label(text, "good", wrap)


def warning_text(text: str = "", wrap: bool = True) -> QLabel:
    """Something wants a look."""
    return _label(text, "warning", wrap)


def error_text(text: str = "", wrap: bool = True) -> QLabel:
    """Something failed."""
    return _label(text, "error", wrap)


def key_cap(text: str) -> QLabel:
    """A key of the keyboard, e.g. Ctrl+T."""
    made = _label(text, "key")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def set_kind(label: QWidget, kind: str) -> None:
    """Change what a label (or another marked widget) looks like after it was shown."""
    if label.property("kind") != kind:
        label.setProperty("kind", kind)
        label.style().unpolish(label)
        label.style().polish(label)


class ElidedLabel(QLabel):
    """One line that ends in … when there is no room; the whole text is its tooltip then."""

    def __init__(self, text: str = "", kind: str = "") -> None:
        super().__init__()
        if kind:
            self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show ``text`` (line breaks become spaces)."""
        self._text = " ".join(text.splitlines())
        self.setAccessibleName(self._text)
        super().setText(self._text)
        self._set_tool_tip()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(24), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_tool_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self._shown()
        painter.drawText(
            self.contentsRect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown
        )
        painter.end()

    def _shown(self) -> str:
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def _set_tool_tip(self) -> None:
        self.setToolTip(self._text if self._shown() != self._text else "")


class IconLabel(QWidget):
    """A picture in the colours of the theme, whatever theme is put on later.

    Args:
        icon: a file of resources/icons.
        role: its colour.
        size: in pixels at 100 % text size.
    """

    def __init__(self, icon: str, role: str, size: int) -> None:
        super().__init__()
        self._icon, self._role = icon, role
        self.setFixedSize(theme.px(size), theme.px(size))

    def set(self, icon: str, role: str) -> None:
        """Show another picture."""
        self._icon, self._role = icon, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, self.rect(), self._icon, theme.colour(self._role))
        painter.end()


def _label(text: str, kind: str, wrap: bool = False) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made
