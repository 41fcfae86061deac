"""What is particular to files of orders: a date and an amount that no name gives away, prices of one piece, and which amounts
are an order's and which an item's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.importer.columns.by_values import Assigned
from desktop.importer.columns.evidence import ColumnEvidence
from desktop.importer.columns.names import match_name
from desktop.importer.values.flags import order_counts

Columns = list[Assigned]

_UNPLACED = Assigned("ignore", confidence=0.5, why="no_place")
_UNIT = "unit"
_BY_VALUES = 0.45


def settle_orders(
    names: Sequence[str],
    evidence: Sequence[ColumnEvidence],
    assigned: Columns,
    cells: list[list[str]],
    fixed: set[int],
) -> Columns:
    """The columns of an orders file, completed by their values.

    Args:
        names: the columns' names, "" where there is none.
        evidence: what their values say.
        assigned: what names and values gave each column by itself.
        cells: the columns' cells among the rows looked at.
        fixed: places the owner decided.
    """
    open_places = [
        place for place, one in enumerate(assigned) if one.field == "ignore" and place not in fixed
    ]
    changed = list(assigned)
    if not any(names):
        _without_names(changed, evidence, open_places)
    _date(changed, names, evidence, open_places)
    _unit_price(changed, fixed)
    _money(changed, names, evidence, open_places)
    _states(changed, names, evidence, open_places)
    return _whose_amount(changed, cells, fixed)


_NOT_THE_ORDERS_DATE = re.compile(
    r"ship|deliver|arriv|approv|estimat|expect|due|expir|updat|modif|cancel|refund|return|birth|print|limit|last|first|"
    r"出貨|送達|到貨|到店|預計|預定|預約|取貨|取件|配送|寄|到期|截止|更新|修改|異動|取消|退|列印|生日|出生|最後|最近|首|発送|出荷|到着|お届け|更新|期限|誕生",
    re.IGNORECASE,
)
_MEMBERS_DATES = {"birthday", "joined_at", "friend_at", "bound_at", "first_order", "last_order"}


def is_order_date(name: str, values: ColumnEvidence) -> bool:
    """Whether a column may hold the days of orders, though its name does not say so."""
    if values.date < 0.8 or (values.birth_like and not name) or _NOT_THE_ORDERS_DATE.search(name):
        return False
    return not any(
        match.field in _MEMBERS_DATES and match.how in ("exact", "around") for match in match_name(name)
    )


def _date(
    columns: Columns, names: Sequence[str], evidence: Sequence[ColumnEvidence], places: list[int]
) -> None:
    """The first and fullest column of dates, where no name says which is the order's."""
    if any(one.field == "ordered_at" and not one.part for one in columns):
        return
    dated = [place for place in places if is_order_date(names[place], evidence[place])]
    if dated:
        fullest = max(dated, key=lambda place: (evidence[place].filled, -place))
        columns[fullest] = Assigned("ordered_at", "", _BY_VALUES, "values")


_NO_MONEY = re.compile(
    r"discount|profit|margin|tax|vat|freight|shipping|cost|cogs|rate|ratio|percent|point|coupon|balance|stock|rating|score|"
    r"weight|\bid\b|_id$|\bno\b|number|code|zip|postal|hour|\bday|week|dow|month|year|\bage\b|count|days|phone|rank|lat|lng|lon|"
    r"折|運費|稅|税|成本|毛利|利潤|點|ポイント|率|餘額|庫存|評分|重量|編號|代號|代碼|番号|コード|號碼|號|次數|時|月|年|日|送料|値引|割引|利益|原価|電話",
    re.IGNORECASE,
)


def is_money(name: str, values: ColumnEvidence) -> bool:
    """Whether a column holds amounts, though its name does not say so."""
    if values.number < 0.8 or values.date >= 0.5 or values.phone_strict >= 0.3 or _NO_MONEY.search(name):
        return False
    return not any(text[:1] == "0" and text[1:2].isdigit() for text in values.sample)


def has_decimals(values: ColumnEvidence) -> bool:
    """Whether amounts are written as money is: with decimals or a currency."""
    numbers = values.numbers
    return numbers.numbers > 0 and (numbers.marked + numbers.anglo + numbers.european) * 2 >= numbers.numbers


def _money(
    columns: Columns, names: Sequence[str], evidence: Sequence[ColumnEvidence], places: list[int]
) -> None:
    """The only column of money, where no name says which is the amount."""
    if any(one.field in ("amount", "item_amount") for one in columns):
        return
    found = [
        place
        for place in places
        if columns[place].field == "ignore" and is_money(names[place], evidence[place]) and names[place]
    ]
    written = [place for place in found if has_decimals(evidence[place])]
    chosen = written or [place for place in found if not _counts_up(evidence[place])]
    if len(chosen) == 1:
        columns[chosen[0]] = Assigned("amount", "", _BY_VALUES, "values")


_MOST_STATES = 12
_LONGEST_STATE = 16
_NO_STATE = re.compile(
    r"原因|備註|說明|政策|條款|編號|方式|商品|品名|項目|note|reason|memo|policy|product|item|備考|理由|商品名|no$|id$",
    re.IGNORECASE,
)


