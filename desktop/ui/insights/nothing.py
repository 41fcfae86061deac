"""What the page shows while nobody has bought anything: why, and the two ways to change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from desktop.store import people
from desktop.store.database import Database
from desktop.store.insights.repurchase import last_order_day
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.empty_state import EmptyState


@dataclass(frozen=True)
class Standing:
    """What the shop has: people, and the last day of its orders; ``orders`` whether there are any."""

    people: int
    data_until: date | None
    orders: bool


def standing(db: Database) -> Standing:
    """What the shop has."""
    day = last_order_day(db)
    return Standing(people.counts(db).people, day, day is not None)


class NothingYet(Card):
    """See the module.

    Args:
        desk: what the page may use.
        card: whether it stands among other cards, in place of one that needs orders.
    """

    def __init__(self, desk: Desk, *, card: bool = False) -> None:
        super().__init__(t("insights_page.nasl") if card else "")
        self.load = primary_button(
            t("insights_page.import_orders"), lambda: desk.go("import"), icon="download"
        )
        self.counter = button(t("insights_page.to_counter"), lambda: desk.go("counter"))
        self.state = EmptyState(
            "receipt",
            t("insights_page.empty_orders"),
            "",
            self.load,
            self.counter,
        )
        # Shown while it has no place yet, the text would flash up as a window of its own.
        self.state.text.setText(t("insights_page.empty_orders_text"))
        self.state.text.setVisible(True)
        column: QVBoxLayout = self.body
        column.addWidget(self.state, 1)
