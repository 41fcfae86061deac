"""The plan's sections as a document for PDF and paper: always on white, whatever the window's theme."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache
from html import escape
from typing import cast

from PySide6.QtCore import QBuffer, QMarginsF, QSizeF
from PySide6.QtGui import (
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtPrintSupport import QPrinter

from desktop.exporter.plan_book import Section
from desktop.exporter.tables import Cell
from desktop.ui import i18n, theme

DPI, MARGIN_MM, POINTS = 150, 14.0, 9.5

_SHORT, _LONG = 12, 200
"""Texts up to this width in digits are kept in one line; beyond the other a column gets no more room."""
_DIGIT, _FRAME, _LEAST = 7, 10, 200
"""A digit's width, that of a cell around its text, and the least that is left to long texts, in points of the document."""


def page_layout() -> QPageLayout:
    """A4, upright."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins)
    layout.setUnits(QPageLayout.Unit.Millimeter)
    layout.setMargins(margins)
    return layout


def pdf(title: str, sections: Sequence[Section]) -> bytes:
    """The plan as a PDF."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageLayout(page_layout())
    writer.setTitle(title)
    _print(document(title, sections), writer)
    del writer
    buffer.close()
    return bytes(buffer.data().data())


def print_on(printer: QPrinter, title: str, sections: Sequence[Section]) -> None:
    """Print the plan on whatever paper is in it."""
    _print(document(title, sections), printer)


def _print(made: QTextDocument, device: QPagedPaintDevice) -> None:
    made.print_(device)


def document(title: str, sections: Sequence[Section]) -> QTextDocument:
    """The plan as a document; a heading goes to the next page where its table begins there."""
    below: set[int] = set()
    while True:
        made = _made(title, sections, below)
        parted = _parted(made, [section.title for section in sections])
        if parted is None or parted in below:
            return made
        below.add(parted)


def _made(title: str, sections: Sequence[Section], below: Set[int]) -> QTextDocument:
    roles = theme.load_roles("light")
    made = QTextDocument()
    font = theme.font(i18n.current())
    font.setPointSizeF(POINTS)
    made.setDefaultFont(font)
    # Points and pixels mean the same on every screen.
    made.documentLayout().setPaintDevice(_paper())
    made.setDocumentMargin(0)
    parts = [f"<p style='font-size:16pt; font-weight:700'>{escape(title)}</p>"]
    # A table swallows the room above what follows it.
    gap = "<p style='font-size:7pt'>&nbsp;</p>"
    parts += [(gap if at else "") + _section(one, roles, at in below) for at, one in enumerate(sections)]
    made.setHtml(f"<body style='color:{roles['ink']}'>{''.join(parts)}</body>")
    made.setPageSize(_paper_size())
    return made


def _parted(made: QTextDocument, titles: Sequence[str]) -> int | None:
    """The first section of which the heading stands on another page than the beginning of its table."""
    high, layout, at = made.pageSize().height(), made.documentLayout(), QTextCursor(made)
    block = made.begin().next()
    for number, title in enumerate(titles):
        heading = None
        while block.isValid():
            at.setPosition(block.position())
            # Qt gives none outside of a table; its stubs do not know.
            table = cast("QTextTable | None", at.currentTable())
            if table is None and heading is None and block.text() == title:
                heading = block
            elif table is not None and heading is not None:
                first = table.cellAt(min(1, table.rows() - 1), 0).firstCursorPosition().block()
                if (
                    layout.blockBoundingRect(heading).top() // high
                    != layout.blockBoundingRect(first).top() // high
                ):
                    return number
                block = table.lastCursorPosition().block().next()
                break
            block = block.next()
    return None


def _paper_size() -> QSizeF:
    """What of the paper can be written on, in points of the document."""
    return QSizeF(page_layout().paintRectPixels(96).size())


@lru_cache(maxsize=1)
def _paper() -> QImage:
    picture = QImage(1, 1, QImage.Format.Format_RGB32)
    picture.setDotsPerMeterX(round(96 / 0.0254))
    picture.setDotsPerMeterY(round(96 / 0.0254))
    return picture


def _section(section: Section, roles: dict[str, str], below: bool) -> str:
    line, muted, bar = roles["line_strong"], roles["muted"], roles["bar"]
    page = "page-break-before:always; " if below else ""
    head = f"<p style='{page}font-size:12pt; font-weight:700; margin-top:6px'>{escape(section.title)}</p>"
    notes = "".join(f"<p style='color:{muted}; margin:2px 0'>{_text(note)}</p>" for note in section.notes)
    room = _room(section)
    columns = "".join(
        f"<th align='left' bgcolor='{bar}'{room[at]}>{escape(name)}</th>"
        for at, name in enumerate(section.columns)
    )
    rows = [f"<thead><tr>{columns}</tr></thead>"] if columns else []
    for row in section.rows:
        label = not section.columns
        cells = "".join(
            f"<td{room[at] if at < len(room) else ''}>{'<b>' if label and at == 0 else ''}{_text(cell)}</td>"
            for at, cell in enumerate(row)
        )
        rows.append(f"<tr>{cells}</tr>")
    if not rows:
        return head + notes
    frame = f"border='1' bordercolor='{line}' style='border-collapse:collapse; border-style:solid' cellspacing='0'"
    return f"{head}{notes}<table width='100%' {frame} cellpadding='4'>{''.join(rows)}</table>"


def _room(section: Section) -> list[str]:
    """The attributes that give each column its room: days, numbers and short words never break, long texts share the rest of the
    paper by how much they say."""
    if not section.columns:
        return [" width=22%"]
    widest = [
        max(_width(name), *(_width(_plain(row[at])) for row in section.rows))
        for at, name in enumerate(section.columns)
    ]
    rest = _paper_size().width() - sum(_DIGIT * wide + _FRAME for wide in widest if wide <= _SHORT)
    shares = [min(wide, _LONG) ** 0.5 if wide > _SHORT else 0.0 for wide in widest]
    # The longest takes what is left: Qt squeezes columns whose widths are all told.
    most = shares.index(max(shares))
    return [
        " style='white-space:nowrap'"
        if not share
        else f" width={max(rest, _LEAST) * share / sum(shares):.0f}"
        if at != most
        else ""
        for at, share in enumerate(shares)
    ]


def _width(text: str) -> int:
    """How wide a text is, in digits; a Chinese character is about as wide as two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def _plain(cell: Cell) -> str:
    return "" if cell is None else i18n.number(cell) if isinstance(cell, int) else str(cell)


def _text(cell: Cell) -> str:
    return escape(_plain(cell)).replace("\n", "<br>")
