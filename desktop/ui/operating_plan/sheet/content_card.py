"""What the shop writes about: the kinds of content, how often a month, and an example of each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.core.planning.operating.sheet import CONTENT_TYPES, ContentType
from desktop.operations.planning.operating.sheets import SheetNow
from desktop.text import t
from desktop.ui import theme
from desktop.ui.operating_plan.sheet.part_card import PartCard
from desktop.ui.operating_plan.writing import fill
from desktop.ui.widgets.fields import Select, TextField, check_box
from desktop.ui.widgets.labels import muted

TIMES = (0, 1, 2, 3, 4, 6, 8)


class ContentRow(QWidget):
    """One kind of content: whether, how often, an example. ``edited``."""

    edited = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._of = name
        called = t(f"operating.content.{name}")
        self.box = check_box(called)
        often = [
            (n, t("operating_page.times_month", n=n) if n else t("operating_page.times_open")) for n in TIMES
        ]
        self.times = Select(t("operating_page.content_times", name=called), often)
        self.example = TextField(
            t(f"operating_page.content_example.{name}"), t("operating_page.content_example", name=called)
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.px(3))
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.box, 0, 0)
        grid.addWidget(self.times, 0, 1)
        grid.addWidget(self.example, 1, 0, 1, 2)
        self.box.toggled.connect(self._toggle)
        self.times.chosen.connect(lambda _: self.edited.emit())
        self.example.textEdited.connect(lambda _: self.edited.emit())
        self._arrange()

    def show_type(self, found: ContentType | None) -> None:
        """Show it; None: the shop does not write about it."""
        self.box.blockSignals(True)
        self.box.setChecked(found is not None)
        self.box.blockSignals(False)
        if found is not None:
            if self.times.findData(found.times) < 0:
                self.times.addItem(t("operating_page.times_month", n=found.times), found.times)
            self.times.set_value(found.times)
            fill(self.example, found.example)
        self._arrange()

    @property
    def written(self) -> ContentType | None:
        """What is chosen."""
        if not self.box.isChecked():
            return None
        return ContentType(self._of, "", int(self.times.value() or 0), self.example.text().strip())

    def _toggle(self, _on: bool) -> None:
        self._arrange()
        self.edited.emit()

    def _arrange(self) -> None:
        for field in (self.times, self.example):
            field.setVisible(self.box.isChecked())


class ContentCard(PartCard):
    """See the module."""

    def __init__(self) -> None:
        super().__init__(t("operating.part.content_types"))
        self.rows = {name: ContentRow(name) for name in CONTENT_TYPES}
        self._others: tuple[ContentType, ...] = ()
        self.body.addWidget(muted(t("operating_page.part_hint.content_types"), wrap=True))
        for row in self.rows.values():
            row.edited.connect(self.edited)
            self.body.addWidget(row)
        self.body.addStretch(1)

    def show_sheet(self, now: SheetNow) -> None:
        found = {one.id: one for one in now.sheet.content_types if one.id}
        self._others = tuple(one for one in now.sheet.content_types if not one.id)
        for name, row in self.rows.items():
            row.show_type(found.get(name))

    def taken(self) -> dict[str, Any]:
        chosen = tuple(one for row in self.rows.values() if (one := row.written) is not None)
        return {"content_types": chosen + self._others}
