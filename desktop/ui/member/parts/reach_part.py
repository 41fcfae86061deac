"""Whether messages can reach her and why (not), and the owner's own switch."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations.people.member_card import MemberCard, reach
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.widgets.chips import Badge
from desktop.ui.widgets.fields import switch
from desktop.ui.widgets.labels import heading, muted, small

_BADGES = {True: ("yes", "good"), False: ("no", "warning"), None: ("unknown", "neutral")}

UPLOADS = 3
"""The newest uploads she was in are named; all are counted."""


class ReachPart(QWidget):
    """See the module. ``switched(value)``: 「不發訊息」 was switched."""

    switched = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.badge = Badge()
        self.why = muted(wrap=True)
        self.checked = small(wrap=True)
        self.uploads = small(wrap=True)
        self.switch = switch(t("query.field.do_not_send"))
        self.switch.clicked.connect(self.switched)
        top = QHBoxLayout()
        top.addWidget(heading(t("member.reach")), 1)
        top.addWidget(self.badge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(top)
        hint = small(t("member.reach.switch_hint"), wrap=True)
        for part in (self.why, self.checked, self.uploads, self.switch, hint):
            column.addWidget(part)

    def show_card(self, card: MemberCard) -> None:
        """Show whether a person can be reached."""
        told = reach(card)
        word, kind = _BADGES[told.reachable]
        self.badge.set(t(f"member.reachable.{word}"), kind)
        self.why.setText("\n".join(render(reason) for reason in told.reasons))
        checked = card.fields["friend_checked_at"]
        self.checked.setText(t("member.reach.checked_at", day=i18n.date(checked)) if checked else "")
        self.checked.setVisible(bool(checked))
        named = [
            t("member.uploads.one", audience=one.audience, at=i18n.moment(one.at))
            for one in card.uploads[:UPLOADS]
        ]
        said = t("member.uploads", n=len(card.uploads), names=t("members.list_separator").join(named))
        self.uploads.setText(said if named else "")
        self.uploads.setVisible(bool(named))
        self.switch.setChecked(bool(card.fields["do_not_send"]))
