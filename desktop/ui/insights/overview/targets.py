"""What the owner wants a rate to reach, and by when: how it is asked for, and how it is told."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from desktop.core.message import message
from desktop.operations.insights import funnel as asking
from desktop.store.database import Database
from desktop.store.insights.targets import Target, all_targets
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.i18n import date
from desktop.ui.insights.words import rate_name, share
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import error_text, muted, text_label
from desktop.ui.widgets.questions import Question


class TargetQuestion(Question):
    """A percentage, and perhaps a day.

    Args:
        parent: over whose window it stands.
        name: the rate's.
        now: its target so far.
    """

    def __init__(self, parent: QWidget, name: str, now: Target | None) -> None:
        super().__init__(parent, t("insights_page.target_title", name=name), "", t("shell.ok_save"))
        self.percent = TextField("", t("insights_page.target_label"))
        self.percent.setText(f"{now.value * 100:g}" if now else "")
        self.due = TextField(t("insights_page.target_due_example"), t("insights_page.target_due_label"))
        self.due.setText(date(now.due) if now and now.due else "")
        self.percent.setMinimumWidth(theme.px(360))
        self.wrong = error_text()
        self.wrong.hide()
        parts = (
            text_label(t("insights_page.target_label"), wrap=False),
            self.percent,
            text_label(t("insights_page.target_due_label"), wrap=False),
            self.due,
            muted(t("insights_page.target_due_hint"), wrap=True),
            self.wrong,
        )
        for at, widget in enumerate(parts, start=1):
            self.column.insertWidget(at, widget)
        self.no.setDefault(False)
        for field in (self.percent, self.due):
            field.submitted.connect(self.accept)
        self.percent.setFocus()
        self.percent.selectAll()

    @property
    def target(self) -> Target | None:
        """What was typed in; None: it cannot be understood."""
        value, due = share_of(self.percent.text()), self.due.text().strip()
        day = day_of(due) if due else None
        return None if value is None or (due and day is None) else Target(value, day)

    def accept(self) -> None:
        if self.target is None:
            right = share_of(self.percent.text()) is not None
            self.percent.set_wrong(not right)
            self.due.set_wrong(right)
            self.wrong.setText(t("insights_page.target_due_wrong" if right else "insights_page.target_wrong"))
            self.wrong.show()
            return
        super().accept()


def ask_target(
    card: QWidget, desk: Desk, figure: str, now: Target | None, then: Callable[[], None]
) -> QDialog:
    """Ask what a rate is to reach, and keep it."""
    dialog = TargetQuestion(card, rate_name(figure), now)
    dialog.accepted.connect(lambda: keep_target(card, desk, figure, dialog.target, then))
    desk.dialogs.show(dialog)
    return dialog


def keep_target(
    card: QWidget, desk: Desk, figure: str, target: Target | None, then: Callable[[], None]
) -> None:
    """Keep a rate's target; None takes it away. What stood there before can be brought back from the notice."""

    def work(db: Database, _ctx: object) -> Target | None:
        before = all_targets(db).get(figure)
        asking.set_target(db, figure, target)
        return before

    def done(before: Target | None) -> None:
        then()
        if before is not None and before != target:
            key = "insights_page.target_changed" if target is not None else "insights_page.target_removed"
            back = (message("shell.undo"), lambda: keep_target(card, desk, figure, before, then))
            desk.notices.show(message(key, name=rate_name(figure)), button=back)

    desk.jobs.write(work, owner=card, then=done)


def target_words(target: Target | None, gap: int | None, today: datetime.date | None = None) -> str:
    """「目標 75%（2026/12/31 前），還差 20 位」; "" without a target."""
    if target is None:
        return ""
    value = share(target.value, 1 if round(target.value * 1000) % 10 else 0)
    words = t("insights_page.target", share=value)
    if target.due is not None:
        late = bool(gap) and target.due < (today or datetime.date.today())
        words += t(
            "insights_page.target_past" if late else "insights_page.target_until", day=date(target.due)
        )
    if gap is None:
        return words
    return f"{words}　{t('insights_page.target_gap', n=gap) if gap else t('insights_page.target_reached')}"


def share_of(text: str) -> float | None:
    """A percentage as typed in, as a share; None where it is none above 0 and up to 100."""
    try:
        value = float(text.replace("%", "").replace("％", "").strip()) / 100
    except ValueError:
        return None
    return value if 0 < value <= 1 else None


def day_of(text: str) -> datetime.date | None:
    """A day as typed in, 2026/12/31 or 2026-12-31; None where it is none."""
    try:
        return datetime.date.fromisoformat(
            "-".join(f"{int(part):02}" for part in text.replace("/", "-").split("-"))
        )
    except ValueError:
        return None
