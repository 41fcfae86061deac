"""Makes a menu's texts fit: breaks them where the language allows, evenly, and makes letters smaller only as far as they
must be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPainterPath, QPen

from desktop import text
from desktop.core.planning.graphemes import graphemes
from desktop.ui import theme
from desktop.ui.menu_image.line_breaks import words_of

LEAST = 44.0
"""Letters are never smaller (pixels of a menu 2500 wide): 6.6 pt on an iPhone."""

READABLE = 58.0
"""Below this a friend has to look twice; the checks say so."""

LINE_HEIGHT = 1.22
STEP = 0.94

STROKE = 0.034
"""Width of the line around letters of a font without heavy ones, in sizes of the letters."""

# Without ・ and ー, which Chinese uses too.
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
# Drawn by a font of colours, which has no outlines.
_EMOJI = re.compile("[\u2600-\u27bf\ufe0f\U0001f000-\U0001ffff]")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Lettering:
    """A text as it will stand.

    Args:
        lines: top to bottom.
        size: of the letters, in design pixels.
        bold: whether it is heavy.
        families: of the font, the first that has a letter draws it.
        cut: it did not fit even at the smallest size, and its end is missing.
    """

    lines: tuple[str, ...]
    size: float
    bold: bool
    families: tuple[str, ...]
    cut: bool = False

    @property
    def width(self) -> float:
        """Of the longest line."""
        metrics = _metrics(self.families, self.size, self.bold)
        return max((metrics.horizontalAdvance(line) for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.lines) * self.size * LINE_HEIGHT

    @property
    def tight(self) -> bool:
        """Whether it is hard to read."""
        return self.cut or (bool(self.lines) and self.size < READABLE and self.bold)


def language_of(words: str) -> str:
    """Whose letters a text needs: kana makes it Japanese; Chinese characters alone follow the window's language."""
    if _KANA.search(words):
        return "ja"
    if _HAN.search(words):
        return "ja" if text.language() == "ja" else "zh_TW"
    return "en"


def families_for(words: str) -> tuple[str, ...]:
    """The font families for a text; all texts of a menu take the same."""
    return tuple(theme.font(language_of(words)).families())


@lru_cache(maxsize=1024)
def fitted(
    words: str,
    width: float,
    height: float,
    size: float,
    most_lines: int,
    *,
    bold: bool,
    families: tuple[str, ...],
) -> Lettering:
    """The text in the largest letters, up to ``size``, with which it fits; fewer lines are worth smaller letters.

    Args:
        words: the text; line breaks in it are kept.
        width, height: of the room, in design pixels.
        size: of the letters if there is room enough.
        most_lines: at most so many.
        bold: heavy letters.
        families: of the font.
    """
    parts = [" ".join(part.split()) for part in words.split("\n") if part.strip()]
    found: list[Lettering] = []
    for lines in range(max(len(parts), 1), max(most_lines, len(parts)) + 1):
        fits = _in_lines(parts, lines, width, height, size, bold, families)
        if fits is not None:
            found.append(fits)
    if found:
        worth = 0.78 if _HAN.search(words) or _KANA.search(words) else 0.88
        return max(found, key=lambda one: one.size * worth ** (len(one.lines) - 1))
    return _cut(parts, width, height, most_lines, bold, families)


def smaller(lettering: Lettering, size: float) -> Lettering:
    """The same lines in smaller letters, so that areas beside each other look alike."""
    return replace(lettering, size=min(lettering.size, size))


def paint(painter: QPainter, lettering: Lettering, box: QRectF, colour: str, align: Qt.AlignmentFlag) -> None:
    """Write the lines into the box, from its top."""
    painter.setFont(_font(lettering.families, lettering.size, lettering.bold))
    painter.setPen(QColor(colour))
    metrics = _metrics(lettering.families, lettering.size, lettering.bold)
    lead = lettering.size * LINE_HEIGHT
    # The letters' own box sits in the middle of its line whatever room the font itself leaves above and below.
    baseline = box.top() + lead / 2 + metrics.capHeight() / 2
    stroked = lettering.bold and not _has_bold(lettering.families)
    for line in lettering.lines:
        spare = box.width() - metrics.horizontalAdvance(line)
        x = box.left() + (spare / 2 if align & Qt.AlignmentFlag.AlignHCenter else 0.0)
        if stroked and not _EMOJI.search(line):
            _stroke(painter, QPointF(x, baseline), line, lettering.size)
        else:
            painter.drawText(QPointF(x, baseline), line)
        baseline += lead


