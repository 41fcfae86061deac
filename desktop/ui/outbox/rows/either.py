"""What a row of the outbox says, whether it is the upload of an audience, a publication of rich menus, or one that waits for its
press."""

from __future__ import annotations

from typing import TypeAlias

from desktop.store.outbox import UploadJob
from desktop.store.publishing.jobs import PublishingJob
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.outbox import states
from desktop.ui.outbox.rows.prepared_row import PreparedRow
from desktop.ui.outbox.states import Act, Beside
from desktop.ui.publishing import states as menu_states
from desktop.ui.publishing.states import MenuAct

Row: TypeAlias = UploadJob | PublishingJob | PreparedRow

LINK_ACTS = frozenset({"broadcast", "renew", "sign_in", "confirm", "retry", "now", "again"})
"""Acts that are shown as links: the others are quiet."""


def key_of(row: Row) -> tuple[str, int | str]:
    """What finds the row again when the list was read anew."""
    if isinstance(row, PreparedRow):
        return ("prepared", row.key)
    return ("menus" if isinstance(row, PublishingJob) else "upload", row.id)


def name(row: Row) -> str:
    """The audience, or what was or would be pressed about the menus."""
    if isinstance(row, PreparedRow):
        return row.name
    return menu_states.name_of(row) if isinstance(row, PublishingJob) else row.audience


def people(row: Row) -> str:
    """How many people a list holds: with a plus where it is added to what is there, a dash where it holds nobody."""
    if isinstance(row, PreparedRow):
        return i18n.number(row.prepared.people) if row.prepared.people else "—"
    if isinstance(row, PublishingJob):
        return i18n.number(row.people) if row.people else "—"
    if row.kind == "delete":
        return "—"
    count = i18n.number(row.ids)
    return f"+{count}" if row.kind == "add" else count


def line_id(row: Row) -> str:
    """The audience's number at LINE."""
    return str(row.audience_group_id or "—") if isinstance(row, UploadJob) else "—"


def time(row: Row) -> str:
    """When it was pressed, or the day it is about."""
    return row.day if isinstance(row, PreparedRow) else i18n.moment(row.pressed_at)


def badge(row: Row, beside: Beside) -> tuple[str, str]:
    """The state in words and the badge's kind."""
    if isinstance(row, PreparedRow):
        return t("publishing_page.job_state.unconfirmed"), "warning"
    return menu_states.badge(row) if isinstance(row, PublishingJob) else states.badge(row, beside=beside)


def share(row: Row, sent: float) -> float | None:
    """How full the bar is; None where words stand in its place."""
    if isinstance(row, PreparedRow):
        return None
    return menu_states.share(row) if isinstance(row, PublishingJob) else states.share(row, sent)


def bar_kind(row: Row) -> str:
    """The bar's colour."""
    if isinstance(row, PreparedRow):
        return "warning"
    return menu_states.bar_kind(row) if isinstance(row, PublishingJob) else states.bar_kind(row)


def is_serious(row: Row) -> bool:
    """Whether somebody has to act."""
    if isinstance(row, PreparedRow):
        return False
    return menu_states.is_serious(row) if isinstance(row, PublishingJob) else states.is_serious(row)


def counts_down(row: Row) -> bool:
    """Whether the badge shows a wait that runs."""
    return isinstance(row, UploadJob) and states.counts_down(row)


def needs_owner(row: Row, beside: Beside) -> bool:
    """Whether it wants something of the owner."""
    if isinstance(row, PreparedRow):
        return True
    return menu_states.needs_owner(row) if isinstance(row, PublishingJob) else states.needs_owner(row, beside)


def acts(row: Row, beside: Beside) -> tuple[Act | MenuAct, ...]:
    """Everything that can be done, the likeliest first; the details, where there are any, are last."""
    if isinstance(row, PreparedRow):
        return row.acts
    return menu_states.acts(row) if isinstance(row, PublishingJob) else states.acts(row, beside)


def act_label(act: Act | MenuAct) -> str:
    """What a button or link for it says."""
    return menu_states.act_label(act) if isinstance(act, MenuAct) else states.act_label(act)


def words(row: Row, beside: Beside) -> str:
    """What stands in the place of the bar: what is wrong, or what the owner might wonder about; "" for the bar."""
    if isinstance(row, PreparedRow):
        return row.words
    if isinstance(row, PublishingJob):
        return menu_states.trouble(row)
    wrong = states.trouble(row)
    if wrong or row.state != "ready" or beside.over:
        return wrong
    if beside.old_there:
        return t("outbox_page.row.old_there")
    if beside.sent_on is not None:
        return t("outbox_page.row.sent_on", day=i18n.date(beside.sent_on))
    fewer = states.fewer_at_line(row)
    return t("outbox_page.row.fewer", n=row.line_count or 0, fewer=fewer) if fewer else ""


def spoken(row: Row, state: str, beside: Beside) -> str:
    """A row as a sentence."""
    when = time(row)
    if isinstance(row, UploadJob):
        said = t("outbox_page.spoken", audience=row.audience, n=row.ids, state=state, time=when)
    else:
        number = row.prepared.people if isinstance(row, PreparedRow) else row.people
        said = t("publishing_page.spoken", name=name(row), n=number, state=state, time=when)
    return f"{said} {words(row, beside)}".strip()
