"""Whatever is written on a menu, it stays inside its area and can be read; every width shows the same drawing."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QImage

from desktop.core.planning.rich_menu.colours import contrast
from desktop.core.planning.rich_menu.grid import split
from desktop.core.planning.rich_menu.layouts import LAYOUTS, scaled
from desktop.core.planning.rich_menu.looks import LOOKS, PALETTES
from desktop.core.planning.rich_menu.menu import RichMenu, Size
from desktop.ui.menu_image.drawing import DrawnArea, designed, draw, tight
from desktop.ui.menu_image.scheme import Role, colours_of
from tests.ui.approved.compare import difference
from tests.ui.menu_image.drawn_menus import ALL_WORDS, CHINESE, MONSTERS, SHORT, drawn, photo, white

WIDTH = 500
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def pixels(image: QImage) -> numpy.ndarray:
    """Rows of (red, green, blue)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = numpy.frombuffer(plain.constBits(), numpy.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()


def boxes(one: DrawnArea) -> list[tuple[QRectF, str]]:
    """Where its texts stand, and in which ink."""
    found = one.arrangement
    known = [(found.title_box, one.colours.ink), (found.subtitle_box, one.colours.faint)]
    return [(box, ink) for box, ink in known if box is not None]


def assert_inside(menu: RichMenu, pictures: object) -> None:
    scale = 2500 / menu.size.width
    for area, one in zip(menu.areas, designed(menu, pictures), strict=True):  # type: ignore[arg-type]
        whole = QRectF(*(side * scale for side in area.rect)).adjusted(-1, -1, 1, 1)
        assert one.arrangement.tile.isEmpty() or one.arrangement.tile.width() > 0
        for text in (one.arrangement.title, one.arrangement.subtitle):
            assert text is None or text.width <= one.arrangement.text.width() + 1
        for box, _ in boxes(one):
            assert whole.contains(box), (area.title, box, whole)
        if one.arrangement.icon is not None:
            assert whole.contains(one.arrangement.icon)


@pytest.mark.parametrize("words", ALL_WORDS)
@pytest.mark.parametrize("look", LOOKS)
def test_texts_and_icons_stay_inside_their_areas(look: str, words: str) -> None:
    shown = ((), range(20), (0, 3))
    for at, layout in enumerate(LAYOUTS):
        photos = shown[(at + LOOKS.index(look)) % 3]
        assert_inside(drawn(layout, ALL_WORDS[words], look, photos=photos), photo)


@pytest.mark.parametrize("look", LOOKS)
def test_letters_leave_no_trace_outside_their_area(look: str) -> None:
    for layout, words in (("large_8", MONSTERS), ("compact_4", CHINESE), ("large_tabs_3", MONSTERS)):
        menu = drawn(layout, words, look, photos=(4,))
        whole, bare = (pixels(draw(menu, photo, width=WIDTH, words=shown)) for shown in (True, False))
        changed = (whole != bare).any(axis=2)
        assert changed.any()
        for area in menu.areas:
            for at in (area.rect.x, area.rect.right - 1):
                column = round(at * WIDTH / 2500)
                assert not changed[:, min(column, WIDTH - 1)].any()
            for at in (area.rect.y, area.rect.bottom - 1):
                row = round(at * WIDTH / 2500)
                left, right = round(area.rect.x * WIDTH / 2500), round(area.rect.right * WIDTH / 2500)
                assert not changed[min(row, changed.shape[0] - 1), left:right].any()


def linear(values: numpy.ndarray) -> numpy.ndarray:
    shares = values / 255.0
    return numpy.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def least_contrast(ground: numpy.ndarray, ink: str) -> float:
    """The contrast of the ink to the pixel nearest to it."""
    light = linear(ground.astype(float)) @ numpy.array([0.2126, 0.7152, 0.0722])
    red, green, blue = (int(ink[at : at + 2], 16) for at in (1, 3, 5))
    own = float(linear(numpy.array([red, green, blue])) @ numpy.array([0.2126, 0.7152, 0.0722]))
    high, low = numpy.maximum(light, own), numpy.minimum(light, own)
    return float(((high + 0.05) / (low + 0.05)).min())


@pytest.mark.parametrize("look", LOOKS)
def test_every_letter_can_be_read_on_what_is_under_it(look: str) -> None:
    layouts = ("large_left_4", "large_tabs_2", "compact_6", "large_rows_2")
    for at, palette in enumerate(PALETTES):
        menu = drawn(layouts[at % 4], CHINESE, look, palette, photos=range(at % 3, 20, 3))
        ground = pixels(draw(menu, white, width=WIDTH, words=False))
        for one in designed(menu, white):
            for box, ink in boxes(one):
                left, right = (round(side * WIDTH / 2500) for side in (box.left(), box.right()))
                top, bottom = (round(side * WIDTH / 2500) for side in (box.top(), box.bottom()))
                under = ground[top:bottom, left:right].reshape(-1, 3)
                assert under.size == 0 or least_contrast(under, ink) >= 4.45, (palette, box, ink)


@given(
    COLOURS,
    st.sampled_from(LOOKS),
    st.sampled_from(list(PALETTES)),
    st.integers(0, 8),
    st.booleans(),
    st.booleans(),
)
def test_any_shop_colour_can_be_read(
    colour: str, look: str, palette: str, number: int, hero: bool, own: bool
) -> None:
    menu = drawn("large_9", SHORT, look, palette, colour="" if own else colour)
    area = replace(menu.areas[number], colour=colour if own else "")
    for role in (Role(number, number % 4, hero=hero), Role(number, tab=True, open_tab=hero)):
        found = colours_of(menu, area, role)
        assert found.grounds
        for ground in found.grounds:
            assert contrast(found.ink, ground) >= 4.5
            assert contrast(found.faint, ground) >= 4.5
            assert contrast(found.icon, found.badge or ground) >= 3.0


@pytest.mark.parametrize("look", LOOKS)
def test_every_width_shows_the_same_drawing(look: str) -> None:
    menu = drawn("large_banner_6", CHINESE, look, photos=(2,))
    large = draw(menu, photo).scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
    small = draw(menu, photo, width=WIDTH)
    assert (large.width(), large.height()) == (small.width(), small.height()) == (500, 337)
    assert difference(large, small).mean < 4


def test_a_menu_of_any_size_is_drawn_alike() -> None:
    large = drawn("large_6", CHINESE)
    half = scaled(large, Size(1250, 843))
    assert difference(draw(large, photo, width=WIDTH), draw(half, photo, width=WIDTH)).mean < 2
    assert draw(half, photo, width=1250).height() == 843


def test_areas_of_one_size_have_letters_of_one_size() -> None:
    titles = [one.arrangement.title for one in designed(drawn("large_6", SHORT), photo)]
    assert len({title.size for title in titles if title}) == 1
    tops = [one.arrangement.title_box.top() for one in designed(drawn("large_6", CHINESE), photo)]  # type: ignore[union-attr]
    assert len({round(top / 20) for top in tops}) == 2


def test_texts_that_had_to_be_cut_or_made_small_are_named() -> None:
    assert tight(drawn("large_6", SHORT), photo) == ()
    assert tight(drawn("compact_4", MONSTERS), photo)[:2] == (0, 1)
    assert tight(replace(drawn("compact_4", MONSTERS), own_picture=1), photo) == ()


def test_the_owners_picture_takes_the_place_of_the_drawing() -> None:
    menu = replace(drawn("large_6", SHORT), own_picture=7)
    assert difference(draw(menu, white, width=WIDTH), draw(menu, lambda _: None, width=WIDTH)).mean > 1
    assert draw(menu, white, width=WIDTH).pixelColor(3, 3).name() == "#ffffff"


def test_a_lost_photo_and_odd_plans_are_drawn_without() -> None:
    menu = drawn("large_6", SHORT, photos=(0, 1))
    bare = drawn("large_6", SHORT)
    assert difference(draw(menu, lambda _: None, width=WIDTH), draw(bare, photo, width=WIDTH)).mean == 0
    odd = replace(bare, style=replace(bare.style, look="later", palette="later", colour="red")).with_area(
        0, icon="later"
    )
    assert draw(odd, photo, width=WIDTH).width() == WIDTH
    assert draw(replace(bare, areas=()), photo, width=WIDTH).pixelColor(0, 0).name() == "#ffffff"


def test_tiny_areas_are_drawn() -> None:
    menu = drawn("large_9", CHINESE, "cards", photos=(3,))
    for at in (8, 7, 6, 0):
        menu = split(menu, at, 2, 2) if len(menu.areas) < 18 else menu
    assert_inside(menu, photo)
    assert draw(menu, photo, width=WIDTH).height() == 337


def test_the_computers_language_changes_no_letter() -> None:
    before = QLocale()
    seen = []
    for language in ("zh_TW", "ja_JP", "en_US"):
        QLocale.setDefault(QLocale(language))
        seen.append(draw(drawn("large_6", CHINESE), photo, width=WIDTH))
    QLocale.setDefault(before)
    assert difference(seen[0], seen[1]).mean == difference(seen[0], seen[2]).mean == 0


def test_another_thread_draws_the_same() -> None:
    menu = drawn("large_6", CHINESE, "pop", photos=(1,))
    found: list[QImage] = []
    worker = threading.Thread(target=lambda: found.append(draw(menu, photo, width=WIDTH)))
    worker.start()
    worker.join()
    assert difference(found[0], draw(menu, photo, width=WIDTH)).mean == 0
