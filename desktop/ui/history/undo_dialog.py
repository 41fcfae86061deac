"""Undoing a step that concerns more than one person: first what would come of it — reverted, kept as changed since, impossible,
each by name — then what came of it. A name leads to the member."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.operations.history import looking_back, undoing
from desktop.operations.history.looking_back import Preview
from desktop.operations.history.undoing import UndoOutcome
from desktop.store.undo.turn_report import Affected
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.card import Figures
from desktop.ui.widgets.labels import error_text, heading, muted
from desktop.ui.widgets.table import Column, SimpleTableModel, Table

NAMED = 500
"""So many names are listed; the number says how many there are."""


class UndoDialog(QDialog):
    """See the module.

    Args:
        page: whose step it is; jobs belong to it, the dialog stands over it.
        step: the step's number; ``title`` is its name.
        then: called with what came of it, once it is undone.
    """

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        step: int,
        title: Message,
        then: Callable[[UndoOutcome], object] | None = None,
    ) -> None:
        super().__init__(page.window())
        self._desk, self._page, self._step, self._then = desk, page, step, then
        self.setWindowTitle(t("history_page.undo.title"))
        self.setMinimumWidth(theme.px(460))
        self.said = muted(t("history_page.undo.trying"), wrap=True)
        self.wrong = error_text()
        self.wrong.hide()
        self.figures = Figures()
        for key in ("reverted", "kept", "impossible"):
            self.figures.add(t(f"history_page.undo.{key}"), "", key=key)
        self.figures.hide()
        self._lists = QVBoxLayout()
        self._lists.setSpacing(theme.px(6))
        self.tables: dict[str, Table] = {}
        self.yes = primary_button(t("history_page.undo.button"), self._undo)
        self.yes.setEnabled(False)
        self.no = button(t("shell.cancel"), self.reject)
        self.no.setDefault(True)
        self._lay_out(title)
        self.no.setFocus()
        self._try()

    def _lay_out(self, title: Message) -> None:
        edge = theme.px(20)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(10))
        for part in (heading(render(title)), self.said, self.wrong, self.figures):
            column.addWidget(part)
        column.addLayout(self._lists)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addSpacing(theme.px(4))
        column.addLayout(row)

    def _try(self) -> None:
        step = self._step
        self._desk.jobs.write(
            lambda db, ctx: looking_back.preview(db, step),
            owner=self,
            then=self._show_preview,
            on_error=self._refused,
            title=message("history_page.undo.trying"),
        )

    def _show_preview(self, tried: Preview) -> None:
        outcome = tried.outcome
        self._show_buckets(outcome)
        if outcome.reverted:
            self.said.setText(t("history_page.undo.will"))
            self.yes.setEnabled(True)
        else:
            self.said.setText(t("history_page.undo.nothing"))
        self.yes.setText(t("history_page.undo.button_n", n=outcome.reverted))

    def _undo(self) -> None:
        step = self._step
        self.yes.setEnabled(False)
        self.said.setText(t("history_page.undo.running"))
        self._desk.jobs.write(
            lambda db, ctx: undoing.undo(db, step),
            owner=self,
            then=self._undone,
            on_error=self._refused,
            title=message("history_page.undo.running"),
        )

    def _undone(self, outcome: UndoOutcome) -> None:
        self._show_buckets(outcome)
        self.said.setText(t("history_page.undo.done"))
        self.yes.hide()
        self.no.setText(t("shell.close"))
        if self._then is not None:
            self._then(outcome)
        if not outcome.kept and not outcome.impossible:
            self._desk.notices.show(
                message("history_page.undo.said", step=outcome.step.title, n=outcome.reverted), kind="success"
            )
            self.accept()

    def _show_buckets(self, outcome: UndoOutcome) -> None:
        self.figures.show()
        self.figures.set("reverted", t("history_page.undo.count", n=outcome.reverted), "strong")
        for key, who, kind in (
            ("kept", outcome.kept, "warning"),
            ("impossible", outcome.impossible, "error"),
        ):
            self.figures.set(key, t("history_page.undo.count", n=len(who)), kind if who else "muted")
            self._list(key, who)

    def _list(self, key: str, who: Sequence[Affected]) -> None:
        if key not in self.tables:
            if not who:
                return
            self._lists.addWidget(muted(t(f"history_page.undo.{key}_why"), wrap=True))
            self.tables[key] = table = Table(t(f"history_page.undo.{key}"))
            table.horizontalHeader().hide()
            columns = [
                Column("", _named),
                Column("", lambda one: one.member_no or "", role=lambda one: "muted"),
            ]
            table.setModel(SimpleTableModel(columns, parent=table))
            table.fit_columns(stretch=0, widths=(0, 140))
            row = table.verticalHeader().defaultSectionSize()
            table.setMinimumHeight(row * min(len(who), 4) + theme.px(4))
            table.setMaximumHeight(row * 8)
            table.opened.connect(partial(self._open, key))
            table.clicked.connect(partial(self._open, key))
            table.setCursor(Qt.CursorShape.PointingHandCursor)
            self._lists.addWidget(table)
        model = self.tables[key].model()
        assert isinstance(model, SimpleTableModel)
        model.set_rows(list(who)[:NAMED])

    def _open(self, key: str, index: object) -> None:
        model = self.tables[key].model()
        assert isinstance(model, SimpleTableModel)
        one: Affected = model.row(index)  # type: ignore[arg-type]
        if one.kind == "person":
            self.reject()
            self._desk.go("member", person=one.id)

    def _refused(self, error: UserError) -> None:
        self.said.hide()
        self.wrong.setText(render(error.text))
        self.wrong.show()


def _named(one: Affected) -> str:
    name = one.name or one.member_no or t("members.nameless")
    if one.kind == "person":
        return name
    return t("history_page.named_thing", what=t(f"history_page.table.{one.kind}"), name=name)
