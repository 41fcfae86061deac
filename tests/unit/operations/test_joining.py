"""Friends on LINE and shop members who may be one: found, ordered by certainty, joined by the merging there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.operations.history import undoing
from desktop.operations.line import joining
from desktop.operations.people import duplicates, merging
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店", practice=False) as shop:
        yield shop.writer()


def person(db: Database, **fields: object) -> int:
    names = ", ".join(fields)
    marks = ", ".join("?" * len(fields))
    return db.insert(
        f"INSERT INTO person ({names}, orders, total) VALUES ({marks}, 0, 0)", tuple(fields.values())
    )


def friend(db: Database, number: int, line_name: str, **fields: object) -> int:
    return person(db, line_user_id=f"U{number:032x}", line_name=line_name, **fields)


def listed(db: Database) -> list[tuple[int, int, str, tuple[str, ...]]]:
    found = joining.find(db)
    return [
        (
            found.friend_of(one),
            found.member_of(one),
            one.certainty,
            tuple(said.key.rpartition(".")[2] for said in one.evidence),
        )
        for one in found.pairs
    ]


def test_best_first(db: Database) -> None:
    chen = person(db, member_no="W1", name="陳美玲", joined_at="2026-03-05")
    lin = person(db, member_no="W2", name="林淑芬")
    wu = person(db, member_no="W3", name="吳雅婷", phone="+886912345678")
    meiling = friend(db, 1, "陳美玲", friend_at="2026-03-05 10:00")
    fen = friend(db, 2, "淑芬")
    ting = friend(db, 3, "雅婷🌸", phone="+886912345678")
    assert listed(db) == [
        (meiling, chen, "sure", ("line_name", "same_day")),
        (ting, wu, "likely", ("phone",)),
        (fen, lin, "maybe", ("part",)),
    ]
    assert joining.counts(db) == joining.JoinCounts(friends=2, members=3)


@pytest.mark.parametrize(
    ("shown", "name", "why", "certainty"),
    [
        ("陳美玲", "陳美玲", "line_name", "likely"),
        ("☆陳美玲☆ Mei", "陳美玲", "within", "likely"),
        ("Mei Ling CHEN", "Chen Mei-Ling", "words", "likely"),
        ("美玲", "陳美玲", "part", "maybe"),
        ("曉君 (早安)", "歐陽曉君", "part", "maybe"),
        ("王明", "王明", "line_name", "likely"),
        ("小王明早安", "王明", "within", "maybe"),
    ],
)
def test_names(db: Database, shown: str, name: str, why: str, certainty: str) -> None:
    member, other = person(db, member_no="W1", name=name), friend(db, 1, shown)
    assert listed(db) == [(other, member, certainty, (why,))]


@pytest.mark.parametrize(
    ("shown", "name"),
    [("Joanna", "Ann"), ("王", "王明"), ("", "陳美玲"), ("玲", "陳美玲"), ("早安", "陳美玲")],
)
def test_names_that_say_nothing(db: Database, shown: str, name: str) -> None:
    person(db, member_no="W1", name=name)
    friend(db, 1, shown)
    assert listed(db) == []


def test_names_on_orders_and_in_addresses(db: Database) -> None:
    member = person(db, member_no="W1", name="陳美玲", email="amychen88@example.com")
    db.run("INSERT INTO shop_order (person_id, buyer_name) VALUES (?, '陳小玲')", (member,))
    ordered, mailed = friend(db, 1, "陳小玲"), friend(db, 2, "Amy Chen")
    assert listed(db) == [
        (ordered, member, "likely", ("order",)),
        (mailed, member, "maybe", ("email", "namesakes")),
    ]


def test_namesakes_are_never_sure(db: Database) -> None:
    one = person(db, member_no="W1", name="陳美玲", joined_at="2026-03-05")
    other = person(db, member_no="W2", name="陳美玲")
    on_line = friend(db, 1, "陳美玲", friend_at="2026-03-05")
    assert listed(db) == [
        (on_line, one, "likely", ("line_name", "same_day", "namesakes")),
        (on_line, other, "maybe", ("line_name", "namesakes")),
    ]


def test_a_nickname_of_many_says_nothing(db: Database) -> None:
    for number in range(12):
        person(db, member_no=f"W{number}", name=f"{chr(0x738B + number)}美玲")
    friend(db, 1, "美玲")
    assert listed(db) == []


def test_a_whole_name_is_not_lost_among_parts(db: Database) -> None:
    members = [person(db, member_no=f"W{number}", name=f"{chr(0x738B + number)}美玲") for number in range(12)]
    on_line = friend(db, 1, f"{chr(0x738B)}美玲")
    assert listed(db) == [(on_line, members[0], "likely", ("line_name",))]


def test_a_same_number_with_another_name_is_perhaps_family(db: Database) -> None:
    member = person(db, member_no="W1", name="陳美玲", phone="+886912345678")
    on_line = friend(db, 1, "阿國", name="陳國華", phone="+886912345678")
    assert listed(db) == [(on_line, member, "maybe", ("phone", "other_name"))]


def test_bound_people_are_not_listed(db: Database) -> None:
    friend(db, 1, "陳美玲", member_no="W1", name="陳美玲")
    friend(db, 2, "陳美玲")
    assert listed(db) == []


def test_not_the_same_is_not_asked_again_until_undone(db: Database) -> None:
    member, on_line = person(db, member_no="W1", name="陳美玲"), friend(db, 1, "陳美玲")
    duplicates.keep_apart(db, [(on_line, member)])
    assert listed(db) == []
    undoing.undo(db)
    assert len(listed(db)) == 1


def test_all_sure_ones_at_once_and_back(db: Database) -> None:
    for number, name in enumerate(("陳美玲", "林淑芬", "吳雅婷")):
        person(db, member_no=f"W{number}", name=name, joined_at=f"2026-03-0{number + 1}")
        friend(db, number, name, friend_at=f"2026-03-0{number + 1}")
    friend(db, 9, "淑芬")
    before = db.all("SELECT * FROM person ORDER BY id")
    found = joining.find(db)
    sure = joining.sure_pairs(found.pairs)
    assert len(sure) == 3
    done = merging.merge(db, joining.choices_for(db, sure))
    assert done.merged == 3
    bound = db.all("SELECT member_no, line_user_id FROM person WHERE member_no IS NOT NULL ORDER BY id")
    assert bound == [(f"W{number}", f"U{number:032x}") for number in range(3)]
    assert joining.counts(db) == joining.JoinCounts(friends=1, members=0)
    undoing.undo(db)
    assert db.all("SELECT * FROM person ORDER BY id") == before


def test_two_sure_ones_of_one_friend_are_left_to_the_owner(db: Database) -> None:
    one = person(db, member_no="W1", name="陳美玲", phone="+886912345678")
    person(db, member_no="W2", name="陳美玲", email="a@example.com")
    friend(db, 1, "陳美玲", phone="+886912345678", email="a@example.com")
    found = joining.find(db)
    assert [pair.certainty for pair in found.pairs] == ["sure", "sure"]
    assert found.member_of(found.pairs[0]) == one
    assert joining.sure_pairs(found.pairs) == []
