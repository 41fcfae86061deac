"""The form that connects a shop to its LINE account: channel ID and secret, or a channel access token; tried before it is kept.
Where each value is found stands beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.credentials import LineSecret
from desktop.line_api.transport import LINE_HOSTS, LineHosts
from desktop.operations.line import connecting
from desktop.operations.line.connecting import Connected
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.line_account.where_found import WhereFound
from desktop.ui.widgets.buttons import icon_button, link_button, primary_button
from desktop.ui.widgets.fields import FormRows, TextField
from desktop.ui.widgets.labels import error_text, good_text, muted, text_label, warning_text


class SecretField(QWidget):
    """A field whose text is hidden until the eye is pressed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        self.field = TextField("", name)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = icon_button("eye", t("line_account.show_secret", name=name), self.toggle)
        row.addWidget(self.field, 1)
        row.addWidget(self.eye)
        self.setFocusProxy(self.field)
        self.setAccessibleName(name)

    def toggle(self) -> None:
        """Show or hide the text."""
        hidden = self.field.echoMode() == QLineEdit.EchoMode.Password
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)

    def text(self) -> str:
        """What was entered."""
        return self.field.text().strip()

    def clear(self) -> None:
        """Forget it."""
        self.field.clear()


class ConnectForm(QWidget):
    """``connected(Connected)``: the account answered and is kept.

    Args:
        desk: of an ordinary shop; a practice shop has no form.
        hosts: LINE's own; tests put an address on this computer here.
    """

    connected = Signal(object)

    def __init__(self, desk: Desk, hosts: LineHosts = LINE_HOSTS) -> None:
        super().__init__()
        self._desk = desk
        self.hosts = hosts
        self._by_token = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(muted(t("line_account.safe"), wrap=True))
        column.addWidget(self._channel_rows())
        column.addWidget(self._token_rows())
        column.addWidget(warning_text(t("line_account.never_reissue")))
        self.wrong = error_text()
        self.cure = text_label()
        self.good = good_text()
        for words in (self.wrong, self.cure, self.good):
            words.hide()
            column.addWidget(words)
        column.addLayout(self._buttons())
        self.where = WhereFound(by_token=False)
        column.addWidget(self.where)
        self.use_token(False)

    def use_token(self, by_token: bool) -> None:
        """Ask for a token instead of a channel, or back."""
        self._by_token = by_token
        self.channel.setVisible(not by_token)
        self.by_token.setVisible(by_token)
        self.other_way.setText(t("line_account.use_channel" if by_token else "line_account.use_token"))
        self.other_way.setAccessibleName(self.other_way.text())
        self.where.show_for(by_token=by_token)
        self._say("")

    def secret(self) -> LineSecret:
        """What was entered."""
        if self._by_token:
            return LineSecret(token=self.token.text())
        return LineSecret(
            channel_id=self.channel_id.text().strip(), channel_secret=self.channel_secret.text()
        )

    def submit(self) -> None:
        """Try it at LINE and keep it if it is good."""
        if not self.button.isEnabled():
            return
        secret, desk, hosts = self.secret(), self._desk, self.hosts
        self._say("")
        self._wait(True)

        def work(ctx: JobContext) -> Connected:
            done = connecting.connect(secret, desk.credentials, desk.jobs.in_writer, hosts=hosts)
            _read_figures(secret, desk, hosts)
            return done

        desk.jobs.network(
            work,
            owner=self,
            then=self._connected,
            on_error=self._failed,
            on_cancelled=lambda: self._wait(False),
            title=message("line_account.trying"),
        )

    def _channel_rows(self) -> QWidget:
        self.channel = FormRows()
        self.channel_id = TextField("1234567890", t("line_account.channel_id"))
        self.channel_secret = SecretField(t("line_account.channel_secret"))
        self.channel.add(t("line_account.channel_id"), self.channel_id)
        self.channel.add(t("line_account.channel_secret"), self.channel_secret)
        self.channel_id.submitted.connect(self.channel_secret.field.setFocus)
        self.channel_secret.field.submitted.connect(self.submit)
        return self.channel

    def _token_rows(self) -> QWidget:
        self.by_token = FormRows()
        self.token = SecretField(t("line_account.token"))
        self.by_token.add(t("line_account.token"), self.token, t("line_account.token_hint"))
        self.token.field.submitted.connect(self.submit)
        return self.by_token

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.button = primary_button(t("line_account.connect"), self.submit, icon="link")
        self.other_way = link_button("", lambda: self.use_token(not self._by_token))
        row.addWidget(self.button)
        row.addWidget(self.other_way)
        row.addStretch(1)
        return row

    def _wait(self, waiting: bool) -> None:
        self.button.setEnabled(not waiting)
        self.button.setText(t("line_account.trying" if waiting else "line_account.connect"))

    def _connected(self, done: Connected) -> None:
        self._wait(False)
        for field in (self.channel_secret, self.token):
            field.clear()
        words = [t("line_account.connected", name=done.account.name, id=done.account.basic_id)]
        words.append(t(f"line.kept.{done.kept}"))
        if done.other_before:
            words.append(t("line_account.other_before", name=done.other_before))
        if done.resumed_uploads:
            words.append(t("line_account.resumed", n=done.resumed_uploads))
        self._say("\n".join(words), good=True)
        self.connected.emit(done)

    def _failed(self, error: UserError) -> None:
        self._wait(False)
        self._say(
            render(error.text), cure=render(error.cure) if error.cure else t("line_account.nothing_kept")
        )

    def _say(self, text: str, *, cure: str = "", good: bool = False) -> None:
        for label, words in (
            (self.wrong, "" if good else text),
            (self.cure, cure),
            (self.good, text if good else ""),
        ):
            label.setText(words)
            label.setVisible(bool(words))


def _read_figures(secret: LineSecret, desk: Desk, hosts: LineHosts) -> None:
    """Quota and friends at once, so that they stand there with the account; if LINE stumbles now they come later."""
    from desktop.line_api.errors import LineProblem

    client = connecting.client_for(secret, practice=False, hosts=hosts)
    try:
        connecting.read_figures(client, desk.jobs.in_writer)
    except LineProblem:
        return
    finally:
        client.close()
