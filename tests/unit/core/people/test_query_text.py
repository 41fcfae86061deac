"""The query language by example: what a text means, and what is wrong with one that means nothing."""

from __future__ import annotations

import pytest

from desktop.core.people.condition import Ago, And, Day, MonthDay, Named, Not, Op, Or, Period, Term, Word
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse, to_text
from desktop.text import LANGUAGES, render, use_language

COLUMNS = ["最愛口味", "年資", "生日", "IG@帳號"]
BOB = Word("bob")
VIP = Term("level", Op.HAS, "VIP")

MEANINGS = {
    # Words
    "王小明": Word("王小明"),
    "bob bob": And((BOB, BOB)),
    '"bob bob"': Word("bob bob"),
    '"OR"': Word("OR"),
    '"-x"': Word("-x"),
    "or": Word("or"),
    "a-b": Word("a-b"),
    "王(小)": Word("王(小)"),
    "O'Neil": Word("O'Neil"),
    r'"他說\"好\""': Word('他說"好"'),
    r'"C:\dir\\"': Word("C:\\dir\\"),
    "“王 小明”": Word("王 小明"),
    "0912-345-678": Word("0912-345-678"),
    "0912 345 678": Word("0912 345 678"),
    "(02) 2345-6789": Word("(02) 2345-6789"),
    "+886 912 345 678 bob": And((Word("+886 912 345 678"), BOB)),
    "0912345678 100": And((Word("0912345678"), Word("100"))),
    "0912 bob": And((Word("0912"), BOB)),
    # Orders of a period, customer classes, audiences, imports
    "orders@90d:>=2": Term("orders", Op.GE, 2, period=Period(None, Ago(90))),
    "訂單數＠..90天：>=2": Term("orders", Op.GE, 2, period=Period(None, Ago(90))),
    "orders@90d..:2": Term("orders", Op.EQ, 2, period=Period(Ago(90), None)),
    "orders@90d..90d:2": Term("orders", Op.EQ, 2, period=Period(Ago(90), Ago(90))),
    "total@上個月>=1,000": Term(
        "total", Op.GE, 1000, period=Period(Named("last_month"), Named("last_month"))
    ),
    "item@2026-03:拿鐵": Term("item", Op.HAS, "拿鐵", period=Period(Day(2026, 3), Day(2026, 3))),
    "-order_store@1y:none": Not(Term("order_store", Op.NONE, period=Period(None, Ago(1, "y")))),
    '"IG@帳號":mei': Term("IG@帳號", Op.HAS, "mei", extra=True),
    "IG@帳號:mei": Term("IG@帳號", Op.HAS, "mei", extra=True),
    "mei@example.com": Word("mei@example.com"),
    "nasl:n": Term("nasl", Op.HAS, "N"),
    "客群:沉睡客": Term("nasl", Op.HAS, "S"),
    "nasl:none": Term("nasl", Op.NONE),
    "受眾包:母親節": Term("audience", Op.HAS, "母親節"),
    "audience=母親節": Term("audience", Op.HAS, "母親節"),
    "import:12": Term("import", Op.HAS, 12),
    'import:"12"': Term("import", Op.HAS, "12"),
    "匯入=名單.xlsx": Term("import", Op.EQ, "名單.xlsx"),
    # AND, OR, NOT, groups
    "bob OR level:VIP bob": Or((BOB, And((VIP, BOB)))),
    "bob (bob OR level:VIP)": And((BOB, Or((BOB, VIP)))),
    "(bob (bob bob))": And((BOB, BOB, BOB)),
    "-bob": Not(BOB),
    "-(bob OR level:VIP)": Not(Or((BOB, VIP))),
    "--bob": Not(Not(BOB)),
    "-level:VIP bob": And((Not(VIP), BOB)),
    "（bob OR bob）": Or((BOB, BOB)),
    "－bob": Not(BOB),
    # Fields
    "level:VIP": VIP,
    "level=VIP": Term("level", Op.EQ, "VIP"),
    "level:=VIP": Term("level", Op.EQ, "VIP"),
    "LEVEL:VIP": VIP,
    "等級：VIP": VIP,
    "会員ランク:VIP": VIP,
    '"等級":VIP': VIP,
    "level:VIP(金)": Term("level", Op.HAS, "VIP(金)"),
    "tags:熟客": Term("tag", Op.HAS, "熟客"),
    "tag=熟客": Term("tag", Op.HAS, "熟客"),
    'tag:"熟 客"': Term("tag", Op.HAS, "熟 客"),
    "tag:none": Term("tag", Op.NONE),
    "tag:ANY": Term("tag", Op.ANY),
    'tag:"none"': Term("tag", Op.HAS, "none"),
    "gender:女": Term("gender", Op.HAS, "female"),
    "gender:Male": Term("gender", Op.HAS, "male"),
    "gender:unknown": Term("gender", Op.NONE),
    "consent:是": Term("consent", Op.HAS, "yes"),
    "blocked:FALSE": Term("blocked", Op.HAS, "no"),
    "consent:unknown": Term("consent", Op.HAS, "unknown"),
    "bound=1": Term("bound", Op.HAS, "yes"),
    # Numbers
    "points:100": Term("points", Op.EQ, 100),
    "points>=１,000": Term("points", Op.GE, 1000),
    "points:<-2.5": Term("points", Op.LT, -2.5),
    "total:≥100": Term("total", Op.GE, 100),
    "total:100..200": Term("total", Op.RANGE, 100, 200),
    "total:..200": Term("total", Op.RANGE, None, 200),
    "total=100..": Term("total", Op.RANGE, 100, None),
    "points:2.0": Term("points", Op.EQ, 2),
    # Dates
    "last_order:>60d": Term("last_order", Op.GT, Ago(60)),
    "last_order:<=3個月": Term("last_order", Op.LE, Ago(3, "m")),
    "last_order:2w..1y": Term("last_order", Op.RANGE, Ago(2, "w"), Ago(1, "y")),
    "last_order:2026-01-01..2026-03-31": Term("last_order", Op.RANGE, Day(2026, 1, 1), Day(2026, 3, 31)),
    "last_order:2026-03": Term("last_order", Op.EQ, Day(2026, 3)),
    "last_order:2026/3/1": Term("last_order", Op.EQ, Day(2026, 3, 1)),
    "joined_at:>2026": Term("joined_at", Op.GT, Day(2026)),
    "joined_at:今天": Term("joined_at", Op.EQ, Named("today")),
    "joined_at:2026-01..today": Term("joined_at", Op.RANGE, Day(2026, 1), Named("today")),
    "birthday:05-20": Term("birthday", Op.EQ, MonthDay(5, 20)),
    "birthday:--2-29": Term("birthday", Op.EQ, MonthDay(2, 29)),
    "birthday:12-20..01-10": Term("birthday", Op.RANGE, MonthDay(12, 20), MonthDay(1, 10)),
    "birthday:>30y": Term("birthday", Op.GT, Ago(30, "y")),
    "birthday_month:11月": Term("birthday_month", Op.EQ, 11),
    "birthday_month:11..2": Term("birthday_month", Op.RANGE, 11, 2),
    # Extra columns
    '"最愛口味":拿鐵': Term("最愛口味", Op.HAS, "拿鐵", extra=True),
    "最愛口味=拿鐵": Term("最愛口味", Op.EQ, "拿鐵", extra=True),
    "最愛口味:none": Term("最愛口味", Op.NONE, extra=True),
    "年資:5": Term("年資", Op.HAS, "5", extra=True),
    "年資:>5": Term("年資", Op.GT, 5, extra=True),
    "年資:3..5": Term("年資", Op.RANGE, 3, 5, extra=True),
    "年資:2025..2026-03": Term("年資", Op.RANGE, Day(2025), Day(2026, 3), extra=True),
    "年資:>30d": Term("年資", Op.GT, Ago(30), extra=True),
    '年資:"3..5"': Term("年資", Op.HAS, "3..5", extra=True),
    # In quotes the shop's column goes first, otherwise the field of that name.
    '"生日":x': Term("生日", Op.HAS, "x", extra=True),
    "生日:05-20": Term("birthday", Op.EQ, MonthDay(5, 20)),
}


