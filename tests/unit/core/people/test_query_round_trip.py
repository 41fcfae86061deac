"""What is written can be read: every condition survives as text, however nasty the texts inside."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.people.condition import (
    EVERYBODY,
    NAMED_DAYS,
    Ago,
    And,
    Condition,
    Day,
    MonthDay,
    Named,
    Not,
    Op,
    Or,
    Period,
    Term,
    Word,
    simplified,
)
from desktop.core.people.fields import FIELDS, OF_A_PERIOD, FieldKind
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse, to_text
from desktop.paths import resources_folder

NASTY = [
    "OR",
    "ＯＲ",
    "-",
    "--x",
    "－勿擾",
    "none",
    "ANY",
    "ａｎｙ",
    '"',
    '"quoted"',
    "“curly”",
    "＂",
    "\\",
    'ends with \\"',
    "(a",
    "a)",
    "a(b)c",
    "（全形）",
    "tag:x",
    "標籤：x",
    ">5",
    "≥5",
    "=",
    "a..b",
    "1..2",
    "..",
    " 前後空白 ",
    "0912",
    "345",
    "678",
    "0912 345 678",
    "(02) 2345-6789",
    "+886 912 345 678",
    "٣",
    "一　二",
    "line\nbreak",
    "'",
    "a'b",
    "*",
    "%",
]
texts = st.sampled_from(NASTY) | st.text(
    st.sampled_from('ab0９ "\\()（）-－:：=<>≥.OR“＂　\n')
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    min_size=1,
    max_size=12,
).filter(lambda text: bool(text.strip()))
days = st.dates().flatmap(
    lambda d: st.sampled_from([Day(d.year, d.month, d.day), Day(d.year, d.month), Day(d.year)])
)
ages = st.builds(Ago, st.integers(0, 999_999), st.sampled_from("dwmy"))
named = st.builds(Named, st.sampled_from(NAMED_DAYS))
month_days = st.dates().map(lambda d: MonthDay(d.month, d.day))
numbers = st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9).map(lambda x: whole_or_not(round(x, 6)))
COMPARISONS = (Op.EQ, Op.GT, Op.GE, Op.LT, Op.LE)


def whole_or_not(number: float) -> int | float:
    return int(number) if number == int(number) else number


def compared(names: list[str], values: Any, *, extra: bool = False) -> st.SearchStrategy[Term]:
    ends = st.tuples(st.none() | values, st.none() | values).filter(_forwards)
    return st.builds(
        Term, st.sampled_from(names), st.sampled_from(COMPARISONS), values, extra=st.just(extra)
    ) | (st.tuples(st.sampled_from(names), ends).map(lambda t: Term(t[0], Op.RANGE, *t[1], extra)))


def _forwards(ends: tuple[Any, Any]) -> bool:
    low, high = ends
    if low is None or high is None:
        return ends != (None, None)
    if isinstance(low, Day) and isinstance(high, Day):
        return (low.year, low.month or 1, low.day or 1) <= (high.year, high.month or 12, high.day or 31)
    return isinstance(low, Ago | Named | Day) or (isinstance(low, type(high) | int | float) and low <= high)


def named_by(*kinds: FieldKind) -> list[str]:
    return [field.name for field in FIELDS.values() if field.kind in kinds]


either = st.sampled_from([Op.HAS, Op.EQ])
columns = texts
terms = st.one_of(
    st.builds(Word, texts),
    st.builds(Term, st.sampled_from(list(FIELDS)), st.sampled_from([Op.NONE, Op.ANY])),
    st.builds(Term, columns, st.sampled_from([Op.NONE, Op.ANY]), extra=st.just(True)),
    st.builds(Term, columns, either, texts, extra=st.just(True)),
    st.builds(Term, st.sampled_from(named_by(FieldKind.TEXT, FieldKind.CATEGORY)), either, texts),
    st.builds(Term, st.sampled_from(named_by(FieldKind.KEY, FieldKind.TAG)), st.just(Op.HAS), texts),
    st.builds(Term, st.just("phone"), either, st.sampled_from(["0912-345-678", "(02) 2345", "678"])),
    st.builds(Term, st.just("gender"), st.just(Op.HAS), st.sampled_from(["male", "female", "other"])),
    st.builds(
        Term, st.sampled_from(named_by(FieldKind.YES_NO)), st.just(Op.HAS), st.sampled_from(["yes", "no"])
    ),
    st.builds(Term, st.just("consent"), st.just(Op.HAS), st.sampled_from(["yes", "no", "unknown"])),
    compared(named_by(FieldKind.NUMBER), numbers),
    compared(named_by(FieldKind.DATE), days | ages | named),
    compared(["年資", "OR", 'a"b'], numbers, extra=True).filter(lambda term: term.op is not Op.EQ),
    compared(["到期", "(日)"], ages | days.filter(lambda day: day.month), extra=True).filter(
        lambda term: term.op is not Op.EQ
    ),
    compared(["birthday"], days | ages),
    st.builds(Term, st.just("birthday"), st.just(Op.EQ), named | month_days),
    st.tuples(month_days, month_days).map(lambda ends: Term("birthday", Op.RANGE, *ends)),
    compared(["birthday_month"], st.integers(1, 12)),
    st.builds(Term, st.just("nasl"), st.just(Op.HAS), st.sampled_from("NASL")),
    st.builds(Term, st.just("audience"), st.just(Op.HAS), texts),
    st.builds(Term, st.just("import"), either, texts | st.sampled_from(["12", "１２"])),
    st.builds(Term, st.just("import"), st.just(Op.HAS), st.integers(0, 10**14)),
)
ends_of_periods = st.tuples(st.none() | days | ages | named, st.none() | days | ages | named)
periods = st.builds(lambda ends: Period(*ends), ends_of_periods.filter(_forwards)) | (
    (days | named).map(lambda value: Period(value, value))
)
terms = terms | st.one_of(
    st.builds(replace, compared(["orders", "order_days", "total"], numbers), period=periods),
    st.builds(
        Term, st.sampled_from(["item", "order_store"]), either, texts, st.none(), st.just(False), periods
    ),
    st.builds(
        Term,
        st.sampled_from(list(OF_A_PERIOD)),
        st.sampled_from([Op.NONE, Op.ANY]),
        st.none(),
        st.none(),
        st.just(False),
        periods,
    ),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    terms,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=4).map(tuple)),
    ),
    max_leaves=12,
)


def extra_columns(condition: Condition) -> set[str]:
    if isinstance(condition, And | Or):
        return set().union(*map(extra_columns, condition.parts))
    if isinstance(condition, Not):
        return extra_columns(condition.part)
    return {condition.field} if isinstance(condition, Term) and condition.extra else set()


def as_text_has_it(condition: Condition) -> Condition:
    """Simplified, and groups without parts inside others as the terms that stand for them."""
    shape = simplified(condition)
    return shape if shape == EVERYBODY else simplified(_without_empty_groups(shape))


def _without_empty_groups(condition: Condition) -> Condition:
    match condition:
        case And(()):
            return Term("id", Op.ANY)
        case Or(()):
            return Term("id", Op.NONE)
        case And(parts) | Or(parts):
            return type(condition)(tuple(map(_without_empty_groups, parts)))
        case Not(part):
            return Not(_without_empty_groups(part))
    return condition


@given(conditions)
def test_a_condition_is_read_as_it_was_written(condition: Condition) -> None:
    text = to_text(condition)
    again = parse(text, extra_columns=extra_columns(condition))
    assert again == as_text_has_it(condition), text
    assert to_text(again) == text


@pytest.mark.parametrize("language", ["zh_TW", "en", "ja"])
@given(condition=conditions)
def test_so_are_translated_field_words(language: str, condition: Condition) -> None:
    words = shown_words(language)
    text = to_text(condition, words)
    assert parse(text, extra_columns=extra_columns(condition)) == as_text_has_it(condition), text


def shown_words(language: str) -> dict[str, str]:
    catalogue = json.loads(
        (resources_folder() / "i18n" / language / "query.json").read_text(encoding="utf-8")
    )
    return {name: catalogue[f"query.field.{name}"] for name in FIELDS}


@given(
    st.lists(
        st.sampled_from([*'ab019-()":=<> .\\', "OR ", "tag:", "最愛:", "last_order:>", "“", "（", "："]),
        max_size=15,
    )
)
def test_any_text_is_read_and_written_back_or_its_mistake_has_a_place(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        condition = parse(text, extra_columns=["最愛"])
    except QueryMistake as mistake:
        found: QueryMistake | None = mistake
    else:
        found = None
        assert parse(to_text(condition), extra_columns=["最愛"]) == condition
    assert found is None or 0 <= found.place <= found.place + found.length <= len(text)


def test_translated_words_are_shown_where_they_can_be_read_back() -> None:
    condition = parse("tag:熟客 last_order:>60d")
    assert to_text(condition, shown_words("zh_TW")) == "標籤:熟客 最近消費:>60d"
    assert to_text(condition, shown_words("ja")) == "タグ:熟客 最終購入日:>60d"
    assert to_text(condition, shown_words("en")) == "Tag:熟客 last_order:>60d"


def test_the_empty_query_is_everybody() -> None:
    assert parse("") == parse(" \u3000\n") == EVERYBODY
    assert to_text(EVERYBODY) == to_text(And((And(()),))) == ""
    assert to_text(Not(EVERYBODY)) == "-id:any"
    assert to_text(Or(())) == "id:none"
