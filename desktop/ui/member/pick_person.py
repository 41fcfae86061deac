"""Chooses another member by name or number: for merging."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.core.people.condition import Word
from desktop.store import condition_sql, people
from desktop.store.database import Database
from desktop.store.people import MemberRow
from desktop.text import t
from desktop.ui.choosing.person_finder import PersonFinder
from desktop.ui.desk import Desk
from desktop.ui.widgets.table import Column

MOST = 30


class PickPerson(PersonFinder):
    """See the module.

    Args:
        page: belongs to the window it stands over.
        without: who is not offered.
        then: called with the person chosen.
    """

    def __init__(self, desk: Desk, page: QWidget, without: int, then: Callable[[int], object]) -> None:
        self._without = without
        super().__init__(
            page,
            desk,
            then,
            title=t("member.pick.title"),
            placeholder=t("member.pick.placeholder"),
            found=t("member.pick.found"),
            choose=t("member.pick.button"),
            columns=(
                Column(
                    t("members.column.member_no"), lambda row: row.member_no or "", role=lambda row: "muted"
                ),
                Column(t("members.column.email"), lambda row: row.email or "", role=lambda row: "muted"),
            ),
        )

    def people_found(self, db: Database, text: str) -> list[MemberRow]:
        if not text:
            return []
        found = [one for one in condition_sql.ids(db, Word(text), limit=MOST + 1) if one != self._without]
        rows = people.rows(db, found[:MOST])
        return [rows[one] for one in found[:MOST] if one in rows]

    def said_of(self, rows: Sequence[MemberRow], *, typed: bool) -> str:
        return t("member.pick.none" if typed and not rows else "member.pick.hint")
