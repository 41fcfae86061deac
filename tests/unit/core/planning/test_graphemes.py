"""Characters are counted as a reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.planning.graphemes import count, graphemes, shortened


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("會員", ["會", "員"]),
        ("👨‍👩‍👧‍👦!", ["👨‍👩‍👧‍👦", "!"]),
        ("🇹🇼🇯🇵🇹", ["🇹🇼", "🇯🇵", "🇹"]),
        ("👍🏽☕️", ["👍🏽", "☕️"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("ﾊﾞﾅﾅ", ["ﾊﾞ", "ﾅ", "ﾅ"]),
        ("が", ["が"]),
        ("1\r\n2\n", ["1", "\r\n", "2", "\n"]),
        ("\u1112\u1161\u11ab글", ["\u1112\u1161\u11ab", "글"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("🏴\U000e0067\U000e0062\U000e007f", ["🏴\U000e0067\U000e0062\U000e007f"]),
        ("a\u200db", ["a\u200d", "b"]),
        ("葛\U000e0100城", ["葛\U000e0100", "城"]),
        ("", []),
    ],
)
def test_a_character_is_what_a_reader_sees(text: str, parts: list[str]) -> None:
    assert graphemes(text) == parts
    assert count(text) == len(parts)


@given(st.text())
def test_the_parts_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text
    assert count(text) == len(graphemes(text)) <= len(text)


@given(st.text(min_size=1), st.integers(1, 20))
def test_shortened_is_never_longer(text: str, most: int) -> None:
    assert count(shortened(text, most)) <= most
    assert shortened(text, count(text)) == text
