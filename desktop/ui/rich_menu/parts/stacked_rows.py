"""Fields under one another in a narrow card: the label above, the hint or what is wrong below."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.fields import Select, TextField
from desktop.ui.widgets.labels import error_text, muted, set_kind, small


class StackedRows(QWidget):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        self._rows: dict[QWidget, QWidget] = {}
        self._labels: dict[QWidget, QLabel] = {}
        self._wrong: dict[QWidget, QLabel] = {}

    def add(self, label: str, field: QWidget, hint: str = "") -> None:
        """Add a row; the label names the field unless it has a name."""
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        words = muted(label, wrap=True)
        words.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        if isinstance(field, Select):
            field.setMinimumContentsLength(6)
            field.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        column.addWidget(words)
        column.addWidget(field)
        if hint:
            column.addWidget(small(hint, wrap=True))
            field.setAccessibleDescription(hint)
        wrong = error_text()
        wrong.hide()
        column.addWidget(wrong)
        self._rows[field], self._labels[field], self._wrong[field] = row, words, wrong
        self._column.addWidget(row)

    def show_row(self, field: QWidget, shown: bool) -> None:
        """Show or hide a row."""
        self._rows[field].setVisible(shown)

    def is_shown(self, field: QWidget) -> bool:
        """Whether a row is shown."""
        return not self._rows[field].isHidden()

    def set_error(self, field: QWidget, text: str, kind: str = "error") -> None:
        """Say what is wrong with a field's content; "" takes it back. ``kind`` warning marks no field."""
        label = self._wrong[field]
        set_kind(label, kind)
        label.setText(text)
        label.setVisible(bool(text))
        if isinstance(field, TextField):
            field.set_wrong(bool(text) and kind == "error")

    def error_of(self, field: QWidget) -> str:
        """What is said to be wrong."""
        return self._wrong[field].text()
