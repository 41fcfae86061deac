"""The menu's picture as something to work on: click an area to fill its form, drag the edges between areas (with Shift the whole
line), drag one area onto another to exchange them, draw a new one where there is none; the same with keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop.core.planning.rich_menu import grid
from desktop.core.planning.rich_menu.grid import Edge
from desktop.core.planning.rich_menu.menu import Rect, RichMenu
from desktop.text import t
from desktop.ui import theme
from desktop.ui.rich_menu.canvas import painting
from desktop.ui.rich_menu.canvas.canvas_keys import pressed
from desktop.ui.rich_menu.canvas.geometry import Projection, area_at, edge_at
from desktop.ui.rich_menu.open_menu import OpenMenu

REACH = 5
"""How near the mouse has to come to an edge to take it, in pixels at 100 % text size."""


class Canvas(QWidget):
    """``form_wanted``: the area chosen is to be filled (a double click, Return); ``refused(UserError)``: the grid cannot be
    edited so."""

    form_wanted = Signal()
    refused = Signal(object)

    def __init__(self, open_menu: OpenMenu) -> None:
        super().__init__()
        self.open_menu = open_menu
        self._image = QImage()
        self._hovered: int | None = None
        self._edge: Edge | None = None
        self._pressed: QPointF | None = None
        self._start: RichMenu | None = None
        self._drawn: Rect | None = None
        self._target: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(t("rich_menu_page.canvas"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        open_menu.edited.connect(self.update)
        open_menu.chosen.connect(self._chosen)
        open_menu.shown.connect(self.update)

    @property
    def menu(self) -> RichMenu:
        """The menu that is worked on."""
        return self.open_menu.menu

    @property
    def projection(self) -> Projection:
        """How the menu lies on the canvas."""
        return Projection(self.menu.size, QSizeF(self.size()))

    def show_image(self, image: QImage) -> None:
        """Show the menu's picture as it is drawn now."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        width = theme.px(480)
        return QSize(width, round(width / self.menu.size.ratio))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(30))

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        place = event.position()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed, self._start = place, self.menu
        self._edge = edge_at(self.menu, self.projection, place, theme.px(REACH))
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._edge is not None:
            if shift:
                self._edge = grid.whole_line(self.menu, self._edge)
            return
        area = area_at(self.menu, *self.projection.point(place))
        more = shift or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if area is None:
            self.open_menu.choose()
        elif more:
            chosen = self.open_menu.areas
            others = tuple(at for at in chosen if at != area)
            self.open_menu.choose(*(others if area in chosen else (*chosen, area)))
        else:
            self.open_menu.choose(area)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._pressed is None or self._start is None:
            self._hover(place)
            return
        far = (place - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._edge is not None:
            self._drag_edge(place)
        elif far or self._drawn is not None or self._target is not None:
            self._drag(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, drawn, target = self._start, self._drawn, self._target
        self._let_go()
        if start is None:
            return
        if drawn is not None:
            self.attempt(lambda menu: grid.added(menu, drawn), len(start.areas))
        elif target is not None and self.open_menu.areas:
            one = self.open_menu.areas[0]
            self.open_menu.put(grid.exchanged(self.menu, one, target), areas=(target,))
        self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.open_menu.areas:
            self.form_wanted.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hover(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self.update()

    def _hover(self, place: QPointF) -> None:
        edge = edge_at(self.menu, self.projection, place, theme.px(REACH))
        area = area_at(self.menu, *self.projection.point(place))
        if edge is not None:
            shape = Qt.CursorShape.SplitHCursor if edge.vertical else Qt.CursorShape.SplitVCursor
        else:
            shape = Qt.CursorShape.CrossCursor if area is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)
        if area != self._hovered:
            self._hovered = area
            self.update()

    def _drag_edge(self, place: QPointF) -> None:
        edge, start = self._edge, self._start
        assert edge is not None
        assert start is not None
        x, y = self.projection.point(place)
        moving = (*edge.before, *edge.after)
        to = grid.snapped(start, x if edge.vertical else y, vertical=edge.vertical, without=moving)
        # Every point of the way is computed from where the drag began, and is one edit to undo.
        self.open_menu.put(grid.move_edge(start, edge, to), ("edge", edge.vertical, edge.at, id(start)))

    def _drag(self, place: QPointF) -> None:
        assert self._pressed is not None
        first = area_at(self.menu, *self.projection.point(self._pressed))
        if first is None:
            self._drawn = self._rect_to(place)
        else:
            over = area_at(self.menu, *self.projection.point(place))
            self._target = over if over != first else None
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.update()

    def _rect_to(self, place: QPointF) -> Rect:
        assert self._pressed is not None
        menu = self.menu
        corners = [self.projection.point(self._pressed), self.projection.point(place)]
        xs = sorted(grid.snapped(menu, x, vertical=True) for x, _ in corners)
        ys = sorted(grid.snapped(menu, y, vertical=False) for _, y in corners)
        return Rect(xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0])

    def _let_go(self) -> None:
        self._pressed = self._start = self._edge = self._drawn = self._target = None
        self.update()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._start is not None:
            start = self._start
            self._let_go()
            self.open_menu.put(start)
            return
        if not pressed(self, event):
            super().keyPressEvent(event)

    def attempt(self, change: Callable[[RichMenu], RichMenu], *areas: int) -> None:
        """Edit the grid and choose areas, or say why it cannot be."""
        try:
            menu = change(self.menu)
        except grid.NotPossible as reason:
            self.refused.emit(reason)
            return
        self.open_menu.put(menu, areas=areas or None)

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._image.isNull():
            painter.drawImage(QRectF(self.rect()), self._image)
        painting.areas(painter, self.menu, self.projection, self.open_menu.areas, self._hovered)
        if self._edge is not None:
            painting.snap_lines(painter, self.menu, self.projection, vertical=self._edge.vertical)
        if self._target is not None:
            painting.target(painter, self.projection.rect(self.menu.areas[self._target].rect))
        if self._drawn is not None:
            painting.target(painter, self.projection.rect(self._drawn))
        if self.hasFocus() and not self.open_menu.areas:
            painting.focus(painter, QRectF(self.rect()))
        painter.end()

    def _chosen(self) -> None:
        area = self.open_menu.area
        if area is None:
            self.setAccessibleDescription("")
        else:
            number = self.open_menu.areas[0] + 1
            name = area.title or t("rich_menu_page.blank")
            self.setAccessibleDescription(t("rich_menu_page.area_spoken", number=number, title=name))
        self.update()
