"""A stand with the QR code that adds the shop's account as a friend, drawn for paper: what it calls out, the code, how to use it,
the branch it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from desktop.core.planning.rich_menu.colours import contrast
from desktop.exporter.qr_code import QUIET, fields
from desktop.text import t
from desktop.ui import i18n, theme

PAPERS = {"a6": QPageSize.PageSizeId.A6, "a5": QPageSize.PageSizeId.A5, "a4": QPageSize.PageSizeId.A4}
"""Sizes of paper the stands come in."""
DPI = 300
_WIDTH, _HEIGHT = 1_050.0, 1_485.0
"""The drawing's own measure: A-sized paper, a tenth of a millimetre of A6 each."""
_INK, _GREY = QColor("#1d2420"), QColor("#55605a")
_SMALLEST = 24.0
_NEARLY = 0.75
"""How much smaller words may be to stand in one line."""
_CENTRE = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Stand:
    """What one stand says; ``link`` is what the code holds, ``colour`` fills its upper part."""

    shop: str
    branch: str
    headline: str
    offer: str
    small_print: str
    link: str
    account_id: str
    colour: QColor


def pdf(stands: Sequence[Stand], paper: str) -> bytes:
    """A PDF with a page for each stand, right to the paper's edges.

    Raises:
        ValueError: if a link is too long for a code.
    """
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageLayout(layout(paper))
    writer.setTitle(t("recruiting.file_name"))
    _pages(writer, stands)
    del writer
    buffer.close()
    return bytes(buffer.data().data())


def layout(paper: str) -> QPageLayout:
    """The page a size of paper makes."""
    return QPageLayout(
        QPageSize(PAPERS[paper]), QPageLayout.Orientation.Portrait, QMarginsF(), QPageLayout.Unit.Millimeter
    )


def print_on(device: QPagedPaintDevice, stands: Sequence[Stand]) -> None:
    """Print the stands, one a page."""
    _pages(device, stands)


def picture(stand: Stand, height: int, ratio: float = 1.0) -> QImage:
    """The stand as a picture, ``height`` logical pixels high."""
    width = round(height * _WIDTH / _HEIGHT)
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw(painter, QRectF(0, 0, width, height), stand)
    painter.end()
    return image


def code_picture(link: str, side: int) -> QImage:
    """Only the code, with its quiet zone, at most ``side`` pixels wide.

    Raises:
        ValueError: if the link is too long for a code.
    """
    across = len(fields(link)) + 2 * QUIET
    pixels = max(1, side // across)
    image = QImage(across * pixels, across * pixels, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    _code(painter, QRectF(image.rect()), link)
    painter.end()
    return image


def draw(painter: QPainter, area: QRectF, stand: Stand) -> None:
    """Draw a stand so that it fills ``area``, which has the shape of A paper."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.topLeft())
    painter.scale(area.width() / _WIDTH, area.height() / _HEIGHT)
    band = 520.0
    painter.fillRect(QRectF(0, 0, _WIDTH, _HEIGHT), QColor("white"))
    painter.fillRect(QRectF(0, 0, _WIDTH, band), stand.colour)
    on_band = _readable_on(stand.colour)
    _words(painter, QRectF(70, 60, _WIDTH - 140, 64), stand.shop, 46, on_band)
    _words(painter, QRectF(70, 124, _WIDTH - 140, 176), stand.headline, 84, on_band, bold=True)
    panel = QRectF(215, 330, 620, 620)
    painter.setPen(QColor("#e3e8e5"))
    painter.setBrush(QColor("white"))
    painter.drawRoundedRect(panel, 36, 36)
    if stand.link:
        _code(painter, panel.adjusted(8, 8, -8, -8), stand.link)
    _below(painter, stand)
    painter.restore()


def _below(painter: QPainter, stand: Stand) -> None:
    """What stands under the code, spread over the rest of the paper: text, its size, room for it, colour, bold."""
    lines = (
        (stand.account_id, 42.0, 56.0, _GREY, False),
        (stand.offer, 66.0, 150.0, _INK, True),
        (t("recruiting.stand_steps"), 42.0, 124.0, _INK, False),
        (stand.small_print, 30.0, 70.0, _GREY, False),
        (stand.branch, 36.0, 50.0, _GREY, False),
    )
    shown = [line for line in lines if line[0]]
    top, bottom = 960.0, 1_455.0
    gap = (bottom - top - sum(room for _, _, room, _, _ in shown)) / (len(shown) + 1)
    for text, size, room, colour, bold in shown:
        top += gap
        _words(painter, QRectF(70, top, _WIDTH - 140, room), text, size, colour, bold=bold)
        top += room


def _pages(device: QPagedPaintDevice, stands: Sequence[Stand]) -> None:
    painter = QPainter(device)
    for number, stand in enumerate(stands):
        if number:
            device.newPage()
        page = QRectF(painter.viewport())
        size = QSizeF(_WIDTH, _HEIGHT).scaled(page.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (page.width() - size.width()) / 2, (page.height() - size.height()) / 2
        draw(painter, QRectF(left, top, size.width(), size.height()), stand)
    painter.end()


def _code(painter: QPainter, area: QRectF, link: str) -> None:
    rows = fields(link)
    field = area.width() / (len(rows) + 2 * QUIET)
    painter.save()
    # Fields that touch must not show the paper between them.
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("black"))
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                left, top = area.left() + (across + QUIET) * field, area.top() + (down + QUIET) * field
                painter.drawRect(QRectF(left, top, field, field))
    painter.restore()


def _words(
    painter: QPainter, area: QRectF, text: str, size: float, colour: QColor, *, bold: bool = False
) -> None:
    """Text in the middle of its area, as large as fits, cut only where even the smallest size does not; what nearly fits in one
    line is made to, so that no word or letter is left alone below."""
    if not text:
        return
    font = _in_one_line(_fitting(text, area, size, bold), text, area.width())
    painter.setFont(font)
    painter.setPen(colour)
    metrics = QFontMetricsF(font)
    if metrics.boundingRect(area, _CENTRE, text).height() > area.height() + 1:
        lines = max(1, int(area.height() // metrics.lineSpacing()))
        text = metrics.elidedText(
            text.replace("\n", " "), Qt.TextElideMode.ElideRight, area.width() * lines * 0.94
        )
    painter.drawText(area, _CENTRE, text)


def _in_one_line(font: QFont, text: str, width: float) -> QFont:
    """The font a little smaller where a text that is a little too long for a line then fits into one."""
    needed = QFontMetricsF(font).boundingRect(text).width()
    if "\n" in text or needed <= width:
        return font
    fits = int(font.pixelSize() * width / needed) - 1
    smaller = QFont(font)
    smaller.setPixelSize(max(1, fits))
    return smaller if fits >= max(_SMALLEST, font.pixelSize() * _NEARLY) else font


def _fitting(text: str, area: QRectF, size: float, bold: bool) -> QFont:
    font = theme.font(i18n.current())
    font.setBold(bold)
    while True:
        font.setPixelSize(round(size))
        needed = QFontMetricsF(font).boundingRect(area, _CENTRE, text)
        if size <= _SMALLEST or (needed.height() <= area.height() and needed.width() <= area.width()):
            return font
        size -= 2


def _readable_on(colour: QColor) -> QColor:
    white = QColor("white")
    better = contrast(white.name(), colour.name()) >= contrast(_INK.name(), colour.name())
    return white if better else _INK
