"""The menu at the left: pages in groups, with the counts that belong to them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.store.overview import Overview
from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.shell.pages import PageSpec
from desktop.ui.widgets.labels import small

WIDTH = 176
WIDEST_COUNT = "9,999"


class Navigation(QFrame):
    """The pages that have a group.

    Args:
        specs: the pages of this program.
        go: called with a page's id when its item is pressed.
    """

    def __init__(self, specs: list[PageSpec], go: Callable[[str], object]) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(t("shell.navigation"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(14), theme.px(8), theme.px(8))
        column.setSpacing(theme.px(2))
        self._items: dict[str, NavItem] = {}
        self._below: dict[str, QVBoxLayout] = {}
        self._captions: dict[str, QLabel] = {}
        self._shown: set[str] = set()
        self._current = ""
        self._everything = False
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._lay_out(column, specs, go)
        self._show_items(lambda spec: not spec.shown_with)
        self.setFixedWidth(
            max(
                theme.px(WIDTH),
                max((i.sizeHint().width() for i in self._items.values()), default=0) + theme.px(16),
            )
        )

    def _lay_out(self, column: QVBoxLayout, specs: list[PageSpec], go: Callable[[str], object]) -> None:
        group = None
        for spec in (spec for spec in specs if spec.group):
            if spec.group != group:
                group = spec.group
                caption = small(t(spec.group or ""))
                above = theme.px(4 if not self._captions else 14)
                caption.setContentsMargins(theme.px(10), above, 0, theme.px(4))
                self._captions[spec.group or ""] = caption
                column.addWidget(caption)
            column.addWidget(self._add(spec, go))
            self._below[spec.id] = QVBoxLayout()
            column.addLayout(self._below[spec.id])
        self.more = MenuItem(t("shell.more"), "more")
        self.more.clicked.connect(self._open_more)
        column.addWidget(self.more)
        column.addStretch(1)
        for spec in (spec for spec in specs if spec.group == ""):
            column.addWidget(self._add(spec, go))

    def show_current(self, page_id: str) -> None:
        """Mark the page that is shown."""
        self._current = page_id
        for name, item in self._items.items():
            item.setChecked(name == page_id)
        self._settle()

    def show_counts(self, overview: Overview) -> None:
        """Show the counts of the shop beside the pages."""
        for item in self._items.values():
            if item.spec.count:
                item.set_count(getattr(overview, item.spec.count))
        self._show_items(lambda spec: not spec.shown_with or bool(getattr(overview, spec.shown_with)))

    def _show_items(self, shown: Callable[[PageSpec], bool]) -> None:
        self._shown = {name for name, item in self._items.items() if shown(item.spec)}
        self._settle()

    def _open_more(self) -> None:
        """Show what a shop only needs later; it stays until the window is built again."""
        self._everything = True
        self._settle()
        later = [item for name, item in self._items.items() if name not in self._shown]
        if later:
            later[0].setFocus()

    def _settle(self) -> None:
        """Show the items: those the shop needs now, the page that is open, and all of them once they were asked for."""
        shown = set(self._items) if self._everything else self._shown | ({self._current} & set(self._items))
        for name, item in self._items.items():
            item.setVisible(name in shown)
        for group, caption in self._captions.items():
            caption.setVisible(
                any(name in shown for name, item in self._items.items() if item.spec.group == group)
            )
        self.more.setVisible(shown != set(self._items))

    def put_below(self, page_id: str, widget: QWidget) -> None:
        """Have something of a page's own below its item."""
        self._below[page_id].addWidget(widget)

    def item(self, page_id: str) -> NavItem:
        """The item of a page."""
        return self._items[page_id]

    @property
    def page_ids(self) -> list[str]:
        """The pages in the menu, in order."""
        return list(self._items)

    def _add(self, spec: PageSpec, go: Callable[[str], object]) -> NavItem:
        item = NavItem(spec)
        item.clicked.connect(lambda: go(spec.id))
        self._items[spec.id] = item
        self._group.addButton(item)
        return item


class MenuItem(QAbstractButton):
    """An item of the menu: icon, name, count."""

    def __init__(self, text: str, icon: str, *, counted: bool = False) -> None:
        super().__init__()
        self._icon = icon
        self._counted = counted
        self._count = ""
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int | None) -> None:
        """Show a count; 0 and None show nothing."""
        self._count = f"{count:,}" if count else ""
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.update()

    @property
    def count(self) -> str:
        """The count as shown."""
        return self._count

    def sizeHint(self) -> QSize:
        bold = self.font()
        bold.setBold(True)
        words = QFontMetrics(bold).horizontalAdvance(self.text())
        if self._counted:
            words += theme.px(8) + self.fontMetrics().horizontalAdvance(WIDEST_COUNT)
        return QSize(words + theme.px(48), self.fontMetrics().height() + theme.px(16))

    def nextCheckState(self) -> None:
        """Pressing the page shown changes nothing."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked = self.isChecked()
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
        elif checked:
            painter.setPen(theme.colour("line"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        if checked:
            painter.setBrush(theme.colour("panel"))
        elif self.underMouse():
            painter.setBrush(theme.colour("nav_hover"))
        painter.drawRoundedRect(area, 8, 8)
        side = theme.px(18)
        middle = (self.height() - side) // 2
        colour = theme.colour("accent_text" if checked else "ink")
        icons.paint(painter, QRect(theme.px(10), middle, side, side), self._icon, colour)
        font = self.font()
        font.setBold(checked)
        painter.setFont(font)
        painter.setPen(colour)
        words = self.rect().adjusted(theme.px(36), 0, -theme.px(10), 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        if self._count:
            font.setBold(False)
            font.setPixelSize(theme.px(12))
            painter.setFont(font)
            painter.setPen(theme.colour("muted"))
            painter.drawText(
                words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._count
            )
        painter.end()


class NavItem(MenuItem):
    """The item of a page."""

    def __init__(self, spec: PageSpec) -> None:
        super().__init__(t(f"shell.page.{spec.id}"), spec.icon, counted=bool(spec.count))
        self.spec = spec
