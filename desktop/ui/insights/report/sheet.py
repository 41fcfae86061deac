"""The boss's page as one A4 sheet: what stands, what it means, what to do next. Always on white, whatever the window's theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape as plain

from PySide6.QtCore import QBuffer, QMarginsF, QPointF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPolygonF,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrinter

from desktop.operations.insights import funnel
from desktop.operations.insights.breakdown import Row
from desktop.operations.insights.funnel import Funnel
from desktop.operations.insights.growth import Growth
from desktop.operations.insights.summary import Summary
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.i18n import date, money, number
from desktop.ui.insights.overview.targets import target_words
from desktop.ui.insights.words import class_name, days, points, share, small_note

DPI = 150
MARGIN_MM = 14.0
TEXT_POINTS = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
"""The size of the text; the largest that fits on one page."""
SHEET_DPI = 96
LONGEST_NAME = 40
"""Characters of a name from the shop's own data; longer ones are cut on paper."""
RATES = {
    "bound": (funnel.BINDING, funnel.LIST_BINDING),
    funnel.FIRST: (funnel.FIRST,),
    funnel.REPEAT: (funnel.REPEAT,),
}
GROWTH_PICTURE = "growth"
STORES = 6
Roles = dict[str, str]


def paper() -> QPageLayout:
    """A4, upright."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins)
    layout.setUnits(QPageLayout.Unit.Millimeter)
    layout.setMargins(margins)
    return layout


def pdf(found: Summary) -> bytes:
    """The sheet as a PDF of one page."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageLayout(paper())
    writer.setTitle(t("insights_page.sheet_title", shop=found.shop))
    _paint(writer, found)
    del writer
    buffer.close()
    return bytes(buffer.data().data())


def print_on(printer: QPrinter, found: Summary) -> None:
    """Print the sheet, on one page of whatever paper is in it."""
    _paint(printer, found)


def _paint(device: QPagedPaintDevice, found: Summary) -> None:
    painter = QPainter(device)
    area = painter.viewport()
    # The sheet is laid out for the paper of A4 and brought to the size of what is printed on; nothing is left for a second page.
    document = sheet(found)
    room = document.pageSize()
    scale = min(area.width() / room.width(), area.height() / room.height())
    painter.scale(scale, scale)
    document.drawContents(painter)
    painter.end()


def sheet(found: Summary) -> QTextDocument:
    """The sheet as a document of one page, its text as large as fits."""
    document = _laid_out(found, TEXT_POINTS[0])
    for points_ in TEXT_POINTS[1:]:
        if document.pageCount() == 1:
            break
        document = _laid_out(found, points_)
    return document


def _laid_out(found: Summary, size: float) -> QTextDocument:
    roles = theme.load_roles("light")
    document = QTextDocument()
    font = theme.font(i18n.current())
    font.setPointSizeF(size)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.addResource(
        QTextDocument.ResourceType.ImageResource, GROWTH_PICTURE, growth_picture(found.growth, roles)
    )
    # The window's text colour would be white ink on white paper in the dark theme.
    document.setHtml(f"<body style='color:{roles['ink']}'>{''.join(_parts(found, roles))}</body>")
    # Laid out on a picture of 96 dots an inch, so that points and pixels mean the same in every window.
    document.documentLayout().setPaintDevice(_paper_picture())
    document.setPageSize(QSizeF(paper().paintRectPixels(SHEET_DPI).size()))
    return document


@lru_cache(maxsize=1)
def _paper_picture() -> QImage:
    picture = QImage(1, 1, QImage.Format.Format_RGB32)
    picture.setDotsPerMeterX(round(SHEET_DPI / 0.0254))
    picture.setDotsPerMeterY(round(SHEET_DPI / 0.0254))
    return picture


def growth_picture(found: Growth, roles: Roles) -> QImage:
    """Bound members month by month as a line."""
    width, height = 1_200, 220
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    values = [end.bound for end in found.months]
    if len(values) < 2:
        return image
    low, high = min(values), max(values)
    span = max(1, high - low)
    places = [
        QPointF(
            20 + (width - 40) * at / (len(values) - 1), height - 20 - (height - 40) * (value - low) / span
        )
        for at, value in enumerate(values)
    ]
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(roles["line"]), 2))
    painter.drawLine(QPointF(20, height - 12), QPointF(width - 20, height - 12))
    painter.setPen(QPen(QColor(roles["accent"]), 5))
    painter.drawPolyline(QPolygonF(places))
    painter.end()
    return image


def _parts(found: Summary, roles: Roles) -> Iterator[str]:
    muted = roles["muted"]
    yield f"<h1 style='font-size:x-large; margin-bottom:0px'>{_name(found.shop)}　{t('insights_page.sheet_head')}</h1>"
    period = found.funnel.period
    told = t(
        "insights_page.sheet_period", day=date(found.as_of), first=date(period.first), last=date(period.last)
    )
    yield f"<p style='color:{muted}'>{escape(told)}</p>"
    if found.to_do:
        yield _head(t("insights_page.sheet_to_do"))
        yield "<ul>" + "".join(f"<li>{escape(render(one.text))}</li>" for one in found.to_do) + "</ul>"
    yield _head(t("insights_page.funnel"))
    yield _funnel(found.funnel, roles)
    yield f"<p style='color:{muted}'>{escape(t('insights_page.population_funnel'))}</p>"
    if found.nasl is not None and found.nasl.classes:
        yield _head(t("insights_page.nasl"))
        yield _nasl(found, roles)
    if found.by_store is not None:
        yield _head(t("insights_page.sheet_stores"))
        yield _stores(found)
    if found.funnel.data_until is None:
        yield f"<p>{escape(t('insights_page.empty_orders'))}</p>"
    yield _head(t("insights_page.sheet_growth"))
    yield _growth(found.growth)


