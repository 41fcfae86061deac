"""Everything the shop keeps of one person as a file she can be given (Personal Data Protection Act of Taiwan, Art. 3 and 10): a
workbook or a text to read, or JSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.fields import FIELDS
from desktop.exporter.tables import Cell, write_table
from desktop.exporter.whole_file import write_text
from desktop.operations.people.members import written_phone
from desktop.store.database import Database
from desktop.store.member_page import kept
from desktop.text import t

Line = tuple[str, str, Cell, str]
"""A line of the readable file: section, what, value, when."""

STATED = ("friend_checked_at", "stated_orders", "stated_total", "stated_first_order", "stated_last_order")
"""Fields of a person that no condition asks for."""


def save(db: Database, person: int, path: Path) -> Path:
    """Write what the shop keeps of a person to ``path``: .json with every field of every row, .xlsx, .csv or .txt to read.

    Raises:
        UserError: if the person is gone, or the file cannot be written; what stood there before is then untouched.
    """
    everything = kept.everything(db, person)
    if everything is None:
        raise UserError(message("member.gone"))
    header = [t(f"member.data.{column}") for column in ("section", "what", "value", "when")]
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".csv"):
        write_table(path, header, _lines(everything), title=t("member.data.sheet"))
    elif suffix == ".json":
        write_text(path, json.dumps(everything, ensure_ascii=False, indent=2) + "\n")
    else:
        lines = ["\t".join("" if cell is None else " ".join(str(cell).split()) for cell in line)
                 for line in (header, *_lines(everything))]  # fmt: skip
        write_text(path, "\n".join(lines) + "\n")
    return path


def _lines(everything: dict[str, Any]) -> Iterator[Line]:
    yield from _member(everything["member"])
    section = t("member.data.other_identities")
    for one in everything["other_identities"]:
        yield section, _name(one["key"]), _value(one["key"], one["value"]), _when(one["at"])
    for one in everything["tags"]:
        yield t("member.data.tags"), one["tag"], t(f"member.origin.{one['origin']}"), _when(one["at"])
    yield from _orders(everything["orders"])
    for one in everything["imports"]:
        yield t("member.data.imports"), one["file"], None, _when(one["at"])
    for one in everything["uploads"]:
        yield t("member.data.uploads"), one["audience"], t(f"outbox.state.{one['state']}"), _when(one["at"])
    yield from _changes(everything)


def _member(member: dict[str, Any]) -> Iterator[Line]:
    section = t("member.data.member")
    for name, value in member.items():
        if name in FIELDS and value is not None:
            yield section, _name(name), _value(name, value), ""
    for stated in STATED:
        if member[stated] is not None:
            yield section, t(f"member.data.{stated}"), member[stated], ""
    for column, value in member["extra"].items():
        yield section, column, value, ""


def _orders(orders: list[dict[str, Any]]) -> Iterator[Line]:
    for order in orders:
        section = t(f"member.order.{order['kind']}")
        items = "、".join(str(item["item"]) for item in order["items"] if item["item"])
        said = [order["status"], order["store"], items]
        what = " ".join(str(part) for part in (order["order_no"], *said) if part)
        yield section, what, order["amount"], str(order["ordered_at"] or "")


def _changes(everything: dict[str, Any]) -> Iterator[Line]:
    section = t("member.data.changes")
    for change in everything["changes"]:
        before, after = change["before"] or {}, change["after"] or {}
        for name in {**before, **after}:
            if name in FIELDS and before.get(name) != after.get(name):
                values = (_value(name, before.get(name)), _value(name, after.get(name)))
                shown = " → ".join("" if value is None else str(value) for value in values)
                yield section, _name(name), shown, _when(change["at"])
    for change in everything["tag_changes"]:
        sign = "＋" if change["added"] else "－"
        yield section, t("query.field.tag"), f"{sign}{change['tag'] or ''}", _when(change["at"])


def _name(field: str) -> str:
    return t(f"query.field.{field}")


def _value(field: str, value: Any) -> Cell:
    if field == "phone" and isinstance(value, str):
        return written_phone(value)
    if field in ("consent", "blocked", "do_not_send", "friend") and value is not None:
        return t("query.value.yes") if value else t("query.value.no")
    if field == "gender" and value in ("male", "female", "other"):
        return t(f"query.value.{value}")
    return value if value is None or isinstance(value, int | float) else str(value)


def _when(instant: str | None) -> str:
    """Instants are told in UTC, as they are kept: the file may be read anywhere."""
    return f"{instant[:16].replace('T', ' ')} UTC" if instant else ""
