"""Keeps the question of the list under a name: a saved view in the side bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.core.message import message
from desktop.core.people.condition import EVERYBODY
from desktop.core.people.query_text import to_text
from desktop.text import t

if TYPE_CHECKING:
    from desktop.operations.people.views import ViewOutcome
    from desktop.ui.members.page import MembersPage


class ViewSaver(QObject):
    """See the module."""

    def __init__(self, page: MembersPage) -> None:
        super().__init__(page)
        self._page = page

    def can_save(self) -> bool:
        """Whether the list asks for anything."""
        return self._page.list.bar.condition != EVERYBODY

    def ask(self) -> None:
        """Ask for a name and keep the question."""
        from desktop.operations.people.views import LONGEST_NAME
        from desktop.ui.shell.side_views import wrong_name

        bar = self._page.list.bar
        bar.flush()
        if not self.can_save():
            self._page.desk.notices.show(message("members.view.nothing"), kind="info")
            return
        query = to_text(bar.condition)
        words = t("members.list_separator").join(bar.chips.texts) or bar.field.text().strip()
        self._page.desk.dialogs.ask_text(
            self._page,
            message("members.view.save_title"),
            message("members.view.name"),
            lambda name: self._save(name, query),
            text=words[:LONGEST_NAME],
            check=wrong_name,
        )

    def _save(self, name: str, query: str) -> None:
        from desktop.operations.people import views

        page = self._page

        def saved(outcome: ViewOutcome) -> None:
            page.desk.notices.show(message("members.view.saved", view=outcome.view.name))

        page.desk.jobs.write(
            lambda db, ctx: views.save(db, name, query),
            owner=page,
            then=saved,
            on_error=lambda error: page.desk.notices.show(error.text, kind="warning"),
        )
