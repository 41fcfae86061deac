"""Rules to begin with, each with how many people it would find in this shop."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.core.people.query_text import parse
from desktop.operations.tagging.rule_templates import Template
from desktop.text import t
from desktop.ui.audiences.conditions.words import summary
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import FlowLayout


class TemplateRow(Card):
    """``chosen(template)``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(t("rules.templates"))
        self._inside = QWidget()
        self._flow = FlowLayout(self._inside, gap=8)
        self.body.addWidget(self._inside)

    def show_templates(self, found: Sequence[Template]) -> None:
        """Offer these."""
        while self._flow.count():
            item = self._flow.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for template in found:
            name = t(f"rules.template.{template.id}")
            key = "rules.template_people" if template.has_data else "rules.template_no_data"
            made = button(
                t(key, rule=name, n=template.people), partial(self.chosen.emit, template), icon="plus"
            )
            made.setToolTip(summary(parse(template.query)))
            made.setAccessibleDescription(made.toolTip())
            self._flow.addWidget(made)
        self._inside.updateGeometry()
