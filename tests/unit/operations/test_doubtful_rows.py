"""Rows that may be about several people: what is told of them, and that the owner's word is obeyed. And rows about people who were
merged, deleted or erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.core.people.selection import Selection
from desktop.importer.checking.report import Report
from desktop.importer.reader import open_source
from desktop.importer.recipe import Answers
from desktop.operations.history import undoing
from desktop.operations.importing import importing
from desktop.operations.people import deleting, duplicates, merging
from desktop.store.database import Database
from desktop.store.people_lifecycle import erased_keys
from desktop.store.shop_file import ShopFile

UID = "U" + "ab" * 16


class Desk:
    """A shop and files for it."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        self.file = folder / "檔案.csv"

    def plan(self, text: str, answers: Answers | None = None) -> importing.Plan:
        """The checked plan of a CSV."""
        self.file.write_text(text, encoding="utf-8")
        with open_source(self.file) as source:
            (recipe,) = importing.look(self.db, source, answers or Answers())
            return importing.check(self.db, source, recipe)

    def look(self, text: str, **decided: object) -> Report:
        """The report of a CSV that is only checked."""
        plan = self.plan(text, replace(Answers(), **decided))  # type: ignore[arg-type]
        plan.drop()
        report = plan.report
        assert report.rows == report.new + report.updated + report.unchanged + len(report.skipped)
        return report

    def take(self, text: str, **decided: object) -> Report:
        """The report of a CSV that is imported."""
        outcome = importing.commit(self.db, self.plan(text, replace(Answers(), **decided)))  # type: ignore[arg-type]
        return outcome.report

    def ids(self, where: str = "1") -> list[int]:
        """People, in their order."""
        return self.db.column(f"SELECT id FROM person WHERE {where} ORDER BY id")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        yield Desk(opened.writer(), tmp_path)


def reasons(report: Report) -> list[str]:
    return [skipped.reason.key for skipped in report.skipped]


FAMILY = "會員編號,姓名,手機,生日\nA1,王小明,0912345678,1990/05/01\nA2,王小華,0912345678,1992/06/02\n"


def test_a_familys_phone_alone_is_ambiguous_with_evidence(desk: Desk) -> None:
    desk.take(FAMILY)
    report = desk.look("姓名,手機,生日\n王小明,0912345678,1990/05/01\n")
    (row,) = report.ambiguous
    assert (row.row, row.name, row.phone, row.member_no) == (2, "王小明", "+886912345678", None)
    first, second = row.candidates
    assert (first.member_no, first.agrees, first.differs) == ("A1", ("phone", "name", "birthday"), ())
    assert (second.member_no, second.agrees, second.differs) == ("A2", ("phone",), ("name", "birthday"))
    assert reasons(report) == ["importing.skipped.ambiguous"]
    assert report.joins == []


def test_the_owners_word_about_a_row_is_obeyed(desk: Desk) -> None:
    desk.take(FAMILY)
    text = "姓名,手機,門市\n王小明,0912345678,中山店\n"
    first, second = desk.ids()
    assert reasons(desk.look(text, decisions={2: "skip"})) == ["importing.skipped.decided"]
    assert desk.look(text, decisions={2: "new"}).new == 1
    assert reasons(desk.look(text, decisions={2: "person:999"})) == ["importing.skipped.ambiguous"]
    report = desk.take(text, decisions={2: f"person:{second}"})
    assert (report.updated, report.skipped) == (1, [])
    assert desk.db.all("SELECT id, store FROM person ORDER BY id") == [(first, None), (second, "中山店")]
    saved = desk.db.value("SELECT answers FROM recipe ORDER BY used_at DESC LIMIT 1")
    assert Answers.from_json(saved).decisions == {}


def test_a_row_decided_to_be_new_takes_no_number_from_anybody(desk: Desk) -> None:
    desk.take("會員編號,姓名\nA1,王小明\n")
    desk.take(f"LINE UID,手機\n{UID},0912345678\n")
    report = desk.take(f"會員編號,LINE UID,手機\nA1,{UID},0912345678\n", decisions={2: "new"})
    assert (report.new, len(report.problems)) == (1, 2)
    assert len(desk.ids()) == 3


def test_a_row_that_names_a_friend_and_a_member_as_one_offers_to_join_them(desk: Desk) -> None:
    desk.take("會員編號,姓名,手機\nA1,王小明,0912345678\n")
    desk.take(f"LINE UID,加入好友日期\n{UID},2026/05/01\n")
    member, friend = desk.ids()
    text = f"會員編號,LINE UID\nA1,{UID}\n"
    report = desk.look(text)
    assert report.joins == [(member, friend)]
    merging.merge(desk.db, [merging.MergeChoice(*pair) for pair in report.joins])
    assert desk.ids() == [member]
    assert desk.look(text).unchanged == 1


def test_people_in_whom_something_differs_are_not_joined(desk: Desk) -> None:
    desk.take("會員編號,姓名,手機\nA1,王小明,0912345678\n")
    desk.take(f"LINE UID,姓名\n{UID},陳美玲\n")
    report = desk.look(f"會員編號,LINE UID\nA1,{UID}\n")
    assert report.joins == []
    assert report.ambiguous[0].candidates[1].name == "陳美玲"


def test_people_said_to_be_different_are_not_joined(desk: Desk) -> None:
    desk.take("會員編號,手機\nA1,0912345678\n")
    desk.take(f"LINE UID,加入好友日期\n{UID},2026/05/01\n")
    low, high = desk.ids()
    duplicates.keep_apart(desk.db, [(low, high)])
    assert desk.look(f"會員編號,LINE UID\nA1,{UID}\n").joins == []


