"""The first way: user IDs come with the shop platform's export. Whether they are of the shop's own provider is checked on a few
of them; what to ask the platform if they are not stands ready to be copied."""

from __future__ import annotations

from collections.abc import Callable

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.operations.audiences import audience_editor
from desktop.operations.line import provider_check
from desktop.operations.line.provider_check import SAMPLE, ProviderCheck, SampleOutcome
from desktop.text import render, t
from desktop.ui import i18n
from desktop.ui.desk import Desk
from desktop.ui.lanes import Job
from desktop.ui.line_account.paper_dialog import PaperDialog
from desktop.ui.line_ids.shop_ids import ShopIds
from desktop.ui.line_ids.way_card import WayCard
from desktop.ui.widgets.buttons import button


class FileWay(WayCard):
    """See the module.

    Args:
        desk: of the page.
        asked: called before LINE is asked; runs what it is given once there is an account.
    """

    def __init__(self, desk: Desk, asked: Callable[[Callable[[], object]], object]) -> None:
        super().__init__(1, t("line_ids.by_file"), t("line_ids.by_file_text"))
        self._desk = desk
        self._asked = asked
        self.job: Job | None = None
        self.add_point(t("line_ids.by_file_point"))
        self.add_point(t("line_ids.by_file_provider"))
        self.add_button(button(t("line_ids.import"), lambda: desk.go("import"), icon="download"))
        self.check_button = button(t("line_ids.check"), self.check, icon="shield")
        self.check_button.setToolTip(t("line_ids.check_hint", n=SAMPLE))
        self.add_button(self.check_button)
        self.more.setText(t("line_ids.ask_platform"))
        self.more.setAccessibleName(t("line_ids.ask_platform"))
        self.more.clicked.connect(self.show_letter)

    def show_ids(self, seen: ShopIds) -> None:
        """Show how many IDs there are, and what the last check said of them."""
        self.show_count(t("line_ids.ids_here", n=seen.with_user_id) if seen.with_user_id else "")
        self.check_button.setVisible(seen.with_user_id > 0)
        if self.job is None and seen.check is not None:
            self.say_check(seen.check)

    def check(self) -> None:
        """Ask LINE for a few of the shop's people; a second press while it runs does nothing."""
        self._asked(self._check)

    def say_check(self, check: ProviderCheck) -> None:
        """Say what a check found, when, and what it means."""
        words = t(
            f"line_ids.verdict.{check.verdict}", n=check.asked, known=check.known, when=i18n.moment(check.at)
        )
        good = check.verdict == "own"
        self.say(words, good=good, cure="" if good else t(f"line_ids.verdict_cure.{check.verdict}"))
        self.more.setVisible(check.verdict in ("foreign", "few"))

    def show_letter(self) -> None:
        """What to ask the platform, ready to be copied."""
        self._desk.dialogs.show(
            PaperDialog(
                self,
                t("line_ids.ask_platform"),
                t("line_ids.letter_hint"),
                t("line_ids.letter"),
            )
        )

    def _check(self) -> None:
        if self.job is not None:
            return
        jobs, line = self._desk.jobs, self._desk.line

        def work(ctx: JobContext) -> SampleOutcome:
            now = jobs.in_reader(audience_editor.shop_today)
            return provider_check.check_sample(line.client(), jobs.in_writer, now, job=ctx)

        self.check_button.setEnabled(False)
        self.show_progress(0, None, t("line_ids.checking"))
        self.job = jobs.network(
            work,
            owner=self,
            then=self._checked,
            on_error=self._failed,
            on_cancelled=lambda: self._end(""),
            title=message("line_ids.checking"),
        )

    def _checked(self, outcome: SampleOutcome) -> None:
        self._end("")
        if outcome.check is None:
            self.say(t("line_ids.none_to_check"), good=False)
        else:
            self.say_check(outcome.check)

    def _failed(self, error: UserError) -> None:
        self._end(render(error.text), render(error.cure) if error.cure else "")

    def _end(self, wrong: str, cure: str = "") -> None:
        self.job = None
        self.check_button.setEnabled(True)
        self.say(wrong, good=False, cure=cure)
