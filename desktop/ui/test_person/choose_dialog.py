"""Choosing 「我自己」: the owner finds herself among the people who have a LINE user ID."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.operations.planning import test_person
from desktop.store.database import Database
from desktop.store.people import MemberRow
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.choosing.person_finder import PersonFinder
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.table import Column


class ChooseDialog(PersonFinder):
    """See the module.

    Args:
        page: belongs to the window it stands over.
        desk: finds the people, and leads to where user IDs are got.
        then: called with the person's number once she pressed 「就是我」.
    """

    def __init__(self, page: Page, desk: Desk, then: Callable[[int], object]) -> None:
        super().__init__(
            page,
            desk,
            then,
            title=t("test_person.choose"),
            placeholder=t("test_person.placeholder"),
            found=t("test_person.found"),
            choose=t("test_person.thats_me"),
            columns=(
                Column(t("test_person.line_name"), lambda row: row.line_name or "", role=lambda row: "muted"),
                Column(
                    t("test_person.friend_at"), lambda row: i18n.date(row.friend_at), role=lambda row: "muted"
                ),
            ),
        )
        self.to_line_ids = button(t("test_person.to_line_ids"), self._go_to_line_ids)
        self.to_line_ids.setAutoDefault(False)
        self.to_line_ids.hide()
        self.add_at_the_left(self.to_line_ids)
        self.field.setAccessibleName(t("test_person.find"))
        self.said.setText(t("test_person.hint"))
        self.read()

    def people_found(self, db: Database, text: str) -> list[MemberRow]:
        return test_person.find(db, text)

    def said_of(self, rows: Sequence[MemberRow], *, typed: bool) -> str:
        if rows:
            return t("test_person.hint")
        return t("test_person.none_found" if typed else "test_person.nobody")

    def show_rows(self, rows: list[MemberRow], *, typed: bool) -> None:
        super().show_rows(rows, typed=typed)
        self.to_line_ids.setVisible(not rows and not typed)

    def _go_to_line_ids(self) -> None:
        self.reject()
        self.desk.go("line_ids")
