"""The generated people and orders: as many duplicates as said, keys that never collide, the same each time."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.bench import generate, sizes
from tests.bench.plain_database import connect


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sizes, "OUT", tmp_path)
    monkeypatch.setitem(sizes.SIZES, "tiny", 910)
    return "tiny"


def test_one_row_in_91_is_somebody_from_above() -> None:
    people = list(generate.people_of(91_000))
    assert len(set(people)) == generate.number_of_people(91_000) == 90_000
    assert round(100 * (91_000 - 90_000) / 91_000, 1) == 1.1
    seen: set[int] = set()
    for row, person in enumerate(people):
        assert (person in seen) == (row % 91 == 90)
        seen.add(person)


def test_keys_are_unique_and_look_right() -> None:
    people = range(200_000)
    phones = {generate.phone_of(person) for person in people}
    assert len(phones) == len(people)
    assert all(re.fullmatch(r"09\d{8}", phone) for phone in phones)
    ids = [user_id for person in people if (user_id := generate.user_id_of(person))]
    assert len(ids) == len(set(ids))
    assert 0.69 < len(ids) / len(people) < 0.71
    assert all(re.fullmatch(r"U[0-9a-f]{32}", user_id) for user_id in ids)


def test_about_three_tags_each_never_more_than_ten() -> None:
    counts = [len(generate.tags_of(person)) for person in range(20_000)]
    assert max(counts) <= 10
    assert 2.6 < sum(counts) / len(counts) < 3.1


def test_one_person_in_a_hundred_changes() -> None:
    before, after = list(generate.member_rows(9_100)), list(generate.member_rows(9_100, changed=True))
    assert len({row[0] for row, other in zip(before, after, strict=True) if row != other}) == 90


def test_everybody_has_five_orders() -> None:
    rows = list(generate.order_rows(200))
    assert set(Counter(row[2] for row in rows).values()) == {5}
    assert len({row[0] for row in rows}) == len(rows) == 1_000


def test_files_are_made_once_and_say_the_same(tiny: str) -> None:
    first = generate.ready(tiny, "people.csv")
    made = first.stat().st_mtime_ns
    assert generate.ready(tiny, "people.csv").stat().st_mtime_ns == made
    lines = first.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 911
    assert not list(first.parent.glob("*.unfinished"))
    workbook = CalamineWorkbook.from_path(generate.ready(tiny, "people.xlsx"))
    sheet = workbook.get_sheet_by_index(0).to_python()
    assert [sheet[0], len(sheet)] == [generate.COLUMNS, 911]
    assert [str(cell) for cell in sheet[2][:2]] == lines[2].split(",")[:2]


def test_the_plain_database_holds_the_same_people(tiny: str) -> None:
    db = connect(generate.ready(tiny, "plain.sqlite"))
    try:
        assert db.execute("SELECT count(*), count(DISTINCT phone) FROM member").fetchone() == (900, 900)
        assert db.execute("SELECT count(*) FROM orders").fetchone() == (4_500,)
    finally:
        db.close()
