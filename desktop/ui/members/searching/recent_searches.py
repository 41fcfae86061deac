"""The searches made last, to be had back from the clock in the search field. What was typed counts as a search once the owner
went on to the people it found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu

from desktop.core.people.condition import EVERYBODY
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse, to_text
from desktop.store.members import searches
from desktop.text import t
from desktop.ui import theme
from desktop.ui.members.searching.condition_words import query_words

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage

WIDEST = 360


class RecentSearches(QObject):
    """See the module."""

    def __init__(self, page: MembersPage) -> None:
        super().__init__(page)
        self._page = page
        self.queries: Sequence[str] = ()
        bar = page.list.bar
        bar.submitted.connect(self.remember)
        bar.left.connect(self.remember)
        bar.recent_asked.connect(self.ask_menu)

    def read(self) -> None:
        """Read them from the shop."""
        self._page.desk.jobs.read(searches.recent, owner=self._page, then=self._know)

    def remember(self) -> None:
        """What is asked now was a search."""
        from desktop.operations.people import views

        bar = self._page.list.bar
        bar.flush()
        query = to_text(bar.condition)
        if bar.condition != EVERYBODY and self.queries[:1] != [query]:
            self._page.desk.jobs.write(
                lambda db, ctx: views.remember_search(db, query), owner=self._page, then=self._know
            )

    def ask_menu(self) -> None:
        """Open the list below the field."""
        field = self._page.list.bar.field
        menu = QMenu(self._page)
        for query in self.queries:
            menu.addAction(self._words(query), partial(self._take, query))
        if not self.queries:
            menu.addAction(t("members.recent.none")).setEnabled(False)
        menu.addSeparator()
        menu.addAction(t("members.recent.forget"), self.forget).setEnabled(bool(self.queries))
        self._page.menus.show_menu(menu, field.mapToGlobal(QPoint(0, field.height())))

    def forget(self) -> None:
        """Forget them all."""
        from desktop.operations.people import views

        self._page.desk.jobs.write(
            lambda db, ctx: views.forget_searches(db), owner=self._page, then=self._know
        )

    def _know(self, queries: Sequence[str]) -> None:
        self.queries = list(queries)

    def _take(self, query: str) -> None:
        self._page.list.bar.set_query(query)
        self._page.search()

    def _words(self, query: str) -> str:
        """The query in the language in use, cut to what a menu can hold."""
        try:
            text = to_text(parse(query, extra_columns=None), query_words())
        except QueryMistake:
            text = query
        metrics = QFontMetrics(self._page.font())
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, theme.px(WIDEST)).replace("&", "&&")
