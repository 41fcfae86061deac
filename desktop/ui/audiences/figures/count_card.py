"""The live count: how many people, how many of them can be reached, and where the others are lost; each part opens its list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStyle, QStyleOption

from desktop.operations.audiences.reaching import PARTS, EditorCounts
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import big_number, muted, warning_text
from desktop.ui.widgets.progress import ProgressBar


class CountRow(QAbstractButton):
    """A label and its number; a click opens the people behind it."""

    def __init__(self, indented: bool = False) -> None:
        super().__init__()
        self._label, self._value, self._role = "", "", "ink"
        self._indented = indented
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set(self, label: str, value: int, role: str = "ink") -> None:
        """Show another number."""
        self._label, self._value, self._role = label, i18n.number(value), role
        self.setEnabled(value > 0)
        self.setAccessibleName(t("audiences_page.count_row", label=label, n=value))
        self.setToolTip(t("audiences_page.open_people") if value else "")
        self.update()

    @property
    def value(self) -> str:
        """The number shown."""
        return self._value

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), max(theme.px(26), self.fontMetrics().height() + theme.px(6)))

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
        if (self.isEnabled() and option.state & QStyle.StateFlag.State_MouseOver) or self.hasFocus():
            painter.setBrush(theme.colour("hover"))
            painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
            radius = theme.px(5)
            outer = QRect(self.rect()).adjusted(0, 0, -1, -1)
            painter.drawRoundedRect(outer, radius, radius)
        inner = self.rect().adjusted(theme.px(18 if self._indented else 4), 0, -theme.px(4), 0)
        font = painter.font()
        font.setBold(self._role != "ink" and self.isEnabled())
        width = painter.fontMetrics().horizontalAdvance(self._value) + theme.px(16)
        painter.setPen(theme.colour("muted" if self._indented else "ink"))
        shown = painter.fontMetrics().elidedText(
            self._label, Qt.TextElideMode.ElideRight, inner.width() - width
        )
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.setFont(font)
        painter.setPen(theme.colour("muted" if self._indented or not self.isEnabled() else self._role))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._value)
        painter.end()


class CountCard(Card):
    """``opened(part)``: one of PARTS, or "" for everybody in the condition; ``ids_wanted``: nobody has a user ID, show how to
    get them."""

    opened = Signal(str)
    ids_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("audiences_page.matching"))
        self.body.addWidget(muted(t("audiences_page.matching")))
        line = QHBoxLayout()
        line.setSpacing(theme.px(6))
        self.number = big_number("—")
        line.addWidget(self.number)
        self.unit = muted(t("audiences_page.people", n=0))
        line.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self.body.addLayout(line)
        self.rows: dict[str, CountRow] = {}
        for part in PARTS:
            row = CountRow(indented=part == "unchecked")
            row.clicked.connect(lambda _=False, name=part: self.opened.emit(name))
            self.rows[part] = row
            self.body.addWidget(row)
        self.bar = ProgressBar(t("audiences_page.reach_bar"))
        self.body.addWidget(self.bar)
        self.hint = warning_text()
        self.body.addWidget(self.hint)
        self.ids_button = button(t("audience_figures.get_ids"), self.ids_wanted.emit, icon="arrow-right")
        self.body.addWidget(self.ids_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.setSpacing(theme.px(4))
        self.show_waiting()

    def show_waiting(self) -> None:
        """Nothing is counted yet."""
        self.number.setText("—")
        for part, row in self.rows.items():
            row.set(t(f"audiences_page.part.{part}"), 0)
        self.rows["unchecked"].hide()
        self.hint.hide()
        self.ids_button.hide()

    def show_counts(self, counts: EditorCounts) -> None:
        """Show a count."""
        found = counts.parts
        self.number.setText(i18n.number(counts.people))
        self.unit.setText(t("audiences_page.people", n=counts.people))
        for part, row in self.rows.items():
            label = t(f"audiences_page.part.{part}")
            if part == "no_longer_friend" and counts.friends_checked_on:
                day = i18n.date(counts.friends_checked_on)
                label = t("audiences_page.part.no_longer_friend_on", day=day)
            row.set(label, found[part], "good" if part == "reachable" else "ink")
        self.rows["unchecked"].setVisible(found["unchecked"] > 0)
        self.bar.set(found["reachable"], counts.people or 1)
        self._show_hint(counts)

    def _show_hint(self, counts: EditorCounts) -> None:
        reachable = counts.parts["reachable"]
        words = ""
        if counts.unknown_tags:
            words = t("audiences_page.unknown_tags", tags=list(counts.unknown_tags))
        elif counts.people and not reachable:
            words = t("audiences_page.nobody_reachable")
        elif not counts.people:
            words = t("audiences_page.nobody")
        self.hint.setText(words)
        self.hint.setVisible(bool(words))
        self.ids_button.setVisible(bool(counts.people and not reachable))