@pytest.mark.parametrize(("text", "meaning"), MEANINGS.items())
def test_a_text_means(text: str, meaning: object) -> None:
    condition = parse(text, extra_columns=COLUMNS)
    assert condition == meaning
    assert parse(to_text(condition), extra_columns=COLUMNS) == condition


MISTAKES = [
    # text, kind, place, characters concerned, nearest valid word
    ("levle:VIP", "unknown_field", 0, "levle", "level"),
    ("bob lastorder:>60d", "unknown_field", 4, "lastorder", "last_order"),
    ("標簽:熟客", "unknown_field", 0, "標簽", "標籤"),
    ("最愛:拿鐵", "unknown_field", 0, "最愛", "最愛口味"),
    ('"最愛口":拿鐵', "unknown_field", 0, '"最愛口"', "最愛口味"),
    ("10:30", "unknown_field", 0, "10", None),
    ("gender:femal", "bad_choice", 7, "femal", "female"),
    ("consent:ye", "bad_choice", 8, "ye", "yes"),
    ('points:"abc"', "bad_number", 8, "abc", None),
    ('phone:"abc"', "bad_phone", 6, '"abc"', None),
    ("points:abc", "bad_number", 7, "abc", None),
    ("points:1..x", "bad_number", 10, "x", None),
    ("points:1..2..3", "bad_number", 10, "2..3", None),
    ("last_order:>soon", "bad_date", 12, "soon", None),
    ("last_order:2026-02-30", "bad_date", 11, "2026-02-30", None),
    ("birthday:13-40", "bad_birthday", 9, "13-40", None),
    ("birthday_month:13", "bad_month", 15, "13", None),
    ("年資:>long", "bad_extra", 4, "long", None),
    ("phone:abc", "bad_phone", 6, "abc", None),
    ("level:>3", "no_comparison", 0, "level:>3", None),
    ("gender:>3", "no_comparison", 0, "gender:>3", None),
    ("birthday:>05-20", "no_comparison", 0, "birthday:>05-20", None),
    ("birthday:05-20..2026-01-01", "bad_range", 9, "05-20..2026-01-01", None),
    ("points:5..1", "range_backwards", 7, "5..1", None),
    ("last_order:2026-03..2026-01", "range_backwards", 11, "2026-03..2026-01", None),
    ("tag:", "value_missing", 4, "", None),
    ("tag: 熟客", "value_missing", 4, "", None),
    ("points:..", "value_missing", 7, "..", None),
    (":x", "field_missing", 0, ":", None),
    ("nasl:新客人", "bad_choice", 5, "新客人", "新客"),
    ("nasl:>N", "no_comparison", 0, "nasl:>N", None),
    ("audience:>母親節", "no_comparison", 0, "audience:>母親節", None),
    ("ordrs@90d:>2", "unknown_field", 0, "ordrs", "orders"),
    ("bob last_order@90d:>2", "no_period", 4, "last_order@90d", None),
    ("orders@soon:>2", "bad_period", 7, "soon", None),
    ("orders@:>2", "bad_period", 7, "", None),
    ("orders@1..x:>2", "bad_period", 7, "1..x", None),
    ("orders@2026-03..2026-01:>2", "range_backwards", 7, "2026-03..2026-01", None),
    ("orders@90d:many", "bad_number", 11, "many", None),
    ("bob >5", "field_missing", 4, ">", None),
    ('tag:""', "empty_text", 4, '""', None),
    ('bob "x', "unclosed_quote", 4, '"x', None),
    ("(bob", "unclosed_group", 0, "(", None),
    ("bob (", "unclosed_group", 4, "(", None),
    ("bob)", "unopened_group", 3, ")", None),
    (")", "unopened_group", 0, ")", None),
    ("bob ()", "empty_group", 4, "()", None),
    ("( )", "empty_group", 0, "( ", None),
    ("-", "nothing_to_negate", 0, "-", None),
    ("bob - bob", "nothing_to_negate", 4, "-", None),
    ("OR bob", "lonely_or", 0, "OR", None),
    ("bob OR", "lonely_or", 4, "OR", None),
    ("bob OR OR bob", "lonely_or", 4, "OR", None),
    ("(bob OR)", "lonely_or", 5, "OR", None),
    ("x" * 1001, "text_too_long", 0, "x" * 1001, None),
    ("(" * 51 + "x" + ")" * 51, "too_deep", 50, "(", None),
    ("-" * 51 + "x", "too_deep", 50, "-", None),
]


