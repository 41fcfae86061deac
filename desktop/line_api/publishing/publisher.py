"""Runs publishing: brings a pressed job to LINE request by request, each exactly once as far as it matters. A menu that may
have been made is looked for before it is made again; everything else changes nothing when it is done twice. Works in small
steps, so that the shop file is never held while LINE is waited for."""

from __future__ import annotations

from desktop.core.changes import Kind
from desktop.core.message import Message, message
from desktop.line_api.client import LineClient
from desktop.line_api.errors import OFFLINE, LineProblem, OutcomeUnknown, Refused, RetryLater, SignInAgain
from desktop.line_api.publishing.requests import Done, Requests
from desktop.line_api.rate_limit import Clock, SystemClock
from desktop.line_api.uploading.hooks import Hooks, InDatabase
from desktop.line_api.uploading.ledger import Ledger, OwnAccount
from desktop.line_api.uploading.processing import TRIES, next_try
from desktop.store import publishing
from desktop.store.database import Database
from desktop.store.history import utc_now
from desktop.store.publishing import PlannedRequest, PublishingJob, effects, menus, moving
from desktop.store.publishing.menus import FrozenMenu

CHECKPOINTS = (
    "account_known", "looked", "marked", "answered", "saved", "withdrawn", "unknown_saved", "not_found_saved", "halved_saved",
    "problem_saved", "finished_saved",
)  # fmt: skip
"""Points a publisher passes, where a test may end the program."""

LOOK_AGAIN_AFTER = 30.0
"""Seconds between two looks for a menu that may have been made, before it is made once more."""

_LOOKS = 2

REFUSED_IN_A_ROW = 16
"""So many people refused one after the other, and nobody taken between them: it is not about their IDs."""


