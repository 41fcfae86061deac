"""What a check leaves to the owner: rows that may be about several people, and people whom rows name as one and the same."""

from __future__ import annotations

from collections.abc import Callable

from desktop.text import t
from desktop.ui import theme
from desktop.ui.importing.entry import Entry
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import heading, muted, text_label


class DoubtsCard(Card):
    """See the module.

    Args:
        decide: opens the rows to be decided one by one.
        merge: merges the people named as one.
        again: forgets what was decided about rows.
    """

    def __init__(
        self, decide: Callable[[], object], merge: Callable[[], object], again: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("kind", "warning")
        self.setAccessibleName(t("import_page.doubts"))
        self.body.setSpacing(theme.px(6))
        self.joins = heading("")
        self.joins_text = text_label(t("import_page.joins_text"))
        self.merge = button("", merge, icon="merge")
        self.rows = heading("")
        self.rows_text = text_label(t("import_page.ambiguous_text"))
        self.decide = button(t("import_page.ambiguous_decide"), decide, icon="user")
        self.decided = muted("", wrap=True)
        self.again = link_button(t("import_page.decide_again"), again)
        for part in (
            *(self.joins, self.joins_text, self.merge, self.rows, self.rows_text, self.decide),
            *(self.decided, self.again),
        ):
            self.body.addWidget(part)
        self.hide()

    def show_entry(self, entry: Entry, *, busy: bool) -> None:
        """Show the doubts of a checked table; hides itself where there are none."""
        report = entry.plan.report if entry.plan is not None else None
        joins = len(report.joins) if report else 0
        rows = len(report.ambiguous) if report else 0
        decided = len(entry.answers.decisions) if not entry.finished else 0
        self.setVisible(bool(joins or rows or (decided and report)))
        self.joins.setText(t("import_page.joins", n=joins))
        self.merge.setText(t("import_page.joins_merge", n=joins))
        self.merge.setAccessibleName(self.merge.text())
        for part in (self.joins, self.joins_text, self.merge):
            part.setVisible(bool(joins))
        self.rows.setText(t("import_page.ambiguous", n=rows))
        for part in (self.rows, self.rows_text, self.decide):
            part.setVisible(bool(rows))
        self.decided.setText(t("import_page.decided", n=decided))
        for part in (self.decided, self.again):
            part.setVisible(bool(decided))
        for part in (self.merge, self.decide, self.again):
            part.setEnabled(not busy)
