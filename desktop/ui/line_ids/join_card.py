"""How many friends are not yet matched with a shop member, and the way to the work list that matches them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.line_ids.shop_ids import ShopIds
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.card import Card, Figures
from desktop.ui.widgets.labels import muted


class JoinCard(Card):
    """Hidden while there is nobody on one of the two sides."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("line_ids.join_title"))
        self.figures = Figures()
        self.figures.add(t("line_ids.friends_alone"), "—", key="friends")
        self.figures.add(t("line_ids.members_unbound"), "—", key="members")
        self.body.addWidget(muted(t("line_ids.join_text"), wrap=True))
        self.body.addWidget(self.figures)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.join_button = button(t("line_ids.join_open"), lambda: desk.go("joining"), icon="link")
        row.addWidget(self.join_button)
        row.addWidget(
            link_button(
                t("line_ids.show_friends"), lambda: desk.go("members", query="friend:yes shop_member:no")
            )
        )
        row.addWidget(
            link_button(
                t("line_ids.show_unbound"),
                lambda: desk.go("members", query="line_user_id:none shop_member:yes"),
            )
        )
        row.addStretch(1)
        self.body.addLayout(row)

    def show_ids(self, seen: ShopIds) -> None:
        """Show the counts."""
        self.figures.set("friends", t("line_ids.people", n=seen.to_join.friends))
        self.figures.set("members", t("line_ids.people", n=seen.to_join.members))
        self.setVisible(bool(seen.to_join.friends and seen.to_join.members))
