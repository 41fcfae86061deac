"""One job at a time for the import: what it is, how far it is, and what there is to say when it ended otherwise than well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.ui.jobs import Jobs


@dataclass(frozen=True)
class Said:
    """What the page's bar has to say: a message or an error, and what its button does."""

    text: Message | None = None
    kind: str = "info"
    error: UserError | None = None
    button: tuple[Message, Callable[[], object]] | None = None


@dataclass(frozen=True)
class Progress:
    """How far the running job is. ``saving``: it can no longer be stopped."""

    title: Message
    done: int = 0
    total: int | None = None
    text: Message | None = None
    saving: bool = False


class Running(QObject):
    """See the module; the session says what becomes of a job that was stopped or failed.

    Args:
        jobs: of the open shop; this is deleted with them.

    Signals:
        changed: something other than progress is to be shown anew.
        progressed: the running job came further.
    """

    changed = Signal()
    progressed = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self.jobs = jobs
        self.said: Said | None = None
        self.progress: Progress | None = None
        self._job: Any = None

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    @property
    def saving(self) -> bool:
        """Whether the job that runs can no longer be stopped."""
        return self.progress is not None and self.progress.saving

    def run(
        self, job: Callable[..., Any], then: Callable[[Any], None], what: str, *, saving: bool = False
    ) -> None:
        """Run a job outside of the window's thread, in place of the one before; ``what`` names its title. ``saving``: on the
        writer, in one transaction, with nothing to stop half-way."""
        self.stop()
        title = TITLES[what]
        self.progress = Progress(title, saving=saving)
        mine: list[Any] = []

        def ended(then: Callable[..., None]) -> Callable[..., None]:
            def deliver(*result: Any) -> None:
                if self._job is mine[0]:
                    self._job, self.progress = None, None
                    then(*result)
                elif result:
                    self.unwanted(result[0])

            return deliver

        submit = self.jobs.write if saving else self.jobs.background
        mine.append(
            submit(
                job,
                owner=self,
                then=ended(then),
                on_error=ended(self._failed),
                on_cancelled=ended(self.stopped),
                progress=self._progressed,
                title=title,
            )
        )
        self._job = mine[0]
        self.changed.emit()

    def stop(self) -> None:
        """Stop what runs, unless it is being saved; nothing of it is kept."""
        if self._job is not None and not self.saving:
            self._job.cancel()
            self._job, self.progress = None, None

    def cancel(self) -> None:
        """Stop what runs because the owner said so."""
        if self._job is not None and not self.saving:
            self.stop()
            self.stopped()

    def stopped(self) -> None:
        """A job was stopped."""

    def failed(self) -> None:
        """A job failed; the error is said."""

    def unwanted(self, result: object) -> None:
        """What a job brought after it was stopped."""

    def _failed(self, error: UserError) -> None:
        self.said = Said(error=error, kind="error")
        self.failed()
        self.changed.emit()

    def _progressed(self, done: int, total: int | None, text: Message | None) -> None:
        if self.progress is not None:
            self.progress = replace(self.progress, done=done, total=total, text=text)
            self.progressed.emit()


TITLES = {
    "look": message("import_page.title_look"),
    "check": message("import_page.title_check"),
    "backup": message("import_page.title_backup"),
    "save": message("import_page.title_save"),
    "undo": message("import_page.title_undo"),
    "merge": message("import_page.title_merge"),
}