def escape(text: str) -> str:
    """Words for the sheet, cut where they would run over it."""
    return plain(text if len(text) <= LONGEST_NAME * 4 else text[: LONGEST_NAME * 4] + "…")


def _name(text: str) -> str:
    return plain(text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME] + "…")


def _head(text: str) -> str:
    return f"<h3 style='font-size:medium; margin-top:10px; margin-bottom:2px'>{escape(text)}</h3>"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(
        f"<th align='{'left' if not at else 'right'}'>{cell}</th>" for at, cell in enumerate(heads)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td align='{'left' if not at else 'right'}'>{cell}</td>" for at, cell in enumerate(row))
        + "</tr>"
        for row in rows
    )
    return f"<table width='100%' cellpadding='3' cellspacing='0'><tr>{head}</tr>{body}</table>"


def _funnel(found: Funnel, roles: Roles) -> str:
    widest = max((step.people for step in found.steps), default=0) or 1
    rows = []
    for step in found.steps:
        name = t(f"insights_core.step_{step.id}")
        part = round(100 * step.people / widest)
        filled = f"<td width='{max(1, part)}%' bgcolor='{roles['funnel']}'>&nbsp;{number(step.people)}</td>"
        rest = f"<td width='{100 - part}%' bgcolor='{roles['track']}'>&nbsp;</td>" if part < 100 else ""
        bar = f"<table width='100%' cellspacing='0' cellpadding='2'><tr>{filled}{rest}</tr></table>"
        rate = next((one for key in RATES.get(step.id, ()) if (one := found.rate(key)) is not None), None)
        words = ""
        if rate is not None:
            words = (
                f"{t(f'insights_core.rate_{rate.id}')} <b>{share(rate.rate.value)}</b> "
                f"{small_note(rate.rate) or points(rate.change).replace(' ', '&nbsp;')}"
            )
            target = target_words(rate.target, rate.gap)
            words += f"<br>&nbsp;&nbsp;{escape(target)}" if target else ""
        rows.append(
            f"<tr><td width='18%'>{escape(name)}</td><td width='44%'>{bar}</td>"
            f"<td width='38%'>&nbsp;&nbsp;{words}</td></tr>"
        )
    return f"<table width='100%' cellpadding='2' cellspacing='0'>{''.join(rows)}</table>"


def _nasl(found: Summary, roles: Roles) -> str:
    classes = found.nasl
    assert classes is not None
    told = ""
    if classes.repurchase is not None:
        told = t(
            "insights_page.nasl_told.all",
            n=classes.buyers.people,
            cycle=days(classes.repurchase.cycle_days),
            window=days(classes.repurchase.window_days),
            day=date(classes.repurchase.as_of),
        )
    rows = [
        (
            class_name(one.letter),
            number(one.people),
            share(one.revenue_share, 0),
            money(round(one.per_person)) if one.per_person is not None else "—",
        )
        for one in classes.classes
    ]
    names: tuple[str, ...] = (
        t("insights_page.column.class"),
        t("insights_page.column.people"),
        t("insights_page.column.revenue_share"),
        t("insights_page.column.per_person"),
    )
    return f"<p style='color:{roles['muted']}'>{escape(told)}</p>" + _table(names, rows)


def _stores(found: Summary) -> str:
    assert found.by_store is not None
    rows = [
        (
            _name(_group(row)),
            number(row.rate.whole),
            share(row.rate.value, 0),
            t("insights_page.gain", n=row.gain) if row.gain else "—",
        )
        for row in found.by_store.rows[:STORES]
    ]
    names = (
        t("insights_page.column.group"),
        t("insights_page.column.people"),
        t("insights_page.column.rate"),
        t("insights_page.column.gain"),
    )
    shown = found.by_store.rows[:STORES]
    notes = []
    if len(found.by_store.rows) > len(shown):
        notes.append(t("insights_page.sheet_more_stores", n=len(found.by_store.rows) - len(shown)))
    if any(row.rate.small for row in shown):
        notes.append(t("insights_page.small"))
    return _table(names, rows) + "".join(f"<p>{escape(note)}</p>" for note in notes)


def _group(row: Row) -> str:
    name = row.value if row.value is not None else t("insights_core.no_value")
    return t("insights_page.small_group", name=name) if row.rate.small else name


def _growth(found: Growth) -> str:
    if len(found.months) < 2:
        return ""
    first, last = found.months[0], found.months[-1]
    grown = found.rate("bound")
    words = t(
        "insights_page.grown",
        before=number(first.bound),
        now=number(last.bound),
        share=share(grown) if grown is not None else "—",
    )
    span = f"{first.month.replace('-', '/')} – {last.month.replace('-', '/')}"
    return f"<p>{span}　{escape(words)}</p><p><img src='{GROWTH_PICTURE}' width='600'></p>"
