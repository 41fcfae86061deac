"""A sending after the press: where it is, how many LINE reached, LINE's request ID to copy, and what can still be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from desktop.store.line.send_results import SendResult
from desktop.store.line.sends import Send
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.sending.states import OPEN, badge, outcome
from desktop.ui.widgets.buttons import button, icon_button, primary_button
from desktop.ui.widgets.card import Card, Figures
from desktop.ui.widgets.chips import Badge
from desktop.ui.widgets.labels import error_text, muted, text_label
from desktop.ui.widgets.progress import ProgressBar

SERIOUS = frozenset({"action_needed", "failed", "refused"})
SHARES = {"waiting": 0, "sending": 1, "unknown": 1, "processing": 2, "sent": 3}


class WatchCard(Card):
    """``confirm_asked``, ``cancel_asked``: the buttons of a sending that waits for the owner."""

    confirm_asked = Signal()
    cancel_asked = Signal()

    def __init__(self) -> None:
        super().__init__(t("sending_page.progress"))
        self.badge = Badge()
        self.header.addWidget(self.badge)
        self.bar = ProgressBar(t("sending_page.progress"))
        self.words, self.wrong = text_label(), error_text()
        self.figures = Figures()
        for name in ("people", "reached", "failed", "opened", "clicked", "pressed_at", "completed_at"):
            self.figures.add(t(f"sending_page.figure.{name}"), "", key=name)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.request = muted("", wrap=True)
        self.copy = icon_button("copy", t("sending_page.copy_request"), self.copy_request)
        row.addWidget(self.request, 1)
        row.addWidget(self.copy)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addStretch(1)
        self.cancel = button(t("sending_page.cancel"), self.cancel_asked.emit)
        self.confirm = primary_button(t("sending_page.confirm"), self.confirm_asked.emit)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.confirm)
        for part in (self.bar, self.wrong, self.words, self.figures):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.body.addLayout(buttons)
        self._request = ""

    def show_send(self, send: Send, result: SendResult | None) -> None:
        """Show a sending as it stands.

        Args:
            send: the sending.
            result: what LINE counted of it so far, if it was read.
        """
        self.badge.set(*badge(send))
        done = SHARES.get(send.state)
        self.bar.setVisible(done is not None)
        self.bar.set(done or 0, 3, "warning" if send.state in ("waiting", "unknown") else "accent")
        words = outcome(send)
        serious = send.state in SERIOUS
        self.wrong.setText(words if serious else "")
        self.wrong.setVisible(serious and bool(words))
        self.words.setText("" if serious else words)
        self.words.setVisible(not serious and bool(words))
        self._show_figures(send, result)
        self._request = send.request_id or ""
        self.request.setText(t("sending_page.request_of", id=self._request) if self._request else "")
        self.copy.setVisible(bool(self._request))
        waits = send.state in OPEN
        self.cancel.setVisible(waits)
        self.confirm.setVisible(waits and not (send.state == "waiting" and send.confirmed))

    def copy_request(self) -> None:
        """Put LINE's request ID on the clipboard."""
        QGuiApplication.clipboard().setText(self._request)

    def _show_figures(self, send: Send, result: SendResult | None) -> None:
        counts = {
            "people": send.people,
            "reached": send.success_count,
            "failed": send.failure_count or None,
            "opened": result.opened if result else None,
            "clicked": result.clicked if result else None,
        }
        texts = {name: "" if count is None else i18n.number(count) for name, count in counts.items()}
        texts["pressed_at"] = i18n.moment(send.pressed_at)
        texts["completed_at"] = i18n.moment(send.completed_at)
        for name, text in texts.items():
            self.figures.set(name, text)
            self.figures.show_row(name, bool(text))
