"""The boss's page: one page of A4 whatever the shop holds, in every language, on white."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.core.figures.rate import Rate
from desktop.core.message import message
from desktop.operations.insights.breakdown import Row
from desktop.operations.insights.summary import Summary, ToDo, summary
from desktop.store.insights.targets import Target
from desktop.store.shop_file import ShopFile
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.insights.report.sheet import TEXT_POINTS, pdf, sheet
from tests.ui.insights.insights_window import shop_path

__all__ = ["shop_path"]

LANGUAGES = ("zh_TW", "en", "ja")


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language; zh_TW afterwards."""
    i18n.use(request.param)
    yield request.param
    i18n.use("zh_TW")


@pytest.fixture
def found(shop_path: Path, qapp: QApplication) -> Summary:
    """The summary of the shop with orders."""
    with ShopFile.open(shop_path) as shop:
        return summary(shop.writer())


def pages(content: bytes) -> int:
    """How many pages a PDF has."""
    return content.count(b"/Type /Page\n")


def crowded(found: Summary) -> Summary:
    """With names and lists as long as data can make them, and a target at each rate."""
    assert found.by_store is not None
    rows = tuple(
        Row(f"{'很長的門市名稱' * 20}{number}", Rate(number, 40), 3, None) for number in range(1, 40)
    )
    rates = tuple(replace(one, target=Target(0.9, date(2026, 12, 31))) for one in found.funnel.rates)
    to_do = tuple(
        ToDo(message("insights_core.do_store", store="很長的門市名稱" * 30, n=9), None) for _ in range(3)
    )
    return replace(
        found,
        shop="非常非常長的店名" * 30,
        funnel=replace(found.funnel, rates=rates),
        by_store=replace(found.by_store, rows=rows),
        to_do=to_do,
    )


def test_it_is_one_page_in_every_language(found: Summary, language: str) -> None:
    assert sheet(found).pageCount() == 1
    assert pages(pdf(found)) == 1


def test_long_lists_and_names_stay_on_one_page(found: Summary, language: str) -> None:
    document = sheet(crowded(found))
    assert document.pageCount() == 1
    assert document.defaultFont().pointSizeF() >= TEXT_POINTS[-1]
    assert t("insights_page.sheet_more_stores", n=33) in document.toPlainText()
    assert pages(pdf(crowded(found))) == 1


def test_an_empty_shop_gives_a_page_that_says_so(tmp_path: Path, qapp: QApplication) -> None:
    with ShopFile.create(tmp_path / "空.tagline", name="新店") as shop:
        nothing = summary(shop.writer())
    assert t("insights_page.empty_orders") in sheet(nothing).toPlainText()
    assert pages(pdf(nothing)) == 1


def test_it_fills_the_paper_and_is_dark_on_white(found: Summary) -> None:
    document = sheet(found)
    size = document.pageSize().toSize()
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    document.drawContents(painter)
    painter.end()
    dark = [
        (x, y)
        for y in range(0, size.height(), 3)
        for x in range(0, size.width(), 3)
        if picture.pixelColor(x, y).lightness() < 120
    ]
    assert len(dark) > 300
    assert max(x for x, _ in dark) > size.width() * 0.7
    assert max(y for _, y in dark) > size.height() * 0.4
