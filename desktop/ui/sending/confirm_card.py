"""Before a message leaves: what LINE says of it, what it costs, why LINE sets messages aside, and the number of people that has
to be typed. The press is possible only with the right number."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations.line.sending import Estimate
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import TextField, check_box
from desktop.ui.widgets.labels import IconLabel, error_text, good_text, muted, text_label


class ConfirmCard(Card):
    """``check_asked``: let LINE look at the message; ``pressed(number, up_to_quota)``: the number was typed, and
    the button pressed."""

    check_asked = Signal()
    pressed = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__(t("sending_page.before"))
        self.estimate: Estimate | None = None
        self.check = button(t("sending_page.check"), self.check_asked.emit, icon="shield")
        self.header.addWidget(self.check)
        self.hint = muted(t("sending_page.check_hint"), wrap=True)
        self.good = good_text(t("sending_page.checked"))
        self.notes = QVBoxLayout()
        self.notes.setSpacing(theme.px(6))
        self.cost = text_label()
        self.wrong = error_text()
        self.up_to_quota = check_box(t("sending_page.up_to_quota"))
        self.up_to_quota.toggled.connect(lambda _: self._see())
        for part in (self.hint, self.wrong, self.good):
            self.body.addWidget(part)
        self.body.addLayout(self.notes)
        self.body.addWidget(self.cost)
        self.body.addWidget(self.up_to_quota)
        self.body.addWidget(self._make_confirm())
        self.withdraw()

    def _make_confirm(self) -> QWidget:
        self.confirm = QWidget()
        column = QVBoxLayout(self.confirm)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(8))
        self.ask = text_label()
        column.addWidget(self.ask)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.number = TextField("", t("sending_page.number"))
        self.number.setFixedWidth(theme.px(120))
        self.number.textChanged.connect(lambda _: self._see())
        self.number.submitted.connect(self.press)
        self.send = primary_button(t("sending_page.send", n=0), self.press)
        row.addWidget(self.number)
        row.addWidget(self.send)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(muted(t("sending_page.no_way_back"), wrap=True))
        return self.confirm

    def withdraw(self, wrong: str = "") -> None:
        """The message is another one now, or LINE does not take it: it has to be looked at (again).

        Args:
            wrong: what is wrong with it, in words.
        """
        self.estimate = None
        self.number.clear()
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self.hint.setVisible(not wrong)
        self._clear_notes()
        self.up_to_quota.hide()
        for part in (self.good, self.cost, self.confirm):
            part.hide()

    def show_estimate(self, estimate: Estimate, cost: str) -> None:
        """LINE takes the message: show what it needs.

        Args:
            estimate: as LINE told it a moment ago.
            cost: what it adds to the bill, in words.
        """
        self.withdraw()
        self.estimate = estimate
        self.hint.hide()
        self.good.show()
        for note in estimate.notes:
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            row.addWidget(IconLabel("info", "muted", 16))
            row.addWidget(text_label(render(note)), 1)
            self.notes.addLayout(row)
        self.cost.setText(cost)
        self.cost.setVisible(bool(cost))
        self.up_to_quota.setVisible(estimate.missing > 0)
        self.up_to_quota.setChecked(False)
        self.ask.setText(t("sending_page.type_number", n=estimate.people))
        self.send.setText(t("sending_page.send", n=estimate.people))
        self.send.setAccessibleName(self.send.text())
        self.confirm.show()
        self._see()
        self.number.setFocus()

    @property
    def typed(self) -> int | None:
        """The number in the field, also in full-width digits and with separators; None if it is none."""
        text = self.number.text().strip().replace(",", "").replace("，", "")
        return int(text) if text.isdecimal() else None

    def press(self) -> None:
        """Send, if the number is right."""
        if self.send.isEnabled() and self.typed is not None:
            self.send.setEnabled(False)
            self.pressed.emit(self.typed, self.up_to_quota.isChecked())

    def _see(self) -> None:
        estimate = self.estimate
        possible = estimate is not None and estimate.ready and estimate.people > 0
        enough = estimate is not None and (not estimate.missing or self.up_to_quota.isChecked())
        self.send.setEnabled(possible and enough and estimate is not None and self.typed == estimate.people)

    def _clear_notes(self) -> None:
        while (item := self.notes.takeAt(0)) is not None:
            inner = item.layout()
            while inner is not None and (part := inner.takeAt(0)) is not None:
                widget = part.widget()
                if widget is not None:
                    widget.deleteLater()
