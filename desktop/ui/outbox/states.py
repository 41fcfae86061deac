"""What an upload's state is called, how far it is, and the one thing to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from desktop.operations.line.uploading import SIGN_IN_MESSAGES
from desktop.store.outbox import UploadJob
from desktop.text import render, t
from desktop.ui import i18n

QUIET_REASONS = frozenset({"line.dns", "line.no_network"})
"""Being offline is no trouble: the pill says it, and nothing is to be done."""

OFFLINE_REASONS = QUIET_REASONS | {"line.proxy", "line.proxy_sign_in", "line.tls", "line.portal"}

CURES = {"line.sign_in_again": "line.sign_in_again_cure", "line.wrong_channel": "line.wrong_channel_cure"}
"""What to do, where the upload keeps only what happened."""

STAGES = {"waiting": 0.0, "sending": 0.1, "unknown": 1 / 3, "processing": 2 / 3, "ready": 1.0}
"""How much of the way is done: out of the computer, taken in by LINE, ready."""

SENT_SHARE = 2 / 3
"""How much of the bar is the sending; the rest is LINE's own work."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What else is known of an upload's audience.

    Args:
        outdated: a newer audience took its place at LINE, or it is gone from there.
        gone: LINE does not have it any more.
        elsewhere: it belongs to another account than the one connected now.
        old_there: the audience this one replaced is still at LINE, and the owner has not decided about it.
        days_left: until it expires, where that is soon.
        sent_on: the day the owner said its message went out.
        can_send: messages may be sent from here.
    """

    outdated: bool = False
    gone: bool = False
    elsewhere: bool = False
    old_there: bool = False
    days_left: int | None = None
    sent_on: date | None = None
    can_send: bool = False

    @property
    def over(self) -> bool:
        """Whether it is not the audience to send to any more."""
        return self.outdated or self.gone or self.elsewhere


NOTHING = Beside()


class Act(StrEnum):
    """What can be done with an upload."""

    BROADCAST = "broadcast"
    SEND_HERE = "send_here"
    RENEW = "renew"
    OLD = "old"
    CONFIRM = "confirm"
    RETRY = "retry"
    CANCEL = "cancel"
    SIGN_IN = "sign_in"
    DETAILS = "details"


def badge(job: UploadJob, now: datetime | None = None, beside: Beside = NOTHING) -> tuple[str, str]:
    """The state in words and the badge's kind.

    Args:
        job: the upload.
        now: this instant, for what is left of a wait.
        beside: what else is known of its audience.
    """
    error = job.error.key if job.error else ""
    if job.state in ("waiting", "unknown") and not job.confirmed:
        return t("outbox_page.state.unconfirmed"), "warning"
    if job.state == "waiting" and error in OFFLINE_REASONS:
        return t("outbox_page.state.offline"), "neutral"
    if job.state == "waiting" and error:
        tries = job.error.params.get("tries") if job.error else None
        key = "outbox_page.state.retry_n" if isinstance(tries, int) else "outbox_page.state.retry"
        return t(key, wait=_wait(job, now), number=str(tries)), "warning"
    if job.state == "unknown":
        return t("outbox_page.state.unknown"), "warning"
    if job.state == "ready":
        return _ready(job, now, beside)
    if job.state in ("sending", "processing") and job.method.startswith("rename"):
        renaming = job.state == "sending"
        return t(f"outbox_page.state.{'renaming' if renaming else 'processing'}"), "info"
    kinds = {"sending": "info", "processing": "info", "action_needed": "error", "refused": "error"}
    return t(f"outbox_page.state.{job.state}"), kinds.get(job.state, "neutral")


def _ready(job: UploadJob, now: datetime | None, beside: Beside) -> tuple[str, str]:
    if job.kind == "delete":
        return t("outbox_page.state.deleted"), "neutral"
    if beside.elsewhere:
        return t("outbox_page.state.elsewhere"), "neutral"
    if beside.gone:
        return t("outbox_page.state.gone"), "neutral"
    if is_expired(job, now):
        return t("outbox_page.state.expired"), "neutral"
    if beside.outdated:
        return t("outbox_page.state.outdated"), "neutral"
    if beside.days_left is not None:
        return t("outbox_page.state.expires_in", n=beside.days_left), "warning"
    return t("outbox_page.state.ready"), "good"


def is_expired(job: UploadJob, now: datetime | None = None) -> bool:
    """Whether LINE's 180 days are over."""
    return bool(job.expires_at) and i18n.parse_instant(str(job.expires_at)) < (now or datetime.now(UTC))


