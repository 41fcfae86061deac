"""What a sending's state is called, and what came of it."""

from __future__ import annotations

from desktop.store.line.sends import Send
from desktop.text import render, t

SEND_KINDS = {
    "draft": "neutral",
    "waiting": "warning",
    "sending": "info",
    "processing": "info",
    "sent": "good",
    "unknown": "warning",
    "action_needed": "error",
    "failed": "error",
    "refused": "error",
    "lost": "warning",
    "cancelled": "neutral",
}
"""State of a sending → kind of its badge."""

OPEN = frozenset({"waiting", "unknown", "action_needed"})
"""States the owner can still do something about."""


def badge(send: Send) -> tuple[str, str]:
    """The state in words and the badge's kind."""
    if send.state in ("waiting", "unknown") and not send.confirmed:
        return t("sending_page.state.unconfirmed"), "warning"
    return t(f"sending_page.state.{send.state}"), SEND_KINDS[send.state]


def outcome(send: Send) -> str:
    """What came of it in words: how many got it, or what is wrong; "" while there is nothing to say."""
    if send.error is not None:
        return render(send.error)
    if send.state == "sent" and send.success_count is not None:
        return t("sending_page.delivered", n=send.success_count, target=send.target_count or send.people)
    if send.state == "processing":
        return t("sending_page.under_way", n=send.people)
    return ""
