"""The two questions of this page: to which of the shop's audiences one made elsewhere belongs, and whether one is really to be
deleted at LINE."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.message import Message
from desktop.operations.line.audiences_at_line import LineAudience
from desktop.store.audiences import Audience
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button, danger_button, primary_button
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import IconLabel, heading, muted, text_label

WIDTH = 500


class AdoptDialog(QDialog):
    """Accepted: ``audience`` is the one chosen.

    Args:
        parent: any widget of the window.
        one: the audience at LINE.
        audiences: those of the shop that have none at LINE yet.
    """

    def __init__(self, parent: QWidget, one: LineAudience, audiences: Sequence[Audience]) -> None:
        super().__init__(parent.window())
        column = _column(self, t("line_audiences.adopt_title", name=one.name))
        column.addWidget(text_label(t("line_audiences.adopt_text")))
        self.select = Select(
            t("line_audiences.adopt_which"), [(audience.id, audience.name) for audience in audiences]
        )
        self._audiences = {audience.id: audience for audience in audiences}
        alike = next(
            (audience for audience in audiences if audience.name.casefold() == one.name.casefold()), None
        )
        if alike is not None:
            self.select.set_value(alike.id)
        label = text_label(t("line_audiences.adopt_which"), wrap=False)
        label.setBuddy(self.select)
        column.addWidget(label)
        column.addWidget(self.select)
        column.addWidget(muted(t("line_audiences.adopt_note"), wrap=True))
        yes = primary_button(t("line_audiences.adopt"), self.accept)
        yes.setEnabled(bool(audiences))
        _buttons(self, column, yes)
        self.select.setFocus()

    @property
    def audience(self) -> Audience | None:
        """The one chosen."""
        return self._audiences.get(self.select.value())


class DeleteDialog(QDialog):
    """Says what will be lost; Cancel is what Return presses.

    Args:
        parent: any widget of the window.
        one: the audience at LINE.
        warnings: what the owner has to know.
        delete: called on yes.
    """

    def __init__(
        self,
        parent: QWidget,
        one: LineAudience,
        warnings: Sequence[Message],
        delete: Callable[[LineAudience], object],
    ) -> None:
        super().__init__(parent.window())
        column = _column(self, t("line_audiences.delete_title", name=one.name))
        column.addWidget(text_label(t("line_audiences.delete_text", n=one.count or 0)))
        for warning in warnings:
            row = QHBoxLayout()
            row.setSpacing(theme.px(10))
            row.addWidget(IconLabel("warning", "warning", 18))
            row.addWidget(text_label(render(warning)), 1)
            column.addLayout(row)
        column.addWidget(muted(t("line_audiences.delete_safe"), wrap=True))
        self.yes = danger_button(t("line_audiences.delete"), self.accept)
        self.accepted.connect(lambda: delete(one))
        _buttons(self, column, self.yes)


def _column(dialog: QDialog, title: str) -> QVBoxLayout:
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(theme.px(WIDTH))
    column = QVBoxLayout(dialog)
    edge = theme.px(20)
    column.setContentsMargins(edge, edge, edge, theme.px(16))
    column.setSpacing(theme.px(12))
    column.addWidget(heading(title))
    return column


def _buttons(dialog: QDialog, column: QVBoxLayout, yes: QWidget) -> None:
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    row.addStretch(1)
    no = button(t("shell.cancel"), dialog.reject)
    no.setDefault(True)
    row.addWidget(no)
    row.addWidget(yes)
    column.addSpacing(theme.px(4))
    column.addLayout(row)
    no.setFocus()
