"""Every row and cell that could not be used, in one list."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.importer.checking.report import Report
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.table import Column, SimpleTableModel, Table


class RowsDialog(QDialog):
    """The rows of a report that need a look."""

    def __init__(self, report: Report, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("import_page.look"))
        self.resize(theme.px(820), theme.px(560))
        rows = [(s.row, "", "", render(s.reason)) for s in report.skipped]
        rows += [(p.row, p.column, p.value, render(p.reason)) for p in report.problems]
        rows.sort(key=lambda row: row[0])
        table = Table(t("import_page.look"))
        columns = [
            Column(t("import_page.head_row"), lambda row: str(row[0]), right=True),
            Column(t("import_page.head_column"), lambda row: row[1]),
            Column(t("import_page.head_value"), lambda row: row[2]),
            Column(t("import_page.head_reason"), lambda row: row[3]),
        ]
        self.model = SimpleTableModel(columns, rows)
        table.setModel(self.model)
        table.fit_columns(stretch=3, widths=(70, 150, 200))
        layout = QVBoxLayout(self)
        layout.addWidget(table)
