"""What the views of the figures share: questions go to the query thread, numbers open the people behind them, a formula is told
where it is asked for, and a card can be copied as a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.insights.tables import SmallTable
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted

__all__ = ["FigureCard", "SmallTable", "beside", "without"]

T = TypeVar("T")
PATIENCE_MS = 300
"""An answer that takes longer is announced; a quicker one would only flicker."""


class FigureCard(Card):
    """A card that reads its own figures and can tell how they are computed.

    Args:
        desk: what the page may use.
        title: bold first line.
        formula: how its numbers come about, shown by its question mark; "" without one.
    """

    def __init__(self, desk: Desk, title: str, formula: str = "") -> None:
        super().__init__(title)
        self.desk = desk
        self._asked = 0
        self.waiting = muted(t("insights_page.counting"))
        self.waiting.setVisible(False)
        self.header.insertWidget(1, self.waiting)
        self.formula = muted(formula, wrap=True)
        self.formula.setVisible(False)
        self.help: QToolButton | None = None
        if formula:
            self.help = icon_button("help", t("insights_page.how", name=title), self._tell)
            self.help.setCheckable(True)
            self.header.addWidget(self.help)
        self.copy = icon_button("copy", t("insights_page.copy_card", name=title), self.copy_picture)
        self.header.addWidget(self.copy)
        self.body.addWidget(self.formula)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(lambda: self.waiting.setVisible(True))

    def ask(self, work: Callable[[Database], T], then: Callable[[T], None], name: str) -> None:
        """Read in the query thread; a newer question of the same name takes its place, and an answer to an older one is
        dropped. What is shown stays until the answer is there."""
        self._asked += 1
        asked = self._asked
        self._timer.start()

        def arrived(answer: T) -> None:
            if asked == self._asked:
                self._answered()
                then(answer)

        self.desk.jobs.read(work, owner=self, then=arrived, latest=f"insights.{name}", on_error=self._failed)

    def copy_picture(self) -> None:
        """Put the card, as it is, on the clipboard."""
        QApplication.clipboard().setPixmap(self.grab())
        self.desk.notices.show(message("insights_page.copied"))

    def open_people(self, query: str | None) -> None:
        """Show the people of a query in the list of members."""
        if query is not None:
            self.desk.go("members", query=query)

    def build_audience(self, query: str | None) -> None:
        """Begin an audience with a query."""
        if query is not None:
            self.desk.go("audiences", query=query)

    def _failed(self, error: UserError) -> None:
        self._answered()
        above: QWidget | None = self
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        if above is not None:
            above.bar.show_error(error)

    def _answered(self) -> None:
        self._timer.stop()
        self.waiting.setVisible(False)

    def _tell(self) -> None:
        self.formula.setVisible(not self.formula.isVisible())


def without(whole: str | None, part: str | None) -> str | None:
    """The query of those of the whole who are not in the part."""
    return None if whole is None or part is None else f"{whole} -({part})".strip()


def beside(*widgets: QWidget | None) -> QHBoxLayout:
    """Things in one line; None: what is left of the room."""
    line = QHBoxLayout()
    line.setSpacing(theme.px(8))
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget)
    return line
