"""A journey in full: its name and its stages, each with the condition of who has got there, a wait and advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.people.condition import Op, Term
from desktop.core.people.query_text import to_text
from desktop.core.planning.operating.journey import SINCE_FIELDS, Journey, JourneyStage
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import Select, TextField
from desktop.ui.widgets.labels import error_text, small
from desktop.ui.widgets.questions import Question

WAITS = (0, 1, 2, 3, 5, 7, 14, 30, 45, 60, 90)


class StageForm(Card):
    """One stage. ``removed``, ``moved(±1)``, ``build_asked``: its buttons."""

    build_asked = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, stage: JourneyStage, audiences: Sequence[str]) -> None:
        super().__init__()
        self._stage, self._audiences = stage, audiences
        self.name = TextField(t("operating_page.stage_example"), t("operating_page.stage_name"))
        self.name.setText(stage.name)
        self.query = TextField(t("operating_page.query_example"), t("operating_page.query"))
        self.query.setText(stage.query)
        since = [("", t("operating_page.since.none"))] + [
            (one, t(f"operating_page.since.{one}")) for one in SINCE_FIELDS
        ]
        self.since = Select(t("operating_page.since"), since)
        self.since.set_value(stage.since)
        waits = sorted({*WAITS, stage.wait_days})
        self.wait = Select(t("operating_page.wait"), [(n, t("operating_page.wait_days", n=n)) for n in waits])
        self.wait.set_value(stage.wait_days)
        self.advice = TextField(t("operating_page.advice_example"), t("operating_page.advice"))
        self.advice.setText(stage.advice)
        for written in (self.name, self.query, self.advice):
            # What is too long for its field is read from its beginning.
            written.setCursorPosition(0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(3))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for column, (label, field) in enumerate(
            ((t("operating_page.stage_name"), self.name), (t("operating_page.query"), self._with_menu()))
        ):
            grid.addWidget(small(label), 0, column)
            grid.addWidget(field, 1, column)
        across = QHBoxLayout()
        across.setSpacing(theme.px(8))
        across.addWidget(self.since)
        across.addWidget(self.wait)
        grid.addWidget(small(t("operating_page.since")), 2, 0)
        grid.addWidget(small(t("operating_page.advice")), 2, 1)
        grid.addLayout(across, 3, 0)
        grid.addWidget(self.advice, 3, 1)
        self.body.addLayout(grid)
        self.body.addLayout(self._buttons())

    def _with_menu(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(2))
        row.addWidget(self.query, 1)
        self.build = icon_button("funnel", t("operating_page.query_build"), self.build_asked.emit)
        row.addWidget(self.build)
        self.choose = icon_button("target", t("operating_page.query_from"), self._show_audiences)
        self.choose.setVisible(bool(self._audiences))
        row.addWidget(self.choose)
        return box

    def take_query(self, text: str) -> None:
        """Write another condition, shown from its beginning."""
        self.query.setText(text)
        self.query.setCursorPosition(0)
        self.query.set_wrong(False)

    def _show_audiences(self) -> None:
        menu = QMenu(self)
        for name in self._audiences:
            menu.addAction(name, partial(self.take_query, to_text(Term("audience", Op.HAS, name))))
        menu.popup(self.choose.mapToGlobal(QPoint(0, self.choose.height())))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(icon_button("caret-up", t("operating_page.stage_up"), partial(self.moved.emit, -1)))
        row.addWidget(icon_button("caret-down", t("operating_page.stage_down"), partial(self.moved.emit, 1)))
        row.addWidget(icon_button("trash", t("operating_page.stage_remove"), self.removed.emit))
        return row

    @property
    def stage(self) -> JourneyStage:
        """What is written."""
        return replace(
            self._stage,
            name=self.name.text().strip(),
            query=self.query.text().strip(),
            since=str(self.since.value() or ""),
            wait_days=int(self.wait.value()),
            advice=self.advice.text().strip(),
        )


class JourneyDialog(Question):
    """See the module. ``keep_asked(journey)``: it is to be kept; the dialog stays until that is done. ``build_asked(form)``: the
    condition of a stage is to be built."""

    keep_asked = Signal(object)
    build_asked = Signal(object)

    def __init__(self, parent: QWidget, journey: Journey, audiences: Sequence[str]) -> None:
        super().__init__(
            parent, t("operating_page.journey"), t("operating_page.journey_hint"), t("shell.ok_save")
        )
        self._journey, self._audiences = journey, tuple(audiences)
        self.name = TextField(t("operating_page.journey_example"), t("operating_page.journey_name"))
        self.name.setText(journey.name)
        self.wrong = error_text()
        self.wrong.hide()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, theme.px(4), 0)
        self._rows.setSpacing(theme.px(8))
        self._rows.addStretch(1)
        area.setWidget(inside)
        area.setMinimumSize(theme.px(640), theme.px(330))
        self.forms: list[StageForm] = []
        for stage in journey.stages:
            self._insert(stage)
        self.more = link_button(t("operating_page.stage_add"), self._add, icon="plus")
        for at, widget in enumerate((self.name, area, self.more, self.wrong), start=2):
            self.column.insertWidget(at, widget)
        self.no.setDefault(False)
        self.name.setFocus()

    @property
    def journey(self) -> Journey:
        """What is written."""
        return replace(
            self._journey, name=self.name.text().strip(), stages=tuple(form.stage for form in self.forms)
        )

    def accept(self) -> None:
        if not self.journey.name:
            self.name.set_wrong(True)
            self.say_wrong(t("shell.text_needed"))
            return
        self.keep_asked.emit(self.journey)

    def refuse(self, error: UserError) -> None:
        """Say what is wrong; the dialog stays."""
        self.say_wrong(render(error.text))

    def say_wrong(self, text: str) -> None:
        """Say what is wrong below the stages."""
        self.wrong.setText(text)
        self.wrong.show()

    def done_keeping(self) -> None:
        """It was kept: close."""
        super().accept()

    def _insert(self, stage: JourneyStage) -> StageForm:
        form = StageForm(stage, self._audiences)
        self.forms.append(form)
        self._rows.insertWidget(len(self.forms) - 1, form)
        form.build_asked.connect(partial(self.build_asked.emit, form))
        form.removed.connect(partial(self._remove, form))
        form.moved.connect(partial(self._shift, form))
        return form

    def _add(self) -> None:
        used = {form.stage.id for form in self.forms}
        free = next(str(n) for n in range(1, len(used) + 2) if str(n) not in used)
        self._insert(JourneyStage(free, "", "")).name.setFocus()

    def _remove(self, form: StageForm) -> None:
        self.forms.remove(form)
        self._rows.removeWidget(form)
        form.hide()
        form.deleteLater()

    def _shift(self, form: StageForm, by: int) -> None:
        at = self.forms.index(form) + by
        if 0 <= at < len(self.forms):
            self.forms.remove(form)
            self.forms.insert(at, form)
            self._rows.removeWidget(form)
            self._rows.insertWidget(at, form)
