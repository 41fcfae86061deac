"""Pasted lists of numbers: each line is matched, missing, or means several people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.operations.people import pasted_list
from desktop.operations.people.pasted_list import MatchedList
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile

UID = "U" + "a" * 32
PEOPLE = (
    (1, "W1", "王怡君", "+886912345678", "wang@example.com", None),
    (2, "W2", "陳冠宇", "+886928117402", None, UID),
    (3, "W3", "林淑芬", "+886912345678", None, None),
    (4, "0912", "郭子軒", None, None, None),
)


def fill(db: Database) -> Database:
    db.many(
        "INSERT INTO person (id, member_no, name, phone, email, line_user_id) VALUES (?, ?, ?, ?, ?, ?)",
        PEOPLE,
    )
    return db


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with ShopFile.create(tmp_path_factory.mktemp("list") / "店.tagline", name="店") as made:
        yield fill(made.writer())


def test_every_line_is_accounted_for(db: Database) -> None:
    text = "W1\n0928-117-402\n\n  w2 \nW99\n0912345678\nWANG@example.com\n"
    found = pasted_list.match(db, text)
    assert found.lines == 6
    assert found.people == (1, 2)
    assert found.repeated == 2
    assert found.missing == ("W99",)
    assert [(one.line, one.people, one.names) for one in found.several] == [
        ("0912345678", (1, 3), ("王怡君", "林淑芬"))
    ]
    assert found.all_people == (1, 2, 3)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("０９２８－１１７－４０２", (2,)),
        ("+886 928 117 402", (2,)),
        (UID, (2,)),
        (UID.lower(), (2,)),
        ("陳冠宇\t0928117402", (2,)),
        ("陳冠宇, W2", (2,)),
        ("0912", (4,)),  # a member number is stronger than the beginning of a phone
        ("陳冠宇", ()),  # names are nobody's own
    ],
)
def test_numbers_in_any_writing_alone_or_in_a_row_of_cells(
    db: Database, line: str, people: tuple[int, ...]
) -> None:
    assert pasted_list.match(db, line).people == people


def test_nothing_is_nothing(db: Database) -> None:
    assert pasted_list.match(db, " \n\n") == MatchedList(0, (), 0, (), ())


@given(
    lines=st.lists(
        st.sampled_from(
            ["W1", "w2", "0928117402", "0912345678", "W9", "不是號碼", "wang@example.com", "\t,"]
        ),
        max_size=30,
    )
)
def test_the_numbers_always_add_up(db: Database, lines: list[str]) -> None:
    found = pasted_list.match(db, "\n".join(lines))
    assert found.lines == len(found.people) + found.repeated + len(found.missing) + len(found.several)
    assert len(set(found.people)) == len(found.people)
