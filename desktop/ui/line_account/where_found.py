"""Where an owner finds channel ID, secret and token, step by step, with the way into LINE's consoles."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.outbox.web_pages import WebPage, open_page
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.labels import heading, key_cap, text_label

CHANNEL_STEPS = 4
TOKEN_STEPS = 3


class WhereFound(QWidget):
    """A short numbered way; which one depends on what is asked for."""

    def __init__(self, *, by_token: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(4), 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(heading(t("line_account.where")))
        self._channel = _steps("line_account.where_channel_{}", CHANNEL_STEPS)
        self._token = _steps("line_account.where_token_{}", TOKEN_STEPS)
        column.addWidget(self._channel)
        column.addWidget(self._token)
        row = QHBoxLayout()
        row.addWidget(
            link_button(t("line_account.open_manager"), lambda: open_page(WebPage.MANAGER), icon="arrow-out")
        )
        row.addWidget(
            link_button(
                t("line_account.open_developers"), lambda: open_page(WebPage.DEVELOPERS), icon="arrow-out"
            )
        )
        row.addStretch(1)
        column.addLayout(row)
        self.show_for(by_token=by_token)

    def show_for(self, *, by_token: bool) -> None:
        """Show the way to the token, or to ID and secret."""
        self._channel.setVisible(not by_token)
        self._token.setVisible(by_token)


def _steps(key: str, count: int) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.px(10))
    grid.setVerticalSpacing(theme.px(6))
    grid.setColumnStretch(1, 1)
    for number in range(1, count + 1):
        grid.addWidget(key_cap(str(number)), number, 0)
        grid.addWidget(text_label(t(key.format(number))), number, 1)
    return made
