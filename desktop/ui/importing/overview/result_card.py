"""What came of an import: what happened in numbers, what the rules did after it, who came in, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.importer.checking.report import Report
from desktop.operations.history.undoing import UndoOutcome
from desktop.operations.tagging.rules import RuleRun
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.importing.entry import Entry
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.labels import IconLabel, muted, text_label, title, warning_text

_NAMED = 5
BUTTONS = ("see", "undo", "history", "duplicates", "again")
_ICONS = {"see": "users", "undo": "undo", "history": "history", "duplicates": "merge", "again": "refresh"}


class ResultCard(Card):
    """See the module.

    Args:
        actions: what the buttons do, by their names in BUTTONS.
    """

    def __init__(self, actions: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self.setAccessibleName(t("import_page.result"))
        self.icon = IconLabel("check-circle", "good", 40)
        self.headline = title("")
        self.headline.setWordWrap(True)
        self.text = text_label()
        self._more = QVBoxLayout()
        self._more.setSpacing(theme.px(6))
        self.buttons = {
            name: button(t(f"import_page.result_{name}"), actions[name], icon=_ICONS[name])
            for name in BUTTONS
        }
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addWidget(self.headline)
        words.addWidget(self.text)
        words.addLayout(self._more)
        words.addSpacing(theme.px(8))
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        for name in BUTTONS:
            flow.addWidget(self.buttons[name])
        words.addWidget(holder)
        row.addLayout(words, 1)
        self.body.addSpacing(theme.px(6))
        self.body.addLayout(row)
        self.body.addSpacing(theme.px(6))

    def show_entry(self, entry: Entry, *, busy: bool) -> None:
        """Show what came of a finished table."""
        undone, outcome = entry.undone, entry.outcome
        while (item := self._more.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if outcome is None:
            self._say("minus", "muted", t("import_page.result_left_out", file=entry.path.name), "")
        elif entry.taken_back:
            kept = len(undone.kept) + len(undone.impossible) if undone is not None else 0
            text = t("import_page.undone", n=undone.reverted, kept=kept) if undone is not None else ""
            self._say("undo", "accent", t("import_page.result_undone", file=entry.path.name), text)
            if undone is not None:
                self._name(undone)
        else:
            self._show_outcome(entry)
        stored = outcome is not None and not entry.taken_back
        has_step = stored and outcome is not None and outcome.step is not None
        self.buttons["see"].setVisible(
            bool(has_step) and outcome is not None and _brings_people(outcome.report)
        )
        self.buttons["undo"].setVisible(bool(has_step))
        self.buttons["history"].setVisible(bool(has_step))
        doubles = outcome is not None and bool(outcome.report.similar)
        self.buttons["duplicates"].setVisible(bool(has_step) and doubles)
        self.buttons["again"].setVisible(not stored)
        for each in self.buttons.values():
            each.setEnabled(not busy)

    def _name(self, undone: UndoOutcome) -> None:
        """The people whose changes since were kept, and those for whom undoing was impossible."""
        for key, people in (("kept", undone.kept), ("impossible", undone.impossible)):
            if people:
                names = [one.name or one.member_no or f"#{one.id}" for one in people[:_NAMED]]
                text = t(f"import_page.undone_{key}", names=names, n=len(people))
                self._more.addWidget(muted(text, wrap=True))

    def _show_outcome(self, entry: Entry) -> None:
        assert entry.outcome is not None
        report = entry.outcome.report
        kind = "orders" if report.kind == "orders" else "people"
        text = t(
            f"import_page.result_{kind}",
            new=report.new,
            updated=report.updated,
            unchanged=report.unchanged,
            skipped=len(report.skipped),
        )
        self._say("check-circle", "good", t("import_page.result_done", file=report.file), text)
        if report.tag_preview:
            people = sum(one.people for one in report.tag_preview)
            self._more.addWidget(
                muted(t("import_page.result_tags", n=len(report.tag_preview), people=people), wrap=True)
            )
        if report.unknown_buyers:
            self._more.addWidget(muted(t("import_page.unknown_buyers", n=report.unknown_buyers), wrap=True))
        if report.similar:
            self._more.addWidget(muted(t("import_page.result_similar", n=len(report.similar)), wrap=True))
        for run in entry.rules:
            self._add_rule(run)

    def _add_rule(self, run: RuleRun) -> None:
        if run.error is not None:
            words = t("import_page.rule_failed", rule=run.rule, why=render(run.error))
            self._more.addWidget(warning_text(words))
            return
        words = t("import_page.rule_ran", rule=run.rule, tag=run.tag, gained=run.gained, lost=run.lost)
        if run.full:
            words += t("import_page.rule_full", n=len(run.full))
        self._more.addWidget(muted(words, wrap=True))

    def _say(self, icon: str, role: str, headline: str, text: str) -> None:
        self.icon.set(icon, role)
        self.headline.setText(headline)
        self.text.setText(text)
        self.text.setVisible(bool(text))


def _brings_people(report: Report) -> bool:
    return report.kind != "orders" and report.new > 0
