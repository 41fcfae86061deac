"""The window's way to LINE: the client of the open shop's account (or of the simulated one of a practice shop), and the outbox
that works by itself while the window is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.store import shop as shop_rows
from desktop.ui import i18n
from desktop.ui.jobs import Jobs
from desktop.ui.opening.outgoing.workers import Workers, something_to_do

if TYPE_CHECKING:
    from desktop.credentials import Credentials
    from desktop.line_api.client import LineClient
    from desktop.operations.line.connecting import AccountFigures
    from desktop.operations.line.syncing import SyncOutcome
    from desktop.practice import PracticeLine
    from desktop.store.shop_file import ShopFile

AGAIN_AT_MOST = 60.0
FRESH_FOR = timedelta(hours=1)
ON, OFF, SIGNED_OUT = "on", "off", "signed_out"


class LineLink(QObject):
    """One open shop's LINE.

    Args:
        file: the shop.
        jobs: its jobs; the link works in the network's thread.
        practice: a practice shop's link reaches this computer only.
        credentials: where the owner's key to LINE is kept.
    """

    state_changed = Signal(str)
    _answered = Signal(str)

    def __init__(
        self,
        file: ShopFile,
        jobs: Jobs,
        *,
        practice: bool,
        credentials: Callable[[], Credentials],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._jobs = jobs
        self._practice = practice
        self._credentials = credentials
        self._client: LineClient | None = None
        self._simulated: PracticeLine | None = None
        self._workers = Workers(self.client, jobs)
        self._stepping = False
        self._again = False
        self.state = ""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._step)
        jobs.changed.connect(self._changed)
        self._answered.connect(self._heard, Qt.ConnectionType.QueuedConnection)

    def client(self) -> LineClient:
        """The client of the account; asked for inside a network job.

        Raises:
            UserError: no account is connected, or the keychain is closed.
        """
        if self._client is None:
            client = self._simulated_client() if self._practice else self._real_client()
            self._listen(client)
            self._client = client
        return self._client

    def start(self) -> None:
        """Let the outbox work from now on, and ask LINE how the account stands."""
        self._step()
        self._jobs.network(self._read_figures, owner=self, on_error=self._told_already)
        self._jobs.network(self._sync_if_due, owner=self, on_error=self._told_already)

    def try_now(self) -> None:
        """Forget every wait: the owner pressed "try now"."""
        self._workers.try_now()
        self._step()

    def cancel(self, upload_id: int) -> None:
        """Stop sending an upload that is being sent now."""
        self._workers.cancel(upload_id)

    def abort(self) -> None:
        """The shop is being left: end the request that is under way, so that nobody waits for LINE."""
        if self._client is not None:
            self._client.abort()

    def close(self) -> None:
        """End the simulated LINE; after the jobs were stopped."""
        self._timer.stop()
        if self._simulated is not None:
            self._simulated.close()
            self._simulated = None

    @Slot()
    def _step(self) -> None:
        if self._stepping:
            self._again = True
            return
        self._stepping = True
        # Asked first and without a title: only a real upload counts as work that closing the window would stop.
        self._jobs.read(something_to_do, owner=self, then=self._go_on, on_error=self._failed)

    def _go_on(self, something: Message | None) -> None:
        if something is None:
            self._worked(None)
            return
        self._jobs.network(
            self._workers.step,
            owner=self,
            then=self._worked,
            on_error=self._failed,
            on_cancelled=self._rest,
            title=something,
        )

    def _worked(self, wait: float | None) -> None:
        self._stepping = False
        if self._workers.sent:
            # A message that went out has used some of the month's quota.
            self._workers.sent = False
            self._jobs.network(self._read_anew, owner=self, on_error=self._told_already)
        if self._again or wait == 0:
            self._again = False
            self._timer.start(0)
        elif wait is not None:
            self._timer.start(round(1000 * min(wait, AGAIN_AT_MOST)))

    def _failed(self, error: UserError) -> None:
        # Without an account, or with a closed keychain, uploads wait; the outbox says so and the settings have the cure.
        self._rest()

    def _rest(self) -> None:
        self._stepping = self._again = False

    @Slot(object)
    def _changed(self, changes: Changes) -> None:
        if changes.touches(Kind.ACCOUNT) and not self._practice:
            # Another account, another key: what was made of the old one is not used again.
            self._client = None
            self._workers.forget()
        if changes.touches(Kind.OUTBOX, Kind.LINE):
            self._step()

    @Slot(str)
    def _heard(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def _told_already(self, error: UserError) -> None:
        """Nobody asked for these figures: the status bar says whether LINE answers, and that is enough."""

    def _read_figures(self, ctx: JobContext) -> AccountFigures | None:
        """In the network's thread: name, friends and quota, unless they are fresh or no account is connected."""
        from desktop.operations.line.connecting import read_figures

        account, quota = self._jobs.in_reader(
            lambda db: (shop_rows.get_json(db, "line_account"), shop_rows.get_json(db, "quota"))
        )
        if not (account or self._practice) or (quota and is_fresh(str(quota.get("at", "")))):
            return None
        return read_figures(self.client(), self._jobs.in_writer)

    def _read_anew(self, ctx: JobContext) -> AccountFigures:
        from desktop.operations.line.connecting import read_figures

        return read_figures(self.client(), self._jobs.in_writer)

    def _sync_if_due(self, ctx: JobContext) -> SyncOutcome | None:
        """In the network's thread: the days since the last reading, if the owner wants them at each start."""
        from desktop.operations.line import syncing

        now = datetime.now(UTC)
        if not self._jobs.in_reader(lambda db: syncing.due(db, now)):
            return None
        return syncing.sync(self.client(), self._jobs.in_writer, now, job=ctx)

    def _listen(self, client: LineClient) -> None:
        """Note at each real call how LINE answered; nothing else says whether we are online."""
        from desktop.line_api.errors import OFFLINE, LineProblem, SignInAgain

        send = client.send

        def listening(*args: Any, **named: Any) -> Any:
            try:
                answer = send(*args, **named)
            except LineProblem as problem:
                signed_out = isinstance(problem, SignInAgain)
                self._answered.emit(SIGNED_OUT if signed_out else OFF if problem.why in OFFLINE else ON)
                raise
            self._answered.emit(ON)
            return answer

        client.send = listening  # type: ignore[method-assign]

    def _simulated_client(self) -> LineClient:
        from desktop.practice import PracticeLine

        if self._simulated is None:
            self._simulated = PracticeLine.start(self._file.path)
        return self._simulated.client()

    def _real_client(self) -> LineClient:
        from desktop.operations.line.connecting import client_for, saved_secret

        credentials = self._credentials()
        secret = self._jobs.in_reader(lambda db: saved_secret(db, credentials))
        if secret is None:
            raise UserError(
                message("shell.line.not_connected"), cure=message("shell.line.not_connected.cure")
            )
        return client_for(secret, practice=False)


def is_fresh(instant: str) -> bool:
    """Whether an instant of ours lies within the last hour; a clock that was set back makes it stale."""
    if not instant:
        return False
    return timedelta(0) <= datetime.now(UTC) - i18n.parse_instant(instant) < FRESH_FOR
