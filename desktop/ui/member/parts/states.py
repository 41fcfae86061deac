"""The states of a person in chips beside her name."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.operations.people.member_card import MemberCard
from desktop.text import t
from desktop.ui.widgets.chips import Badge, FlowLayout


class States(QWidget):
    """A row of badges."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self)
        self.shown: list[str] = []

    def show_card(self, card: MemberCard) -> None:
        """Show a person's states."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        states = states_of(card)
        self.shown = [text for text, _ in states]
        for text, kind in states:
            self._flow.addWidget(Badge(text, kind))


def states_of(card: MemberCard) -> list[tuple[str, str]]:
    """Text and kind of each badge: bound or not, what stands against sending, her level."""
    fields = card.fields
    friend = bool(fields["line_user_id"] or fields["friend_at"])
    known = "bound" if card.bound else "friend" if friend else "unbound"
    states = [(t(f"members.line.{known}"), "good" if card.bound else "info" if friend else "neutral")]
    for key, holds, kind in (
        ("members.line.blocked", fields["blocked"] == 1, "error"),
        ("members.line.gone", fields["friend"] == 0, "warning"),
        ("members.chip.consent.no", fields["consent"] == 0, "warning"),
        ("members.line.off", bool(fields["do_not_send"]), "warning"),
    ):
        if holds:
            states.append((t(key), kind))
    if fields["level"]:
        states.append((str(fields["level"]), "neutral"))
    return states
