"""Colours, sizes and fonts of the window. Colours are roles read from resources/themes; the style sheet is a template over
the roles; sizes follow the text size the owner chose. Fusion on every platform, so that it looks and tests the same."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
import zlib
from typing import ClassVar

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.paths import resources_folder

TEXT_SIZES = (100, 115, 130, 150)
TAG_COLOURS = ("green", "blue", "purple", "orange", "grey", "red", "teal", "yellow", "pink")
TEXT_PX = 13
MIDDLE = 128

# Which text colour stands on which background anywhere in the window; a test computes the contrast of each.
TEXT_PAIRS: dict[str, tuple[str, ...]] = {
    "ink": (
        *("background", "panel", "nav", "bar", "hover", "nav_hover", "field", "selection", "key_cap"),
        *("accent_soft", "info_soft", "warning_soft", "error_soft", "good_soft", "neutral_soft"),
        *("funnel", "track"),
    ),
    "muted": ("background", "panel", "nav", "nav_hover", "bar", "key_cap", "hover", "field"),
    "accent_ink": ("accent_fill", "accent_fill_hover"),
    "accent_text": ("panel", "nav", "background", "accent_soft", "hover"),
    "link": ("panel", "background", "accent_soft", "warning_soft", "hover", "selection"),
    "good": ("panel", "background", "good_soft", "selection"),
    "info": ("panel", "info_soft"),
    "warning": ("panel", "background", "warning_soft", "selection"),
    "error": ("panel", "background", "error_soft", "selection"),
    "error_button_ink": ("error_button",),
    "selection_ink": ("selection",),
    "selection_muted": ("selection",),
    "neutral": ("neutral_soft", "panel"),
    "disabled": ("disabled_soft", "panel", "background"),
    "practice": ("practice_soft",),
    "panel": ("ink",),
}

_FAMILIES = {
    "win32": {"zh_TW": ["Microsoft JhengHei UI"], "ja": ["Yu Gothic UI", "Meiryo UI"], "en": ["Segoe UI"]},
    "darwin": {"zh_TW": ["PingFang TC"], "ja": ["Hiragino Sans"], "en": ["Helvetica Neue"]},
    "linux": {
        "zh_TW": ["Noto Sans TC", "Noto Sans CJK TC"],
        "ja": ["Noto Sans JP", "Noto Sans CJK JP"],
        # Of the CJK fonts only the Korean one has quotation marks as narrow as Latin text wants them.
        "en": ["Noto Sans", "Noto Sans CJK KR", "Noto Sans CJK TC"],
    },
}


class _Current:
    """The theme in use: there is one application and one look."""

    name = ""
    scale = 100
    roles: ClassVar[dict[str, str]] = {}
    colours: ClassVar[dict[str, QColor]] = {}


def apply(app: QApplication, *, theme: str, scale: int, language: str, window: QWidget | None = None) -> None:
    """Dress the application.

    The style sheet belongs to the window where there is one: Qt dresses what is being built anew with each parent it
    gets, if the application itself has a style sheet, and only once, with the window, if the window has.

    Args:
        theme: "system", "light" or "dark".
        scale: text size in percent, one of TEXT_SIZES.
        language: decides the letter shapes of Han characters.
        window: all others belong to it; None if there is none.
    """
    _Current.scale = scale if scale in TEXT_SIZES else 100
    if app.style().name().lower() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font(language))
    apply_colours(app, theme)
    sheet, dressed = _style_sheet(), window or app
    if dressed.styleSheet() != sheet:
        dressed.setStyleSheet(sheet)


def apply_colours(app: QApplication, theme: str) -> None:
    """Only the colours, without fonts and style sheet: what a window's first paint needs.

    Args:
        theme: "system", "light" or "dark".
    """
    _Current.name = resolve(app, theme)
    _Current.roles = load_roles(_Current.name)
    _Current.colours = {}
    app.setPalette(_palette())


def resolve(app: QApplication, theme: str) -> str:
    """A setting that may say "system" as "light" or "dark"."""
    if theme in ("light", "dark"):
        return theme
    return "dark" if app.style().standardPalette().window().color().lightness() < MIDDLE else "light"


def load_roles(name: str) -> dict[str, str]:
    """The colours of one theme: role → "#rrggbb" (tags: "background text")."""
    roles: dict[str, str] = json.loads((resources_folder() / "themes" / f"{name}.json").read_text("utf-8"))
    return roles


def name() -> str:
    """The theme in use: "light" or "dark"."""
    return _Current.name


def colour(role: str) -> QColor:
    """The colour of a role in the theme in use."""
    found = _Current.colours.get(role)
    if found is None:
        found = _Current.colours[role] = QColor(_Current.roles[role])
    return found


def tag_pair(tag: str) -> tuple[QColor, QColor]:
    """Background and text of a tag colour (one of TAG_COLOURS; anything else is grey)."""
    key = "tag_" + (tag if tag in TAG_COLOURS else "grey")
    if key not in _Current.colours:
        background, text = _Current.roles[key].split()
        _Current.colours[key] = QColor(background)
        _Current.colours[key + "_text"] = QColor(text)
    return _Current.colours[key], _Current.colours[key + "_text"]


def tag_colour(tag_name: str) -> str:
    """The colour of a tag nobody gave one: always the same for the same name."""
    key = unicodedata.normalize("NFKC", tag_name).casefold()
    return TAG_COLOURS[zlib.crc32(key.encode()) % len(TAG_COLOURS)]


def px(size: float) -> int:
    """``size`` pixels at 100 % text size, scaled to the text size in use."""
    return max(1, round(size * _Current.scale / 100))


def control_height(*, link: bool = False) -> int:
    """How high the style sheet makes a button, a field and a choice of one line, or a link, in pixels: what stands beside one
    is given this height, not that of a control measured while it is being built, which is not dressed yet."""
    return px(20) + 2 * px(3 if link else 6) + 2


def font(language: str) -> QFont:
    """The window's font for a language."""
    platform = sys.platform if sys.platform in _FAMILIES else "linux"
    chosen = QFont()
    chosen.setFamilies([*_FAMILIES[platform].get(language, _FAMILIES[platform]["zh_TW"]), "sans-serif"])
    chosen.setPixelSize(px(TEXT_PX))
    return chosen


def _palette() -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, source in (
        (roles.Window, "background"),
        (roles.WindowText, "ink"),
        (roles.Base, "panel"),
        (roles.AlternateBase, "background"),
        (roles.Text, "ink"),
        (roles.Button, "panel"),
        (roles.ButtonText, "ink"),
        (roles.BrightText, "error"),
        (roles.Highlight, "accent_fill"),
        (roles.HighlightedText, "accent_ink"),
        (roles.Accent, "accent"),
        (roles.Link, "link"),
        (roles.LinkVisited, "link"),
        (roles.PlaceholderText, "muted"),
        (roles.ToolTipBase, "ink"),
        (roles.ToolTipText, "panel"),
        (roles.Light, "panel"),
        (roles.Midlight, "line"),
        (roles.Mid, "line_strong"),
        (roles.Dark, "line_strong"),
        (roles.Shadow, "shadow"),
    ):
        palette.setColor(role, colour(source))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colour("disabled"))
    return palette


def _style_sheet() -> str:
    template = (resources_folder() / "themes" / "window.qss").read_text("utf-8")
    return re.sub(r"@(\w+)", _token, template)


def _token(found: re.Match[str]) -> str:
    word = found[1]
    return f"{px(int(word))}px" if word.isdigit() else _Current.roles[word]
