"""The rows behind 新增, 更新 and 沒有變動: which people or orders they are about, and what would change."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.store.imports import listed_rows
from desktop.store.imports.listed_rows import StagedRow
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.importing.checking.list_dialog import MOST_SHOWN, ListDialog, ListShape
from desktop.ui.importing.entry import Entry
from desktop.ui.widgets.table import Column

_FIELDS = {
    "stated_orders": "orders",
    "stated_total": "total",
    "stated_first_order": "first_order",
    "stated_last_order": "last_order",
    "line_name": "name",
}


class FateRows(ListDialog):
    """See the module. What is searched for is found in the whole file, also beyond the rows shown first.

    Args:
        parent: the page.
        desk: for the reading.
        entry: a checked table.
        fate: new, updated or unchanged.
    """

    def __init__(self, parent: QWidget, desk: Any, entry: Entry, fate: str) -> None:
        assert entry.plan is not None
        self._desk, self._fate = desk, fate
        self._file, self._orders = entry.plan.staging_file, entry.recipe.kind == "orders"
        self._total = getattr(entry.plan.report, fate)
        title = t("import_page.rows_behind", what=t(f"import_page.fate.{fate}"), n=self._total)
        super().__init__(parent, title, _shape(fate, orders=self._orders), [])

    def refresh(self) -> None:
        """Read the rows that match."""
        text, file, fate, orders = self.search.text(), self._file, self._fate, self._orders
        self._desk.jobs.read(
            lambda _: listed_rows.rows_of(file, fate, orders, text, MOST_SHOWN),
            owner=self,
            then=self._show,
            latest="import.fate_rows",
        )

    def _show(self, rows: list[StagedRow]) -> None:
        self.model.set_rows(rows)
        if self.search.text().strip() or len(rows) < MOST_SHOWN:
            self.count.setText(t("import_page.list_count", n=len(rows)))
        else:
            self.count.setText(t("import_page.list_first", n=self._total, shown=len(rows)))


def _shape(fate: str, *, orders: bool) -> ListShape:
    key = "order_no" if orders else "member_no"
    columns = [
        Column(t("import_page.head_row"), lambda row: str(row.row), right=True),
        Column(t("importing.field.name"), lambda row: row.name),
        Column(t(f"importing.field.{key}"), lambda row: row.key),
        Column(t("importing.field.phone"), lambda row: i18n.phone(row.phone)),
    ]
    if fate != "updated" or orders:
        return ListShape(columns, (64, 200, 220), 3)
    columns.append(Column(t("import_page.head_changes"), lambda row: _changes(row)))
    return ListShape(columns, (64, 150, 150, 140), 4)


def _changes(row: StagedRow) -> str:
    names = [
        t("importing.field.extra") if field == "extra" else t(f"importing.field.{_FIELDS.get(field, field)}")
        for field in row.changes
    ]
    return t("import_page.list", items=list(dict.fromkeys(names)))
