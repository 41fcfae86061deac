"""Buttons in the shapes the window knows: primary, secondary, link, danger, icon only, and with a menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from desktop.ui import icons, theme

Run = Callable[[], object]
RETURN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PushButton(QPushButton):
    """A button that Return presses too while it has the focus; a key that is held down presses it once."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN_KEYS:
            event.accept()
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


def primary_button(text: str, run: Run | None = None, icon: str | None = None) -> QPushButton:
    """The one thing to do on this page; at most one of them is visible."""
    return _push(text, run, icon, "primary", "accent_ink")


def button(text: str, run: Run | None = None, icon: str | None = None) -> QPushButton:
    """An ordinary button."""
    return _push(text, run, icon, "", "ink")


def danger_button(text: str, run: Run | None = None, icon: str | None = None) -> QPushButton:
    """For what cannot be taken back."""
    return _push(text, run, icon, "danger", "error_button_ink")


def link_button(text: str, run: Run | None = None, icon: str | None = None) -> QPushButton:
    """A quiet way on, in the accent colour, without a frame."""
    made = _push(text, run, icon, "link", "link")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def icon_button(icon: str, name: str, run: Run | None = None, role: str = "muted") -> QToolButton:
    """Only a picture; ``name`` is what it is called, shown as its tooltip."""
    made = QToolButton()
    made.setIcon(icons.icon(icon, role))
    made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setMinimumSize(theme.px(28), theme.px(28))
    if run is not None:
        made.clicked.connect(lambda: run())
    return made


def menu_button(text: str, menu: QMenu, icon: str | None = None) -> QPushButton:
    """A button that opens ``menu`` below itself, marked by an arrow."""
    made = _MenuButton(text)
    _dress(made, icon, "", "ink")
    menu.setParent(made, menu.windowFlags())
    made.setMenu(menu)
    return made


def _push(text: str, run: Run | None, icon: str | None, kind: str, role: str) -> QPushButton:
    made = PushButton(text)
    _dress(made, icon, kind, role)
    if run is not None:
        made.clicked.connect(lambda: run())
    return made


def _dress(made: QPushButton, icon: str | None, kind: str, role: str) -> None:
    if kind:
        made.setProperty("kind", kind)
    if icon is not None:
        made.setIcon(icons.icon(icon, role))
        made.setIconSize(QSize(theme.px(16), theme.px(16)))
    made.setAutoDefault(False)
    made.setAccessibleName(made.text().replace("&", ""))
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


class _MenuButton(PushButton):
    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + theme.px(18), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme.px(11)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        # The arrow is ours: the style would keep room for its own, at the wrong side of the words.
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        option.rect = option.rect.adjusted(0, 0, -side, 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        area = QRect(self.width() - side - theme.px(9), (self.height() - side) // 2, side, side)
        icons.paint(painter, area, "caret-down", theme.colour("ink" if self.isEnabled() else "disabled"))
        painter.end()
