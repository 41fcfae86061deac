"""States of the page worth a picture of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage

ROWS = (3, 7, 10)


def page_pictures(page: MembersPage) -> dict[str, Callable[[], None]]:
    """Filters in force, nobody found, people selected with one of them full, and a tag being typed for them."""
    bar, panel = page.list.bar, page.panel
    return {
        "filtered": lambda: bar.set_query("tag:熟客 last_order:<=1y"),
        "no_match": lambda: bar.set_query("咖啡豆王"),
        "choosing": lambda: _select(page, lambda: panel.full.open_choice("寄杯")),
        "tagging": lambda: _select(page, lambda: panel.box.field.setText("豆")),
        "mode": lambda: _select(page, page.mode.begin),
    }


def _select(page: MembersPage, then: Callable[[], object]) -> None:
    table = page.list.table

    def select() -> None:
        for row in ROWS:
            if row < page.list.count:
                table.selected.toggle(row)
        table.selection_changed.emit()
        then()

    table.clear_selection()
    page.mode.leave()
    page.panel.box.field.clear()
    page.list.bar.clear()
    page.list.when_ready(select)
