"""Draws the line icons of the window out of qtawesome's Phosphor font into resources/icons/*.svg, one path each, so that the
program needs neither the font nor qtawesome when it starts. Run it after adding a name to ICONS: python build/make_icons.py"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "icons"
APP = ROOT / "resources" / "app"
APP_SIZES = (32, 256)
GRID = 256

# Name in the program → name in Phosphor 1.3.
ICONS = {
    "users": "users",
    "user": "user",
    "user-plus": "user-plus",
    "tag": "tag",
    "target": "target",
    "upload": "upload-simple",
    "download": "download-simple",
    "identification": "identification-card",
    "gear": "gear-six",
    "search": "magnifying-glass",
    "chart": "chart-bar",
    "greeting": "chat-circle-dots",
    "rich-menu": "squares-four",
    "calendar": "calendar-blank",
    "x": "x",
    "plus": "plus",
    "minus": "minus",
    "check": "check",
    "check-circle": "check-circle",
    "warning": "warning",
    "warning-circle": "warning-circle",
    "info": "info",
    "question": "question",
    "caret-down": "caret-down",
    "caret-up": "caret-up",
    "caret-right": "caret-right",
    "caret-left": "caret-left",
    "arrow-left": "arrow-left",
    "arrow-right": "arrow-right",
    "arrow-out": "arrow-square-out",
    "undo": "arrow-counter-clockwise",
    "redo": "arrow-clockwise",
    "refresh": "arrows-clockwise",
    "more": "dots-three",
    "file": "file",
    "file-text": "file-text",
    "folder": "folder",
    "folder-open": "folder-open",
    "storefront": "storefront",
    "notebook": "notebook",
    "table": "table",
    "chat": "chat-circle-text",
    "coffee": "coffee",
    "practice": "flask",
    "trash": "trash",
    "pencil": "pencil-simple",
    "copy": "copy",
    "export": "export",
    "link": "link",
    "link-break": "link-break",
    "offline": "wifi-slash",
    "online": "wifi-high",
    "cloud-up": "cloud-arrow-up",
    "clock": "clock",
    "history": "clock-counter-clockwise",
    "play": "play",
    "pause": "pause",
    "stop": "stop",
    "funnel": "funnel-simple",
    "sort-up": "sort-ascending",
    "sort-down": "sort-descending",
    "eye": "eye",
    "eye-off": "eye-slash",
    "phone": "phone",
    "key": "key",
    "lock": "lock",
    "keyboard": "keyboard",
    "command": "command",
    "bell": "bell",
    "list": "list",
    "shield": "shield-check",
    "database": "database",
    "disk": "floppy-disk",
    "first-aid": "first-aid",
    "pin": "push-pin",
    "merge": "git-merge",
    "text-size": "text-aa",
    "sun": "sun",
    "moon": "moon",
    "translate": "translate",
    "paint": "palette",
    "sign-out": "sign-out",
    "help": "lifebuoy",
    "envelope": "envelope-simple",
    "star": "star",
    "heart": "heart",
    "lightning": "lightning",
    "hash": "hash",
    "receipt": "receipt",
    "clipboard": "clipboard-text",
    "drop": "tray",
    "spinner": "spinner",
    "prohibit": "prohibit",
    "map-pin": "map-pin",
    "map": "map-trifold",
    "headset": "headset",
    "crown": "crown",
    "medal": "medal",
    "sparkle": "sparkle",
    "diamond": "sketch-logo",
    "gift": "gift",
    "ticket": "ticket",
    "percent": "percent",
    "coin": "coin",
    "wallet": "wallet",
    "card": "credit-card",
    "barcode": "barcode",
    "qr-code": "qr-code",
    "megaphone": "megaphone",
    "newspaper": "newspaper",
    "fire": "fire",
    "calendar-check": "calendar-check",
    "shopping-bag": "shopping-bag",
    "shopping-cart": "shopping-cart-simple",
    "package": "package",
    "truck": "truck",
    "fork-knife": "fork-knife",
    "pot": "cooking-pot",
    "cake": "cake",
    "cookie": "cookie",
    "pizza": "pizza",
    "fish": "fish",
    "wine": "wine",
    "leaf": "leaf",
    "flower": "flower",
    "lotus": "flower-lotus",
    "scissors": "scissors",
    "hand": "hand-soap",
    "paint-brush": "paint-brush",
    "t-shirt": "t-shirt",
    "handbag": "handbag",
    "watch": "watch",
    "baby": "baby",
    "paw": "paw-print",
    "dog": "dog",
    "cat": "cat",
    "barbell": "barbell",
    "bicycle": "bicycle",
    "car": "car",
    "house": "house-line",
    "wrench": "wrench",
    "book": "book-open",
    "graduation": "graduation-cap",
    "music": "music-note",
    "game": "game-controller",
    "camera": "camera",
    "image": "image",
    "snowflake": "snowflake",
    "umbrella": "umbrella",
    "globe": "globe",
    "instagram": "instagram-logo",
    "facebook": "facebook-logo",
}

# Drawn menus show each of these in its solid form too.
MENU_ICONS = (
    "storefront",
    "map-pin",
    "map",
    "clock",
    "phone",
    "headset",
    "chat",
    "envelope",
    "question",
    "info",
    "link",
    "user-plus",
    "identification",
    "users",
    "crown",
    "star",
    "heart",
    "medal",
    "sparkle",
    "diamond",
    "gift",
    "ticket",
    "percent",
    "tag",
    "coin",
    "wallet",
    "card",
    "receipt",
    "barcode",
    "qr-code",
    "megaphone",
    "bell",
    "newspaper",
    "fire",
    "lightning",
    "calendar",
    "calendar-check",
    "shopping-bag",
    "shopping-cart",
    "package",
    "truck",
    "coffee",
    "fork-knife",
    "pot",
    "cake",
    "cookie",
    "pizza",
    "fish",
    "wine",
    "drink",
    "leaf",
    "flower",
    "lotus",
    "scissors",
    "hand",
    "paint-brush",
    "t-shirt",
    "handbag",
    "watch",
    "baby",
    "paw",
    "dog",
    "cat",
    "barbell",
    "bicycle",
    "car",
    "house",
    "wrench",
    "book",
    "graduation",
    "music",
    "game",
    "camera",
    "play",
    "image",
    "sun",
    "snowflake",
    "umbrella",
    "globe",
    "instagram",
    "facebook",
)
ICONS |= {f"fill/{name}": f"{ICONS[name]}-fill" for name in MENU_ICONS if name in ICONS}


def main() -> int:
    """Write every icon of ICONS that is missing or differs; the number of files written goes to the screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import qtawesome
    from PySide6.QtGui import QGuiApplication, QPainterPath, QRawFont

    application = QGuiApplication.instance() or QGuiApplication(sys.argv)
    fonts = Path(qtawesome.__file__).parent / "fonts"
    codes = json.loads((fonts / "phosphor-charmap-1.3.0.json").read_text("utf-8"))
    font = QRawFont(str(fonts / "phosphor-1.3.0.ttf"), GRID)
    (TARGET / "fill").mkdir(parents=True, exist_ok=True)
    written = 0
    for name, glyph in sorted(ICONS.items()):
        index = font.glyphIndexesForString(chr(int(codes[glyph], 16)))[0]
        path: QPainterPath = font.pathForGlyph(index)
        written += _write(TARGET / f"{name}.svg", _svg(path, font.ascent()))
    written += _write(TARGET / "drink.svg", _svg(_drink(solid=False), 0.0))
    written += _write(TARGET / "fill" / "drink.svg", _svg(_drink(solid=True), 0.0))
    print(f"{written} icons written")
    _draw_app_icon()
    del application
    return 0


