"""Contents of greetings are read whatever another version, or a hand, made of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.planning.greeting.balloons import (
    KINDS,
    Area,
    Card,
    Cards,
    Coupon,
    Greeting,
    Insert,
    Picture,
    RichMessage,
    Text,
    from_content,
    joined,
    kind_of,
    to_content,
)
from desktop.core.planning.greeting.checks import checks
from desktop.core.planning.greeting.limits import problems
from tests.unit.core.planning.greeting.greetings import EVERYTHING

_WORDS = st.sampled_from(
    ("balloons", "kind", "parts", "insert", "cards", "areas", "rect", "action", "picture", "url", *KINDS)
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2000) | st.text(max_size=5) | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=12,
)
_BALLOON = st.dictionaries(_WORDS, _JSON, max_size=5).flatmap(
    lambda content: st.sampled_from(tuple(KINDS)).map(lambda kind: content | {"kind": kind})
)


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries(
        {"balloons": st.lists(_BALLOON, max_size=3) | _JSON, "starts": _JSON, "ends": _JSON}
    )
)
def test_anything_can_be_read_and_looked_at(content: dict[str, Any]) -> None:
    greeting = from_content(content, "舊的")
    assert from_content(to_content(greeting), "舊的") == greeting
    problems(greeting)
    checks(greeting)


def test_missing_keys_take_defaults_and_unknown_balloons_are_left_out() -> None:
    content = {
        "balloons": [
            {"kind": "text", "parts": ["歡迎", {"insert": "friend"}, {"insert": "age"}, 7, "光臨", "。"]},
            {"kind": "sticker"},
            {"kind": "rich_message", "areas": [{"rect": [1, 2]}]},
            {"kind": "cards", "cards": [{}]},
            {"kind": "coupon"},
            "text",
        ]
    }
    assert from_content(content).balloons == (
        Text(("歡迎", Insert.FRIEND, "光臨。")),
        RichMessage(areas=(Area(),)),
        Cards((Card(actions=()),)),
        Coupon(),
    )
    assert from_content({}) == Greeting()


def test_pictures_are_named_once_and_kinds_by_their_words() -> None:
    assert EVERYTHING.pictures() == (7, 3)
    assert [kind_of(one) for one in EVERYTHING.balloons] == [
        "text",
        "rich_message",
        "cards",
        "coupon",
        "video",
    ]
    assert EVERYTHING.with_balloon(1, Picture(9)).pictures() == (9, 3, 7)


def test_neighbouring_words_are_one_piece() -> None:
    assert joined(("a", "", "b", Insert.FRIEND, "", Insert.ACCOUNT, "c")) == (
        "ab",
        Insert.FRIEND,
        Insert.ACCOUNT,
        "c",
    )


@pytest.mark.parametrize(
    "piece",
    [
        "請",
        "點",
        "(",
        "02-",
        "1,",
        "9/1-",
        "週一 ",
        "新客",
        "a.",
        "〔",
        "傳",
        "10:00-",
        "一元",
        "路 1",
        "買1送",
    ],
)
def test_no_text_makes_reading_endless(piece: str) -> None:
    greeting = Greeting(balloons=(Text((piece * (500 // len(piece)),)),))
    assert len(checks(greeting)) >= 10
