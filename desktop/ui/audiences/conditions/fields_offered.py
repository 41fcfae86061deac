"""The fields a line can ask, as a list to type in: grouped by what they are about, found by their name in any language."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.core.people.fields import FIELDS
from desktop.core.people.sentences import ANYWHERE
from desktop.text import t
from desktop.ui.audiences.conditions.words import field_label
from desktop.ui.choosing.chooser import Choice, Chooser
from desktop.ui.page import page_of

AREAS: dict[str, tuple[str, ...]] = {
    "usual": ("tag", "last_order", "total", "orders", "nasl", "bound", "birthday_month"),
    "orders": ("first_order", "ordered_at", "order_days", "item", "order_store"),
    "person": (
        *("store", "level", "points", "gender", "birthday", "joined_at", "source", "name", "phone"),
        *("email", "member_no", "note", ANYWHERE, "tag_count"),
    ),
    "line": ("friend", "friend_at", "bound_at", "line_name", "consent", "blocked", "do_not_send", "shop_member"),
    "lists": ("audience", "import"),
}  # fmt: skip
"""What is offered under which heading; fields of the query language that are not named here stand under the last one."""

TEXT_KEY = "\0text"
EXTRA = "\0extra:"
ROWS = 10


def key_of(field: str, *, extra: bool) -> str:
    """How a field is named in the list."""
    return EXTRA + field if extra else field or "\0anywhere"


def field_of(key: str) -> tuple[str, bool]:
    """The field (and whether it is an extra column) of a key."""
    if key.startswith(EXTRA):
        return key.removeprefix(EXTRA), True
    return ("" if key == "\0anywhere" else key), False


def fields_offered(columns: Sequence[str], *, text: bool = False) -> list[Choice]:
    """All fields as choices.

    Args:
        columns: the shop's extra columns.
        text: whether a line of query text is offered too.
    """
    found: list[Choice] = []
    for area, fields in AREAS.items():
        if area == "lists":
            found += [_extra(name) for name in columns]
        found += [_field(name, area) for name in fields if name == ANYWHERE or name in FIELDS]
    named = {name for fields in AREAS.values() for name in fields}
    found += [_field(name, "others") for name in FIELDS if name not in named]
    if text:
        name = t("audiences_page.query_row")
        found.append(Choice(name, key=TEXT_KEY, group=t("builder.area.others"), words=("query", "text")))
    return found


def choose_field(
    anchor: QWidget, columns: Sequence[str], then: Callable[[str, bool], object], *, text: bool = False
) -> Chooser:
    """Let the owner choose a field under ``anchor``; ``then(field, extra)``, or (TEXT_KEY, False) for query text."""
    over = page_of(anchor) or anchor.window()
    chooser = Chooser(
        over,
        t("builder.choose_field"),
        fields_offered(columns, text=text),
        lambda key: then(*field_of(key)),
        free=False,
        once=True,
        rows=ROWS,
    )
    chooser.open_at(anchor)
    return chooser


def _field(name: str, area: str) -> Choice:
    words = (name, *FIELDS[name].words) if name in FIELDS else ()
    return Choice(
        field_label(name), key=key_of(name, extra=False), group=t(f"builder.area.{area}"), words=words
    )


def _extra(name: str) -> Choice:
    return Choice(name, key=key_of(name, extra=True), group=t("audiences_page.own_fields"))
