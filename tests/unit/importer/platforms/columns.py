"""The ways exports write a column, and beside each the truth: which field it is and what has to be kept of every cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.unit.importer.platforms.people import FIRST_LINES, LINES, PEOPLE, Line, Person

Write = Callable[[Any], str]
Truth = Callable[[Any], Any]


@dataclass(frozen=True)
class Col:
    """A column of an export: its name, its field, how a cell is written, and what is kept (None: not looked at)."""

    name: str
    field: str
    write: Write
    kept: Truth | None = None


@dataclass(frozen=True)
class Export:
    """One invented export: what it is called, its kind of file, its columns, and what it is about."""

    title: str
    kind: str
    cols: Sequence[Col]
    about: Sequence[Any] = PEOPLE
    header: bool = True
    country: str = "TW"
    asked: frozenset[str] = frozenset()


def person(one: Person | Line) -> Person:
    """Whom a row is about."""
    return one.sale.buyer if isinstance(one, Line) else one


def of(
    name: str, field: str, attribute: str, write: Callable[[Any], str] = str, keep: Truth | None = None
) -> Col:
    """A column of an attribute of the person."""

    def kept(one: Any) -> Any:
        value = getattr(person(one), attribute)
        return keep(value) if keep else (value or None)

    def written(one: Any) -> str:
        value = getattr(person(one), attribute)
        return "" if value is None else write(value)

    return Col(name, field, written, kept)


def filled(name: str, field: str, *values: str) -> Col:
    """A column of the same few texts again and again, which nobody looks at further."""
    return Col(
        name, field, lambda one: values[(one.sale.n if isinstance(one, Line) else one.n) % len(values)]
    )


def meant(name: str, field: str, *pairs: tuple[str, Any]) -> Col:
    """A column of these texts again and again, with what each has to become."""

    def place(one: Any) -> int:
        return (one.sale.n if isinstance(one, Line) else one.n) % len(pairs)

    return Col(name, field, lambda one: pairs[place(one)][0], lambda one: pairs[place(one)][1])


def counted(name: str, field: str, text: str = "{n}", truth: str | None = None) -> Col:
    """A column that is different on every row, such as ``A{n:04}``."""

    def number(one: Any) -> int:
        return LINES.index(one) + 1 if isinstance(one, Line) else one.n

    kept = None if truth is None else lambda one: truth.format(n=number(one))
    return Col(name, field, lambda one: text.format(n=number(one)), kept)


# --- people

PHONES: dict[str, Callable[[str], str]] = {
    "plain": lambda digits: "0" + digits,
    "dashes": lambda digits: f"0{digits[:3]}-{digits[3:6]}-{digits[6:]}",
    "dash": lambda digits: f"0{digits[:3]}-{digits[3:]}",
    "spaces": lambda digits: f"0{digits[:3]} {digits[3:6]} {digits[6:]}",
    "cut": lambda digits: digits,
    "+886": lambda digits: "+886" + digits,
    "+886 spaced": lambda digits: f"+886 {digits[:3]} {digits[3:6]} {digits[6:]}",
    "886": lambda digits: "886" + digits,
    "apostrophe": lambda digits: "'+886" + digits,
    "excel": lambda digits: f'="0{digits}"',
    "wide": lambda digits: "".join(chr(ord(digit) + 0xFEE0) for digit in "0" + digits),
}


def phone(name: str, style: str = "plain", field: str = "phone") -> Col:
    """The person's mobile number."""
    kept = (lambda one: person(one).phone) if field == "phone" else None
    return Col(name, field, lambda one: PHONES[style](person(one).phone[4:]), kept)


def other_phone(name: str, field: str, text: str = "0277{n:06}") -> Col:
    """A number that is not the person's own (an office, a recipient); different on every row."""
    return Col(name, field, lambda one: text.format(n=person(one).n * 137))


