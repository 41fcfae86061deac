"""Ready-made conditions that owners come back to, in the words of their own shop: its tags, its repurchase cycle, what it sells.
Only those are offered that make sense for the data the shop has."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.message import Message, message
from desktop.core.people.condition import And, Condition, Not, Op, Or, Term
from desktop.operations.audiences.audiences import condition_of
from desktop.store.condition_sql import count
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Template:
    """A ready-made audience.

    Args:
        id: stays the same whatever the shop, e.g. ``sleeping``.
        title: what it is called; also the name it is suggested to be saved under.
        hint: one line on what it is good for, or why it holds nobody now.
        query: its condition as query text.
        list_only: nobody in it can be reached by LINE: it is a list to call or mail, never uploaded.
    """

    id: str
    title: Message
    hint: Message
    query: str
    list_only: bool = False


def templates(db: Database) -> tuple[Template, ...]:
    """The templates that fit the shop's data, the usual ones first. Cheap: nothing is counted; :func:`holds` does that."""
    return (
        Template(
            "birthday",
            message("audience_templates.birthday"),
            message("audience_templates.birthday.hint"),
            "birthday_month:this_month",
        ),
        Template(
            "not_bound",
            message("audience_templates.not_bound"),
            message("audience_templates.not_bound.hint"),
            "shop_member:yes bound:no",
            list_only=True,
        ),
    )


def holds(db: Database, template: Template) -> int:
    """How many people a template holds now; one count, to be asked one by one in a job that may be dropped."""
    return count(db, condition_of(db, template.query))


def is_list_only(condition: Condition) -> bool:
    """Whether nobody in a condition can ever be uploaded, because it asks for people without a LINE user ID or for such as
    must not be sent to: then it is a list to call or mail."""
    if isinstance(condition, And):
        if {Term("shop_member", Op.HAS, "yes"), Term("bound", Op.HAS, "no")} <= set(condition.parts):
            return True
        return any(is_list_only(part) for part in condition.parts)
    if isinstance(condition, Or):
        return bool(condition.parts) and all(is_list_only(part) for part in condition.parts)
    if isinstance(condition, Not):
        part = condition.part
        return isinstance(part, Term) and (part.field, part.op, part.value) in _NEEDED
    return isinstance(condition, Term) and (condition.field, condition.op, condition.value) in _SHUT_OUT


_SHUT_OUT = {
    ("line_user_id", Op.NONE, None),
    ("uploadable", Op.HAS, "no"),
    ("reachable", Op.HAS, "no"),
    ("do_not_send", Op.HAS, "yes"),
    ("blocked", Op.HAS, "yes"),
    ("consent", Op.HAS, "no"),
}
_NEEDED = {("line_user_id", Op.ANY, None), ("uploadable", Op.HAS, "yes"), ("do_not_send", Op.HAS, "no")}
