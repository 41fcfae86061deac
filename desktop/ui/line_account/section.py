"""The settings' part about LINE: the account connected, what LINE says about it, and the form while there is none."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.operations.line import connecting
from desktop.operations.line.account import on_this_computer, verification
from desktop.operations.line.account.verification import Verification
from desktop.operations.line.connecting import AccountFigures
from desktop.store import shop
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_form import ConnectForm
from desktop.ui.line_account.figures import other_shops
from desktop.ui.line_account.paper_dialog import PaperDialog
from desktop.ui.settings.section import SettingsSection
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.card import Figures
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.labels import error_text, good_text, heading, muted, warning_text


class LineAccountSection(SettingsSection):
    """A practice shop shows its simulated account and has no form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("line_account.title"))
        self.account = QWidget()
        column = QVBoxLayout(self.account)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.name = heading("")
        self.said = muted("", wrap=True)
        self.figures = Figures()
        for key in ("kind", "premium_id", "quota", "friends", "reach", "blocks"):
            self.figures.add(t(f"line_account.figure.{key}"), "—", key=key)
        self.told, self.beware, self.problem = good_text(), warning_text(), error_text()
        for words in (self.told, self.beware, self.problem):
            words.hide()
        for part in (self.name, self.said, self.told, self.beware, self.figures, self.problem):
            column.addWidget(part)
        column.addWidget(self._buttons())
        self.body.addWidget(self.account)
        if desk.practice:
            self.body.addWidget(warning_text(t("line_account.practice")))
        self.form: ConnectForm | None = None
        if not desk.practice:
            self.form = ConnectForm(desk)
            self.form.connected.connect(self._connected)
            self.body.addWidget(self.form)
        self._replacing = False
        self._show()

    def opened(self) -> None:
        self._replacing = False
        self.told.hide()
        self.beware_of_others()
        self._show()
        self.test(quietly=True)

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.LINE):
            self._show()

    @property
    def is_connected(self) -> bool:
        """Whether there is an account."""
        return self.desk.practice or bool(shop.get(self.desk.jobs.page_reader, "line_account"))

    def test(self, *, quietly: bool = False) -> None:
        """Ask LINE who the account is and for its figures.

        Args:
            quietly: nobody pressed; then only figures that come are shown, and no trouble.
        """
        if not self.is_connected:
            return
        jobs, line = self.desk.jobs, self.desk.line

        def work(ctx: JobContext) -> AccountFigures:
            return connecting.read_figures(line.client(), jobs.in_writer)

        self._say(None)
        jobs.network(
            work,
            owner=self,
            then=lambda _: None if quietly else self._tested(),
            on_error=(lambda error: None) if quietly else self._say,
            title=None if quietly else message("line_account.trying"),
        )

    def replace_account(self) -> None:
        """Show the form to connect another account, or the same with another key."""
        self._replacing = not self._replacing
        self._show()

    def sign_out(self) -> None:
        """Forget key and account, after asking."""
        self.desk.dialogs.confirm(
            self,
            message("line_account.sign_out_title"),
            message("line_account.sign_out_text"),
            message("line_account.sign_out"),
            self._sign_out,
            danger=True,
        )

    def _connected(self, _: object) -> None:
        """The form goes; what it said about the account and where the key is kept stays to be read."""
        self._replacing = False
        if self.form is not None:
            self.told.setText(self.form.good.text())
            self.beware.setText(self.form.beware.text())
            self.beware.setVisible(not self.form.beware.isHidden())
        self.told.show()
        self._say(None)
        self._show()

    def beware_of_others(self) -> None:
        """Warn where another shop file of this computer is connected to the same account."""
        account = shop.get_json(self.desk.jobs.page_reader, "line_account") or {}
        others = None
        if account.get("userId") and not self.desk.practice:
            others = other_shops(self.desk, str(account["userId"]))
        self.beware.setText(render(others) if others is not None else "")
        self.beware.setVisible(others is not None)

    def _sign_out(self) -> None:
        credentials = self.desk.credentials
        on_this_computer.forget(self.desk.settings, self.desk.shop.path)
        self.desk.jobs.write(
            lambda db, ctx: SignedOut(connecting.sign_out(db, credentials)),
            owner=self,
            then=lambda _: self._show(),
            on_error=self._say,
        )

    def show_lost(self) -> None:
        """What to do when this computer is lost or stolen."""
        title = t("line_account.lost")
        self.desk.dialogs.show(
            PaperDialog(self, title, t("line_account.lost_hint"), t("line_account.lost_text"))
        )

    def _buttons(self) -> QWidget:
        made_of = QWidget()
        row = FlowLayout(made_of, gap=theme.px(8))
        self.test_button = button(t("line_account.test"), self.test, icon="refresh")
        self.other_button = link_button(t("line_account.replace"), self.replace_account)
        self.out_button = link_button(t("line_account.sign_out"), self.sign_out)
        self.lost_button = link_button(t("line_account.lost"), self.show_lost)
        for made in (self.test_button, self.other_button, self.out_button, self.lost_button):
            # Links beside a button stand on one line with its words.
            made.setMinimumHeight(theme.control_height())
            row.addWidget(made)
        self.other_button.setVisible(not self.desk.practice)
        self.out_button.setVisible(not self.desk.practice)
        self.lost_button.setVisible(not self.desk.practice)
        return made_of

    def _show(self) -> None:
        db = self.desk.jobs.page_reader
        account = shop.get_json(db, "line_account") or {}
        self.account.setVisible(self.is_connected)
        if self.form is not None:
            self.form.setVisible(not self.is_connected or self._replacing)
        names = t("line_account.account", name=account.get("displayName", ""), id=account.get("basicId", ""))
        self.name.setText(names if account else t("line_account.practice_account"))
        checked = i18n.moment(account.get("checked_at"))
        self.said.setText(t("line_account.checked", when=checked) if checked else "")
        self.said.setVisible(bool(checked))
        self._show_kind(account, verification.known(db))
        self._show_figures(shop.get_json(db, "quota"), shop.get_json(db, "line_figures") or {})

    def _show_kind(self, account: dict[str, object], tried: Verification | None) -> None:
        """What LINE tells of the account's kind, and no more than that."""
        kind = "unknown" if tried is None else "verified" if tried.verified else "not_verified"
        self.figures.set("kind", t(f"line_account.kind.{kind}"))
        premium = account.get("premiumId")
        self.figures.set("premium_id", str(premium) if premium else t("line_account.no_premium_id"))
        self.figures.show_row("premium_id", "premiumId" in account)

    def _show_figures(self, quota: dict[str, object] | None, friends: dict[str, object]) -> None:
        text = "—"
        if quota is not None:
            value, used = quota.get("value"), int(str(quota.get("used") or 0))
            text = (
                t("line_account.quota", used=used, n=value)
                if isinstance(value, int)
                else t("line_account.no_limit")
            )
        self.figures.set("quota", text)
        for key, name in (("friends", "followers"), ("reach", "targetedReaches"), ("blocks", "blocks")):
            number = friends.get(name)
            self.figures.set(key, i18n.number(number) if isinstance(number, int) else "—")

    def _tested(self) -> None:
        self.desk.notices.show(message("line_account.tested"))

    def _say(self, error: UserError | None) -> None:
        words = [render(error.text), render(error.cure) if error.cure else ""] if error is not None else []
        self.problem.setText("\n".join(part for part in words if part))
        self.problem.setVisible(bool(words))


class SignedOut:
    """The outcome of signing out."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
