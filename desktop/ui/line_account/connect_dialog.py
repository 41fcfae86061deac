"""Connecting on the way to something else: the form as a dialog, which goes on with what was wanted once the account is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.message import message
from desktop.operations.line.connecting import Connected
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_form import ConnectForm
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import heading, text_label

HEIGHT = 380
"""So much of the form is seen at least; the drawings below it are scrolled to."""


class ConnectDialog(QDialog):
    """Closes when the account is connected, then calls ``then``."""

    def __init__(self, parent: QWidget, desk: Desk, then: Callable[[], object]) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t("line_account.dialog"))
        self.setMinimumWidth(theme.px(640))
        self._desk = desk
        self._then = then
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("line_account.dialog")))
        column.addWidget(text_label(t("line_account.dialog_text")))
        self.form = ConnectForm(desk)
        self.form.connected.connect(self._connected)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        area.setMinimumHeight(theme.px(HEIGHT))
        column.addWidget(area, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(t("line_account.later"), self.reject))
        column.addLayout(row)
        self.form.channel_id.setFocus()

    def _connected(self, done: Connected) -> None:
        self.accept()
        account = done.account
        self._desk.notices.show(message("line_account.connected", name=account.name, id=account.basic_id))
        for warning in self.form.warnings:
            self._desk.notices.show(warning, kind="warning")
        self._then()


def connect_dialog(parent: QWidget, desk: Desk, then: Callable[[], object]) -> ConnectDialog:
    """The dialog to connect an account; ``then`` is called once it is connected."""
    return ConnectDialog(parent, desk, then)
