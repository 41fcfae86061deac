"""Drawn menus look as they did when somebody looked at them: each look, each layout, short and long words in three languages."""

from __future__ import annotations

import pytest

from desktop.core.planning.rich_menu.layouts import LAYOUTS
from desktop.core.planning.rich_menu.looks import LOOKS, PALETTES
from desktop.ui.menu_image.drawing import draw
from tests.ui.approved.compare import Approved
from tests.ui.menu_image.drawn_menus import CHINESE, ENGLISH, JAPANESE, SHORT, Words, drawn, photo

WORDS: tuple[tuple[str, Words], ...] = (("long", CHINESE), ("en", ENGLISH), ("ja", JAPANESE))
SHARP = 960


@pytest.mark.parametrize("look", LOOKS)
def test_each_look(look: str, approved: Approved) -> None:
    palette = list(PALETTES)[LOOKS.index(look)]
    approved(
        draw(drawn("large_banner_6", CHINESE, look, palette), photo, width=SHARP),
        f"rich_menu/look.{look}",
        width=500,
    )


@pytest.mark.parametrize("look", ["cards", "photo", "tint"])
def test_photos(look: str, approved: Approved) -> None:
    menu = drawn("large_6", CHINESE, look, "coffee", photos=(0, 2, 4))
    approved(draw(menu, photo, width=SHARP), f"rich_menu/photos.{look}", width=320)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_with_short_and_long_words(layout: str, approved: Approved) -> None:
    at = list(LAYOUTS).index(layout)
    looks = [look for look in LOOKS if look not in ("gradient", "cards")]
    palettes = list(PALETTES)
    name, words = WORDS[at % 3]
    for which, chosen, look in (("short", SHORT, looks[at % 6]), (name, words, looks[(at + 3) % 6])):
        menu = drawn(layout, chosen, look, palettes[(at + len(which)) % len(palettes)])
        approved(draw(menu, photo, width=SHARP), f"rich_menu/{layout}.{which}", width=320)
