"""What a rule would do now, live while it is being built: who gets the tag, who loses it, who has no room, by name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop.store.tagging.rules import Gains, People
from desktop.store.undo.turn_report import Affected
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card, Figures
from desktop.ui.widgets.labels import muted, small, warning_text

NAMED = 6
PARTS = ("gains", "loses", "full")


class GainsCard(Card):
    """``shown``: the owner wants to see everybody who meets the condition."""

    shown = Signal()

    def __init__(self) -> None:
        super().__init__(t("rules.preview"))
        self.figures = Figures()
        self.figures.add(t("rules.preview.gains"), key="gains", kind="good")
        self.figures.add(t("rules.preview.loses"), key="loses", kind="strong")
        self.figures.add(t("rules.preview.full"), key="full")
        self.figures.add(t("rules.preview.already"), key="already", kind="muted")
        self.body.addWidget(self.figures)
        self.names = {part: small("", wrap=True) for part in PARTS}
        for label in self.names.values():
            self.body.addWidget(label)
        self.only_own = muted("", wrap=True)
        self.body.addWidget(self.only_own)
        self.wrong = warning_text("")
        self.body.addWidget(self.wrong)
        self.show_all = link_button(t("rules.preview.show"), self.shown.emit, icon="users")
        self.body.addWidget(self.show_all)
        self.show_waiting()

    def show_waiting(self, reason: str = "") -> None:
        """Nothing to show yet; ``reason``: why."""
        for part in (*PARTS, "already"):
            self.figures.set(part, "—" if reason else "…")
        for label in (*self.names.values(), self.only_own):
            label.hide()
        self.wrong.setText(reason)
        self.wrong.setVisible(bool(reason))
        self.show_all.setEnabled(False)

    def show_gains(self, found: Gains, *, takes_off: bool, tag: str) -> None:
        """Show what it would do."""
        people = {"gains": found.gains, "loses": found.loses, "full": found.full}
        for part, who in people.items():
            kinds = {"full": "warning"} if who.count else {}
            self.figures.set(part, i18n.number(who.count), kind=kinds.get(part))
            self.names[part].setText(t(f"rules.preview.named.{part}", names=named(who), n=who.count))
            self.names[part].setVisible(who.count > 0)
        self.figures.set("already", i18n.number(found.already))
        self.only_own.setText(t("rules.preview.only_own" if takes_off else "rules.preview.keeps", tag=tag))
        self.only_own.show()
        self.wrong.hide()
        self.show_all.setEnabled(found.gains.count + found.full.count + found.already > 0)


def named(people: People) -> str:
    """The first few by name, and how many more."""
    return names(people.named, people.count)


def names(people: Sequence[Affected], count: int) -> str:
    """As :func:`named`, of a list and a count."""
    first = [one.name or one.member_no or t("members.nameless") for one in people[:NAMED]]
    text = t("members.list_separator").join(first)
    return t("tag_panel.and_more", names=text, n=count - len(first)) if count > len(first) else text
