"""The plan on paper holds what the plan holds, and the workbook reads back as it was written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.core.errors import UserError
from desktop.core.planning.operating.board import Stage, Task
from desktop.core.planning.operating.calendar import Channel, Entry, State
from desktop.core.planning.operating.journey import Journey, JourneyStage
from desktop.core.planning.operating.sheet import (
    ContentType,
    Frequency,
    Hours,
    OwnDay,
    OwnGoal,
    Persona,
    Sheet,
    SheetAudience,
)
from desktop.exporter.plan_book import Section, write_plan_book
from desktop.operations.audiences import audiences
from desktop.operations.planning.operating import boards, entries, journeys, paper, sheets
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.insights.targets import Target
from desktop.text import use_language

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _on_a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    use_language("zh_TW")
    monkeypatch.setenv("TAGLINE_NOW", "2026-11-16T09:00:00")


@pytest.fixture
def planned(db: Database) -> Database:
    """A shop with everything on its plan."""
    for number in (1, 2, 3, 4):
        user = f"U{number:032x}" if number < 4 else None
        db.run(
            "INSERT INTO person (id, member_no, line_user_id) VALUES (?, ?, ?)", (number, f"M{number}", user)
        )
    audience = audiences.save(db, "熟客", "bound:yes").audience.id
    sheets.save(
        db,
        Sheet(
            own_goals=(OwnGoal("開第二家店", date(2027, 6, 1)),),
            image="像巷口的老鄰居",
            persona=Persona("阿明", "第一人稱", "您"),
            frequency=Frequency(4, "month", "旺季加一次"),
            hours=(Hours((4, 5), "18:00"),),
            audiences=(SheetAudience(audience, why="最常回來"), SheetAudience(None, "附近上班族")),
            content_types=(ContentType("products", times=2, example="本週豆單"), ContentType("", "店貓")),
            pictures="實景照",
            own_days=(OwnDay("店慶", (12, 1), (12, 5), "老客回饋"),),
        ),
    )
    sheets.set_goal(db, "list_binding", Target(0.9, date(2026, 12, 31)), "旺季前")
    shop.put_json(db, "quota", {"value": 6000, "used": 5999, "at": "2026-11-15T00:00:00.000000Z"})
    entry = Entry(
        "=週年慶", date(2026, 11, 20), date(2026, 11, 22), "18:00", audience_id=audience, text="全館\n九折"
    )
    entries.save(db, None, entry)
    entries.save(
        db,
        None,
        Entry("店內陳列", date(2026, 12, 1), channel=Channel.SHOP, state=State.READY, everybody=True),
    )
    entries.save(db, None, Entry("明年", date(2027, 1, 1)))
    boards.save_task(db, None, Task("印立牌", Stage.ACQUISITION, date(2026, 11, 30), note="兩家門市"))
    stages = (
        JourneyStage("a", "會員", "shop_member:yes", "", 3, "請他綁定"),
        JourneyStage("b", "綁定", "bound:yes"),
    )
    journeys.save(db, None, Journey("會員旅程", stages))
    return db


def by_title(db: Database) -> dict[str, Section]:
    return {one.title: one for one in paper.sections(db, FIRST, LAST)}


def test_an_empty_plan_has_an_empty_sheet_to_fill_in(db: Database) -> None:
    (sheet,) = [one for one in paper.sections(db, FIRST, LAST) if not one.columns]
    assert [row[0] for row in sheet.rows] == [
        "帳號形象",
        "發文的人",
        "頻率",
        "發送時間",
        "發給誰",
        "內容類型",
        "圖片風格",
    ]
    assert {row[1] for row in sheet.rows} == {""}


def test_sections_hold_what_the_plan_holds(planned: Database) -> None:
    found = by_title(planned)
    assert list(found) == ["經營企劃表", "目標", "行事曆", "AARRR 看板", "會員旅程"]
    assert dict(found["經營企劃表"].rows) == {  # type: ignore[arg-type]
        "帳號形象": "像巷口的老鄰居",
        "發文的人": "阿明\n第一人稱\n稱呼客人：您",
        "頻率": "每月 4 次\n旺季加一次",
        "發送時間": "週五、週六 18:00",
        "發給誰": "熟客：最常回來\n附近上班族",
        "內容類型": "商品介紹、每月 2 次、本週豆單\n店貓",
        "圖片風格": "實景照",
        "店家自己的日子": "12/1–12/5 店慶 老客回饋",
    }
    assert found["目標"].rows == (
        ("會員名單綁定比例", "75.0%", "90.0%", "2026/12/31", "1 位", "照進度", "旺季前"),
        ("開第二家店", "", "", "2027/06/01", "", "", ""),
    )
    first, second = found["行事曆"].rows
    assert first == (
        "2026/11/20 – 2026/11/22",
        "18:00",
        "=週年慶",
        "LINE 後台訊息",
        "熟客",
        3,
        "加購最多 NT$0.4",
        "已排",
        "全館\n九折",
    )
    assert second[:5] == ("2026/12/01", "", "店內陳列", "店內", "全部好友")
    assert found["AARRR 看板"].rows == (("獲取：讓人加好友", "印立牌", "2026/11/30", "", "兩家門市"),)
    assert "啟用：綁定會員　會員名單綁定比例 75.0%" in found["AARRR 看板"].notes[1]
    assert found["會員旅程"].rows == (("會員", 4, "75.0%", 1, 1, "請他綁定"), ("綁定", 3, "", None, None, ""))


@pytest.mark.parametrize("language", ["zh_TW", "en", "ja"])
def test_the_workbook_reads_back(planned: Database, tmp_path: Path, language: str) -> None:
    use_language(language)
    path = paper.write_book(planned, tmp_path / "企劃.xlsx", FIRST, LAST)
    sections = paper.sections(planned, FIRST, LAST)
    book = load_workbook(path)
    assert len(book.sheetnames) == len(set(book.sheetnames)) == len(sections)
    for sheet, section in zip(book.worksheets, sections, strict=True):
        lines = [list(row) for row in sheet.iter_rows(values_only=True)]
        flat = [row[: max(len(section.columns), len(section.rows[0]))] for row in lines]
        assert flat[0][0] == section.title
        assert [row[0] for row in flat[1 : 1 + len(section.notes)]] == list(section.notes)
        table = flat[-len(section.rows) :]
        # An empty text and nothing are the same in a sheet.
        assert [[cell or "" for cell in row] for row in table] == [
            ["" if cell in (None, "") else cell for cell in row] for row in section.rows
        ]
        if section.columns:
            assert tuple(flat[-len(section.rows) - 1]) == section.columns
            assert sheet.freeze_panes is not None
        assert sheet.page_setup.orientation == ("landscape" if section.landscape else "portrait")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_title_that_looks_like_a_formula_is_text(planned: Database, tmp_path: Path) -> None:
    path = paper.write_book(planned, tmp_path / "plan.xlsx", FIRST, LAST)
    (cell,) = [
        cell
        for sheet in load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == "=週年慶"
    ]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_book_that_cannot_be_written_leaves_the_old_one(planned: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        paper.write_book(planned, tmp_path / "沒有這個資料夾" / "plan.xlsx", FIRST, LAST)
    with pytest.raises(ValueError, match="sheet"):
        write_plan_book(tmp_path / "x.xlsx", ())
    assert list(tmp_path.glob("*.xlsx*")) == []


def test_two_journeys_with_titles_alike_get_sheets_of_their_own(tmp_path: Path) -> None:
    rows = (("甲", 1),)
    same = [Section(title, ("一", "二"), rows) for title in ("旅程/一", "旅程:一", "旅程 一")]
    book = load_workbook(write_plan_book(tmp_path / "x.xlsx", same))
    assert len(set(book.sheetnames)) == 3


def test_long_titles_alike_stay_within_what_excel_takes(tmp_path: Path) -> None:
    titles = [
        "從加好友到第三次回購的每一步都在這裡一年檢查四次的旅程" + end
        for end in ("甲乙丙丁", "甲乙丙戊", "甲乙丙己")
    ]
    same = [Section(title, ("一",), ((title,),)) for title in (*titles, "VIP", "vip")]
    book = load_workbook(write_plan_book(tmp_path / "x.xlsx", same))
    assert len({name.casefold() for name in book.sheetnames}) == 5
    assert max(map(len, book.sheetnames)) <= 31
    assert [sheet.cell(4, 1).value for sheet in book] == [*titles, "VIP", "vip"]


def test_days_are_written_as_the_language_writes_them(planned: Database) -> None:
    use_language("en")
    found = by_title(planned)
    assert found["Goals"].rows[0][3] == "2026-12-31"
    assert dict(found["Operating plan"].rows)["When"] == "Fri, Sat 18:00"  # type: ignore[arg-type]
    assert dict(found["Operating plan"].rows)["How often"] == "4 times a month\n旺季加一次"  # type: ignore[arg-type]
