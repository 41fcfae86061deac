"""Asking after one person: find her by name, phone or number, and read how she stands to the condition in the editor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.core.people.condition import Condition, Word
from desktop.operations.audiences import explaining
from desktop.operations.audiences.explaining import Standing
from desktop.store import people
from desktop.store.condition_sql import Sort, ids
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.audiences.preview.preview_card import PreviewCard
from desktop.ui.audiences.preview.standing_panel import StandingPanel
from desktop.ui.choosing.chooser import Choice, Chooser
from desktop.ui.desk import Desk
from desktop.ui.page import page_of

MOST = 30
Found = tuple[int, str, str]


class Asking(QObject):
    """Joins the preview, the answer's panel and the shop.

    Args:
        desk: whose jobs read.
        preview: has the question's button, and room for the answer.
        condition: gives the condition in the editor.
        remove_part: takes a part (its path) out of the condition.
    """

    def __init__(
        self,
        desk: Desk,
        preview: PreviewCard,
        condition: Callable[[], Condition],
        remove_part: Callable[[tuple[int, ...]], object],
    ) -> None:
        super().__init__(preview)
        self._desk = desk
        self._preview = preview
        self._condition = condition
        self._person: int | None = None
        self.chooser: Chooser | None = None
        self.panel = StandingPanel()
        preview.answer.addWidget(self.panel)
        self.panel.opened.connect(lambda person: desk.go("member", person=person))
        self.panel.part_unwanted.connect(remove_part)
        self.panel.closed.connect(preview.table.setFocus)
        preview.missing_asked.connect(self.open)
        preview.asked.connect(self.ask)

    def open(self) -> None:
        """Ask whom it is about."""
        anchor: QWidget = self._preview.why_not
        over = page_of(anchor) or anchor.window()
        chooser = Chooser(over, t("builder.why_not_whom"), (), self._picked, free=False, once=True)
        self.chooser = chooser
        chooser.field.textChanged.connect(self._search)
        chooser.open_at(anchor)

    def ask(self, person: int) -> None:
        """Say how a person stands to the condition."""
        condition = self._condition()
        self._person = person
        self._desk.jobs.read(
            partial(_standing, condition, person),
            owner=self,
            then=partial(self._show, person, condition),
            latest="audiences.standing",
        )

    def ask_again(self) -> None:
        """The condition or the data changed: an answer that is shown is read anew."""
        if self.panel.person is not None:
            self.ask(self.panel.person)

    def clear(self) -> None:
        """Another audience is shown."""
        self._person = self.panel.person = None
        self.panel.hide()

    def _search(self, text: str) -> None:
        wanted = text.strip()
        self._desk.jobs.read(
            partial(_find, wanted), owner=self, then=partial(self._offer, wanted), latest="audiences.whom"
        )

    def _offer(self, wanted: str, found: Sequence[Found]) -> None:
        chooser = self.chooser
        if chooser is not None and not chooser.is_closed and chooser.field.text().strip() == wanted:
            chooser.show_choices(
                [Choice(name, key=str(person), words=(wanted,), hint=hint) for person, name, hint in found]
            )

    def _picked(self, key: str) -> None:
        self.ask(int(key))

    def _show(self, person: int, condition: Condition, answer: tuple[str, Standing]) -> None:
        if person != self._person or condition != self._condition():
            return
        name, standing = answer
        self.panel.show_standing(person, name, standing)


def _find(text: str, db: Database) -> list[Found]:
    if not text:
        return []
    found = list(ids(db, Word(text), Sort("last_order", descending=True), MOST))
    rows = people.rows(db, found)
    return [_line(rows[person], person) for person in found if person in rows]


def _line(row: people.MemberRow, person: int) -> Found:
    hints = [row.member_no or "", i18n.phone(row.phone) if row.phone else ""]
    return (
        person,
        row.name or row.line_name or row.member_no or "—",
        "　".join(part for part in hints if part),
    )


def _standing(condition: Condition, person: int, db: Database) -> tuple[str, Standing]:
    row = people.rows(db, [person]).get(person)
    name = (row.name or row.line_name or row.member_no or "") if row is not None else ""
    return name, explaining.standing(db, condition, person)
