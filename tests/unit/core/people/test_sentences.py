"""Conditions as rows an owner edits: nothing is lost between the tree, the rows and the query text."""

from __future__ import annotations

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
    Period,
    Term,
    Word,
    simplified,
)
from desktop.core.people.fields import FIELDS
from desktop.core.people.query_text import parse, to_text
from desktop.core.people.sentences import (
    ANYWHERE,
    AnyGroup,
    Form,
    Free,
    Sentence,
    condition_of,
    forms_of,
    is_complete,
    rows_of,
    values_needed,
)

MARCH = Period(Day(2026, 3), Day(2026, 3))
TEXTS = st.sampled_from(["熟客", "VIP", "市集", "a b", "中山店"])
AGES = st.builds(Ago, st.integers(0, 400), st.sampled_from("dwmy"))
DAYS = st.builds(Day, st.integers(2020, 2026), st.integers(1, 12), st.integers(1, 28))
COMPARISONS = st.sampled_from([Op.EQ, Op.GT, Op.GE, Op.LT, Op.LE])
TERMS = st.one_of(
    st.builds(Term, st.sampled_from(["tag", "store", "level", "member_no", "name"]), st.just(Op.HAS), TEXTS),
    st.builds(Term, st.just("level"), st.just(Op.EQ), TEXTS),
    st.builds(Term, st.sampled_from(["last_order", "joined_at"]), COMPARISONS, st.one_of(AGES, DAYS)),
    st.builds(Term, st.just("last_order"), st.just(Op.EQ), st.just(Named("this_month"))),
    st.builds(Term, st.sampled_from(["orders", "total"]), COMPARISONS, st.integers(0, 9000)),
    st.builds(Term, st.just("birthday_month"), st.just(Op.EQ), st.integers(1, 12)),
    st.builds(Term, st.just("bound"), st.just(Op.HAS), st.sampled_from(["yes", "no"])),
    st.builds(Term, st.sampled_from(["phone", "tag", "last_order"]), st.sampled_from([Op.NONE, Op.ANY])),
    st.builds(Term, st.just("最愛口味"), st.just(Op.HAS), TEXTS, extra=st.just(True)),
    st.builds(Word, TEXTS),
    st.builds(Term, st.just("nasl"), st.just(Op.HAS), st.sampled_from("NASL")),
    st.builds(Term, st.sampled_from(["audience", "import"]), st.just(Op.HAS), TEXTS),
    st.builds(Term, st.just("import"), st.just(Op.HAS), st.integers(1, 99)),
    st.builds(
        Term,
        st.just("orders"),
        COMPARISONS,
        st.integers(0, 9),
        period=st.builds(Period, st.none(), AGES) | DAYS.map(lambda day: Period(day, day)),
    ),
    st.builds(
        Term, st.just("order_store"), st.sampled_from([Op.HAS, Op.EQ]), TEXTS, period=st.builds(Period, DAYS)
    ),
)
CONDITIONS = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=4).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=8,
)


@given(CONDITIONS)
def test_rows_mean_what_the_condition_means(condition: Condition) -> None:
    assert condition_of(rows_of(condition)) == simplified(condition)


@given(CONDITIONS)
def test_rows_can_be_written_as_a_query_and_read_again(condition: Condition) -> None:
    text = to_text(condition_of(rows_of(condition)))
    assert rows_of(parse(text, extra_columns=["最愛口味"])) == rows_of(
        parse(to_text(condition), extra_columns=["最愛口味"])
    )


