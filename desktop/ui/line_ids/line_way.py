"""The second way: a verified account lists its friends. Reading can be stopped at any time; what was read stays, and the next
press goes on with the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.operations.audiences import audience_editor
from desktop.operations.line import friends
from desktop.operations.line.friends import FriendsOutcome
from desktop.text import render, t
from desktop.ui import i18n
from desktop.ui.desk import Desk
from desktop.ui.lanes import Job
from desktop.ui.line_ids.shop_ids import ShopIds
from desktop.ui.line_ids.way_card import WayCard
from desktop.ui.widgets.buttons import button, primary_button


class LineWay(WayCard):
    """See the module. ``read()``: friends were read, at least some; ``verification_asked()``: show the third way.

    Args:
        desk: of the page.
        asked: called before LINE is asked; runs what it is given once there is an account.
    """

    read = Signal()
    verification_asked = Signal()

    def __init__(self, desk: Desk, asked: Callable[[Callable[[], object]], object]) -> None:
        super().__init__(2, t("line_ids.by_line"), t("line_ids.by_line_text"))
        self._desk = desk
        self._asked = asked
        self._said = False
        self.job: Job | None = None
        self.add_point(t("line_ids.by_line_point"))
        self.read_button = primary_button(t("line_ids.read_friends"), self.read_friends, icon="users")
        self.cancel_button = button(t("line_ids.stop"), self.cancel)
        self.cancel_button.hide()
        self.add_button(self.read_button)
        self.add_button(self.cancel_button)
        self.more.setText(t("line_ids.how_to_verify"))
        self.more.setAccessibleName(t("line_ids.how_to_verify"))
        self.more.clicked.connect(self.verification_asked)

    def show_ids(self, seen: ShopIds) -> None:
        """Show how many friends there are to read, and whether LINE lets this account read them."""
        at_line = seen.friends_at_line
        self.show_count("" if at_line is None else t("line_ids.friends_there", n=at_line))
        tried = seen.verification
        if self.job is None and not self._said and tried is not None and not tried.verified:
            self._say_not_verified(i18n.moment(tried.at))

    def read_friends(self) -> None:
        """Read all friends, or the rest; a second press while it runs does nothing."""
        self._asked(self._read)

    def cancel(self) -> None:
        """Stop reading; what was read stays."""
        if self.job is not None:
            self.job.cancel()
            self.cancel_button.setEnabled(False)

    def _read(self) -> None:
        if self.job is not None:
            return
        jobs, line = self._desk.jobs, self._desk.line

        def work(ctx: JobContext) -> FriendsOutcome:
            now = jobs.in_reader(audience_editor.shop_today)
            return friends.read_friends(line.client(), jobs.in_writer, now, job=ctx)

        self.read_button.setEnabled(False)
        self.cancel_button.setEnabled(True)
        self.cancel_button.show()
        self.show_progress(0, None, t("line_ids.reading"))
        self.job = jobs.network(
            work,
            owner=self,
            then=self._done,
            on_error=self._failed,
            on_cancelled=self._cancelled,
            progress=self._show_progress,
            title=message("line_ids.reading"),
        )

    def _show_progress(self, done: int, total: int | None, text: Message | None) -> None:
        words = render(text or message("line_ids.reading"))
        far = t("line_ids.far_of", done=done, total=total) if total else t("line_ids.far", n=done)
        self.show_progress(done, total, f"{words} {far}")

    def _done(self, outcome: FriendsOutcome) -> None:
        self._end()
        counts = outcome.counts
        known = outcome.friends - counts.new - counts.left_out - outcome.left
        words = [t("line_ids.read", n=outcome.friends - outcome.left, new=counts.new, known=known)]
        if counts.gone:
            words.append(t("line_ids.gone", n=counts.gone))
        if counts.left_out:
            words.append(t("line_ids.left_out", n=counts.left_out))
        if outcome.left:
            words.append(t("line_ids.left", n=outcome.left))
            self._label("line_ids.go_on")
        if outcome.stopped is not None:
            self.say(render(outcome.stopped.text), good=False, cure=i18n.sentences(words))
        else:
            self.say(i18n.sentences(words))
        self.read.emit()
        if not outcome.left:
            show = (message("line_ids.show_new"), lambda: self._desk.go("joining"))
            self._desk.notices.show(message("line_ids.read_short", n=outcome.friends), button=show)

    def _failed(self, error: UserError) -> None:
        self._end()
        if error.text.key == "line.not_verified":
            self._say_not_verified("")
        else:
            self.say(render(error.text), good=False, cure=render(error.cure) if error.cure else "")

    def _say_not_verified(self, when: str) -> None:
        words = t("line_ids.tried_on", when=when) if when else ""
        self.say(
            i18n.sentences((t("line.not_verified"), words)), good=False, cure=t("line_ids.not_verified_cure")
        )
        self.more.show()

    def _cancelled(self) -> None:
        self._end()
        self.say("")
        self._desk.notices.show(message("line_ids.cancelled"), kind="info")

    def _label(self, key: str) -> None:
        self.read_button.setText(t(key))
        self.read_button.setAccessibleName(self.read_button.text())

    def _end(self) -> None:
        self.job = None
        self._said = True
        self._label("line_ids.read_friends")
        self.read_button.setEnabled(True)
        self.cancel_button.hide()
