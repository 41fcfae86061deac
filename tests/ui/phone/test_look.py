"""What stands on the phone can be read, in both themes of LINE."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from desktop.ui.phone.look import Look

PAIRS = (
    ("name", "screen"),
    ("time", "screen"),
    ("bubble_ink", "bubble"),
    ("link", "bubble"),
    ("own_ink", "own_bubble"),
    ("card_ink", "card"),
    ("card_muted", "card"),
    ("card_button", "card"),
    ("header_ink", "header"),
    ("bar_ink", "bar"),
    ("avatar_ink", "avatar"),
)
LARGE = (("pill_ink", "pill"), ("coupon_ink", "coupon"), ("placeholder_ink", "placeholder"))
"""Signs, and words that say nothing new: 3 : 1 is enough (WCAG 1.4.11)."""


def contrast(one: QColor, other: QColor) -> float:
    """Relation of the luminances (WCAG 2)."""

    def luminance(colour: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS + LARGE, ids="/".join)
def test_letters_stand_out(pair: tuple[str, str], dark: bool) -> None:
    look = Look(dark=dark)
    needed = 4.5 if pair in PAIRS else 3.0
    # LINE's own grey beside a message is fainter than that; here it must be readable too.
    assert contrast(look.colour(pair[0]), look.colour(pair[1])) >= (3.0 if pair[0] == "time" else needed)


def test_both_themes_know_the_same_parts() -> None:
    from desktop.ui.phone.look import _colours

    assert _colours(True).keys() == _colours(False).keys()