@pytest.mark.parametrize(
    ("query", "row"),
    [
        ("tag:熟客", Sentence("tag", Form.ANY_OF, ("熟客",))),
        ("(tag:熟客 OR tag:VIP)", Sentence("tag", Form.ANY_OF, ("熟客", "VIP"))),
        ("-tag:市集", Sentence("tag", Form.NONE_OF, ("市集",))),
        ("-(tag:市集 OR tag:員工)", Sentence("tag", Form.NONE_OF, ("市集", "員工"))),
        ("tag:none", Sentence("tag", Form.ABSENT)),
        ("last_order:>60d", Sentence("last_order", Form.AGO_OVER, (Ago(60),))),
        ("last_order:<=3m", Sentence("last_order", Form.AGO_WITHIN, (Ago(3, "m"),))),
        ("last_order:30d..60d", Sentence("last_order", Form.AGO_BETWEEN, (Ago(30), Ago(60)))),
        ("last_order:>=2026-03", Sentence("last_order", Form.SINCE, (Day(2026, 3),))),
        ("joined_at:last_month", Sentence("joined_at", Form.IN_PERIOD, (Named("last_month"),))),
        ("orders:2..5", Sentence("orders", Form.BETWEEN, (2, 5))),
        ("total:>=1000", Sentence("total", Form.AT_LEAST, (1000,))),
        ("birthday_month:11", Sentence("birthday_month", Form.IN_PERIOD, (11,))),
        ("birthday_month:next_month", Sentence("birthday_month", Form.IN_PERIOD, (Named("next_month"),))),
        ("-store:中山店", Sentence("store", Form.NONE_OF, ("中山店",))),
        ("bound:no", Sentence("bound", Form.IS, ("no",))),
        ("gender:female", Sentence("gender", Form.IS, ("female",))),
        ("item:拿鐵", Sentence("item", Form.CONTAINS, ("拿鐵",))),
        ("陳", Sentence(ANYWHERE, Form.CONTAINS, ("陳",))),
        ("-陳", Sentence(ANYWHERE, Form.LACKS, ("陳",))),
        ("nasl:N OR nasl:A", Sentence("nasl", Form.ANY_OF, ("N", "A"))),
        ("客群:沉睡客", Sentence("nasl", Form.ANY_OF, ("S",))),
        ("-audience:母親節", Sentence("audience", Form.NONE_OF, ("母親節",))),
        ("import:12 OR import:名單.xlsx", Sentence("import", Form.ANY_OF, (12, "名單.xlsx"))),
        ("orders@90d:>=2", Sentence("orders", Form.AT_LEAST, (2,), period=Period(None, Ago(90)))),
        ("item@2026-03:拿鐵", Sentence("item", Form.CONTAINS, ("拿鐵",), period=MARCH)),
        ("order_store@2026-03:none", Sentence("order_store", Form.ABSENT, period=MARCH)),
        ('"最愛口味":拿鐵', Sentence("最愛口味", Form.ANY_OF, ("拿鐵",), extra=True)),
    ],
)
def test_a_term_as_a_sentence(query: str, row: Sentence) -> None:
    assert rows_of(parse(query, extra_columns=["最愛口味"])) == (row,)


def test_alternatives_of_different_fields_are_a_group() -> None:
    (group,) = rows_of(parse("tag:熟客 OR orders:>=5 OR (tag:a tag:b)"))
    assert isinstance(group, AnyGroup)
    assert group.rows[:2] == (
        Sentence("tag", Form.ANY_OF, ("熟客",)),
        Sentence("orders", Form.AT_LEAST, (5,)),
    )
    assert group.rows[2] == Free(parse("tag:a tag:b"))


@pytest.mark.parametrize(
    "query", ["orders:2..", "-last_order:>60d", "-(bound:yes tag:a)", "birthday:05-20", "level=金卡"]
)
def test_what_has_no_sentence_stays_as_it_is(query: str) -> None:
    assert rows_of(parse(query)) == (Free(parse(query)),)


def test_everybody_has_no_rows() -> None:
    assert rows_of(EVERYBODY) == ()
    assert condition_of(()) == EVERYBODY


@pytest.mark.parametrize(
    "row",
    [
        Sentence("tag", Form.ANY_OF),
        Sentence("name", Form.CONTAINS, ("  ",)),
        Sentence("orders", Form.BETWEEN, (5,)),
        Sentence("orders", Form.BETWEEN, (5, 2)),
        Sentence("last_order", Form.DAYS_BETWEEN, (Day(2026, 3), Day(2026, 1))),
        AnyGroup(()),
        AnyGroup((Sentence("tag", Form.ANY_OF),)),
    ],
)
def test_a_row_that_says_nothing_yet_excludes_nobody(row: Sentence | AnyGroup) -> None:
    assert not is_complete(row)
    assert condition_of([row, Sentence("bound", Form.IS, ("yes",))]) == Term("bound", Op.HAS, "yes")


@pytest.mark.parametrize("field", [*FIELDS, ANYWHERE])
def test_every_field_has_forms_that_survive_the_way_to_text_and_back(field: str) -> None:
    several = ("A", "S") if field == "nasl" else ("a", "b")
    samples = {
        Form.ANY_OF: several, Form.NONE_OF: several, Form.CONTAINS: ("912",), Form.LACKS: ("912",),
        Form.AGO_BETWEEN: (Ago(5), Ago(9)), Form.DAYS_BETWEEN: (Day(2026, 1, 1), Day(2026, 2)), Form.BETWEEN: (1, 2),
        Form.IN_PERIOD: (Named("this_month"),),
    }  # fmt: skip
    assert forms_of(field)
    for form in forms_of(field):
        choice = "female" if field == "gender" else "yes"
        one = choice if form in (Form.IS, Form.IS_NOT) else Ago(7) if form.startswith("ago") else 7
        day = Day(2026, 5, 1) if form in (Form.ON, Form.SINCE, Form.AFTER, Form.UNTIL, Form.BEFORE) else one
        values = samples.get(form, (day,) if values_needed(form) else ())
        row = Sentence(field, form, values)
        assert is_complete(row)
        assert rows_of(parse(to_text(condition_of([row])))) == (row,), form
