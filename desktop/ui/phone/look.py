"""What LINE looks like on a phone: colours in light and dark, the widths of screens, sizes of text. Everything is measured in the
phone's own points, whatever size the phone is drawn at, so that lines break where they break on the phone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QFont

from desktop.paths import resources_folder
from desktop.ui import theme

TEXT_ZOOMS = (90, 100, 115, 130)
"""LINE's own text sizes (small, ordinary, large, extra large) in percent."""


@dataclass(frozen=True, slots=True)
class Device:
    """A kind of phone, in points.

    Args:
        name: "iphone" or "android".
        width, height: the screen.
        status: height of the line with the clock.
        header: height of the line with the account's name.
        foot: what the system keeps free at the bottom.
        corner: radius of the screen's corners.
        text: height of ordinary text.
    """

    name: str
    width: float
    height: float
    status: float
    header: float
    foot: float
    corner: float
    text: float


IPHONE = Device("iphone", 390, 844, status=47, header=46, foot=24, corner=44, text=15)
ANDROID = Device("android", 412, 892, status=34, header=54, foot=18, corner=30, text=15.5)
DEVICES = {device.name: device for device in (IPHONE, ANDROID)}


@dataclass(frozen=True, slots=True)
class Look:
    """How a chat is drawn.

    Args:
        device: the phone.
        dark: LINE's dark theme.
        zoom: LINE's text size in percent.
        language: decides the letter shapes of Han characters, and how the time is told.
    """

    device: Device = IPHONE
    dark: bool = False
    zoom: int = 100
    language: str = "zh_TW"

    def colour(self, role: str) -> QColor:
        """The colour of a part of LINE in this theme."""
        return QColor(_colours(self.dark)[role])

    def font(self, size: float, *, bold: bool = False, zoomed: bool = False) -> QFont:
        """The phone's font.

        Args:
            size: points of the phone.
            zoomed: whether it follows LINE's text size.
        """
        made = theme.font(self.language)
        made.setPixelSize(max(1, round(size * (self.zoom / 100 if zoomed else 1))))
        made.setBold(bold)
        # Letters are as wide as on paper: otherwise lines would break elsewhere when the phone is drawn smaller.
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return made


@cache
def _colours(dark: bool) -> dict[str, str]:
    file = resources_folder() / "phone" / ("dark.json" if dark else "light.json")
    colours: dict[str, str] = json.loads(file.read_text("utf-8"))
    return colours
