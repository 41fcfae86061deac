"""What an upload's state is called, how far it is, and the one thing to do about it."""

from __future__ import annotations

from datetime import UTC, datetime
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

STAGES = {"waiting": 0.0, "sending": 1 / 3, "unknown": 1 / 3, "processing": 2 / 3, "ready": 1.0}
"""How much of the way is done: out of the computer, taken in by LINE, ready."""


class Act(StrEnum):
    """What can be done with an upload."""

    BROADCAST = "broadcast"
    CONFIRM = "confirm"
    RETRY = "retry"
    CANCEL = "cancel"
    SIGN_IN = "sign_in"
    DETAILS = "details"


def badge(job: UploadJob, now: datetime | None = None) -> tuple[str, str]:
    """The state in words and the badge's kind.

    Args:
        job: the upload.
        now: this instant, for what is left of a wait.
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
    if job.state == "ready" and is_expired(job, now):
        return t("outbox_page.state.expired"), "neutral"
    kinds = {
        "ready": "good",
        "sending": "info",
        "processing": "info",
        "action_needed": "error",
        "refused": "error",
    }
    return t(f"outbox_page.state.{job.state}"), kinds.get(job.state, "neutral")


def is_expired(job: UploadJob, now: datetime | None = None) -> bool:
    """Whether LINE's 180 days are over."""
    return bool(job.expires_at) and i18n.parse_instant(str(job.expires_at)) < (now or datetime.now(UTC))


def counts_down(job: UploadJob) -> bool:
    """Whether the badge shows a wait that runs."""
    return job.state == "waiting" and job.confirmed and bool(job.next_try_at) and not _is_offline(job)


def share(job: UploadJob) -> float | None:
    """How full the bar is; None where words stand in its place."""
    if trouble(job):
        return None
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


def is_serious(job: UploadJob) -> bool:
    """Whether somebody has to act."""
    return job.state in ("action_needed", "refused")


def first_act(job: UploadJob) -> Act:
    """The thing to do that the row offers."""
    return acts(job)[0]


def acts(job: UploadJob) -> tuple[Act, ...]:
    """Everything that can be done, the likeliest first; the details are always last."""
    found: list[Act] = []
    if job.state == "ready":
        found = [Act.BROADCAST]
    elif job.state in ("waiting", "unknown") and not job.confirmed:
        found = [Act.CONFIRM, Act.CANCEL]
    elif job.state == "waiting":
        found = [Act.RETRY, Act.CANCEL] if counts_down(job) else [Act.CANCEL, Act.RETRY]
    elif job.state == "unknown":
        found = [Act.RETRY, Act.CANCEL]
    elif job.state == "action_needed":
        sign_in = job.error is not None and job.error.key in SIGN_IN_MESSAGES
        found = [Act.SIGN_IN] if sign_in else [Act.RETRY]
        found += [Act.CANCEL] if job.audience_group_id is None else []
    return (*found, Act.DETAILS)


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
