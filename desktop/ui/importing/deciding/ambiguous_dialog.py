"""Rows that may be about several people, decided one by one: this person, a new one, or none; the same for all
like it. By keys: up and down go through the rows, A B C … choose a person, N a new one, S skips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.importer.checking.report import AmbiguousRow
from desktop.text import t
from desktop.ui import theme
from desktop.ui.importing.deciding.candidates_table import CandidatesTable
from desktop.ui.importing.deciding.row_matching import NEW, SKIP, alike, decision_of
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.fields import check_box
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import Column, SimpleTableModel, Table

_KEYS = {Qt.Key.Key_N: NEW, Qt.Key.Key_S: SKIP}


class _Rows(Table):
    """The list of rows; letters decide and do not search."""

    def __init__(self, name: str, decide: Callable[[int | str], bool]) -> None:
        super().__init__(name)
        self._decide = decide
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        choice: int | str | None = _KEYS.get(key)
        if choice is None and Qt.Key.Key_A <= key <= Qt.Key.Key_J:
            choice = int(key) - int(Qt.Key.Key_A)
        if plain and choice is not None and self._decide(choice):
            return
        super().keyPressEvent(event)


class AmbiguousDialog(QDialog):
    """See the module.

    Args:
        parent: the page.
        rows: the doubtful rows.
        apply: called with row → decision when the owner is done.
    """

    def __init__(
        self,
        parent: QWidget,
        rows: Sequence[AmbiguousRow],
        apply: Callable[[Mapping[int, str]], object],
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t("import_page.ambiguous", n=len(rows)))
        room = parent.window().size()
        self.resize(min(theme.px(960), room.width() - 40), min(theme.px(520), room.height() - 40))
        self._rows, self._apply = list(rows), apply
        self.decided: dict[int, str] = {}
        self.table = _Rows(t("import_page.ambiguous_rows"), self.decide)
        columns = [
            Column(t("import_page.head_row"), lambda row: str(row.row), right=True),
            Column(t("importing.field.name"), lambda row: row.name or row.phone or row.member_no or "—"),
            Column(
                t("import_page.head_decision"),
                self._decision_words,
                role=lambda row: "accent_text" if row.row in self.decided else "muted",
            ),
        ]
        self.model = SimpleTableModel(columns, self._rows, self._spoken, self.table)
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.fit_columns(stretch=1, widths=(56, 0, 110))
        self.candidates = CandidatesTable(self.decide)
        self.same = check_box("")
        self.new = button(t("import_page.new_person"), lambda: self.decide(NEW))
        self.skip = button(t("import_page.skip_row"), lambda: self.decide(SKIP))
        self.apply = primary_button("", self._finish)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._show(now))
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    def _lay_out(self) -> None:
        edge = theme.px(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, theme.px(12))
        column.setSpacing(theme.px(10))
        column.addWidget(muted(t("import_page.ambiguous_keys"), wrap=True))
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(14))
        self.table.setMinimumWidth(theme.px(260))
        middle.addWidget(self.table, 2)
        right = QVBoxLayout()
        right.setSpacing(theme.px(10))
        right.addWidget(self.candidates, 1)
        choices = QHBoxLayout()
        choices.setSpacing(theme.px(8))
        choices.addWidget(self.new)
        choices.addWidget(self.skip)
        choices.addWidget(self.same, 1)
        right.addLayout(choices)
        middle.addLayout(right, 5)
        column.addLayout(middle, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.px(8))
        below.addStretch(1)
        below.addWidget(button(t("import_page.cancel"), self.reject))
        below.addWidget(self.apply)
        column.addLayout(below)

    @property
    def current(self) -> AmbiguousRow:
        """The row shown."""
        return self._rows[max(0, self.table.currentIndex().row())]

    def decide(self, choice: int | str) -> bool:
        """Decide the row shown — one of its people by place, NEW or SKIP — and those like it if wanted; go on to the next that
        is open. False if there is no such person."""
        row = self.current
        if isinstance(choice, int) and (choice >= len(row.candidates) or row.candidates[choice].id is None):
            return False
        others = alike(row, self._rows, self.decided) if self.same.isChecked() else []
        for each in (row, *others):
            self.decided[each.row] = decision_of(each, choice)
        self.model.set_rows(self._rows)
        following = [at for at, one in enumerate(self._rows) if one.row not in self.decided]
        at = self.table.currentIndex().row()
        following = [one for one in following if one > at] or following
        if following:
            self.table.setCurrentIndex(self.model.index(following[0], 0))
        else:
            self._show(self.table.currentIndex())
            self.apply.setFocus()
        return True

    def _show(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        row = self._rows[index.row()]
        decided = self.decided.get(row.row)
        self.candidates.show_row(row, decided)
        n = len(alike(row, self._rows, self.decided))
        self.same.setVisible(n > 0)
        self.same.setText(t("import_page.same_for_all", n=n))
        self.same.setAccessibleName(self.same.text())
        left = len(self._rows) - len(self.decided)
        key = "import_page.apply_decisions" if not left else "import_page.apply_some"
        self.apply.setText(t(key, n=len(self.decided), left=left))
        self.apply.setAccessibleName(self.apply.text())
        self.apply.setEnabled(bool(self.decided))

    def _finish(self) -> None:
        self.accept()
        self._apply(dict(self.decided))

    def _decision_words(self, row: AmbiguousRow) -> str:
        decision = self.decided.get(row.row)
        if decision is None:
            return t("import_page.undecided")
        if decision in (NEW, SKIP):
            return t(f"import_page.decision_{decision}")
        place = next(at for at, one in enumerate(row.candidates) if one.decision == decision)
        return t("import_page.decision_person", letter=chr(ord("A") + place))

    def _spoken(self, row: AmbiguousRow) -> str:
        return t(
            "import_page.spoken_doubt",
            row=str(row.row),
            name=row.name or row.phone or "",
            n=len(row.candidates),
            decision=self._decision_words(row),
        )
