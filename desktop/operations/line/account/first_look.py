"""The steps of connecting as an owner follows them: what was pasted, LINE reached, the key accepted, the account found, and its
figures. Says where it went wrong, and what the computer between us and LINE may have to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.core.message import Message, message
from desktop.credentials import Credentials, LineSecret
from desktop.line_api.client import LineClient
from desktop.line_api.errors import LineProblem, Refused, SignInAgain
from desktop.line_api.rate_limit import Clock
from desktop.line_api.transport import LINE_HOSTS, LineHosts
from desktop.line_api.uploading.hooks import InDatabase
from desktop.operations.line import connecting
from desktop.operations.line.account import verification
from desktop.operations.line.connecting import AccountFigures, Connected

Step = Literal["pasted", "reached", "accepted", "found", "figures"]
STEPS: tuple[Step, ...] = ("pasted", "reached", "accepted", "found", "figures")

CURED = ("dns", "no_network", "proxy", "proxy_sign_in", "tls", "portal")
"""What stands between this computer and LINE, and what can be done about it here; see line_api.errors.OFFLINE."""


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The account is connected; ``figures`` is None if LINE stumbled just then, ``verified`` if it did not tell."""

    connected: Connected
    figures: AccountFigures | None
    verified: bool | None

    @property
    def changes(self) -> Changes:
        """What connecting changed, for the windows."""
        return self.connected.changes | Changes.of(Kind.LINE)


@dataclass(frozen=True, slots=True)
class WentWrong:
    """The step that failed, what happened, and what to do."""

    step: Step
    text: Message
    cure: Message


def connect(
    secret: LineSecret,
    credentials: Credentials,
    in_database: InDatabase,
    *,
    hosts: LineHosts = LINE_HOSTS,
    clock: Clock | None = None,
    job: JobContext = QUIET,
) -> FirstLook:
    """Connect, then read quota, friends LINE counts, and whether the account may list its friends.

    Raises:
        UserError, LineProblem: as operations.line.connecting.connect; nothing is kept then.
    """
    job.report(1, len(STEPS), message("line_account.step.reached"))
    done = connecting.connect(secret, credentials, in_database, hosts=hosts, clock=clock)
    job.report(4, len(STEPS), message("line_account.step.figures"))
    practice = hosts.local
    client = connecting.client_for(secret, practice=practice, hosts=hosts, clock=clock)
    try:
        figures = _figures(client, in_database)
        verified = verification.ask(client)
    finally:
        client.close()
    if verified is not None:
        told: bool = verified
        in_database(lambda db: verification.keep(db, verified=told))
    return FirstLook(done, figures, verified)


def _figures(client: LineClient, in_database: InDatabase) -> AccountFigures | None:
    try:
        return connecting.read_figures(client, in_database)
    except LineProblem:
        # The account is connected all the same; its figures come with the next look.
        return None


def went_wrong(error: UserError) -> WentWrong:
    """Where connecting failed, in words for whoever sits before it.

    A channel whose key is accepted but which has no account behind it is another kind of channel, LINE Login as a rule.
    """
    if not isinstance(error, LineProblem):
        return WentWrong("pasted", error.text, error.cure or message("line_account.nothing_kept"))
    if error.why is not None:
        key = f"line_account.cure.{error.why}" if error.why in CURED else "line_account.cure.later"
        return WentWrong("reached", error.text, message(key))
    if isinstance(error, SignInAgain):
        if error.text.key == "line.wrong_channel":
            return WentWrong("accepted", error.text, message("line_account.cure.channel"))
        return WentWrong("accepted", message("line_account.wrong.token"), message("line_account.cure.token"))
    if isinstance(error, Refused):
        return WentWrong(
            "found", message("line_account.wrong.no_account"), message("line_account.cure.no_account")
        )
    return WentWrong("found", error.text, error.cure or message("line_account.cure.later"))
