"""What is said of a column: the name of its field, its values as the owner reads them, and in what state it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.importer.checking.report import Report
from desktop.importer.recipe import Column, Recipe, fields_for
from desktop.text import t
from desktop.ui import i18n

GROUP_NAMES = {
    "who": ("member_no", "name", "phone", "email", "line_user_id"),
    "order": ("order_no", "ordered_at", "amount", "item", "quantity", "item_amount", "refund", "status"),
    "about": ("tags", "level", "birthday", "gender", "store", "source", "points", "note", "joined_at"),
    "line": ("consent", "blocked", "do_not_send", "friend_at", "bound_at"),
    "bought": ("orders", "total", "first_order", "last_order"),
    "talk": ("sender_type", "sent_at", "message"),
    "else": ("extra", "ignore"),
}
"""The fields as the list of them shows them, in groups."""

UNUSED = ("ignore", "extra")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_SHOWN_TAGS = 3
_SURE = 0.8


def groups_for(kind: str) -> list[tuple[str, list[str]]]:
    """The groups of fields that a column of such a file may be given; none is empty."""
    known = {*fields_for(kind), *UNUSED}
    found = [(group, [field for field in fields if field in known]) for group, fields in GROUP_NAMES.items()]
    return [(group, fields) for group, fields in found if fields]


def field_name(column: Column) -> str:
    """The field of a column as its button says it; of tags also what stands between them."""
    name = t(f"importing.field.{column.field}")
    if column.field == "tags" and column.form.separators:
        several = [one for one in column.samples if isinstance(one.after, tuple) and len(one.after) > 1]
        sign = next((sign for sign in column.form.separators if several and sign in several[0].before), "")
        if sign.strip():
            return t("import_page.field_separated", field=name, sign=sign)
    return name


def shown_value(value: Any, column: Column) -> str:
    """A stored value as the owner reads it."""
    if value is None or value == "":
        return "—"
    if column.field == "phone":
        return i18n.phone(str(value))
    if column.field == "gender":
        return t(f"importing.gender.{value}")
    if isinstance(value, bool):
        return t("import_page.yes" if value else "import_page.no")
    if isinstance(value, int | float) and column.field != "member_no":
        return i18n.number(value)
    if isinstance(value, list | tuple):
        more = len(value) - _SHOWN_TAGS
        return "、".join(str(one) for one in value[:_SHOWN_TAGS]) + (f" +{more}" if more > 0 else "")
    text = str(value)
    return text.replace("T", " ").removesuffix(":00") if _MOMENT.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class ColumnState:
    """What is said at the end of a column's line, and in which colour of the theme."""

    text: str
    role: str


def state_of(column: Column, report: Report | None, bad: int, chosen: Collection[str]) -> ColumnState:
    """In what state a column is, with ``bad`` unusable cells. ``chosen`` are those whose field the owner gave just now."""
    if bad:
        return ColumnState(t("import_page.column_problems", n=bad), "warning")
    if column.field in UNUSED:
        return ColumnState(why(column, chosen), "muted")
    if not is_sure(column):
        return ColumnState(t("import_page.guess", why=why(column, chosen)), "warning")
    mended = repairs_of(column.name, report)
    if mended:
        first = mended[0]
        text = t(f"importing.repair.{first.kind}", n=first.count)
        if len(mended) > 1:
            text = t("import_page.and_more", what=text, n=len(mended) - 1)
        return ColumnState(t("import_page.sure", why=text), "good")
    return ColumnState(t("import_page.sure", why=why(column, chosen)), "good")


def is_sure(column: Column) -> bool:
    """Whether the field of a column is more than a guess."""
    return column.why in ("name", "both", "owner") or column.confidence >= _SURE


def why(column: Column, chosen: Collection[str]) -> str:
    """Where the field of a column comes from."""
    if column.why == "owner" and column.name not in chosen:
        return t("import_page.as_last_time")
    return t(f"importing.why.{column.why}")


def repairs_of(name: str, report: Report | None) -> Sequence[Any]:
    """What was mended in a column, the most first."""
    found = [one for one in report.repairs if one.column == name] if report else []
    return sorted(found, key=lambda one: -one.count)


def telling(recipe: Recipe) -> int:
    """How many columns fill a field."""
    return sum(column.field not in UNUSED for column in recipe.columns)
