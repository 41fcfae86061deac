"""What a publishing job's state is called, how far it is, and what can be done about it."""

from __future__ import annotations

from enum import StrEnum

from desktop.core.message import Message, message
from desktop.operations.line.uploading import SIGN_IN_MESSAGES
from desktop.store.publishing.jobs import PublishingJob
from desktop.text import render, t

OFFLINE_REASONS = frozenset(
    {"line.dns", "line.no_network", "line.proxy", "line.proxy_sign_in", "line.tls", "line.portal"}
)
"""Being offline is no trouble: nothing is to be done."""

CURES = {"line.wrong_channel": "line.wrong_channel_cure"}
"""What to do, where the job keeps only what happened."""

KINDS = {
    "waiting": "neutral",
    "sending": "info",
    "unknown": "warning",
    "done": "good",
    "action_needed": "error",
    "refused": "error",
    "cancelled": "neutral",
}
"""State of a job → kind of its badge."""


class MenuAct(StrEnum):
    """What can be done with a publishing job."""

    CONFIRM = "confirm"
    NOW = "now"
    AGAIN = "again"
    RETRY = "retry"
    CANCEL = "cancel"
    SIGN_IN = "sign_in"
    MENUS = "menus"
    DETAILS = "details"


def name_of(job: PublishingJob) -> str:
    """What was pressed."""
    return t(f"publishing_page.job.{job.kind}")


def badge(job: PublishingJob) -> tuple[str, str]:
    """The state in words and the badge's kind."""
    if needs_press(job):
        return t("publishing_page.job_state.unconfirmed"), "warning"
    if left_out(job):
        return t("publishing_page.job_state.partly"), "warning"
    if job.state == "waiting" and job.error is not None:
        offline = job.error.key in OFFLINE_REASONS
        state = "offline" if offline else "retry"
        return t(f"publishing_page.job_state.{state}"), "neutral" if offline else "warning"
    return t(f"publishing_page.job_state.{job.state}"), KINDS[job.state]


def needs_press(job: PublishingJob) -> bool:
    """Whether it waits for one more press, after a restart."""
    return job.state in ("waiting", "unknown") and not job.confirmed


def left_out(job: PublishingJob) -> bool:
    """Whether it is done but for people whom LINE refused."""
    return job.state == "done" and job.error is not None


def is_serious(job: PublishingJob) -> bool:
    """Whether somebody has to act."""
    return job.state in ("action_needed", "refused")


def needs_owner(job: PublishingJob) -> bool:
    """Whether it wants something of the owner."""
    return needs_press(job) or is_serious(job)


def is_open(job: PublishingJob) -> bool:
    """Whether it is not at its end."""
    return job.state in ("waiting", "sending", "unknown", "action_needed")


def wrong(job: PublishingJob) -> Message | None:
    """What is wrong and what to do; None where the badge says enough."""
    if job.error is None or (job.state == "waiting" and job.error.key in OFFLINE_REASONS):
        return None
    if job.error.key == "line.sign_in_again":
        return message("publishing_page.sign_in")
    cure = CURES.get(job.error.key)
    return job.error if cure is None else message("outbox_page.with_cure", text=job.error, cure=message(cure))


def trouble(job: PublishingJob) -> str:
    """The same in the language in use; "" for nothing."""
    found = wrong(job)
    # LINE's codes are long words; they may be broken at their underscores.
    return "" if found is None else render(found).replace("_", "_\u200b")


def share(job: PublishingJob) -> float | None:
    """How full the bar is; None where words stand in its place."""
    if trouble(job):
        return None
    return 1.0 if job.state == "done" else job.done / max(job.requests, 1)


def bar_kind(job: PublishingJob) -> str:
    """The bar's colour."""
    return "warning" if job.state in ("waiting", "unknown") else "accent"


def acts(job: PublishingJob) -> tuple[MenuAct, ...]:
    """Everything that can be done, the likeliest first; the details are always last."""
    found: list[MenuAct] = []
    if needs_press(job):
        found = [MenuAct.CONFIRM, MenuAct.CANCEL]
    elif job.state == "action_needed":
        sign_in = job.error is not None and job.error.key in SIGN_IN_MESSAGES
        found = [MenuAct.SIGN_IN, MenuAct.RETRY] if sign_in else [MenuAct.RETRY]
        found += [MenuAct.CANCEL]
    elif job.state in ("waiting", "unknown"):
        found = [MenuAct.CANCEL, MenuAct.RETRY]
    elif job.state == "sending":
        found = [MenuAct.CANCEL]
    elif job.state == "done":
        found = [MenuAct.AGAIN, MenuAct.MENUS] if left_out(job) else [MenuAct.MENUS]
    return (*found, MenuAct.DETAILS)


def act_label(act: MenuAct) -> str:
    """What a button or link for it says."""
    return t(f"publishing_page.act.{act}")