def _drink(*, solid: bool) -> object:
    """Bubble tea, which Phosphor does not have: a cup with its lid, a straw, and pearls."""
    from PySide6.QtCore import QPointF, Qt
    from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF

    stroker = QPainterPathStroker()
    stroker.setWidth(16)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    corners = ((68, 96), (188, 96), (174, 224), (82, 224))
    cup, lines, pearls = QPainterPath(), QPainterPath(), QPainterPath()
    cup.addPolygon(QPolygonF([QPointF(x, y) for x, y in (*corners, corners[0])]))
    for points in (((52, 96), (204, 96)), ((128, 96), (142, 32), (172, 32))):
        lines.moveTo(*points[0])
        for x, y in points[1:]:
            lines.lineTo(x, y)
    for x, y in ((106, 196), (150, 196), (128, 168)):
        pearls.addEllipse(QPointF(x, y), 11, 11)
    drawn = stroker.createStroke(cup).united(stroker.createStroke(lines))
    if not solid:
        return drawn.united(pearls)
    whole = drawn.united(cup).simplified()
    # The program fills by winding: a hole runs the other way round.
    whole.addPath(pearls.toReversed())
    return whole


def _draw_app_icon() -> None:
    """The program's own icon as a picture, so that the window needs no SVG library to show it."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(APP / "tagline.svg"))
    for size in APP_SIZES:
        picture = QImage(size, size, QImage.Format.Format_ARGB32)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
        picture.save(str(APP / f"tagline-{size}.png"))


def _svg(path: object, ascent: float) -> str:
    parts: list[str] = []
    count: int = path.elementCount()  # type: ignore[attr-defined]
    letters = {0: "M", 1: "L", 2: "C", 3: ""}
    for number in range(count):
        element = path.elementAt(number)  # type: ignore[attr-defined]
        kind = letters[element.type.value if hasattr(element.type, "value") else int(element.type)]
        parts.append(f"{kind}{_short(element.x)} {_short(element.y + ascent)}")
    body = " ".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}" fill="currentColor">'
        f'<path d="{body}"/></svg>\n'
    )


def _short(number: float) -> str:
    text = f"{number:.1f}"
    return text[:-2] if text.endswith(".0") else text


def _write(file: Path, text: str) -> int:
    if file.is_file() and file.read_text("utf-8") == text:
        return 0
    file.write_text(text, "utf-8", newline="\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
