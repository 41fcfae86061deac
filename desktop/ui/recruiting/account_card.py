"""Which kind of account the shop has, what that may do, and which papers the next kind needs."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.core.planning.recruiting import ACCOUNT_KINDS
from desktop.text import t
from desktop.ui.outbox.web_pages import WebPage, open_page
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import heading, small, text_label

PARTS = ("may", "may_not", "papers")
TOLD = {"unknown": ("may",), "general": PARTS, "verified": ("may", "papers"), "premium": ("may", "papers")}
"""What there is to say of each kind."""


class AccountCard(Card):
    """``chosen(kind)``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(t("recruiting.account"))
        kinds = [("", t("recruiting.kind.unknown")), *((k, t(f"recruiting.kind.{k}")) for k in ACCOUNT_KINDS)]
        self.kind = Select(t("recruiting.account"), kinds)
        self.kind.chosen.connect(self.chosen)
        self.told = small("", wrap=True)
        self.body.addWidget(self.kind)
        self.body.addWidget(self.told)
        self.parts = {part: text_label("") for part in PARTS}
        self.titles = {part: heading(t(f"recruiting.{part}")) for part in PARTS}
        for part in PARTS:
            self.body.addWidget(self.titles[part])
            self.body.addWidget(self.parts[part])
        self.apply = button(
            t("line_ids.open_verification"), lambda: open_page(WebPage.MANAGER), icon="arrow-out"
        )
        self.body.addWidget(self.apply)
        self.body.addWidget(small(t("recruiting.read_on"), wrap=True))
        self.show_kind("", None)

    def show_kind(self, kind: str, verified: bool | None) -> None:
        """Show a kind of account; ``verified`` is what LINE told by letting its friends be read, or not."""
        self.kind.set_value(kind)
        self.told.setVisible(verified is not None)
        self.told.setText(t("recruiting.told_verified" if verified else "recruiting.told_general"))
        shown = kind or "unknown"
        for part in PARTS:
            said = part in TOLD[shown]
            self.parts[part].setText(t(f"recruiting.{part}.{shown}") if said else "")
            self.parts[part].setVisible(said)
            self.titles[part].setVisible(said)
        self.apply.setVisible(kind in ("", "general"))
