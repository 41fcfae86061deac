"""The picture of the people finds whom SQL finds, in SQL's order, and leaves to SQL what it cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from desktop.core.people.condition import Not, Term, Word
from desktop.core.people.query_text import parse
from desktop.core.people.search_text import folded
from desktop.store import condition_sql
from desktop.store.condition_sql import Sort, count, count_parts, first_screen, ids, query_context
from desktop.store.conditions.values import QueryContext
from desktop.store.database import Database
from desktop.store.picture import keeping, reading
from tests.unit.store.small_shops import empty_shop, have_picture

NAMES = [
    "陳怡君", "怡", "王小明", "ＷＡＮＧ　Mei", "wang mei", "Straße", "山田はなこ", "ヤマダ", "ﾔﾏﾀﾞ", "🦊🍵", "👩‍👩‍👧", "50%", "5_0",
    "O'Neil", "back\\slash", "é", "e\u0301", "İstanbul", "(", "", None, "長" * 40, "a" * 64 + "z", "x" * 300 + "尾", "㈱日本",
]  # fmt: skip
PHONES = ["+886912345678", "+886287654321", "+81312345678", None]
TYPED = [
    "怡", "怡君", "君", "陳怡君", "王小", "wang", "ＷＡＮＧ", "Wang M", "mei", "straße", "STRASSE", "はな", "ヤマダ", "ﾔﾏﾀﾞ", "🦊", "👩", "50%",
    "%", "_", "5_0", "'", "\\", "é", "É", "i", "長長長", "z", "尾", "x尾", "株", "日本", "(株)", "m0", "M00", "M0001", "m0001@", "@", "EXAMPLE", "。",
    "0", "09", "0912", "0912-345", "0912 345 678", "+886 912", "886", "3456", "678", "02-8765", "(02)8765", "００８１３", "0081", "9", "99999",
    "熟", "熟客", "vip", "靠窗", "不存在的人", "\t", "\n", "二\n行", "line",
]  # fmt: skip


@pytest.fixture(scope="module")
def people() -> Iterator[Database]:
    """People of all kinds of names; one of them answers to the number of somebody merged into her."""
    db = empty_shop()
    db.run("INSERT INTO tag (id, name, key) VALUES (1, '熟客', '熟客'), (2, 'VIP', 'vip')")
    for number, name in enumerate(NAMES, 1):
        line_name, note = NAMES[(number * 7) % len(NAMES)], ("喜歡靠窗", "第二\n行", None)[number % 3]
        row = {
            "id": number * 3,
            "name": name,
            "line_name": line_name,
            "note": note,
            "folded": folded(name, line_name, note),
            "member_no": f"M{number:04}",
            "email": f"m{number:04}@example.com" if number % 2 else None,
            "phone": PHONES[number % 4],
            "last_order": (None, "2026-01-30", "2025-12-01", "2026-01-30")[number % 4],
            "total": (None, 0, 0.1 + 0.2, 2**40)[number % 4],
            "store": ("中山店", "信義店", None)[number % 3],
        }
        db.run(
            f"INSERT INTO person ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
        )
        if number % 4:
            db.run("INSERT INTO person_tag VALUES (?, ?, 'hand', NULL)", (number * 3, number % 2 + 1))
    db.run("INSERT INTO step (id, at, kind, title) VALUES (1, '', 'merge', '')")
    merged = [("member_no", "OLD77", 6, 1), ("phone", "+886955123456", 9, 1), ("email", "old@a.tw", 12, 1)]
    db.many("INSERT INTO other_identity VALUES (?, ?, ?, ?)", merged)
    yield db
    db.close()


@pytest.fixture
def context(people: Database) -> QueryContext:
    return query_context(people, lambda: datetime(2026, 3, 31, 4, tzinfo=UTC))


def by_file_and_picture(db: Database, ask: Callable[[], Any]) -> tuple[Any, Any]:
    keeping.keep(db, lambda: None)
    by_file = ask()
    have_picture(db)
    return by_file, ask()


def test_what_is_typed_finds_the_same(people: Database, context: QueryContext) -> None:
    texts = [*TYPED, "old7", "OLD77", "0955-123", "old@", "a" * 2_000]
    asked = [Word(text) for text in texts]
    asked += [Term(field, parse("name:a").op, text) for field in ("name", "line_name", "note", "email", "phone") for text in texts]  # type: ignore[union-attr]  # fmt: skip
    by_file, by_picture = by_file_and_picture(
        people, lambda: [(one, list(ids(people, one, context=context))) for one in asked]
    )
    assert by_picture == by_file
    assert sum(bool(found) for _, found in by_file) > 100


def test_it_is_really_the_picture_that_answers(people: Database, context: QueryContext) -> None:
    have_picture(people)
    known = (
        "怡",
        "0912",
        "name:王",
        "store:中山",
        "tag:VIP",
        "-tag:VIP 熟",
        "total:>=0.3",
        "last_order:2026",
        "reachable:no",
    )
    assert [text for text in known if keeping.found(people, parse(text), context) is None] == []
    # Alone, what only the file can answer is asked there at once.
    assert keeping.found(people, parse("-item:拿鐵"), context) is None
    assert keeping.found(people, parse("-item:拿鐵 怡"), context) is not None
    pasted = " OR ".join(f"member_no:M{number:04}" for number in range(40))
    assert keeping.found(people, parse(f"({pasted}) 怡"), context) is None


@pytest.mark.parametrize("few", [1, 1_000])
@pytest.mark.parametrize("field", ["id", "last_order", "name", "tag_count"])
def test_lists_come_in_the_same_order(
    people: Database, field: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(condition_sql, "_FEW", few)
    questions = [parse(text) for text in ("a", "-tag:熟客", "M00", "store:none OR 怡")]
    asked = list(
        product(
            questions, (Sort(field), Sort(field, descending=True, then=(Sort("store"),))), (None, 1, 3, 0)
        )
    )

    def lists() -> list[Any]:
        return [(list(ids(people, *one)), list(first_screen(people, one[0], one[1])[0])[:3]) for one in asked]

    by_file, by_picture = by_file_and_picture(people, lists)
    assert by_picture == by_file


def test_parts_are_counted_the_same(people: Database) -> None:
    parts = [parse(text) for text in ("tag:VIP", "uploadable:yes", "line_user_id:none", "-total:any")]
    by_file, by_picture = by_file_and_picture(people, lambda: count_parts(people, parse("m00"), parts))
    assert by_picture == by_file
    assert by_file[0] == len(NAMES)
    assert by_file[1] > 0


def test_people_who_are_read_in_many_slices(people: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SLICE", 4)
    monkeypatch.setattr(reading, "_LINKS", 3)
    questions = [
        parse(text)
        for text in ("怡", "m0001 OR m0017", "tag:熟客", "tag:VIP", "last_order:2026-01", "tag_count:0")
    ]
    by_file, by_picture = by_file_and_picture(people, lambda: [list(ids(people, one)) for one in questions])
    assert by_picture == by_file
    assert all(by_file)


@pytest.mark.parametrize(
    ("change", "question"),
    [
        ("UPDATE person SET points = 'viele' WHERE id = 3", "points:>5"),
        ("UPDATE person SET folded = 'ohne zeilen' WHERE id = 3", "zeilen"),
        ("UPDATE person SET name = 'nul' || char(0) || 'byte' WHERE id = 3", "byte"),
        ("UPDATE person SET note = 'rec' || char(30) || 'sep' WHERE id = 3", "sep"),
        ("UPDATE person SET level = CAST(x'ff' AS TEXT) WHERE id = 3", "name:n2"),
        ("UPDATE person SET consent = 12 WHERE id = 3", "consent:yes"),
        ("UPDATE person SET total = 9007199254740993 WHERE id = 3", "total:=9007199254740993"),
    ],
)
def test_rows_it_cannot_hold_are_left_to_the_file(change: str, question: str) -> None:
    db = empty_shop()
    db.many(
        "INSERT INTO person (id, name, consent) VALUES (?, ?, 1)",
        [(number, f"n{number}") for number in range(1, 6)],
    )
    db.run(change)
    by_file, by_picture = by_file_and_picture(
        db, lambda: [list(ids(db, one)) for one in (parse(question), Not(parse(question)))]
    )
    assert by_picture == by_file
    db.close()


def test_a_column_of_too_many_values_is_left_to_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.store.picture.facets.MOST_VALUES", 3)
    db = empty_shop()
    db.many(
        "INSERT INTO person (id, store, level) VALUES (?, ?, '金')",
        [(number, f"店{number}") for number in range(1, 9)],
    )
    have_picture(db)
    context = query_context(db)
    assert keeping.found(db, parse("store:店3"), context) is None
    assert count(db, parse("store:店3")) == 1
    assert keeping.found(db, parse("level:金"), context) is not None
    db.close()


def test_texts_too_many_to_keep_are_searched_in_the_file(
    people: Database, context: QueryContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SLICE", 4)
    monkeypatch.setattr(reading, "MOST_TEXT_BYTES", 100)
    by_file, by_picture = by_file_and_picture(
        people,
        lambda: [list(ids(people, parse(text))) for text in ("怡", "0912 tag:VIP", "name:王 -store:none")],
    )
    assert by_picture == by_file
    assert keeping.found(people, parse("tag:VIP"), context) is not None
