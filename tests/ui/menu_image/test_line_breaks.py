"""Lines end where a reader expects it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.menu_image.lettering import LEAST, fitted, language_of
from desktop.ui.menu_image.line_breaks import words_of

FAMILIES = ("Noto Sans CJK TC",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("全台門市與營業時間", ["全台", "門市", "與", "營業", "時間"]),
        ("10 秒完成，馬上領取", ["10 秒", "完成，", "馬上", "領取"]),
        ("滿 1,000 元免運", ["滿 ", "1,000 元", "免運"]),
        ("「生日」好禮", ["「生日」", "好禮"]),
        ("Free delivery", ["Free ", "delivery"]),
        ("オンラインショップ", ["オンラインショップ"]),
        ("店舗一覧・営業時間", ["店舗", "一覧・", "営業", "時間"]),
        ("会員さま限定", ["会員さま", "限定"]),
        ("LINE 好友", ["LINE ", "好友"]),
        ("", [""]),
    ],
)
def test_a_line_ends_between_words(text: str, parts: list[str]) -> None:
    assert list(words_of(text)) == parts


@given(st.text(max_size=40))
def test_the_parts_are_the_text(text: str) -> None:
    assert "".join(words_of(text)) == text


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60), st.integers(120, 1200)
)
def test_a_text_is_never_wider_than_its_room(text: str, width: int) -> None:
    found = fitted(text, float(width), 300.0, 100.0, 3, bold=True, families=FAMILIES)
    assert found.width <= width + 1 or all(len(line) <= 2 for line in found.lines)
    assert LEAST <= found.size <= 100
    assert len(found.lines) <= max(3, text.count("\n") + 1)


def test_lines_are_even_and_short_words_stand_on_one() -> None:
    two = fitted("春季限定買一送一活動", 600.0, 300.0, 100.0, 2, bold=True, families=FAMILIES)
    assert two.lines == ("春季限定", "買一送一活動")
    one = fitted("綁定會員", 600.0, 300.0, 100.0, 2, bold=True, families=FAMILIES)
    assert (one.lines, one.size, one.cut, one.tight) == (("綁定會員",), 100.0, False, False)


def test_what_cannot_fit_is_cut_with_a_sign() -> None:
    found = fitted("好" * 200, 300.0, 120.0, 100.0, 2, bold=True, families=FAMILIES)
    assert found.cut
    assert found.tight
    assert found.lines[-1].endswith("…")
    assert found.size == LEAST


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("台北・台中", "zh_TW"),
        ("お知らせ", "ja"),
        ("クーポン", "ja"),
        ("News", "en"),
        ("NEW 新品", "zh_TW"),
        ("10%", "en"),
    ],
)
def test_the_words_tell_whose_letters_they_need(words: str, language: str) -> None:
    assert language_of(words) == language
