"""The window's way to LINE: the client of the open shop's account (or of the simulated one of a practice shop), and the outbox
that works by itself while the window is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.store import outbox
from desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.credentials import Credentials
    from desktop.line_api.client import LineClient
    from desktop.line_api.uploading.uploader import Uploader
    from desktop.practice import PracticeLine
    from desktop.store.shop_file import ShopFile

AGAIN_AT_MOST = 60.0


class LineLink(QObject):
    """One open shop's LINE.

    Args:
        file: the shop.
        jobs: its jobs; the link works in the network's thread.
        practice: a practice shop's link reaches this computer only.
        credentials: where the owner's key to LINE is kept.
    """

    offline_changed = Signal(bool)
    _answered = Signal(bool)

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
        self._uploader: Uploader | None = None
        self._ctx: JobContext | None = None
        self._stepping = False
        self._again = False
        self._offline = False
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
        """Let the outbox work from now on."""
        self._step()

    def try_now(self) -> None:
        """Forget every wait: the owner pressed "try now"."""
        if self._uploader is not None:
            self._uploader.try_now()
        self._step()

    def cancel(self, upload_id: int) -> None:
        """Stop sending an upload that is being sent now."""
        if self._uploader is not None:
            self._uploader.cancel(upload_id)

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
        self._jobs.network(
            self._work,
            owner=self,
            then=self._worked,
            on_error=self._failed,
            on_cancelled=self._rest,
            title=message("shell.line.uploading"),
        )

    def _work(self, ctx: JobContext) -> float | None:
        """In the network's thread: do what is due first; seconds until the next is due, None for nothing to do."""
        if not self._jobs.in_writer(outbox.active):
            return None
        self._ctx = ctx
        if self._uploader is None:
            self._uploader = self._make_uploader()
        return self._uploader.step()

    def _worked(self, wait: float | None) -> None:
        self._stepping = False
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
        if changes.touches(Kind.LINE) and not self._practice:
            # Another account, another key: what was made of the old one is not used again.
            self._client = self._uploader = None
        if changes.touches(Kind.OUTBOX, Kind.LINE):
            self._step()

    @Slot(bool)
    def _heard(self, offline: bool) -> None:
        if offline != self._offline:
            self._offline = offline
            self.offline_changed.emit(offline)

    def _make_uploader(self) -> Uploader:
        from desktop.line_api.uploading.hooks import Hooks
        from desktop.line_api.uploading.uploader import Uploader

        hooks = Hooks(publish=self._jobs.publish, progress=self._progress)
        return Uploader(self.client(), self._jobs.in_writer, hooks=hooks)

    def _listen(self, client: LineClient) -> None:
        """Note at each real call whether LINE could be reached; nothing else says whether we are online."""
        from desktop.line_api.errors import OFFLINE, LineProblem

        send = client.send

        def listening(*args: Any, **named: Any) -> Any:
            try:
                answer = send(*args, **named)
            except LineProblem as problem:
                self._answered.emit(problem.why in OFFLINE)
                raise
            self._answered.emit(False)
            return answer

        client.send = listening  # type: ignore[method-assign]

    def _progress(self, upload_id: int, sent: int, total: int) -> None:
        if self._ctx is not None:
            self._ctx.report(sent, total)

    def _simulated_client(self) -> LineClient:
        from desktop.practice import PracticeLine

        if self._simulated is None:
            self._simulated = PracticeLine.start(self._file.path)
        return self._simulated.client()

    def _real_client(self) -> LineClient:
        from desktop.operations.connecting import client_for, saved_secret

        credentials = self._credentials()
        secret = self._jobs.in_reader(lambda db: saved_secret(db, credentials))
        if secret is None:
            raise UserError(
                message("shell.line.not_connected"), cure=message("shell.line.not_connected.cure")
            )
        return client_for(secret, practice=False)
