"""The function that reads the cells of a column, chosen once from its field and its format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop.importer.columns.fields import DATE_FIELDS
from desktop.importer.formats.tables import UNCALCULATED
from desktop.importer.values.consents import (
    read_blocked,
    read_consent,
    read_refusal,
    read_stop,
    read_ticked_refusal,
    read_ticked_stop,
)
from desktop.importer.values.date_formats import DateFormat
from desktop.importer.values.dates import DateReader
from desktop.importer.values.flags import read_gender, read_yes_no
from desktop.importer.values.identifiers import read_email, read_key, read_user_id
from desktop.importer.values.money import PLAIN_NUMBER, read_count, read_number, read_size
from desktop.importer.values.outcome import BLANK, Outcome, unusable
from desktop.importer.values.phones import read_phone
from desktop.importer.values.tag_cells import tag_reader
from desktop.importer.values.text import EXCEL_ERRORS, read_note, read_text, read_whole, tidy

CellReader = Callable[[str], Outcome]
"""From a cell's text to what is kept of it."""


UNDECIDED = DateFormat()


@dataclass(frozen=True, slots=True)
class ColumnFormat:
    """How a column writes what is not clear by itself.

    Args:
        dates: the order of day, month and year.
        decimal: the decimal sign.
        separators: the signs between tags.
        holds: what an own column of the shop holds: ``number``, ``date``, ``yes_no`` or ``text``;
            ``ticks``: a column of yes and no with nothing but a few crosses.
        country: whose numbers a column of phones holds; None: the shop's.
    """

    dates: DateFormat = UNDECIDED
    decimal: str = "."
    separators: str = ""
    holds: str = "text"
    country: str | None = None


PLAIN = ColumnFormat()
"""The format of a column in which everything is clear by itself."""


def cell_reader(field: str, part: str, form: ColumnFormat, *, zone: str, country: str) -> CellReader:
    """The reader for a column.

    Args:
        field: the field it fills, or ``extra``.
        part: the part of the field (see ``assignment.PARTS``).
        form: the column's format.
        zone: the shop's time zone.
        country: the shop's country.
    """
    if form.holds == "ticks" and (part in ("refused", "channel") or field == "do_not_send"):
        return read_ticked_refusal if field == "consent" else read_ticked_stop
    if part in _PARTS:
        return _PARTS[part]
    if part == "left":
        return DateReader(form.dates, zone).read
    if part and part != "unit":
        return read_text
    if field in DATE_FIELDS:
        return DateReader(form.dates, zone, birthday=field == "birthday").read
    if field in FLAG_READERS:
        return FLAG_READERS[field]
    if field == "extra":
        return _extra_reader(form, zone)
    if field in ("points", "total", "amount", "item_amount", "quantity"):
        return partial(read_number, decimal=form.decimal)
    simple: dict[str, CellReader] = {
        "phone": partial(read_phone, country=form.country or country),
        "email": read_email,
        "line_user_id": read_user_id,
        "member_no": read_key,
        "order_no": read_key,
        "gender": read_gender,
        "orders": partial(read_count, decimal=form.decimal),
        "refund": partial(read_size, decimal=form.decimal),
        "tags": tag_reader(form.separators),
        "note": read_note,
        "message": read_whole,
        "sender_type": _read_sender,
    }
    return simple.get(field, read_text)


def read_cell(read: CellReader, text: str) -> Outcome:
    """What comes of a cell in any column: a formula without a result and an error of Excel are nothing to keep, in every
    column; all else is for the column's reader."""
    if text[:1] == UNCALCULATED:
        return unusable("formula_without_result")
    if "#" in text[:4] and tidy(text)[0].casefold() in EXCEL_ERRORS:
        return unusable("excel_error")
    return read(text)


def _extra_reader(form: ColumnFormat, zone: str) -> CellReader:
    """The reader of an own column, by what the whole column holds."""
    if form.holds == "number":
        return partial(_read_own_number, form.decimal)
    if form.holds == "date":
        return partial(_read_own_date, DateReader(form.dates, zone).read)
    return read_whole


def _read_own_number(decimal: str, text: str) -> Outcome:
    """A number of an own column; what is none stays text."""
    stripped = text.strip()
    if PLAIN_NUMBER.fullmatch(stripped):
        number = float(stripped)
        return Outcome(int(number) if number.is_integer() else number)
    whole = read_whole(text)
    if whole.value is None or str(whole.value)[:1] == "0":
        return whole
    read = read_number(text, decimal)
    return read if read.value is not None else whole


def _read_own_date(read: CellReader, text: str) -> Outcome:
    """A date of an own column; what is none stays text."""
    dated = read(text)
    return dated if dated.value is not None else read_whole(text)


def _read_cancelled(text: str) -> Outcome:
    """A time, a reason or a yes says that the order was cancelled; a no or nothing that it stands."""
    said = read_yes_no(text).value
    blank = read_text(text).value is None
    return BLANK if blank or said is False else Outcome("已取消")


_PARTS: dict[str, CellReader] = {
    "cancelled": _read_cancelled,
    "refused": read_refusal,
    "channel": read_refusal,
}

FLAG_READERS: dict[str, CellReader] = {
    "consent": read_consent,
    "blocked": read_blocked,
    "do_not_send": read_stop,
}
"""How the answers of a column of yes and no are read."""


def _read_sender(text: str) -> Outcome:
    word = text.strip().casefold()
    if word in ("user", "用戶", "使用者", "ユーザー", "friend"):
        return Outcome("user")
    return (
        Outcome("account")
        if word in ("account", "帳號", "官方帳號", "アカウント")
        else unusable("not_a_sender")
    )
