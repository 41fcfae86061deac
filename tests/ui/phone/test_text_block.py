"""How a chat breaks lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFont

from desktop.core.planning.graphemes import graphemes
from desktop.ui.phone.chat import clock
from desktop.ui.phone.look import Look
from desktop.ui.phone.text_block import Style, TextBlock

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


def style(lines: int | None = None) -> Style:
    font = QFont("Noto Sans CJK TC")
    font.setPixelSize(15)
    return Style(font, QColor("#000000"), link=QColor("#0000ff"), lines=lines)


# What a keyboard gives: pictures come whole, never a joiner or a skin tone alone, which Qt parts from a space.
TYPED = st.lists(
    st.sampled_from([*"歡迎光臨ab c，。「」1234%👍", "👍🏽", "e\u0301", "🇹🇼", FAMILY]), max_size=60
).map("".join)


@given(TYPED, st.integers(20, 300))
def test_nothing_is_lost_or_torn(text: str, room: int) -> None:
    block = TextBlock(text, style(), room)
    assert "".join(block.lines) == text
    whole = set(graphemes(text))
    for line in block.lines:
        assert all(cluster in whole for cluster in graphemes(line))


@given(st.text(alphabet="歡迎光臨日日咖啡，。", min_size=1, max_size=80))
def test_lines_fit_and_no_line_begins_with_a_full_stop(text: str) -> None:
    block = TextBlock(text, style(), 120)
    assert block.width <= 120
    if not any(pair in text for pair in ("，，", "。。", "，。", "。，")):
        assert not any(line[:1] in ("，", "。") for line in block.lines[1:])


def test_an_emoji_of_several_characters_stays_whole() -> None:
    block = TextBlock(FAMILY * 20, style(), 100)
    assert len(block.lines) > 1
    assert all(line.count("👨") == len(line) // len(FAMILY) for line in block.lines)


def test_line_breaks_are_kept_and_lines_are_even() -> None:
    one, three = TextBlock("一", style(), 200), TextBlock("一\n\n三", style(), 200)
    assert three.lines == ["一", "", "三"]
    assert three.height == pytest.approx(3 * one.height)


def test_what_does_not_fit_ends_in_dots() -> None:
    block = TextBlock("一二三四五六七八九十" * 5, style(lines=2), 90)
    assert len(block.lines) == 2
    assert block.lines[1].endswith("…")
    assert TextBlock("短", style(lines=2), 90).lines == ["短"]


def test_text_grows_with_the_zoom_of_line() -> None:
    assert Look(zoom=130).font(15, zoomed=True).pixelSize() > Look().font(15, zoomed=True).pixelSize()
    assert Look(zoom=130).font(15).pixelSize() == Look().font(15).pixelSize()


@pytest.mark.parametrize(
    ("time", "shown"),
    [("00:05", "上午 12:05"), ("09:30", "上午 9:30"), ("12:00", "下午 12:00"), ("23:59", "下午 11:59")],
)
def test_the_time_is_told_as_line_tells_it(time: str, shown: str) -> None:
    assert clock(time) == shown
