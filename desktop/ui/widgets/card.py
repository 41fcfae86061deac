"""White panels with rounded corners, and the rows "label … value" of numbers that add up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.widgets.labels import heading, muted, set_kind, text_label


class Card(QFrame):
    """A panel; put things into ``body``, right-hand things of its first line into ``header``.

    Args:
        title: bold first line.
        hint: grey text beside it.
        flush: no inner margin around the body (for tables and lists that reach the edges).
    """

    def __init__(self, title: str = "", hint: str = "", *, flush: bool = False) -> None:
        super().__init__()
        edge = theme.px(16)
        around = QVBoxLayout(self)
        around.setContentsMargins(0 if flush else edge, theme.px(14) if title else 0, 0 if flush else edge, 0)
        around.setSpacing(theme.px(10))
        self.header = QHBoxLayout()
        self.header.setContentsMargins(edge if flush else 0, 0, edge if flush else 0, 0)
        self.header.setSpacing(theme.px(10))
        self.title = heading(title)
        self.title.setWordWrap(False)
        self.hint = muted(hint)
        if title:
            self.header.addWidget(self.title)
            self.header.addWidget(self.hint)
            self.header.addStretch(1)
            around.addLayout(self.header)
            self.setAccessibleName(title)
        elif not flush:
            around.setContentsMargins(edge, theme.px(14), edge, 0)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0 if flush else theme.px(14))
        self.body.setSpacing(theme.px(10))
        around.addLayout(self.body, 1)


class Figures(QWidget):
    """Rows of a label at the left and a value at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(0, 1)
        self._values: dict[str, tuple[QLabel, QLabel]] = {}

    def add(self, label: str, value: str = "", kind: str = "", key: str | None = None) -> None:
        """Add a row; ``kind`` is "", strong, good, warning, error or muted; ``key`` names it for :meth:`set`."""
        row = self._grid.rowCount()
        left, right = text_label(label), text_label(value, wrap=False)
        right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(left, row, 0)
        self._grid.addWidget(right, row, 1)
        self._values[key or label] = (left, right)
        self._colour(key or label, kind)

    def set(self, key: str, value: str, kind: str | None = None, label: str | None = None) -> None:
        """Change a row's value, and its kind or label if given."""
        left, right = self._values[key]
        right.setText(value)
        if label is not None:
            left.setText(label)
        if kind is not None:
            self._colour(key, kind)

    def show_row(self, key: str, visible: bool) -> None:
        """Show or hide a row."""
        for part in self._values[key]:
            part.setVisible(visible)

    def value(self, key: str) -> str:
        """The value shown in a row."""
        return self._values[key][1].text()

    def clear(self) -> None:
        """Remove all rows."""
        for left, right in self._values.values():
            left.deleteLater()
            right.deleteLater()
        self._values.clear()

    def _colour(self, key: str, kind: str) -> None:
        left, right = self._values[key]
        set_kind(left, kind if kind in ("warning", "error", "muted") else "")
        set_kind(right, kind)
