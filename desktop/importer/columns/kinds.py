"""What kind of file a set of columns makes: members, orders, answers of a form, a chat log, or a bare list of user IDs."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.importer.columns.assignment import APPOINTMENT
from desktop.importer.columns.evidence import ColumnEvidence
from desktop.importer.columns.names import CHAT_HEADERS, FORM_TIME, match_name, name_key
from desktop.importer.columns.orders import has_decimals, is_money, is_number_of_somebody, is_order_date

_SOLD = {"amount", "item_amount", "item", "quantity", "unit_price"}
_TRAITS = {
    "birthday",
    "gender",
    "joined_at",
    "friend_at",
    "bound_at",
    "points",
    "orders",
    "last_order",
    "level",
    "tags",
    "total",
}
"""What only lists of people tell, two of them at least."""
_MONEY = {"amount", "item_amount", "unit_price"}
_ASKED = ("?", "？", "嗎", "ですか", "請問", "您")
_ASKING = ("哪", "什麼", "多少", "幾", "どの", "何")
_SHORTEST_QUESTION = 6
"""Characters from which on 哪, 什麼 or 多少 make a question; 多少錢 and 幾份 head columns of a handwritten list."""


def kind_of(names: Sequence[str], evidence: Sequence[ColumnEvidence]) -> str:
    """The kind of file.

    Args:
        names: the columns' names, "" where there is none.
        evidence: what their values say.
    """
    filled = [column for column in evidence if column.sample]
    if is_chat_log(names):
        return "chat_log"
    if len(filled) == 1 and filled[0].user_id >= 0.5:
        return "user_ids"
    if _is_form(names, evidence):
        return "form_answers"
    return "orders" if _is_orders(names, evidence) else "members"


def is_chat_log(names: Sequence[str]) -> bool:
    """Whether these are the headers of a chat log."""
    return sum(name.strip() in CHAT_HEADERS for name in names) >= 4


def _is_form(names: Sequence[str], evidence: Sequence[ColumnEvidence]) -> bool:
    if any(name_key(name) in FORM_TIME for name in names):
        return True
    first = next((column for column in evidence if column.sample), None)
    questions = sum(map(_is_question, names))
    return first is not None and first.date > 0.8 and questions >= 2


def _is_question(name: str) -> bool:
    if any(mark in name for mark in _ASKED):
        return True
    return len(name) >= _SHORTEST_QUESTION and any(mark in name for mark in _ASKING)


def _is_orders_without_names(evidence: Sequence[ColumnEvidence]) -> bool:
    """A table without a header: somebody's number, a day that is no birthday, and money."""
    worded = [one for one in evidence if one.number < 0.5]
    if any(
        max(one.gender, one.name, one.email) >= 0.6 or (one.date >= 0.8 and one.birth_like) for one in worded
    ):
        return False
    return (
        any(is_order_date("", one) for one in evidence)
        and any(is_money("", one) and has_decimals(one) for one in evidence)
        and any(map(is_number_of_somebody, evidence))
    )


def _is_orders(names: Sequence[str], evidence: Sequence[ColumnEvidence]) -> bool:
    if not any(names):
        return _is_orders_without_names(evidence)
    best: dict[str, float] = {}
    for name, column in zip(names, evidence, strict=True):
        for match in match_name(name):
            if match.how in ("exact", "around") or column.sample:
                best[match.field] = max(best.get(match.field, 0.0), match.score)
    sure = {field for field, score in best.items() if score >= 0.7}
    if _is_written_down(names, evidence):
        sure.discard("joined_at")
    if "order_no" in sure and (
        _SOLD & set(best) or {"ordered_at", "status"} & set(best) or _dated_and_priced(names, evidence)
    ):
        return True
    if len(_TRAITS & sure) >= 2:
        return False
    dated = "ordered_at" in sure or any(
        match.field == "ordered_at" and column.date > 0.7
        for name, column in zip(names, evidence, strict=True)
        for match in match_name(name)
    )
    sold = _SOLD & sure
    if not _MONEY & set(best) and _only_appointments(names, evidence):
        return False
    # 日期 and 金額 in a list that tells nothing else of people: what somebody bought that day.
    told = bool(sold) or "amount" in best
    return dated and (len(sold) >= 2 or (told and not _TRAITS & sure))


def _is_written_down(names: Sequence[str], evidence: Sequence[ColumnEvidence]) -> bool:
    """Whether the only day of joining may as well be the day an order was written down, beside another day of orders:
    建立時間 beside 預約日期."""
    told = [{match.field for match in match_name(name)} for name in names]
    joined = [fields for fields in told if "joined_at" in fields]
    return all("ordered_at" in fields for fields in joined) and any(
        "ordered_at" in fields and "joined_at" not in fields and values.date > 0.7
        for fields, values in zip(told, evidence, strict=True)
    )


def _only_appointments(names: Sequence[str], evidence: Sequence[ColumnEvidence]) -> bool:
    """Whether the only days that may be orders' are those of appointments: without money, a list of who comes when."""
    return all(
        APPOINTMENT.search(name)
        for name, values in zip(names, evidence, strict=True)
        if values.date > 0.7
        and any(match.field == "ordered_at" and match.how != "weak" for match in match_name(name))
    )


def _dated_and_priced(names: Sequence[str], evidence: Sequence[ColumnEvidence]) -> bool:
    """Beside numbers of orders: a column of days and one of amounts, whatever they are called."""
    both = list(zip(names, evidence, strict=True))
    return any(is_order_date(name, values) for name, values in both) and any(
        is_money(name, values) for name, values in both
    )
