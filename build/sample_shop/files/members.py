"""Writes the members export: an Excel file with a sheet of remarks, two title rows, broken cells and a totals row."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from .. import shop_plan as plan
from ..dice import Dice
from ..person import Person
from .writings import (
    PhoneWritings,
    write_email,
    write_moment,
    write_money,
    write_points,
    write_roc,
    write_tags,
)

SHEET = "會員"
COLUMNS = {
    "會員編號": "member_no", "姓名": "name", "手機": "phone", "Email": "email", "性別": "gender", "生日": "birthday",
    "LINE UID": "line_user_id", "加入好友日期": "friend_at", "LINE 綁定日期": "bound_at", "加入時間": "joined_at",
    "會員等級": "level", "門市": "store", "來源": "source", "點數": "points", "累積消費": "total", "標籤": "tags",
    "接受 LINE 優惠宣傳": "consent", "備註": "note", "最愛口味": "extra",
}  # fmt: skip
"""The columns as the platform calls them, and what each one is."""
REMARKS = [
    "日日咖啡 會員資料匯出",
    "匯出時間：2026/11/20 22:40",
    "會員資料在「會員」工作表。手機欄若以數字儲存，開頭的 0 會消失。",
    "本檔為示範資料，姓名、電話、Email、LINE UID 均為虛構。",
]
FIXED_TIME = (2026, 11, 20, 22, 40, 0)


@dataclass
class WrittenMembers:
    """What went into the sheet: spreadsheet row of each person, rows that name nobody, cells that cannot be used."""

    row_of: dict[Person, int] = field(default_factory=dict)
    nobody_rows: list[int] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    rows: int = 0


def write_members(path: Path, people: Sequence[Person], phones: PhoneWritings) -> WrittenMembers:
    """Writes the Excel file to `path`; the same people give the same bytes (with the same zlib)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    remarks = book.create_sheet("說明")
    for line in REMARKS:
        remarks.append([line])
    remarks.column_dimensions["A"].width = 70
    sheet = book.create_sheet(SHEET)
    sheet.append(["日日咖啡 會員名單"])
    sheet.append(["匯出時間：2026/11/20 22:40　匯出人員：店長"])
    sheet.append(list(COLUMNS))
    written = WrittenMembers()
    for row in _rows(people, phones, written):
        sheet.append(row)
    _dress(sheet)
    path.write_bytes(_with_fixed_times(book))
    return written


def _rows(people: Sequence[Person], phones: PhoneWritings, written: WrittenMembers) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for person in people:
        row = plan.HEADER_ROW + 1 + len(rows)
        if row in plan.NOBODY_ROWS:
            rows.append(_nobody(row))
            written.nobody_rows.append(row)
            row += 1
        written.row_of[person] = row
        rows.append(_cells(person, phones))
        written.problems += _problems(person, row, phones)
    written.rows = len(rows)
    totals: list[Any] = [None] * len(COLUMNS)
    names = list(COLUMNS)
    totals[0] = "合計"
    totals[names.index("點數")] = sum(person.points for person in people)
    totals[names.index("累積消費")] = f"${sum(person.total for person in people):,}"
    return [*rows, [None] * len(COLUMNS), totals]


def _cells(person: Person, phones: PhoneWritings) -> list[Any]:
    dice = Dice(f"{plan.SEED}/cells/{person.index}")
    consent = {True: "Y", False: "N", None: None}[person.consent]
    friend_on = datetime.combine(person.friend_on, datetime.min.time()) if person.friend_on else None
    money = f"${person.total:,}" if person.fixed else write_money(person.total, dice)
    return [
        person.member_no,
        person.name,
        phones.cell(person),
        write_email(person.email, dice),
        person.gender,
        write_roc(person.birthday) if person.birthday else None,
        person.written_user_id or person.line_user_id,
        friend_on,
        person.bound_on.isoformat() if person.bound_on else None,
        write_moment(person.joined_at),
        person.level,
        person.store,
        person.source,
        write_points(person.points, dice),
        money,
        write_tags(person),
        consent,
        person.note,
        person.favourite,
    ]


def _nobody(row: int) -> list[Any]:
    cells: list[Any] = [None] * len(COLUMNS)
    names = list(COLUMNS)
    cells[names.index("門市")] = "中山店"
    cells[names.index("標籤")] = "外帶"
    cells[names.index("備註")] = "資料遺失，待補" if row != plan.NOBODY_ROWS[1] else "系統轉檔"
    return cells


def _problems(person: Person, row: int, phones: PhoneWritings) -> list[dict[str, Any]]:
    found = []
    if person.written_user_id:
        found.append({"row": row, "column": "LINE UID", "value": person.written_user_id})
    if person in phones.broken:
        found.append({"row": row, "column": "手機", "value": phones.broken[person]})
    if len(person.tags) > plan.TAG_LIMIT:
        found.append({"row": row, "column": "標籤", "left_out": person.tags[plan.TAG_LIMIT :]})
    return found


def _dress(sheet: Any) -> None:
    names = list(COLUMNS)
    for cell in sheet[plan.HEADER_ROW]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E3F4EB")
        cell.alignment = Alignment(horizontal="center")
    sheet["A1"].font = Font(bold=True, size=14)
    friend = names.index("加入好友日期") + 1
    for row in sheet.iter_rows(min_row=plan.HEADER_ROW + 1, min_col=friend, max_col=friend):
        row[0].number_format = "yyyy/mm/dd"
    for place, name in enumerate(names, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = 36 if name == "LINE UID" else 15
    sheet.freeze_panes = f"A{plan.HEADER_ROW + 1}"


def _with_fixed_times(book: Workbook) -> bytes:
    """The workbook as bytes without the time of writing, neither in the zip nor in the document's properties."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.properties.creator = "日日咖啡"
    book.save(raw)
    stamp = "{}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*FIXED_TIME).encode()
    with (
        zipfile.ZipFile(raw) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as write,
    ):
        for name in sorted(read.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = read.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            write.writestr(info, content)
    return out.getvalue()
