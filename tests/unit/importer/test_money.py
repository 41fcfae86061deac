"""Amounts and counts, and the decimal sign decided from a whole column."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importer.values.money import NumberEvidence, read_count, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("NT$1,455", 1455),
        ("1,455元", 1455),
        ("NT$1,455 元", 1455),
        ("TWD 1455.00", 1455),
        ("１４５５", 1455),
        ("ＮＴ＄１，４５５", 1455),
        ("$1,234.50", 1234.5),
        ("1,234,567", 1234567),
        ("－500", -500),
        ("-500", -500),
        ("−500", -500),
        ("500-", -500),
        ("(500)", -500),
        ("NT$ -1,455", -1455),
        ("-NT$500", -500),
        ("0", 0),
        ("12 點", 12),
        ("3次", 3),
        ("¥1,000", 1000),
        ("1.455,00", 1455),
        ("1'000", 1000),
        ("1e3", 1000),
        ("新台幣 300 元整", 300),
        ("\u00a01 234\u00a0", 1234),
    ],
)
def test_amounts(text: str, number: float) -> None:
    read = read_number(text).value
    assert read == number
    assert isinstance(read, int) == float(number).is_integer()


@pytest.mark.parametrize("text", ["abc", "1,45", "NT$", "1-2", "12/3", "1,2,3", "９９九"])
def test_what_is_no_number_has_its_reason(text: str) -> None:
    assert read_number(text).problem == "not_a_number"


@pytest.mark.parametrize("text", ["", "無", "-", "N/A"])
def test_words_for_nothing_are_blank(text: str) -> None:
    assert (read_number(text).value, read_number(text).problem) == (None, None)


def test_a_number_that_lost_its_digits_is_refused() -> None:
    assert read_number("1.23E+20").problem == "number_too_large"


def test_counts_are_whole_and_not_negative() -> None:
    assert read_count("3 次").value == 3
    assert read_count("3.5").problem == "not_a_count"
    assert read_count("-1").problem == "not_a_count"


def sign(*texts: str) -> str:
    evidence = NumberEvidence()
    evidence.add(texts)
    return evidence.decimal


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (["1.455,00", "2.000"], ","),
        (["12,50", "1.455"], ","),
        (["1.455", "2.300"], ","),
        (["1,455", "2,000"], "."),
        (["1,455.00"], "."),
        (["12.5", "1.455"], "."),
        (["1455", "0"], "."),
        ([], "."),
    ],
)
def test_the_column_decides_the_decimal_sign(texts: list[str], decimal: str) -> None:
    assert sign(*texts) == decimal


def test_european_amounts() -> None:
    assert read_number("1.455", ",").value == 1455
    assert read_number("1.455,50 €", ",").value == 1455.5


AMOUNTS = st.integers(-(10**12), 10**12)
WRITINGS = ["{:d}", "{:,d}", "NT${:,d}", "{:,d}元", "TWD {:d}.00", " {:d} "]


@given(AMOUNTS, st.sampled_from(WRITINGS))
def test_every_amount_in_every_writing(amount: int, writing: str) -> None:
    assert read_number(writing.format(amount)).value == amount


@given(st.integers(0, 10**10), st.integers(0, 99))
def test_cents(whole: int, cents: int) -> None:
    assert math.isclose(read_number(f"{whole:,}.{cents:02d}").value or 0, whole + cents / 100)
    european = f"{whole:,}".replace(",", ".") + f",{cents:02d}"
    assert math.isclose(read_number(european, ",").value or 0, whole + cents / 100)


@given(st.text(max_size=30))
def test_any_text_gives_a_number_a_reason_or_nothing(text: str) -> None:
    for decimal in ".,":
        outcome = read_number(text, decimal)
        assert outcome.value is None or (outcome.problem is None and math.isfinite(outcome.value))
