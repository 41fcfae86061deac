"""The shop's saved views below 會員 in the menu, each with its number of people. Their names stand at once; the numbers are
counted behind everything else, a moment after the last change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.store.members.views import SavedView, all_views
from desktop.text import t
from desktop.ui import i18n, theme

if TYPE_CHECKING:
    from desktop.operations.people.views import CountedView, ViewOutcome
    from desktop.ui.desk import Desk

COUNT_MS = 800
"""Pause after the last change before the people of the views are counted again."""


class SideViews(QWidget):
    """See the module.

    Args:
        desk: of the open shop.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.items: dict[int, ViewItem] = {}
        self._shown: Sequence[SavedView] = ()
        self._counting: Any = None
        self.menu: QMenu | None = None
        self._count = QTimer(self, singleShot=True, interval=COUNT_MS)
        self._count.timeout.connect(self.count)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(1))
        self.setAccessibleName(t("shell.views"))
        self.hide()

    def read(self) -> None:
        """Show the views there are now."""
        self._desk.jobs.read(all_views, owner=self, then=self._show, latest="shell.views")

    def changed(self, changes: Changes) -> None:
        """Data changed: other views perhaps, and other numbers."""
        if changes.touches(Kind.SHOP):
            self.read()
        if self.items and changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            self._count.start()

    def count(self) -> None:
        """Count the people of the views; an earlier count that still runs is given up."""
        from desktop.operations.people import views

        self._count.stop()
        if self._counting is not None:
            self._counting.cancel()
        self._counting = self._desk.jobs.background(
            lambda db, ctx: views.counted(db), owner=self, then=self._show_counts
        )

    def _show(self, found: Sequence[SavedView]) -> None:
        if list(found) != list(self._shown):
            self._shown = found
            for item in self.items.values():
                item.hide()
                item.deleteLater()
            self.items = {view.id: self._item(view) for view in found}
            self.setVisible(bool(found))
        if found:
            self._count.start()

    def _item(self, view: SavedView) -> ViewItem:
        item = ViewItem(view)
        item.clicked.connect(partial(self._open, view))
        item.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        item.customContextMenuRequested.connect(lambda at: self._ask_menu(view, item.mapToGlobal(at)))
        item.delete_pressed = partial(self._remove, view)
        item.rename_pressed = partial(self._rename, view)
        self._column.addWidget(item)
        return item

    def _show_counts(self, counted: Sequence[CountedView]) -> None:
        self._counting = None
        for one in counted:
            if one.view.id in self.items:
                self.items[one.view.id].set_count(one.people)

    def _open(self, view: SavedView) -> None:
        self._desk.go("members", query=view.query)

    def _ask_menu(self, view: SavedView, place: Any) -> None:
        at = [one.id for one in self._shown].index(view.id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(t("members.view.rename"), partial(self._rename, view))
        menu.addAction(t("members.view.up"), partial(self._move, view, at - 1)).setEnabled(at > 0)
        last = at == len(self._shown) - 1
        menu.addAction(t("members.view.down"), partial(self._move, view, at + 1)).setEnabled(not last)
        menu.addSeparator()
        menu.addAction(t("members.view.remove"), partial(self._remove, view))
        menu.aboutToHide.connect(self._menu_closed)
        self.menu = menu
        menu.popup(place)

    def _menu_closed(self) -> None:
        self.menu = None

    def _rename(self, view: SavedView) -> None:
        from desktop.operations.people import views

        self._desk.dialogs.ask_text(
            self,
            message("members.view.rename_title", view=view.name),
            message("members.view.name"),
            lambda name: self._write(lambda db, ctx: views.rename(db, view.id, name)),
            text=view.name,
            check=wrong_name,
        )

    def _move(self, view: SavedView, place: int) -> None:
        from desktop.operations.people import views

        self._write(lambda db, ctx: views.move(db, view.id, place))

    def _remove(self, view: SavedView) -> None:
        from desktop.operations.people import views

        def back(outcome: ViewOutcome) -> None:
            self._write(lambda db, ctx: views.put_back(db, outcome.view, outcome.place))

        def removed(outcome: ViewOutcome) -> None:
            undo = (message("tag_panel.steps.undo"), lambda: back(outcome))
            self._desk.notices.show(message("members.view.removed", view=outcome.view.name), button=undo)

        self._write(lambda db, ctx: views.remove(db, view.id), removed)

    def _write(self, work: Callable[..., Any], then: Callable[[Any], None] | None = None) -> None:
        self._desk.jobs.write(work, owner=self, then=then, on_error=self._refused)

    def _refused(self, error: UserError) -> None:
        self._desk.notices.show(error.text, kind="warning")


class ViewItem(QAbstractButton):
    """One view: its name and number. Delete removes it, F2 renames it."""

    def __init__(self, view: SavedView) -> None:
        super().__init__()
        self.view = view
        self._count = ""
        self.delete_pressed: Callable[[], object] = lambda: None
        self.rename_pressed: Callable[[], object] = lambda: None
        self.setText(view.name)
        self.setToolTip(view.name)
        self.setAccessibleName(view.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_count(self, people: int | None) -> None:
        """Show how many people it finds; None: its question is no longer understood."""
        self._count = t("members.view.broken_sign") if people is None else i18n.number(people)
        self.setToolTip(t("members.view.broken", view=self.view.name) if people is None else self.view.name)
        self.setAccessibleName(f"{self.view.name} {self._count}".strip())
        self.update()

    @property
    def count(self) -> str:
        """The number as shown."""
        return self._count

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), self.fontMetrics().height() + theme.px(10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        own: Mapping[int, Callable[[], object]] = {
            Qt.Key.Key_Delete: self.delete_pressed,
            Qt.Key.Key_F2: self.rename_pressed,
            Qt.Key.Key_Return: self.click,
            Qt.Key.Key_Enter: self.click,
        }
        if event.key() in own and not event.isAutoRepeat():
            own[event.key()]()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(theme.colour("nav_hover"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        area = self.rect().adjusted(theme.px(36), 0, -theme.px(10), 0)
        small = self.font()
        small.setPixelSize(theme.px(12))
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._count)
        taken = painter.fontMetrics().horizontalAdvance(self._count) + theme.px(6) if self._count else 0
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink"))
        room = area.adjusted(0, 0, -taken, 0)
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
        painter.end()


def wrong_name(name: str) -> Message | None:
    """What is wrong with a view's name, or None."""
    from desktop.operations.people import views

    try:
        views.clean_name(name)
    except UserError as error:
        return error.text
    return None
