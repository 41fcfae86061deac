"""The question before a test message: to whom it goes, from which account, and that it uses one message of the month."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.operations.planning.test_person import TestPerson
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.labels import muted, text_label
from desktop.ui.widgets.questions import Question


class PushSheet(Question):
    """Accepted: the owner wants it sent. Cancel is what Return presses.

    Args:
        parent: any widget of the window.
        person: who gets it.
        account: the name of the shop's account, "" if it is not known.
        balloons: how many messages it has.
        practice: whether LINE is the simulated one.
        other: called instead where somebody else is to be chosen.
    """

    def __init__(
        self,
        parent: QWidget,
        person: TestPerson,
        account: str,
        balloons: int,
        *,
        practice: bool,
        other: Callable[[], object],
    ) -> None:
        name = person.name or t("members.nameless")
        super().__init__(parent, t("test_person.sheet", name=name), "", t("test_person.send"))
        self._other = other
        key = "test_person.what" if account else "test_person.what_unknown"
        self.what = text_label(t(key, name=name, account=account, n=balloons))
        self.what.setMinimumWidth(theme.px(400))
        self.cost = text_label(t("test_person.cost_practice" if practice else "test_person.cost"))
        self.change = link_button(t("test_person.other"), self._choose)
        self.note = muted(t("test_person.only_you"), wrap=True)
        for at, part in enumerate((self.what, self.cost, self.note, self.change), start=1):
            self.column.insertWidget(at, part)

    def _choose(self) -> None:
        self.reject()
        self._other()