def counts_down(job: UploadJob) -> bool:
    """Whether the badge shows a wait that runs."""
    return job.state == "waiting" and job.confirmed and bool(job.next_try_at) and not _is_offline(job)


def needs_owner(job: UploadJob, beside: Beside = NOTHING) -> bool:
    """Whether the upload wants something of the owner."""
    if job.state in ("waiting", "unknown"):
        return not job.confirmed
    if job.state == "ready" and not beside.over:
        return beside.old_there or beside.days_left is not None
    return is_serious(job)


def share(job: UploadJob, sent: float = 0.0) -> float | None:
    """How full the bar is; None where words stand in its place.

    Args:
        job: the upload.
        sent: how much of the request that is under way is out, 0 to 1.
    """
    if trouble(job):
        return None
    if job.state == "sending" and job.carries_ids and job.ids:
        return max(STAGES["sending"], SENT_SHARE * min(1.0, (job.ids_done + sent * job.count) / job.ids))
    if job.method.startswith("rename") and job.state in ("waiting", "sending", "unknown"):
        return STAGES["processing"] + 0.15
    return STAGES.get(job.state, 0.0)


def bar_kind(job: UploadJob) -> str:
    """The bar's colour."""
    return "warning" if job.state in ("waiting", "unknown") else "accent"


def trouble(job: UploadJob) -> str:
    """What is wrong in plain words, "" where the badge says enough."""
    if job.error is None or job.error.key in QUIET_REASONS:
        return ""
    if job.state in ("action_needed", "refused", "cancelled") or _is_offline(job) or _tries_again(job):
        cure = CURES.get(job.error.key)
        words = render(job.error)
        if cure is not None:
            words = t("outbox_page.with_cure", text=words, cure=t(cure))
        # LINE's codes are long words; they may be broken at their underscores.
        return words.replace("_", "_\u200b")
    return ""


def fewer_at_line(job: UploadJob) -> int:
    """How many people fewer LINE counts than were uploaded; 0 where that cannot be said, or is not so."""
    if job.state != "ready" or job.kind not in ("new", "replace") or job.line_count is None:
        return 0
    return max(0, job.ids - job.line_count)


def is_serious(job: UploadJob) -> bool:
    """Whether somebody has to act."""
    return job.state in ("action_needed", "refused")


def acts(job: UploadJob, beside: Beside = NOTHING) -> tuple[Act, ...]:
    """Everything that can be done, the likeliest first; the details are always last."""
    found: list[Act] = []
    if job.state == "ready":
        found = _ready_acts(job, beside)
    elif job.state in ("waiting", "unknown") and not job.confirmed:
        found = [Act.CONFIRM, Act.CANCEL]
    elif job.state == "waiting":
        found = [Act.RETRY, Act.CANCEL] if counts_down(job) else [Act.CANCEL, Act.RETRY]
    elif job.state == "unknown":
        found = [Act.RETRY, Act.CANCEL]
    elif job.state == "sending" and not job.cancelling:
        found = [Act.CANCEL]
    elif job.state == "action_needed":
        sign_in = job.error is not None and job.error.key in SIGN_IN_MESSAGES
        found = [Act.SIGN_IN] if sign_in else [Act.RETRY]
        found += [Act.CANCEL] if job.audience_group_id is None else []
    return (*found, Act.DETAILS)


def _ready_acts(job: UploadJob, beside: Beside) -> list[Act]:
    if job.kind == "delete" or beside.over:
        return []
    renew = [Act.RENEW] if job.audience_id is not None else []
    if is_expired(job):
        return renew
    send = [Act.BROADCAST, *([Act.SEND_HERE] if beside.can_send else [])]
    old = [Act.OLD] if beside.old_there else []
    return [*renew, *send, *old] if beside.days_left is not None else [*send, *old]


def act_label(act: Act) -> str:
    """What a button or link for it says."""
    return t(f"outbox_page.act.{act}")


def _is_offline(job: UploadJob) -> bool:
    return job.state == "waiting" and job.error is not None and job.error.key in OFFLINE_REASONS


def _tries_again(job: UploadJob) -> bool:
    return job.state in ("waiting", "unknown") and job.confirmed


def _wait(job: UploadJob, now: datetime | None) -> str:
    """What is left until the next try, as 00:24."""
    if not job.next_try_at:
        return "00:00"
    left = (i18n.parse_instant(job.next_try_at) - (now or datetime.now(UTC))).total_seconds()
    seconds = max(0, round(left))
    return f"{seconds // 60:02}:{seconds % 60:02}"
