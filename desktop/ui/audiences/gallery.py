"""Where to begin: ready-made conditions that fit the shop, each with how many people it holds now. Shown while a new audience has
no condition yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QStyle, QStyleOption, QWidget

from desktop.operations.audiences import templates
from desktop.operations.audiences.templates import Template
from desktop.store.database import Database
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted

TILE_WIDTH = 216
HINT_LINES = 2


class Tile(QAbstractButton):
    """One template."""

    def __init__(self, template: Template) -> None:
        super().__init__()
        self.template = template
        self._title, self._hint = render(template.title), render(template.hint)
        self._count: int | None = None
        self.setText(self._title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self._hint)
        self._name()

    def show_count(self, count: int) -> None:
        """How many people it holds now."""
        self._count = count
        self._name()
        self.update()

    @property
    def count_text(self) -> str:
        """The count as it is shown."""
        return "…" if self._count is None else t("builder.people", n=self._count)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        return QSize(theme.px(TILE_WIDTH), line * (2 + HINT_LINES) + theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOption()
        option.initFrom(self)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(theme.colour("focus" if self.hasFocus() else "line_strong" if hovered else "line"))
        painter.setBrush(theme.colour("hover" if hovered else "panel"))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, theme.px(8), theme.px(8))
        edge, line = theme.px(12), self.fontMetrics().lineSpacing()
        area = self.rect().adjusted(edge, edge, -edge, -edge)
        self._text(painter, QRect(area.left(), area.top(), area.width(), line), self._title, "ink", bold=True)
        hint = QRect(area.left(), area.top() + line + theme.px(2), area.width(), line * HINT_LINES)
        painter.setPen(theme.colour("muted"))
        painter.drawText(hint, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), self._hint)
        foot = QRect(area.left(), area.bottom() - line + 1, area.width(), line)
        role = "muted" if not self._count else "link"
        self._text(painter, foot, self.count_text, role, bold=bool(self._count))
        if self.template.list_only:
            painter.setPen(theme.colour("muted"))
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(foot, right, t("builder.list_only"))
        painter.end()

    def _text(self, painter: QPainter, area: QRect, text: str, role: str, *, bold: bool) -> None:
        font = self.font()
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(theme.colour(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.setFont(self.font())

    def _name(self) -> None:
        self.setAccessibleName(
            t("builder.template_spoken", title=self._title, hint=self._hint, count=self.count_text)
        )


class Gallery(Card):
    """``chosen(template)``: begin with this one."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(t("builder.gallery"))
        self.body.addWidget(muted(t("builder.gallery_hint"), wrap=True))
        self._desk = desk
        self.tiles: list[Tile] = []
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(8))
        self._columns = 0
        self.body.addWidget(self._inside)
        self.body.addStretch(1)

    def read_again(self) -> None:
        """Read which templates fit the shop, and count them one by one."""
        self._desk.jobs.read(
            templates.templates,
            owner=self,
            then=self.show_templates,
            latest=f"audiences.templates.{id(self)}",
        )

    def show_templates(self, found: Sequence[Template]) -> None:
        """Show these."""
        if [tile.template for tile in self.tiles] != list(found):
            for tile in self.tiles:
                tile.hide()
                tile.deleteLater()
            self.tiles = [self._tile(template) for template in found]
            self._columns = 0
            self._arrange()
        for tile in self.tiles:
            self._desk.jobs.read(
                partial(_holds, tile.template),
                owner=tile,
                then=tile.show_count,
                latest=f"audiences.template.{tile.template.id}.{id(self)}",
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _tile(self, template: Template) -> Tile:
        tile = Tile(template)
        tile.clicked.connect(lambda: self.chosen.emit(template))
        return tile

    def _arrange(self) -> None:
        columns = max(1, (self.width() - theme.px(32)) // theme.px(TILE_WIDTH))
        if columns == self._columns or not self.tiles:
            return
        self._columns = columns
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, at // columns, at % columns)
            tile.show()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _holds(template: Template, db: Database) -> int:
    return templates.holds(db, template)


def template_of(found: Sequence[Template], template_id: str) -> Template | None:
    """The template of a name."""
    return next((template for template in found if template.id == template_id), None)
