"""A group of lines in a frame: its handle, what it asks of its lines (all, one, not all, none), and ways to add more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.audiences.builder.draft import Group, Node
from desktop.ui.audiences.builder.grip import Grip
from desktop.ui.audiences.builder.lines import LineWidget
from desktop.ui.widgets.buttons import PushButton, icon_button, link_button
from desktop.ui.widgets.labels import muted

KINDS = ((False, False), (True, False), (False, True), (True, True))
"""(one is enough, turned round) in the order of the menu."""


def kind_text(*, any_of: bool, negated: bool) -> str:
    """What a group asks of its lines."""
    if negated:
        return t("builder.none_of_these" if any_of else "builder.not_all_of_these")
    return t("audiences_page.any_of_these" if any_of else "audiences_page.all_of_these")


class KindButton(PushButton):
    """What a group asks of its lines; ``chosen(one is enough, turned round)``.

    Args:
        turnable: whether it may be turned round; the whole condition may not.
    """

    chosen = Signal(bool, bool)

    def __init__(self, *, turnable: bool) -> None:
        super().__init__()
        self._turnable = turnable
        self.kind = (False, False)
        self.setProperty("kind", "link")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        self.show_kind(any_of=False, negated=False)

    def show_kind(self, *, any_of: bool, negated: bool) -> None:
        """Show what is asked."""
        self.kind = (any_of, negated)
        self.setText(kind_text(any_of=any_of, negated=negated))
        self.setAccessibleName(t("builder.kind_is", kind=self.text()))
        self.setToolTip(t("builder.change_kind"))
        self.updateGeometry()

    def menu_of_kinds(self) -> QMenu:
        """What can be asked of the lines."""
        menu = QMenu(self)
        for any_of, negated in KINDS:
            if negated and not self._turnable:
                continue
            action = menu.addAction(kind_text(any_of=any_of, negated=negated))
            action.setCheckable(True)
            action.setChecked((any_of, negated) == self.kind)
            action.triggered.connect(partial(self._choose, any_of, negated))
        return menu

    def sizeHint(self) -> QSize:
        font = self.font()
        font.setBold(True)
        width = self.fontMetrics().horizontalAdvance(self.text()) * 1.06 + theme.px(26)
        return QSize(round(width), max(theme.px(28), self.fontMetrics().height() + theme.px(8)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setBrush(theme.colour("hover"))
            painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.px(5), theme.px(5))
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.colour("warning" if self.kind[1] else "ink"))
        area = self.rect().adjusted(theme.px(4), 0, 0, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        side = theme.px(11)
        left = theme.px(9) + painter.fontMetrics().horizontalAdvance(self.text())
        icons.paint(
            painter,
            QRectF(left, (self.height() - side) / 2, side, side),
            "caret-down",
            theme.colour("muted"),
        )
        painter.end()

    def _open(self) -> None:
        menu = self.menu_of_kinds()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, any_of: bool, negated: bool, _checked: bool = False) -> None:
        self.chosen.emit(any_of, negated)


class GroupWidget(QWidget):
    """``kind_chosen(one is enough, turned round)``, ``removed``, ``menu_wanted``, ``line_wanted``, ``group_wanted``.

    Args:
        group: what it shows.
        level: how deep it stands, from 1; frames alternate in colour.
        nesting: whether a group inside it is offered.
    """

    kind_chosen = Signal(bool, bool)
    removed = Signal()
    menu_wanted = Signal()
    line_wanted = Signal()
    group_wanted = Signal()

    def __init__(self, group: Group, level: int, *, nesting: bool) -> None:
        super().__init__()
        self.node: Node = group
        self._level = level
        self.parts: list[LineWidget | GroupWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(6), theme.px(6), theme.px(6), theme.px(6))
        column.setSpacing(theme.px(6))
        said = kind_text(any_of=group.any, negated=group.negated)
        self.grip = Grip(t("builder.grip", line=said))
        self.kind = KindButton(turnable=True)
        self.kind.show_kind(any_of=group.any, negated=group.negated)
        self.count = muted()
        self.cross = icon_button("x", t("audiences_page.remove_group"), self.removed.emit, role="link")
        head = QHBoxLayout()
        head.setSpacing(theme.px(4))
        head.addWidget(self.grip)
        head.addWidget(self.kind)
        head.addStretch(1)
        head.addWidget(self.count)
        head.addWidget(self.cross)
        column.addLayout(head)
        self._inside = QWidget()
        self.rows = QVBoxLayout(self._inside)
        self.rows.setContentsMargins(theme.px(6), 0, 0, 0)
        self.rows.setSpacing(theme.px(8))
        column.addWidget(self._inside)
        column.addLayout(self._foot(nesting))
        self.grip.clicked.connect(self.menu_wanted)
        self.kind.chosen.connect(self.kind_chosen)

    def inner(self) -> tuple[QWidget, Sequence[LineWidget | GroupWidget]]:
        """The widget its parts are in, and the widgets of its parts."""
        return self._inside, self.parts

    def area_in(self, over: QWidget) -> QRect:
        """Its rectangle in the coordinates of ``over``."""
        return QRect(self.mapTo(over, QPoint(0, 0)), self.size())

    def focus_value(self) -> None:
        """Put the focus where the next thing is to be entered."""
        if self.parts:
            self.parts[0].focus_value()
        else:
            self.add_button.setFocus()

    def show_count(self, text: str, hint: str) -> None:
        """Say how many people it holds by itself; ``hint`` says more."""
        self.count.setText(text)
        self.count.setToolTip(hint)
        self.count.setAccessibleName(hint)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("background" if self._level % 2 else "panel"))
        radius = theme.px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()

    def _foot(self, nesting: bool) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.setContentsMargins(theme.px(26), 0, 0, 0)
        self.add_button = link_button(t("audiences_page.add_condition"), self.line_wanted.emit, icon="plus")
        row.addWidget(self.add_button)
        self.group_button = link_button(t("builder.add_group"), self.group_wanted.emit, icon="plus")
        self.group_button.setVisible(nesting)
        row.addWidget(self.group_button)
        row.addStretch(1)
        return row