@pytest.mark.parametrize(("text", "kind", "place", "concerned", "nearest"), MISTAKES)
def test_a_mistake_names_its_place_and_the_nearest_word(
    text: str, kind: str, place: int, concerned: str, nearest: str | None
) -> None:
    with pytest.raises(QueryMistake) as caught:
        parse(text, extra_columns=COLUMNS)
    mistake = caught.value
    assert (mistake.kind, mistake.place) == (kind, place)
    assert text[place : place + mistake.length] == concerned
    if nearest:
        assert mistake.nearest == nearest


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "nearest"), [(mistake[0], mistake[4]) for mistake in MISTAKES])
def test_a_mistake_reads_well_in_every_language(language: str, text: str, nearest: str | None) -> None:
    use_language(language)
    try:
        with pytest.raises(QueryMistake) as caught:
            parse(text, extra_columns=COLUMNS)
        sentence = render(caught.value.text)
        assert str(caught.value.place + 1) in sentence
        assert nearest is None or nearest in sentence
        assert "{" not in sentence
        assert caught.value.cure is None or render(caught.value.cure)
    finally:
        use_language(LANGUAGES[0])


def test_a_very_long_query_is_a_mistake() -> None:
    with pytest.raises(QueryMistake) as caught:
        parse("x " * 60_000)
    assert caught.value.kind == "query_too_long"


def test_extra_columns_are_known_or_taken_on_trust() -> None:
    with pytest.raises(QueryMistake):
        parse('"最愛口味":拿鐵')
    trusted = parse('"最愛口味":拿鐵', extra_columns=None)
    assert trusted == Term("最愛口味", Op.HAS, "拿鐵", extra=True)
    with pytest.raises(QueryMistake):
        parse("最愛口味:拿鐵", extra_columns=None)


def test_an_extra_column_answers_apart_from_width_and_case_and_keeps_its_name() -> None:
    assert parse("ｆａｖ:x", extra_columns=["Fav"]) == Term("Fav", Op.HAS, "x", extra=True)
    assert parse('"ＦＡＶ":x', extra_columns=["Fav", "ＦＡＶ"]) == Term("ＦＡＶ", Op.HAS, "x", extra=True)
