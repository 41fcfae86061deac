"""Conditions in words: what becomes a chip, what stays text, in every language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.people.condition import (
    EVERYBODY,
    Ago,
    And,
    Condition,
    Day,
    Named,
    Not,
    Op,
    Or,
    Term,
    Word,
    simplified,
)
from desktop.core.people.fields import FIELDS, FieldKind
from desktop.core.people.query_text import parse, to_text
from desktop.text import LANGUAGES, use_language
from desktop.ui.members.searching.condition_words import described, query_words, split


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    use_language("zh_TW")
    yield
    use_language("zh_TW")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("tag:熟客", "標籤 熟客"),
        ("-tag:熟客", "沒有標籤 熟客"),
        ("tag:none", "沒有標籤"),
        ("tag:VIP OR tag:熟客", "標籤 VIP 或 熟客"),
        ("last_order:<=1y", "最近消費 1 年內"),
        ("last_order:>60d", "最近消費超過 60 天"),
        ("last_order:none", "沒有最近消費"),
        ("last_order:this_month", "最近消費 本月"),
        ("last_order:2026-01-01..2026-03-31", "最近消費 2026/01/01–2026/03/31"),
        ("joined_at:>=2026-01-01", "入會日 2026/01/01 起"),
        ("orders:>=2", "次數 ≥ 2"),
        ("total:1000..5000", "累計 1,000–5,000"),
        ("store=信義店", "門市 信義店"),
        ("-store=信義店", "不是「門市 信義店」"),
        ("bound:yes", "已綁定"),
        ("reachable:yes", "可發送"),
        ("do_not_send:yes", "不發訊息"),
        ("gender:女", "性別 女"),
        ("birthday_month:11", "生日月份 11"),
        ("nasl:S", "客群 沉睡客"),
        ("audience:母親節", "受眾包 母親節"),
    ],
)
def test_what_owners_ask_most_reads_like_a_sentence(query: str, text: str) -> None:
    assert described(parse(query)) == text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("shop_member:yes bound:no", "未綁定會員"),
        ("friend:yes shop_member:no", "好友但未對上會員"),
    ],
)
def test_two_questions_that_mean_one_thing_are_one_chip(query: str, text: str) -> None:
    chips, rest = split(parse(query + " tag:VIP"))
    assert [chip.text for chip in chips] == [text, "標籤 VIP"]
    assert rest == EVERYBODY


def test_words_and_nested_groups_stay_text() -> None:
    chips, rest = split(parse("王 tag:VIP (tag:a OR orders:>3) -(bound:yes tag:b)"))
    assert [chip.text for chip in chips] == ["標籤 VIP"]
    assert rest == parse("王 (tag:a OR orders:>3) -(bound:yes tag:b)")


def test_what_is_asked_of_a_period_stays_text() -> None:
    condition = parse("orders@90d:>=2 (item@90d:拿鐵 OR item@90d:美式)")
    assert split(condition) == ([], condition)


def test_a_chip_never_grows_beyond_what_can_be_read() -> None:
    long = Term("note", Op.HAS, "很長的備註" * 20)
    assert split(long) == ([], long)


VALUES: dict[str, list[Term]] = {
    name: [
        *(Term(name, op) for op in (Op.NONE, Op.ANY)),
        *(
            Term(name, op, value)
            for op, value in (
                (Op.HAS, "N"),
                (Op.HAS, "yes"),
                (Op.HAS, "no"),
                (Op.GT, Ago(60)),
                (Op.LE, Ago(2, "w")),
                (Op.EQ, Day(2026)),
                (Op.LT, Day(2026, 3)),
                (Op.GE, Named("last_month")),
                (Op.EQ, 3),
                (Op.GT, 1.5),
            )
            if FIELDS[name].kind is not FieldKind.CHOICE or value in ("N", "S")
        ),
        Term(name, Op.RANGE, Ago(90), None),
        Term(name, Op.RANGE, None, Ago(90)),
        Term(name, Op.RANGE, 1, 5),
    ]
    for name in FIELDS
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_words_in_every_language(language: str) -> None:
    use_language(language)
    yes_no = {
        "bound",
        "friend",
        "shop_member",
        "uploadable",
        "do_not_send",
        "reachable",
        "blocked",
        "consent",
    }
    for name, terms in VALUES.items():
        for term in terms:
            if name in yes_no and term.value not in ("yes", "no", None):
                continue
            text = described(term)
            assert text, (name, term)
            assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_shown_in_query_text_are_understood_again(language: str) -> None:
    use_language(language)
    condition = parse("tag:VIP last_order:<=90d store=信義店 -bound:yes orders:2..5")
    assert parse(to_text(condition, query_words())) == condition


TERMS: st.SearchStrategy[Condition] = st.sampled_from(
    [
        Word("王"),
        Word("0912"),
        Term("tag", Op.HAS, "VIP"),
        Not(Term("tag", Op.HAS, "VIP")),
        Term("bound", Op.HAS, "no"),
        Term("shop_member", Op.HAS, "yes"),
        Term("shop_member", Op.HAS, "no"),
        Term("friend", Op.HAS, "yes"),
        Term("last_order", Op.LE, Ago(30)),
        Or((Term("tag", Op.HAS, "a"), Term("orders", Op.GE, 2))),
    ]
)


@given(st.lists(TERMS, max_size=6))
def test_chips_and_text_together_are_always_the_whole_condition(parts: list[Condition]) -> None:
    whole = simplified(And(tuple(parts)))
    chips, rest = split(whole)
    together = simplified(And((*(chip.condition for chip in chips), rest)))
    kept = list(whole.parts) if isinstance(whole, And) else [whole]
    again = list(together.parts) if isinstance(together, And) else [together]
    assert sorted(map(repr, kept)) == sorted(map(repr, again))
