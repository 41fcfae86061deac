"""What LINE's audiences are called in plain words: their state, who made them, how they stand to the shop's own."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop.operations.line.audiences_at_line import LineAudience
from desktop.text import t
from desktop.ui import i18n

KNOWN_STATES = frozenset({"ready", "in_progress", "failed", "expired", "inactive", "activating"})
"""LINE's states in small letters, as their words are called."""

STATE_KINDS = {"READY": "good", "IN_PROGRESS": "info", "ACTIVATING": "info", "FAILED": "error"}
LINE_MAKERS = frozenset({"messaging_api", "oa_manager", "point_ad", "ad_manager"})
SOON_DAYS = 30
SECONDS_A_DAY = 86_400


def state(one: LineAudience) -> tuple[str, str]:
    """The badge of an audience: words and kind. What LINE adds one day is shown as it says it."""
    if one.gone_at is not None:
        return t("line_audiences.state.gone"), "neutral"
    if one.status.lower() in KNOWN_STATES:
        return t(f"line_audiences.state.{one.status.lower()}"), STATE_KINDS.get(one.status, "neutral")
    return (one.status or t("line_audiences.state.unseen")), "neutral"


def maker(one: LineAudience) -> str:
    """Who made it."""
    if one.upload_id is not None:
        return t("line_audiences.made_by.us")
    if one.made_by.lower() in LINE_MAKERS:
        return t(f"line_audiences.made_by.{one.made_by.lower()}")
    return one.made_by or "—"


def belongs_to(one: LineAudience) -> str:
    """How it stands to the shop's own audiences."""
    if one.role == "old":
        return t("line_audiences.old_of", audience=one.audience or one.name)
    if one.audience is None:
        return t("line_audiences.nobodys")
    return t(
        "line_audiences.adopted_of" if one.adopted else "line_audiences.current_of", audience=one.audience
    )


def days_left(one: LineAudience, now: datetime | None = None) -> int | None:
    """Whole days until it ends; None where LINE says nothing."""
    if not one.expires_at:
        return None
    left = (i18n.parse_instant(one.expires_at) - (now or datetime.now(UTC))).total_seconds()
    return int(left // SECONDS_A_DAY)


def expiry(one: LineAudience, now: datetime | None = None) -> tuple[str, str | None]:
    """When it ends, in words, and the theme's role for them."""
    days = days_left(one, now)
    if days is None or one.gone_at is not None:
        return "—", None
    if days < 0:
        return t("line_audiences.over"), "muted"
    if days < SOON_DAYS:
        return t("line_audiences.days_left", n=days), "warning"
    return i18n.date(one.expires_at), None


def spoken(one: LineAudience) -> str:
    """A row as a sentence."""
    return t(
        "line_audiences.spoken",
        name=one.name,
        n=one.count or 0,
        state=state(one)[0],
        maker=maker(one),
        belongs=belongs_to(one),
        expiry=expiry(one)[0],
    )
