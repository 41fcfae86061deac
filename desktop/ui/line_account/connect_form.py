"""The form that connects a shop to its LINE account: channel ID and secret, or a channel access token; tried step by step before
it is kept. Where each value is found stands below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.credentials import Kept
from desktop.line_api.transport import LINE_HOSTS, LineHosts
from desktop.operations.line.account import first_look, pasted_keys
from desktop.operations.line.account.first_look import STEPS, FirstLook
from desktop.operations.line.account.pasted_keys import Pasted
from desktop.operations.line.connecting import Connected
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.line_account.figures import other_shops
from desktop.ui.line_account.secret_field import SecretField
from desktop.ui.line_account.step_list import StepList
from desktop.ui.line_account.where_found import WhereFound
from desktop.ui.widgets.buttons import link_button, primary_button
from desktop.ui.widgets.fields import FormRows, TextField
from desktop.ui.widgets.labels import error_text, good_text, muted, text_label, warning_text


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
        self._notes: tuple[Message, ...] = ()
        self.warnings: list[Message] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(muted(t("line_account.safe"), wrap=True))
        column.addWidget(self._channel_rows())
        column.addWidget(self._token_rows())
        column.addLayout(self._buttons())
        self.steps = StepList()
        self.wrong, self.cure = error_text(), text_label()
        self.good, self.beware = good_text(), warning_text()
        column.addWidget(self.steps)
        for words in (self.wrong, self.cure, self.good, self.beware):
            words.hide()
            column.addWidget(words)
        self.where = WhereFound(desk, by_token=False)
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
        self.steps.hide()
        self._say("")

    def pasted(self) -> Pasted:
        """What was entered, made clean.

        Raises:
            UserError: it cannot be what it should be.
        """
        if self._by_token:
            return pasted_keys.token(self.token.text())
        return pasted_keys.channel(self.channel_id.text(), self.channel_secret.text())

    def submit(self) -> None:
        """Try it at LINE and keep it if it is good."""
        if not self.button.isEnabled():
            return
        self._say("")
        self.steps.begin()
        try:
            entered = self.pasted()
        except UserError as error:
            self._failed(error)
            return
        self._notes = entered.notes
        secret, desk, hosts = entered.secret, self._desk, self.hosts
        self._wait(True)

        def work(ctx: JobContext) -> FirstLook:
            return first_look.connect(secret, desk.credentials, desk.jobs.in_writer, hosts=hosts, job=ctx)

        desk.jobs.network(
            work,
            owner=self,
            then=self._connected,
            on_error=self._failed,
            on_cancelled=self._cancelled,
            progress=self._show_progress,
            title=message("line_account.trying"),
        )

    def _channel_rows(self) -> QWidget:
        self.channel = FormRows()
        self.channel_id = TextField("2001234567", t("line_account.channel_id"))
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

    def _show_progress(self, done: int, total: int | None, text: Message | None) -> None:
        if total == len(STEPS) and done < len(STEPS):
            self.steps.doing(STEPS[done])

    def _connected(self, seen: FirstLook) -> None:
        self._wait(False)
        self.steps.end(figures=seen.figures is not None)
        for field in (self.channel_secret, self.token):
            field.clear()
        done = seen.connected
        words = [t("line_account.connected", name=done.account.name, id=done.account.basic_id)]
        words.extend(render(note) for note in self._notes)
        if done.kept is Kept.KEYCHAIN:
            words.append(t(f"line.kept.{done.kept}"))
        if done.other_before:
            words.append(t("line_account.other_before", name=done.other_before))
        if done.resumed_uploads:
            words.append(t("line_account.resumed", n=done.resumed_uploads))
        self._say("\n".join(words), good=True)
        self._beware(done)
        self.connected.emit(done)

    def _beware(self, done: Connected) -> None:
        """The key is not kept for good, or another shop file of this computer has the same account: easily a mistake."""
        self.warnings = [] if done.kept is Kept.KEYCHAIN else [message(f"line.kept.{done.kept}")]
        others = other_shops(self._desk, done.account.user_id)
        if others is not None:
            self.warnings.append(others)
        self.beware.setText("\n".join(map(render, self.warnings)))
        self.beware.setVisible(bool(self.warnings))

    def _failed(self, error: UserError) -> None:
        self._wait(False)
        went = first_look.went_wrong(error)
        self.steps.wrong(went.step)
        self._say(render(went.text), cure=render(went.cure))

    def _cancelled(self) -> None:
        self._wait(False)
        self.steps.hide()

    def _say(self, text: str, *, cure: str = "", good: bool = False) -> None:
        self.beware.hide()
        for label, words in (
            (self.wrong, "" if good else text),
            (self.cure, cure),
            (self.good, text if good else ""),
        ):
            label.setText(words)
            label.setVisible(bool(words))