def name(title: str = "姓名", field: str = "name") -> Col:
    """The person's name."""
    return of(title, field, "zh") if field == "name" else Col(title, field, lambda one: person(one).zh)


def mail(title: str = "Email", field: str = "email") -> Col:
    """The person's e-mail address."""
    return of(title, field, "email")


def uid(title: str = "LINE UID") -> Col:
    """The person's LINE user ID; some have none."""
    return Col(
        title,
        "line_user_id",
        lambda one: person(one).uid if person(one).n % 4 else "",
        lambda one: person(one).uid if person(one).n % 4 else None,
    )


def gender(title: str = "性別", words: str = "男 女") -> Col:
    """Male and female in these words."""
    male, female = words.split()
    return of(title, "gender", "gender", lambda value: {"male": male, "female": female}.get(value, ""))


def yes_no(title: str, field: str, words: str = "是 否", attribute: str = "consent") -> Col:
    """A flag in these words."""
    yes, no = words.split()
    return of(title, field, attribute, lambda value: yes if value else no, lambda value: value)


def refusal(title: str, words: str = "是 否") -> Col:
    """A refusal in these words: who refused does not consent; of the others it says nothing."""
    yes, no = words.split()
    return Col(
        title,
        "consent",
        lambda one: no if person(one).consent else yes,
        lambda one: None if person(one).consent else False,
    )


def tags(title: str = "標籤", sign: str = ",") -> Col:
    """The person's tags in one cell."""
    return of(title, "tags", "tags", sign.join)


# --- dates, money


def roc(day: date) -> int:
    """The year of the Republic."""
    return day.year - 1911


def _half(moment: datetime, before: str, after: str) -> str:
    return f"{before if moment.hour < 12 else after} {(moment.hour - 1) % 12 + 1:02}:{moment:%M:%S}"


DAYS: dict[str, Callable[[Any], str]] = {
    "-": lambda day: f"{day:%Y-%m-%d}",
    "/": lambda day: f"{day:%Y/%m/%d}",
    "/short": lambda day: f"{day.year}/{day.month}/{day.day}",
    ".": lambda day: f"{day:%Y.%m.%d}",
    "compact": lambda day: f"{day:%Y%m%d}",
    "zh": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "ja": lambda day: f"{day.year}年{day.month:02}月{day.day:02}日",
    "dmy": lambda day: f"{day:%d/%m/%Y}",
    "d-m-y": lambda day: f"{day:%d-%m-%Y}",
    "mdy": lambda day: f"{day:%m/%d/%Y}",
    "named": lambda day: f"{day:%b} {day.day}, {day.year}",
    "named2": lambda day: f"{day.day} {day:%b} {day.year}",
    "roc/": lambda day: f"{roc(day)}/{day:%m/%d}",
    "roc.": lambda day: f"{roc(day)}.{day.month}.{day.day}",
    "roc compact": lambda day: f"{roc(day):03}{day:%m%d}",
    "roc zh": lambda day: f"民國{roc(day)}年{day.month}月{day.day}日",
    "serial": lambda day: str((date(day.year, day.month, day.day) - date(1899, 12, 30)).days),
    "era": lambda day: f"令和{day.year - 2018}年{day.month}月{day.day}日" if day.year > 2019 else (
        f"平成{day.year - 1988}年{day.month}月{day.day}日" if day >= date(1989, 1, 8) else f"昭和{day.year - 1925}年{day.month}月{day.day}日"
    ),
}  # fmt: skip
MOMENTS: dict[str, Callable[[datetime], str]] = {
    "-": lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}",
    "/": lambda moment: f"{moment:%Y/%m/%d %H:%M:%S}",
    "/half": lambda moment: f"{moment:%Y/%m/%d} {_half(moment, '上午', '下午')}",
    "/short half": lambda moment: f"{moment.year}/{moment.month}/{moment.day} {_half(moment, '上午', '下午')}",
    "ja half": lambda moment: f"{moment:%Y/%m/%d} {_half(moment, '午前', '午後')}",
    "am": lambda moment: f"{moment:%m/%d/%Y} {moment.hour % 12 or 12}:{moment:%M:%S} {'AM' if moment.hour < 12 else 'PM'}",
    "T+8": lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}+08:00",
    "+0800": lambda moment: f"{moment:%Y-%m-%d %H:%M:%S} +0800",
    "ja": lambda moment: f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}",
    "roc/": lambda moment: f"{roc(moment)}/{moment:%m/%d %H:%M:%S}",
    "dmy": lambda moment: f"{moment:%d/%m/%Y %H:%M:%S}",
    "mdy": lambda moment: f"{moment:%m/%d/%Y %H:%M:%S}",
}  # fmt: skip


