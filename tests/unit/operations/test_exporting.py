"""Audiences as files: the right people in them, and a line of history for each."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, UserError
from desktop.core.job import JobContext
from desktop.exporter.audience_file import write_user_ids
from desktop.exporter.hashed_list import Platform
from desktop.operations.audiences import audiences, exporting
from desktop.operations.audiences.comparing import set_hold_out
from desktop.store import history
from desktop.store.audience_history.hold_out import held_out_sql
from desktop.store.audiences import Audience
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from desktop.text import render, use_language
from tests.unit.store.small_shops import empty_shop

PEOPLE = 40
DRAFT = Audience(0, "草稿", "id:<=10", "")


def user_id(number: int) -> str:
    return f"U{number:032x}"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """Forty people with everything; 1 refused, 2 gets no messages, 3 blocked, 4 has no phone or e-mail, 5 no user ID."""
    use_language("zh_TW")
    with ShopFile.create(tmp_path / "店.tagline", name="店") as file:
        db = file.writer()
        with db.transaction():
            db.many(
                "INSERT INTO person (id, name, line_user_id, email, phone, last_order) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (n, f"=會員{n}", user_id(n), f"m{n}@x.tw", f"+8869{n:08}", f"2026-01-{n % 28 + 1:02}")
                    for n in range(1, PEOPLE + 1)
                ],
            )
            db.run("UPDATE person SET consent = 0 WHERE id = 1")
            db.run("UPDATE person SET do_not_send = 1 WHERE id = 2")
            db.run("UPDATE person SET blocked = 1 WHERE id = 3")
            db.run("UPDATE person SET email = NULL, phone = NULL WHERE id = 4")
            db.run("UPDATE person SET line_user_id = NULL WHERE id = 5")
        yield db


def told(db: Database) -> list[tuple[str, str, bool]]:
    return [(step.kind, render(step.title), step.undoable) for step in history.steps(db)]


def test_user_ids_of_the_reachable(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "ids.txt"
    written = exporting.export_user_ids(db, DRAFT, path)
    assert path.read_bytes().decode("ascii") == "".join(f"{user_id(n)}\n" for n in (4, 6, 7, 8, 9, 10))
    noted = exporting.note(db, written)
    assert told(db) == [("audience_export", "匯出受眾包「草稿」的 LINE UID 6 筆到「ids.txt」", False)]
    assert noted.step == history.steps(db)[0].id


def test_people_for_a_spreadsheet(db: Database, tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "people.xlsx"
    titles = {"name": "姓名", "phone": "電話", "last_order": "最近消費"}
    written = exporting.export_people(db, DRAFT, path, titles)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("姓名", "電話", "最近消費")
    assert rows[1][0] == "=會員10"
    assert sheet["A2"].data_type == "s"
    assert (written.count, len(rows)) == (10, 11)
    exporting.note(db, written)
    assert told(db)[0][1] == "匯出受眾包「草稿」的會員 10 位到「people.xlsx」"


@pytest.mark.parametrize(("platform", "name"), [(Platform.GOOGLE, "Google"), (Platform.META, "Meta")])
def test_hashes_for_ads_leave_out_who_refused(
    db: Database, tmp_path: Path, platform: Platform, name: str
) -> None:
    path = tmp_path / "ads.csv"
    written = exporting.export_hashed(db, DRAFT, path, platform)
    text = path.read_text(encoding="utf-8")
    held = {n for n in range(1, 11) if hashlib.sha256(f"m{n}@x.tw".encode()).hexdigest() in text}
    assert held == {3, 5, 6, 7, 8, 9, 10}
    assert "@" not in text
    assert "8869" not in text
    assert (written.count, written.emails, written.phones) == (7, 7, 7)
    exporting.note(db, written)
    assert told(db)[0][1] == f"匯出受眾包「草稿」的 {name} 廣告名單 7 筆到「ads.csv」"


def test_who_is_held_out_of_uploads_is_in_no_list_for_sending(db: Database, tmp_path: Path) -> None:
    saved = audiences.save(db, "全部", "id:>5").audience
    set_hold_out(db, saved.id, 30)
    held = set(db.column(f"SELECT p.id FROM person p WHERE p.id > 5 AND {held_out_sql(saved.id)}"))
    assert held
    ids = exporting.export_user_ids(db, saved, tmp_path / "ids.txt")
    ads = exporting.export_hashed(db, saved, tmp_path / "ads.csv", Platform.META)
    everybody = exporting.export_people(db, saved, tmp_path / "all.csv", {"id": "id"})
    assert ids.count == ads.count == 35 - len(held)
    assert everybody.count == 35
    written = set((tmp_path / "ids.txt").read_text(encoding="ascii").split())
    assert not written & {user_id(n) for n in held}


@pytest.mark.parametrize("query", ["id:none", "id:5 OR id:3"])
def test_nobody_is_told_and_no_file_written(db: Database, tmp_path: Path, query: str) -> None:
    nobody = Audience(0, "沒有人", query, "")
    with pytest.raises(UserError):
        exporting.export_user_ids(db, nobody, tmp_path / "a.txt")
    if query == "id:none":
        with pytest.raises(UserError):
            exporting.export_people(db, nobody, tmp_path / "a.xlsx", {"name": "姓名"})
        with pytest.raises(UserError):
            exporting.export_hashed(db, nobody, tmp_path / "a.csv", Platform.GOOGLE)
    assert not list(tmp_path.glob("a.*"))


def test_an_export_keeps_no_persons_data(db: Database, tmp_path: Path) -> None:
    before = db.all("SELECT count(*) FROM row_change UNION ALL SELECT count(*) FROM tag_change")
    exporting.note(db, exporting.export_hashed(db, DRAFT, tmp_path / "a.csv", Platform.META))
    assert db.all("SELECT count(*) FROM row_change UNION ALL SELECT count(*) FROM tag_change") == before
    assert "x.tw" not in db.value("SELECT group_concat(title) FROM step")


class _Cancelling(JobContext):
    def raise_if_cancelled(self) -> None:
        raise Cancelled


def test_cancelled_it_leaves_what_was_there(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "ids.txt"
    path.write_text("before", encoding="ascii")
    with pytest.raises(Cancelled):
        exporting.export_user_ids(db, DRAFT, path, _Cancelling())
    assert path.read_text(encoding="ascii") == "before"


def test_many_ids_take_no_more_memory_than_a_few(tmp_path: Path) -> None:
    block = "\n".join(user_id(n) for n in range(1_000))
    tracemalloc.start()
    try:
        written = write_user_ids((block for _ in range(1_500)), tmp_path / "ids.txt")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert written.ids == 1_500_000
    assert (tmp_path / "ids.txt").stat().st_size == 1_500_000 * 34
    assert peak < 1_000_000


def test_gaps_among_the_peoples_numbers_leave_nobody_out(tmp_path: Path) -> None:
    db = empty_shop()
    numbers = [3, 4, 999, 1_002, 1_003, 2_500, 9_001, 9_002]
    for number in numbers:
        db.run("INSERT INTO person (id, line_user_id) VALUES (?, ?)", (number, user_id(number)))
    path = tmp_path / "ids.txt"
    written = exporting.export_user_ids(db, Audience(0, "全部", "id:any", ""), path)
    assert path.read_text(encoding="ascii") == "".join(f"{user_id(number)}\n" for number in numbers)
    assert (written.count, len(path.read_bytes())) == (8, 8 * 34)
