"""The form of one entry beside the calendar: what, when, to whom, in which words, how far. What is written is kept by itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.planning.operating.calendar import Channel, Entry, State
from desktop.core.planning.operating.sheet import CONTENT_TYPES
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.audiences.figures.cost_line import cost_kind, cost_text
from desktop.ui.operating_plan.calendar.reading import Looked, Offered
from desktop.ui.operating_plan.words import parse_day, parse_time
from desktop.ui.operating_plan.writing import Autosave, TextArea, fill
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.fields import Select, TextField
from desktop.ui.widgets.labels import error_text, set_kind, small, text_label

PREPARE = (0, 1, 2, 3, 5, 7, 10, 14, 21)
REMIND = (None, 1, 2, 3, 5, 7)
EVERYBODY = "all"
PLANNED = {Channel.GREETING: "greeting", Channel.RICH_MENU: "rich_menu"}


class EntryForm(QWidget):
    """See the module. ``edited(entry)``: it should be kept; ``audience_asked``: the chosen audience, or a new one, is wanted;
    ``plan_asked``: the greeting or menu is."""

    edited = Signal(object)
    audience_asked = Signal(object)
    plan_asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.entry = Entry("", datetime.date.today())
        self._today = datetime.date.today()
        self._offered = Offered((), (), (), (), False)
        self.autosave = Autosave(self, self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._column = column
        self._make_when()
        self._make_whom()
        self._make_words()
        for field in (self.title, self.day, self.at, self.until):
            field.textEdited.connect(lambda _: self.autosave.touch())
            field.editingFinished.connect(self.autosave.flush)
        for area in (self.text, self.note):
            area.written.connect(self.autosave.touch)
        for choice in (self.channel, self.whom, self.plan, self.kind, self.state, self.prepare, self.remind):
            choice.chosen.connect(lambda _: self._choose())

    def _make_when(self) -> None:
        self.title = TextField(t("operating_page.title_example"), t("operating_page.title"))
        self.day = TextField("", t("operating_page.day"))
        self.at = TextField("18:00", t("operating_page.at"))
        self.until = TextField(t("operating_page.until_example"), t("operating_page.until"))
        self.wrong = error_text()
        self.wrong.hide()
        self._add(t("operating_page.title"), self.title)
        self._pair((t("operating_page.day"), self.day), (t("operating_page.until"), self.until))
        self._column.addWidget(self.wrong)
        self.channel = Select(
            t("operating_page.channel"), [(one, t(f"operating.channel.{one.value}")) for one in Channel]
        )
        states = [(one, t(f"operating.state.{one.value}")) for one in State]
        self.state = Select(t("operating_page.state"), states)
        self._pair((t("operating_page.at"), self.at), (t("operating_page.state"), self.state))
        self._add(t("operating_page.channel"), self.channel)

    def _make_whom(self) -> None:
        self.whom = Select(t("operating_page.whom"))
        self.cost = small("", wrap=True)
        self.audience = link_button(
            t("operating_page.open_audience"),
            lambda: self.audience_asked.emit(self.entry.audience_id),
            icon="target",
        )
        self.whom_box = self._add(t("operating_page.whom"), self.whom, self.cost, self.audience)
        self.plan = Select(t("operating_page.plan"))
        self.open_plan = link_button(t("operating_page.open_plan"), self._ask_plan)
        self.plan_box = self._add(t("operating_page.plan"), self.plan, self.open_plan)
        kinds = [("", t("operating_page.none"))] + [
            (one, t(f"operating.content.{one}")) for one in CONTENT_TYPES
        ]
        self.kind = Select(t("operating_page.kind"), kinds)
        self._add(t("operating_page.kind"), self.kind)

    def _make_words(self) -> None:
        self.text = TextArea(t("operating_page.text"), t("operating_page.text_example"), 3, 8)
        self.text_box = self._add(t("operating_page.text"), self.text)
        self.note = TextArea(t("operating_page.note"), "", 2, 6)
        self._add(t("operating_page.note"), self.note)
        days = [
            (n, t("operating_page.prepare_days", n=n) if n else t("operating_page.prepare_none"))
            for n in PREPARE
        ]
        self.prepare = Select(t("operating_page.prepare"), days)
        later = [
            (n, t("operating_page.remind_days", n=n) if n else t("operating_page.remind_none"))
            for n in REMIND
        ]
        self.remind = Select(t("operating_page.remind"), later)
        self._add(t("operating_page.prepare"), self.prepare)
        self.remind_box = self._add(t("operating_page.remind"), self.remind)
        self.steps = text_label("")
        self._column.addWidget(self.steps)

    def offer(self, offered: Offered) -> None:
        """What can be chosen."""
        self._offered = offered
        whom: list[tuple[object, str]] = [
            (None, t("operating_page.undecided")),
            (EVERYBODY, t("operating_page.everybody")),
        ]
        self.whom.set_choices(whom + list(offered.audiences))
        self._offer_plans()

    def show_entry(self, looked: Looked | None, entry: Entry, today: datetime.date) -> None:
        """Show an entry, or a draft of one that is not kept yet (None)."""
        self._today = today
        if not self.autosave.pending:
            self.entry = entry
            self._fill(entry)
        self._show_facts(looked)

    def _fill(self, entry: Entry) -> None:
        fill(self.title, entry.title)
        if parse_day(self.day.text(), self._today) != entry.day:
            self.day.setText(i18n.date(entry.day))
        if not entry.until or parse_day(self.until.text(), self._today) != entry.until:
            self.until.setText(i18n.date(entry.until) if entry.until else "")
        if parse_time(self.at.text()) != entry.at:
            self.at.setText(entry.at)
        self.text.set_text(entry.text)
        self.note.set_text(entry.note)
        self.channel.set_value(entry.channel)
        self.whom.set_value(EVERYBODY if entry.everybody else entry.audience_id)
        self._offer_plans()
        self.plan.set_value(entry.plan_id)
        self.state.set_value(entry.state)
        self.kind.set_value(entry.content_type)
        _set_or_add(self.prepare, entry.prepare_days, lambda n: t("operating_page.prepare_days", n=n))
        _set_or_add(self.remind, entry.remind_after, lambda n: t("operating_page.remind_days", n=n))
        self._arrange()
        self._say_wrong("")

    def _show_facts(self, looked: Looked | None) -> None:
        now = looked.now if looked else None
        words, kind = "", "small"
        if now is not None and now.problem is not None:
            words, kind = render(now.problem), "warning"
        elif now is not None and now.cost is not None:
            words = t("operating_page.reaches", n=now.people or 0, cost=cost_text(now.cost))
            colour = cost_kind(now.cost, plain="good")
            kind = "small" if colour == "strong" else colour
        self.cost.setText(words)
        set_kind(self.cost, kind)
        self.cost.setVisible(bool(words))
        self.steps.setText(
            "\n".join(f"{n}. {render(step)}" for n, step in enumerate(looked.steps if looked else (), 1))
        )
        self.steps.setVisible(bool(looked and looked.steps and self.entry.state is State.DONE))

    def _arrange(self) -> None:
        """Only what the channel asks for."""
        message = self.entry.is_message
        for box in (self.whom_box, self.remind_box):
            box.setVisible(message)
        self.text_box.setVisible(self.entry.channel not in PLANNED)
        self.plan_box.setVisible(self.entry.channel in PLANNED)
        self.audience.setText(
            t("operating_page.open_audience" if self.entry.audience_id else "operating_page.new_audience")
        )
        self.audience.setVisible(not self.entry.everybody)
        self.open_plan.setText(
            t("operating_page.open_plan" if self.entry.plan_id else "operating_page.new_plan")
        )

    def _offer_plans(self) -> None:
        kind = PLANNED.get(self.entry.channel, "")
        here = [(number, name) for number, of, name in self._offered.plans if of == kind]
        self.plan.set_choices([(None, t("operating_page.undecided")), *here])

    def _choose(self) -> None:
        self._take()
        self._arrange()
        self.autosave.touch()
        self.autosave.flush()

    def _ask_plan(self) -> None:
        self.plan_asked.emit(PLANNED[self.entry.channel], self.entry.plan_id)

    def _keep(self) -> None:
        if self._take():
            self.edited.emit(self.entry)

    def _take(self) -> bool:
        """Read the fields; False where one cannot be understood, which is said."""
        day = parse_day(self.day.text(), self._today)
        until = parse_day(self.until.text(), self._today) if self.until.text().strip() else None
        at = parse_time(self.at.text())
        self.day.set_wrong(day is None)
        self.at.set_wrong(at is None)
        self.until.set_wrong(
            bool(self.until.text().strip()) and (until is None or (day is not None and until < day))
        )
        if day is None or at is None or self.until.property("wrong"):
            self._say_wrong(
                t(
                    "operating_page.wrong_time"
                    if at is None and day is not None
                    else "operating_page.wrong_day"
                )
            )
            return False
        self._say_wrong("")
        whom = self.whom.value()
        self.entry = replace(
            self.entry,
            title=self.title.text().strip(),
            day=day,
            until=until if until != day else None,
            at=at,
            channel=Channel(self.channel.value()),
            audience_id=whom if isinstance(whom, int) else None,
            everybody=whom == EVERYBODY,
            plan_id=self.plan.value(),
            text=self.text.text,
            note=self.note.text,
            content_type=self.kind.value() or "",
            prepare_days=self.prepare.value() or 0,
            remind_after=self.remind.value(),
        )
        state = State(self.state.value())
        if state is not self.entry.state:
            self.entry = self.entry.marked(state, self._today)
        return True

    def _say_wrong(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def _add(self, label: str, *fields: QWidget) -> QWidget:
        box = QWidget()
        box.setLayout(_under(label, *fields))
        self._column.addWidget(box)
        return box

    def _pair(self, left: tuple[str, QWidget], right: tuple[str, QWidget]) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addLayout(_under(*left), 1)
        row.addLayout(_under(*right), 1)
        self._column.addLayout(row)


def _under(label: str, *fields: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(3))
    name = small(label)
    name.setBuddy(fields[0])
    column.addWidget(name)
    for field in fields:
        if isinstance(field, Select):
            field.setMinimumContentsLength(4)
            field.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        column.addWidget(field)
    return column


def _set_or_add(field: Select, value: int | None, words: Callable[[int], str]) -> None:
    if value is not None and all(field.itemData(at) != value for at in range(field.count())):
        field.addItem(words(value), value)
    field.set_value(value)
