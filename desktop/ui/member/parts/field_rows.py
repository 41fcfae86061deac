"""Fields that are changed where they stand: a click, Return or F2 opens the field, Return or leaving it keeps, Escape gives up.
What is wrong is said below the field; what was set by hand is marked, with the way to give it back to imports."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.fields import RETURN_KEYS, Select, TextField
from desktop.ui.widgets.labels import ElidedLabel, error_text, small

LABEL = 84
MARK = 26
CHOICE = 132


class Value(QAbstractButton):
    """A value that can be opened; empty ones stand back."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._shown = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_value("")

    def show_value(self, text: str) -> None:
        """Show a value; "" says that there is none."""
        self._shown = text
        self.setText(text or t("member.blank"))
        self.setAccessibleName(t("member.field_spoken", field=self._name, value=self.text()))
        self.setToolTip("\n".join(part for part in (text, t("member.click_to_edit")) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(80), max(theme.px(28), self.fontMetrics().height() + theme.px(8)))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_F2:
                # The page's own F2 opens the name; here it is for this field.
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (*RETURN_KEYS, Qt.Key.Key_F2):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(1, 1, -1, -1)
        if self.hasFocus() or self.underMouse():
            painter.setBrush(theme.colour("hover"))
            painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(area, theme.px(5), theme.px(5))
        painter.setPen(theme.colour("ink" if self._shown else "muted"))
        inner: QRect = area.adjusted(theme.px(6), 0, -theme.px(4), 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()


class Editor(TextField):
    """The opened field. ``gave_up``: Escape; ``left``: the focus went elsewhere."""

    gave_up = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.composing:
            self.gave_up.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


class Row(QWidget):
    """A label, something for the value, room for marks, and a line for what is wrong.

    Signals: ``edited(field, value)``; ``given_back(field)``: imports may change it again.
    """

    edited = Signal(str, object)
    given_back = Signal(str)

    def __init__(self, field: str, name: str) -> None:
        super().__init__()
        self.field, self.name = field, name
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._line = QHBoxLayout()
        self._line.setSpacing(theme.px(4))
        label = ElidedLabel(name, kind="muted")
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        label.setFixedWidth(theme.px(LABEL))
        self._line.addWidget(label)
        self.mark = self._mark()
        self.wrong = error_text()
        self.wrong.setContentsMargins(theme.px(LABEL + 10), 0, 0, theme.px(4))
        self.wrong.hide()
        self.note = small(wrap=True)
        self.note.setContentsMargins(theme.px(LABEL + 10), 0, 0, theme.px(4))
        self.note.hide()
        self._column.addLayout(self._line)
        self._column.addWidget(self.wrong)
        self._column.addWidget(self.note)

    def show_mark(self, by_hand: bool) -> None:
        """Whether the value was set by hand."""
        self.mark.setVisible(by_hand)

    def refuse(self, text: str) -> None:
        """Say what is wrong with what was put in; "" takes it back."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def remark(self, text: str) -> None:
        """Say something that is worth knowing; "" takes it back."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _add(self, widget: QWidget, *extra: QWidget) -> None:
        self._line.addWidget(widget, 10)
        for part in extra:
            self._line.addWidget(part)
        self._line.addWidget(self.mark)

    def _mark(self) -> QToolButton:
        mark = icon_button("pencil", t("member.by_hand", field=self.name), role="accent")
        mark.setFixedSize(theme.px(MARK), theme.px(MARK))
        menu = QMenu(mark)
        menu.addAction(t("member.by_hand_why")).setEnabled(False)
        menu.addAction(t("member.give_back"), lambda: self.given_back.emit(self.field))
        mark.setMenu(menu)
        mark.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        policy = mark.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        mark.setSizePolicy(policy)
        mark.hide()
        return mark


class FieldRow(Row):
    """A text, number or date.

    Args:
        field: the field's name.
        name: what it is called.
        extra: further buttons behind the value (copying).
    """

    def __init__(self, field: str, name: str, *extra: QWidget) -> None:
        super().__init__(field, name)
        self.value = Value(name)
        self._editor: Editor | None = None
        self._text = ""
        self._saving = self._closing = False
        self._stack = QStackedWidget()
        self._stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._stack.addWidget(self.value)
        self._add(self._stack, *extra)
        self._fit()
        self.value.clicked.connect(self.open)

    @property
    def editor(self) -> Editor:
        """The field to type in; made when it is first needed, for a page has twenty rows and few are edited."""
        if self._editor is None:
            self._editor = Editor("", self.name)
            self._editor.submitted.connect(self._submit)
            self._editor.left.connect(self._submit)
            self._editor.gave_up.connect(self.give_up)
            self._stack.addWidget(self._editor)
        return self._editor

    @property
    def is_open(self) -> bool:
        """Whether the field is being edited."""
        return self._stack.currentIndex() == 1

    def show_value(self, shown: str, text: str, by_hand: bool) -> None:
        """Show a value as ``shown``, edited as ``text``; a field that is open keeps what is typed."""
        self.value.show_value(shown)
        self._text = text
        self.show_mark(by_hand)

    def open(self) -> None:
        """Start editing."""
        if self.is_open:
            return
        self.remark("")
        self.editor.setText(self._text)
        self._show(1)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.selectAll()

    def give_up(self) -> None:
        """Stop editing without keeping."""
        self._close()

    def kept(self) -> None:
        """What was typed is saved."""
        self._close()

    def refuse(self, text: str) -> None:
        """Say what is wrong; the field stays open with what was typed."""
        self._saving = False
        super().refuse(text)
        if self._editor is not None:
            self._editor.set_wrong(bool(text))

    def _submit(self) -> None:
        if not self.is_open or self._saving or self._closing or self.editor.composing:
            return
        if self.editor.text() == self._text:
            self.give_up()
            return
        self._saving = True
        self.edited.emit(self.field, self.editor.text())

    def _close(self) -> None:
        self.refuse("")
        if self.is_open:
            had_focus = self.editor.hasFocus()
            # Hidden while it has the focus, the editor loses it, and leaving an editor is to keep what it holds.
            self._closing = True
            self._show(0)
            self._closing = False
            if had_focus:
                self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._fit()

    def _fit(self) -> None:
        """As high as what is shown: a closed field is lower than an open one."""
        current = self.editor if self.is_open else self.value
        self._stack.setFixedHeight(max(current.sizeHint().height(), self.value.sizeHint().height()))


class ChoiceRow(Row):
    """One of a few values, chosen at once."""

    def __init__(self, field: str, name: str, choices: list[tuple[Any, str]]) -> None:
        super().__init__(field, name)
        self.select = Select(name, choices)
        self.select.chosen.connect(lambda value: self.edited.emit(self.field, value))
        self.select.setMaximumWidth(theme.px(CHOICE))
        self._now: Any = None
        self._add(self.select)
        self._line.insertStretch(2, 1)

    def show_value(self, value: Any, by_hand: bool) -> None:
        """Show a value."""
        self._now = value
        self.select.set_value(value)
        self.show_mark(by_hand)

    def refuse(self, text: str) -> None:
        """Say what is wrong; the old value is shown again."""
        super().refuse(text)
        if text:
            self.select.set_value(self._now)
