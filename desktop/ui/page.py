"""A page of the window: a header with title and buttons, a bar for what is to be said, a body, and perhaps a panel at the
right. Pages are made when they are first opened, and again after a change of language, theme or text size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.desk import FrontDesk
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.info_bar import InfoBar
from desktop.ui.widgets.labels import ElidedLabel, title

SIDE_SHARE = 0.44
"""The panel at the right leaves the larger part of a narrow page to the page itself."""


class PageHeader(QWidget):
    """Title, grey text beside it, and buttons at the right."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(10))
        self.title = title(text)
        self.subtitle = ElidedLabel(kind="muted")
        self._row.addWidget(self.title)
        self._row.addWidget(self.subtitle, 1)
        self.setMinimumHeight(theme.px(34))

    def set_title(self, text: str) -> None:
        """Change the title (its width follows)."""
        self.title.setText(text)

    def set_subtitle(self, text: str) -> None:
        """Change the grey text beside the title."""
        self.subtitle.setText(text)

    def add(self, widget: QWidget) -> None:
        """Add a button at the right of those there."""
        self._row.addWidget(widget)

    def insert_before_title(self, widget: QWidget) -> None:
        """Put something before the title: a way back."""
        self._row.insertWidget(0, widget)


class Page(QWidget):
    """Override what the page needs; see each method.

    Args:
        desk: what the page may use.
        page_id: its name in the register of pages; the title is the text ``shell.page.<page_id>``.
    """

    def __init__(self, desk: FrontDesk, page_id: str) -> None:
        super().__init__()
        self.desk: Any = desk
        self.page_id = page_id
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(t(f"shell.page.{page_id}"))
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(14))
        column.setSpacing(theme.px(10))
        self.header = PageHeader(t(f"shell.page.{page_id}"))
        self.bar = InfoBar()
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(12))
        column.addWidget(self.header)
        column.addWidget(self.bar)
        column.addLayout(self.body, 1)
        around.addLayout(column, 1)
        self._around = around
        self._side: tuple[QWidget, int] | None = None
        self._leaves_on_escape = False
        self._inside: tuple[Callable[[], bool], Callable[[], object]] = (lambda: False, lambda: None)

    def set_side_panel(self, panel: QWidget) -> None:
        """Put a panel of a fixed width at the right, over the full height; in a narrow page it takes its share and no more."""
        self._around.addWidget(panel)
        self._side = (panel, panel.minimumWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._side is not None:
            panel, width = self._side
            panel.setFixedWidth(min(width, round(self.width() * SIDE_SHARE)))

    def add_way_back(self) -> None:
        """For a page that is not in the menu: an arrow before the title, and Escape, lead to where it was opened from."""
        self.header.insert_before_title(
            icon_button("arrow-left", t("shell.command.back"), lambda: self.desk.back(), role="ink")
        )
        self._leaves_on_escape = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._leaves_on_escape:
            event.accept()
            self.desk.back()
            return
        super().keyPressEvent(event)

    def step_back(self) -> bool:
        """Go one step back inside the page; False where there is none, and the page before is shown."""
        is_inside, leave = self._inside
        if not is_inside():
            return False
        leave()
        return True

    def has_inside(self, is_inside: Callable[[], bool], leave: Callable[[], object]) -> None:
        """The page holds a page of its own, an editor over its list: the way back leaves that first."""
        self._inside = (is_inside, leave)

    def opened(self, **arguments: Any) -> None:
        """The page is shown now; ``arguments`` come from go()."""

    def changed(self, changes: Changes) -> None:
        """Data changed: reload what is shown."""

    def commands(self) -> list[Command]:
        """The page's own commands; asked once."""
        return []

    def take_files(self, files: list[Path]) -> bool:
        """Files were dropped on the page; True if it deals with them."""
        return False

    def remember(self) -> dict[str, Any]:
        """What to find again after a restart or when the page is built again (JSON-able)."""
        return {}

    def recall(self, state: dict[str, Any]) -> None:
        """What :meth:`remember` gave, before the page is first opened."""

    def pictures(self) -> dict[str, Callable[[], None]]:
        """States worth a picture of their own: name → what brings the page there."""
        return {}


def page_of(widget: Any) -> Page | None:
    """The page a widget (or any QObject) belongs to."""
    while widget is not None and not isinstance(widget, Page):
        widget = widget.parent()
    return widget
