"""A rival for the members page: the usual QAbstractTableModel over a list of all rows, sorted by a proxy model."""

from __future__ import annotations

import os
from typing import Any

from tests.bench.measure import Bench
from tests.bench.plain_database import connect

QUESTION = """
SELECT name, member_no, phone, store, (SELECT max(day) FROM orders WHERE member_id = member.id AND counts), line_user_id
FROM member ORDER BY id
"""


def first_paint(bench: Bench) -> None:
    """Loads everything, shows the table, until its first paint."""
    source = bench.copy("plain.sqlite")
    with bench.measured():
        _shown(source)


def jump(bench: Bench) -> None:
    """From the top to the middle and back, painted; the time is that of one jump."""
    app, view, model = _shown(bench.copy("plain.sqlite"))
    middle = model.index(model.rowCount() // 2, 0)

    def both_ways() -> None:
        view.scrollTo(middle)
        view.viewport().repaint()
        view.scrollToTop()
        view.viewport().repaint()

    bench.repeated(both_ways, 10)
    bench.wall /= 2
    app.processEvents()


def sort(bench: Bench) -> None:
    """A click on the column of last orders, through QSortFilterProxyModel."""
    from PySide6.QtCore import QSortFilterProxyModel, Qt

    _, view, model = _shown(bench.copy("plain.sqlite"))
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    view.setModel(proxy)
    with bench.measured():
        proxy.sort(4, Qt.SortOrder.DescendingOrder)
        view.viewport().repaint()


def _shown(source: Any) -> tuple[Any, Any, Any]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
    from PySide6.QtWidgets import QApplication, QTableView

    class Rows(QAbstractTableModel):
        def __init__(self, rows: list[tuple[Any, ...]]) -> None:
            super().__init__()
            self.rows = rows

        def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
            return 0 if parent.isValid() else len(self.rows)

        def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
            return 6

        def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
            return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    app = QApplication.instance() or QApplication([])
    db = connect(source)
    model = Rows(db.execute(QUESTION).fetchall())
    db.close()
    view = QTableView()
    view.setModel(model)
    view.resize(1280, 800)
    view.show()
    view.viewport().repaint()
    app.processEvents()
    return app, view, model
