"""Arithmetic of colours: how far two are apart for the eye, which ink can be read on a ground, lighter and darker shades.
Formulas are those of the Web Content Accessibility Guidelines 2.2 ("relative luminance", "contrast ratio")."""

from __future__ import annotations

import re

READABLE = 4.5
"""The contrast text needs against its ground (WCAG 2.2, 1.4.3, level AA)."""

WHITE, BLACK = "#ffffff", "#000000"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

RGB = tuple[int, int, int]


def is_colour(text: str) -> bool:
    """Whether it is a colour as ``#rrggbb``."""
    return _COLOUR.fullmatch(text) is not None


def rgb(colour: str) -> RGB:
    """Red, green and blue, 0 to 255.

    Raises:
        ValueError: if it is no colour.
    """
    if not is_colour(colour):
        raise ValueError(f"not a colour: {colour}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def hexed(parts: tuple[float, float, float]) -> str:
    """The colour as ``#rrggbb``, parts rounded and kept between 0 and 255."""
    return "#" + "".join(f"{max(0, min(255, round(part))):02x}" for part in parts)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _shares(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of the other in it."""
    pairs = zip(rgb(colour), rgb(other), strict=True)
    red, green, blue = (one + (two - one) * share for one, two in pairs)
    return hexed((red, green, blue))


def readable(wanted: str, ground: str, least: float = READABLE) -> str:
    """The wanted ink, made darker or lighter until it can be read on the ground.

    Black or white alone reach 4.58 on any ground, so ``least`` up to that is always met.
    """
    end = BLACK if contrast(BLACK, ground) >= contrast(WHITE, ground) else WHITE
    if end == BLACK and luminance(wanted) > luminance(ground) and contrast(WHITE, ground) >= least:
        end = WHITE
    for step in range(21):
        ink = mixed(wanted, end, step / 20)
        if contrast(ink, ground) >= least:
            return ink
    return end


def ink_on(ground: str) -> str:
    """White where white can be read on the ground, as shops like it; otherwise near black."""
    return WHITE if contrast(WHITE, ground) >= READABLE else readable("#22262b", ground)


def deep_enough(colour: str, least: float = READABLE) -> str:
    """The colour, darkened until white can be read on it."""
    for step in range(21):
        darker = mixed(colour, BLACK, step / 20)
        if contrast(WHITE, darker) >= least:
            return darker
    return BLACK


def _shares(colour: str) -> list[float]:
    return [part / 255 for part in rgb(colour)]
