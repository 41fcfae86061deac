"""The file LINE gets: the menu's size, JPEG or PNG, at most 1 MB whatever is in it."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop.core.planning.rich_menu.checks import ERROR, IMAGE_BYTES, WARNING, checks
from desktop.core.planning.rich_menu.layouts import LAYOUTS, scaled
from desktop.core.planning.rich_menu.looks import LOOKS
from desktop.core.planning.rich_menu.menu import RichMenu, Size
from desktop.ui.menu_image.picture_file import image_bytes, image_facts
from tests.ui.menu_image.drawn_menus import CHINESE, SHORT, drawn, photo


@cache
def noise(_: int = 0) -> QImage:
    """What compresses worst."""
    data = random.Random(7).randbytes(2500 * 1686 * 4)
    return QImage(data, 2500, 1686, QImage.Format.Format_RGB32).copy()


def assert_line_takes(menu: RichMenu, pictures: object) -> str:
    file = image_bytes(menu, pictures)  # type: ignore[arg-type]
    assert len(file.data) <= IMAGE_BYTES
    seen = QImage.fromData(file.data)
    assert (seen.width(), seen.height()) == menu.size
    beginnings = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff"}
    assert file.data.startswith(beginnings[file.media_type])
    return file.media_type


@pytest.mark.parametrize("look", LOOKS)
def test_a_drawn_menu_of_each_look_is_a_sharp_png(look: str) -> None:
    layout = list(LAYOUTS)[LOOKS.index(look) * 2]
    assert assert_line_takes(drawn(layout, CHINESE, look), photo) == "image/png"


def test_photos_of_any_kind_fit() -> None:
    assert assert_line_takes(drawn("large_6", SHORT, "photo", photos=range(6)), photo) == "image/jpeg"
    assert assert_line_takes(drawn("large_6", SHORT, "photo", photos=range(6)), noise) == "image/jpeg"
    assert assert_line_takes(replace(drawn("large_1", SHORT), own_picture=1), noise) == "image/jpeg"


def test_the_owners_picture_is_brought_to_the_menus_size() -> None:
    menu = replace(drawn("compact_3", SHORT), own_picture=1)
    tall = QImage(300, 900, QImage.Format.Format_ARGB32)
    tall.fill(Qt.GlobalColor.transparent)
    assert_line_takes(menu, lambda _: tall)
    assert_line_takes(scaled(menu, Size(800, 270)), lambda _: tall)


def test_the_checks_hear_what_they_want_to_know() -> None:
    menu = replace(drawn("large_6", SHORT), chat_bar_text="選單")
    facts = image_facts(menu, photo)
    assert (facts.width, facts.height, facts.media_type) == (2500, 1686, "image/png")
    assert 10_000 < facts.size <= IMAGE_BYTES
    assert not [check for check in checks(menu, image=facts) if check.state in (ERROR, WARNING)]
    assert facts.contrast is not None
    assert facts.contrast >= 4.5
    own = image_facts(replace(menu, own_picture=1), photo)
    assert own.enlarged
    assert own.contrast is None
    assert not image_facts(replace(menu, own_picture=1), noise).enlarged
    cut = image_facts(menu.with_area(2, title="長" * 90), photo)
    assert cut.tight == (2,)
