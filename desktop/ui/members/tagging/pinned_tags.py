"""The ten pinned tags of the shop with the keys that toggle them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.people.tag import Tag
from desktop.text import t
from desktop.ui import theme
from desktop.ui.members.tagging.dragging import MEMBERS, drag_tag, far_enough
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.labels import muted

PLACES = range(1, 11)


def key_of(place: int) -> str:
    """The shortcut of a place, as this platform writes it: Ctrl+1 … Ctrl+9, Ctrl+0."""
    return QKeySequence(f"Ctrl+{place % 10}").toString(QKeySequence.SequenceFormat.NativeText)


class PinnedTag(QAbstractButton):
    """A key cap and the tag's name. Members can be dropped on it, and it can be dragged onto members."""

    members_dropped = Signal()

    def __init__(self, tag: Tag, place: int) -> None:
        super().__init__()
        self.tag = tag
        self._key = key_of(place)
        self.setText(tag.name)
        self.setAccessibleName(t("tag_panel.pinned.accessible", tag=tag.name, shortcut=self._key))
        self.setToolTip(t("tag_panel.pinned.hint", tag=tag.name, shortcut=self._key))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAcceptDrops(True)
        self._pressed_at: QPoint | None = None
        self._under_drag = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pressed = self._pressed_at is not None and bool(event.buttons() & Qt.MouseButton.LeftButton)
        if pressed and far_enough(self._pressed_at or QPoint(), event.position().toPoint()):
            self._pressed_at = None
            self.setDown(False)
            drag_tag(self, self.tag.name, self.tag.colour)
            return
        super().mouseMoveEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MEMBERS):
            self._under_drag = True
            self.update()
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setAccepted(event.mimeData().hasFormat(MEMBERS))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._under_drag = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._under_drag = False
        self.update()
        event.acceptProposedAction()
        self.members_dropped.emit()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(self._cap_width() + theme.px(14) + words, theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus() or self._under_drag:
            painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 5, 5)
        height = theme.px(19)
        cap = QRectF(theme.px(3) + 0.5, (self.height() - height) / 2 + 0.5, self._cap_width(), height - 1)
        painter.setPen(theme.colour("line_strong"))
        painter.setBrush(theme.colour("key_cap"))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(theme.colour("muted"))
        painter.setFont(self._small())
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), self._key)
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink"))
        words = self.rect().adjusted(self._cap_width() + theme.px(9), 0, 0, 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.px(11))
        return font

    def _cap_width(self) -> int:
        return QFontMetrics(self._small()).horizontalAdvance(self._key) + theme.px(10)


class PinnedTags(QWidget):
    """See the module. With none pinned it offers to pin the tags most people have."""

    toggle_asked = Signal(int)
    put_asked = Signal(str)
    menu_asked = Signal(object, QPoint)
    first_pins_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        inside = QWidget()
        self._flow = FlowLayout(inside, gap=4)
        self._hint = muted(t("tag_panel.pinned.none", first=key_of(1), last=key_of(10)), wrap=True)
        self._offer = link_button(t("tag_panel.pinned.offer"), self.first_pins_asked.emit, icon="pin")
        for part in (inside, self._hint, self._offer):
            column.addWidget(part)
        self.buttons: dict[int, PinnedTag] = {}
        self._shown: dict[int, tuple[int, str, str]] | None = None
        self.show_tags({}, [])

    def show_tags(self, pinned: Mapping[int, Tag], tags: Sequence[Tag]) -> None:
        """Show the pinned tags by place; ``tags`` are all there are."""
        self._hint.setVisible(not pinned)
        self._offer.setVisible(not pinned and len(tags) > 0)
        seen = {place: (tag.id, tag.name, tag.colour) for place, tag in pinned.items()}
        if seen == self._shown:
            return
        self._shown = seen
        for old in self.buttons.values():
            old.hide()
            old.deleteLater()
        while self._flow.count():
            self._flow.takeAt(0)
        self.buttons = {place: self._made(tag, place) for place, tag in sorted(pinned.items())}
        self.updateGeometry()

    def _made(self, tag: Tag, place: int) -> PinnedTag:
        made = PinnedTag(tag, place)
        made.clicked.connect(partial(self.toggle_asked.emit, place))
        made.members_dropped.connect(partial(self.put_asked.emit, tag.name))
        made.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(tag, made.mapToGlobal(at)))
        self._flow.addWidget(made)
        made.show()
        return made
