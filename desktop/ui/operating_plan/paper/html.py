"""The plan's sections as a document for PDF and paper: always on white, whatever the window's theme."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from PySide6.QtCore import QBuffer, QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter

from desktop.exporter.plan_book import Section
from desktop.exporter.tables import Cell
from desktop.ui import i18n, theme

DPI, MARGIN_MM, POINTS = 150, 14.0, 9.5


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
    """The plan as a document."""
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
    parts += [(gap if at else "") + _section(one, roles) for at, one in enumerate(sections)]
    made.setHtml(f"<body style='color:{roles['ink']}'>{''.join(parts)}</body>")
    made.setPageSize(QSizeF(page_layout().paintRectPixels(96).size()))
    return made


@lru_cache(maxsize=1)
def _paper() -> QImage:
    picture = QImage(1, 1, QImage.Format.Format_RGB32)
    picture.setDotsPerMeterX(round(96 / 0.0254))
    picture.setDotsPerMeterY(round(96 / 0.0254))
    return picture


def _section(section: Section, roles: dict[str, str]) -> str:
    line, muted, bar = roles["line_strong"], roles["muted"], roles["bar"]
    head = f"<p style='font-size:12pt; font-weight:700; margin-top:6px'>{escape(section.title)}</p>"
    notes = "".join(f"<p style='color:{muted}; margin:2px 0'>{_text(note)}</p>" for note in section.notes)
    columns = "".join(f"<th align='left' bgcolor='{bar}'>{escape(name)}</th>" for name in section.columns)
    rows = [f"<thead><tr>{columns}</tr></thead>"] if columns else []
    for row in section.rows:
        label = not section.columns
        cells = "".join(
            f"<td{' width=22%' if label and at == 0 else ''}>{'<b>' if label and at == 0 else ''}{_text(cell)}</td>"
            for at, cell in enumerate(row)
        )
        rows.append(f"<tr>{cells}</tr>")
    if not rows:
        return head + notes
    frame = f"border='1' bordercolor='{line}' style='border-collapse:collapse; border-style:solid' cellspacing='0'"
    return f"{head}{notes}<table width='100%' {frame} cellpadding='4'>{''.join(rows)}</table>"


def _text(cell: Cell) -> str:
    return escape("" if cell is None else i18n.number(cell) if isinstance(cell, int) else str(cell)).replace(
        "\n", "<br>"
    )
