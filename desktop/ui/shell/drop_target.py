"""What lies over the window while a file is dragged across it: where to let go, and what will happen then."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.text import t
from desktop.ui import icons, theme


def files_of(data: QMimeData) -> list[Path]:
    """The files and folders of a drag; a link to the web comes as a path made of its address, to be answered in words."""
    return [Path(url.toLocalFile() if url.isLocalFile() else url.toString()) for url in data.urls()]


class DropTarget(QWidget):
    """Hidden until something is dragged over the window; takes no clicks."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Lie over the whole window."""
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme.colour("background")
        painter.setOpacity(0.88)
        painter.fillRect(self.rect(), veil)
        painter.setOpacity(1.0)
        edge = theme.px(20)
        area = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 12, 12)
        side = theme.px(48)
        middle = area.center()
        icons.paint(
            painter,
            QRectF(middle.x() - side / 2, middle.y() - side, side, side),
            "drop",
            theme.colour("accent"),
        )
        font = self.font()
        font.setPixelSize(theme.px(18))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        words = QRectF(area.x(), middle.y() + theme.px(8), area.width(), theme.px(32))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), t("shell.drop.title"))
        font.setPixelSize(theme.px(13))
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        words.translate(0, theme.px(30))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), t("shell.drop.text"))
        painter.end()
