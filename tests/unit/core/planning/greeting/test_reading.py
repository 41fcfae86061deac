"""The checklist reads greetings as people do: what a corpus of them says is ticked, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from desktop.core.planning.greeting.balloons import Coupon, Greeting, Insert, RichMessage, Text
from desktop.core.planning.greeting.checks import State, checks, placeholders
from desktop.core.planning.greeting.reading.facts import facts, normalised
from tests.unit.core.planning.greeting.corpus import CHINESE, OTHERS
from tests.unit.core.planning.greeting.shops import written


def ticked(greeting: Greeting) -> set[str]:
    """Every point and rule that is made, also with a gap; without picture and name, which are no words."""
    return {
        one.id
        for one in checks(greeting)
        if one.state is not State.MISSING and one.group != "fill" and one.id not in ("picture", "name")
    }


def test_the_corpus_is_large_enough() -> None:
    assert len(CHINESE) >= 60
    assert len({text for text, _ in CHINESE}) == len(CHINESE)


def test_what_a_greeting_says_is_read() -> None:
    wrong = {
        text: (read, said)
        for text, said in CHINESE + OTHERS
        if (read := ticked(Greeting(balloons=(Text((text,)),)))) != set(said.split())
    }
    assert wrong == {}


def test_of_what_shops_write_little_is_missed_and_nothing_made_up() -> None:
    said = missed = 0
    made_up = {}
    for one in written():
        read = ticked(Greeting(balloons=(Text((one.text,)),)))
        said += len(one.makes)
        missed += len(one.makes - read)
        if read - one.makes - one.arguable:
            made_up[one.text] = read - one.makes - one.arguable
    assert len(written()) == 220
    assert made_up == {}
    assert missed <= 0.04 * said


def test_of_the_amounts_shops_write_none_is_made_up() -> None:
    for one in written():
        prices = [fact.text.replace(",", "") for fact in facts(normalised(one.text)) if fact.kind == "price"]
        assert [price for price in prices if not any(amount in price for amount in one.amounts)] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("電話 02-2345-6789", ["phone"]),
        ("0912345678", ["phone"]),
        ("+886 912 345 678", ["phone"]),
        ("NT$1,200 / 拿鐵 120 元", ["price", "price"]),
        ("100-200 元", ["price"]),
        ("9/1–9/30", ["date_range"]),
        ("2026/10/1-10/31", ["date_range"]),
        ("12 月 31 日前", ["date"]),
        ("5/3 14:00–16:00", ["date", "hours"]),
        ("０９：００～１８：００", ["hours"]),
        ("10:30 - 隔日 02:00", ["hours"]),
        ("早上十點到晚上九點", ["hours"]),
        ("9-18時", ["hours"]),
        ("台北市大安區和平東路二段 106 號 3 樓", ["street"]),
        ("hello@dayday.com.tw", ["email"]),
        ("官網daydaycoffee.com.tw", ["url"]),
        ("東京都渋谷区神南1-2-3", ["street"]),
        ("10am–7pm", ["hours"]),
        ("版本 1.2，統編 12345678", []),
        ("買 2 送 1", []),
    ],
)
def test_facts_claim_their_own_characters_only(text: str, kinds: list[str]) -> None:
    found = facts(normalised(text))
    assert [one.kind for one in found] == kinds
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(normalised(text)[one.start : one.end] == one.text for one in found)


def test_names_that_are_put_in_are_not_read() -> None:
    greeting = Greeting(balloons=(Text((Insert.ACCOUNT, "，您好")),))
    assert ticked(greeting) == set()
    assert next(one for one in checks(greeting) if one.id == "name").state is State.MISSING
    named = Greeting(balloons=(Text((Insert.FRIEND, "，您好")),))
    assert next(one for one in checks(named) if one.id == "name").state is State.OK


def test_a_coupon_is_an_offer_and_its_end_a_campaign() -> None:
    greeting = Greeting(balloons=(Coupon(title="新友買一送一", until="2026-12-31"),))
    assert ticked(greeting) == {"offer", "campaign"}


def test_what_is_still_to_be_replaced_is_pointed_out() -> None:
    written = "官網：〔官網網址〕\nLINE 好友折 〔20〕 元，歡迎來 ○○咖啡，電話 XX-XXXX"
    greeting = Greeting(balloons=(Text((written,)), RichMessage(alt="«your offer»")))
    found = {(one.balloon, one.found) for one in checks(greeting) if one.group == "fill"}
    assert found == {
        (0, "〔官網網址〕"),
        (0, "〔20〕"),
        (0, "○○"),
        (0, "XX"),
        (0, "XXXX"),
        (1, "«your offer»"),
    }
    states = {one.id: one.state for one in checks(greeting)}
    assert (states["site"], states["offer"]) == (State.FILL, State.FILL)


@pytest.mark.parametrize("text", ["尺寸 XXL", "【營業時間】", "二〇二六年", "BOOK", "第○條", "xx", "a_b"])
def test_what_only_looks_like_a_gap_is_none(text: str) -> None:
    assert placeholders(text) == []


def test_words_are_shown_where_they_were_found() -> None:
    greeting = Greeting(balloons=(Text(("歡迎",)), Text(("客服時間 10:00–19:00。還有茶。",))))
    hours = next(one for one in checks(greeting) if one.id == "hours")
    assert (hours.balloon, hours.found) == (1, "客服時間 10:00-19:00")
