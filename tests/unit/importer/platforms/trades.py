"""Exports as shops of many trades and countries keep them, one a line in ``trades.txt``, as they were tried without having been
seen before: "kind title: name=field@writing|…" with the writings of ``from_headers``, or cells of their own with what each
has to become: ``@[要>True;不要>False]``. Where two fields are as good, they stand as ``level/extra``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.unit.importer.platforms.columns import ROWS_OF_ITEMS, ROWS_OF_ORDERS, Col, Export, person
from tests.unit.importer.platforms.from_headers import DATES, number_of, writing
from tests.unit.importer.platforms.people import Line

_FILE = Path(__file__).with_name("trades.txt")
_MEANT = {"True": True, "False": False, "None": None}
_ATTRIBUTES = {"line_user_id": "uid", "email": "email", "gender": "gender"}
_NAMES: dict[str, Callable[[Any], str]] = {
    "": lambda one: person(one).zh,
    "ja": lambda one: person(one).ja,
    "en": lambda one: f"{person(one).first} {person(one).last}",
}
_SOLD: dict[str, Callable[[Any], Any]] = {
    "order_no": lambda one: str(20_250_000 + one.sale.n),
    "amount": lambda one: one.sale.total,
    "item_amount": lambda one: one.amount,
    "quantity": lambda one: one.count,
    "item": lambda one: one.item,
    "member_no": lambda one: f"K{person(one).n:05}",
}


def _kept(field: str, how: str) -> Callable[[Any], Any] | None:
    """What has to be kept of a cell of this field in this writing; None: not looked at."""
    if field == "phone" and how in ("", "cut", "intl", "plus", "dashes", "886", "jp"):
        return lambda one: person(one).jp_phone if how == "jp" else person(one).phone
    if field == "name":
        return _NAMES.get(how)
    if field in _ATTRIBUTES:
        return lambda one: getattr(person(one), _ATTRIBUTES[field]) or None
    if field == "tags":
        return lambda one: person(one).tags or None
    if field in DATES and how not in ("blank", "md", "date"):
        return lambda one: _day(field, one)
    if how:
        return None
    if field in ("level", "store", "points", "orders", "total", "consent", "blocked"):
        return lambda one: getattr(person(one), field)
    return _SOLD.get(field)


def _day(field: str, one: Any) -> str | None:
    moment = one.sale.at if field == "ordered_at" else getattr(person(one), DATES[field])
    if moment is None:
        return None
    day: str = (moment if field == "birthday" else moment.date()).isoformat()
    return day


def _literal(name: str, fields: str, told: str) -> Col:
    cells = [one.partition(">") for one in told.split(";")]
    texts = [text for text, _, _ in cells]
    meant = [_MEANT.get(kept, kept) for _, _, kept in cells]
    looked_at = any(sign for _, sign, _ in cells)
    return Col(
        name,
        fields,
        lambda one: texts[number_of(one) % len(texts)],
        (lambda one: meant[number_of(one) % len(meant)]) if looked_at else None,
    )


def _col(told: str) -> Col:
    name, _, rest = told.partition("=") if "[" in told else told.rpartition("=")
    fields, _, how = rest.partition("@")
    fields = fields.replace("/", "|")
    if how.startswith("["):
        return _literal(name, fields, how[1:-1])
    first = fields.split("|")[0]
    return Col(name, fields, writing(first, how), _kept(first, how))


def exports() -> Iterator[Export]:
    """All of them."""
    about: dict[str, tuple[Line, ...]] = {"O": ROWS_OF_ORDERS, "I": ROWS_OF_ITEMS}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        title, _, cols = line.partition(": ")
        kind, country = title[0], "JP" if "日本" in title else "TW"
        made = [_col(one) for one in cols.split("|")]
        if kind == "M":
            yield Export(title, "members", made, country=country)
        else:
            yield Export(title, "orders", made, about[kind], country=country)
