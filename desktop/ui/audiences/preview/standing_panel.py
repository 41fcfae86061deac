"""The answer to 「為什麼她不在名單裡？」: whether a person is in the list, each part of the condition that keeps her out with a
way to take it away, and the way to her own page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations.audiences.explaining import Standing, Unmet
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.preview.reason_words import reason_text
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.labels import heading, text_label


class StandingPanel(QWidget):
    """``opened(person id)``: show her page; ``part_unwanted(path)``: take this part of the condition away; ``closed``."""

    opened = Signal(int)
    part_unwanted = Signal(tuple)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.person: int | None = None
        self.inside = False
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, theme.px(8), theme.px(6), edge)
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        self.title = heading("")
        self.open_button = link_button(t("builder.open_person"), self._open, icon="arrow-right")
        self.close_button = icon_button("x", t("builder.close_answer"), self.close_answer)
        head.addWidget(self.title, 1)
        head.addWidget(self.open_button)
        head.addWidget(self.close_button)
        column.addLayout(head)
        self.reasons = QVBoxLayout()
        self.reasons.setSpacing(theme.px(2))
        column.addLayout(self.reasons)
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What the lines say."""
        return [label.text() for label in self.findChildren(_Reason) if not label.isHidden()]

    def show_standing(self, person: int, name: str, standing: Standing) -> None:
        """Show how a person stands to the condition.

        Args:
            person: her number.
            name: as she is called.
            standing: whether she is in and why, or what keeps her out.
        """
        self.person, self.inside = person, standing.inside
        stopped = standing.inside and bool(standing.unreachable)
        key = "builder.is_inside" if standing.inside else "builder.is_outside"
        self.title.setText(t("builder.is_stopped" if stopped else key, name=name))
        self.setAccessibleName(self.title.text())
        self._clear()
        if standing.inside:
            for reason in (*standing.reasons, *standing.unreachable):
                self._add(reason_text(reason))
        else:
            for part in standing.unmet:
                self._add_unmet(part, alone=len(standing.unmet) == 1)
        self.show()

    def close_answer(self) -> None:
        """The answer was read."""
        self.person = None
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.close_answer()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("background"))
        radius = theme.px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()

    def _clear(self) -> None:
        while self.reasons.count():
            item = self.reasons.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, text: str) -> None:
        self.reasons.addWidget(_Reason(text))

    def _add_unmet(self, part: Unmet, *, alone: bool) -> None:
        line = _Reason(reason_text(part.message))
        name = t("builder.remove_part") if not alone else t("builder.remove_part_alone")
        button = link_button(name, lambda: self.part_unwanted.emit(part.path))
        button.setAccessibleName(f"{name}: {line.text()}")
        line.row.addWidget(button)
        self.reasons.addWidget(line)

    def _open(self) -> None:
        if self.person is not None:
            self.opened.emit(self.person)


class _Reason(QWidget):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self._label = text_label(text)
        self.row.addWidget(self._label, 1)

    def text(self) -> str:
        return self._label.text()
