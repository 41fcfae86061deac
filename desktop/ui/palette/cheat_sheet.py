"""All keys on one sheet: F1 and ?."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Registered
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import heading, key_cap, text_label


class CheatSheet(QDialog):
    """Commands with their keys, in groups.

    Args:
        groups: (title, commands); commands without keys are left out.
    """

    def __init__(self, parent: QWidget, groups: list[tuple[str, list[Registered]]]) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("shell.command.cheat_sheet"))
        around = QVBoxLayout(self)
        edge = theme.px(20)
        around.setContentsMargins(edge, edge, edge, theme.px(16))
        around.setSpacing(theme.px(12))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(t("shell.command.cheat_sheet"))
        # It stands in the window before it is measured: only there it is dressed.
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setSpacing(theme.px(8))
        for title, commands in groups:
            with_keys = [command for command in commands if command.action.shortcuts()]
            if with_keys:
                column.addWidget(heading(title))
                column.addLayout(_rows(with_keys))
                column.addSpacing(theme.px(8))
        column.addStretch(1)
        column.setContentsMargins(0, 0, theme.px(14), 0)
        scroll.setWidget(inside)
        # Wide enough for the longest name with its keys: nothing is scrolled sideways.
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(inside.sizeHint().width() + scroll.verticalScrollBar().sizeHint().width())
        around.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(t("shell.close"), self.accept))
        around.addLayout(row)
        self.resize(theme.px(520), theme.px(560))


def _rows(commands: list[Registered]) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(theme.px(6))
    grid.setColumnStretch(0, 1)
    for at, command in enumerate(commands):
        # The command's own name: the action's may name the very step it would undo, file and all.
        grid.addWidget(text_label(t(command.command.text), wrap=False), at, 0)
        keys = QHBoxLayout()
        keys.setSpacing(theme.px(4))
        for sequence in command.action.shortcuts()[:2]:
            keys.addWidget(key_cap(sequence.toString(QKeySequence.SequenceFormat.NativeText)))
        grid.addLayout(keys, at, 1, Qt.AlignmentFlag.AlignRight)
    return grid
