"""The pages of one open window: made when first shown, told of changes while shown and of the collected ones on return."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QStackedWidget

from desktop.core.changes import Changes
from desktop.ui.desk import FrontDesk
from desktop.ui.page import Page
from desktop.ui.shell.pages import PageSpec, make


class PageStack(QStackedWidget):
    """See the module.

    Args:
        specs: the pages that may be shown, by id.
        state: what pages remembered last time, by id.
    """

    shown = Signal(str)

    def __init__(self, specs: dict[str, PageSpec], state: dict[str, Any]) -> None:
        super().__init__()
        self.setObjectName("stack")
        self._specs = specs
        self._state = state
        self._pages: dict[str, Page] = {}
        self._missed: dict[str, Changes] = {}
        self._desk: FrontDesk | None = None

    def use(self, desk: FrontDesk) -> None:
        """What pages are given; called once, before the first page is shown."""
        self._desk = desk

    def has(self, page_id: str) -> bool:
        """Whether this program has the page."""
        return page_id in self._specs

    @property
    def page_ids(self) -> list[str]:
        """The pages that can be shown, in the register's order."""
        return list(self._specs)

    def page(self, page_id: str) -> Page:
        """The page, made if need be, but not shown."""
        if page_id not in self._pages:
            if self._desk is None:
                raise RuntimeError("use() comes first")
            page = make(self._specs[page_id], self._desk)
            for command in page.commands():
                self._desk.actions.add(command, page)
            state = self._state.get(page_id)
            if state:
                page.recall(state)
            self._pages[page_id] = page
            self.addWidget(page)
            # What was measured while the page was built, it was without the window's style sheet.
            for layout in page.findChildren(QLayout):
                layout.invalidate()
        return self._pages[page_id]

    def show_page(self, page_id: str, **arguments: Any) -> Page:
        """Show a page and tell it so."""
        page = self.page(page_id)
        self.setCurrentWidget(page)
        self.shown.emit(page_id)
        missed = self._missed.pop(page_id, None)
        page.opened(**arguments)
        if missed is not None:
            page.changed(missed)
        return page

    @property
    def current(self) -> Page | None:
        """The page shown."""
        page = self.currentWidget()
        return page if isinstance(page, Page) else None

    def changed(self, changes: Changes) -> None:
        """Pass changes to the page shown; keep them for those hidden."""
        current = self.current
        for page_id, page in self._pages.items():
            if page is current:
                page.changed(changes)
            else:
                self._missed[page_id] = self._missed.get(page_id, Changes()) | changes

    def make_all(self) -> None:
        """Make every page of the menu, so that the palette knows all commands."""
        for page_id, spec in self._specs.items():
            if spec.group is not None:
                self.page(page_id)

    def remember(self) -> dict[str, Any]:
        """What the pages want to find again, by id, with what they remembered before."""
        state = dict(self._state)
        for page_id, page in self._pages.items():
            state[page_id] = page.remember()
        return {page_id: kept for page_id, kept in state.items() if kept}
