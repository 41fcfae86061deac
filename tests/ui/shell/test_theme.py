"""Colours: every pair that is used can be read, in light and dark; sizes follow the text size."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.paths import resources_folder
from desktop.ui import theme
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.chips import BADGE_ROLES
from desktop.ui.widgets.fields import Select, TextField

READABLE = 4.5
VISIBLE = 3.0
THEMES = ("light", "dark")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_knows_its_ends() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("text", "background"),
    [(text, background) for text, backgrounds in theme.TEXT_PAIRS.items() for background in backgrounds],
)
def test_text_can_be_read(name: str, text: str, background: str) -> None:
    roles = theme.load_roles(name)
    assert contrast(roles[text], roles[background]) >= READABLE


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("tag", theme.TAG_COLOURS)
def test_tag_names_can_be_read(name: str, tag: str) -> None:
    background, text = theme.load_roles(name)[f"tag_{tag}"].split()
    assert contrast(background, text) >= READABLE


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("kind", BADGE_ROLES)
def test_badges_can_be_read(name: str, kind: str) -> None:
    roles = theme.load_roles(name)
    background, text = BADGE_ROLES[kind]
    assert contrast(roles[background], roles[text]) >= READABLE


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("mark", "background"),
    [("focus", "panel"), ("focus", "background"), ("focus", "nav"), ("accent", "panel"), ("accent", "track"),
     ("offline", "bar"), ("error_fill", "track"), ("error_fill", "bar")],
)  # fmt: skip
def test_focus_rings_bars_and_dots_can_be_seen(name: str, mark: str, background: str) -> None:
    roles = theme.load_roles(name)
    assert contrast(roles[mark], roles[background]) >= VISIBLE


def test_both_themes_have_the_same_roles() -> None:
    assert theme.load_roles("light").keys() == theme.load_roles("dark").keys()


def test_the_style_sheet_names_only_roles_that_exist() -> None:
    template = (resources_folder() / "themes" / "window.qss").read_text("utf-8")
    words = {word for word in re.findall(r"@(\w+)", template) if not word.isdigit()}
    assert words
    assert words <= theme.load_roles("light").keys()


def test_no_colour_is_written_outside_the_themes() -> None:
    template = (resources_folder() / "themes" / "window.qss").read_text("utf-8")
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b")
    assert not literal.findall(
        re.sub(r"#(nav|status|practice|stack|toast|palette|panel|strip)\b", "", template)
    )


@pytest.mark.parametrize("scale", theme.TEXT_SIZES)
def test_sizes_follow_the_text_size(qapp: QApplication, scale: int) -> None:
    theme.apply(qapp, theme="light", scale=scale, language="zh_TW")
    assert theme.px(8) == round(8 * scale / 100)
    assert qapp.font().pixelSize() == round(13 * scale / 100)
    theme.apply(qapp, theme="light", scale=100, language="zh_TW")


@pytest.mark.parametrize("scale", theme.TEXT_SIZES)
def test_what_stands_beside_a_button_or_a_field_is_told_the_height_the_style_sheet_gives_it(
    qapp: QApplication, qtbot: QtBot, scale: int
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    theme.apply(qapp, theme="light", scale=scale, language="zh_TW", window=window)
    controls = QWidget()
    row = QHBoxLayout(controls)
    for made in (button("新增"), TextField("", "名稱"), Select("幾天", [(0, "今天")]), link_button("更多")):
        row.addWidget(made)
    window.setCentralWidget(controls)
    found = [row.itemAt(at).sizeHint().height() for at in range(row.count())]
    told = [theme.control_height(link=at == 3) for at in range(row.count())]
    theme.apply(qapp, theme="light", scale=100, language="zh_TW", window=window)
    # A field's own font may ask for one line of pixels more than the style sheet.
    assert all(abs(one - other) <= 1 for one, other in zip(found, told, strict=True))


def test_the_palette_is_the_themes(qapp: QApplication) -> None:
    theme.apply(qapp, theme="dark", scale=100, language="ja")
    assert theme.name() == "dark"
    assert qapp.palette().window().color() == QColor(theme.load_roles("dark")["background"])
    assert qapp.font().families()[0].endswith("JP") or qapp.font().families()
    theme.apply(qapp, theme="light", scale=100, language="zh_TW")
    assert qapp.palette().window().color() == QColor(theme.load_roles("light")["background"])


def test_a_tag_without_colour_always_gets_the_same_one() -> None:
    assert theme.tag_colour("ＶＩＰ") == theme.tag_colour("vip")
    assert {theme.tag_colour(f"標籤{n}") for n in range(200)} == set(theme.TAG_COLOURS)


def test_the_windows_style_sheet_reaches_its_dialogs_and_leaves_the_application_bare(
    qapp: QApplication, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    theme.apply(qapp, theme="dark", scale=100, language="zh_TW", window=window)
    dialog = QDialog(window)
    dialog.resize(60, 60)
    accepting = QPushButton(dialog)
    accepting.setProperty("kind", "primary")
    accepting.setGeometry(10, 10, 40, 40)
    picture = dialog.grab().toImage()
    assert qapp.styleSheet() == ""
    assert picture.pixelColor(2, 2) == theme.colour("background")
    assert picture.pixelColor(30, 30) == theme.colour("accent_fill")
