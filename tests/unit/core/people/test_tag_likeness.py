"""Which tags look like one another, and which only seem to."""

from __future__ import annotations

import pytest

from desktop.core.people.tag_likeness import Likeness, alike


def why(first: str, second: str) -> Likeness | None:
    found = alike({1: first, 2: second})
    assert alike({1: second, 2: first}) == found
    return found[0].why if found else None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("台北店", "臺北店"),
        ("VIP 客", "ｖｉｐ客"),
        ("熟客!", "熟客"),
        ("寵物-友善", "寵物友善"),
        ("溫咖啡", "温咖啡"),
        ("（外帶）", "外帶"),
    ],
)
def test_only_the_writing_differs(first: str, second: str) -> None:
    assert why(first, second) is Likeness.WRITING


@pytest.mark.parametrize(
    ("first", "second"),
    [("愛喝拿鐵", "愛喝拿鉄"), ("豆子訂閱", "豆子訂閱客"), ("regular", "regulr"), ("週末來店", "周末來店")],
)
def test_one_character_differs(first: str, second: str) -> None:
    assert why(first, second) is Likeness.LETTER


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("熟客", "常客"),
        ("VIP1", "VIP2"),
        ("一月壽星會員", "二月壽星會員"),
        ("2025年新客", "2026年新客"),
        ("中杯男性會員", "中杯女性會員"),
        ("🐶", "🐱"),
        ("拿鐵", "美式"),
        ("愛喝拿鐵", "拿鐵愛喝"),
    ],
)
def test_what_is_meant_to_be_apart_is_left_apart(first: str, second: str) -> None:
    assert why(first, second) is None


def test_one_name_within_the_other_is_for_the_caller_to_weigh() -> None:
    assert why("拿鐵", "愛喝拿鐵的人") is Likeness.PART


def test_each_pair_is_told_once() -> None:
    found = alike({1: "台北 店", 2: "臺北店", 3: "台北店"})
    assert [(pair.first, pair.second) for pair in found] == [(1, 2), (1, 3)]
