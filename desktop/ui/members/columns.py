"""The columns of the list: their titles, what stands in them, how the list is sorted by them, and the sentence
that is read out for a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.store.people import MemberRow
from desktop.text import t
from desktop.ui import i18n


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        id: its name; the title is the text ``members.column.<id>``.
        sort: the field of condition_sql.SORTABLE it sorts by, or (``extra``) the extra column's name.
        width: pixels at 100 % text size.
        text: what stands in the cell.
        right: numbers stand at the right.
        down_first: a first click on the header sorts downwards (the newest, the most).
        shown: whether it is there until the owner chooses otherwise.
        muted: in grey.
        extra: whether this is a column of the shop's own; its title is its name.
    """

    id: str
    sort: str
    width: int
    text: Callable[[MemberRow], str]
    right: bool = False
    down_first: bool = False
    shown: bool = True
    muted: bool = False
    extra: bool = False

    @property
    def title(self) -> str:
        """The column's name in the language in use."""
        if self.extra:
            return self.sort
        return t(f"members.column.{self.id}")


def shown_name(row: MemberRow) -> str:
    """The person's name, or else the one she has at LINE."""
    return row.name or row.line_name or ""


def line_state(row: MemberRow) -> str:
    """How the person stands with LINE, the most important thing first: off, blocked, gone, bound, friend or unbound."""
    if row.do_not_send:
        return "off"
    if row.blocked:
        return "blocked"
    if row.line_user_id is None:
        return "unbound"
    if row.friend == 0:
        return "gone"
    return "bound" if row.shop_member else "friend"


def _tags(row: MemberRow) -> str:
    return t("members.list_separator").join(name for _, name, _ in row.tags)


def _count(value: float | int | None) -> str:
    return "" if value is None else i18n.number(value)


def _gender(row: MemberRow) -> str:
    return t(f"query.value.{row.gender}") if row.gender in ("male", "female", "other") else row.gender or ""


def _note(row: MemberRow) -> str:
    return " ".join((row.note or "").split())


EXTRA = "extra:"
"""What the id of a shop's own column begins with."""


def extra_column(name: str) -> Column:
    """A column of the shop's own, which files brought."""

    def text(row: MemberRow) -> str:
        value = (row.extra or {}).get(name)
        return "" if value is None else str(value)

    return Column(f"{EXTRA}{name}", name, 90, text, shown=False, extra=True)


COLUMNS = (
    Column("name", "name", 60, shown_name),
    Column("member_no", "member_no", 70, lambda row: row.member_no or "", muted=True),
    Column("phone", "phone", 100, lambda row: i18n.phone(row.phone)),
    Column("store", "store", 58, lambda row: row.store or ""),
    Column("tags", "tag_count", 180, _tags, down_first=True),
    Column("last_order", "last_order", 88, lambda row: i18n.date(row.last_order), down_first=True),
    Column("orders", "orders", 46, lambda row: _count(row.orders), right=True, down_first=True),
    Column("total", "total", 72, lambda row: i18n.money(row.total), right=True, down_first=True),
    Column("line", "bound", 76, lambda row: t(f"members.line.{line_state(row)}"), down_first=True),
    Column("level", "level", 66, lambda row: row.level or "", shown=False),
    Column("email", "email", 150, lambda row: row.email or "", shown=False, muted=True),
    Column("joined_at", "joined_at", 88, lambda row: i18n.date(row.joined_at), shown=False, down_first=True),
    Column("friend_at", "friend_at", 88, lambda row: i18n.date(row.friend_at), shown=False, down_first=True),
    Column("bound_at", "bound_at", 88, lambda row: i18n.date(row.bound_at), shown=False, down_first=True),
    Column(
        "first_order", "first_order", 88, lambda row: i18n.date(row.first_order), shown=False, down_first=True
    ),
    Column("order_days", "order_days", 46, lambda row: _count(row.order_days), True, True, shown=False),
    Column("points", "points", 60, lambda row: _count(row.points), True, True, shown=False),
    Column("birthday", "birthday_month", 88, lambda row: i18n.date(row.birthday), shown=False),
    Column("gender", "gender", 46, _gender, shown=False),
    Column("source", "source", 80, lambda row: row.source or "", shown=False),
    Column("line_name", "line_name", 80, lambda row: row.line_name or "", shown=False),
    Column("note", "note", 150, _note, shown=False, muted=True),
)
"""All columns in their first order."""

PLACE = {column.id: place for place, column in enumerate(COLUMNS)}
"""Column id → its place in COLUMNS."""


def spoken(row: MemberRow, *, selected: bool) -> str:
    """A row as one sentence, for who listens to the list."""
    parts = [shown_name(row) or t("members.nameless")]
    if selected:
        parts.append(t("members.spoken.selected"))
    if row.tags:
        parts.append(t("members.spoken.tags", n=len(row.tags), tags=_tags(row)))
    parts.append(t("members.spoken.line", state=t(f"members.line.{line_state(row)}")))
    for column in ("last_order", "orders", "total", "phone", "member_no", "store"):
        text = COLUMNS[PLACE[column]].text(row)
        if text:
            parts.append(t(f"members.spoken.{column}", value=text))
    return t("members.spoken.separator").join(parts)
