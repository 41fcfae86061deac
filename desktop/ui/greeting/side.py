"""The right side of the page: what the greeting says and lacks, and its versions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.planning.greeting.balloons import Greeting
from desktop.core.planning.greeting.checks import Check, State, checks
from desktop.core.planning.greeting.limits import problems
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.greeting.check_card import CheckCard, CheckLine
from desktop.ui.greeting.versions.variants_card import VariantsCard

STATES = {State.OK: "ok", State.MISSING: "warning", State.FILL: "warning"}


class Side(QWidget):
    """``cure_asked(Check)``: put in what a check found missing; ``balloon_asked(index)``: go to a balloon that breaks a rule."""

    cure_asked = Signal(object)
    balloon_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.points = CheckCard(t("greeting_page.points"))
        self.rules = CheckCard(t("greeting_page.rules"))
        self.limits = CheckCard(t("greeting_page.limits"))
        self.variants = VariantsCard()
        self.fill = CheckCard(t("greeting_page.fill"))
        for card in (self.points, self.rules, self.fill, self.limits, self.variants):
            column.addWidget(card)
        column.addStretch(1)
        self._checks: dict[str, Check] = {}
        for checked in (self.points, self.rules, self.fill):
            checked.cure_asked.connect(self._cure)
        self.limits.cure_asked.connect(lambda place: self.balloon_asked.emit(int(place.split(":")[0])))

    @property
    def found(self) -> Sequence[Check]:
        """The checks as they are shown."""
        return tuple(self._checks.values())

    @property
    def open_points(self) -> int:
        """How many points, rules and limits are not as they should be."""
        rows = (*self.points.rows, *self.rules.rows, *self.limits.rows)
        return sum(row.line.state != "ok" for row in rows)

    def show_greeting(self, greeting: Greeting) -> None:
        """Check a greeting."""
        found = checks(greeting)
        self._checks = {f"{number}": check for number, check in enumerate(found)}
        lines = {key: self._line(key, check) for key, check in self._checks.items()}
        self.points.show_lines([lines[key] for key, check in self._checks.items() if check.group == "points"])
        self.rules.show_lines([lines[key] for key, check in self._checks.items() if check.group == "rules"])
        open_places = [lines[key] for key, check in self._checks.items() if check.group == "fill"]
        self.fill.show_lines(open_places)
        self.fill.setVisible(bool(open_places))
        self.limits.show_lines(limit_lines(greeting))

    def _line(self, key: str, check: Check) -> CheckLine:
        ok = check.state is State.OK
        cure = ""
        if check.state is State.FILL and check.balloon is not None:
            cure = t("greeting_page.cure_fill")
        elif not ok and check.curable:
            cure = t("greeting_page.cure")
        # What is missing is named in a word or two; what to do is told when the pointer rests on it.
        text = check.found if check.group == "fill" else render(check.title)
        return CheckLine(key, STATES[check.state], text, cure, render(check.text))

    def _cure(self, key: str) -> None:
        self.cure_asked.emit(self._checks[key])


def limit_lines(greeting: Greeting) -> list[CheckLine]:
    """LINE's rules: what is broken, with the way there, or that nothing is."""
    found = problems(greeting)
    if not found:
        return [CheckLine("", "ok", t("greeting_page.limits_ok"))]
    lines = []
    for number, problem in enumerate(found):
        state = "warning" if problem.warning else "error"
        text = render(problem.text)
        if problem.balloon is None:
            lines.append(CheckLine("", state, text))
            continue
        where = t("greeting_page.in_balloon", number=str(problem.balloon + 1), text=text)
        lines.append(CheckLine(f"{problem.balloon}:{number}", state, where, t("greeting_page.go_there")))
    return lines
