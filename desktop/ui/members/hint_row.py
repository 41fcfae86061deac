"""The line below the list: how many are selected, and the keys that help."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.labels import key_cap, muted

KEYS = (
    (("Ctrl+T",), "members.hint.tag"),
    (("Ctrl+1", "9"), "members.hint.pinned"),
    (("Ctrl+R",), "members.hint.repeat"),
    (("Ctrl+Z",), "members.hint.undo"),
    (("Ctrl+A",), "members.hint.all"),
    (("F4",), "members.hint.counter"),
)


class HintRow(QWidget):
    """See the module. One line: what has no room in a narrow window is left out."""

    refresh_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=13)
        self.count = muted()
        self.count.setMinimumHeight(theme.px(26))
        self.refresh = link_button(t("members.outdated"), self.refresh_asked.emit, icon="refresh")
        self.refresh.hide()
        for part in (self.count, self.refresh, *(_hint(keys, text) for keys, text in KEYS)):
            self._flow.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.px(26))

    def show_count(self, selected: int) -> None:
        """How many people are selected."""
        self.count.setText(t("members.hint.selected", n=selected))

    def show_outdated(self, outdated: bool) -> None:
        """Whether the list shows people who no longer match, or lacks some who do."""
        self.refresh.setVisible(outdated)


def _hint(keys: tuple[str, ...], text: str) -> QWidget:
    """Key caps and what they do."""
    hint = QWidget()
    row = QHBoxLayout(hint)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(5))
    for at, key in enumerate(keys):
        if at:
            row.addWidget(muted("–"))
        row.addWidget(key_cap(_native(key)))
    row.addWidget(muted(t(text)))
    hint.setMinimumHeight(theme.px(26))
    return hint


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
