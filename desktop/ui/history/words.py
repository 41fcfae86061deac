"""Steps and changes in words: the state of a step, the names of fields, values as people write them, what happened to one
person in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from desktop.core.people.fields import FIELDS, FieldKind
from desktop.core.people.query_text import parse
from desktop.store.member_page.editing import EXTRA
from desktop.store.undo.contents import FieldChange, PersonChange, ThingChange
from desktop.store.undo.step_list import ListedStep
from desktop.text import render, t
from desktop.ui import i18n

OTHER_FIELDS = (
    "friend_checked_at", "stated_orders", "stated_total", "stated_first_order", "stated_last_order",
    "order_no", "amount", "status", "counts", "person_id", "kind", "meaning", "colour", "grp", "pinned",
    "expires_after", "query", "takes_off", "after_imports",
)  # fmt: skip
"""Fields that steps change and conditions cannot ask for."""

_YES_NO = ("consent", "blocked", "do_not_send", "friend", "counts", "takes_off", "after_imports")
_MONEY = ("total", "amount", "stated_total")
NAMED = 12
"""Names that stand side by side."""

STATES = {"undone": "neutral", "listed": "info", "old": "neutral"}
"""States of a step that are worth a badge, and its kind; a done step needs none."""


def state_of(step: ListedStep) -> str:
    """The state in a word, "" for a step that simply stands."""
    return t(f"history_page.state.{step.fate}") if step.fate in STATES else ""


def why_not(step: ListedStep) -> str:
    """Why a step cannot be undone, "" if it can (or is undone already)."""
    if step.fate == "old":
        return t("history_page.why.old")
    if step.fate == "listed":
        return t("history_page.why.erased" if step.kind == "erase" else "history_page.why.sent")
    return ""


def spoken(step: ListedStep) -> str:
    """A step as a sentence."""
    parts = [i18n.moment(step.at), render(step.title), state_of(step)]
    return t("members.spoken.separator").join(part for part in parts if part)


def field_name(name: str) -> str | None:
    """What a field is called; None for one that says nothing to people."""
    if name.startswith(EXTRA):
        return name.removeprefix(EXTRA)
    if name in FIELDS:
        return t(f"query.field.{name}")
    return t(f"history_page.field.{name}") if name in OTHER_FIELDS else None


def value(name: str, what: Any) -> str:
    """A value of a field as people write it; "" for nothing."""
    if what is None or what == "":
        return ""
    if name == "phone":
        return i18n.phone(str(what))
    if name in _YES_NO:
        return t("query.value.yes") if what else t("query.value.no")
    if name == "gender" and what in ("male", "female", "other"):
        return t(f"query.value.{what}")
    if name in _MONEY and isinstance(what, int | float):
        return i18n.money(what)
    if name in FIELDS and FIELDS[name].kind in (FieldKind.DATE, FieldKind.BIRTHDAY):
        return i18n.date(str(what))
    if name == "query":
        from desktop.ui.audiences.conditions.words import summary

        return summary(parse(str(what), extra_columns=None))
    return i18n.number(what) if isinstance(what, int | float) else str(what)


def changed_fields(fields: Iterable[FieldChange]) -> list[str]:
    """Each field before and after: 「電話 0912… → 0933…」."""
    blank = t("history_page.blank")
    return [
        t(
            "history_page.change",
            field=field_name(one.field),
            before=value(one.field, one.before) or blank,
            after=value(one.field, one.after) or blank,
        )
        for one in fields
        if field_name(one.field) is not None
    ]


def person_name(one: PersonChange) -> str:
    """Her name, else her number, else that she has none."""
    return one.name or one.member_no or t("members.nameless")


def person_parts(one: PersonChange) -> list[str]:
    """What happened to a person, in parts."""
    parts = []
    if one.what == "merged":
        parts.append(t("history_page.merged_into", name=one.into or "?"))
    elif one.what != "changed":
        parts.append(t(f"history_page.person.{one.what}"))
    parts += changed_fields(one.fields)
    parts += [t("history_page.tag_on", tag=tag) for tag in one.tags_on]
    parts += [t("history_page.tag_off", tag=tag) for tag in one.tags_off]
    if one.orders:
        parts.append(t("history_page.orders", n=one.orders))
    parts += [t("history_page.given_back", field=field_name(name) or name) for name in one.given_back]
    return parts or [t("history_page.touched")]


def things(all_of_them: Sequence[ThingChange]) -> list[str]:
    """What happened to tags, audiences, rules and orders of unknown buyers, a line each; those that only came or went stand
    together."""
    lines = []
    grouped: dict[tuple[str, str], list[str]] = {}
    for thing in all_of_them:
        if thing.fields:
            lines.append(t("history_page.separator").join([_thing(thing), *changed_fields(thing.fields)]))
        else:
            grouped.setdefault((thing.what, thing.table), []).append(thing.name or "?")
    for (what, table), names in grouped.items():
        shown = t("members.list_separator").join(names[:NAMED])
        if len(names) > NAMED:
            shown = t("history_page.and_more", names=shown, n=len(names) - NAMED)
        lines.append(t(f"history_page.things.{what}", what=t(f"history_page.table.{table}"), names=shown))
    return lines


def _thing(thing: ThingChange) -> str:
    table = t(f"history_page.table.{thing.table}")
    return t("history_page.thing_changed", what=table, name=thing.name or "?")
