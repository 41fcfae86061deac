"""The head of the members page: how many people there are, and the buttons. In a narrow window two of them go into a menu, and
the panel at the right is there while people are selected."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QToolButton

from desktop.core.people.condition import EVERYBODY
from desktop.store import people
from desktop.store.people import PeopleCounts
from desktop.text import t
from desktop.ui import theme
from desktop.ui.shell.pages import installed
from desktop.ui.widgets.buttons import button, icon_button, primary_button

if TYPE_CHECKING:
    from desktop.ui.members.page import MembersPage

ROOMY = 760
"""Width at 100 % text size from which the panel stands beside the list all the time."""


class PageHead(QObject):
    """See the module."""

    def __init__(self, page: MembersPage) -> None:
        super().__init__(page)
        self._page = page
        self.counts: PeopleCounts | None = None
        self.has_people = True
        load = choose_import(page)
        self.import_button = button(t("members.import"), load)
        self.export_button = button(t("members.export"), page.export)
        self.audience_button = primary_button(t("members.audience"), page.build_audience)
        menu = QMenu(page)
        if load is not None:
            menu.addAction(t("members.import"), load)
        menu.addAction(t("members.export"), page.export)
        self.more_button = icon_button("more", t("members.more"), role="ink")
        self.more_button.setMenu(menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for part in (self.more_button, self.import_button, self.export_button, self.audience_button):
            page.header.add(part)

    def fit(self) -> None:
        """Place buttons and panel according to the page's width."""
        page, some, here = self._page, self.has_people, installed()
        roomy = page.width() >= theme.px(ROOMY)
        page.panel.setVisible(some and (roomy or page.list.selected_count() > 0))
        needed = page.header.title.sizeHint().width() + theme.px(60)
        for part in (self.import_button, self.export_button, self.audience_button):
            needed += part.sizeHint().width() + theme.px(10)
        panel = page.panel.width() if not page.panel.isHidden() else 0
        together = page.width() - panel - 2 * theme.px(18) < needed
        self.more_button.setVisible(some and together)
        self.export_button.setVisible(some and not together)
        self.import_button.setVisible(some and not together and "import" in here)
        self.audience_button.setVisible(some and "audiences" in here)

    def read_counts(self) -> None:
        """Count the people."""
        page = self._page
        page.desk.jobs.read(people.counts, owner=page, then=self._counted, latest="members.counts")

    def show_counts(self) -> None:
        """Say how many there are, and how many match."""
        page, counts = self._page, self.counts
        if counts is None:
            return
        if not counts.people:
            text = ""
        elif page.list.condition == EVERYBODY:
            text = t("members.subtitle", people=counts.people, bound=counts.bound)
        elif not page.list.loader.complete:
            text = t("members.subtitle.counting", people=counts.people)
        else:
            text = t("members.subtitle.filtered", n=page.list.count, people=counts.people)
        page.header.set_subtitle(text)

    def _counted(self, counts: PeopleCounts) -> None:
        self.counts = counts
        self.has_people = counts.people > 0
        self._page.show_list(self.has_people)
        self.fit()
        self.show_counts()


def choose_import(page: MembersPage) -> Callable[[], object] | None:
    """Chooses files to import; None if this program cannot."""
    return (lambda: page.desk.actions.trigger("shell.import")) if "import" in installed() else None
