"""Pieces of a line: its field, which offers the others when pressed, and the word 「不符合」."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.audiences.conditions.fields_offered import key_of
from desktop.ui.audiences.conditions.words import field_label
from desktop.ui.widgets.buttons import PushButton


class NotWord(QPushButton):
    """The word 「不符合」 before a line; pressing it takes it away."""

    def __init__(self) -> None:
        super().__init__(t("builder.not"))
        self.setProperty("kind", "link")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("builder.not_hint"))
        self.setToolTip(t("builder.not_hint"))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        height = max(theme.px(28), metrics.height() + theme.px(8))
        return QSize(metrics.horizontalAdvance(self.text()) + theme.px(20), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("warning_soft"))
        painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.px(6), theme.px(6))
        painter.setPen(theme.colour("warning"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()


class FieldButton(PushButton):
    """The field of a sentence; pressing it offers the others."""

    def __init__(self, choose: Callable[[], object]) -> None:
        super().__init__()
        self.field, self.extra = "", False
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: choose())

    def show_field(self, field: str, *, extra: bool) -> None:
        """Show a field's name."""
        self.field, self.extra = field, extra
        name = field_label(field, extra=extra)
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(t("builder.field_is", field=name))
        self.setToolTip(t("builder.change_field"))
        self.updateGeometry()

    @property
    def key(self) -> str:
        """The field's key in the list of fields."""
        return key_of(self.field, extra=self.extra)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(field_label(self.field, extra=self.extra))
        return QSize(width + theme.px(44), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        side, edge = theme.px(11), theme.px(10)
        area = QRect(self.width() - side - edge, (self.height() - side) // 2, side, side)
        icons.paint(painter, area, "caret-down", theme.colour("muted"))
        painter.setPen(theme.colour("ink"))
        room = self.rect().adjusted(theme.px(12), 0, -side - edge, 0)
        name = field_label(self.field, extra=self.extra)
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()
