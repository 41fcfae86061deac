"""Inks that can be read, by the guidelines' own arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.planning.rich_menu.colours import (
    contrast,
    deep_enough,
    ink_on,
    is_colour,
    mixed,
    readable,
    rgb,
)
from desktop.core.planning.rich_menu.looks import LOOKS, PALETTES, palette_of

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ff0000", "#ffffff") == pytest.approx(4.0, abs=0.005)


@given(COLOURS, COLOURS)
def test_any_wish_can_be_read_on_any_ground(wish: str, ground: str) -> None:
    assert contrast(readable(wish, ground), ground) >= 4.5
    assert contrast(ink_on(ground), ground) >= 4.5
    assert contrast("#ffffff", deep_enough(ground)) >= 4.5
    if contrast(wish, ground) >= 4.5:
        assert readable(wish, ground) == wish


@given(COLOURS, COLOURS, st.floats(0, 1))
def test_a_mixture_lies_between(one: str, other: str, share: float) -> None:
    parts = zip(rgb(one), rgb(other), rgb(mixed(one, other, share)), strict=True)
    assert all(min(low, high) <= between <= max(low, high) for low, high, between in parts)


def test_only_full_colours_are_colours() -> None:
    assert is_colour("#12aBef")
    assert not any(is_colour(text) for text in ("", "#12a", "red", "#12abeg", "12abef0"))
    with pytest.raises(ValueError, match="red"):
        rgb("red")


def test_palettes_are_colours_and_the_first_stands_in_for_unknown_ones() -> None:
    for palette in PALETTES.values():
        assert all(is_colour(one) for one in (palette.main, palette.accent, palette.paper, *palette.others))
    assert palette_of("of a later version") is next(iter(PALETTES.values()))
    assert len(set(LOOKS)) == 8
