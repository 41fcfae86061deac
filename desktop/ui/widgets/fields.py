"""Fields to type and choose in. Text fields know when an input method is composing: Return, Tab, digits and shortcuts then belong
to the input method, and an empty field's Ctrl+Z belongs to the shop's undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import icons, theme
from desktop.ui.widgets.labels import error_text, small, text_label

LABEL_WIDTH = 128
FIELD_WIDTH = 280
RETURN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TAB_KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class TextField(QLineEdit):
    """A line of text.

    Args:
        placeholder: grey text while it is empty.
        name: what the field is called for who cannot see it; default the placeholder.
    """

    submitted = Signal()

    def __init__(self, placeholder: str = "", name: str = "") -> None:
        super().__init__()
        self._preedit = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)

    @property
    def composing(self) -> bool:
        """Whether an input method holds text that is not committed yet."""
        return bool(self._preedit)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self.composing and event.key() in TAB_KEYS:
                return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._preedit:
                event.accept()
                return True
            if event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
                event.ignore()
                return False
            if event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable():
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.composing and (event.key() in RETURN_KEYS or event.text().isdigit()):
            # Return confirms a candidate and digits choose one, where the platform lets these keys through.
            event.accept()
            return
        if event.key() in RETURN_KEYS:
            super().keyPressEvent(event)
            self.submitted.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self.composing:
            QGuiApplication.inputMethod().commit()
        super().focusOutEvent(event)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field as holding something that cannot be used."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)


class SearchField(TextField):
    """A text field with a magnifying glass; Escape empties it."""

    def __init__(self, placeholder: str, name: str = "") -> None:
        super().__init__(placeholder, name)
        self.setProperty("kind", "search")
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() and not self.composing:
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(16)
        painter = QPainter(self)
        area = QRectF(theme.px(11), (self.height() - side) / 2, side, side)
        icons.paint(painter, area, "search", theme.colour("muted"))
        painter.end()


class Select(QComboBox):
    """A choice of one among few. The wheel does not change it by accident while the page scrolls."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Iterable[tuple[Any, str]] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.set_choices(choices)
        self.activated.connect(self._activated)

    def set_choices(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer other choices: (value, text); nothing is said, and the chosen value stays if it is still there."""
        before = self.value()
        self.clear()
        for value, text in choices:
            self.addItem(text, value)
        self.set_value(before)

    def value(self) -> Any:
        """The value chosen, None if nothing is."""
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Choose a value without saying so."""
        for index in range(self.count()):
            if self.itemData(index) == value:
                self.setCurrentIndex(index)
                return

    def wheelEvent(self, event: Any) -> None:
        event.ignore()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + theme.px(8), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(11)
        painter = QPainter(self)
        area = QRectF(self.width() - side - theme.px(10), (self.height() - side) / 2, side, side)
        icons.paint(painter, area, "caret-down", theme.colour("muted" if self.isEnabled() else "disabled"))
        painter.end()

    def _activated(self, index: int) -> None:
        self.chosen.emit(self.itemData(index))


class CheckBox(QCheckBox):
    """A box to tick, drawn in the theme's colours: styled by a sheet, Fusion's own box has no frame to be seen."""

    def __init__(self, text: str, checked: bool = False) -> None:
        super().__init__(text)
        self.setChecked(checked)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text()) if self.text() else 0
        height = max(theme.px(26), self.fontMetrics().height() + theme.px(6))
        return QSize(theme.px(30) + text, height)

    def hitButton(self, pos: Any) -> bool:
        return bool(self.rect().contains(pos))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(16)
        box = QRectF(theme.px(3) + 0.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        on, able = self.isChecked(), self.isEnabled()
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(theme.colour("accent_fill" if on and able else "line_strong"))
        painter.setBrush(theme.colour("disabled_soft" if not able else "accent_fill" if on else "field"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            icons.paint(
                painter,
                box.adjusted(2, 2, -2, -2),
                "check",
                theme.colour("accent_ink" if able else "disabled"),
            )
        painter.setPen(theme.colour("ink" if able else "disabled"))
        room = self.rect().adjusted(side + theme.px(11), 0, 0, 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()


def check_box(text: str, checked: bool = False) -> QCheckBox:
    """A box to tick."""
    return CheckBox(text, checked)


class Switch(QCheckBox):
    """Something that is on or off at once."""

    def __init__(self, text: str, checked: bool = False) -> None:
        super().__init__(text)
        self.setChecked(checked)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text()) if self.text() else 0
        return QSize(
            theme.px(36) + theme.px(12) + text, max(theme.px(26), self.fontMetrics().height() + theme.px(6))
        )

    def hitButton(self, pos: Any) -> bool:
        return bool(self.rect().contains(pos))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, width = theme.px(18), theme.px(34)
        track = QRectF(2, (self.height() - height) / 2, width, height)
        on = self.isChecked()
        painter.setPen(
            theme.colour("focus" if self.hasFocus() else "line_strong")
            if self.hasFocus() or not on
            else Qt.PenStyle.NoPen
        )
        painter.setBrush(theme.colour("accent_fill" if on else "track"))
        painter.drawRoundedRect(track, height / 2, height / 2)
        knob = height - theme.px(6)
        left = track.right() - knob - theme.px(3) if on else track.left() + theme.px(3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_ink" if on else "muted"))
        painter.drawEllipse(QRectF(left, track.top() + theme.px(3), knob, knob))
        painter.setPen(theme.colour("ink" if self.isEnabled() else "disabled"))
        words = self.rect().adjusted(width + theme.px(12), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())
        painter.end()


def switch(text: str, checked: bool = False) -> Switch:
    """An on/off switch with its words."""
    return Switch(text, checked)


class FormRows(QWidget):
    """Rows of a label and its field, with a hint or an error below the field."""

    def __init__(self) -> None:
        super().__init__()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(theme.px(12))
        self._form.setHorizontalSpacing(theme.px(16))
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._errors: dict[QWidget, QLabel] = {}

    def add(self, label: str, field: QWidget, hint: str = "") -> QWidget:
        """Add a row; returns the field."""
        words = text_label(label, wrap=False)
        words.setBuddy(field)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        words.setContentsMargins(0, theme.px(8), 0, 0)
        words.setMinimumWidth(theme.px(LABEL_WIDTH))
        if isinstance(field, QComboBox | QAbstractSpinBox):
            field.setMaximumWidth(theme.px(FIELD_WIDTH))
        if not field.accessibleName():
            field.setAccessibleName(label)
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        column.addWidget(field)
        if hint:
            column.addWidget(small(hint, wrap=True))
            field.setAccessibleDescription(hint)
        wrong = error_text()
        wrong.hide()
        column.addWidget(wrong)
        self._errors[field] = wrong
        self._form.addRow(words, column)
        return field

    def set_error(self, field: QWidget, text: str) -> None:
        """Say what is wrong with a field's content; "" takes it back."""
        self._errors[field].setText(text)
        self._errors[field].setVisible(bool(text))
        if isinstance(field, TextField):
            field.set_wrong(bool(text))