class Publisher:
    """Carries the publishing jobs of one shop to one LINE account. Use it from one thread.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file.
        clock: for all waiting.
        hooks: who is told what; ``progress`` gets (job, requests done, requests in all).
    """

    def __init__(
        self,
        client: LineClient,
        in_database: InDatabase,
        *,
        clock: Clock | None = None,
        hooks: Hooks | None = None,
    ) -> None:
        self._client = client
        self._db = in_database
        self._clock: Clock = clock or SystemClock()
        self._hooks = hooks or Hooks()
        self._requests = Requests(client, in_database)
        self._ledger = Ledger(in_database, self._clock, self._hooks, Kind.OUTBOX)
        self._account = OwnAccount(client, self._hooks)

    def step(self) -> float | None:
        """Do the next piece of work.

        Returns:
            Seconds until something is due (0 right after a piece of work); None if there is nothing to do at all.
        """
        job = self._db(publishing.active)
        if job is None:
            return None
        wait = self._ledger.wait(job.id)
        if wait > 0:
            return wait
        self._advance(job)
        return 0.0

    def run(self, publishing_id: int) -> PublishingJob | None:
        """Work until one job is at its end, waits for the owner, or cannot go on without a network; for use without a
        window."""
        self._ledger.begin_anew(publishing_id)
        while True:
            job = self._db(lambda db: publishing.job(db, publishing_id))
            if (
                job is None
                or job.state not in ("waiting", "sending", "unknown")
                or self._ledger.memory(job.id).offline
            ):
                return job
            wait = self.step()
            if wait is None:
                return job
            if wait > 0:
                self._clock.sleep(wait)

    def try_now(self) -> None:
        """Forget every wait: the network is back, or the owner pressed "try now"."""
        self._ledger.forget_waits()

    # One job, one step

    def _advance(self, job: PublishingJob) -> None:
        request = self._db(lambda db: publishing.next_request(db, job.id))
        try:
            if self._account() != job.account:
                self._stop(job, message("publishing.other_account"))
            elif request is None:
                self._ledger.write(lambda db: moving.finish(db, job, utc_now()))
                self._hooks.checkpoint("finished_saved")
            else:
                self._deliver(job, request)
        except SignInAgain as problem:
            self._withdraw(request)
            self._stop(job, problem.text)
        except OutcomeUnknown as problem:
            self._unknown(job, request, problem)
        except RetryLater as problem:
            self._withdraw(request)
            self._later(job, request, problem)
        except Refused as problem:
            self._withdraw(request)
            self._refused(job, request, problem)

    def _deliver(self, job: PublishingJob, request: PlannedRequest) -> None:
        menu = None
        if request.menu_id is not None:
            number = request.menu_id
            menu = self._db(lambda db: menus.menu(db, number))
        if menu is not None and menu.gone and request.method != "delete":
            self._stop(job, message("publishing.menu_gone", name=menu.name))
            return
        if request.state in ("sending", "unknown") and request.method in ("create", "image"):
            found = self._requests.look(request, menu)
            self._hooks.checkpoint("looked")
            if found is not None:
                self._save(job, request, found)
                return
            if request.method == "create" and not self._may_make_again(job, request):
                return
        self._send(job, request, menu)

    def _send(self, job: PublishingJob, request: PlannedRequest, menu: FrozenMenu | None) -> None:
        if not self._ledger.write(lambda db: moving.begin_sending(db, request, utc_now())):
            return
        self._hooks.checkpoint("marked")
        done = self._requests.send(request, menu)
        self._hooks.checkpoint("answered")
        self._save(job, request, done)

    def _save(self, job: PublishingJob, request: PlannedRequest, done: Done) -> None:
        self._ledger.write(
            lambda db: effects.done(
                db, job, request, utc_now(), rich_menu_id=done.rich_menu_id, request_id=done.request_id
            )
        )
        self._ledger.begin_anew(job.id)
        self._hooks.checkpoint("saved")
        self._hooks.progress(job.id, job.done + 1, job.requests)

    def _may_make_again(self, job: PublishingJob, request: PlannedRequest) -> bool:
        """A menu that may have been made does not show at LINE: look once more a little later, and only then make it again."""
        memory = self._ledger.memory(job.id)
        memory.looks += 1
        if memory.looks < _LOOKS:
            self._move(job, "unknown", job.error or message("publishing.looking"), after=LOOK_AGAIN_AFTER)
            self._hooks.checkpoint("not_found_saved")
            return False
        memory.looks = 0
        if request.attempts >= TRIES:
            self._ledger.write(lambda db: moving.never_arrived(db, request))
            self._stop(job, message("publishing.tried_often", n=request.attempts))
            return False
        return True

    # What goes wrong

    def _withdraw(self, request: PlannedRequest | None) -> None:
        """This try was not processed. An earlier one whose fate is unknown stays unknown."""
        if request is not None:
            self._ledger.write(lambda db: moving.not_processed(db, request))
            self._hooks.checkpoint("withdrawn")

    def _unknown(self, job: PublishingJob, request: PlannedRequest | None, problem: LineProblem) -> None:
        memory = self._ledger.memory(job.id)
        memory.troubles += 1
        memory.offline = problem.why in OFFLINE
        wait = next_try(problem.why, memory.troubles, patient=False)
        state = "unknown" if wait is not None else "action_needed"

        def work(db: Database) -> None:
            if request is not None:
                moving.unknown(db, request)
            moving.move(db, job.id, state, utc_now(), problem.text)

        self._ledger.write(work)
        # The first look comes at once; LINE is left alone for a while after every further loss.
        self._ledger.put_off(job.id, 0.0 if wait is None or memory.troubles == 1 else wait)
        memory.troubles = 0 if wait is None else memory.troubles
        self._hooks.checkpoint("unknown_saved")

    def _later(self, job: PublishingJob, request: PlannedRequest | None, problem: LineProblem) -> None:
        memory = self._ledger.memory(job.id)
        memory.troubles += 1
        memory.offline = problem.why in OFFLINE
        wait = next_try(problem.why, memory.troubles, patient=False)
        if wait is None:
            memory.troubles = 0
            self._stop(job, problem.text)
            return
        perhaps = request is not None and request.state in ("sending", "unknown")
        self._move(job, "unknown" if perhaps else "waiting", problem.text, after=wait)
        self._hooks.checkpoint("problem_saved")

    def _refused(self, job: PublishingJob, request: PlannedRequest | None, problem: LineProblem) -> None:
        menu = None
        if request is not None and request.menu_id is not None:
            number = request.menu_id
            menu = self._db(lambda db: menus.menu(db, number))
        if menu is not None and request is not None and request.method != "delete" and self._gone(job, menu):
            return
        if request is not None and request.method in ("link", "unlink") and problem.status == 400:
            self._without(job, request, problem)
            return
        text = problem.text
        if menu is not None and request is not None and request.method in ("validate", "create", "image"):
            text = _about(menu, problem)
        self._move(job, "refused", text)
        self._hooks.checkpoint("problem_saved")

    def _gone(self, job: PublishingJob, menu: FrozenMenu) -> bool:
        """Whether a request was refused because somebody deleted the menu at LINE."""
        try:
            if not self._requests.is_gone(menu):
                return False
        except LineProblem as problem:
            self._stop(job, problem.text)
            return True
        self._ledger.write(lambda db: menus.gone(db, menu.id, utc_now(), by_us=False))
        self._stop(job, message("publishing.menu_gone", name=menu.name))
        return True

    def _without(self, job: PublishingJob, request: PlannedRequest, problem: LineProblem) -> None:
        """LINE refuses a block for one of its IDs without naming it: smaller and smaller blocks, until only that one is left
        out. Where it refuses one after the other it has another reason, and whole blocks are left out until one is taken."""
        memory = self._ledger.memory(job.id)
        halve = request.count > 1 and memory.refused < REFUSED_IN_A_ROW

        def work(db: Database) -> None:
            if halve:
                moving.halve(db, request)
            else:
                effects.write_refusal(db, job, request, utc_now(), _said(problem))
            moving.move(db, job.id, "waiting", utc_now())

        memory.refused += not halve
        self._ledger.write(work)
        self._hooks.checkpoint("halved_saved")

    def _stop(self, job: PublishingJob, why: Message) -> None:
        """It waits for the owner's press."""
        self._move(job, "action_needed", why)
        self._hooks.checkpoint("problem_saved")

    def _move(self, job: PublishingJob, state: str, error: Message | None, *, after: float = 0.0) -> None:
        self._ledger.put_off(job.id, after)
        self._ledger.write(lambda db: moving.move(db, job.id, state, utc_now(), error))


def _about(menu: FrozenMenu, problem: LineProblem) -> Message:
    where = ", ".join(dict.fromkeys(problem.heard.properties)) or "–"
    return message("publishing.refused_menu", name=menu.name, where=where, said=_said(problem))


def _said(problem: LineProblem) -> str:
    """Why LINE refuses, in its own words."""
    return ", ".join(problem.heard.codes) or problem.heard.said or str(problem.status or "–")