def _in_lines(
    parts: list[str],
    lines: int,
    width: float,
    height: float,
    most: float,
    bold: bool,
    families: tuple[str, ...],
) -> Lettering | None:
    """The largest size with which the parts fill at most so many lines without a word being broken."""
    size = min(most, height / (lines * LINE_HEIGHT))
    while size >= LEAST:
        metrics = _metrics(families, size, bold)
        wrapped = _wrapped(parts, width, metrics)
        if wrapped is not None and len(wrapped) <= lines:
            return Lettering(_even(parts, wrapped, width, metrics), size, bold, families)
        size *= STEP
    return None


def _even(parts: list[str], wrapped: list[str], width: float, metrics: QFontMetricsF) -> tuple[str, ...]:
    """The same number of lines, as equally long as they can be."""
    if len(wrapped) == len(parts):
        return tuple(wrapped)
    low, high, best = 0.0, width, wrapped
    for _ in range(9):
        middle = (low + high) / 2
        tried = _wrapped(parts, middle, metrics)
        if tried is not None and len(tried) <= len(wrapped):
            high, best = middle, tried
        else:
            low = middle
    return tuple(best)


def _wrapped(parts: list[str], width: float, metrics: QFontMetricsF) -> list[str] | None:
    """Lines no wider than ``width``, or None where a single word is wider."""
    lines = []
    for part in parts:
        line = ""
        for word in words_of(part):
            if metrics.horizontalAdvance((line + word).rstrip()) <= width:
                line += word
                continue
            if not line or metrics.horizontalAdvance(word.rstrip()) > width:
                return None
            lines.append(line.rstrip())
            line = word
        lines.append(line.rstrip())
    return lines


def _cut(
    parts: list[str], width: float, height: float, most_lines: int, bold: bool, families: tuple[str, ...]
) -> Lettering:
    """What fits of the text in the smallest letters, words broken where they must be, with an ellipsis."""
    metrics = _metrics(families, LEAST, bold)
    room = max(1, min(most_lines, int(height / (LEAST * LINE_HEIGHT))))
    lines = [line for part in parts for line in _broken(part, width, metrics)]
    if len(lines) <= room:
        return Lettering(tuple(lines), LEAST, bold, families)
    last = lines[room - 1]
    while last and metrics.horizontalAdvance(last + "…") > width:
        last = "".join(graphemes(last)[:-1])
    return Lettering((*lines[: room - 1], last + "…"), LEAST, bold, families, cut=True)


def _broken(part: str, width: float, metrics: QFontMetricsF) -> list[str]:
    """Lines no wider than ``width``; only words that are wider themselves are broken."""
    pieces: list[str] = []
    for word in words_of(part):
        fits = metrics.horizontalAdvance(word.rstrip()) <= width
        pieces += [word] if fits else graphemes(word)
    lines = [""]
    for piece in pieces:
        if lines[-1] and metrics.horizontalAdvance((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def _stroke(painter: QPainter, at: QPointF, line: str, size: float) -> None:
    """Write the line in letters made heavier all around. Qt's own way leaves large letters thin beside heavy small ones."""
    outline = QPainterPath()
    outline.addText(at, painter.font(), line)
    pen = QPen(painter.pen().color(), size * STROKE)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.fillPath(outline, painter.pen().color())
    painter.strokePath(outline, pen)


@lru_cache(maxsize=32)
def _has_bold(families: tuple[str, ...]) -> bool:
    """Whether the first family there is has heavy letters of its own."""
    known = set(QFontDatabase.families())
    family = next((one for one in families if one in known), None)
    if family is None:
        return True
    return any(
        QFontDatabase.weight(family, style) >= QFont.Weight.DemiBold for style in QFontDatabase.styles(family)
    )


def _font(families: tuple[str, ...], size: float, bold: bool) -> QFont:
    font = QFont(list(families))
    # Whole pixels of the design; the painter's scale does the rest, so that every width shows the same drawing.
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight.Bold if bold and _has_bold(families) else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    # The family says whose characters they are; otherwise the computer's language would change their shapes.
    font.setFeature(QFont.Tag("locl"), 0)
    return font


def _metrics(families: tuple[str, ...], size: float, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(_font(families, size, bold))
