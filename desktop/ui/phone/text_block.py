"""Text as a chat wraps it: by characters where words have no spaces, never inside an emoji, addresses underlined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

LINE_HEIGHT = 1.34
"""Height of a line over the height of its letters."""

_ADDRESS = re.compile(r"https?://[^\s\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set.

    Args:
        font: with its size in the phone's points.
        colour: of the letters.
        link: of addresses; None leaves them plain.
        lines: at most so many; the last ends in ….
        centred: in the middle of the width, else at its beginning.
    """

    font: QFont
    colour: QColor
    link: QColor | None = None
    lines: int | None = None
    centred: bool = False


class TextBlock:
    """Text broken into lines.

    Args:
        text: what is written; line breaks are kept.
        style: how.
        room: points it may be wide.
    """

    def __init__(self, text: str, style: Style, room: float) -> None:
        self.text = text
        self._style = style
        self._room = max(1.0, room)
        self._pitch = round(style.font.pixelSize() * LINE_HEIGHT, 1)
        self._layout = self._lay(text)
        if style.lines is not None and self._layout.lineCount() > style.lines:
            self._layout = self._lay(self._shortened(style.lines))
        self.height = self._pitch * self._layout.lineCount()
        widths = [self._layout.lineAt(at).naturalTextWidth() for at in range(self._layout.lineCount())]
        self.width = min(self._room, max(widths, default=0.0))

    @property
    def lines(self) -> list[str]:
        """The lines as they were broken."""
        found = []
        for at in range(self._layout.lineCount()):
            line = self._layout.lineAt(at)
            found.append(_part(self._layout.text(), line.textStart(), line.textLength()))
        return [line.rstrip("\u2028") for line in found]

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it with its upper left corner there."""
        painter.setPen(self._style.colour)
        self._layout.draw(painter, QPointF(x, y))

    def _lay(self, text: str) -> QTextLayout:
        layout = QTextLayout(text.replace("\r\n", "\n").replace("\n", "\u2028"), self._style.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setUseDesignMetrics(True)
        if self._style.centred:
            option.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.setTextOption(option)
        self._mark_addresses(layout)
        natural = QFontMetricsF(self._style.font)
        drop = (self._pitch - natural.height()) / 2
        layout.beginLayout()
        at = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._room)
            # A line holding an emoji is higher by its font; the chat sets all lines alike.
            line.setPosition(QPointF(0, at * self._pitch + drop + natural.ascent() - line.ascent()))
            at += 1
        layout.endLayout()
        return layout

    def _mark_addresses(self, layout: QTextLayout) -> None:
        if self._style.link is None:
            return
        marks = []
        for found in _ADDRESS.finditer(layout.text()):
            shape = QTextCharFormat()
            shape.setForeground(self._style.link)
            shape.setFontUnderline(True)
            mark = QTextLayout.FormatRange()
            mark.start = _units(layout.text()[: found.start()])
            mark.length = _units(found[0])
            mark.format = shape
            marks.append(mark)
        layout.setFormats(marks)

    def _shortened(self, lines: int) -> str:
        """The text up to the end of line ``lines``, with … in place of what does not fit."""
        last = self._layout.lineAt(lines - 1)
        whole = self._layout.text()
        head = _part(whole, 0, last.textStart())
        rest = _part(whole, last.textStart(), _units(whole) - last.textStart()).split("\u2028")[0]
        metrics = QFontMetricsF(self._style.font)
        wanted = metrics.elidedText(rest + "…", Qt.TextElideMode.ElideRight, self._room)
        return head + wanted


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _part(text: str, start: int, length: int) -> str:
    """The part of ``text`` that Qt counts in UTF-16 units."""
    return text.encode("utf-16-le")[start * 2 : (start + length) * 2].decode("utf-16-le", "replace")