def birth(title: str = "生日", style: str = "/", field: str = "birthday") -> Col:
    """The person's birthday."""
    return of(title, field, "birth", DAYS[style], lambda day: day and day.isoformat())


def day(title: str, field: str, style: str, attribute: str) -> Col:
    """A day of the person's, such as ``joined``."""
    return of(title, field, attribute, DAYS[style], lambda moment: moment and moment.date().isoformat())


def moment(title: str, field: str, style: str = "-", attribute: str = "joined") -> Col:
    """A moment of the person's."""
    return of(title, field, attribute, MOMENTS[style], lambda moment: moment and moment.isoformat())


MONEY: dict[str, Callable[[int], str]] = {
    "plain": str,
    "commas": lambda amount: f"{amount:,}",
    "NT$": lambda amount: f"NT${amount:,}",
    "$": lambda amount: f"${amount:,}",
    "元": lambda amount: f"{amount:,}元",
    "TWD": lambda amount: f"TWD {amount}.00",
    "decimals": lambda amount: f"{amount}.00",
    "¥": lambda amount: f"¥{amount:,}",
    "円": lambda amount: f"{amount:,}円",
}


def money(title: str, field: str, style: str = "plain", attribute: str = "total") -> Col:
    """An amount or a number of the person's."""
    return of(title, field, attribute, MONEY[style], lambda amount: amount)


# --- sales


def sold(
    title: str, field: str, read: Callable[[Line], Any], write: Callable[[Any], str] = str, *, first_only: bool = False,
    looked_at: bool = True,
) -> Col:  # fmt: skip
    """A column of a sale's line; ``first_only``: blank but on the first line of each sale."""

    def hidden(line: Line) -> bool:
        return first_only and not line.first

    return Col(
        title,
        field,
        lambda line: "" if hidden(line) else write(read(line)),
        (lambda line: None if hidden(line) else read(line)) if looked_at else None,
    )


def sold_at(title: str, style: str = "-", *, days: bool = False, first_only: bool = False) -> Col:
    """When a sale was."""
    write = DAYS[style] if days else MOMENTS[style]
    column = sold(title, "ordered_at", lambda line: line.sale.at, write, first_only=first_only)

    def kept(line: Line) -> Any:
        if first_only and not line.first:
            return None
        return line.sale.at.date().isoformat() if days else line.sale.at.isoformat()

    return Col(title, "ordered_at", column.write, kept)


def order_no(title: str, text: str = "{n}") -> Col:
    """The number of a sale."""
    return sold(title, "order_no", lambda line: text.format(n=10_000 + line.sale.n))


def total(title: str, style: str = "plain", *, first_only: bool = False, field: str = "amount") -> Col:
    """What a sale costs."""
    return sold(title, field, lambda line: line.sale.total, MONEY[style], first_only=first_only)


def state(title: str, words: str, field: str = "status") -> Col:
    """The state of a sale in five words: done, done too, cancelled, refunded, partly refunded."""
    told = words.split("|")
    return sold(title, field, lambda line: told[line.sale.state])


ROWS_OF_ITEMS = LINES
ROWS_OF_ORDERS = FIRST_LINES