def _states(
    columns: Columns, names: Sequence[str], evidence: Sequence[ColumnEvidence], places: list[int]
) -> None:
    """A column with few short words, one of which says that an order was cancelled or refunded, is a state of the order,
    whatever it is called: 発送状況, 取消区分, Event Type."""
    for place in places:
        values = evidence[place]
        if (
            columns[place].field != "ignore"
            or columns[place].why == "secret"
            or _NO_STATE.search(names[place])
        ):
            continue
        words = set(values.values)
        if (
            0 < len(words) <= _MOST_STATES
            and max(map(len, words)) <= _LONGEST_STATE
            and values.number < 0.5
            and any(not order_counts(word) for word in words)
        ):
            columns[place] = Assigned("status", "", _BY_VALUES, "values")


def _counts_up(values: ColumnEvidence) -> bool:
    """Whole numbers that grow from row to row: those of rows, orders or people."""
    numbers = [int(text) for text in values.values[:100] if text.strip().isdecimal()]
    return len(numbers) >= 3 and numbers == sorted(numbers) and len(set(numbers)) * 2 > len(numbers)


def _unit_price(columns: Columns, fixed: set[int]) -> None:
    """A price of one piece counts only where nothing better tells an amount; then it is multiplied by the quantity."""
    units = [place for place, one in enumerate(columns) if one.part == _UNIT]
    better = any(
        one.field in ("amount", "item_amount")
        for place, one in enumerate(columns)
        if one.part != _UNIT and (one.confidence >= 0.5 or place in fixed)
    )
    counted = any(one.field == "quantity" for one in columns)
    for place in units:
        if better or place != units[0]:
            columns[place] = _UNPLACED
        elif not counted:
            columns[place] = columns[place]._replace(field="amount", part="")


def _without_names(columns: Columns, evidence: Sequence[ColumnEvidence], places: list[int]) -> None:
    """A table without a header: the buyer's number, how many, and the amount, by the looks of their values."""
    free = [place for place in places if evidence[place].sample]
    money = [place for place in free if is_money("", evidence[place]) and has_decimals(evidence[place])]
    if money:
        columns[money[-1]] = Assigned("amount", "", _BY_VALUES, "values")
        before = money[-1] - 1
        if before in free and _is_small_count(evidence[before]):
            columns[before] = Assigned("quantity", "", _BY_VALUES, "values")
    if not any(one.field == "member_no" for one in columns):
        numbered = [
            place
            for place in free
            if columns[place].field == "ignore" and is_number_of_somebody(evidence[place])
        ]
        repeated = [place for place in numbered if evidence[place].distinct < len(evidence[place].values)]
        if numbered:
            columns[(repeated or numbered)[0]] = Assigned("member_no", "", _BY_VALUES, "values")


def _is_small_count(values: ColumnEvidence) -> bool:
    return all(text.lstrip("-").isdecimal() and len(text) <= 4 for text in values.sample)


def is_number_of_somebody(values: ColumnEvidence) -> bool:
    """Codes of three signs or more that are neither dates nor amounts: 00001, W00231."""
    return (
        bool(values.sample)
        and values.date < 0.3
        and values.code >= 0.95
        and min(map(len, values.sample)) >= 3
    )


def _whose_amount(columns: Columns, cells: list[list[str]], fixed: set[int]) -> Columns:
    """Which amounts are an order's and which an item's, from files with a row for each item.

    The only amount is the item's if it differs between the rows of one order. A subtotal that only the first row of
    each order has is the order's, not that item's.
    """
    place = {one.field: index for index, one in enumerate(columns) if not one.part}
    changed = list(columns)
    if {"amount", "item_amount"} <= place.keys() and not {"item", "quantity"} & place.keys():
        # A subtotal beside a total where nothing tells of items.
        index = place["item_amount"]
        changed[index] = columns[index] if index in fixed else _UNPLACED
        return changed
    if "order_no" not in place:
        return columns
    numbers = cells[place["order_no"]]
    if "item_amount" in place:
        index = place["item_amount"]
        several = _by_order(numbers, cells[index])
        first_only = sum(bool(found[0]) and not any(found[1:]) for found in several)
        if index not in fixed and several and first_only == len(several):
            changed[index] = _UNPLACED
    elif "amount" in place and place["amount"] not in fixed:
        index = place["amount"]
        several = [list(filter(None, found)) for found in _by_order(numbers, cells[index])]
        differing = sum(len(set(found)) > 1 for found in several)
        if differing * 2 > len(several):
            changed[index] = changed[index]._replace(field="item_amount")
    return changed


def _by_order(numbers: list[str], amounts: list[str]) -> list[list[str]]:
    """The amounts of each order that has several rows."""
    orders: dict[str, list[str]] = {}
    for number, amount in zip(numbers, amounts, strict=True):
        if number.strip():
            orders.setdefault(number.strip(), []).append(amount.strip())
    return [found for found in orders.values() if len(found) > 1]
