"""Everything inside the window while one shop is open (or none): menu, pages, status line, and what lies over them. It is made
anew for another shop, another language, another look."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.core.message import message
from desktop.settings import Settings
from desktop.store import shop as shop_rows
from desktop.store.overview import Overview, overview
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.actions import Actions
from desktop.ui.desk import Desk, Door, FrontDesk
from desktop.ui.dialogs import Dialogs
from desktop.ui.notifications import Toasts
from desktop.ui.opening.opened_shop import OpenedShop
from desktop.ui.shell.commands import shell_commands
from desktop.ui.shell.drop_target import DropTarget, files_of
from desktop.ui.shell.navigation import Navigation
from desktop.ui.shell.page_stack import PageStack
from desktop.ui.shell.pages import PageSpec
from desktop.ui.shell.shop_colour import ShopColour
from desktop.ui.shell.status_bar import StatusBar
from desktop.ui.widgets.buttons import button

if TYPE_CHECKING:
    from desktop.ui.shell.side_views import SideViews

LONGEST_TRAIL = 50
"""Pages remembered for the way back."""


class Shell(QWidget):
    """See the module.

    Args:
        shop: the open shop, None on the first screen.
        specs: the pages of this program.
        state: what pages remembered, by id.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        dialogs: Dialogs,
        door: Door,
        shop: OpenedShop | None,
        specs: dict[str, PageSpec],
        state: dict[str, Any],
    ) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.shop = shop
        self.overview: Overview | None = None
        self.views: SideViews | None = None
        self._trail: list[str] = []
        self.register = Actions(self)
        self.stack = PageStack(specs, state)
        self.navigation = Navigation(list(specs.values()), self.go) if shop else None
        self.status = StatusBar(
            shop.jobs if shop else None,
            practice=bool(shop and shop.practice),
            open_outbox=lambda: self.go("outbox" if self.stack.has("outbox") else "settings"),
            open_jobs=self.toggle_jobs,
            open_palette=self.open_palette,
        )
        self._lay_out()
        self.notices = Toasts(self.stack)
        self.desk = self._make_desk(settings, dialogs, door)
        self.stack.use(self.desk)
        self.stack.shown.connect(self._page_shown)
        self._drop = DropTarget(self)
        self._palette: Any = None
        self._jobs_panel: Any = None
        for command in shell_commands(self, door):
            self.register.add(command, self)
        if shop is not None:
            shop.jobs.changed.connect(self.changed)
            shop.link.state_changed.connect(self.status.set_line_state)
            self.status.set_line_state(shop.link.state)

    def go(self, page_id: str, **arguments: Any) -> None:
        """Show a page of this program; pages it does not have are not gone to."""
        if not self.stack.has(page_id):
            return
        left = self.stack.current
        if left is not None and left.page_id != page_id:
            self._trail = [*self._trail[1 - LONGEST_TRAIL :], left.page_id]
        self.stack.show_page(page_id, **arguments)

    def back(self) -> None:
        """Show the page that was left for this one, as it was left; the members where none was."""
        page = self.stack.current
        if page is not None and page.step_back():
            return
        if self._trail:
            self.stack.show_page(self._trail.pop())
        elif self.shop is not None:
            self.stack.show_page("members")

    def changed(self, changes: Changes) -> None:
        """Data changed: the page shown, the menu's counts and the status line follow."""
        self.stack.changed(changes)
        if self.views is not None:
            self.views.changed(changes)
        self.refresh_overview()

    def refresh_overview(self) -> None:
        """Read counts, LINE's state and what undo would turn, and show them."""
        if self.shop is not None:
            self.shop.jobs.read(overview, owner=self, then=self._show_overview, latest="shell.overview")
            if self.views is None:
                self._show_views()

    def take_files(self, files: list[Path]) -> None:
        """Files were dropped on the window: the page shown may take them, else they are imported."""
        page = self.stack.current
        if page is not None and page.take_files(files):
            return
        if self.shop is not None:
            self.go("import", files=files)

    def open_palette(self) -> None:
        """Show the command palette."""
        from desktop.ui.palette.palette import Palette

        if self.shop is not None:
            self.stack.make_all()
        QGuiApplication.inputMethod().commit()
        if self._palette is None:
            self._palette = Palette(self, self.register)
        self._palette.open()

    def open_cheat_sheet(self) -> None:
        """Show all keys."""
        from desktop.ui.palette.cheat_sheet import CheatSheet

        groups = [(t("shell.keys.everywhere"), self.register.of(self))]
        page = self.stack.current
        if page is not None:
            groups.insert(0, (t(f"shell.page.{page.page_id}"), self.register.of(page)))
        self.desk.dialogs.show(CheatSheet(self, groups))

    def toggle_jobs(self) -> None:
        """Show or hide the list of running jobs."""
        from desktop.ui.shell.jobs_panel import JobsPanel

        if self.shop is None:
            return
        if self._jobs_panel is None:
            self._jobs_panel = JobsPanel(self.stack, self.shop.jobs)
        self._jobs_panel.toggle()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            event.acceptProposedAction()
            self._drop.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.hide()
        files = files_of(event.mimeData())
        event.acceptProposedAction()
        # The program that was dragged from waits until this handler returns.
        QTimer.singleShot(0, self, lambda: self.take_files(files))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._palette is not None and self._palette.isVisible():
            self._palette.close_palette()

    def _show_views(self) -> None:
        """The saved views of the members page, once the window stands."""
        from desktop.ui.shell.side_views import SideViews

        if self.navigation is not None and "members" in self.navigation.page_ids:
            assert isinstance(self.desk, Desk)
            self.views = SideViews(self.desk)
            self.navigation.put_below("members", self.views)
            self.views.read()

    def _make_desk(self, settings: Settings, dialogs: Dialogs, door: Door) -> FrontDesk:
        front = FrontDesk(settings, dialogs, self.notices, self.register, door, self.go, self.back)
        if self.shop is None:
            return front
        common = {field.name: getattr(front, field.name) for field in fields(front)}
        shop = self.shop
        return Desk(
            **common, shop=shop.file, jobs=shop.jobs, practice=shop.practice, line=shop.link, keys=shop.keys
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.shop is not None and self.shop.practice:
            column.addWidget(self._practice_band())
        elif self.shop is not None:
            column.addWidget(ShopColour(shop_rows.get(self.shop.jobs.page_reader, "colour")))
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        if self.navigation is not None:
            middle.addWidget(self.navigation)
        middle.addWidget(self.stack, 1)
        column.addLayout(middle, 1)
        column.addWidget(self.status)

    def _practice_band(self) -> QWidget:
        band = QFrame()
        band.setObjectName("practice")
        band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(band)
        row.setContentsMargins(theme.px(18), theme.px(4), theme.px(12), theme.px(4))
        name = QLabel(t("shell.practice.mode"))
        name.setProperty("kind", "heading")
        words = QLabel(t("shell.practice.text"))
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(name)
        row.addWidget(words, 1)
        row.addWidget(button(t("shell.practice.leave"), lambda: self.register.trigger("shell.close_shop")))
        return band

    def _page_shown(self, page_id: str) -> None:
        if self.navigation is not None:
            self.navigation.show_current("members" if page_id == "import" else page_id)

    def _show_overview(self, seen: Overview) -> None:
        self.overview = seen
        if self.navigation is not None:
            self.navigation.show_counts(seen)
        self.status.show_overview(seen)
        for name, title, plain in (
            ("undo", seen.undo, "shell.command.undo"),
            ("redo", seen.redo, "shell.command.redo"),
        ):
            action = self.register.action(f"shell.{name}")
            action.setText(t(f"shell.{name}_step", step=render(title)) if title else render(message(plain)))
