"""A row of what is ready to be changed at LINE and waits for a press: which menu, whom it is for, since when."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.operations.planning import publishing
from desktop.operations.planning.publishing import Prepared
from desktop.store.condition_sql import query_context
from desktop.store.database import Database
from desktop.text import render, t
from desktop.ui import i18n
from desktop.ui.publishing.reading import ToSay
from desktop.ui.publishing.states import MenuAct
from desktop.ui.publishing.words import for_whom, to_say


@dataclass(frozen=True)
class PreparedRow:
    """One change that waits; it is worked out, not kept, so that it has neither a number nor an end."""

    prepared: Prepared
    state: str = "prepared"

    @property
    def key(self) -> str:
        """What finds it again when the list was read anew."""
        return f"{self.prepared.what} {self.prepared.plan_id}"

    @property
    def name(self) -> str:
        """What would be done."""
        return t(f"outbox_page.prepared.{self.prepared.what}", menu=self.prepared.name)

    @property
    def day(self) -> str:
        """The day it is about; a dash where it is about none."""
        return "—" if self.prepared.day is None else i18n.date(self.prepared.day.isoformat())

    @property
    def words(self) -> str:
        """Why it is there, for whom, and since when."""
        one = self.prepared
        if one.newly is not None:
            said = to_say(ToSay(newly=one.newly))
            return "" if said is None else render(said[0])
        return t(f"outbox_page.prepared_text.{one.what}", day=self.day, who=for_whom(one, alone=False))

    @property
    def acts(self) -> tuple[MenuAct, ...]:
        """What can be done about it, the likeliest first."""
        return (MenuAct.NOW, MenuAct.MENUS)


def read_prepared(db: Database) -> tuple[PreparedRow, ...]:
    """What waits for a press today."""
    today = query_context(db).now.date()
    return tuple(PreparedRow(one) for one in publishing.prepared(db, today))
