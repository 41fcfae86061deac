"""Likely duplicates: what speaks for two people being one, what against it, and who is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.operations.history import undoing
from desktop.operations.people import duplicates, merging
from desktop.operations.people.duplicates import Duplicate
from desktop.store.database import Database
from desktop.store.people_lifecycle.likeness import Known, alike
from desktop.store.people_lifecycle.name_forms import name_form
from desktop.store.shop_file import ShopFile

A, B = "U" + "a" * 32, "U" + "b" * 32
PHONE, MAIL = "+886912345678", "a@example.com"


def person(
    number: int,
    name: str | None = None,
    *,
    no: str | None = None,
    uid: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    line: str | None = None,
    born: str | None = None,
    others: tuple[tuple[str, str], ...] = (),
) -> Known:
    return Known(number, no, uid, phone, email, name, line, born, others)


def found(*people: Known) -> list[Duplicate]:
    return alike(people, frozenset(), lambda: None)


def keys(pair: Duplicate) -> set[str]:
    return {one.key.removeprefix("duplicates.why.") for one in pair.evidence}


@pytest.mark.parametrize(
    ("one", "other", "certainty", "evidence"),
    [
        (person(1, "王小明", phone=PHONE), person(2, "王小明", phone=PHONE), "sure", {"phone", "name"}),
        (person(1, "王小明", no="M1", phone=PHONE), person(2, "王小明 先生", phone=PHONE), "sure", {"phone", "name_variant"}),
        (person(1, "臺南黃怡君", email=MAIL), person(2, "台南黄怡君", email=MAIL), "sure", {"email", "name_variant"}),
        (person(1, "ＡＮＮＡ", phone=PHONE), person(2, "anna", phone=PHONE), "sure", {"phone", "name_variant"}),
        (person(1, "髙橋 花子様", phone=PHONE), person(2, "高橋花子", phone=PHONE), "sure", {"phone", "name_variant"}),
        (person(1, "王小明", uid=A, phone=PHONE), person(2, "王小明", uid=B, phone=PHONE), "likely", {"phone", "name", "two_accounts"}),
        (person(1, "王小明", no="1", phone=PHONE), person(2, "王小明", no="2", phone=PHONE), "likely", {"phone", "name", "two_numbers"}),
        (person(1, "林志豪", phone=PHONE), person(2, "林淑芬", phone=PHONE), "maybe", {"phone", "other_name"}),
        (person(1, "王小明", phone=PHONE, born="1990-01-02"), person(2, "王小明", phone=PHONE, born="1961-03-04"), "maybe", {"phone", "name", "other_birthday"}),
        (person(1, "王小明", born="1990-01-02"), person(2, "王小明", born="1990-01-02"), "likely", {"name", "birthday"}),
        (person(1, "王小明", born="--01-02"), person(2, "王小明", born="--01-02"), "maybe", {"name", "birthday"}),
        (person(1, "王小明", phone="+886912345678"), person(2, "王小明", phone="+81912345678"), "likely", {"name", "digits"}),
        (person(1, "黃雅婷", no="M1"), person(2, uid=A, line="黃雅婷"), "maybe", {"line_name"}),
        (person(1, "甲乙", no="ab1"), person(2, "甲乙", no="AB1"), "sure", {"number", "name"}),
        (person(1, "甲乙", others=(("phone", PHONE),)), person(2, "甲乙", phone=PHONE), "sure", {"merged", "name"}),
        (person(1, phone=PHONE), person(2, "王小明", phone=PHONE), "likely", {"phone"}),
    ],
)  # fmt: skip
def test_what_speaks_for_it(one: Known, other: Known, certainty: str, evidence: set[str]) -> None:
    (pair,) = found(one, other)
    assert (pair.low, pair.high, pair.certainty) == (1, 2, certainty)
    assert keys(pair) == evidence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person(1, "王小明"), person(2, "王小明")),
        (person(1, "王", born="1990-01-02"), person(2, "王", born="1990-01-02")),
        (person(1, "黃雅婷", no="M1", uid=B), person(2, uid=A, line="黃雅婷")),
        (person(1, line="🍎", uid=A), person(2, "🍎", no="M1")),
        (person(1), person(2)),
    ],
)
def test_what_says_nothing(one: Known, other: Known) -> None:
    assert found(one, other) == []


def test_a_phone_of_many_says_little() -> None:
    crowd = [person(n, f"某人{n}", phone=PHONE) for n in range(1, 40)]
    assert found(*crowd) == []
    (pair,) = found(*crowd, person(99, "某人7", phone=PHONE))
    assert (pair.low, pair.high, pair.certainty) == (7, 99, "likely")


def test_a_third_with_the_phone_makes_it_less_certain() -> None:
    pairs = found(
        person(1, "王小明", phone=PHONE), person(2, "王小明", phone=PHONE), person(3, "他爸", phone=PHONE)
    )
    assert {(one.low, one.high): one.certainty for one in pairs} == {
        (1, 2): "likely",
        (1, 3): "maybe",
        (2, 3): "maybe",
    }


names = st.sampled_from(["王小明", "王小明先生", "林", "陳怡君", "", None, "Ａnna", "anna"])
everybody = st.lists(
    st.builds(
        Known,
        st.just(0),
        st.none(),
        st.sampled_from([None, A, B]),
        st.sampled_from([None, PHONE, "+886922333444"]),
        st.sampled_from([None, MAIL]),
        names,
        names,
        st.sampled_from([None, "1990-01-02", "--01-02"]),
        st.just(()),
    ),
    max_size=12,
)


@given(everybody, st.randoms())
def test_the_order_of_people_changes_nothing(people: list[Known], chance: object) -> None:
    numbered = [one._replace(id=number) for number, one in enumerate(people, start=1)]
    shuffled = list(numbered)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    pairs = alike(numbered, frozenset(), lambda: None)
    assert {(p.low, p.high, p.certainty) for p in pairs} == {
        (p.low, p.high, p.certainty) for p in alike(shuffled, frozenset(), lambda: None)
    }
    assert all(pair.low < pair.high for pair in pairs)
    assert len({(pair.low, pair.high) for pair in pairs}) == len(pairs)


@given(st.text(max_size=12))
def test_the_form_of_a_form_is_itself(text: str) -> None:
    form = name_form(text)
    assert " " not in form
    assert name_form(text.upper()) == name_form(text.upper().lower()) or not text.isascii()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        with db.transaction():
            db.many(
                "INSERT INTO person (id, member_no, name, phone) VALUES (?, ?, ?, ?)",
                [
                    (1, None, "王小明", PHONE),
                    (2, "M2", "王小明", PHONE),
                    (3, None, "林大", "+886922000111"),
                    (4, None, "林大", "+886922000111"),
                ],
            )
        yield db


def pairs_in(db: Database) -> list[tuple[int, int]]:
    return [(one.low, one.high) for one in duplicates.find(db)]


def test_never_these_two_and_back(db: Database) -> None:
    assert pairs_in(db) == [(1, 2), (3, 4)]
    outcome = duplicates.keep_apart(db, [(2, 1), (1, 2), (3, 3)])
    assert outcome.n == 1
    assert pairs_in(db) == [(3, 4)]
    assert duplicates.keep_apart(db, [(1, 2)]).step is None
    undoing.undo(db)
    assert pairs_in(db) == [(1, 2), (3, 4)]


def test_in_bulk_who_has_more_stays(db: Database) -> None:
    choices = duplicates.choices_for(db, [(1, 2), (3, 4)])
    assert [(one.keep, one.gone) for one in choices] == [(2, 1), (3, 4)]
    assert merging.merge(db, choices).merged == 2
    assert pairs_in(db) == []


def test_in_bulk_different_people_do_not_meet_through_a_third(db: Database) -> None:
    db.run("INSERT INTO person (id, name, phone) VALUES (5, '王小明', ?)", (PHONE,))
    duplicates.keep_apart(db, [(1, 5)])
    choices = duplicates.choices_for(db, [(1, 2), (2, 5)])
    assert [(one.keep, one.gone) for one in choices] == [(2, 1)]


def test_different_stays_with_who_stays(db: Database) -> None:
    duplicates.keep_apart(db, [(1, 3)])
    merging.merge(db, [merging.MergeChoice(2, 1)])
    assert db.all(
        "SELECT low, high FROM different_people d JOIN step s ON s.id = d.step_id WHERE s.state = 'done' ORDER BY 1"
    ) == [(1, 3), (2, 3)]
