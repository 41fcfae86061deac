"""What counts as an order: cancelled and fully refunded ones do not, neither as an order nor as revenue."""

from __future__ import annotations

import unicodedata

_PARTLY = ("部分", "部份", "一部", "partial", "partly")
_NOT_COUNTING = (
    "取消", "作廢", "退款", "退貨", "退單", "無效", "失效", "棄單", "付款失敗",
    "cancel", "refund", "void", "returned", "failed", "expired",
    "キャンセル", "返金", "返品", "無効",
)  # fmt: skip
_NOT_YET = ("未取消", "未退", "無退", "退款中", "退貨中", "申請", "拒絕", "駁回", "not refunded", "no refund")


def counts(statuses: list[str], amount: float | None) -> bool:
    """Whether an order counts.

    Args:
        statuses: what the export says of the order, e.g. of its items; one cancelled state among several decides, unless it
            is about a part of the order only.
        amount: the order's amount; a negative one is a return, an amount of 0 counts.
    """
    if amount is not None and amount < 0:
        return False
    return not any(_is_off(status) for status in statuses)


def _is_off(status: str) -> bool:
    folded = unicodedata.normalize("NFKC", status).casefold()
    if any(word in folded for word in _PARTLY) or any(word in folded for word in _NOT_YET):
        return False
    return any(word in folded for word in _NOT_COUNTING)
