"""What the fields of two people look like beside each other."""

from __future__ import annotations

from typing import Any

from desktop.operations.people.merging import Comparison, Facts
from desktop.store.people_lifecycle.merge_rules import EXTRA
from desktop.text import t
from desktop.ui import i18n

TAGS, ORDERS = "tags", "orders"
_YES_NO = ("consent", "blocked", "do_not_send")
_DATES = ("friend_at", "joined_at", "bound_at")


def field_label(name: str) -> str:
    """What a field is called."""
    if name.startswith(EXTRA):
        return name.removeprefix(EXTRA)
    return t("duplicates.tags") if name == TAGS else t(f"query.field.{name}")


def shown(name: str, value: Any) -> str:
    """A field's value as people read it; "" where there is none."""
    if value in (None, ""):
        return ""
    if name in _YES_NO:
        return t("duplicates.yes") if value else t("duplicates.no")
    if name == "phone":
        return i18n.phone(value)
    if name == "gender" and value in ("male", "female", "other"):
        return t(f"query.value.{value}")
    if name == "birthday":
        return i18n.date(value) if str(value)[0] != "-" else str(value).lstrip("-").replace("-", "/")
    if name in _DATES:
        return i18n.date(str(value)[:10])
    if isinstance(value, int | float):
        return i18n.number(value)
    return " ".join(str(value).split())


def tags_shown(one: Facts) -> str:
    """Her tags by name."""
    return t("members.list_separator").join(name for _, name, _ in one.tags)


def orders_shown(one: Facts) -> str:
    """Her orders and their sum."""
    return t("duplicates.orders", n=one.orders, total=i18n.money(one.total)) if one.orders else ""


def name_of(one: Facts) -> str:
    """How she is called."""
    return one.name or t("duplicates.nameless")


def tags_after(comparison: Comparison) -> str:
    """The tags she has after merging, as far as they fit."""
    hers = list(comparison.keep.tags)
    known = {tag for tag, *_ in hers}
    room = max(0, comparison.limit - len(hers))
    coming = [one for one in comparison.gone.tags if one[0] not in known]
    return t("members.list_separator").join(name for _, name, _ in [*hers, *coming[:room]])