def test_new_people_who_may_be_somebody_there_are_told_with_evidence(desk: Desk) -> None:
    desk.take(FAMILY)
    report = desk.look("會員編號,姓名,手機\nA3,王小明,0912345678\n")
    assert [(pair.row, pair.other.member_no, pair.other.differs) for pair in report.similar] == [
        (2, "A1", ("member_no",)),
        (2, "A2", ("member_no", "name")),
    ]


def test_a_merged_person_answers_to_both_numbers(desk: Desk) -> None:
    desk.take("會員編號,姓名,手機\nA1,王小明,0912345678\nA2,王小明,0922345678\n")
    keep, gone = desk.ids()
    merged = merging.merge(desk.db, [merging.MergeChoice(keep, gone)])
    report = desk.take("會員編號,姓名,手機,門市\nA2,王小明,0922345678,中山店\n")
    assert (report.updated, report.new, report.problems) == (1, 0, [])
    assert desk.db.all("SELECT member_no, phone, store FROM person") == [("A1", "+886912345678", "中山店")]
    assert desk.look("手機,姓名\n0922345678,王小明\n").unchanged == 1
    assert merged.step is not None
    undoing.undo(desk.db)
    undoing.undo(desk.db, merged.step)
    assert desk.look("會員編號,手機\nA2,0922345678\n").unchanged == 1
    assert len(desk.ids()) == 2


def test_orders_of_a_merged_number_are_hers(desk: Desk) -> None:
    desk.take("會員編號,手機\nA1,0912345678\nA2,0922345678\n")
    keep, gone = desk.ids()
    merging.merge(desk.db, [merging.MergeChoice(keep, gone)])
    desk.take("訂單編號,訂單日期,會員編號,金額\nN1,2026/05/01,A2,100\n")
    assert desk.db.all("SELECT id, orders, total FROM person") == [(keep, 1, 100)]


def test_orders_without_a_person_attach_when_she_arrives_by_whatever_key(desk: Desk) -> None:
    desk.take("訂單編號,訂單日期,手機,金額\nN1,2026/05/01,0912345678,100\nN2,2026/05/02,0922345678,50\n")
    desk.take("會員編號,手機\nA1,0912345678\n")
    desk.take("會員編號,手機\nA2,0922345678\n")
    assert desk.db.all("SELECT member_no, orders, total FROM person ORDER BY id") == [
        ("A1", 1, 100),
        ("A2", 1, 50),
    ]
    undoing.undo(desk.db)
    assert desk.db.all("SELECT order_no, person_id IS NULL FROM shop_order ORDER BY 1") == [
        ("N1", 0),
        ("N2", 1),
    ]


def test_a_deleted_person_does_not_come_back_but_a_relative_does(desk: Desk) -> None:
    desk.take("會員編號,姓名,手機\nA1,王小明,0912345678\n")
    deleting.delete(desk.db, Selection.of(desk.ids()))
    text = "會員編號,姓名,手機\nA1,王小明,0912345678\nA2,王小華,0912345678\n"
    report = desk.take(text)
    assert (report.new, reasons(report)) == (1, ["importing.skipped.deleted"])
    assert desk.db.column("SELECT member_no FROM person") == ["A2"]
    assert desk.look("手機,姓名\n0912345678,王小明\n").unchanged == 0
    deleting.allow(desk.db, deleting.deleted(desk.db))
    assert desk.look(text).new == 1


def test_orders_of_a_deleted_person_stay_without_one(desk: Desk) -> None:
    desk.take("會員編號,手機\nA1,0912345678\n")
    deleting.delete(desk.db, Selection.of(desk.ids()))
    report = desk.take("訂單編號,訂單日期,會員編號,金額\nN1,2026/05/01,A1,100\n")
    assert (report.new, report.unknown_buyers) == (1, 1)


def test_nothing_of_somebody_erased_is_stored_again(desk: Desk) -> None:
    with desk.db.transaction():
        erased_keys.remember(desk.db, [("member_no", "A1"), ("phone", "+886912345678")])
    report = desk.take(
        "會員編號,姓名,手機\nA1,王小明,0912345678\n,王小明,0912 345 678\nA2,陳美玲,0922345678\n"
    )
    assert reasons(report) == ["importing.skipped.erased"] * 2
    assert desk.db.column("SELECT member_no FROM person") == ["A2"]
    report = desk.take(
        "訂單編號,訂單日期,會員編號,手機,姓名,品名,金額\nN1,2026/05/01,A1,,王小明,拿鐵,100\nN1,,,,,美式,\n"
        "N2,2026/05/01,A2,,陳美玲,拿鐵,100\n"
    )
    assert ([row.row for row in report.skipped], report.new) == ([2, 3], 1)
    assert desk.db.column("SELECT buyer_member_no FROM shop_order") == ["A2"]


def test_a_living_person_with_an_erased_phone_is_still_updated(desk: Desk) -> None:
    desk.take("會員編號,手機\nA2,0912345678\n")
    with desk.db.transaction():
        erased_keys.remember(desk.db, [("phone", "+886912345678")])
    assert desk.take("會員編號,手機,門市\nA2,0912345678,中山店\n").updated == 1


def test_a_relatives_phone_does_not_bring_back_somebody_erased(desk: Desk) -> None:
    desk.take("會員編號,姓名,手機\nA2,王大明,0912345678\n")
    with desk.db.transaction():
        erased_keys.remember(desk.db, [("line_user_id", "U" + "a" * 32)])
    report = desk.take(f"姓名,手機,LINE UID\n王小美,0912345678,U{'a' * 32}\n")
    assert reasons(report) == ["importing.skipped.erased"]
    assert desk.db.all("SELECT name, line_user_id FROM person") == [("王大明", None)]
