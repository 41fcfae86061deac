"""The filters in force as chips beside the search field: a click puts one back into the field to be changed,
the cross takes it away. They stand beside the field while there is room and below it when there is not."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.members.searching.condition_words import ChipText
from desktop.ui.widgets.chips import FlowLayout


class FilterChip(QPushButton):
    """One filter. Delete and Backspace remove it, Return changes it."""

    removed = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("members.chip.accessible", text=text))
        self.setToolTip(t("members.chip.hint"))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + theme.px(46), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setPen(theme.colour("ink"))
        area = self.rect().adjusted(theme.px(12), 0, -theme.px(28), 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        icons.paint(painter, self.cross(), "x", theme.colour("muted"))
        painter.end()

    def cross(self) -> QRect:
        """Where the cross is."""
        side = theme.px(10)
        return QRect(self.width() - side - theme.px(12), (self.height() - side) // 2, side, side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        reach = theme.px(10)
        if self.cross().adjusted(-reach, -reach, reach, reach).contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)


class FilterChips(QWidget):
    """All chips, side by side and in further lines where there is no room."""

    removed = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=8)
        self._chips: list[FilterChip] = []
        self._shown: list[ChipText] = []
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What the chips say."""
        return [chip.text for chip in self._shown]

    def show_chips(self, chips: list[ChipText]) -> None:
        """Show these filters."""
        if chips == self._shown:
            return
        focused = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), None)
        for old in self._chips:
            old.hide()
            old.deleteLater()
        while self._flow.count():
            self._flow.takeAt(0)
        self._shown = list(chips)
        self._chips = [self._made(chip) for chip in chips]
        self.setVisible(bool(chips))
        self.updateGeometry()
        if focused is not None and self._chips:
            self._chips[min(focused, len(self._chips) - 1)].setFocus()

    def chip(self, text: str) -> FilterChip:
        """The chip that says ``text``."""
        return next(chip for chip, shown in zip(self._chips, self._shown, strict=True) if shown.text == text)

    def wanted_width(self) -> int:
        """The width of one line with all chips."""
        gap = theme.px(8)
        return sum(chip.sizeHint().width() + gap for chip in self._chips)

    def sizeHint(self) -> QSize:
        height = self._chips[0].sizeHint().height() if self._chips else 0
        return QSize(self.wanted_width(), height)

    def _made(self, chip: ChipText) -> FilterChip:
        made = FilterChip(chip.text)
        made.removed.connect(lambda: self.removed.emit(chip))
        made.clicked.connect(lambda: self.opened.emit(chip))
        self._flow.addWidget(made)
        made.show()
        return made
